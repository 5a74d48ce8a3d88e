"""Subscriptions begun and ended by those whose address it is: by key word, on the site after a code, by the way out in each message."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Refused
from serikat.kernel.secrets import blind_index
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Address, Channel, Purpose
from serikat.messaging.selectors.messages import find_address
from serikat.messaging.selectors.pushing import is_browser
from serikat.messaging.services.queueing import TakesNoTexts, find_or_make_address, queue_message, reaches
from serikat.messaging.services.stopping import resume_address, stop_address
from serikat.outreach import permissions
from serikat.outreach.models import How, Pending, Subscriber, Subscription, Topic
from serikat.places.models import Region

LASTS = timedelta(minutes=30)
MOST_WRONG = 5
KEPT = ("channel", "topic", "place", "how", "weekly")  # of a subscription that is taken up again
MOST_A_DAY = 3  # codes to one address, whoever asks
MOST_AN_HOUR = 300  # on one channel: each is a message that we pay for, and that somebody did not ask for maybe


class WrongCode(Refused):
    message = _("Kode ini tidak cocok. Periksa angkanya.")


class CodeOver(Refused):
    message = _("Kode ini tidak berlaku lagi. Mulai sekali lagi.")


class DigestByMail(Refused):
    message = _("Ringkasan seminggu sekali hanya lewat surel. Pilih surel, atau setiap berita.")


class NoBrowser(Refused):
    message = _(
        "Peramban ini belum memberi alamat pemberitahuan yang dapat kami pakai. Coba sekali lagi, atau pilih SMS atau surel."
    )


class TooManyCodes(Refused):
    message = _("Sedang banyak yang meminta kode lewat saluran ini. Coba lagi sejam lagi.")
    http_status = 429


class NothingChosen(Refused):
    message = _("Pilih paling sedikit satu topik, atau tulis tempatnya.")


@action(
    "outreach.subscription.begun",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "mulai berlangganan"),
    on="channel",
)
def subscribe(
    *,
    actor: Actor,
    channel: Channel,
    address: Address,
    how: str,
    topics: Sequence[Topic] = (),
    place: Region | None = None,
    weekly: bool | None = None,
) -> int:
    """Who asks for it themselves; what they get already stays as it is. `weekly` or each article, where it was asked: it counts for all that this
    address gets, so that nothing comes twice. Returns how many are new."""
    given = Subscription.objects.filter(address=address, ended_at=None)
    if weekly is None:
        weekly = given.filter(weekly=True).exists()
    else:
        given.update(weekly=weekly)
    rows = [Subscription(address=address, channel=channel, topic=topic, how=how, weekly=weekly) for topic in topics]
    if place is not None:
        rows.append(Subscription(address=address, channel=channel, place=place, how=how, weekly=weekly))
    before = given.count()
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    return given.count() - before


@action(
    "outreach.subscription.ended",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "berhenti berlangganan"),
    on="address",
)
def unsubscribe(*, actor: Actor, address: Address, topic: Topic | None = None, place: Region | None = None) -> int:
    """One topic or one place, or everything: then nothing but answers to their own messages goes there any more."""
    found = Subscription.objects.filter(address=address, ended_at=None)
    if topic is not None or place is not None:
        return found.filter(topic=topic, place=place).update(ended_at=timezone.now())
    count = found.update(ended_at=timezone.now())
    stop_address(actor=SYSTEM, address=address)
    return count


@action(
    "outreach.subscription.taken_up",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "melanjutkan langganan yang baru dihentikan"),
    on="address",
)
def take_up_again(*, actor: Actor, address: Address) -> int:
    """They changed their mind: what they ended last begins anew, as it was."""
    ended = Subscription.objects.filter(address=address).exclude(ended_at=None).order_by("-ended_at").first()
    come_back(address=address)
    if ended is None:
        return 0
    rows = Subscription.objects.filter(address=address, ended_at=ended.ended_at).select_related("channel", "topic", "place")
    again = [Subscription(address=address, **{n: getattr(one, n) for n in KEPT}) for one in rows if not _is_closed(one)]
    Subscription.objects.bulk_create(again, ignore_conflicts=True)
    return len(again)


def _is_closed(one: Subscription) -> bool:
    return one.topic is not None and one.topic.closed_at is not None


@inner("part of another action")
def come_back(*, address: Address) -> None:
    """They wrote it themselves."""
    if address.stopped_at is not None:
        resume_address(actor=SYSTEM, address=address)


@inner("machinery")
def end_gone(*, address_id: int) -> int:
    """Nobody is there any more. That is no wish to be left alone: who subscribes anew is told again."""
    return Subscription.objects.filter(address=address_id, ended_at=None).update(ended_at=timezone.now())


@action(
    "outreach.browser.told",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "menyalakan pemberitahuan di peramban"),
    on="channel",
)
def tell_browser(
    *, actor: Actor, channel: Channel, typed: str, topics: Sequence[Topic] = (), place: Region | None = None
) -> int:
    """A browser that asked for notices, by the address that it made itself: no code is needed, for nobody else knows it. What it chose before ends: it
    gets what stands on the page now."""
    if not topics and place is None:
        raise NothingChosen(field="topics")
    if not is_browser(channel, typed):
        raise NoBrowser(field="subscription")
    address = find_or_make_address(scheme=channel.scheme, typed=typed)
    come_back(address=address)
    end_gone(address_id=address.pk)
    return subscribe(actor=SYSTEM, channel=channel, address=address, how=How.WEB, topics=topics, place=place)


@action(
    "outreach.browser.quieted",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "mematikan pemberitahuan di peramban"),
    on="channel",
)
def quiet_browser(*, actor: Actor, channel: Channel, typed: str) -> int:
    """Nothing goes there any more. The address alone says which browser it is."""
    found = find_address(channel.scheme, typed)
    return end_gone(address_id=found.pk) if found is not None else 0


@inner("part of another action")
def register(*, address: Address, name: str, place: Region | None, choices: Sequence[str] = ()) -> Subscriber:
    """How somebody who registers calls themselves, where they live, or between which villages they still choose."""
    kept, _made = Subscriber.objects.get_or_create(address=address)
    kept.name, kept.choices = name[:120] or kept.name, list(choices)
    kept.place = place or kept.place
    kept.save()
    return kept


@action(
    "outreach.subscription.asked",
    may=permissions.may_subscribe,
    says=pgettext_lazy("an action", "meminta kode langganan"),
    on="channel",
)
def ask_for_code(
    *,
    actor: Actor,
    channel: Channel,
    typed: str,
    topics: Sequence[Topic] = (),
    place: Region | None = None,
    weekly: bool = False,
) -> Pending:
    """A code goes to the address, and nothing else until it is typed. An address that has stopped, or was asked about too often today, gets none; who asks
    here cannot tell."""
    if not topics and place is None:
        raise NothingChosen(field="topics")
    if weekly and channel.scheme != Scheme.MAIL:
        raise DigestByMail(field="weekly")
    address = find_or_make_address(scheme=channel.scheme, typed=typed)
    if not reaches(channel=channel, address=address):
        raise TakesNoTexts(field="typed")
    now, code = timezone.now(), f"{secrets.randbelow(10**6):06d}"
    if Pending.objects.filter(channel=channel, asked_at__gte=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyCodes
    today = Pending.objects.filter(address=address, asked_at__gte=now - timedelta(days=1)).count()
    made = Pending.objects.create(
        address=address,
        channel=channel,
        topics=[t.pk for t in topics],
        place=place,
        weekly=weekly,
        code_hash="",
        until=now + LASTS,
    )
    Pending.objects.filter(pk=made.pk).update(code_hash=_hash(made.pk, code))
    if address.stopped_at is None and today < MOST_A_DAY:
        queue_message(
            actor=SYSTEM,
            channel=channel,
            address=address,
            subject=now_("Kode langganan"),
            text=now_("Kode langganan: %(code)s. Bukan Anda yang meminta? Abaikan, tidak ada yang dikirim lagi.")
            % {"code": code},
            purpose=Purpose.NOTICE,
            expires_at=made.until,
        )
    return made


def _hash(pk: int, code: str) -> str:
    return blind_index(f"{pk}:{code}", "outreach.code")


@inner("part of another action")
def confirm(*, pending: Pending, code: str) -> None:
    """The code proves that the address is theirs. A wrong one counts; after five the code is dead."""
    living = Pending.objects.filter(pk=pending.pk, until__gte=timezone.now(), wrong__lt=MOST_WRONG)
    if not living.update(wrong=F("wrong") + 1):  # counted before it is looked at, so that of many at once each counts
        raise CodeOver(field="code")
    fresh = Pending.objects.get(pk=pending.pk)
    digits = "".join(sign for sign in code if sign.isdigit())
    if not hmac.compare_digest(fresh.code_hash, _hash(fresh.pk, digits)):
        raise WrongCode(field="code")
    topics = list(Topic.objects.filter(pk__in=fresh.topics, closed_at=None))
    subscribe(
        actor=SYSTEM,
        channel=fresh.channel,
        address=fresh.address,
        how=How.WEB,
        topics=topics,
        place=fresh.place,
        weekly=fresh.weekly,
    )
    fresh.delete()


@inner("machinery")
def prune_pending() -> int:
    """What nobody confirmed goes after a day."""
    return Pending.objects.filter(until__lt=timezone.now() - timedelta(days=1)).delete()[0]
