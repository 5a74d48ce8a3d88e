"""Consultations in the house: the strip and foot of public pages, the rail and the first page of the desk, the sitemap, the trail."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.helpdesk import call_ways
from serikat.helpdesk.models import Call, Consultation, PublicAnswer
from serikat.helpdesk.permissions import consultations as permissions
from serikat.helpdesk.selectors import consultations, public_answers
from serikat.kernel.access import Actor
from serikat.kernel.errors import Words
from serikat.ui import navigation, sitemaps, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.today import Row


def strip() -> Iterator[tuple[Words, str]]:
    yield _("Konsultasi"), reverse("helpdesk_answers:answers")


def waiting(actor: Actor) -> list[Row]:
    """Questions that wait for anybody or for the actor: no name, no word of them."""
    rows = consultations.consultations_on(actor, "antrean")
    return [
        Row(
            gettext("%(topic)s (nomor %(number)d)") % {"topic": capfirst(one.get_topic_display()), "number": one.pk},
            reverse("helpdesk_consultations:consultation", args=[one.pk]),
            gettext("dijanjikan %(at)s") % {"at": near(one.promised_at)},
            consultations.clock_of(one),
        )
        for one in rows[:50]
        if one.taken_by_id in (None, actor.user_id)
    ]


def to_review(actor: Actor) -> list[Row]:
    return [
        Row(public.title, reverse("helpdesk_consultations:public_answer", args=[public.pk]), public.get_topic_display())
        for public in public_answers.to_review(actor)
    ]


def consultation_row(actor: Actor, pk: str) -> Consultation | None:
    return consultations.consultations_in_reach(actor).filter(pk=int(pk)).first()


def public_row(actor: Actor, pk: str) -> PublicAnswer | None:
    return public_answers.drafts_in_reach(actor).filter(pk=int(pk)).first()


def question_of_call(actor: Actor, call: Call) -> call_ways.Way | None:
    """From a call or visitor who has asked nothing yet."""
    if call.consultation_id or not permissions.may_answer_consultation(actor, call):
        return None
    return call_ways.Way(_("Buat konsultasi"), reverse("helpdesk_consultations:from_call", args=[call.pk]), "chat")


navigation.strip_from(strip)
call_ways.way_from_call(question_of_call, order=20)
navigation.foot(Item(_("Konsultasi"), "helpdesk_answers:answers", order=14))
navigation.rail(
    Group.WORK,
    Item(
        _("Konsultasi"),
        "helpdesk_consultations:queue",
        "chat",
        order=30,
        who=permissions.may_read_consultation,
        count=consultations.to_do,
    ),
)
today.section("helpdesk.consultations", _("Konsultasi menunggu"), waiting, order=12, url_name="helpdesk_consultations:queue")
today.section(
    "helpdesk.public_answers",
    _("Jawaban publik menunggu diperiksa"),
    to_review,
    order=26,
    url_name="helpdesk_consultations:public_answers",
)
sitemaps.lists("helpdesk_machines:answers_sitemap")
trail_page("helpdesk.consultation", consultation_row)
trail_page("helpdesk.publicanswer", public_row)
