"""What the walk through the addresses finds of messages: channels, conversations, what an article becomes on them."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from serikat.helpdesk.models import Call, Conversation, PastedChat, QuickReply
from serikat.helpdesk.services.phone_lines import add_line
from serikat.helpdesk.services.reports import Told, receive_report
from serikat.kernel.access import console
from serikat.messaging.models import Channel, Message
from serikat.messaging.services.channels import add_channel, keep_template
from serikat.messaging.services.queueing import find_or_make_address
from serikat.newsroom.models import Distribution
from serikat.newsroom.models import Variant as DistributedVariant
from serikat.outreach.models import Audience, AudiencePart, Broadcast, Topic, Variant
from serikat.outreach.selectors.subscriptions import leave_token
from serikat.units.models import Unit
from tests.house import ground_consultations

TRAILS = ("siaran", "report", "consultation", "public_draft", "call", "line", "talk", "channel", "distribution")


def lay(west: Unit, owner: Any, things: dict[str, Any]) -> dict[str, Any]:
    """Make one of each, beside what stands already."""
    made = of_messaging(west)
    made |= of_distribution(things["draft"], made["channel"])
    made |= of_conversations(made["channel"], west, owner)
    made |= of_outreach(west)
    made |= of_reports(west)
    made |= of_calls(west)
    made |= ground_consultations.of_consultations(west, made["channel"])
    return made


def of_messaging(west: Unit) -> dict[str, Any]:
    channel = add_channel(actor=console("jalan"), unit=west, kind="web", name="Halaman kode", values={})
    template = keep_template(actor=console("jalan"), channel=channel, name="kabar", language="id", text="Kabar {{1}}")
    return {"channel": channel, "template": template}


def of_distribution(article: Any, channel: Channel) -> dict[str, Any]:
    plan = Distribution.objects.create(article=article)
    return {
        "distribution": plan,
        "variant": DistributedVariant.objects.create(distribution=plan, channel=channel, code="b2c5d6", text="Kabar"),
    }


def of_conversations(channel: Channel, unit: Unit, owner: Any) -> dict[str, Any]:
    """A conversation with a message in it, a quick reply, and a chat that the owner pasted."""
    address = find_or_make_address(scheme=channel.scheme, typed="7300112233445566")
    now = timezone.now()
    talk = Conversation.objects.create(channel=channel, address=address, unit=unit, last_at=now, began_at=now)
    return {
        "talk": talk,
        "message": Message.objects.create(
            direction="in", channel=channel, address=address, state="parked", at=now, text="Halo"
        ),
        "quick_reply": QuickReply.objects.create(unit=unit, title="Salam", text="Halo"),
        "pasted": PastedChat.objects.create(unit=unit, by=owner, text="Halo", added_at=now),
    }


def of_outreach(west: Unit) -> dict[str, Any]:
    """A broadcast of the branch that says something on one channel, an audience of one part, a topic, a subscription's way out."""
    channel = add_channel(actor=console("jalan"), unit=west, kind="web", name="Siaran uji", values={})
    topic = Topic.objects.create(name="Upah", word="upah")
    audience = Audience.objects.create(unit=west, name="Pelanggan")
    part = AudiencePart.objects.create(audience=audience, kind="topic", topic=topic)
    broadcast = Broadcast.objects.create(unit=west, title="Rapat")
    broadcast.audiences.set([audience])
    Variant.objects.create(broadcast=broadcast, channel=channel, text="Rapat")
    receiver = find_or_make_address(scheme="number", typed="0812 000 1111")
    return {
        "siaran": broadcast, "siaran_lewat": channel, "khalayak": audience, "bagian": part, "topik": topic, "penerima": receiver,
    }  # fmt: skip


def of_reports(west: Unit) -> dict[str, Any]:
    """A report with its conversation."""
    told = Told(story="Upah belum dibayar.")
    report = receive_report(actor=console("jalan"), key=uuid.uuid4(), told=told, way="web", unit=west).report
    return {"report": report, "conversation": report.conversation}


def of_calls(west: Unit) -> dict[str, Any]:
    """A call that rings on a line, which nobody has taken yet."""
    line, key = add_line(actor=console("jalan"), unit=west, name="Telepon kantor")
    now = timezone.now()
    call = Call.objects.create(key=uuid.uuid4(), line=line, unit=west, began_at=now, rang_at=now)
    return {"line": line, "line_key": key, "call": call}


def pk(thing: Any) -> Any:
    return thing.pk


def subject(thing: Any) -> Any:
    return thing.subject


ARGUMENTS: dict[str, dict[str, tuple[str, Any]]] = {
    **{
        f"messaging_desk:{what}": {"pk": ("channel", pk)}
        for what in (
            "channel",
            "change_channel",
            "check_channel",
            "try_channel",
            "pause_channel",
            "resume_channel",
            "retire_channel",
            "keep_template",
        )
    },
    "newsroom_desk:distribute": {"page_id": ("draft", pk)},
    **{
        f"newsroom_desk:{what}": {"pk": ("distribution", pk)}
        for what in ("choose_topics", "submit_distribution", "approve_distribution", "send_back_distribution")
    },
    **{
        f"newsroom_desk:{what}": {"pk": ("variant", pk)}
        for what in (
            "choose_template",
            "translate_variant",
            "change_variant",
            "drop_variant",
            "resend_variant",
            "count_variant",
        )
    },
    "messaging_desk:drop_template": {"pk": ("channel", pk), "template": ("template", pk)},
    "messaging:called": {"key": ("channel", lambda channel: channel.key)},
    **{
        f"helpdesk_desk:{name}": {"pk": ("talk", pk)}
        for name in (
            "conversation",
            "answer",
            "send_template",
            "take",
            "hand_over",
            "close",
            "reopen",
            "sort",
            "guard",
            "show_address",
            "person",
            "make_person",
            "untie_person",
        )
    },
    "helpdesk_desk:pasted": {"pk": ("pasted", pk)},
    "helpdesk_desk:settle": {"pk": ("message", pk), "how": ("message", lambda message: "biarkan")},
    **{f"helpdesk_desk:{name}": {"pk": ("quick_reply", pk)} for name in ("change_quick_reply", "drop_quick_reply")},
    "helpdesk_desk:note_handed": {"pk": ("talk", pk), "message": ("message", pk)},
    "helpdesk_desk:tie_person": {"pk": ("talk", pk), "subject": ("person", subject)},
    **{f"outreach_desk:{name}": {"pk": ("siaran", pk)} for name in ("broadcast", "change", "decide_on")},
    **{
        f"outreach_desk:{name}": {"pk": ("siaran", pk), "channel": ("siaran_lewat", pk)}
        for name in ("write", "remove", "try_it")
    },
    "outreach_desk:audience": {"pk": ("khalayak", pk)},
    "outreach_desk:drop_part": {"pk": ("khalayak", pk), "part": ("bagian", pk)},
    "outreach_desk:topic": {"pk": ("topik", pk)},
    "outreach_leave:leave": {"token": ("penerima", leave_token)},
    **{
        f"helpdesk_reports:{verb}": {"pk": ("report", pk)}
        for verb in (
            "report",
            "take_on",
            "answer",
            "move",
            "assign",
            "sort",
            "guard",
            "show_reach",
            "tie",
            "make_person",
            "new_code",
            "send_code",
            "renew",
            "answer_renewal",
            "make_code",
        )
    },
    "helpdesk_reports:from_conversation": {"pk": ("conversation", pk)},
    "helpdesk_public:report_step": {"step": ("call", lambda call: "cerita")},
    "helpdesk_answers:ask_step": {"step": ("call", lambda call: "pertanyaan")},
    "helpdesk_reports:from_call": {"pk": ("call", pk), "way": ("call", lambda call: "telepon")},
    "helpdesk_consultations:from_call": {"pk": ("call", pk)},
    "helpdesk_consultations:new_code": {"pk": ("call", pk)},
    "helpdesk_lines:rings": {"key": ("line_key", str)},
    **{
        f"helpdesk_calls:{verb}": {"pk": ("call", pk)}
        for verb in (
            "call",
            "take",
            "keep_typed",
            "close",
            "guard",
            "show_number",
            "call_out",
            "settle_back",
            "move_back",
        )
    },
    **{f"helpdesk_calls:{verb}": {"pk": ("line", pk)} for verb in ("renew_key", "end_line")},
    **ground_consultations.ARGUMENTS,
}
