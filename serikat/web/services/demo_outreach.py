"""The demo's topics, an audience, a list of invented numbers, a broadcast that was sent and one that waits for a second person."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from serikat.accounts.models import User
from serikat.audit.action import inner
from serikat.messaging.addresses import index_of
from serikat.messaging.models import Channel, Direction, Message, Purpose, SharedText, State
from serikat.messaging.rules.sms import measure
from serikat.messaging.services.queueing import share_text
from serikat.messaging.services.receiving import addresses_of
from serikat.outreach.models import (
    Audience,
    AudiencePart,
    Broadcast,
    ImportedList,
    ListEntry,
    PartKind,
    Stage,
    Subscription,
    Topic,
    Variant,
)
from serikat.outreach.rules.texts import with_way_out
from serikat.units.models import Unit
from serikat.web.services.demo_clearing import drop_addresses

MARK = "Peragaan: "  # begins how consent was asked for on the demo's list
TOPICS = [("Upah dan lembur", "Wages and overtime", "upah"), ("PHK dan pesangon", "Dismissal and severance", "phk"),
          ("Pekerja migran", "Migrant workers", "migran"), ("Aksi dan rapat", "Actions and meetings", "aksi")]  # fmt: skip
SENT = "Upah minimum 2027 diumumkan 1 Desember. Rapat warga pabrik Minggu pukul 09.00 di balai serikat, bawa slip gaji bulan ini."
WAITS = "Posko aduan THR buka Senin sampai Jumat, pukul 09.00 sampai 17.00. Balas LAPOR dan cerita Anda bila belum dibayar."
OUTCOMES = [State.DELIVERED] * 19 + [State.SENT] * 4 + [State.REFUSED] * 2 + [State.PARKED, State.DOUBT, State.STOPPED]
TITLES = ("Rapat upah minimum", "Posko aduan THR")


@inner("part of another action")
def load_outreach(*, unit: Unit, channels: dict[str, Channel]) -> None:
    """Numbers of a range that nobody is given. Nothing of it can leave: the demo's channels speak to no provider."""
    numbers_only = [one for one in channels.values() if one.scheme == "number" and one.retired_at is None]
    channel = max(numbers_only, key=lambda one: one.price, default=None)
    if channel is None:
        return
    editor, second = (User.objects.get(username=name) for name in ("redaktur", "redaktur2"))
    topics = [Topic.objects.create(name=n, name_en=e, word=w, order=at * 10) for at, (n, e, w) in enumerate(TOPICS)]
    today, now = timezone.localdate(), timezone.now()
    numbers = [f"+62855000{n:05d}" for n in range(400, 400 + len(OUTCOMES))]
    wanted = {index_of("number", number): (number, "") for number in numbers}
    addresses = list(addresses_of(scheme="number", wanted=wanted).values())
    imported = ImportedList.objects.create(
        unit=unit, name="Daftar hadir rapat akbar", asked_by="Ningrum Asih", asked_on=today - timedelta(days=20),
        asked_how=f"{MARK}ditandatangani di daftar hadir", brought_by=editor,
    )  # fmt: skip
    ListEntry.objects.bulk_create(ListEntry(imported=imported, address=address) for address in addresses)
    for at, address in enumerate(addresses[:12]):
        Subscription.objects.create(address=address, channel=channel, topic=topics[at % len(topics)], how="word")
    audience = Audience.objects.create(unit=unit, name="Peserta rapat dan pelanggan upah", made_by=editor)
    AudiencePart.objects.create(audience=audience, kind=PartKind.LIST, imported=imported)
    AudiencePart.objects.create(audience=audience, kind=PartKind.TOPIC, topic=topics[0])
    counts = {"channels": {str(channel.pk): len(addresses)}, "left_out": {"stopped": 1}}
    began = now - timedelta(days=2)
    told = {"unit": unit, "written_by": editor, "changed_by": editor, "counts": counts, "counted_at": now}
    done = Broadcast.objects.create(
        title=TITLES[0], stage=Stage.DONE, approved_by=second, approved_at=began, all_queued=True, began_at=began,
        ended_at=began + timedelta(minutes=9), **told,
    )  # fmt: skip
    waits = Broadcast.objects.create(title=TITLES[1], stage=Stage.WAITING, **told)
    for broadcast, text in ((done, SENT), (waits, WAITS)):
        broadcast.audiences.set([audience])
        Variant.objects.create(broadcast=broadcast, channel=channel, text=text)
    words = with_way_out(SENT, channel.scheme)
    shared, parts = share_text(text=words), measure(words).count
    Message.objects.bulk_create(
        Message(
            direction=Direction.OUT, channel=channel, address=address, state=state, purpose=Purpose.BROADCAST, key=uuid.uuid4(),
            at=began, settled_at=began + timedelta(minutes=1), shared=shared, about=done.about, by=editor, parts=parts,
            cost=parts * channel.price,
        )
        for address, state in zip(addresses, OUTCOMES, strict=True)
    )  # fmt: skip


@inner("part of another action")
def clear_demo_outreach() -> int:
    """What the demo brought, as its list of numbers remembers it; topics stay where somebody else wants them."""
    lists = ImportedList.objects.filter(asked_how__startswith=MARK)
    if not lists.exists():
        return 0
    addresses = list(ListEntry.objects.filter(imported__in=lists).values_list("address_id", flat=True))
    Subscription.objects.filter(address__in=addresses).delete()
    audiences = Audience.objects.filter(parts__imported__in=lists).distinct()
    found = Broadcast.objects.filter(audiences__in=audiences, title__in=TITLES).distinct()
    count = found.count()
    messages = Message.objects.filter(about__in=[one.about for one in found], purpose=Purpose.BROADCAST)
    shared = set(messages.values_list("shared", flat=True))
    messages.delete()
    SharedText.objects.filter(
        pk__in=shared - set(Message.objects.filter(shared__in=shared).values_list("shared", flat=True))
    ).delete()
    for broadcast in found:
        broadcast.delete()
    for audience in audiences:
        audience.delete()
    lists.delete()
    Topic.objects.filter(word__in=[word for _n, _e, word in TOPICS], subscriptions=None).delete()
    drop_addresses(pks=addresses)
    return count
