"""Rubrics and bylines: made and changed, never deleted while articles stand on them; what tags are called in English."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.newsroom import permissions
from serikat.newsroom.models import Byline, EnglishTag, Rubric
from serikat.newsroom.services.publishing import reflect_list
from serikat.people.selectors import user_named

notes_say(tag=_("tag"), name_en=_("nama dalam bahasa Inggris"))


class AddressTaken(Refused):
    message = _("Alamat ini sudah dipakai.")


class NameTaken(Refused):
    message = _("Nama ini sudah dipakai.")


class UnknownAccount(Refused):
    message = _("Tidak ada akun dengan nama pengguna ini.")


RUBRIC_FIELDS = ("name", "slug", "about", "name_en", "about_en", "position", "in_strip")
BYLINE_FIELDS = ("name", "slug", "about")


def _check_free(kind: type[Any], row: Any, values: dict[str, Any], *, unique_name: bool) -> None:
    others = kind._default_manager.exclude(pk=row.pk)
    if others.filter(slug=values["slug"]).exists():
        raise AddressTaken(field="slug")
    if unique_name and others.filter(name__iexact=values["name"]).exists():
        raise NameTaken(field="name")


def _tie(byline: Byline, username: str) -> None:
    """Tie a name to whose it is, once: what they may ask of their data reaches it from then on."""
    if not username or byline.subject is not None:
        return
    user = user_named(username)
    if user is None:
        raise UnknownAccount(field="account")
    byline.subject = user.subject


def _fill(row: Any, fields: tuple[str, ...], values: dict[str, Any]) -> None:
    for name in fields:
        setattr(row, name, values[name])
    row.save()


@action(
    "newsroom.rubric.added", may=permissions.may_keep_rubric, says=_("menambah rubrik"), makes=True, fields=RUBRIC_FIELDS
)
def add_rubric(*, actor: Actor, values: dict[str, Any]) -> Rubric:
    """Make a rubric; `values` holds what `RUBRIC_FIELDS` names."""
    rubric = Rubric()
    _check_free(Rubric, rubric, values, unique_name=True)
    _fill(rubric, RUBRIC_FIELDS, values)
    return rubric


@action(
    "newsroom.rubric.changed", may=permissions.may_keep_rubric, says=_("mengubah rubrik"), on="rubric", fields=RUBRIC_FIELDS
)
def change_rubric(*, actor: Actor, rubric: Rubric, values: dict[str, Any]) -> Rubric:
    _check_free(Rubric, rubric, values, unique_name=True)
    _fill(rubric, RUBRIC_FIELDS, values)
    return rubric


@action(
    "newsroom.tag.named",
    may=permissions.may_name_tag,
    says=_("menamai tag dalam bahasa Inggris"),
    on="tag",
)
def name_tag(*, actor: Actor, tag: Tag, name: str) -> None:
    """What it is called on English pages; nothing lets its Indonesian name show there again."""
    name = " ".join(name.split())[:60]
    if name:
        EnglishTag.objects.update_or_create(tag=tag, defaults={"name": name})
    else:
        EnglishTag.objects.filter(tag=tag).delete()
    note(tag=tag.name, name_en=name)


@action(
    "newsroom.byline.added", may=permissions.may_keep_byline, says=_("menambah penulis"), makes=True, fields=BYLINE_FIELDS
)
def add_byline(*, actor: Actor, values: dict[str, Any]) -> Byline:
    """Make a name to write under; two people may share a name, not an address."""
    byline = Byline()
    _check_free(Byline, byline, values, unique_name=False)
    _tie(byline, values.get("account", ""))
    _fill(byline, BYLINE_FIELDS, values)
    return byline


@action(
    "newsroom.byline.changed", may=permissions.may_keep_byline, says=_("mengubah penulis"), on="byline", fields=BYLINE_FIELDS
)
def change_byline(*, actor: Actor, byline: Byline, values: dict[str, Any]) -> Byline:
    """Change it; every live article that carries it is drawn anew."""
    _check_free(Byline, byline, values, unique_name=False)
    _tie(byline, values.get("account", ""))
    _fill(byline, BYLINE_FIELDS, values)
    reflect_list(f"byline:{byline.pk}")
    return byline
