"""Taking reports in: one doorway for the form on the web, a message, the phone, a visit, paper, and a list of people at once.

No report is refused for its form: a word or a file is enough. The same key is the same report, however often it is sent. The access code is given back
once, to whoever sent it in, and stands nowhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner, note, notes_say
from serikat.files.inspection import Checked
from serikat.files.selectors import content_of
from serikat.files.services import keep_file
from serikat.helpdesk.events import ReportReceived
from serikat.helpdesk.models import AccessCode, Call, Conversation, Report, ReportedPerson, ReportStep
from serikat.helpdesk.models.subjects import Subject
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.rules.access_codes import make_access_code
from serikat.helpdesk.selectors.codes import index_of_code
from serikat.helpdesk.selectors.reports import OPEN, holder_ref, last_words, promise_for, unit_for_place
from serikat.helpdesk.services.calls import link_report
from serikat.helpdesk.services.guarding import carry_guard
from serikat.helpdesk.services.inbox import conversation_with
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.kernel.events import publish
from serikat.kernel.numbering import next_number
from serikat.kernel.text import clean_text, one_line
from serikat.kernel.together import later, stands_whole
from serikat.messaging.selectors.messages import files_with
from serikat.messaging.services.channels import built_in_channel
from serikat.messaging.services.queueing import find_or_make_address
from serikat.people.models import Person
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.places.models import Country, Region
from serikat.units.models import Unit

notes_say(report_way=_("masuk lewat"), people=_("jumlah orang dalam daftar"))


class NothingTold(Refused):
    message = _("Tulis satu kata saja, atau lampirkan satu berkas.")


class TooManyPeople(Refused):
    message = _("Daftar ini lebih dari 2.000 orang. Bagi menjadi beberapa laporan.")


class TooManySent(Refused):
    message = _(
        "Dari jaringan ini baru saja masuk banyak laporan. Tunggu lima belas menit, lalu kirim lagi; yang Anda tulis tetap di sini."
    )
    http_status = 429


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told, each part as far as they told it."""

    story: str = ""
    topic: str = ""
    need: str = ""
    place: Region | None = None
    country: Country | None = None
    where: str = ""
    against: str = ""
    happened: str = ""
    how_many: int | None = None
    called: str = ""
    alias: str = ""
    anonymous: bool = False
    reach: str = ""
    threat_level: str = ""
    protections: Sequence[str] = ()
    people: Sequence[rules.Listed] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken in, and its code while somebody can still be told; "" when it was told before."""

    report: Report
    code: str


@inner("part of another action")
def receive_report(
    *,
    actor: Actor,
    key: uuid.UUID,
    told: Told,
    way: str,
    files: Sequence[Checked] = (),
    secret: str = "",
    conversation: Conversation | None = None,
    begun: bool = False,
    at: datetime | None = None,
    unit: Unit | None = None,
    person: Person | None = None,
) -> Taken:
    """The report of this key, made if it is new (in a batch that stands whole the table alone tells: there a double undoes it). Sent again within a day, before its code was ever used, it gets a new code in place of the first:
    whose answer was lost on the way has no other way to learn it. `begun`: the story is still to come."""
    if not stands_whole() and (found := Report.objects.filter(key=key).first()):
        return again(actor=actor, report=found)
    known = [line for line in told.people if line.kept]
    if len(known) > rules.MOST_PEOPLE:
        raise TooManyPeople(field="people")
    if not begun and not (clean_text(told.story) or files or known or clean_text(told.where) or clean_text(told.against)):
        raise NothingTold(field="story")
    taken = conversation.unit if conversation is not None and told.place is None and told.country is None else None
    hashed = make_password(secret[: rules.LONGEST_SECRET]) if secret else ""  # slow on purpose, so before anything is locked
    home = unit or taken or unit_for_place(told.place, told.country)
    try:
        return take_report(
            actor=actor,
            unit=home,
            key=key,
            told=told,
            way=way,
            files=files,
            hashed=hashed,
            conversation=conversation,
            person=conversation.person if conversation is not None else person,
            at=at or timezone.now(),
        )
    except IntegrityError:  # the same form, sent twice at the same moment
        found = Report.objects.filter(key=key).first()
        if found is None:
            raise
        return again(actor=actor, report=found)


@action(
    "helpdesk.report.received",
    may=permissions.may_send_report,
    says=pgettext_lazy("an action", "menerima laporan"),
    on="unit",
)
def take_report(
    *,
    actor: Actor,
    unit: Unit,
    key: uuid.UUID,
    told: Told,
    way: str,
    at: datetime,
    files: Sequence[Checked] = (),
    hashed: str = "",
    conversation: Conversation | None = None,
    person: Person | None = None,
) -> Taken:
    """Write a new report down. Of what was told, the trail learns the number of files and people alone."""
    urgent = told.need == Report.Need.URGENT or told.threat_level == ThreatLevel.HIGH or bool(told.protections)
    report = Report(
        number=f"LP-{timezone.localtime(at).year}-{next_number(f'helpdesk.report:{timezone.localtime(at).year}'):05d}",
        key=key,
        unit=unit,
        way=way if way in Report.Way.values else Report.Way.WEB,
        state=Report.State.RECEIVED,
        conversation=conversation,
        taken_by_id=actor.user_id,
        received_at=at,
        promised_at=promise_for(at, urgent=urgent, place=told.place),
        person=person,
    )
    shape_report(report=report, told=told)
    report.save()
    if report.conversation is None:
        report.conversation = web_conversation(report=report)
        report.save(update_fields=["conversation"])
    later(ReportStep.objects.bulk_create, ReportStep(report=report, state=report.state, at=at))
    ReportedPerson.objects.bulk_create(
        ReportedPerson(report=report, name=line.name, number=line.number, note=line.note)
        for line in told.people
        if line.kept
    )
    for checked in files:
        keep_file(actor=actor, checked=checked, holder_ref=holder_ref(report), unit=unit)
    code = new_code(actor=actor, report=report, secret=hashed, secret_set_at=at if hashed else None, first=True)
    note(report_way=str(report.get_way_display()), number=report.number)
    if told.people:
        note(people=len(told.people))
    publish(ReportReceived(report.pk))
    return Taken(report, code)


@inner("part of another action")
def shape_report(*, report: Report, told: Told) -> None:
    """Put what was told into its columns, clean, and cut where a column ends."""
    report.story = clean_text(told.story)
    report.topic = told.topic if told.topic in Subject.values else Subject.OTHER
    report.need = told.need if told.need in Report.Need.values else ""
    report.place, report.country = told.place, told.country
    report.where = clean_text(told.where)[: rules.LONGEST_WORDS]
    report.against = clean_text(told.against)[: rules.LONGEST_WORDS]
    report.happened = one_line(told.happened)[:80]
    listed = sum(1 for line in told.people if line.kept)
    report.how_many = min(max(told.how_many or 1, listed, 1), rules.MOST_TOGETHER)
    report.called = "" if told.anonymous else one_line(told.called)[: rules.LONGEST_NAME]
    report.anonymous = told.anonymous or not report.called
    report.alias = one_line(told.alias)[:60]
    report.reach = clean_text(told.reach)[: rules.LONGEST_REACH]
    report.threat_level = told.threat_level if told.threat_level in ThreatLevel.values else ThreatLevel.NONE
    report.protections = sorted(set(told.protections) & set(Protection.values))


@inner("part of another action")
def new_code(
    *,
    actor: Actor,
    report: Report,
    secret: str = "",
    secret_set_at: datetime | None = None,
    renewed: bool = False,
    because: str = "",
    first: bool = False,
) -> str:
    """A code for a report; the one before it ends, unless it is the first. What is returned stands nowhere afterwards."""
    now = timezone.now()
    if not first:
        AccessCode.objects.filter(report=report, ended_at=None).update(ended_at=now)
    while True:
        code = make_access_code()
        if not stands_whole() and AccessCode.objects.filter(index=index_of_code(code)).exists():
            continue
        made = AccessCode(
            index=index_of_code(code),
            secret=secret,
            secret_set_at=secret_set_at,
            renewed=renewed,
            report=report,
            made_at=now,
            made_by_id=actor.user_id,
            because=because[:200],
        )
        later(AccessCode.objects.bulk_create, made)
        return code


@inner("part of another action")
def again(*, actor: Actor, report: Report) -> Taken:
    """What is sent once more is one report."""
    since = timezone.now() - rules.SAME_FOR
    with transaction.atomic():
        held = (
            AccessCode.objects.select_for_update()
            .filter(report=report, ended_at=None, used_at=None, made_at__gte=since)
            .first()
        )
        if held is None:
            return Taken(report, "")
        return repeat_code(actor=actor, report=report, held=held)


@action(
    "helpdesk.code.repeated",
    may=permissions.may_send_report,
    says=_("mengganti kode akses laporan yang terkirim dua kali"),
    on="report",
)
def repeat_code(*, actor: Actor, report: Report, held: AccessCode) -> Taken:
    code = new_code(actor=actor, report=report, secret=held.secret, secret_set_at=held.secret_set_at, renewed=held.renewed)
    return Taken(report, code)


@inner("part of another action")
def web_conversation(*, report: Report) -> Conversation:
    """The thread of /kode/: its address is the report's key."""
    channel = built_in_channel(kind="web", name="Halaman kode akses", unit=Unit.objects.order_by("path")[0])
    address = find_or_make_address(scheme=channel.scheme, typed=str(report.key))
    return conversation_with(channel=channel, address=address, unit=report.unit)[0]


@action(
    "helpdesk.report.continued",
    may=permissions.may_send_report,
    says=_("menambah keterangan pada laporan"),
    on="report",
)
def continue_report(*, actor: Actor, report: Report, text: str) -> None:
    """More words of the same person for a report that is open."""
    fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    fresh.story = f"{fresh.story}\n\n{clean_text(text)}".strip()
    fresh.save(update_fields=["story"])
    report.story = fresh.story


@inner("part of another action")
def report_from_conversation(*, actor: Actor, conversation: Conversation) -> Taken:
    """A report of what they wrote last, with its files; pressed twice, it is one. While one of this conversation is open, that is it; when one is
    closed and they wrote nothing since, it is given back as it is."""
    before = Report.objects.filter(conversation=conversation).order_by("-pk").first()
    messages = last_words(conversation)
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"helpdesk.conversation:{conversation.pk}:{messages[-1].pk if messages else 0}")
    if before is not None and before.key == key:
        return again(actor=actor, report=before) if before.state in OPEN else Taken(before, "")
    if before is not None and before.state in OPEN:
        return Taken(before, "")
    if before is not None:
        messages = last_words(conversation, before.received_at)
    if not messages:
        raise NothingTold(_("Di percakapan ini belum ada pesan baru dari mereka."))
    story = "\n\n".join(message.text for message in messages if message.text)
    told = Told(
        story=story or str(_("(hanya berkas)")),
        topic=conversation.topic,
        called=conversation.called,
        alias=conversation.alias,
        threat_level=conversation.threat_level,
        protections=conversation.protections,
    )
    with transaction.atomic():
        taken = receive_report(actor=actor, key=key, told=told, way=Report.Way.MESSAGE, conversation=conversation)
        keep_files_of(actor=actor, report=taken.report, messages=messages)
    return taken


@inner("part of another action")
def report_from_call(
    *, actor: Actor, call: Call, key: uuid.UUID, told: Told, way: str, files: Sequence[Checked] = ()
) -> Taken:
    """A report written while somebody spoke, tied to their call. What was set at the call's intake is carried along, whatever the form says."""
    levels = list(ThreatLevel.values)
    told = replace(
        told,
        alias=told.alias or call.alias,
        threat_level=max(told.threat_level or ThreatLevel.NONE, call.threat_level, key=levels.index),
        protections=[*told.protections, *call.protections],
    )
    unit = call.unit if told.place is None and told.country is None else None
    with transaction.atomic():
        taken = receive_report(
            actor=actor, key=key, told=told, way=way, files=files, unit=unit, person=call.person if call.person_id else None
        )
        link_report(actor=actor, call=call, report=taken.report)
        carry_guard(actor=actor, of=taken.report, level=ThreatLevel.NONE, protections=())
    return taken


@action(
    "helpdesk.report.filed",
    may=permissions.may_take_report,
    says=_("menyalin berkas percakapan ke laporan"),
    on="report",
)
def keep_files_of(*, actor: Actor, report: Report, messages: Iterable[Any]) -> None:
    """The files of messages, kept with the report too: the conversation may be forgotten earlier."""
    for message in messages:
        for file in files_with(message) if message.files else ():
            checked = Checked(file.name, file.kind, b"".join(content_of(file)), file.sha256, tuple(file.flags))
            keep_file(actor=actor, checked=checked, holder_ref=holder_ref(report), unit=report.unit)
