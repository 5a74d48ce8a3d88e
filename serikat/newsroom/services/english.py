"""The English version of a page: begun at the desk with the original's words, then written, checked and approved like any page."""

from __future__ import annotations

import json

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from serikat.audit.action import action, note
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Missing
from serikat.newsroom import permissions
from serikat.newsroom.models import Article, EnglishVersion, StaticPage


class AlreadyBegun(Conflict):
    message = _("Versi Inggris halaman ini sudah ada.")


@action("newsroom.english.begun", may=permissions.may_edit_page, says=_("memulai versi Inggris sebuah halaman"), on="page")
def begin_english_version(*, actor: Actor, page: Page) -> EnglishVersion:
    """A draft below the page that holds its words as they stand, to be translated in place. One for each article or standing page."""
    if not isinstance(page, Article | StaticPage):
        raise Missing
    fresh = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    if EnglishVersion.objects.child_of(fresh).exists():
        raise AlreadyBegun
    english = EnglishVersion(
        title=fresh.title,
        slug=EnglishVersion.SLUG,
        lead=getattr(fresh, "lead", ""),
        body=json.dumps(list(fresh.body.raw_data)),
        unit=fresh.unit,
        live=False,
        owner_id=actor.user_id,
    )
    fresh.add_child(instance=english)
    english.save_revision(user=get_user_model()._default_manager.filter(pk=actor.user_id or 0).first())
    note(title=fresh.title)
    return english
