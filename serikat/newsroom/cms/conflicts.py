"""Two editors in one article. Each save is a version of its own, so nothing is ever lost; but who writes over a newer version is told whose and
when, and says so: by the sheet that Wagtail's pings bring (its number then comes with the form), or by saving once more after the answer of
the form, which brings what was typed back together with the number of the newest version.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.editing_sessions import EditingSessionsList
from wagtail.models import Revision

from serikat.newsroom.forms import SitePageForm
from serikat.ui.components.words import moment

SEEN = "seen_revision_id"


def install() -> None:
    EditingSessionsList.template_name = "newsroom/cms/sessions.html"
    EditingSessionsList.get_context_data = _with_hour(EditingSessionsList.get_context_data)


def _with_hour(context_of: Any) -> Any:
    """When the newer version was saved, which Wagtail knows only of sessions that are seen."""

    @wraps(context_of)
    def get_context_data(sheet: EditingSessionsList, parent: Any) -> dict[str, Any]:
        first: dict[str, Any] = next(iter(sheet.sessions), {})
        newer = Revision.objects.filter(pk=first.get("revision_id") or 0).values_list("created_at", flat=True).first()
        return {**context_of(sheet, parent), "saved_at": newer}

    return get_context_data


class DeskPageForm(SitePageForm):
    """A page's form that knows upon which version it was filled in."""

    def clean(self) -> Any:
        cleaned = super().clean()
        newest = self.instance.latest_revision if self.instance.pk else None
        if newest is not None and newer_than_seen(self.data, newest):
            self.add_error(None, words_for(newest, self.for_user))
        return cleaned


def newer_than_seen(data: Any, newest: Revision) -> bool:
    """Whether a form was filled in upon a version that is no longer the newest, and its writer does not know. A form that names none is a
    program's, which knows what it does."""
    begun = data.get("loaded_revision_id", "")
    return bool(begun) and str(newest.pk) not in (begun, data.get(SEEN, ""))


def words_for(newest: Revision, user: Any) -> str:
    at = moment(newest.created_at)
    if newest.user_id == user.pk:
        begin = _("Anda menyimpan versi baru di jendela lain, %(at)s.") % {"at": at}
    else:
        who = str(newest.user) if newest.user else _("sistem")
        begin = _("%(who)s menyimpan versi baru, %(at)s, selagi Anda menulis.") % {"who": who, "at": at}
    end = _(
        "Yang Anda tulis masih ada di bawah ini, belum tersimpan. Simpan sekali lagi untuk menyimpannya sebagai versi terbaru; "
        "versi yang tadi tetap ada di Riwayat."
    )
    return f"{begin} {end}"
