"""A text with its marks as a reviewer sees it: pieces, each marked one with its number, its kind and why it was marked, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.helpdesk.rules.redacting import PARTS, Decision
from serikat.helpdesk.rules.redaction import Kind, Why

KINDS: dict[Kind, str | Promise] = {
    Kind.PHONE: _("nomor telepon"),
    Kind.MAIL: _("alamat surel"),
    Kind.NIK: _("NIK"),
    Kind.PASSPORT: _("nomor paspor"),
    Kind.CARD: _("nomor kartu"),
    Kind.ACCOUNT: _("nomor rekening"),
    Kind.ADDRESS: pgettext_lazy("redaction", "alamat"),
    Kind.NAME: pgettext_lazy("redaction", "nama"),
    Kind.PLACE: pgettext_lazy("redaction", "tempat"),
    Kind.WORKPLACE: _("tempat kerja"),
    Kind.DATE: pgettext_lazy("redaction", "tanggal"),
    Kind.HANDLE: pgettext_lazy("redaction", "akun"),
    Kind.LINK: pgettext_lazy("redaction", "tautan"),
    Kind.PLATE: _("nomor kendaraan"),
    Kind.COMBINATION: _("ciri-ciri yang bersama-sama menunjuk satu orang"),
}
WHYS: dict[Why, str | Promise] = {
    Why.FORM: _("bentuknya begitu"),
    Why.SAID: _("kata di depannya berkata begitu"),
    Why.LONG_NUMBER: _("nomor yang panjang"),
    Why.SPELLED: _("ditulis dengan kata-kata"),
    Why.TITLE: _("sebutan di depannya, seperti Pak atau Bu"),
    Why.SELF: _("penulis menyebut dirinya"),
    Why.ROLE: _("jabatan atau hubungan di depannya"),
    Why.GIVEN_NAME: _("nama yang sering dipakai orang"),
    Why.CAPITAL: _("kata tak dikenal dengan huruf besar"),
    Why.SIGNED: _("berdiri sendiri seperti tanda tangan"),
    Why.AGAIN: _("sudah ditandai di tempat lain"),
    Why.FIRM_SIGN: _("PT, CV, atau tanda perusahaan lain"),
    Why.TRADE: _("toko, pabrik, atau usaha yang disebut namanya"),
    Why.SECTION: _("bagian di dalam tempat kerja"),
    Why.VILLAGE: _("desa, dusun, atau kampung"),
    Why.STREET: pgettext_lazy("redaction", "jalan"),
    Why.HOUSE: _("mes, blok, atau rumah"),
    Why.BESIDE: _("ancar-ancar tempat"),
    Why.WHERE: _("kata tak dikenal sesudah “di”"),
    Why.LIKE: _("biasanya yang berdiri di situ seperti ini"),
    Why.DAY: _("hari yang tepat"),
    Why.ONLY_ONE: _("hanya ada satu orang seperti itu"),
    Why.THAT_IS_ME: _("penulis menunjuk dirinya dalam sebuah peristiwa"),
    Why.TOGETHER: _("jabatan, bagian, peristiwa, dan waktu sekaligus"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain words, or the words of the mark with this number."""

    text: str
    number: int = 0
    kind: str | Promise = ""
    holds: bool = False  # a combination, which may hold other marks


def kind_in_words(decision: Decision) -> str | Promise:
    return KINDS[decision.mark.kind]


def why_in_words(decision: Decision) -> str | Promise:
    return WHYS[decision.mark.why]


def pieces_of(question: str, answer: str, decisions: Sequence[Decision]) -> dict[str, list[Piece]]:
    """Both texts in pieces. Of marks within one another the outer one is shown; the inner ones stand in the list below."""
    texts = dict(zip(PARTS, (question, answer), strict=True))
    return {part: list(_pieces(part, text, decisions)) for part, text in texts.items()}


def _pieces(part: str, text: str, decisions: Sequence[Decision]) -> Iterator[Piece]:
    at = 0
    for number, one in enumerate(decisions, start=1):
        if one.part != part or one.mark.start < at:
            continue
        if one.mark.start > at:
            yield Piece(text[at : one.mark.start])
        yield Piece(text[one.mark.start : one.mark.end], number, kind_in_words(one), one.mark.kind is Kind.COMBINATION)
        at = one.mark.end
    if at < len(text):
        yield Piece(text[at:])
