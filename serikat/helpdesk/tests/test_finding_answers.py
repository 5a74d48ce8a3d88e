"""The search of public answers forgives, says when it only comes near, and offers to ask with the words that were searched."""

from __future__ import annotations

import pytest
from django.utils import timezone

from serikat.helpdesk.models import PublicAnswer
from serikat.helpdesk.rules.consultations import kinship
from serikat.helpdesk.selectors import consultations as reads
from serikat.helpdesk.selectors.public_answers import INDEX, looked_up, offered_for
from serikat.helpdesk.tests.consulting import answered, asked
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


# Offered while somebody answers


@pytest.fixture
def kept(answer):
    """A few answers, as a young house has them."""
    unit, now = answer.unit, timezone.now()
    texts = [
        ("Upah di bawah upah minimum", "wages", "Majikan membayar di bawah upah minimum sektor.", "Kekurangannya harus dibayar beserta denda."),
        ("Cuti melahirkan", "leave", "Saya hamil enam bulan.", "Cuti tiga bulan dengan upah penuh, tanpa surat pengunduran diri."),
    ]  # fmt: skip
    made = [answer]
    for n, (title, topic, question, text) in enumerate(texts):
        made.append(
            PublicAnswer.objects.create(
                unit=unit, title=title, topic=topic, question=question, answer=text, state="published", published_at=now,
                made_at=now, made_by_id=answer.made_by_id, code=f"ABCD234{n + 6}", consent_on=now.date(),
            )
        )  # fmt: skip
        fulltext.put(INDEX, fulltext.Document(made[-1].pk, title, f"{question}\n{text}", now))
    return dict(zip(("dismissal", "wages", "leave"), made, strict=True))


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("Pemecatan saya tanpa peringatan, bagaimana?", ["dismissal"]),
        ("Saya di-PHK kemarin", ["dismissal"]),  # the law's word for it
        ("Bagaimana aturan pengupahan di pabrik kecil?", ["wages"]),
        ("Gaji saya di bawah ketentuan", ["wages"]),
        ("Kalau saya hamil, apakah boleh minta cuti?", ["leave"]),
        ("Istri saya hamil dan diminta menulis surat pengunduran diri", ["leave"]),  # two words, none in the title
        ("Saya sudah enam tahun, apakah uang makan dibayar?", []),  # "enam" stands in one of them
        ("Berapa denda kalau terlambat masuk?", []),  # one word by chance
        ("Surat keterangan saya ditahan", []),
        ("Jam kerja di kapal berapa lama?", []),
        ("Bagaimana kalau pesan saya tidak dijawab?", []),
        ("", []),
        ("apakah kami boleh?", []),
        ("\0 ' \" | & ! :* <-> " * 50, []),
    ],
)
def test_an_answer_is_offered_for_what_it_is_about_and_not_for_a_word_by_chance(kept, typed, topics):
    assert [one.topic for one in offered_for(typed)] == topics


def test_what_shares_most_comes_first_and_no_more_than_five(kept):
    assert [one.topic for one in offered_for("Upah minimum selama cuti melahirkan, dan pesangon sesudah dipecat")] == [
        "leave", "dismissal", "wages",
    ]  # fmt: skip
    for n in range(6):
        public = PublicAnswer.objects.create(
            **{name: getattr(kept["wages"], name) for name in ("unit", "title", "topic", "question", "answer", "state")},
            published_at=timezone.now(), made_at=timezone.now(), made_by_id=kept["wages"].made_by_id,
            code=f"WXYZ234{n + 2}", consent_on=timezone.localdate(),
        )  # fmt: skip
        fulltext.put(INDEX, fulltext.Document(public.pk, public.title, public.answer, timezone.now()))
    assert len(offered_for("Upah minimum")) == 5


def test_offering_takes_three_questions_however_much_is_typed(kept, django_assert_num_queries):
    for typed in ("pesangon", "pesangon upah cuti melahirkan minimum pemecatan " * 100):
        with django_assert_num_queries(3):
            offered_for(typed)


def test_words_that_are_looked_for_find_what_comes_nearest(kept):
    assert [one.topic for one in looked_up("denda")] == ["wages"]
    assert [one.topic for one in looked_up("pesangonn")] == ["dismissal"]
    assert looked_up("kecelakaan") == looked_up("") == []


@pytest.mark.parametrize(
    ("question", "earlier", "answer", "shared"),
    [
        ("Upah saya dipotong", "Apakah pengupahan harian sah?", "Sah.", 1),
        ("Saya dipecat kemarin", "Saya di-PHK, bagaimana?", "Ada pesangon.", 1),
        ("Pemecatan tanpa pesangon", "Kami dipecat", "Pesangon dihitung dari upah.", 2),
        ("Berapa pesangon saya?", "Kami disuruh mundur", "Tanpa pesangon, dengan uang pisah.", 0),  # one word of the answer
        ("Surat peringatan saya tiga", "Kami disuruh mundur", "Jangan tanda tangan surat; peringatan bukan alasan.", 2),
        ("Apakah saya dapat dibayar?", "Apakah kami dapat dibayar?", "Ya, dibayar.", 0),
        ("", "", "", 0),
    ],
)
def test_an_earlier_question_is_kin_by_words_of_weight_in_any_form(question, earlier, answer, shared):
    assert kinship(question, earlier, answer) == shared


def test_ones_own_answers_of_the_topic_are_offered_where_a_word_of_weight_is_shared(paralegal, advocate):
    near, other, more = (
        answered(paralegal, question, answer="Begini.", cites=[])
        for question in (
            "Kontrak saya tidak diperpanjang",
            "Majikan menahan ijazah saya",
            "Perpanjangan kontrak berapa kali?",
        )
    )
    made = asked("Boleh kontrak diperpanjang berapa kali?")[0]
    assert reads.own_answers_before(paralegal, made) == [more, near]
    assert reads.own_answers_before(paralegal, asked("Ijazah ditahan")[0]) == [other]
    assert reads.own_answers_before(paralegal, asked("Pindah bagian")[0]) == []
    assert reads.own_answers_before(advocate, made) == []
