"""Public answers: what is marked is decided, what still shows blocks, a second person publishes, nothing else ever does."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serikat.helpdesk.models import Consultation, PublicAnswer
from serikat.helpdesk.rules import redacting
from serikat.helpdesk.rules.redacting import HIDE, KEEP, WRITE, from_json
from serikat.helpdesk.selectors import public_answers as reads
from serikat.helpdesk.services import consultations as asking
from serikat.helpdesk.services import public_answers as services
from serikat.helpdesk.services import withdrawing
from serikat.helpdesk.tests.consulting import (
    ANSWER,
    QUESTION,
    answered,
    asked,
    client_of,
    desk,
    drafted,
    hidden,
    in_review,
    published,
    titled,
)
from serikat.kernel.access import SYSTEM, Role
from serikat.kernel.errors import Denied, Refused
from serikat.kernel.forgetting import Forgetting, holders
from serikat.kernel.gate import SAME_FOR_ALL
from serikat.messaging.tests.conftest import centre  # noqa: F401
from serikat.people.tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def wahyu(centre):  # noqa: F811
    return desk(centre)


@pytest.fixture
def damar(centre):  # noqa: F811
    return desk(centre, Role.ADVOCATE)


# Marks


def test_what_is_marked_in_one_text_is_marked_in_the_other():
    found = redacting.marks_of("Saya Wagimin Sutrapto, hp 0812 3456 7890", "Baik wagimin, kami telepon 0812-3456-7890")
    assert {"wagimin", "0812-3456-7890"} <= {one.said for one in found if one.part == "answer"}


def test_what_was_decided_of_the_same_words_stands():
    before = redacting.decide(redacting.marks_of("Saya Wagimin Sutrapto", "Ya"), [(WRITE, "Joko (bukan nama sebenarnya)")])
    after = redacting.marks_of("Pak, saya Wagimin Sutrapto dari Rembang", "Ya", before)
    assert redacting.written("Pak, saya Wagimin Sutrapto", "Ya", after[:1])[0] == "Pak, saya Joko (bukan nama sebenarnya)"


def test_marks_are_kept_and_read_again():
    found = redacting.marks_of(QUESTION, ANSWER)
    assert from_json(redacting.to_json(found)) == found
    assert "Wagimin" not in redacting.to_json(found, bare=True)


# On the way


def test_a_draft_copies_and_marks_and_shows_nowhere(wahyu, client):
    public = drafted(wahyu)
    assert (public.source_question, public.source_answer, public.state) == (QUESTION, ANSWER, "draft")
    assert "Wagimin" not in public.question + public.answer
    assert "0812 3456 7890" in QUESTION
    assert "0812 3456" not in public.question
    for address in ("/konsultasi/", "/konsultasi/?q=pesangon", "/konsultasi/sitemap.xml"):
        assert public.code not in client.get(address).content.decode()
    assert client.get(f"/konsultasi/{public.code}/").status_code == 404


@pytest.mark.parametrize(
    ("guarded", "refused"),
    [
        ({"threat_level": "high", "alias": "Melati"}, services.NeverPublic),
        ({"protections": ["child"], "alias": "Melati"}, services.NeverPublic),
        ({"answer": "", "answered_at": None}, services.NotAnswered),
    ],
)
def test_some_never_become_a_page(wahyu, guarded, refused):
    made = answered(wahyu)
    Consultation.objects.filter(pk=made.pk).update(**guarded)
    made.refresh_from_db()
    with pytest.raises(refused):
        drafted(wahyu, made)


def test_the_persons_record_counts_as_well(wahyu, centre):  # noqa: F811
    made = answered(wahyu)
    Consultation.objects.filter(pk=made.pk).update(person=make_person(centre, alias="Melati", threat_level="high"))
    with pytest.raises(services.NeverPublic):
        drafted(wahyu, made)


def test_consent_is_asked_for_in_words(wahyu):
    made = answered(wahyu)
    with pytest.raises(services.ConsentMissing):
        drafted(wahyu, made, consent_words=" ")
    with pytest.raises(services.ConsentOfTomorrow):
        drafted(wahyu, made, consent_on=timezone.localdate() + timedelta(days=1))
    drafted(wahyu, made)
    with pytest.raises(services.AlreadyDrafted):
        drafted(wahyu, made)


def test_nothing_undecided_is_submitted(wahyu):
    public = titled(wahyu, drafted(wahyu))
    with pytest.raises(services.Undecided):
        services.submit_public_answer(actor=wahyu, public=public)
    with pytest.raises(services.TitleMissing):
        services.submit_public_answer(actor=wahyu, public=drafted(wahyu))


def test_each_mark_is_decided_with_words_or_a_reason(wahyu):
    public = titled(wahyu, drafted(wahyu))
    count = len(from_json(public.marks))
    for how, words, refused in [
        (WRITE, " ", services.WordsMissing),
        (KEEP, "", services.WordsMissing),
        (WRITE, "hubungi 0812 9999 8888", Refused),
    ]:
        with pytest.raises(refused) as told:
            services.decide_marks(actor=wahyu, public=public, choices=[(how, words)] + [(HIDE, "")] * (count - 1))
        assert told.value.field == "words_0"
    with pytest.raises(services.ChangedMeanwhile):
        services.decide_marks(actor=wahyu, public=public, choices=[(HIDE, "")])
    with pytest.raises(services.Undecided):
        services.submit_public_answer(actor=wahyu, public=public)


def test_what_still_shows_blocks(wahyu):
    public = hidden(wahyu, titled(wahyu, drafted(wahyu), title="Pesangon Wagimin di garmen"))
    with pytest.raises(services.StillShows) as told:
        services.submit_public_answer(actor=wahyu, public=public)
    assert "Wagimin" in str(told.value)


def test_a_word_kept_with_a_reason_may_show(wahyu):
    made = answered(
        wahyu, question="Saya di pabrik milik PT Rimba Anggada. Berapa pesangon saya?", answer="Satu kali tabel."
    )
    public = titled(wahyu, drafted(wahyu, made))
    count = len(from_json(public.marks))
    choices = [(KEEP, "Perusahaan ini sudah diberitakan luas.")] * count
    services.decide_marks(actor=wahyu, public=public, choices=choices)
    services.submit_public_answer(actor=wahyu, public=public)
    assert (public.state, "PT Rimba Anggada" in public.question) == ("review", True)


def test_words_of_the_first_question_do_not_come_back_in_another_draft(wahyu):
    """The draft was written anew, so that its own check finds nothing; the consultation as it was asked still counts."""
    made = answered(wahyu, question="Nama saya Budiman Kartolo. Berapa pesangon?", answer="Satu kali tabel.")
    public = titled(
        wahyu, drafted(wahyu, made), question="Berapa pesangon kartolo?", answer="Satu kali tabel.", title="Berapa pesangon?"
    )
    services.decide_marks(actor=wahyu, public=public, choices=[(KEEP, "bukan nama")] * len(from_json(public.marks)))
    with pytest.raises(services.StillShows):
        services.submit_public_answer(actor=wahyu, public=public)


def test_who_it_is_called_by_does_not_show(wahyu):
    made = answered(wahyu, question="Berapa pesangon saya?", answer="Mbak sekar, satu kali tabel.", called="Sekar")
    public = titled(wahyu, drafted(wahyu, made))
    count = len(from_json(public.marks))
    services.decide_marks(actor=wahyu, public=public, choices=[(KEEP, "nama samaran")] * count)
    with pytest.raises(services.StillShows):
        services.submit_public_answer(actor=wahyu, public=public)


# A second person


def test_nobody_publishes_what_they_made_changed_or_answered(wahyu, damar, centre):  # noqa: F811
    public = in_review(wahyu, answered(damar))
    for hand in (wahyu, damar, desk(centre, Role.OPERATOR), desk(centre, Role.CHAIR), desk(make_unit(centre)), SYSTEM):
        with pytest.raises(Denied):
            services.publish_public_answer(actor=hand, public=public)
    public.refresh_from_db()
    assert (public.state, public.published_at) == ("review", None)
    services.publish_public_answer(actor=desk(centre), public=public)
    assert public.state == "published"


def test_who_changed_it_last_does_not_publish_it(wahyu, damar, centre):  # noqa: F811
    public = drafted(wahyu)
    hidden(damar, titled(damar, public))
    services.submit_public_answer(actor=wahyu, public=public)
    with pytest.raises(Denied):
        services.publish_public_answer(actor=damar, public=public)


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_only_what_waits_for_review_is_published(wahyu, damar, state):
    public = in_review(wahyu)
    published_at = None if state == "draft" else timezone.now()
    PublicAnswer.objects.filter(pk=public.pk).update(state=state, published_at=published_at)
    with pytest.raises(withdrawing.NotNow):
        services.publish_public_answer(actor=damar, public=public)


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"question": f"{QUESTION}"},
        {"title": "Pesangon Wagimin"},
        {"marks": "[]"},
        {"consent_words": ""},
        {"source_answer": "Telepon 0812 3456 7890."},
    ],
)
def test_everything_is_asked_again_at_publishing(wahyu, damar, meanwhile):
    public = in_review(wahyu)
    PublicAnswer.objects.filter(pk=public.pk).update(**meanwhile)
    public.refresh_from_db()
    with pytest.raises(Refused):
        services.publish_public_answer(actor=damar, public=public)
    public.refresh_from_db()
    assert public.state == "review"


def test_who_must_hide_since_is_not_published(wahyu, damar):
    public = in_review(wahyu)
    asking.guard_consultation(
        actor=wahyu, consultation=public.consultation, threat_level="high", protections=[], alias="Melati"
    )
    public = PublicAnswer.objects.get(pk=public.pk)
    with pytest.raises(services.NeverPublic):
        services.publish_public_answer(actor=damar, public=public)


def test_the_table_itself_holds_two_persons_and_a_moment(wahyu):
    public = in_review(wahyu)
    for wrong in ({"state": "published"}, {"reviewed_by": wahyu.user_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublicAnswer.objects.filter(pk=public.pk).update(**wrong)


def test_publishing_empties_the_sources_and_keeps_the_decisions(wahyu, damar):
    public = published(wahyu, damar)
    assert (public.source_question, public.source_answer, public.reviewed_by_id) == ("", "", damar.user_id)
    decided = from_json(public.marks)
    assert decided
    assert all(one.is_made and one.said == "" for one in decided)
    assert "Wagimin" not in public.question + public.answer + public.marks


def test_returned_it_says_why_and_may_be_submitted_again(wahyu, damar):
    public = in_review(wahyu)
    with pytest.raises(services.ReasonMissing):
        services.return_public_answer(actor=damar, public=public, reason=" ")
    services.return_public_answer(actor=damar, public=public, reason="Sebut juga pasal 40 ayat (3).")
    assert (public.state, public.returned_because) == ("draft", "Sebut juga pasal 40 ayat (3).")
    services.submit_public_answer(actor=wahyu, public=public)
    assert (public.state, public.returned_because) == ("review", "")


# Pages


def test_what_was_chosen_for_the_marks_is_kept_by_the_button_that_submits_too(wahyu, client):
    public = titled(wahyu, drafted(wahyu))
    count = len(from_json(public.marks))
    typed = {f"how_{n}": HIDE for n in range(count)} | {"how_0": "write", "words_0": "[seorang pekerja]"}
    address = f"/meja/konsultasi/publik/{public.pk}/ajukan/"
    desk = client_of(client, wahyu)

    assert desk.post(address, typed | {"words_0": ""}).status_code == 422
    shown = desk.post(address, typed, follow=True).content.decode()
    public.refresh_from_db()
    assert ("Baca yang akan tampil" in shown, "[seorang pekerja]" in public.question, public.state) == (True, True, "draft")

    desk.post(address, typed)
    public.refresh_from_db()
    assert (public.state, from_json(public.marks)[0].words) == ("review", "[seorang pekerja]")


def test_the_page_has_its_articles_and_is_the_same_for_all(wahyu, damar, client):
    public = published(wahyu, damar)
    page = client.get(f"/konsultasi/{public.code}/")
    words = page.content.decode()
    assert (page[SAME_FOR_ALL], page.cookies) == ("1", {})
    assert 'href="/aturan/pasal/pp35-2021/#pp35-2021-44-2"' in words
    assert "Ini bukan perkara Anda" in words
    assert "terakhir dicocokkan" in words
    assert "[nama]" in words
    for secret in ("Wagimin", "0812", "Rimba"):
        assert secret not in words
    assert client.get(f"/konsultasi/{public.code.lower()}/").status_code == 301
    assert client.get("/konsultasi/2222222/").status_code == 404


def test_the_list_is_searched_narrowed_and_in_the_sitemap(wahyu, damar, client):
    public = published(wahyu, damar)
    address = f'href="/konsultasi/{public.code}/"'
    found = {
        "": True,
        "?pokok=dismissal": True,
        "?pokok=wages": False,
        "?q=pesangon": True,
        "?q=Wagimin": False,
        "?q=lembur": False,
    }
    assert {query: address in client.get(f"/konsultasi/{query}").content.decode() for query in found} == found
    for odd in (
        "?sebelum=x",
        "?sebelum=99999999T-1",
        "?pokok='",
        "?q=%00",
        "?q=" + "a" * 3000,
        "?sebelum=20260101T000000.000000-9999999999999999999999",
    ):
        assert client.get(f"/konsultasi/{odd}").status_code == 200
    assert public.code in client.get("/konsultasi/sitemap.xml").content.decode()
    assert "/konsultasi/sitemap.xml" in client.get("/sitemap.xml").content.decode()


def test_older_ones_are_walked_by_the_mark_of_the_last(wahyu, damar, client, monkeypatch):
    monkeypatch.setattr(reads, "PAGE", 2)
    for _ in range(5):
        published(wahyu, damar)
    seen, before = [], ""
    for _ in range(3):
        page = reads.page_of("", before)
        seen += [row.public.pk for row in page.rows]
        before = page.older
    assert (seen, before) == (list(reads.published().values_list("pk", flat=True)), "")


def test_what_is_withdrawn_is_gone(wahyu, damar, client):
    public = published(wahyu, damar)
    with pytest.raises(services.ReasonMissing):
        withdrawing.withdraw_public_answer(actor=damar, public=public, reason="")
    withdrawing.withdraw_public_answer(actor=damar, public=public, reason="Penanya menarik izinnya.")
    page = client.get(f"/konsultasi/{public.code}/")
    assert page.status_code == 410
    assert public.title not in page.content.decode()
    assert public.code not in client.get("/konsultasi/?q=pesangon").content.decode()
    assert (public.question, public.answer) == ("", "")


def test_a_published_answer_is_offered_while_typing(wahyu, damar, client):
    public = published(wahyu, damar)
    made = asked("Saya di-PHK, apakah dapat pesangon?")[0]
    client_of(client, wahyu)
    assert public.title in client.get(f"/meja/konsultasi/{made.pk}/").content.decode()
    assert public.title in client.post("/meja/konsultasi/mirip/", {"answer": "Pesangon dihitung"}).content.decode()
    assert public.title not in client.post("/meja/konsultasi/mirip/", {"answer": "kecelakaan"}).content.decode()


def test_lists_ask_the_same_number_of_questions(wahyu, damar, client):
    published(wahyu, damar)
    client_of(client, damar)
    for address in ("/konsultasi/", "/konsultasi/?q=pesangon", "/meja/konsultasi/publik/?rak=published"):
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        published(wahyu, damar), published(wahyu, damar)
        with CaptureQueriesContext(connection) as more:
            client.get(address)
        assert len(one) == len(more), address


def test_no_address_publishes_unreviewed(wahyu, damar, centre, client):  # noqa: F811
    """Every address that could move it, by everybody who is not the second person, in every state before."""
    public = hidden(wahyu, titled(wahyu, drafted(wahyu, answered(damar))))
    verbs = ("", "ubah/", "tanda/", "ajukan/", "tayangkan/", "kembalikan/", "tarik/")
    chair, operator, editor = (desk(centre, role) for role in (Role.CHAIR, Role.OPERATOR, Role.EDITOR))
    for _round, who, verb in itertools.product(range(2), (None, chair, operator, editor, damar, wahyu), verbs):
        client.logout() if who is None else client_of(client, who)
        page = client.post(f"/meja/konsultasi/publik/{public.pk}/{verb}", {"state": "published", "kembali-reason": "x"})
        assert page.status_code in (200, 302, 404, 405, 422)
        public.refresh_from_db()
        assert public.published_at is None
    assert client.get(f"/konsultasi/{public.code}/").status_code == 404


def test_the_whole_way_by_the_pages(wahyu, damar, client):
    made = answered(wahyu)
    client_of(client, wahyu)
    consent = {
        "izin-consent_by": "asker",
        "izin-consent_on": timezone.localdate().isoformat(),
        "izin-consent_words": "Boleh saja.",
    }
    assert client.post(f"/meja/konsultasi/{made.pk}/publik/", {**consent, "izin-consent_words": ""}).status_code == 422
    here = client.post(f"/meja/konsultasi/{made.pk}/publik/", consent)["Location"]
    words = client.get(here).content.decode()
    assert "Nomor telepon: bentuknya begitu" in words
    assert "Masih ada tanda yang belum diputuskan" in words
    draft = {
        "title": "Berapa pesangon saat pabrik tutup?", "topic": "dismissal", "question": QUESTION, "answer": ANSWER,
        "cites": ["PP35/2021:44(2)"],
    }  # fmt: skip
    looking = client.post(f"{here}ubah/", {**draft, "cari_pasal": "pensiun", "cari": "1"})
    assert "PP35/2021:56" in looking.content.decode()
    assert client.post(f"{here}ubah/", draft).status_code == 302
    public = PublicAnswer.objects.get()
    count = len(from_json(public.marks))
    choices = {f"how_{n}": HIDE for n in range(count)} | {"how_0": WRITE, "words_0": "Joko (bukan nama sebenarnya)"}
    assert client.post(f"{here}tanda/", {**choices, "words_0": ""}).status_code == 422
    client.post(f"{here}tanda/", choices)
    client.post(f"{here}ajukan/")
    assert "orang lain yang memeriksa" in client.get(here).content.decode()
    client_of(client, damar)
    assert "Berapa pesangon saat pabrik tutup?" in client.get("/meja/").content.decode()
    client.post(f"{here}tayangkan/")
    public.refresh_from_db()
    assert public.state == "published"
    assert "Joko (bukan nama sebenarnya)" in client.get(f"/konsultasi/{public.code}/").content.decode()
    client.post(f"{here}tarik/", {"tarik-reason": "Diminta penanya."})
    assert client.get(f"/konsultasi/{public.code}/").status_code == 410


# Forgetting


def holder():
    return next(one for one in holders() if one.name == "helpdesk.consultations")


def test_a_forgotten_person_is_gone_and_the_published_page_stays(wahyu, damar, centre):  # noqa: F811
    person = make_person(centre, "Wagimin Sutrapto")
    first, second = answered(wahyu), answered(wahyu)
    third = answered(wahyu, question="Teman saya Wagimin Sutrapto di-PHK.")
    Consultation.objects.filter(pk__in=[first.pk, second.pk]).update(person=person)
    page = published(wahyu, damar, Consultation.objects.get(pk=first.pk))
    drafted(wahyu, Consultation.objects.get(pk=second.pk))
    assert [one["pertanyaan"] for one in holder().copy(frozenset({person.subject}))["konsultasi"]] == [QUESTION, QUESTION]
    holder().erase(Forgetting(frozenset({person.subject}), ("Wagimin Sutrapto", "+6281234567890")))
    for row in Consultation.objects.all():
        told = f"{row.question}{row.answer}{row.called}{row.reach}"
        assert "Sutrapto" not in told
        assert "0812 3456" not in told
    assert Consultation.objects.get(pk=third.pk).question == "Teman saya (dilupakan) di-PHK."
    page.refresh_from_db()
    assert (page.state, page.consultation, page.consent_words) == ("published", None, "")
    assert PublicAnswer.objects.count() == 1
    assert holder().copy(frozenset({person.subject}))["konsultasi"] == []


def test_a_draft_that_named_somebody_forgotten_waits_to_be_marked_anew(wahyu, damar):
    public = in_review(wahyu)
    holder().erase(Forgetting(frozenset(), ("Wagimin Sutrapto",)))
    public.refresh_from_db()
    assert (public.state, "Sutrapto" in public.source_question) == ("draft", False)
    with pytest.raises(services.StillShows):
        services.submit_public_answer(actor=wahyu, public=public)
