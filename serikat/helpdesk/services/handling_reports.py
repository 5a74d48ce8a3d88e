"""The desk's side of a report: read, answered, handed on, guarded, tied to a person's record, its state told to who reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, notes_say
from serikat.files.inspection import Checked
from serikat.helpdesk.models import Report, ReportStep
from serikat.helpdesk.models.subjects import Subject
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.selectors.codes import belongs_to, code_ref, ref_of
from serikat.helpdesk.selectors.crossing import threads_of
from serikat.helpdesk.services.guarding import Unguarding, carry_guard, hide_tied, hurry_report, protect_record, take_down
from serikat.helpdesk.services.inbox import note_outgoing
from serikat.helpdesk.services.report_words import code_words
from serikat.helpdesk.services.reports import web_conversation
from serikat.helpdesk.services.saying_again import hold_answers, refuse_meanwhile, refuse_same
from serikat.kernel.access import SYSTEM, Actor
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.kernel.text import clean_text, one_line
from serikat.messaging.models import Message, Purpose
from serikat.messaging.selectors.messages import last_heard
from serikat.messaging.services.queueing import queue_message
from serikat.people.models import Person
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.people.permissions import may_set_threat
from serikat.people.services.persons import add_person, protect_person
from serikat.places.models import Region

notes_say(answered_by=_("dijawab lewat"))
State = Report.State


class AliasNeeded(Refused):
    message = _("Isi nama samaran: hanya nama itu yang akan tampil.")


class HasPerson(Conflict):
    message = _("Laporan ini sudah terhubung dengan catatan orang.")


class NoName(Refused):
    message = _("Laporan ini tanpa nama: belum ada yang dapat dicatat.")


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)


@action(
    "helpdesk.report.read",
    may=permissions.may_handle_report,
    says=_("mulai membaca laporan"),
    on="report",
    fields=("state", "assigned_to"),
)
def take_on_report(*, actor: Actor, report: Report) -> None:
    """I look after it: who reported sees that somebody reads it."""
    Report.objects.filter(pk=report.pk).update(assigned_to=actor.user_id)
    settle_notices(actor=actor, task=report)
    _read(actor, report)
    report.refresh_from_db(fields=["assigned_to", "state"])


def _read(actor: Actor, report: Report) -> None:
    """Somebody has it before them; what was read already stays as it is."""
    if Report.objects.filter(pk=report.pk, state=State.RECEIVED).update(state=State.READ):
        ReportStep.objects.create(report=report, state=State.READ, at=timezone.now(), by_id=actor.user_id)


@inner("part of another action")
def note_answered(*, actor: Actor, report: Report) -> None:
    """Words of ours went to who reported: they are not told any more that nobody read it, and whoever answered looks after it if nobody did. A colleague
    who was asked to is still asked."""
    _read(actor, report)
    settle_notices(actor=actor, task=report, users=[actor.user_id])
    Report.objects.filter(pk=report.pk, first_answer_at=None).update(first_answer_at=timezone.now())
    Report.objects.filter(pk=report.pk, assigned_to=None).update(assigned_to=actor.user_id)
    report.refresh_from_db(fields=["assigned_to", "state", "first_answer_at"])


@action(
    "helpdesk.report.moved",
    may=permissions.may_handle_report,
    says=_("mengubah keadaan laporan"),
    on="report",
    fields=("state",),
)
def move_report(*, actor: Actor, report: Report, state: str, words: str = "") -> None:
    """Another state, and what /kode/ says of it. Words for who reported count as an answer."""
    if state not in State.values:
        raise Refused(_("Pilih keadaan dari daftar."), field="state")
    fresh, now, told = _locked(report), timezone.now(), clean_text(words)
    if state == fresh.state and not told:
        raise Refused(_("Tulis kabarnya, atau pilih keadaan lain."), field="words")
    if state in (State.THEIRS, State.CLOSED) and not told:
        raise Refused(_("Tulis kabar untuk pelapor: apa yang diminta, atau bagaimana ini berakhir."), field="words")
    fresh.state = state
    fresh.told = told or fresh.told
    fresh.closed_at = now if state == State.CLOSED else None
    if told and fresh.first_answer_at is None:
        fresh.first_answer_at = now
    fresh.save(update_fields=["state", "told", "closed_at", "first_answer_at"])
    ReportStep.objects.create(report=fresh, state=state, words=told, at=now, by_id=actor.user_id)
    settle_notices(actor=actor, task=fresh, users=None if state == State.CLOSED else [actor.user_id])
    report.refresh_from_db()


@action(
    "helpdesk.report.answered",
    may=permissions.may_handle_report,
    says=pgettext_lazy("an action", "menjawab laporan"),
    on="report",
)
def answer_report(
    *,
    actor: Actor,
    report: Report,
    text: str,
    by: str = "",
    files: Sequence[Checked] = (),
    despite_same: bool = False,
    seen: int | None = None,
) -> Message:
    """Words to who reported: at /kode/, or (`by="channel"`) the way their report came. `seen`: the newest message when its writer's page was opened;
    refused as `Meanwhile` where something about the report came after it, by whichever way."""
    here = report.conversation
    if here is None or (by != "channel" and here.channel.kind != "web"):
        here = web_conversation(report=report)
    hold_answers(conversation=here)
    if seen is not None:
        refuse_meanwhile(actor=actor, threads=threads_of(actor, report), seen=seen)
    if not despite_same:
        refuse_same(conversation=here, text=clean_text(text), files=files)
    note(answered_by=str(here.channel))
    message = queue_message(
        actor=actor,
        channel=here.channel,
        address=here.address,
        text=clean_text(text),
        purpose=Purpose.REPLY,
        answers=last_heard(here.channel_id, here.address_id),
        about=ref_of(report),
        files=files,
    )
    note_outgoing(actor=actor, conversation=here, message=message)
    note_answered(actor=actor, report=report)
    return message


@action(
    "helpdesk.code.sent",
    may=permissions.may_handle_report,
    says=_("mengirim kode akses ke percakapan"),
    on="report",
)
def send_code_by_message(*, actor: Actor, report: Report, code: str) -> Message:
    """The code, into the conversation from which the report came, because they want it there. Once sent, our copy of it is blanked out."""
    here = report.conversation
    if here is None or not belongs_to(code, report):
        raise Missing
    return queue_message(
        actor=actor,
        channel=here.channel,
        address=here.address,
        text=code_words(report=report, code=code, channel=here.channel),
        purpose=Purpose.REPLY,
        answers=last_heard(here.channel_id, here.address_id),
        about=code_ref(report),
    )


@action(
    "helpdesk.report.assigned",
    may=permissions.may_handle_report,
    says=_("membagi laporan"),
    on="report",
    fields=("assigned_to",),
)
def assign_report(*, actor: Actor, report: Report, colleague: Any) -> None:
    """Somebody else looks after it, and is told so without a word of it."""
    fresh = _locked(report)
    fresh.assigned_to = colleague
    fresh.save(update_fields=["assigned_to"])
    settle_notices(actor=actor, task=fresh)
    report.refresh_from_db(fields=["assigned_to"])
    if colleague is not None and colleague.pk != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=colleague.pk,
            text=format_lazy(_("Anda diminta menangani laporan {number}."), number=report.number),
            link=reverse("helpdesk_reports:report", args=[report.pk]),
            task=report,
        )


@action(
    "helpdesk.report.sorted",
    may=permissions.may_handle_report,
    says=_("memilah laporan"),
    on="report",
    fields=("topic", "need", "place", "how_many"),
)
def sort_report(
    *, actor: Actor, report: Report, topic: str, need: str = "", place: Region | None = None, how_many: int | None = None
) -> None:
    """What it is about, where, and how many it concerns."""
    fresh = _locked(report)
    fresh.topic = topic if topic in Subject.values else Subject.OTHER
    was_urgent = fresh.need == Report.Need.URGENT
    fresh.need = need if need in Report.Need.values else ""
    fresh.place = place
    fresh.how_many = max(how_many or fresh.how_many, 1)
    if fresh.need == Report.Need.URGENT and not was_urgent:
        hurry_report(report=fresh)
    fresh.save(update_fields=["topic", "need", "place", "how_many", "promised_at"])
    report.refresh_from_db()


@action(
    "helpdesk.report.guarded",
    may=permissions.may_guard_report,
    says=_("menetapkan tingkat ancaman dan perlindungan laporan"),
    on="report",
    fields=("threat_level", "protections"),
)
def guard_report(
    *, actor: Actor, report: Report, threat_level: str, protections: Iterable[str] = (), alias: str = "", reason: str = ""
) -> None:
    """From threat level high, or with any protection, the alias alone shows. The desk raises it; lowering it is for who works on matters."""
    fresh = _locked(report)
    chosen = sorted(set(protections) & set(Protection.values))
    if threat_level not in ThreatLevel.values:
        raise Refused(_("Pilih tingkat ancaman dari daftar."), field="threat_level")
    if fresh.lowered_by(threat_level, chosen) and not permissions.may_unguard_report(actor, fresh):
        raise Unguarding(field="threat_level")
    was = {"level": fresh.threat_level, "protections": fresh.protections}
    named = one_line(alias)[:60] or fresh.alias
    if (threat_level == ThreatLevel.HIGH or chosen) and not named:
        raise AliasNeeded(field="alias")
    fresh.threat_level, fresh.protections, fresh.alias = threat_level, chosen, named
    if fresh.shows_alias:
        hurry_report(report=fresh)
    fresh.save(update_fields=["threat_level", "protections", "alias", "promised_at"])
    carry_guard(actor=actor, of=fresh, **was)
    report.refresh_from_db()


@action(
    "helpdesk.report.tied",
    may=permissions.may_handle_report,
    says=_("menghubungkan laporan dengan catatan orang"),
    on="report",
    fields=("person",),
)
def tie_report(*, actor: Actor, report: Report, person: Person | None) -> None:
    """Whose report it is. Their name stands in their record from then on, and no more here."""
    fresh = _locked(report)
    fresh.person = person
    if person is not None:
        fresh.called = ""
        fresh.anonymous = False
    fresh.save(update_fields=["person", "called", "anonymous"])
    protect_record(of=fresh, level=fresh.threat_level, protections=fresh.protections)
    hide_tied(of=fresh)
    if fresh.shows_alias:
        take_down(of=[fresh])
    report.refresh_from_db()


@action(
    "helpdesk.report.reach_shown",
    may=permissions.may_handle_report,
    says=_("melihat cara menghubungi pelapor yang disamarkan"),
    on="report",
)
def show_reach_of_report(*, actor: Actor, report: Report) -> str:
    """How somebody guarded is reached: each look stands in the trail."""
    return str(report.reach)


@inner("part of another action")
def make_person_of_report(*, actor: Actor, report: Report, despite_doubles: bool = False) -> Person:
    """A person's record of who reported, with what the report knows of them: name, alias, threat, number."""
    if report.person_id:
        raise HasPerson
    if not report.called and not report.alias:
        raise NoName(field="despite_doubles")
    if report.shows_alias and not report.alias:
        raise AliasNeeded(field="despite_doubles")
    names = {"called": report.called, "alias": report.alias}
    person: Person = add_person(
        actor=actor,
        unit=report.unit,
        names={kind: text for kind, text in names.items() if text},
        shows="alias" if report.shows_alias and report.alias else "",
        place=report.place if report.place and report.place.level == 4 else None,
        despite_doubles=despite_doubles,
    )
    if (
        report.threat_level != ThreatLevel.NONE or report.protections
    ):  # what was set at intake is carried along, whoever carries it
        protect_person(
            actor=actor if may_set_threat(actor, person) else SYSTEM,
            person=person,
            threat_level=report.threat_level,
            protections=report.protections,
            reason=report.number,
        )
    tie_report(actor=actor, report=report, person=person)
    return person
