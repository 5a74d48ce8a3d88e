"""A broadcast: who it reaches, two people, once each whatever dies, paused and stopped, what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import SYSTEM, actor_of
from serikat.kernel.errors import Conflict, Denied, Refused
from serikat.messaging import leaving
from serikat.messaging.adapters import Delivery, Outcome, Report, Sort
from serikat.messaging.models import Channel, Message, Purpose, State
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.queueing import find_or_make_address
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.stopping import stop_address
from serikat.messaging.tests.conftest import Keyed
from serikat.outreach import permissions
from serikat.outreach.models import AudiencePart, Broadcast, ImportedList, ListEntry, PartKind, Stage, Subscription, Topic
from serikat.outreach.selectors.broadcasts import channels_to_choose, report_of, shown, to_do
from serikat.outreach.selectors.reaching import reach_of
from serikat.outreach.services import broadcasts, running

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def imported(branch):
    def make(*numbers):
        made = ImportedList.objects.create(
            unit=branch, name="Rapat", asked_by="Siti", asked_on=NOON.date(), asked_how="lisan"
        )
        for number in numbers:
            ListEntry.objects.create(imported=made, address=find_or_make_address(scheme="number", typed=number))
        return made

    return make


def run(broadcast):
    running.start_due()
    running.queue_broadcast(broadcast_id=broadcast.pk)
    broadcast.refresh_from_db()


def stage_of(broadcast):
    broadcast.refresh_from_db()
    return broadcast.stage


def test_reach_takes_each_person_and_address_once(person, audience, imported, write):
    person("+628110000001")
    person("+628110000002", mail="dua@contoh.id")
    person("+628110000003", consent=False)
    person(consent=True)
    listed = audience({"kind": PartKind.LIST, "imported": imported("08110000001", "08110000009", "08110000003")})
    reach = reach_of(write(audience(), listed))
    assert len(reach.ways) == 4  # the third by the list, where a consent is noted
    assert dict(reach.left_out) == {"no_consent": 1, "no_contact": 1}


def test_reach_takes_no_landline_where_an_sms_would_go(person, audience, imported, write, sms, centre):
    person("+62215550123")
    listed = audience({"kind": PartKind.LIST, "imported": imported("021 555 0124", "08110000001")})
    reach = reach_of(write(audience(), listed))
    assert (len(reach.ways), reach.left_out["no_texts"]) == (1, 2)


def test_reach_never_takes_who_must_not_be_written_to(person, audience, imported, write, branch):
    child = person("+628110000001", protections=["child"])
    person("+628110000002", threat_level="high")
    person("+628110000003", restricted_at=NOON)
    person("+628110000004", forgotten_at=NOON)
    stop_address(actor=SYSTEM, address=find_or_make_address(scheme="number", typed="08110000005"))
    person("+628110000005")
    numbers = imported(*(f"0811000000{n}" for n in range(1, 7)))
    everybody = audience({"kind": PartKind.MEMBERS, "unit": branch}, {"kind": PartKind.LIST, "imported": numbers})
    broadcast = write(everybody)
    reach = reach_of(broadcast)
    assert len(reach.ways) == 1
    assert dict(reach.left_out) == {"protected": 2, "stopped": 1, "restricted": 2, "no_consent": 0, "no_contact": 0}
    AudiencePart.objects.create(audience=everybody, kind=PartKind.PERSON, person=child)
    assert len(reach_of(broadcast).ways) == 2


def test_reach_keeps_to_the_unit_and_reads_merged_records_as_one(person, audience, write, east, branch):
    kept = person()
    person("+628110000001", merged_into=kept, consent=False)
    person("+628110000002", unit=east)
    assert len(reach_of(write(audience({"kind": PartKind.MEMBERS, "unit": branch}))).ways) == 1
    assert reach_of(write(audience({"kind": PartKind.MEMBERS, "unit": east}))).ways == []


def test_reach_shields_the_numbers_of_merged_records_too(person, audience, imported, write, branch):
    """Who is hidden, or whose data rests, is so by every number that is read as theirs."""
    hidden = person(threat_level="high")
    person("+628110000001", merged_into=hidden, consent=False)
    person("+628110000002", merged_into=person(restricted_at=NOON), consent=False)
    numbers = {"kind": PartKind.LIST, "imported": imported("08110000001", "08110000002")}
    everybody = audience({"kind": PartKind.MEMBERS, "unit": branch}, numbers)
    broadcast = write(everybody)
    assert reach_of(broadcast).ways == []
    AudiencePart.objects.create(audience=everybody, kind=PartKind.PERSON, person=hidden)
    assert len(reach_of(broadcast).ways) == 1


def test_reach_of_role_topic_and_place(holder, branch, keyed, village, audience, write):
    holder("Wati", branch, phone="+628120000001")
    topic = Topic.objects.create(name="Upah", word="upah")
    one, two = (find_or_make_address(scheme="number", typed=f"0813000000{n}") for n in (1, 2))
    Subscription.objects.create(address=one, channel=keyed, topic=topic, how="word")
    Subscription.objects.create(address=two, channel=keyed, place=village, how="word")
    role = {"kind": PartKind.ROLE, "role": "secretary", "unit": branch}
    by = {
        "role": role, "topic": {"kind": PartKind.TOPIC, "topic": topic}, "regency": {"kind": PartKind.PLACE, "place": village.parent.parent},
        "village": {"kind": PartKind.PLACE, "place": village},
    }  # fmt: skip
    assert {name: len(reach_of(write(audience(part))).ways) for name, part in by.items()} == {
        "role": 1, "topic": 1, "regency": 1, "village": 1,
    }  # fmt: skip
    assert len(reach_of(write(audience(*by.values()))).ways) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_reach_asks_as_often_for_one_as_for_many(count, person, audience, write, django_assert_num_queries):
    for n in range(count):
        person(f"+62811000000{n}")
    broadcast = write(audience())
    with django_assert_num_queries(12):
        reach_of(broadcast)


def test_approve_takes_another_person_and_exactly_what_was_seen(person, audience, write, rini, budi):
    person("+628110000001")
    broadcast = write(audience())
    with pytest.raises(Denied):
        broadcasts.approve_broadcast(actor=rini, broadcast=broadcast, digest="")
    broadcasts.submit_broadcast(actor=rini, broadcast=broadcast)
    assert broadcast.counts["left_out"] == {"no_consent": 0, "no_contact": 0}
    with pytest.raises(Conflict):
        broadcasts.approve_broadcast(actor=budi, broadcast=broadcast, digest="lain")
    broadcasts.approve_broadcast(actor=budi, broadcast=broadcast, digest=broadcasts.digest_of(broadcast=broadcast))
    broadcasts.keep_variant(actor=budi, broadcast=broadcast, channel=broadcast.variants.get().channel, text="Lain")
    assert (stage_of(broadcast), broadcast.approved_by_id, broadcast.approved_digest) == (Stage.DRAFT, None, "")
    broadcasts.submit_broadcast(actor=rini, broadcast=broadcast)
    with pytest.raises(Denied):  # now it is Budi's too
        broadcasts.approve_broadcast(actor=budi, broadcast=broadcast, digest=broadcasts.digest_of(broadcast=broadcast))


def test_submit_without_words_or_people_is_refused(audience, write, rini, branch, person):
    empty = broadcasts.begin_broadcast(actor=rini, unit=branch, title="x", audiences=[])
    for refused in (empty, write(audience())):
        with pytest.raises(Refused):
            broadcasts.submit_broadcast(actor=rini, broadcast=refused)


def test_an_audience_changed_behind_the_yes_is_read_again(person, audience, write, approve, east):
    person("+628110000001")
    group = audience()
    broadcast = approve(write(group))
    AudiencePart.objects.create(audience=group, kind=PartKind.MEMBERS, unit=east)
    run(broadcast)
    assert (broadcast.stage, Message.objects.count()) == (Stage.WAITING, 0)


def test_broadcast_is_queued_sent_and_reported(person, audience, write, approve, keyed, provider):
    for n in range(4):
        person(f"+62811000000{n}")
    Keyed.plan[:] = [Outcome(Sort.REFUSED, problem="No such number.")]
    broadcast = approve(write(audience()))
    run(broadcast)
    assert broadcast.stage == Stage.SENDING
    sending.send_channel(channel_id=keyed.pk)
    running.start_due()
    assert stage_of(broadcast) == Stage.DONE
    assert sorted(Message.objects.values_list("state", flat=True)) == [State.REFUSED, *[State.SENT] * 3]
    assert {p.text for p in Keyed.taken} == {"Rapat akbar Minggu pukul 9.\nStop: balas BERHENTI"}


def test_a_killed_job_goes_on_and_nobody_gets_it_twice(person, audience, write, approve, monkeypatch):
    for n in range(7):
        person(f"+62811000000{n}")
    broadcast = approve(write(audience()))
    monkeypatch.setattr(running, "BATCH", 2)
    running.start_due()
    real, calls = running.queue_many, []

    def dies(**kwargs):
        calls.append(real(**kwargs))
        if len(calls) == 3:
            raise SystemExit  # after its messages were written, before the transaction ended
        return calls[-1]

    monkeypatch.setattr(running, "queue_many", dies)
    with pytest.raises(SystemExit):
        running.queue_broadcast(broadcast_id=broadcast.pk)
    assert (stage_of(broadcast), Message.objects.count()) == (Stage.QUEUEING, 4)
    running.queue_broadcast(broadcast_id=broadcast.pk)
    assert (stage_of(broadcast), Message.objects.count()) == (Stage.SENDING, 7)
    assert Message.objects.values("address").distinct().count() == 7


def test_pause_resume_and_stop(person, audience, write, approve, keyed, rini, monkeypatch):
    for n in range(5):
        person(f"+62811000000{n}")
    broadcast = approve(write(audience()))
    monkeypatch.setattr(running, "BATCH", 2)
    real, calls = running._queue_batch, []

    def paused(*args):
        calls.append(1)
        if len(calls) == 2:
            running.pause_broadcast(actor=rini, broadcast=broadcast)
        return real(*args)

    monkeypatch.setattr(running, "_queue_batch", paused)
    run(broadcast)
    assert (broadcast.stage, Message.objects.filter(state=State.HELD).count(), sending.send_channel(channel_id=keyed.pk)) == (
        Stage.PAUSED, 2, 0,
    )  # fmt: skip
    running.resume_broadcast(actor=rini, broadcast=broadcast)
    assert broadcast.stage == Stage.QUEUEING
    running.queue_broadcast(broadcast_id=broadcast.pk)
    running.stop_broadcast(actor=rini, broadcast=broadcast)
    assert (stage_of(broadcast), sending.send_channel(channel_id=keyed.pk)) == (Stage.STOPPED, 0)
    assert Message.objects.filter(state=State.CANCELLED).count() == 5
    with pytest.raises(Conflict):
        running.resume_broadcast(actor=rini, broadcast=broadcast)


def test_zone_is_that_of_the_person_or_of_the_number(person, audience, write, approve, village):
    gowa = type(village).objects.get(pk="73.06.01.2001")
    person("+628110000001", place=gowa)
    person("+628110000002")
    person("+85291234567")
    broadcast = approve(write(audience()))
    run(broadcast)
    assert sorted(Message.objects.values_list("zone", flat=True)) == ["Asia/Hong_Kong", "Asia/Jakarta", "Asia/Makassar"]


def test_a_number_that_says_nothing_is_where_the_channels_unit_is(person, audience, write, approve, village, keyed):
    type(keyed.unit).objects.filter(pk=keyed.unit_id).update(region=type(village).objects.get(pk="73.06.01.2001"))
    person("+628110000002")
    person("+85291234567")
    run(approve(write(audience())))
    assert sorted(Message.objects.values_list("zone", flat=True)) == ["Asia/Hong_Kong", "Asia/Makassar"]


def test_try_sends_one_to_oneself_alone(audience, write, rini, keyed, monkeypatch):
    monkeypatch.setattr(leaving, "_links", [lambda address: "https://s.example/b/1/"])
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    broadcast = write(audience(), text="Rapat. Balas BERHENTI atau buka {berhenti}")
    told = {"actor": rini, "broadcast": broadcast, "variant": broadcast.variants.get()}
    with pytest.raises(Refused, match="alamat Anda sendiri"):
        broadcasts.try_broadcast(**told, address="0812 999 0001")
    message = broadcasts.try_broadcast(**told, address="0812 999 0000")
    assert (message.purpose, message.about) == (Purpose.NOTICE, "")
    sending.send_channel(channel_id=keyed.pk)
    assert [(p.text, p.leave) for p in Keyed.taken] == [("Rapat. Balas BERHENTI atau buka https://s.example/b/1/", "")]


def test_channels_are_the_units_own_and_those_above(audience, write, keyed, branch, east, rini):
    broadcast = write(audience())
    assert list(channels_to_choose(branch)) == [keyed]
    for unit, found in ((branch, [keyed]), (east, [])):
        type(keyed).objects.filter(pk=keyed.pk).update(unit=unit)
        keyed.refresh_from_db()
        assert list(channels_to_choose(branch)) == found
    with pytest.raises(broadcasts.NoSuchChannel):
        broadcasts.keep_variant(actor=rini, broadcast=broadcast, channel=keyed, text="Lain")


@pytest.fixture
def stray(keyed, east):
    """The channel of a draft went to another unit, stopped, or retired."""

    def go(how):
        now = timezone.now()
        told = {"unit": {"unit": east}, "paused": {"active": False}, "retired": {"retired_at": now, "active": False}}
        type(keyed).objects.filter(pk=keyed.pk).update(**told[how])

    return go


@pytest.mark.parametrize("how", ["unit", "paused", "retired"])
def test_a_channel_that_cannot_carry_it_any_more_is_refused_by_name(how, person, audience, write, rini, budi, keyed, stray):
    person("+628110000001")
    early, late = write(audience()), write(audience())
    broadcasts.submit_broadcast(actor=rini, broadcast=late)
    stray(how)
    with pytest.raises(Refused, match="tidak dapat keluar lewat Gerbang"):
        broadcasts.submit_broadcast(actor=rini, broadcast=early)
    with pytest.raises(Refused, match="tidak dapat keluar lewat Gerbang"):
        broadcasts.approve_broadcast(actor=budi, broadcast=late, digest=broadcasts.digest_of(broadcast=late))
    get_user_model().objects.filter(pk=rini.user_id).update(phone="+628129990000")
    with pytest.raises(Refused):
        broadcasts.try_broadcast(actor=rini, broadcast=early, variant=early.variants.get(), address="0812 999 0000")
    early.refresh_from_db(), late.refresh_from_db()
    assert (early.stage, late.stage, Message.objects.count()) == ("draft", "waiting", 0)


@pytest.mark.parametrize("how", ["unit", "retired"])
def test_what_was_approved_on_a_channel_that_went_away_is_read_again(how, person, audience, write, approve, stray):
    person("+628110000001")
    broadcast = approve(write(audience()))
    stray(how)
    running.start_broadcast(actor=SYSTEM, broadcast=broadcast)
    assert (broadcast.stage, Message.objects.count()) == ("waiting", 0)
    assert "lewat Gerbang" in broadcast.answer


def test_no_writer_since_the_last_yes_is_the_second_person(audience, write, rini, budi, holder, branch, keyed, person):
    person("+628110000001")
    tini, broadcast = actor_of(holder("Tini", branch)), write(audience())
    broadcasts.keep_variant(actor=budi, broadcast=broadcast, channel=keyed, text="Kata Budi")
    broadcasts.change_broadcast(actor=rini, broadcast=broadcast, title="Lain", audiences=broadcast.audiences.all())
    broadcasts.submit_broadcast(actor=rini, broadcast=broadcast)
    digest = broadcasts.digest_of(broadcast=broadcast)
    assert [to_do(who) for who in (rini, budi, tini)] == [0, 0, 1]
    with pytest.raises(Denied):
        broadcasts.approve_broadcast(actor=budi, broadcast=broadcast, digest=digest)
    broadcasts.approve_broadcast(actor=tini, broadcast=broadcast, digest=digest)
    broadcasts.keep_variant(actor=tini, broadcast=broadcast, channel=keyed, text="Kata Tini")
    assert [bool(permissions.may_approve_broadcast(who, broadcast)) for who in (budi, tini)] == [True, False]


def test_reach_takes_a_member_who_subscribes_by_mail_once(person, audience, imported, write, keyed, letters):
    person("+628110000001", mail="satu@contoh.id")
    person("+628110000002", mail="dua@contoh.id", consent=False)
    topic = Topic.objects.create(name="Upah", word="upah")
    for typed in ("satu@contoh.id", "dua@contoh.id"):
        address = find_or_make_address(scheme="mail", typed=typed)
        Subscription.objects.create(address=address, channel=letters, topic=topic, how="web")
    members, asked = audience(), audience({"kind": PartKind.TOPIC, "topic": topic})
    reach = reach_of(write(members, asked, channels=[keyed, letters]))
    assert sorted(way.scheme for way in reach.ways) == [
        "mail",
        "number",
    ]  # the second asked for it, and is told by what they asked


def test_a_broadcast_on_a_paused_channel_ends(person, audience, write, approve, keyed, monkeypatch):
    person("+628110000001")
    broadcast = approve(write(audience()))
    run(broadcast)
    type(keyed).objects.filter(pk=keyed.pk).update(active=False)
    monkeypatch.setattr(timezone, "now", lambda: NOON + running.LASTS * 2)
    sending.wake_waiting_channels()
    running.start_due()
    assert (Message.objects.get().state, stage_of(broadcast)) == (State.EXPIRED, Stage.DONE)


def test_mail_goes_by_mail_and_numbers_by_sms(person, audience, write, keyed, centre, monkeypatch):
    letters = add_channel(actor=SYSTEM, unit=centre, kind="keyed", name="Surat", values={"folder": "x", "password": "benar"})
    type(letters).objects.filter(pk=letters.pk).update(scheme="mail")
    letters.refresh_from_db()
    person("+628110000001", mail="satu@contoh.id")
    person(mail="dua@contoh.id")
    reach = reach_of(write(audience(), channels=[keyed, letters]))
    assert reach.by_channel == {keyed.pk: 1, letters.pk: 1}
    assert Broadcast.objects.count() == 1


@pytest.mark.parametrize(("kind", "cost"), [("keyed", 2 * 350), ("whatsapp", 350)])
def test_the_preview_counts_parts_of_sms_alone(audience, write, keyed, kind, cost):
    draft = write(audience(), text="Rapat akbar Minggu pukul 9 di balai. " * 7)
    type(keyed).objects.filter(pk=keyed.pk).update(kind=kind, price=350)
    draft.counts = {"channels": {str(keyed.pk): 10}}
    (one,) = shown(draft)
    assert (one.measured is not None, one.receivers, one.cost) == (kind == "keyed", 10, 10 * cost)


def test_what_a_channel_would_cut_is_refused_with_the_way_out_counted(write, audience, rini, centre):
    values = {"username": "u", "password": "p", "secret": "s", "base": "http://127.0.0.1:1"}
    kannel = add_channel(actor=SYSTEM, unit=centre, kind="kannel", name="SMS", values=values)
    broadcast = write(audience())
    with pytest.raises(Refused, match="11 SMS"):
        broadcasts.keep_variant(actor=rini, broadcast=broadcast, channel=kannel, text="€" * 755)
    assert broadcasts.keep_variant(actor=rini, broadcast=broadcast, channel=kannel, text="€" * 740)


def test_what_no_provider_took_costs_nothing(person, audience, write, approve, keyed):
    Channel.objects.update(price=350)
    person("+628110000001")
    person("+628110000002")
    broadcast = approve(write(audience(), any_hour=True))
    run(broadcast)
    given_up, undelivered = Message.objects.order_by("pk")
    Keyed.plan[:] = [
        Outcome(Sort.LATER, problem="503"),
        Outcome(Sort.SENT),
        *[Outcome(Sort.LATER)] * (sending.MOST_TRIES - 1),
    ]
    for _try in range(sending.MOST_TRIES):
        Message.objects.update(not_before=None)
        sending.send_channel(channel_id=keyed.pk)
    undelivered.refresh_from_db()
    failed = Delivery(Report.FAILED, key=str(undelivered.key), problem="It did not reach the phone.")
    receive_news(actor=SYSTEM, channel=keyed, news=[failed])  # the provider's work was done, and is paid
    given_up.refresh_from_db()
    assert set(Message.objects.values_list("state", flat=True)) == {State.PARKED}
    assert report_of(broadcast)[1] == undelivered.cost > 0
