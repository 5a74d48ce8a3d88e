"""What people do in a conversation: read, answer, take, hand over, close, sort, guard, and say who it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, note_about, notes_say
from serikat.files.inspection import Checked
from serikat.helpdesk import permissions
from serikat.helpdesk.models import Conversation, QuickReply, Report, Subject, Term
from serikat.helpdesk.permissions.reports import may_handle_report
from serikat.helpdesk.rules.conversations import alias_for
from serikat.helpdesk.selectors.codes import ref_of
from serikat.helpdesk.selectors.crossing import thread_of
from serikat.helpdesk.selectors.terms import rows_of
from serikat.helpdesk.services.guarding import Unguarding, carry_guard, hide_tied, protect_record, take_down
from serikat.helpdesk.services.handling_reports import note_answered
from serikat.helpdesk.services.inbox import find_by_name, note_outgoing
from serikat.helpdesk.services.saying_again import hold_answers, refuse_meanwhile, refuse_same
from serikat.kernel.access import SYSTEM, Actor, who_may
from serikat.kernel.errors import Conflict, Missing, Refused
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import ChannelTemplate, Message, Purpose
from serikat.messaging.rules.templates import places_of
from serikat.messaging.selectors.channels import as_sent
from serikat.messaging.selectors.messages import last_heard
from serikat.messaging.services.queueing import TooLong, queue_message
from serikat.messaging.services.settling import note_sent_by_hand
from serikat.messaging.services.templates import ValueMissing, fill_template
from serikat.people.models import Person
from serikat.people.models.persons import Protection, ThreatLevel
from serikat.people.permissions import may_add_person, may_set_threat
from serikat.people.selectors import person_for
from serikat.people.services.contacts import KnownContact, put_contact_point
from serikat.people.services.persons import add_person, clean_name, protect_person
from serikat.ui.identity import identity
from serikat.units.models import Unit

notes_say(message=pgettext_lazy("in the trail", "pesan"), to_user=pgettext_lazy("in the trail", "kepada"))

State = Conversation.State
LONGEST_WORD = 300


class TakenMeanwhile(Conflict):
    message = _("Orang lain sudah mengambil percakapan ini.")


class SaidMeanwhile(Conflict):
    message = _("Ada pesan baru dari mereka sejak Anda membuka halaman ini. Baca dulu, lalu tutup.")


class NotOfThisDesk(Refused):
    message = _("Orang ini tidak bertugas di meja bantuan unit ini.")


class WordNeeded(Refused):
    message = _("Tulis satu kalimat: bagaimana akhirnya.")


@inner("part of another action")
def about(*, conversation: Conversation) -> str:
    """What a message of a conversation carries as what it belongs to."""
    return f"helpdesk.conversation:{conversation.pk}"


@action(
    "helpdesk.conversation.read",
    may=permissions.may_read_conversation,
    says=pgettext_lazy("an action", "membaca pesan baru"),
    on="conversation",
)
def read_conversation(*, actor: Actor, conversation: Conversation) -> None:
    """Somebody opened what was unread."""
    Conversation.objects.filter(pk=conversation.pk).update(unread=0)
    conversation.unread = 0


@action(
    "helpdesk.conversation.answered",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "menjawab percakapan"),
    on="conversation",
)
def answer_conversation(
    *,
    actor: Actor,
    conversation: Conversation,
    text: str,
    files: Sequence[Checked] = (),
    report: Report | None = None,
    despite_same: bool = False,
    seen: int | None = None,
) -> Message:
    """An answer goes into its channel's queue; whoever answers looks after the conversation from now on, if nobody did. `report`: what it is about;
    then it is an answer to the report, and who holds its code reads it there. `seen`: the newest message its writer had before them; refused as
    `Meanwhile` where something came after it."""
    hold_answers(conversation=conversation)
    if seen is not None:
        refuse_meanwhile(actor=actor, threads=[thread_of(conversation)], seen=seen)
    if not despite_same:
        refuse_same(conversation=conversation, text=text, files=files)
    heard = last_heard(conversation.channel_id, conversation.address_id)
    subject = ""
    if conversation.channel.scheme == Scheme.MAIL:
        subject = (
            f"Re: {heard.subject}" if heard and heard.subject else _now("Jawaban dari %(name)s") % {"name": identity().name}
        )
    message = queue_message(
        actor=actor,
        channel=conversation.channel,
        address=conversation.address,
        text=text,
        subject=subject,
        purpose=Purpose.REPLY,
        answers=heard,
        about=_about(actor, conversation, report),
        files=files,
    )
    _said(actor, conversation, message)
    return message


@action(
    "helpdesk.conversation.template_sent",
    may=permissions.may_answer_conversation,
    says=_("mengirim pesan templat dalam percakapan"),
    on="conversation",
)
def send_template(
    *,
    actor: Actor,
    conversation: Conversation,
    template: ChannelTemplate,
    values: Sequence[str],
    report: Report | None = None,
) -> Message:
    """Where the provider's window is closed: a text that it approved, with our words in its places."""
    wanted = places_of(template.text)
    if len(values) != wanted:
        raise Refused(_("Templat ini meminta %(n)d isian, satu baris satu isian.") % {"n": wanted}, field="values")
    try:
        text, given = fill_template(channel=conversation.channel, template=template, values=values)
    except (ValueMissing, TooLong) as refused:
        raise Refused(refused.message, field="values") from None
    message = queue_message(
        actor=actor,
        channel=conversation.channel,
        address=conversation.address,
        text=text,
        purpose=Purpose.REPLY,
        answers=last_heard(conversation.channel_id, conversation.address_id),
        about=_about(actor, conversation, report),
        template=as_sent(template, given),
    )
    _said(actor, conversation, message)
    return message


def _about(actor: Actor, conversation: Conversation, report: Report | None) -> str:
    """What the words belong to. A report is one of this conversation, and the actor's to answer."""
    if report is None:
        return about(conversation=conversation)
    if report.conversation_id != conversation.pk or not may_handle_report(actor, report):
        raise Missing(field="report")
    note_answered(actor=actor, report=report)
    note(number=report.number)
    return ref_of(report)


def _said(actor: Actor, conversation: Conversation, message: Message) -> None:
    note(message=message.pk)
    note_outgoing(actor=actor, conversation=conversation, message=message)
    if conversation.assigned_to_id is None and actor.user_id is not None:
        Conversation.objects.filter(pk=conversation.pk, assigned_to=None).update(assigned_to=actor.user_id)
        conversation.refresh_from_db()


@action(
    "helpdesk.conversation.handed",
    may=permissions.may_answer_conversation,
    says=_("mencatat jawaban yang dikirim dari ponsel"),
    on="conversation",
)
def note_handed(*, actor: Actor, conversation: Conversation, message: Message) -> None:
    """An answer left by the operator's own phone. The channel may belong to the whole house; the conversation is the actor's."""
    if (message.channel_id, message.address_id) != (conversation.channel_id, conversation.address_id):
        raise Missing
    note(message=message.pk)
    note_sent_by_hand(actor=SYSTEM, message=message)


@action(
    "helpdesk.conversation.taken",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "mengambil percakapan"),
    on="conversation",
)
def take_conversation(*, actor: Actor, conversation: Conversation) -> None:
    """Mine from now on. Of two who take at once one is told."""
    free = Conversation.objects.filter(pk=conversation.pk, assigned_to=None)
    mine = Conversation.objects.filter(pk=conversation.pk, assigned_to=actor.user_id)
    if not free.update(assigned_to=actor.user_id) and not mine.exists():
        raise TakenMeanwhile
    conversation.refresh_from_db()


@action(
    "helpdesk.conversation.handed_over",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "menyerahkan percakapan"),
    on="conversation",
)
def hand_over(*, actor: Actor, conversation: Conversation, to: int | None, reason: str = "") -> None:
    """To somebody else of this desk, or (None) back to all. They are told, without a name."""
    if to is not None and to not in who_may(permissions.may_answer_conversation, conversation):
        raise NotOfThisDesk(field="to")
    Conversation.objects.filter(pk=conversation.pk).update(assigned_to=to)
    note(to_user=f"accounts.user:{to}" if to else "")
    settle_notices(actor=actor, task=conversation)
    if to is not None and to != actor.user_id:
        leave_notice(
            actor=actor,
            user_id=to,
            text=format_lazy(_("{thing} diserahkan kepada Anda."), thing=conversation),
            link=reverse("helpdesk_desk:conversation", args=[conversation.pk]),
            task=conversation,
        )
    conversation.refresh_from_db()


@action(
    "helpdesk.conversation.closed",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "menutup percakapan"),
    on="conversation",
    fields=("state",),
)
def close_conversation(*, actor: Actor, conversation: Conversation, reason: str) -> None:
    """It is done, in a word. A new message of theirs opens it again; one that came while somebody wrote that word keeps it open."""
    if not reason.strip():
        raise WordNeeded(field="reason")
    if not Conversation.objects.filter(pk=conversation.pk, unread=0).update(
        state=State.CLOSED, waiting_since=None, promised_at=None, is_question=False
    ):
        raise SaidMeanwhile(field="reason")
    settle_notices(actor=actor, task=conversation)
    conversation.refresh_from_db()


@action(
    "helpdesk.conversation.reopened",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "membuka lagi percakapan"),
    on="conversation",
    fields=("state",),
)
def reopen_conversation(*, actor: Actor, conversation: Conversation) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(state=State.OPEN, waiting_since=timezone.now())
    conversation.refresh_from_db()


@action(
    "helpdesk.conversation.sorted",
    may=permissions.may_answer_conversation,
    says=pgettext_lazy("an action", "menetapkan pokok masalah"),
    on="conversation",
    fields=("topic",),
)
def sort_conversation(*, actor: Actor, conversation: Conversation, topic: str, called: str = "") -> None:
    """What it is about, and how they call themselves."""
    if topic and topic not in Subject.values:
        raise Refused(_("Pilih pokok masalah dari daftar."), field="topic")
    name = clean_name(called, field="called") if called.strip() else ""
    Conversation.objects.filter(pk=conversation.pk).update(topic=topic)
    conversation.topic = topic
    if name != conversation.called and not conversation.shows_alias:
        conversation.called = name
        conversation.save(update_fields=["called"])
        Term.objects.bulk_create(rows_of(conversation.pk, name, of_name=True), ignore_conflicts=True)


@action(
    "helpdesk.conversation.guarded",
    may=permissions.may_guard_conversation,
    says=_("menetapkan tingkat ancaman dan perlindungan percakapan"),
    on="conversation",
    fields=("threat_level", "protections"),
)
def guard_conversation(
    *, actor: Actor, conversation: Conversation, threat_level: str, protections: Iterable[str] = (), alias: str = ""
) -> None:
    """From threat level high, or with any protection, an alias alone shows. The desk raises it; lowering any of it is for who works on matters."""
    chosen = sorted(set(protections))
    if threat_level not in ThreatLevel.values:
        raise Refused(_("Pilih tingkat ancaman dari daftar."), field="threat_level")
    if not set(chosen) <= set(Protection.values):
        raise Refused(_("Pilih perlindungan dari daftar."), field="protections")
    fresh = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("unit", "address", "person")
        .get(pk=conversation.pk)
    )
    if fresh.lowered_by(threat_level, chosen) and not permissions.may_unguard_conversation(actor, fresh):
        raise Unguarding(field="threat_level")
    before, was = fresh.shows_alias, {"level": fresh.threat_level, "protections": fresh.protections}
    fresh.threat_level, fresh.protections, fresh.alias = threat_level, chosen, " ".join(alias.split())[:60]
    if fresh.shows_alias and not fresh.alias:
        fresh.alias = alias_for(fresh.pk)
    fresh.save(update_fields=["threat_level", "protections", "alias"])
    if fresh.shows_alias:
        Term.objects.filter(conversation=fresh, of_name=True).delete()
    elif before:
        find_by_name(conversation=fresh)
    carry_guard(actor=actor, of=fresh, **was)
    conversation.refresh_from_db()


@action(
    "helpdesk.address.shown",
    may=permissions.may_answer_conversation,
    says=_("melihat nomor orang yang disamarkan"),
    on="conversation",
)
def show_address(*, actor: Actor, conversation: Conversation) -> str:
    """The number behind an alias, to answer from a phone in the hand; each look stands in the trail."""
    return str(conversation.address.value)


@action(
    "helpdesk.conversation.tied",
    may=permissions.may_tie_person,
    says=_("menghubungkan percakapan dengan catatan orang"),
    on="conversation",
    fields=("person",),
)
def tie_person(*, actor: Actor, conversation: Conversation, person: Person | None) -> None:
    """Say who it is, or (None) that it is somebody else. Their number or mail address is kept with them."""
    if person is not None:
        person = person_for(actor, person.subject)
        note_about(person.subject)
    conversation.person = person
    conversation.save(update_fields=["person"])
    if person is None:
        return
    _keep_contact(conversation, person)
    protect_record(of=conversation, level=conversation.threat_level, protections=conversation.protections)
    hide_tied(of=conversation)
    if conversation.shows_alias:
        Term.objects.filter(conversation=conversation, of_name=True).delete()
        take_down(of=[conversation])


def _keep_contact(conversation: Conversation, person: Person) -> None:
    kind = {Scheme.NUMBER: "phone", Scheme.MAIL: "email"}.get(Scheme(conversation.channel.scheme))
    value = conversation.address.value
    if not kind or not value or value.startswith("?"):
        return
    with suppress(KnownContact):
        put_contact_point(owner=person, kind=kind, value=value)


@action(
    "helpdesk.person.made",
    may=permissions.may_tie_person,
    says=_("mencatat orang dari percakapan"),
    on="conversation",
)
def make_person(*, actor: Actor, conversation: Conversation, name: str, unit: Unit, despite_doubles: bool = False) -> Person:
    """A record of who writes here. Guarded here, guarded there: from then on who it is opens by two persons alone."""
    if not may_add_person(actor, unit):
        raise Missing(field="unit")
    guarded = conversation.shows_alias
    names = {"called": name, "alias": conversation.alias if guarded else ""}
    person = add_person(actor=actor, unit=unit, names=names, despite_doubles=despite_doubles)
    if guarded or conversation.threat_level != ThreatLevel.NONE:
        protect_person(
            actor=actor if may_set_threat(actor, person) else SYSTEM,
            person=person,
            threat_level=conversation.threat_level,
            protections=conversation.protections,
            alias=conversation.alias,
            reason=str(conversation),
        )
    tie_person(actor=actor, conversation=conversation, person=person)
    return person


@action(
    "helpdesk.quick_reply.kept",
    may=permissions.may_keep_quick_reply,
    says=pgettext_lazy("an action", "menyimpan balasan cepat"),
    on="unit",
)
def keep_quick_reply(
    *, actor: Actor, unit: Unit, title: str, text: str, topic: str = "", reply: QuickReply | None = None
) -> QuickReply:
    """A new one, or one written anew."""
    reply = reply or QuickReply(unit=unit)
    reply.unit, reply.title, reply.text, reply.topic = unit, " ".join(title.split()), text.strip(), topic
    reply.save()
    return reply


@action(
    "helpdesk.quick_reply.dropped",
    may=permissions.may_keep_quick_reply,
    says=pgettext_lazy("an action", "membuang balasan cepat"),
    on="reply",
)
def drop_quick_reply(*, actor: Actor, reply: QuickReply) -> None:
    QuickReply.objects.filter(pk=reply.pk).delete()
