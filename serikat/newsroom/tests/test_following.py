"""When an article changes after it went out: a correction, or its withdrawal, follows to every channel that carried the error."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from serikat.kernel.access import Role, actor_of
from serikat.messaging.adapters import Outcome, Sort
from serikat.messaging.models import Channel
from serikat.newsroom import places
from serikat.newsroom.models import Article, Correction, Distribution, Redress
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import drafting, following, spreading
from serikat.newsroom.services.approval import OwnWork, approved_batch
from serikat.newsroom.services.english import begin_english_version
from serikat.newsroom.tests.test_spreading import (  # noqa: F401 the same organisation and walls
    CONSOLE,
    S,
    Wall,
    add,
    approve,
    article,
    centre,
    drain,
    kinds,
    planned,
    sent,
    states,
    submitted,
    walls,
)


def correct(article, text="Upah dibayar Senin, bukan Selasa.", at=None):  # noqa: F811
    page = Article.objects.get(pk=article.pk)
    page.corrections.add(Correction(text=text, at=at or timezone.now()))
    page.save_revision()
    with approved_batch(batch="uji"):
        page.get_latest_revision().publish()


def test_a_correction_is_drafted_for_every_channel_that_carried_the_error(sent, article, sari, budi, walls, client):  # noqa: F811
    correct(article)
    assert len(reads.uncorrected(article)) == 2
    assert (following.follow_article(article_id=article.pk), following.follow_article(article_id=article.pk)) == (1, 0)
    plan = Distribution.objects.get(kind="correction")
    for variant in plan.variants.all():
        assert "Koreksi: Upah dibayar Senin, bukan Selasa." in variant.text
        assert reads.short_address(variant) in variant.text
    assert "Tentang berita “Upah dibayar”." in plan.variants.get(channel=walls[0]).text
    assert [str(row.about) for row in places.to_distribute(actor_of(sari))] == ["koreksinya belum disebar"]
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    with pytest.raises(OwnWork):
        approve(plan, sari)
    approve(plan, budi)
    assert [(one.words, one.on_the_way) for one in reads.uncorrected(article)] == [
        ([], ["Upah dibayar Senin, bukan Selasa."])
    ] * 2
    client.force_login(budi)
    page = client.get(f"/meja/redaksi/halaman/{article.pk}/sebar/").content.decode()
    assert ("masih membawa yang belum dikoreksi" in page, "Koreksinya sedang berangkat" in page) == (False, True)
    Channel.objects.filter(pk=walls[0].pk).update(active=False)
    page = client.get(f"/meja/redaksi/halaman/{article.pk}/sebar/").content.decode()
    assert "Dihentikan sementara" in page
    Channel.objects.filter(pk=walls[0].pk).update(active=True)
    drain(plan)
    assert reads.uncorrected(article) == []


def test_each_approval_stays_with_what_it_approved(sent, article, sari, budi, user, give, centre, client):  # noqa: F811
    """A channel that comes later is submitted and approved by itself; what left before keeps its own yes."""
    before = {v.pk: (v.submitted_at, v.approved_at, v.approved_by_id) for v in sent.variants.all()}
    late = add("told", "Facebook")
    third = user("Tuti")
    give(third, centre, Role.EDITOR)
    spreading.plan_distribution(actor=actor_of(third), article=article)
    spreading.submit_distribution(actor=actor_of(third), distribution=sent)
    approve(sent, sari)
    kept = {v.pk: (v.submitted_at, v.approved_at, v.approved_by_id) for v in sent.variants.exclude(channel=late)}
    assert (kept, {who for _at, _yes, who in before.values()}) == (before, {budi.pk})
    assert sent.variants.get(channel=late).approved_by == sari
    client.force_login(sari)
    page = client.get(f"/meja/redaksi/halaman/{article.pk}/sebar/").content.decode()
    assert (page.count("disetujui Budi"), page.count("disetujui Sari"), "Facebook: dikirim Tuti" in page) == (1, 1, True)


def test_one_button_leads_the_page(sent, article, sari, client):  # noqa: F811
    correct(article)
    correct(article, "Dan hanya separuhnya.")
    following.follow_article(article_id=article.pk)
    client.force_login(sari)
    page = client.get(f"/meja/redaksi/halaman/{article.pk}/sebar/").content.decode()
    assert (page.count("Kirim untuk diperiksa"), page.count('class="btn main"')) == (2, 1)


def test_only_what_carried_the_error_is_put_right(planned, article, sari, budi):  # noqa: F811
    x = planned.variants.get(channel__name="X")
    spreading.drop_variant(actor=actor_of(sari), variant=x)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    drain(planned)
    correct(article, at=timezone.now() - timedelta(days=3))  # whatever moment the editor wrote
    following.follow_article(article_id=article.pk)
    assert [v.channel.name for v in Distribution.objects.get(kind="correction").variants.all()] == ["Mastodon"]


def test_what_was_corrected_before_it_went_needs_no_correction(article, sari, budi):  # noqa: F811
    correct(article)
    plan = spreading.plan_distribution(actor=actor_of(sari), article=article)
    spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
    approve(plan, budi)
    drain(plan)
    assert (following.follow_article(article_id=article.pk), reads.uncorrected(article)) == (0, [])


def test_what_was_approved_before_the_correction_is_read_again(planned, article, sari, budi):  # noqa: F811
    for variant in planned.variants.all():
        at = timezone.now() + timedelta(hours=1)
        spreading.change_variant(actor=actor_of(sari), variant=variant, text=variant.text, send_at=at)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    correct(article)
    following.follow_article(article_id=article.pk)
    assert set(states(planned).values()) == {S.DRAFT}


def test_what_failed_before_the_correction_is_read_again_and_not_tried_as_it_was(planned, article, sari, budi):  # noqa: F811
    Wall.plan.append(Outcome(Sort.REFUSED, problem="Duplicate."))
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    drain(planned)
    assert states(planned) == {"Mastodon": S.FAILED, "X": S.SENT}
    correct(article)
    following.follow_article(article_id=article.pk)
    assert states(planned) == {"Mastodon": S.DRAFT, "X": S.SENT}
    with pytest.raises(drafting.ChangedMeanwhile):
        spreading.resend_variant(actor=actor_of(sari), variant=planned.variants.get(channel__name="Mastodon"))
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    drain(planned)
    assert (states(planned), len(Wall.taken)) == ({"Mastodon": S.SENT, "X": S.SENT}, 1)


def test_what_was_approved_before_the_correction_does_not_go_before_anybody_followed_it(
    planned,  # noqa: F811
    article,  # noqa: F811
    sari,
    budi,
    monkeypatch,
):
    """Its hour may strike between the correction's commit and the job that follows it."""
    at = timezone.now() + timedelta(hours=1)
    for variant in planned.variants.all():
        spreading.change_variant(actor=actor_of(sari), variant=variant, text=variant.text, send_at=at)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    correct(article)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=1))
    spreading.send_due_variants()
    assert set(states(planned).values()) == {S.DRAFT}
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)  # read anew, with the correction known
    assert set(states(planned).values()) == {S.SENDING}


@pytest.mark.parametrize(("title", "named"), [("Upah dibayar", True), ("", False)])
def test_a_withdrawal_says_the_title_only_when_it_was_announced(sent, article, title, named):  # noqa: F811
    Redress.objects.create(kind=Redress.Kind.WITHDRAWAL, article=article, title=title, ground="suspect", at=timezone.now())
    Article.objects.get(pk=article.pk).unpublish()
    assert following.follow_article(article_id=article.pk) == 1
    plan = Distribution.objects.get(kind="withdrawal")
    for variant in plan.variants.all():
        assert ("Upah dibayar" in variant.text) is named
        assert "/hak-jawab/catatan/" in variant.text


def test_a_deleted_article_takes_its_distributions_along(sent, article):  # noqa: F811
    Article.objects.get(pk=article.pk).delete()
    assert (Distribution.objects.count(), following.follow_article(article_id=article.pk)) == (0, 0)


def abroad(sent, article):  # noqa: F811
    """Mastodon's readers are abroad: what they got was English."""
    sent.variants.filter(channel__name="Mastodon").update(english=True)
    english = begin_english_version(actor=CONSOLE, page=Article.objects.get(pk=article.pk))
    english.title = "Wages were paid"
    english.save()


def test_a_correction_speaks_the_language_of_what_it_corrects(sent, article):  # noqa: F811
    abroad(sent, article)
    correct(article)
    following.follow_article(article_id=article.pk)
    plan = Distribution.objects.get(kind="correction")
    english, other = plan.variants.get(channel__name="Mastodon"), plan.variants.get(channel__name="X")
    assert (english.english, other.english) == (True, False)
    assert english.text.startswith("Correction (in Indonesian): Upah dibayar Senin, bukan Selasa.")
    assert "“Wages were paid”" in english.text
    assert reads.short_address(english) in english.text
    assert other.text.startswith("Koreksi: Upah dibayar Senin, bukan Selasa.")


def test_a_withdrawal_speaks_the_language_of_what_it_takes_back(sent, article):  # noqa: F811
    abroad(sent, article)
    told = {"kind": Redress.Kind.WITHDRAWAL, "article": article, "title": "Upah dibayar", "ground": "suspect"}
    Redress.objects.create(**told, at=timezone.now())
    Article.objects.get(pk=article.pk).unpublish()
    following.follow_article(article_id=article.pk)
    plan = Distribution.objects.get(kind="withdrawal")
    english, other = plan.variants.get(channel__name="Mastodon").text, plan.variants.get(channel__name="X").text
    assert "“Wages were paid”" in english
    assert "/en/hak-jawab/catatan/" in english
    assert "cabut" not in english
    assert "“Upah dibayar” kami cabut" in other


def test_an_english_withdrawal_without_a_title_names_none(sent, article):  # noqa: F811
    abroad(sent, article)
    Redress.objects.create(kind=Redress.Kind.WITHDRAWAL, article=article, title="", ground="suspect", at=timezone.now())
    Article.objects.get(pk=article.pk).unpublish()
    following.follow_article(article_id=article.pk)
    text = Distribution.objects.get(kind="withdrawal").variants.get(channel__name="Mastodon").text
    assert "Wages" not in text
    assert "Upah" not in text


def test_the_page_asks_to_translate_an_english_correction(sent, article, sari, client):  # noqa: F811
    abroad(sent, article)
    correct(article)
    following.follow_article(article_id=article.pk)
    client.force_login(sari)
    page = client.get(reverse("newsroom_desk:distribute", args=[article.pk])).content.decode()
    assert page.count("Terjemahkan koreksinya sebelum dikirim.") == 1
