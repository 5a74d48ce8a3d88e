"""What the house changes in Wagtail, all in one folder: who may (authority), what goes live (guard), what is written down (trail),
which of its addresses exist (addresses), how a draft looks (preview), how two versions compare (comparing), what two editors in one article are
told (conflicts). `install` puts them in place when the apps are ready.
"""

from __future__ import annotations


def install() -> None:
    from django.db.models import DateTimeField  # reason: Wagtail's models must be loaded
    from wagtail.admin.forms.models import register_form_field_override  # reason: Wagtail's models must be loaded

    from serikat.newsroom.cms import (  # reason: models must be loaded
        authority,
        choosing,
        comparing,
        conflicts,
        guard,
        preview,
        trail,
    )
    from serikat.newsroom.forms import DraftCopyForm, MomentInput  # reason: Wagtail's models must be loaded
    from serikat.newsroom.models.pages import SitePage  # reason: Wagtail's models must be loaded

    authority.install()
    guard.install()
    trail.install()
    comparing.install()
    choosing.install()
    conflicts.install()
    SitePage.base_form_class = conflicts.DeskPageForm
    register_form_field_override(DateTimeField, override={"widget": MomentInput})
    SitePage.copy_form_class = DraftCopyForm
    SitePage.serve_preview = preview.serve_preview
