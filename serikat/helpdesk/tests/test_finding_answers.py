"""The search of public answers forgives, says when it only comes near, and offers to ask with the words that were searched."""

from __future__ import annotations

import pytest
from django.utils import timezone

from serikat.helpdesk.models import PublicAnswer
from serikat.helpdesk.selectors.public_answers import INDEX
from serikat.kernel import fulltext
from serikat.people.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db
TITLE = "Dipecat lewat WhatsApp, apakah dapat pesangon?"


@pytest.fixture
def answer():
    unit, now = make_unit(), timezone.now()
    made = PublicAnswer.objects.create(
        unit=unit, title=TITLE, topic="dismissal", question="Saya dipecat lewat pesan.", answer="Pesangon tetap dihitung.",
        state="published", published_at=now, made_at=now, made_by_id=make_actor(unit=unit).user_id, code="ABCD2345", consent_on=now.date(),
    )  # fmt: skip
    fulltext.put(INDEX, fulltext.Document(made.pk, made.title, f"{made.question}\n{made.answer}", now))
    return made


@pytest.mark.parametrize(
    ("typed", "near"), [("dipecat lewat wa", False), ("pesangon dipecat tanpa surat", True), ("pesangonn whatsap", True)]
)
def test_an_answer_is_found_by_words_as_people_type_them(client, answer, typed, near):
    page = client.get("/konsultasi/", {"q": typed}).content.decode()
    assert (f"/konsultasi/{answer.code}" in page, "Yang paling dekat:" in page) == (True, near)


def test_where_nothing_fits_the_words_are_carried_into_the_question(client, answer):
    page = client.get("/konsultasi/", {"q": "cuti haid <b>"}).content.decode()
    assert "Tidak ada jawaban yang cocok" in page
    assert 'href="/konsultasi/tanya/?q=cuti%20haid%20%3Cb%3E"' in page
    asked = client.get("/konsultasi/tanya/", {"q": "cuti haid <b>"}, follow=True).content.decode()
    assert "cuti haid &lt;b&gt;</textarea>" in asked


def test_no_topic_is_chosen_before_somebody_chooses_and_not_knowing_is_one(client):
    page = client.get("/konsultasi/tanya/", follow=True).content.decode()
    chosen = page[page.index('name="topic"') : page.index("</select>")]
    assert '<option value="" selected>Pilih satu</option>' in chosen
    assert '<option value="other">Belum tahu, atau hal lain</option>' in chosen


def test_nothing_is_offered_to_erase_before_a_draft_is_kept(client):
    page = client.get("/lapor/", follow=True).content.decode()
    assert ("data-draft-erase hidden>" in page, "data-draft-erase>" in page) == (True, False)
