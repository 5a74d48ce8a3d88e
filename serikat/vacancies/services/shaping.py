"""An advert brought to its one form, whoever typed it; what cannot be is refused beside its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serikat.audit.action import inner
from serikat.kernel.errors import Refused
from serikat.kernel.text import clean_text, fold, one_line
from serikat.people.formats import phone_of
from serikat.people.rules import folded
from serikat.vacancies.models import Advert, Sign
from serikat.vacancies.rules import adverts as rules
from serikat.vacancies.selectors.memory import signs_of, told_by


class TooLate(Refused):
    message = _("Tanggal itu sudah lewat. Tulis hari terakhir orang dapat melamar.")


class TooFarAway(Refused):
    message = _("Paling lama enam bulan dari sekarang. Iklan yang masih benar dapat diperpanjang nanti.")


class NoWayToApply(Refused):
    message = _("Tulis sedikitnya satu cara melamar: alamat, nomor telepon, surel, atau tautan.")


class WhereIsIt(Refused):
    message = _("Tulis kabupaten atau kotanya.")


class WhichCountry(Refused):
    message = _("Pilih negaranya.")


class WageUnclear(Refused):
    message = _("Pilih upah itu untuk sebulan, sehari, atau sejam.")


class WageTurnedRound(Refused):
    message = _("Upah paling tinggi lebih kecil daripada upah paling rendah.")


class NoPhone(Refused):
    message = _("Nomor ini tidak mungkin ada. Contoh: 0812 3456 7890 atau (021) 890 1234.")


class NoMail(Refused):
    message = _("Ini bukan alamat surel. Contoh: rekrutmen@perusahaan.co.id.")


class NoLink(Refused):
    message = _("Tautan dimulai dengan https:// dan menunjuk ke satu situs.")


class TooShort(Refused):
    message = _("Tulis sedikit lebih panjang, supaya orang tahu apa yang ditawarkan.")


@dataclass(frozen=True, slots=True)
class Shape:
    """What an advert says, as typed."""

    title: str
    kind: str
    firm: str
    work: str
    ends_on: date
    requirements: str = ""
    place: Any = None
    country: Any = None
    licence: str = ""
    wage_low: int | None = None
    wage_high: int | None = None
    wage_per: str = ""
    wage_note: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""
    link: str = ""


@inner("part of another action")
def shape_advert(*, advert: Advert, shape: Shape) -> None:
    """Write what was typed into the row, without saving it."""
    _words(advert, shape)
    _where(advert, shape)
    _wage(advert, shape)
    _ways(advert, shape)
    advert.ends_on = checked_end(ends_on=shape.ends_on)
    advert.words = fold(f"{told_by(advert).words}\n{advert.firm}")


@inner("part of another action")
def note_signs(*, advert: Advert) -> None:
    """Keep the signs of what it says now."""
    Sign.objects.filter(advert=advert).delete()
    Sign.objects.bulk_create(Sign(advert=advert, index=index) for index in sorted(signs_of(advert)))


@inner("reads only")
def checked_end(*, ends_on: date) -> date:
    today = timezone.localdate()
    if rules.is_over(ends_on, today):
        raise TooLate(field="ends_on")
    if ends_on >= rules.first_day_out(today):
        raise TooFarAway(field="ends_on")
    return ends_on


def _words(advert: Advert, shape: Shape) -> None:
    advert.title, advert.firm = one_line(shape.title)[: rules.LONGEST_TITLE], one_line(shape.firm)[:160]
    advert.work, advert.requirements = clean_text(shape.work), clean_text(shape.requirements)
    for name, least in (("title", 4), ("firm", 2), ("work", 10)):
        if len(getattr(advert, name)) < least:
            raise TooShort(field=name)
    advert.firm_folded = folded(advert.firm)[:160]


def _where(advert: Advert, shape: Shape) -> None:
    if shape.kind not in Advert.Kind.values:
        raise Refused(_("Pilih jenis dari daftar."), field="kind")
    abroad = shape.kind == Advert.Kind.OVERSEAS
    if abroad and shape.country is None:
        raise WhichCountry(field="country")
    if not abroad and shape.place is None:
        raise WhereIsIt(field="place")
    advert.kind, advert.place, advert.country = shape.kind, shape.place, shape.country if abroad else None
    advert.licence = one_line(shape.licence)[:60] if abroad else ""


def _wage(advert: Advert, shape: Shape) -> None:
    low, high = shape.wage_low, shape.wage_high
    if low is not None and high is not None and high < low:
        raise WageTurnedRound(field="wage_high")
    if (low is not None or high is not None) and shape.wage_per not in Advert.Per.values:
        raise WageUnclear(field="wage_per")
    advert.wage_low, advert.wage_high = low, high
    advert.wage_per = shape.wage_per if low is not None or high is not None else ""
    advert.wage_note = one_line(shape.wage_note)[:120]


def _ways(advert: Advert, shape: Shape) -> None:
    advert.address, advert.mail = one_line(shape.address)[:200], one_line(shape.mail).lower()
    advert.phone, advert.link = phone_of(shape.phone), one_line(shape.link)
    if shape.phone.strip() and not advert.phone:
        raise NoPhone(field="phone")
    if advert.mail and not _is_mail(advert.mail):
        raise NoMail(field="mail")
    if advert.link and not _is_link(advert.link):
        raise NoLink(field="link")
    if not (advert.address or advert.phone or advert.mail or advert.link):
        raise NoWayToApply(field="address")


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 120


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and "@" not in parts.netloc and len(text) <= 200
