"""Requests at the desk: decided by one and confirmed by another, put on the page, into a draft, off the site; listed in public; who approved what."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.kernel.errors import Denied
from serikat.newsroom.models import Article, EditingRule, EditorialRequest, LivePage, Post, Redress
from serikat.newsroom.rules.requests import words_digest
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.selectors.editing import digest_of, is_approved
from serikat.newsroom.services import answering, editing, request_outcomes
from serikat.newsroom.services import requests as sending
from serikat.newsroom.tests.builders import HARMLESS, a_site, a_unit, an_article, follow

State = EditorialRequest.State
WORDS = "Gaji dibayar penuh setiap tanggal 25.\n\nBukti setoran kami lampirkan."


@pytest.fixture
def article(db):
    a_site()
    return an_article("Upah ditunggak")


@pytest.fixture
def editors(user, give, article):
    """Two editors of the whole organisation; neither wrote the article."""
    made = [user("Sari"), user("Budi")]
    for someone in made:
        give(someone, a_unit())
    return made


@pytest.fixture
def post(db, user, article):
    return Post.objects.create(
        code="SHOWN222", key=uuid.uuid4(), writer=user("Arum"), unit=a_unit(), title="Kipas mati", text="Sejak Maret.",
        html="<p>Sejak Maret.</p>", named_as="own", name="Melati", state="shown", sent_at=timezone.now(),
        shown_at=timezone.now(),
    )  # fmt: skip


def send(about, kind="reply", **values):
    given = {"kind": kind, "words": WORDS, "name": "PT Sandang Muara", **values}
    code = sending.send_request_once(actor=ANONYMOUS, key=uuid.uuid4(), about=about, **given)
    return reads.followed(code), code


def accepted(request, editors, **values):
    """Proposed by the first, confirmed by the second."""
    answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Kami muat.", **values)
    answering.confirm_decision(actor=actor_of(editors[1]), request=request)
    request.refresh_from_db()
    return request


def page_of(client, article):
    return client.get(reverse("newsroom:article", args=[article.slug])).content.decode()


def test_a_reply_shows_once_another_person_said_yes_and_touches_no_revision(client, article, editors):
    request, code = send(article)
    approved = digest_of(article.live_revision_id)
    answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Kami muat.")
    request.refresh_from_db()
    assert (request.state, "Gaji dibayar penuh" in page_of(client, article)) == (State.PROPOSED, False)
    with pytest.raises(answering.OwnDecision):
        answering.confirm_decision(actor=actor_of(editors[0]), request=request)
    assert Notice.objects.filter(user=editors[1], text__startswith="Menunggu persetujuan Anda").count() == 1
    answering.confirm_decision(actor=actor_of(editors[1]), request=request)
    page = page_of(client, article)
    redress = Redress.objects.get()
    own = reverse("newsroom:reply", args=[request.year, request.number])
    assert ("PT Sandang Muara" in page, f'href="{own}"' in page, "Bukti setoran kami lampirkan." in page) == (True,) * 3
    assert (redress.name, redress.words, redress.label) == ("PT Sandang Muara", WORDS, request.label)
    article.refresh_from_db()
    assert (digest_of(article.live_revision_id), is_approved(article, article.live_revision_id)) == (approved, True)
    assert article.live_revision_id == article.latest_revision_id
    reply = client.get(own).content.decode()
    assert ("Gaji dibayar penuh" in reply, f'href="{LivePage.objects.get(pk=article.pk).path}"' in reply) == (True, True)
    assert own in follow(client, code).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert data["hasPart"][0]["url"].endswith(own)
    assert "Gaji dibayar penuh" in client.get(reverse("newsroom:print", args=[article.slug])).content.decode()


def test_who_reads_feeds_is_told_of_a_reply(client, article, editors):
    before = LivePage.objects.get(pk=article.pk).changed_at
    accepted(send(article)[0], editors)
    changed = LivePage.objects.get(pk=article.pk).changed_at
    rss, feed = client.get("/berita/rss.xml").content.decode(), client.get("/berita/feed.json").json()
    assert changed > before
    assert f"<atom:updated>{changed.isoformat(timespec='seconds')}</atom:updated>" in rss
    assert "&lt;b&gt;Hak jawab: PT Sandang Muara, " in rss.partition("<content:encoded>")[2]
    item = feed["items"][0]
    assert (item["date_modified"], "Bukti setoran kami lampirkan." in item["content_html"].rpartition("<aside>")[2]) == (
        changed.isoformat(timespec="seconds"),
        True,
    )


def test_a_reply_stays_when_the_article_is_published_anew(client, article, editors):
    accepted(send(article)[0], editors)
    from serikat.newsroom.tests.builders import go_live  # reason: this test alone

    article.lead = "Teras baru."
    article.save_revision()
    go_live(article)
    page = page_of(client, article)
    assert ("Teras baru." in page, "Gaji dibayar penuh" in page) == (True, True)


def test_who_is_forgotten_goes_from_their_reply_and_its_page(client, article, editors):
    from serikat.kernel.forgetting import Forgetting  # reason: this test alone
    from serikat.newsroom.services.forgetting import forget_in_newsroom  # reason: this test alone

    accepted(send(article, name="Sumarni Watiningrum")[0], editors)
    assert "Sumarni Watiningrum" in page_of(client, article)
    forget_in_newsroom(forgetting=Forgetting(frozenset(), needles=("Sumarni Watiningrum",)))
    page = page_of(client, article)
    assert ("Sumarni" in page, "Gaji dibayar penuh" in page) == (False, True)
    assert Redress.objects.get().name == "seorang pekerja"


def test_a_hostile_reply_is_only_words(client, article, editors):
    accepted(send(article, words="<script>alert(1)</script> & benar", name="<b>PT</b>")[0], editors)
    page = page_of(client, article)
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page, "&lt;b&gt;PT&lt;/b&gt;" in page) == (
        False,
        True,
        True,
    )


def test_a_shorter_reply_shows_only_with_its_senders_yes_to_those_words(client, article, editors):
    request, code = send(article)
    sari = actor_of(editors[0])
    with pytest.raises(answering.SameWords):
        answering.shorten_reply(actor=sari, request=request, shown_words=WORDS.replace("\n", " "))
    answering.shorten_reply(
        actor=sari, request=request, shown_words="Gaji dibayar penuh.", words="Bagian kedua terlalu panjang."
    )
    with pytest.raises(answering.NotAgreed):
        answering.accept_request(actor=sari, request=request, answer="Kami muat.")
    page = follow(client, code).content.decode()
    assert ("Gaji dibayar penuh." in page, "Bagian kedua terlalu panjang." in page) == (True, True)
    agree, which = reverse("newsroom:agree_to_words"), {"which": request.label}
    assert client.post(agree, {"digest": words_digest("Kata lain."), **which}).status_code == 409
    assert client.post(agree, {"digest": words_digest("Gaji dibayar penuh."), **which}).status_code == 302
    accepted(request, editors)
    assert Redress.objects.get().words == "Gaji dibayar penuh."


def test_who_says_no_to_shorter_words_keeps_their_own(client, article, editors):
    request, code = send(article)
    answering.shorten_reply(actor=actor_of(editors[0]), request=request, shown_words="Gaji dibayar penuh.")
    follow(client, code)
    client.post(reverse("newsroom:answer_question"), {"words": "Tidak, muat semuanya.", "which": request.label})
    accepted(request, editors)
    assert Redress.objects.get().words == WORDS


def test_a_correction_goes_into_a_draft_that_another_person_approves(client, article, editors):
    request, code = send(article, "correction")
    sari = actor_of(editors[0])
    with pytest.raises(answering.CorrectionMissing):
        answering.accept_request(actor=sari, request=request, answer="Benar.")
    answering.accept_request(actor=sari, request=request, answer="Benar.", correction="Angkanya 214, bukan 412.")
    desk = Client()
    desk.force_login(get_user_model().objects.get(pk=sari.user_id))
    page = desk.get(reverse("newsroom_desk:request", args=[request.pk])).content.decode()
    assert f'href="{reverse("newsroom_desk:review", args=[article.pk])}"' in page  # granted is not yet live: the way there
    request.refresh_from_db()
    assert (request.state, "Angkanya 214" in page_of(client, article)) == (State.ACCEPTED, False)
    assert "begitu orang kedua menyetujuinya" in follow(client, code).content.decode()
    page = Article.objects.get(pk=article.pk)
    with pytest.raises(editing.OwnWork):
        editing.approve_page(actor=sari, page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    editing.approve_and_release(actor=actor_of(editors[1]), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    assert "Angkanya 214, bukan 412." in page_of(client, article)
    redress = Redress.objects.get()
    assert (redress.kind, redress.request, redress.label, redress.words) == (
        "correction", request, request.label, "Angkanya 214, bukan 412.",
    )  # fmt: skip


def test_a_correction_that_leaves_the_article_leaves_the_list(article, editors):
    from serikat.newsroom.models import Correction  # reason: this test alone
    from serikat.newsroom.tests.builders import go_live  # reason: this test alone

    article.corrections.add(Correction(text="Bukan Senin, Selasa."))
    article.save_revision()
    go_live(article)
    assert list(Redress.objects.values_list("kind", "words", "label")) == [("correction", "Bukan Senin, Selasa.", "")]
    article.corrections.clear()
    article.save_revision()
    go_live(article)
    assert Redress.objects.count() == 0


def test_a_withdrawn_article_answers_gone_and_says_why(client, article, editors):
    path = LivePage.objects.get(pk=article.pk).path
    request, _code = send(article, "withdrawal")
    with pytest.raises(answering.GroundMissing):
        answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Ya.", ground="no_reason")
    accepted(request, editors, ground="child")
    gone = client.get(path)
    text = gone.content.decode()
    assert (gone.status_code, "Upah ditunggak" in text, "demi masa depan anak" in text) == (410, True, True)
    listed = client.get(reverse("newsroom:redress_list")).content.decode()
    assert ("Upah ditunggak" in listed, "Demi masa depan anak." in listed, "PT Sandang" in listed) == (True, True, False)


def test_a_withdrawal_without_its_title_names_it_nowhere(client, article, editors):
    path = LivePage.objects.get(pk=article.pk).path
    reply = accepted(send(article)[0], editors)
    accepted(send(article, "withdrawal")[0], editors, ground="trauma", announced=False)
    assert client.get(reverse("newsroom:reply", args=[reply.year, reply.number])).status_code == 404
    gone, listed = client.get(path), client.get(reverse("newsroom:redress_list"))
    assert (gone.status_code, listed.status_code) == (410, 200)
    assert ["Upah ditunggak" in page.content.decode() for page in (gone, listed)] == [False, False]
    assert "Demi korban yang trauma." in listed.content.decode()


def test_a_page_that_left_meanwhile_takes_no_reply(article, editors):
    request, _code = send(article)
    answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Kami muat.")
    Article.objects.get(pk=article.pk).unpublish()
    with pytest.raises(request_outcomes.NotShown):
        answering.confirm_decision(actor=actor_of(editors[1]), request=request)
    request.refresh_from_db()
    assert (request.state, Redress.objects.count()) == (State.PROPOSED, 0)


def test_a_post_takes_a_reply_a_correction_and_goes_when_it_is_withdrawn(client, post, editors):
    url = reverse("newsroom:post", args=[post.code])
    accepted(send(post)[0], editors)
    accepted(send(post, "correction")[0], editors, correction="Sejak April, bukan Maret.")
    page = client.get(url).content.decode()
    assert ("Gaji dibayar penuh" in page, "Sejak April, bukan Maret." in page) == (True, True)
    accepted(send(post, "withdrawal")[0], editors, ground="decency")
    gone = client.get(url)
    assert (gone.status_code, "menyangkut kesusilaan" in gone.content.decode()) == (410, True)
    post.refresh_from_db()
    assert (post.state, post.html) == (Post.State.REFUSED, "")
    assert Notice.objects.filter(user=post.writer, text__startswith="Tulisan Anda dicabut").count() == 1


def test_who_wrote_the_page_does_not_refuse_alone(article, editors, user, give):
    sari, budi = editors
    article.save_revision(user=sari)
    request, _code = send(article, "complaint")
    answering.refuse_request(actor=actor_of(sari), request=request, ground="no_breach", answer="Tidak ada yang salah.")
    request.refresh_from_db()
    assert (request.state, request.proposed_by) == (State.PROPOSED, sari)
    with pytest.raises(answering.OwnDecision):
        answering.confirm_decision(actor=actor_of(sari), request=request)
    answering.return_decision(actor=actor_of(budi), request=request, words="Jelaskan kepada pengirim.")
    request.refresh_from_db()
    assert (request.state, request.accepted, request.answer) == (State.OPEN, None, "")
    other, _code = send(article, "complaint")
    answering.refuse_request(actor=actor_of(budi), request=other, ground="no_breach", answer="Tidak ada.")
    other.refresh_from_db()
    assert (other.state, other.decided_by) == (State.REFUSED, budi)


def test_where_the_rule_is_lifted_one_person_is_enough(article, editors):
    EditingRule.objects.create(approval_required=False)
    request, _code = send(article)
    answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Kami muat.")
    request.refresh_from_db()
    assert (request.state, Redress.objects.count()) == (State.ACCEPTED, 1)


@pytest.mark.parametrize(
    ("kind", "ground"), [("reply", "accurate"), ("correction", "too_long"), ("complaint", ""), ("withdrawal", "child")]
)
def test_a_refusal_needs_a_ground_of_its_kind_and_words(article, editors, kind, ground):
    request, _code = send(article, kind)
    sari = actor_of(editors[0])
    with pytest.raises(answering.GroundMissing):
        answering.refuse_request(actor=sari, request=request, ground=ground, answer="Tidak.")
    with pytest.raises(answering.WordsMissing):
        answering.refuse_request(actor=sari, request=request, ground="served", answer=" ")
    request.refresh_from_db()
    assert (request.state, request.ground) == (State.OPEN, "")


def test_what_is_decided_is_not_decided_again(article, editors):
    request, _code = send(article, "complaint")
    sari = actor_of(editors[0])
    answering.refuse_request(actor=sari, request=request, ground="no_breach", answer="Tidak ada.")
    for again in (
        lambda: answering.accept_request(actor=sari, request=request, answer="Ya."),
        lambda: answering.ask_sender(actor=sari, request=request, words="Kapan?"),
        lambda: answering.confirm_decision(actor=sari, request=request),
        lambda: sending.withdraw_request(actor=ANONYMOUS, request=request),
    ):
        with pytest.raises(sending.AlreadyClosed):
            again()


def test_another_units_editor_finds_and_decides_nothing(sign_in, user, give, editors, article):
    from serikat.units.models import Unit  # reason: this test alone

    root = a_unit()
    Unit.objects.filter(pk=root.pk).update(path=f"{root.pk}/")
    branch = Unit.objects.create(code="timur", path=f"{root.pk}/x/", kind="branch", name="Cabang Timur", parent=root)
    wati = user("Wati")
    give(wati, branch)
    request, _code = send(Article.objects.select_related("unit").get(pk=article.pk))
    with pytest.raises(Denied):
        answering.refuse_request(actor=actor_of(wati), request=request, ground="late", answer="Tidak.")
    client = sign_in(wati)
    assert client.get(reverse("newsroom_desk:request", args=[request.pk])).status_code == 404
    assert "Upah ditunggak" not in client.get(reverse("newsroom_desk:requests")).content.decode()


def test_the_desk_works_through_a_request_by_its_pages(sign_in, article, editors):
    sari, budi = editors
    request, _code = send(article)
    client = sign_in(sari)

    def at(name):
        return reverse(f"newsroom_desk:{name}", args=[request.pk])

    page = client.get(at("request")).content.decode()
    assert ("PT Sandang Muara" in page, "Usulkan yang lebih pendek" in page, "Setujui dan jalankan" in page) == (
        True,
        True,
        False,
    )
    assert client.post(at("refuse_request"), {"tidak-answer": "Tidak."}).status_code == 422
    assert client.post(at("ask_sender"), {"tanya-words": ""}).status_code == 422
    assert client.post(at("hand_over"), {"serah-colleague": sari.pk}).status_code == 422
    assert client.post(at("hand_over"), {"serah-colleague": budi.pk, "serah-words": "Tolong."}).status_code == 302
    assert client.post(at("accept_request"), {"ya-answer": "Kami muat."}).status_code == 302
    assert client.post(at("confirm_decision")).status_code == 422
    client = sign_in(budi)
    assert "Setujui dan jalankan" in client.get(at("request")).content.decode()
    assert client.post(at("return_decision"), {"balik-words": ""}).status_code == 422
    assert client.post(at("confirm_decision")).status_code == 302
    assert client.post(at("confirm_decision")).status_code == 409
    again = client.post(at("accept_request"), {"ya-answer": "Lagi."})
    assert again.status_code == 302
    assert "Permintaan ini sudah selesai." in client.get(again["location"]).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_one_as_for_three(sign_in, client, article, editors, count, django_assert_num_queries):
    for number in range(count):
        accepted(send(article, words=f"Hak jawab {number}")[0], editors)
        send(article, "complaint", words=f"Keberatan {number}")
    client.get("/")
    for name, queries in (("redress_list", 6), ("rights", 5)):
        client.get(reverse(f"newsroom:{name}"))
        with django_assert_num_queries(queries):
            client.get(reverse(f"newsroom:{name}"))
    desk = sign_in(editors[0])
    url = reverse("newsroom_desk:requests")
    desk.get(url)
    with django_assert_num_queries(18):
        desk.get(url)


def test_late_ones_are_shown_on_the_editors_first_page(sign_in, article, editors):
    send(article, "complaint")
    client = sign_in(editors[0])
    url = reverse("newsroom_desk:desk")
    assert "Ada yang lewat waktu" not in client.get(url).content.decode()
    EditorialRequest.objects.update(due_at=timezone.now())
    page = client.get(url).content.decode()
    assert ("Ada yang lewat waktu" in page, "Lewat waktu" in page) == (True, True)


def test_who_wrote_and_who_approved_can_be_read(sign_in, draft, sari, budi, centre):
    page = draft(sari, centre)
    editing.submit_page(actor=actor_of(sari), page=page, note_to_reader="Cek angka.")
    editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    url = reverse("newsroom_desk:approvals", args=[page.pk])
    text = sign_in(sari).get(url).content.decode()
    said = ["disimpan Sari", "dikirim Sari", "Cek angka.", "disetujui Budi", "ditayangkan"]
    assert [words in text for words in said] == [True] * 5
    assert url in sign_in(sari).get(reverse("newsroom_desk:review", args=[page.pk])).content.decode()


@pytest.mark.parametrize("versions", [1, 3])
def test_approvals_ask_as_often_for_one_version_as_for_three(
    sign_in, draft, sari, centre, versions, django_assert_num_queries
):
    page = draft(sari, centre)
    for number in range(versions - 1):
        page.title = f"Judul {number}"
        page.save_revision(user=sari)
    url = reverse("newsroom_desk:approvals", args=[page.pk])
    client = sign_in(sari)
    client.get(url)
    with django_assert_num_queries(19):
        client.get(url)


def test_a_moderator_answers_no_request(article, user, give, sign_in):
    someone = user("Moda")
    give(someone, a_unit(), Role.MODERATOR)
    request, _code = send(article)
    assert sign_in(someone).get(reverse("newsroom_desk:request", args=[request.pk])).status_code == 404
    with pytest.raises(Denied):
        answering.ask_sender(actor=actor_of(someone), request=request, words="Kapan?")
