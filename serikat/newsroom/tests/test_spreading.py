"""An article goes to every channel: planned, approved by another person, sent once at its time, counted by channel, put right when it was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.accounts.models import Notice
from serikat.kernel.access import Role, actor_of, console
from serikat.kernel.errors import Missing
from serikat.messaging import adapters
from serikat.messaging.adapters import Limits, Outcome, Scheme, Sort
from serikat.messaging.models import Message
from serikat.messaging.models import State as Sending
from serikat.messaging.services import settling
from serikat.messaging.services.channels import add_channel, retire_channel
from serikat.messaging.services.sending import send_channel
from serikat.messaging.tests.conftest import Letters, Told
from serikat.newsroom import places
from serikat.newsroom.models import Article, Distribution, EditingRule, Variant, VariantClicks
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import drafting, following, spreading
from serikat.newsroom.services.approval import OwnWork
from serikat.newsroom.services.reading import add_reads
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import a_unit, an_article

CONSOLE = console("uji")
S = Variant.State


class Wall(Told):
    """A page of ours that everybody reads."""

    kind = "mastodon"
    scheme = Scheme.WALL
    limits = Limits(longest=500, a_second=1000)
    taken: list = []
    plan: list = []


class Short(Wall):
    kind = "x"
    limits = Limits(longest=280, a_second=1000)
    taken: list = []
    plan: list = []


@pytest.fixture
def kinds():
    before = dict(adapters._kinds)
    for kind in (Wall, Short, Told, Letters):
        kind.taken.clear()
        kind.plan.clear()
        adapters._kinds[kind.kind] = kind
    yield
    adapters._kinds.clear()
    adapters._kinds.update(before)


@pytest.fixture
def centre(site):
    return a_unit()


def add(kind, name, unit=None, **more):
    values = {"folder": "x", "password": "benar"}
    return add_channel(actor=CONSOLE, unit=unit or a_unit(), kind=kind, name=name, values=values, **more)


@pytest.fixture
def walls(centre, kinds):
    return add("mastodon", "Mastodon"), add("x", "X")


@pytest.fixture
def article(walls):
    return an_article("Upah dibayar", lead="Perusahaan membayar sisa upah.", place=builders.a_place())


@pytest.fixture
def planned(article, sari):
    return spreading.plan_distribution(actor=actor_of(sari), article=article)


@pytest.fixture
def submitted(planned, sari):
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    return planned


def seal(plan):
    return reads.seal_of(reads.waiting_variants(plan))


def approve(plan, who):
    spreading.approve_distribution(actor=actor_of(who), distribution=plan, seal=seal(plan))


def drain(plan):
    for variant in plan.variants.all():
        send_channel(channel_id=variant.channel_id)
    for variant in plan.variants.all():
        spreading.note_settled(about=variant.ref)


@pytest.fixture
def sent(submitted, budi):
    Wall.plan.append(Outcome(Sort.SENT, "1", "https://mastodon.example/@muara/1"))
    approve(submitted, budi)
    drain(submitted)
    return submitted


def states(plan):
    return {v.channel.name: v.state for v in plan.variants.select_related("channel")}


def desk(name, *args):
    return reverse(f"newsroom_desk:{name}", args=args)


# Planning


def test_a_plan_has_one_variant_a_channel_with_a_link_of_its_own(planned):
    variants = list(planned.variants.select_related("channel"))
    assert [v.channel.name for v in variants] == ["Mastodon", "X"]
    assert len({v.code for v in variants}) == 2
    for variant in variants:
        assert reads.short_address(variant) in variant.text
        assert "Upah dibayar" in variant.text
    assert "Kabupaten Bekasi: Perusahaan membayar sisa upah." in variants[0].text
    assert "#SMC" in variants[1].text


def test_planning_twice_makes_one_plan_and_adds_new_channels(planned, article, sari, centre):
    again = spreading.plan_distribution(actor=actor_of(sari), article=article)
    assert (again.pk, again.variants.count()) == (planned.pk, 2)
    add("x", "X kedua")
    assert spreading.plan_distribution(actor=actor_of(sari), article=article).variants.count() == 3


def test_what_is_not_live_and_what_has_no_channel_is_not_planned(walls, sari):
    with pytest.raises(spreading.NotLive):
        spreading.plan_distribution(actor=actor_of(sari), article=an_article("Konsep", live=False))
    live = an_article("Tayang")
    for channel in walls:
        retire_channel(actor=CONSOLE, channel=channel)
    with pytest.raises(spreading.NoChannels):
        spreading.plan_distribution(actor=actor_of(sari), article=live)


# Approval


def test_words_changed_between_the_look_and_the_yes_do_not_go_out(submitted, sari, budi, monkeypatch):
    """As another connection may, where rows are not locked."""
    real = spreading.moments_shown

    def meanwhile(**told):
        spreading.change_variant(actor=actor_of(sari), variant=submitted.variants.first(), text="Tidak dibaca siapa pun.")
        return real(**told)

    monkeypatch.setattr(spreading, "moments_shown", meanwhile)
    approve(submitted, budi)
    assert states(submitted) == {"Mastodon": Variant.State.DRAFT, "X": Variant.State.SENDING}
    assert Message.objects.count() == 1


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite lets one write at a time")
def test_what_is_approved_is_locked_before_it_is_compared(submitted, budi):
    with CaptureQueriesContext(connection) as asked:
        approve(submitted, budi)
    reading = [q["sql"] for q in asked if 'FROM "newsroom_variant"' in q["sql"] and "FOR UPDATE" in q["sql"]]
    assert any("waiting" in sql for sql in reading)


def test_who_wrote_it_does_not_approve_it(submitted, sari, budi):
    with pytest.raises(OwnWork):
        approve(submitted, sari)
    variant = submitted.variants.first()
    spreading.change_variant(actor=actor_of(budi), variant=variant, text="Lain.")
    spreading.submit_distribution(actor=actor_of(sari), distribution=submitted)
    with pytest.raises(OwnWork):
        approve(submitted, budi)
    assert Message.objects.count() == 0


def test_pressed_twice_it_goes_once(submitted, budi, client):
    client.force_login(budi)
    typed = {"seal": seal(submitted)}
    for _press in range(2):
        assert client.post(desk("approve_distribution", submitted.pk), typed).status_code == 302
    assert Message.objects.count() == 2
    assert states(submitted) == {"Mastodon": S.SENDING, "X": S.SENDING}


def test_what_was_changed_since_it_was_read_is_not_approved(submitted, sari, budi):
    read = seal(submitted)
    spreading.change_variant(actor=actor_of(sari), variant=submitted.variants.first(), text="Lain.")
    spreading.submit_distribution(actor=actor_of(sari), distribution=submitted)
    with pytest.raises(spreading.ReadAnew):
        spreading.approve_distribution(actor=actor_of(budi), distribution=submitted, seal=read)


def test_it_is_sent_back_with_a_note_to_its_writers(submitted, sari, budi, client):
    client.force_login(budi)
    assert client.post(desk("send_back_distribution", submitted.pk), {"reason": " "}).status_code == 422
    client.post(desk("send_back_distribution", submitted.pk), {"reason": "Sebut nama kotanya."})
    assert set(states(submitted).values()) == {S.DRAFT}
    assert [str(n.text) for n in sari.notices.all()] == ["Penyebaran dikembalikan dengan catatan: Upah dibayar"]
    client.force_login(sari)
    assert "Sebut nama kotanya." in client.get(desk("distribute", submitted.article_id)).content.decode()


def test_without_the_rule_of_two_it_goes_when_it_is_sent(planned, sari):
    EditingRule.objects.create(approval_required=False)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    assert set(states(planned).values()) == {S.SENDING}


def test_who_was_asked_is_asked_no_more_once_it_is_done(submitted, sari, budi, user, give, centre):
    third = user("Tuti")
    give(third, centre, Role.EDITOR)
    unread = lambda who: [notice.said for notice in Notice.objects.filter(user=who, read_at=None)]  # noqa: E731
    spreading.send_back_distribution(actor=actor_of(budi), distribution=submitted, reason="Judulnya salah")
    spreading.submit_distribution(actor=actor_of(sari), distribution=submitted)
    assert (unread(sari), unread(budi)) == ([], ["Penyebaran menunggu persetujuan Anda: Upah dibayar"])
    assert unread(third) == ["Penyebaran menunggu persetujuan Anda: Upah dibayar"]
    approve(submitted, budi)
    assert (unread(sari), unread(budi), unread(third)) == (["Penyebaran disetujui: Upah dibayar"], [], [])


def test_others_are_told_and_find_it_on_their_first_page(budi, submitted, sari):
    assert [row.name for row in places.to_distribute(actor_of(budi))] == ["Upah dibayar"]
    assert places.to_distribute(actor_of(sari)) == []
    assert budi.notices.count() == 1


def test_a_branch_editor_reaches_nothing_of_the_centre(submitted, user, give, client):
    from serikat.units.services import found_unit  # reason: the founded site's unit stands only now

    wati = user("Wati")
    give(wati, found_unit(actor=CONSOLE, parent=a_unit(), name="Timur", kind="branch"))
    client.force_login(wati)
    assert client.get(desk("distribute", submitted.article_id)).status_code == 404
    assert client.get(desk("change_variant", submitted.variants.first().pk)).status_code == 404
    assert client.post(desk("approve_distribution", submitted.pk), {"seal": seal(submitted)}).status_code == 404
    with pytest.raises(Missing):
        reads.distribution_for(actor_of(wati), submitted.pk)


# Editing


def test_a_text_too_long_for_its_channel_is_refused_beside_its_field(planned, sari, client):
    client.force_login(sari)
    x = planned.variants.get(channel__name="X")
    answer = client.post(desk("change_variant", x.pk), {"text": "工" * 141})
    assert (answer.status_code, answer.context["form"].errors["text"]) == (
        422,
        ["Terlalu panjang untuk saluran ini: 282 dari 280."],
    )
    assert client.post(desk("change_variant", x.pk), {"text": "工" * 140}).status_code == 302
    x.refresh_from_db()
    assert x.text == "工" * 140


def test_a_variant_is_dropped_and_taken_up_again(planned, sari, budi):
    x = planned.variants.get(channel__name="X")
    spreading.drop_variant(actor=actor_of(sari), variant=x)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    assert states(planned) == {"Mastodon": S.SENDING, "X": S.DROPPED}
    spreading.change_variant(actor=actor_of(sari), variant=x, text="Nanti.")
    assert states(planned)["X"] == S.DRAFT


def test_what_is_on_its_way_is_not_changed(sent, sari):
    with pytest.raises(drafting.ChangedMeanwhile):
        spreading.change_variant(actor=actor_of(sari), variant=sent.variants.first(), text="Lain.")


# Sending


def test_it_is_sent_and_the_providers_link_is_kept(sent):
    assert states(sent) == {"Mastodon": S.SENT, "X": S.SENT}
    mastodon = sent.variants.get(channel__name="Mastodon")
    assert (mastodon.link, sent.variants.get(channel__name="X").link) == ("https://mastodon.example/@muara/1", "")
    assert [parcel.to for parcel in Wall.taken + Short.taken] == ["", ""]


def test_it_waits_for_its_hour(planned, sari, budi):
    at = timezone.now() + timedelta(hours=2)
    for variant in planned.variants.all():
        spreading.change_variant(actor=actor_of(sari), variant=variant, text=variant.text, send_at=at)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    assert (set(states(planned).values()), Message.objects.count()) == ({S.APPROVED}, 0)
    assert spreading.send_due_variants() == 0
    planned.variants.update(send_at=timezone.now() - timedelta(seconds=1))
    assert (spreading.send_due_variants(), spreading.send_due_variants()) == (2, 0)
    assert Message.objects.count() == 2


def test_withdrawn_before_its_hour_it_is_not_sent(planned, sari, budi):
    at = timezone.now() + timedelta(hours=2)
    for variant in planned.variants.all():
        spreading.change_variant(actor=actor_of(sari), variant=variant, text=variant.text, send_at=at)
    spreading.submit_distribution(actor=actor_of(sari), distribution=planned)
    approve(planned, budi)
    Article.objects.get(pk=planned.article_id).unpublish()
    assert set(states(planned).values()) == {S.WITHDRAWN}
    planned.variants.update(send_at=timezone.now(), state=S.APPROVED)  # as if nobody had heard that it left
    spreading.send_due_variants()
    assert (set(states(planned).values()), Message.objects.count()) == ({S.WITHDRAWN}, 0)


def test_withdrawn_while_it_queues_it_is_taken_back(submitted, budi):
    approve(submitted, budi)
    Article.objects.get(pk=submitted.article_id).unpublish()
    following.follow_article(article_id=submitted.article_id)
    assert set(Message.objects.values_list("state", flat=True)) == {Sending.CANCELLED}
    assert set(states(submitted).values()) == {S.WITHDRAWN}
    assert Distribution.objects.count() == 1  # nobody carried it, nothing is put right


def test_what_was_given_up_is_not_sent_again_when_its_article_has_left(submitted, budi):
    approve(submitted, budi)
    Message.objects.update(state=Sending.PARKED)
    submitted.variants.update(state=S.FAILED)
    Article.objects.get(pk=submitted.article_id).unpublish()
    assert set(Message.objects.values_list("state", flat=True)) == {Sending.CANCELLED}
    with pytest.raises(settling.TakenBack):
        settling.resend_message(actor=CONSOLE, message=Message.objects.first())


def test_what_failed_is_tried_again_by_a_person(submitted, sari, budi):
    Wall.plan.append(Outcome(Sort.REFUSED, problem="Duplicate."))
    Short.plan.append(Outcome(Sort.DOUBT))
    approve(submitted, budi)
    drain(submitted)
    assert states(submitted) == {"Mastodon": S.FAILED, "X": S.DOUBT}
    mastodon, x = submitted.variants.all()
    assert mastodon.problem == "Duplicate."
    spreading.resend_variant(actor=actor_of(sari), variant=mastodon)
    spreading.count_variant(actor=actor_of(sari), variant=x)
    drain(submitted)
    assert (states(submitted), len(Wall.taken)) == ({"Mastodon": S.SENT, "X": S.SENT}, 1)
    with pytest.raises(drafting.ChangedMeanwhile):
        spreading.resend_variant(actor=actor_of(sari), variant=mastodon)


def test_a_channel_that_retired_meanwhile_fails_alone(submitted, walls, budi):
    retire_channel(actor=CONSOLE, channel=walls[1])
    approve(submitted, budi)
    assert states(submitted) == {"Mastodon": S.SENDING, "X": S.FAILED}


# Clicks


def test_clicks_are_counted_by_channel_and_know_nobody(sent, article, client, sari):
    mastodon, x = sent.variants.all()
    assert client.get(f"/s/{x.code}")["location"] == f"/berita/{article.slug}/"
    hour = int(timezone.now().timestamp()) // 3600
    add_reads({(hour, f"/s/{x.code}"): 3, (hour, f"/s/{mastodon.code.upper()}"): 1, (hour, "/s/bukan"): 9})
    add_reads({(hour, f"/s/{x.code}"): 2})
    assert dict(VariantClicks.objects.values_list("variant__channel__name", "count")) == {"X": 5, "Mastodon": 1}
    assert reads.clicks_of(article.pk) == [("X", 5, ""), ("Mastodon", 1, "")]
    client.force_login(sari)
    assert "Dari saluran mana" in client.get(desk("page_reads", article.pk)).content.decode()


def test_a_variants_link_is_gone_with_its_article(sent, article, client):
    code = sent.variants.first().code
    Article.objects.get(pk=article.pk).unpublish()
    assert client.get(f"/s/{code}").status_code == 404


# Pages


def test_the_page_says_what_goes_where(planned, article, sari, budi, client):
    client.force_login(sari)
    page = client.get(desk("distribute", article.pk)).content.decode()
    assert "Kirim untuk diperiksa" in page
    client.post(desk("submit_distribution", planned.pk))
    assert "Anda ikut menulisnya" in client.get(desk("distribute", article.pk)).content.decode()
    client.force_login(budi)
    assert "Setujui 2 varian yang menunggu" in client.get(desk("distribute", article.pk)).content.decode()
    assert "Upah dibayar" in client.get(desk("distributions")).content.decode()
    review = client.get(desk("review", article.pk)).content.decode()
    assert desk("distribute", article.pk) in review


def test_a_hostile_title_is_shown_as_words(walls, sari, client):
    live = an_article("<b>Upah</b> " + "\u202e" + "🔥" * 60 + "x" * 100)
    client.force_login(sari)
    client.post(desk("distribute", live.pk))
    page = client.get(desk("distribute", live.pk)).content.decode()
    assert "<b>Upah</b>" not in page
    assert "\u202e" not in Variant.objects.first().text
    assert client.get(desk("change_variant", Variant.objects.first().pk)).status_code == 200


def test_pages_take_the_same_number_of_queries_for_one_and_three(walls, sari, budi, client):
    client.force_login(budi)

    def ask(*addresses):
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    def a_plan(title):
        live = an_article(title)
        plan = spreading.plan_distribution(actor=actor_of(sari), article=live)
        spreading.submit_distribution(actor=actor_of(sari), distribution=plan)
        return live

    first = a_plan("Satu")
    addresses = (desk("distributions"), desk("distribute", first.pk))
    before = ask(*addresses)
    a_plan("Dua")
    a_plan("Tiga")
    add("x", "X kedua")
    spreading.plan_distribution(actor=actor_of(sari), article=first)
    assert ask(*addresses) == before


def test_a_contributor_has_no_distribution(rini, submitted, client):
    client.force_login(rini)
    assert client.get(desk("distributions")).status_code == 404
    assert places.to_distribute(actor_of(rini)) == []


def test_the_event_of_messaging_is_heard(sent):
    from serikat.messaging.events import MessagesSettled  # reason: beside the test of its receiver
    from serikat.newsroom import receivers  # reason: beside the test of its receiver

    variant = sent.variants.first()
    Variant.objects.filter(pk=variant.pk).update(state=S.SENDING)
    receivers.note_what_was_sent(MessagesSettled("outreach.broadcast:1", (1,)))
    receivers.note_what_was_sent(MessagesSettled("newsroom.variant:bukan", (1,)))
    receivers.note_what_was_sent(MessagesSettled(variant.ref, (1,)))
    assert Variant.objects.get(pk=variant.pk).state == S.SENT
