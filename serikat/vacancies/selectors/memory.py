"""What the house remembers: whether a number, an address, a firm or a text stood in an advert that was a broker's or a fraud's."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from serikat.kernel.secrets import blind_index
from serikat.people.formats import phone_of
from serikat.vacancies.models import Advert, Sign
from serikat.vacancies.rules import adverts as measures
from serikat.vacancies.rules.brokers import FREE_MAIL, SHORTENERS, Finding, Known, Told, findings, text_findings

PURPOSE = "vacancies.sign"
COPIES_OF_DAYS = 400
MOST_COMPARED = 500


def told_by(advert: Advert) -> Told:
    """An advert as the rules read it."""
    names = ("title", "work", "requirements", "address", "phone", "mail", "link", "kind", "licence")
    wage = ("wage_low", "wage_high", "wage_per", "wage_note")
    return Told(**{name: getattr(advert, name) for name in (*names, *wage)})


def signs_of(advert: Advert) -> set[str]:
    """The keyed hashes of every number, address of mail and link in it. A shortener's or a mail house's own name is nobody's sign."""
    text = told_by(advert).words
    numbers = [advert.phone, *measures.phones_in(text)]
    mails = [advert.mail.lower(), *measures.mails_in(text)]
    links = [measures.bare_link(link) for link in (advert.link, *measures.links_in(text))]
    links = [link for link in links if link not in SHORTENERS and link not in FREE_MAIL]
    values = [phone_of(number) for number in numbers if number] + mails + links
    return {blind_index(value, PURPOSE) for value in values if value}


def known_about(advert: Advert) -> Known:
    """Three questions to the database, however long the memory is."""
    others = Advert.objects.exclude(pk=advert.pk)
    bad = others.filter(bad=True)
    firm = Q(firm_folded=advert.firm_folded) | (Q(body=advert.body_id) if advert.body_id else Q(pk__in=[]))
    signs = Sign.objects.filter(advert__bad=True, index__in=signs_of(advert)).exclude(advert=advert.pk)
    return Known(
        firm=advert.body_id is not None,
        licences=_licences_of(advert),
        bad_firm=bad.filter(firm).values_list("code", flat=True).first() or "",
        bad_contact=signs.values_list("advert__code", flat=True).first() or "",
        copy_of=_copy_of(advert),
    )


def _licences_of(advert: Advert) -> tuple[str, ...]:
    """SIP3MI numbers that the register holds for the firm."""
    body = advert.body
    return tuple(number for kind, number in body.registrations if "P3MI" in kind.upper()) if body is not None else ()


def _copy_of(advert: Advert) -> str:
    since = timezone.now() - timedelta(days=COPIES_OF_DAYS)
    earlier = Advert.objects.filter(sent_at__gte=since).exclude(pk=advert.pk).order_by("-sent_at")
    mine = measures.threes(advert.words)
    rows = earlier.values_list("code", "words")[:MOST_COMPARED]
    return next((code for code, words in rows if measures.is_same(mine, measures.threes(words))), "")


def findings_about(advert: Advert) -> list[Finding]:
    """Every sign of a broker: in its words, and in what the house remembers."""
    return findings(told_by(advert), known_about(advert))


def signs_in_words(advert: Advert) -> int:
    """How many signs its own words hold: for a list, without asking the database."""
    return len(text_findings(told_by(advert)))
