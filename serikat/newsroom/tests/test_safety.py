"""Before a second person's yes to an article: they read the whole of it and answer what it shows; the answers stay with the approval."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from serikat.audit.models import Entry, Value
from serikat.kernel.access import actor_of
from serikat.newsroom.models import Approval, Article, Aspect, SafetyCheck
from serikat.newsroom.rules.reviewing import LONGEST_COMPARED, changed_paragraphs
from serikat.newsroom.rules.safety import Answer, reasons, unsettled
from serikat.newsroom.services import editing
from serikat.newsroom.services.approval import NotApproved
from serikat.newsroom.services.safety import Unsettled
from serikat.newsroom.tests.builders import HARMLESS, HARMLESS_SENT, a_picture
from serikat.newsroom.tests.test_trail import article_data

pytestmark = pytest.mark.django_db
WHY = "Pak Darmo Sukarya setuju, suratnya di map merah"


def review_of(page):
    return reverse("newsroom_desk:review", args=[page.pk])


def test_unsettled_names_what_has_no_answer_or_no_reason():
    answers = {"face": Answer(True, " "), "name": Answer(True, "setuju"), "case": Answer(False)}
    assert unsettled(Aspect.values, answers) == ["face", "workplace"]
    assert unsettled(Aspect.values, HARMLESS) == []


def test_reasons_are_kept_for_what_shows_and_for_nothing_else():
    kept = reasons(["face", "name"], {"face": Answer(False, "sisa ketikan"), "name": Answer(True, "  dua \n kata ")})
    assert kept == {"face": "", "name": "dua kata"}


def test_changed_paragraphs_leave_out_what_stayed():
    before, after = "Satu tetap.\n\nDua lama.\n\nTiga tetap.", "Satu tetap.\n\nDua baru.\n\nTiga tetap."
    assert changed_paragraphs(before, after) == [[("same", "Dua "), ("gone", "lama."), ("new", "baru.")]]
    assert changed_paragraphs(before, before) == []


def test_changed_paragraphs_with_nothing_in_common_stand_whole():
    assert changed_paragraphs("Lima kata lama di sini.", "Empat hal baru semua.") == [
        [("gone", "Lima kata lama di sini."), ("new", "Empat hal baru semua.")]
    ]


def test_changed_paragraphs_of_a_very_long_text_are_not_compared_word_by_word():
    old, new = "a " * LONGEST_COMPARED, "b " * LONGEST_COMPARED
    assert changed_paragraphs(old, new) == [[("gone", old.strip()), ("new", new.strip())]]


@pytest.mark.parametrize(
    "answers",
    [{}, {a: Answer(False) for a in ("face", "name", "workplace")}, {**HARMLESS, "case": Answer(True)}],
)
def test_approve_page_refuses_without_the_four_answers(sari, budi, centre, draft, answers):
    page = draft(sari, centre)
    for yes in (editing.approve_page, editing.approve_and_release):
        with pytest.raises(Unsettled):
            yes(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=answers)
    assert (Approval.objects.count(), SafetyCheck.objects.count()) == (0, 0)


def test_approve_page_keeps_the_answers_with_the_approval_and_no_reason_in_the_trail(sari, budi, centre, draft):
    page = draft(sari, centre)
    answers = {**HARMLESS, "face": Answer(True, WHY)}
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=answers)
    kept = SafetyCheck.objects.get(approval__revision=page.latest_revision)
    assert (kept.by, kept.digest) == (budi, kept.approval.digest)
    assert kept.reasons == {"face": WHY, "name": "", "workplace": "", "case": ""}
    entry = Entry.objects.get(action="newsroom.page.approved")
    said = " ".join(str(value) for value in Value.objects.filter(entry=entry).values_list("value", flat=True))
    assert ("wajah orang" in said, "Darmo" in said) == (True, False)


def test_an_approval_that_is_taken_back_takes_its_answers_along(sari, budi, centre, draft):
    page = draft(sari, centre)
    given = {"actor": actor_of(budi), "page": page, "revision_id": page.latest_revision_id}
    editing.approve_page(**given, answers=HARMLESS)
    editing.send_back_page(**given, reason="Sumbernya?")
    assert not SafetyCheck.objects.exists()
    editing.approve_page(**given, answers={**HARMLESS, "name": Answer(True, "pejabat publik")})
    assert SafetyCheck.objects.get().reasons["name"] == "pejabat publik"


def test_the_answers_are_of_one_revision_and_a_schedule_holds_what_was_rewritten(sari, budi, centre, draft):
    page = draft(sari, centre)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=sari)
    page.refresh_from_db()
    editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    page.title = "Lain"
    later = page.save_revision(user=sari)
    with pytest.raises(NotApproved):
        later.publish()
    assert not Approval.objects.filter(revision=later).exists()


def test_review_page_asks_before_it_approves_and_keeps_what_was_typed(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre)
    client, address = sign_in(budi), review_of(page)
    sent = {"revision": page.latest_revision_id, "publish": "1"}
    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert asked.content.decode().count("Jawab dulu pertanyaan ini.") == 4
    reasonless = client.post(address, sent | HARMLESS_SENT | {"case": "yes", "name_because": "tetap tertulis"})
    assert reasonless.status_code == 422
    assert ("Tulis mengapa ini boleh tampil." in (text := reasonless.content.decode()), "tetap tertulis" in text) == (
        True,
        True,
    )
    assert not Article.objects.get(pk=page.pk).live
    assert client.post(address, sent | HARMLESS_SENT | {"case": "yes", "case_because": WHY}).status_code == 302
    assert Article.objects.get(pk=page.pk).live
    shown = client.get(reverse("newsroom_desk:approvals", args=[page.pk])).content.decode()
    assert ("Perkara yang masih berjalan" in shown, f"tampil, karena {WHY}" in shown) == (True, True)


def test_answers_to_another_version_are_asked_anew(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre)
    read = page.latest_revision_id
    page.title = "Lain"
    page.save_revision(user=sari)
    answer = sign_in(budi).post(review_of(page), {"revision": read, "publish": "1", **HARMLESS_SENT})
    assert (answer.status_code, answer.content.decode().count(" checked")) == (409, 0)


def test_the_editors_own_address_does_not_publish_without_the_answers(sign_in, sari, budi, centre, draft):
    page = draft(sari, centre)
    client = sign_in(budi)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, article_data(centre) | {"action-publish": "1"})
    assert (Article.objects.get(pk=page.pk).live, Approval.objects.count()) == (False, 0)
    form = client.get(edit).content.decode()
    assert f'href="{review_of(page)}"' in form  # its own way to a yes leads to the page that asks


def test_review_shows_the_whole_version_its_sources_and_what_changed(sign_in, sari, budi, centre, live):
    page = live(sari, centre)
    page.body = json.dumps(
        [
            {"type": "paragraph", "value": "<p>Upah naik di tiga pabrik.</p>"},
            {
                "type": "picture",
                "value": {"picture": a_picture(title="Gerbang pabrik").pk, "alt": "Tiga orang", "caption": "", "credit": ""},
            },
        ]
    )
    page.desk_notes = "Notulen rapat 3 Mei"
    page.save_revision(user=sari)
    text = sign_in(budi).get(review_of(page)).content.decode()
    for words in (
        "Upah naik di tiga pabrik.",
        'alt="Tiga orang"',
        "Notulen rapat 3 Mei",
        "Gambar baru:",
        "Gerbang pabrik",
        "<ins>",
    ):
        assert words in text, words


def test_review_of_a_page_that_was_never_live_says_nothing_of_changes(sign_in, sari, budi, centre, draft):
    text = sign_in(budi).get(review_of(draft(sari, centre))).content.decode()
    assert ("Yang berubah dari yang tayang" in text, "Seperti yang akan dibaca" in text) == (False, True)
