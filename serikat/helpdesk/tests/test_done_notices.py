"""A notice that asks somebody for a thing is read once anybody has done it; one that only tells stays, though it leads to the same page."""

from __future__ import annotations

import pytest

from serikat.accounts.models import Notice
from serikat.accounts.services import leave_notice
from serikat.helpdesk.models import CodeRenewal
from serikat.helpdesk.services import codes, consultations, conversations, handling_reports, public_answers
from serikat.helpdesk.services.guarding import take_down
from serikat.helpdesk.tests.consulting import asked, drafted, hidden, titled
from serikat.kernel.access import SYSTEM, Role
from serikat.people.tests.factories import make_actor

pytestmark = pytest.mark.django_db


def waiting():
    """Who is still asked or told, and what."""
    return sorted(Notice.objects.filter(read_at=None).values_list("user", "text"))


@pytest.fixture
def rating(paralegal):
    """A line that leads to a consultation and asks for nothing."""

    def rating(asked):
        leave_notice(actor=SYSTEM, user_id=paralegal.user_id, text="Dinilai.", link=f"/meja/konsultasi/{asked.pk}/")
        return [(paralegal.user_id, "Dinilai.")]

    return rating


@pytest.mark.parametrize("done", ["answered", "closed", "taken", "handed"])
def test_a_new_consultation_asks_nobody_once_somebody_sees_to_it(done, paralegal, advocate, rating):
    made, _code = asked()
    other, _code = asked()
    assert len(waiting()) == 4
    told = rating(made)
    if done == "answered":
        consultations.answer_consultation(actor=advocate, consultation=made, answer="Ya.", cites=[], told="code")
    elif done == "closed":
        consultations.close_consultation(actor=advocate, consultation=made, word="Ditanya dua kali.")
    elif done == "taken":
        consultations.take_consultation(actor=advocate, consultation=made)
    else:
        to = Notice.objects.filter(user=advocate.user_id)[0].user
        consultations.hand_over(actor=paralegal, consultation=made, to=to)
        told = [*told, (advocate.user_id, "Sebuah konsultasi diserahkan kepada Anda.")]
    theirs = Notice.objects.filter(task=f"helpdesk.consultation:{other.pk}", read_at=None)
    assert theirs.count() == 2
    theirs.delete()
    assert waiting() == sorted(told)
    if done == "handed":
        consultations.answer_consultation(actor=advocate, consultation=made, answer="Ya.", cites=[], told="code")
        assert waiting() == [(paralegal.user_id, "Dinilai.")]


def test_a_conversation_that_was_handed_over_asks_until_it_is_answered_closed_or_handed_on(
    talk, operator, paralegal, advocate
):
    def asks():
        return [user for user, _text in waiting()]

    conversations.hand_over(actor=operator, conversation=talk, to=paralegal.user_id)
    conversations.hand_over(actor=operator, conversation=talk, to=advocate.user_id)
    assert asks() == [advocate.user_id]
    conversations.answer_conversation(actor=operator, conversation=talk, text="Kami baca.")
    assert asks() == []
    conversations.hand_over(actor=operator, conversation=talk, to=paralegal.user_id)
    assert asks() == [paralegal.user_id]
    conversations.read_conversation(actor=operator, conversation=talk)
    conversations.close_conversation(actor=operator, conversation=talk, reason="Selesai.")
    assert asks() == []


def test_who_is_to_look_after_a_report_is_asked_until_they_do_or_another_is_asked(send, paralegal, holder, centre):
    report, _code = send()
    tini, dewi = holder("Tini", centre), holder("Dewi", centre)
    asks = f"Anda diminta menangani laporan {report.number}."
    handling_reports.assign_report(actor=paralegal, report=report, colleague=tini)
    handling_reports.assign_report(actor=paralegal, report=report, colleague=dewi)
    handling_reports.answer_report(actor=paralegal, report=report, text="Kami baca.")
    handling_reports.move_report(actor=paralegal, report=report, state="handled")
    assert waiting() == [(dewi.pk, asks)]  # an answer of somebody else is not hers
    handling_reports.take_on_report(actor=paralegal, report=report)
    assert waiting() == []
    handling_reports.assign_report(actor=paralegal, report=report, colleague=dewi)
    handling_reports.move_report(actor=paralegal, report=report, state="closed", words="Upah dibayar.")
    assert waiting() == []


@pytest.mark.parametrize("agreed", [True, False])
def test_a_new_code_is_asked_for_step_by_step_and_a_refusal_stays(agreed, send, desk, paralegal, advocate):
    report, _code = send(reach="SMS malam")
    renewal = codes.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "detail"])
    assert {user for user, _text in waiting()} == {paralegal.user_id, advocate.user_id}
    if agreed:
        codes.agree_new_code(actor=paralegal, renewal=renewal)
        ((user, text),) = waiting()
        assert (user, text.endswith("Buat kodenya sekarang.")) == (desk.user_id, True)
        codes.renew_code(actor=desk, report=report)
        assert waiting() == []
    else:
        codes.refuse_new_code(actor=paralegal, renewal=renewal)
        again = codes.ask_new_code(actor=desk, report=report, known_by=["way", "reach", "detail"])
        codes.agree_new_code(actor=paralegal, renewal=CodeRenewal.objects.get(pk=again.pk))
        codes.renew_code(actor=desk, report=report)
        assert [(user, "menolak" in text) for user, text in waiting()] == [(desk.user_id, True)]


def test_a_public_answer_asks_whose_turn_it_is_and_what_a_guard_took_off_is_still_told(centre, paralegal, advocate):
    third = make_actor(Role.ADVOCATE, unit=centre)
    public = hidden(paralegal, titled(paralegal, drafted(paralegal)))
    Notice.objects.all().delete()
    public_answers.submit_public_answer(actor=paralegal, public=public)
    assert [user for user, _text in waiting()] == sorted([advocate.user_id, third.user_id])
    public_answers.return_public_answer(actor=advocate, public=public, reason="Nama masih tampak.")
    assert [user for user, _text in waiting()] == [paralegal.user_id]
    public_answers.submit_public_answer(actor=paralegal, public=public)
    public_answers.publish_public_answer(actor=advocate, public=public)
    assert waiting() == []
    take_down(of=[public.consultation])
    assert [text for _user, text in waiting()] == [
        f"{public} ditarik dari situs karena perlindungan. Jangan sebarkan lagi."
    ] * 3
    dropped = drafted(paralegal)
    public_answers.submit_public_answer(actor=paralegal, public=hidden(paralegal, titled(paralegal, dropped)))
    public_answers.drop_public_answer(actor=paralegal, public=dropped)
    assert not any("menunggu diperiksa" in text for _user, text in waiting())
