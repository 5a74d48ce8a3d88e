"""The organisation's face is changed by its administrator."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action
from serikat.kernel.access import Actor
from serikat.web.models import Identity
from serikat.web.permissions import may_change_identity


@action(
    "web.identity.changed",
    may=may_change_identity,
    says=_("mengubah nama atau lambang organisasi"),
    on="identity",
    fields=("name", "tagline", "imprint", "hours", "tagline_en", "imprint_en", "hours_en", "english", "mark"),
)
def change_identity(
    *,
    actor: Actor,
    identity: Identity,
    name: str,
    tagline: str = "",
    imprint: str = "",
    hours: str = "",
    tagline_en: str = "",
    imprint_en: str = "",
    hours_en: str = "",
    english: bool = True,
    mark: Any = None,
) -> Identity:
    """Change what every page says of the organisation; what has no English words shows its Indonesian ones there too. `mark` None keeps the mark, False removes it."""
    identity.name, identity.tagline, identity.imprint = name, tagline, imprint
    identity.hours, identity.english = hours, english
    identity.tagline_en, identity.imprint_en, identity.hours_en = tagline_en, imprint_en, hours_en
    if mark is not None:
        identity.mark = mark or ""
    identity.save()
    return identity
