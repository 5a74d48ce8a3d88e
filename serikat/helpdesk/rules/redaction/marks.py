"""A mark: where something stands that may identify somebody, of what kind, why, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PHONE = "phone"
    MAIL = "email"
    NIK = "nik"
    PASSPORT = "passport"
    CARD = "card"  # of a fund, a permit, a tax number
    ACCOUNT = "account"
    ADDRESS = "address"  # a street, house or room
    NAME = "name"
    PLACE = "place"  # smaller than a town
    WORKPLACE = "workplace"
    DATE = "date"
    HANDLE = "handle"
    LINK = "link"
    PLATE = "plate"
    COMBINATION = "combination"


class Why(StrEnum):
    """The evidence. The sentence for each is written where marks are shown."""

    FORM = "form"  # its form alone: a mail address, 16 digits with a birth date
    SAID = "said"  # a word before it says so: "rek", "paspor"
    LONG_NUMBER = "long_number"
    SPELLED = "spelled"  # digits or an address written in words
    TITLE = "title"  # "Pak", "Mrs"
    SELF = "self"  # "saya …", "nama …"
    ROLE = "role"  # "mandor …", "istri saya …"
    GIVEN_NAME = "given_name"
    CAPITAL = "capital"  # an unknown word with a capital in the midst of a sentence
    SIGNED = "signed"  # alone before a number, or at the end
    AGAIN = "again"  # marked elsewhere in the same text
    FIRM_SIGN = "firm_sign"  # "PT", "Sdn Bhd"
    TRADE = "trade"  # "toko …", "pabrik …"
    SECTION = "section"  # "line 7", "plant 2"
    VILLAGE = "village"
    STREET = "street"
    HOUSE = "house"  # "mess", "blok", "flat"
    BESIDE = "beside"  # "belakang masjid …"
    WHERE = "where"  # "di …" before an unknown word with a capital
    LIKE = "like"  # it stands as such phrases stand in texts that people marked
    DAY = "day"
    ONLY_ONE = "only_one"  # "satu-satunya …", "cuma saya"
    THAT_IS_ME = "that_is_me"  # "yang … itu saya"
    TOGETHER = "together"  # job, section, event and time in one clause


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    kind: Kind
    why: Why
    sure: int  # in hundredths
