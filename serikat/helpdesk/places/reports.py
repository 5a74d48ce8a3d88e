"""Where reports stand: the bar of public pages, the rail of the desk, the chooser of what a phone shares, results of calculators, key words, files, trail."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.files.permissions import open_files_of
from serikat.helpdesk import call_ways
from serikat.helpdesk.models import Call, Report
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.rules.calls import report_ways
from serikat.helpdesk.selectors import reports
from serikat.helpdesk.services import report_words
from serikat.kernel.access import Actor, Role, holds
from serikat.kernel.errors import Words
from serikat.messaging.keywords import Word, register_listener, register_word
from serikat.messaging.rules.keywords import Takes
from serikat.rights.ways import Way, way_from_result
from serikat.ui import navigation, today
from serikat.ui.components.words import near
from serikat.ui.navigation import Group, Item
from serikat.ui.sharing import Taker, takes
from serikat.ui.today import COUNTED, Row


def late(actor: Actor) -> list[Row]:
    """Promises that are over, the oldest first. Never a name."""
    return [_promised(report, "red") for report in reports.late(actor)[:COUNTED]]


def urgent(actor: Actor) -> list[Row]:
    """Urgent ones that nobody answered yet, before their promise is over."""
    return [_promised(report, "amber") for report in reports.urgent(actor)[:COUNTED]]


def _promised(report: Report, tone: str) -> Row:
    about = gettext("dijanjikan %(at)s") % {"at": near(report.promised_at)}
    if report.assigned_to is not None:
        about = f"{about} · {report.assigned_to}"
    name = f"{report.number}: {report.get_topic_display()}"
    return Row(name, reverse("helpdesk_reports:report", args=[report.pk]), about, tone)


def to_agree(actor: Actor) -> list[Row]:
    """Lost codes that wait for a second person."""
    return [
        Row(renewal.report.number, reverse("helpdesk_reports:renew", args=[renewal.report_id]), gettext("kode akses baru"))
        for renewal in reports.renewals_to_answer(actor)[:COUNTED]
    ]


def report_of_call(way: str, words: Words) -> Callable[[Actor, Call], call_ways.Way | None]:
    """From a call or visitor of whom no report was written yet."""

    def offered(actor: Actor, call: Call) -> call_ways.Way | None:
        if call.report_id or way not in report_ways(call.way) or not permissions.may_take_report(actor, call):
            return None
        return call_ways.Way(words, reverse("helpdesk_reports:from_call", args=[call.pk, way]), "flag")

    return offered


navigation.bar(Item(_("Lapor"), "helpdesk_public:send_report", "flag", order=40))
navigation.bar(Item(_("Cek kode"), "helpdesk_public:find_report", "key", order=50))
navigation.rail(
    Group.WORK,
    Item(
        _("Laporan"), "helpdesk_reports:shelves", "flag", order=30, who=permissions.may_read_report, count=reports.new_count
    ),
)
today.section(
    "helpdesk.late", _("Laporan lewat janji"), late, order=5, url_name="helpdesk_reports:shelves", query="?rak=lewat"
)
today.section(
    "helpdesk.urgent", _("Laporan mendesak"), urgent, order=6, url_name="helpdesk_reports:shelves", query="?rak=mendesak"
)
today.section("helpdesk.new_codes", _("Kode akses baru menunggu Anda"), to_agree, order=12)
takes(
    Taker(
        _("Laporkan"),
        _("Kirim sebagai laporan: hanya petugas yang membacanya. Tanpa nama boleh."),
        "helpdesk_public:send_report",
        "flag",
        files=True,
    )
)
way_from_result(lambda topic: Way(_("Laporkan ini"), reverse("helpdesk_public:send_report")), order=20)
for _way, _words in (
    ("telepon", _("Buat laporan")),
    ("datang", _("Buat laporan")),
    ("kertas", _("Salin laporan dari kertas")),
):
    call_ways.way_from_call(report_of_call(_way, _words), order=10)
register_word(
    Word(
        "LAPOR",
        ("LAPOR",),
        report_words.take_report_word,
        _("LAPOR lalu cerita Anda"),
        order=10,
        takes=Takes.STORY,
        for_a_person=True,
    )
)
register_word(
    Word("STATUS", ("STATUS",), report_words.tell_status, _("STATUS lalu kode: keadaan laporan"), order=30, takes=Takes.CODE)
)
register_listener(report_words.hear_code_alone)
register_listener(report_words.complete_begun_report)
open_files_of("helpdesk.report", read=holds(*permissions.DESK), remove=holds(Role.PARALEGAL, Role.ADVOCATE))
trail_page("helpdesk.report", lambda actor, pk: reports.report_row(actor, int(pk)))
