"""Reports of readers: private, limited, enough of them hide an advert; and what is forgotten, by a person's wish or by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.audit.models import Value
from serikat.kernel.access import ANONYMOUS, actor_of
from serikat.kernel.forgetting import Byline, Forgetting, holders
from serikat.kernel.jobs import schedule
from serikat.vacancies.models import Advert, Report, Sign, VacancyRule
from serikat.vacancies.rules import adverts as measures
from serikat.vacancies.services import keeping, reporting
from serikat.vacancies.services.forgetting import forget_contacts, forget_in_vacancies
from serikat.vacancies.tests.conftest import CONSOLE

pytestmark = pytest.mark.django_db


def report(advert, words="Diminta uang seragam", **more):
    return reporting.report_advert(actor=ANONYMOUS, advert=advert, what=more.pop("what", "money"), words=words, **more)


def test_three_reports_hide_an_advert_and_tell_the_desk(live, rini):
    advert = live()
    states = []
    for number in range(4):
        report(advert, f"Cerita {number}", amount=700_000, contact="0812 1111 2222")
        advert.refresh_from_db()
        states.append(advert.state)
    assert states == ["live", "live", "held", "held"]
    told = list(Notice.objects.filter(user=rini, text__contains="lapor").order_by("pk").values_list("text", flat=True))
    assert told == ["Lowongan dilaporkan: Operator jahit", "Lowongan disembunyikan karena dilaporkan: Operator jahit"]


@pytest.mark.parametrize(("hide_after", "state"), [(0, "live"), (1, "held"), (5, "live")])
def test_the_rule_says_after_how_many(live, hide_after, state):
    keeping.change_vacancy_rule(actor=CONSOLE, hide_after=hide_after)
    advert = live()
    report(advert, "Satu"), report(advert, "Dua")
    assert Advert.objects.get().state == state


def test_the_same_report_sent_twice_is_one(live):
    advert = live()
    assert [report(advert).pk for _ in range(3)] == [report(advert).pk] * 3
    assert (Report.objects.count(), Advert.objects.get().state) == (1, "live")


def test_another_thing_needs_words(live):
    with pytest.raises(reporting.NothingTold):
        report(live(), " ", what="other")


def test_a_flood_of_reports_is_held_back(live, monkeypatch):
    monkeypatch.setattr(measures, "MOST_REPORTS_HERE", 2)
    advert = live()
    report(advert, "Satu"), report(advert, "Dua")
    with pytest.raises(reporting.TooManyReports):
        report(advert, "Tiga")


@pytest.mark.parametrize("step", ["refused before", "false", "withdrawn"])
def test_what_is_decided_takes_no_report(send, live, rini, step):
    advert = send() if step == "refused before" else live()
    if step == "false":
        keeping.prove_false(actor=actor_of(rini), advert=advert, told="Palsu sekali.")
    elif step == "withdrawn":
        keeping.withdraw_advert(actor=actor_of(rini), advert=advert, reason="Sudah terisi.")
    with pytest.raises(reporting.NotReportable):
        report(advert)


def test_clearing_settles_the_reports_and_counts_from_nothing(live, rini):
    advert = live()
    for number in range(3):
        report(advert, f"Cerita {number}")
    advert.refresh_from_db()
    keeping.clear_advert(actor=actor_of(rini), advert=advert, reason="Ditelepon: lowongannya ada.")
    report(advert, "Cerita baru")
    assert (Advert.objects.get().state, Report.objects.filter(settled_at=None).count()) == ("live", 1)


def test_neither_trail_nor_public_page_holds_a_reporters_words(client, live, rini):
    advert = live()
    report(advert, "Saya Tuminah, diminta 700 ribu", contact="0812 1111 2222")
    keeping.prove_false(actor=actor_of(rini), advert=advert, told="Pelamar diminta uang.")
    words = client.get(f"/lowongan/{advert.code}/").content.decode()
    assert not any(part in words for part in ("Tuminah", "1111"))
    assert not any(
        "Tuminah" in str(value) or "1111 2222" in str(value) for value in Value.objects.values_list("value", flat=True)
    )


# Forgetting


def forget(subject, *needles):
    return forget_in_vacancies(forgetting=Forgetting(frozenset([subject]), needles, Byline.ANONYMOUS))


def test_who_sent_an_advert_is_forgotten_and_the_advert_stays(send, show, user):
    arum = user("Arum")
    advert = show(
        send(
            actor_of(arum),
            phone="0812 3456 7890",
            work="Menjahit kaus. Tanya Arum Kinanti Sari, 0812-3456-7890.",
            address="Rumah Arum Kinanti Sari",
        )
    )
    assert forget(arum.subject, "Arum Kinanti Sari", "+6281234567890") > 0
    advert.refresh_from_db()
    assert (advert.sender, advert.phone, advert.address) == (None, "", "Rumah (dilupakan)")
    assert not any(part in f"{advert.work} {advert.words}".lower() for part in ("kinanti", "3456"))
    assert (advert.state, advert.title) == ("live", "Operator jahit")
    assert Sign.objects.filter(advert=advert).count() == 0


def test_a_reporter_and_a_sender_without_account_are_forgotten_by_their_number(send, live, user):
    waiting, advert = send(title="Tukang las", contact="Hubungi 0812-1111-2222"), live()
    report(advert, "Saya Tuminah Sekar Ayu, diminta uang", contact="081211112222")
    forget(user("Siapa").subject, "Tuminah Sekar Ayu", "+6281211112222")
    waiting.refresh_from_db()
    kept = Report.objects.get()
    assert (waiting.sender_contact, kept.contact, kept.words) == ("", "", "Saya (dilupakan), diminta uang")


def test_a_person_gets_a_copy_of_what_they_sent(send, user):
    arum = user("Arum")
    send(actor_of(arum))
    mine = next(holder for holder in holders() if holder.name == "vacancies").copy(frozenset([arum.subject]))
    assert [row["pekerjaan"] for row in mine["lowongan yang dikirim"]] == ["Operator jahit"]


def test_contacts_go_when_their_term_is_over(send, live):
    old, fresh = send(title="Tukang las", contact="0812 1"), send(title="Sopir", contact="0812 2")
    reported = live()
    report(reported, contact="0812 3")
    long_ago = timezone.localdate() - timedelta(days=measures.CONTACT_DAYS + 1)
    Advert.objects.filter(pk__in=[old.pk, reported.pk]).update(ends_on=long_ago)
    forget_contacts()
    contacts = [Advert.objects.get(pk=advert.pk).sender_contact for advert in (old, fresh)]
    assert (contacts, Report.objects.get().contact) == (["", "0812 2"], "0812 3")  # an open report is still needed
    Report.objects.update(settled_at=timezone.now())
    forget_contacts()
    assert Report.objects.get().contact == ""


def test_the_turn_of_the_day_is_scheduled():
    assert str(schedule()["vacancies.turn_day"].at) == "00:00:00"


def test_without_a_row_the_rule_is_three():
    assert VacancyRule().hide_after == 3
