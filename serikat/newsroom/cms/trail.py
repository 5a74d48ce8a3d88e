"""What Wagtail does enters our trail: one entry an act, in the transaction of the act.

Wagtail announces each act to its log registry; ours stands in its place, keeps Wagtail's own history going and writes the entry. A request at
the editor's desk may announce several (saved, renamed, published): they become one entry, named by the weightiest. Pictures and documents
are partly changed without any announcement, so their addresses are watched: what they were before the request and after it.
Inside a doorway of ours nothing is added, because the doorway writes the entry; inside an approved batch neither.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, get_active_log_context, registry
from wagtail.models import Page, Revision

from serikat.audit.action import in_action, notes_say, ref_of, register
from serikat.audit.services import record
from serikat.kernel.access import SYSTEM, Actor
from serikat.newsroom import permissions
from serikat.newsroom.cms.authority import actor_for
from serikat.newsroom.models import NewsDocument, Picture
from serikat.newsroom.services.approval import in_batch
from serikat.newsroom.services.publishing import redraw_later, reflect_below

notes_say(
    pages=_("halaman yang kena"),
    also=_("sekaligus"),
    restored=_("versi yang dipulihkan"),
    what=_("yang terjadi"),
    unit=_("nomor unit"),
)

# What Wagtail calls it → our action and its sentence, weightiest first.
PAGE_ACTS: dict[str, tuple[str, Any]] = {
    "wagtail.delete": ("newsroom.page.deleted", _("menghapus konsep halaman")),
    "wagtail.copy": ("newsroom.page.copied", _("menyalin halaman")),
    "wagtail.create_alias": ("newsroom.page.aliased", _("membuat kembaran halaman")),
    "wagtail.publish": ("newsroom.page.published", None),  # declared by the service of the same act
    "wagtail.publish.schedule": ("newsroom.page.scheduled", None),
    "wagtail.schedule.cancel": ("newsroom.page.unscheduled", _("membatalkan jadwal halaman")),
    "wagtail.unpublish": ("newsroom.page.withdrawn", _("menurunkan halaman")),
    "wagtail.move": ("newsroom.page.moved", _("memindahkan halaman")),
    "wagtail.create": ("newsroom.page.created", _("membuat halaman")),
    "wagtail.revert": ("newsroom.page.reverted", _("memulihkan versi lama halaman")),
    "wagtail.edit": ("newsroom.page.saved", _("menyimpan halaman")),
    "wagtail.reorder": ("newsroom.page.reordered", _("mengubah urutan halaman")),
}
KEPT_FOR_SOME = "wagtail.view_restriction."  # Wagtail announces it before a lifted restriction is gone: that shows when the page is written anew
OTHER_ACT = ("newsroom.page.changed", _("mengubah halaman"))
WEIGHT = {name: weight for weight, name in enumerate(PAGE_ACTS)}

for _name, _says in [*PAGE_ACTS.values(), OTHER_ACT]:
    if _says is not None:
        register(_name, may=permissions.may_edit_page, says=_says)

MEDIA_ACTS: dict[tuple[type, str], str] = {}
for _kind, _noun, _sentences in (
    (Picture, "picture", (_("menambah gambar"), _("mengubah gambar"), _("menghapus gambar"))),
    (NewsDocument, "document", (_("menambah dokumen"), _("mengubah dokumen"), _("menghapus dokumen"))),
):
    for _verb, _says in zip(("added", "changed", "deleted"), _sentences, strict=True):
        MEDIA_ACTS[_kind, _verb] = f"newsroom.{_noun}.{_verb}"
        register(MEDIA_ACTS[_kind, _verb], may=permissions.may_keep_media, says=_says)

PAGE_FIELDS = [
    "title",
    "slug",
    "unit",
    "lead",
    "rubric",
    "also_in",
    "place",
    "cover",
    "cover_alt",
    "cover_caption",
    "cover_credit",
    "in_footer",
    "lead_story",
    "go_live_at",
    "expire_at",
    "search_description",
    "desk_notes",
]
MEDIA_FIELDS = ["title", "file", "description", "caption", "credit", "unit_id", "file_size"]


@dataclass(frozen=True)
class Act:
    """One thing that Wagtail announced."""

    name: str
    thing: Any
    values: dict[str, Any]


@dataclass
class Desk:
    """A request at the editor's desk: who, what Wagtail announced meanwhile, and which kind of medium its address changes."""

    actor: Actor
    watched: type | None = None
    watched_pk: int | None = None
    acts: list[Act] = field(default_factory=list)
    before: dict[str, Any] | None = None
    row: Any = None
    newest: int = 0

    def look_before(self) -> None:
        if self.watched is None:
            return
        rows = self.watched._default_manager  # type: ignore[attr-defined]
        self.newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
        if self.watched_pk is not None and (row := rows.filter(pk=self.watched_pk).first()) is not None:
            self.row, self.before = row, _media_values(row)

    def write(self) -> None:
        """Write the one entry of this request, or none when nothing happened."""
        if self.watched is not None:
            self._write_media(self.watched)
        elif self.acts:
            chosen = min(self.acts, key=lambda act: WEIGHT.get(act.name, len(WEIGHT)))
            same = {ref_of(act.thing) for act in self.acts if act.name == chosen.name}
            values = dict(chosen.values)
            if len(same) > 1:
                values["pages"] = sorted(same)
            if others := sorted({PAGE_ACTS.get(a.name, OTHER_ACT)[0] for a in self.acts if a.name != chosen.name}):
                values["also"] = others
            _write(self.actor, chosen, values)

    def _write_media(self, kind: type) -> None:
        rows = kind._default_manager  # type: ignore[attr-defined]
        if self.before is not None:
            now = rows.filter(pk=self.watched_pk).first()
            if now is None:
                self._record_media(kind, "deleted", self.row, {})
            elif changes := _changes(self.before, _media_values(now)):
                self._record_media(kind, "changed", now, changes)
                redraw_later(now)
        for row in rows.filter(pk__gt=self.newest, uploaded_by_user_id=self.actor.user_id).order_by("pk"):
            self._record_media(kind, "added", row, {"file": row.file.name, "unit": row.unit_id})

    def _record_media(self, kind: type, verb: str, row: Any, values: dict[str, Any]) -> None:
        record(actor=self.actor, name=MEDIA_ACTS[kind, verb], thing=row, **values)


_desk: ContextVar[Desk | None] = ContextVar("desk", default=None)


@contextmanager
def at_desk(desk: Desk) -> Iterator[Desk]:
    """Collect what Wagtail announces; the caller writes the entry before its transaction ends."""
    token = _desk.set(desk)
    try:
        desk.look_before()
        yield desk
    finally:
        _desk.reset(token)


def _media_values(row: Any) -> dict[str, Any]:
    values = {name: getattr(row, name, None) for name in MEDIA_FIELDS}
    values["file"] = row.file.name
    values["tags"] = sorted(row.tags.names())
    return values


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    changed = [name for name in after if before.get(name) != after[name]]
    return {f"before.{n}": before.get(n) for n in changed} | {f"after.{n}": after[n] for n in changed}


def page_values(content: dict[str, Any]) -> dict[str, Any]:
    """The fields of a revision that the trail compares; the body and lists below the page by their size and a mark."""
    values = {name: content[name] for name in PAGE_FIELDS if name in content}
    if "body" in content:
        values["body"] = f"{len(str(content['body']))} / {abs(hash_of(content['body'])):08x}"
    for name, key in (("byline_links", "byline"), ("tagged_items", "tag"), ("corrections", "text")):
        if name in content:
            values[name] = [row.get(key) for row in content[name]]
    if any(row.get("text_en") for row in content.get("corrections", ())):
        values["corrections_en"] = [row.get("text_en", "") for row in content["corrections"]]
    return values


def hash_of(value: Any) -> int:
    """A short mark that tells whether a text changed."""
    from zlib import crc32  # reason: only here

    return crc32(str(value).encode())


def _values_of(name: str, instance: Any, data: Any, revision: Revision | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if revision is not None:
        values["revision"] = revision.pk
        if name in ("wagtail.edit", "wagtail.revert"):
            before = instance.revisions.filter(pk__lt=revision.pk).order_by("-pk").values_list("content", flat=True).first()
            values |= _changes(page_values(before or {}), page_values(revision.content))
    data = data or {}
    if name in ("wagtail.move", "wagtail.copy"):
        values["before.parent"] = (data.get("source") or {}).get("title")
        values["after.parent"] = (data.get("destination") or {}).get("title")
    if name == "wagtail.revert":
        values["restored"] = (data.get("revision") or {}).get("id")
    if name not in PAGE_ACTS:
        values["what"] = name
    return values


def _write(actor: Actor, act: Act, values: dict[str, Any]) -> None:
    action_name = PAGE_ACTS.get(act.name, OTHER_ACT)[0]
    record(actor=actor, name=action_name, thing=act.thing, **values)


class TrailRegistry(LogActionRegistry):  # type: ignore[misc]
    """Wagtail's registry of acts, which tells the trail too."""

    def log(self, instance: Any, action: str, user: Any = None, uuid: Any = None, **kwargs: Any) -> Any:
        result = super().log(instance, action, user=user, uuid=uuid, **kwargs)
        if isinstance(instance, Page) and action.startswith(KEPT_FOR_SOME):
            reflect_below(instance)  # the editor has no such switch; whoever sets it otherwise hides the page at once
        if isinstance(instance, Page) and not in_action() and not in_batch():
            self._tell(instance, action, user or get_active_log_context().user, kwargs)
        return result

    def _tell(self, page: Page, action: str, user: Any, kwargs: dict[str, Any]) -> None:
        thing = copy.copy(page.specific)  # a deleted page loses its number
        act = Act(action, thing, _values_of(action, page, kwargs.get("data"), kwargs.get("revision")))
        desk = _desk.get()
        if desk is not None:
            desk.acts.append(act)
        else:
            _write(actor_for(user) if user is not None else SYSTEM, act, act.values)


def install() -> None:
    registry.__class__ = TrailRegistry
