"""The screens of channels, conversations, reports and broadcasts."""

from __future__ import annotations

from collections.abc import Callable

from serikat.helpdesk.models import Call, Conversation, Report
from serikat.messaging.models import Channel
from serikat.outreach import models as outreach
from serikat.outreach.selectors.subscriptions import leave_token
from tests.journeys import consultation_screens
from tests.journeys.screen import Screen, of


def telling(words: str) -> Callable[[], list[object]]:
    """The report whose story begins so; stories are sealed, so each is read."""
    return lambda: [next(report.pk for report in Report.objects.all() if report.story.startswith(words))]


retired = of(lambda: Channel.objects.exclude(retired_at=None).first())
hand = of(lambda: Channel.objects.filter(kind="hand").first())
MESSAGING = [
    *(Screen("admin", f"messaging_desk:{name}") for name in ("channels", "choose_kind", "stops")),
    *(Screen("admin", f"messaging_desk:{name}", hand) for name in ("channel", "change_channel", "retire_channel")),
    Screen("admin", "messaging_desk:add_channel", query="?jenis=hand"),
    Screen("admin", "messaging_desk:channel", retired, note="retired"),
]
HELPDESK = [
    *[Screen("operator", f"helpdesk_desk:{n}") for n in ("inbox", "to_settle", "quick_replies", "begin", "paste_chat")],
    *[
        Screen("operator", f"helpdesk_desk:{n}", lambda: [Conversation.objects.first().pk])
        for n in ("conversation", "person")
    ],
    Screen("", "helpdesk_public:report_step", lambda: ["cerita"]),
    Screen("", "helpdesk_public:report_sent"),
    Screen("", "helpdesk_public:find_report"),
    Screen("operator", "helpdesk_reports:shelves"),
    Screen("operator", "helpdesk_reports:shelves", query="?rak=mendesak", note="urgent"),
    Screen("operator", "helpdesk_reports:report", telling("Upah bulan")),
    Screen("operator", "helpdesk_reports:report", telling("Mandor giliran"), note="protected"),
    Screen("operator", "helpdesk_reports:report", telling("Kami 14 orang"), note="group"),
    Screen("operator", "helpdesk_reports:take_call"),
    Screen("operator", "helpdesk_reports:take_visit"),
    Screen("operator", "helpdesk_reports:take_paper"),
    Screen("operator", "helpdesk_reports:take_group"),
    Screen("operator", "helpdesk_reports:renew", telling("tolong")),
]
one_call = lambda **found: of(lambda: Call.objects.filter(**found).order_by("pk").first())  # noqa: E731
speaking = {"operator__isnull": False, "ended_at": None, "way": "phone"}
CALLS = [
    Screen("operator", "helpdesk_reports:from_call", lambda: [Call.objects.filter(**speaking).first().pk, "telepon"]),
    Screen("operator", "helpdesk_consultations:from_call", one_call(**speaking)),
    Screen("operator", "helpdesk_calls:ringing"),
    Screen("operator", "helpdesk_calls:call", one_call(**speaking)),
    Screen("operator", "helpdesk_calls:call", one_call(operator=None, ended_at=None), note="ringing"),
    Screen("operator", "helpdesk_calls:call", one_call(way="visit"), note="visitor"),
    Screen("operator", "helpdesk_calls:call", one_call(person__threat_level="high"), note="guarded"),
    Screen("operator", "helpdesk_calls:number"),
    Screen("operator", "helpdesk_calls:call_backs"),
    Screen("operator", "helpdesk_calls:visitors"),
    Screen("operator", "helpdesk_calls:wall"),
    Screen("operator", "helpdesk_calls:figures"),
    Screen("admin", "helpdesk_calls:lines"),
]
broadcast = lambda stage: of(lambda: outreach.Broadcast.objects.get(stage=stage))  # noqa: E731
OUTREACH = [
    Screen("", "outreach:subscribe"),
    Screen("", "outreach_leave:leave", lambda: [leave_token(outreach.Subscription.objects.first().address)]),
    *(
        Screen("redaktur", f"outreach_desk:{name}")
        for name in ("broadcasts", "begin", "audiences", "make_audience", "import_list", "topics")
    ),
    Screen("redaktur2", "outreach_desk:broadcast", broadcast("waiting"), note="waiting"),
    Screen("redaktur", "outreach_desk:broadcast", broadcast("done"), note="done"),
    Screen("redaktur", "outreach_desk:change", broadcast("waiting")),
    Screen(
        "redaktur",
        "outreach_desk:write",
        lambda: [(one := outreach.Variant.objects.last()).broadcast_id, one.channel_id],
    ),
    Screen("redaktur", "outreach_desk:audience", of(outreach.Audience.objects.first)),
    Screen("redaktur", "outreach_desk:topic", of(outreach.Topic.objects.first)),
]
CONSULTATIONS = [Screen(*row) for row in consultation_screens.SCREENS]
SCREENS = [*MESSAGING, *HELPDESK, *CALLS, *OUTREACH, *CONSULTATIONS]
