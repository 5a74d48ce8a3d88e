"""How a variant begins: the words that a channel can carry, in the language of its readers, free or in a template of its provider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.audit.action import action, inner
from serikat.kernel import generation
from serikat.kernel.access import Actor
from serikat.kernel.errors import Conflict, Refused
from serikat.messaging.adapters import Scheme
from serikat.messaging.models import Channel, ChannelTemplate
from serikat.messaging.rules.templates import filled
from serikat.messaging.selectors.channels import speaks_by_template, templates_of
from serikat.messaging.services.queueing import Empty, check_length
from serikat.messaging.services.templates import NoSuchTemplate, check_template, fill_template
from serikat.newsroom import permissions
from serikat.newsroom.models import Distribution, Variant
from serikat.newsroom.rules import spreading as rules
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.selectors.stories import english_page, story_for
from serikat.newsroom.services.publishing import free_code

State, Kind = Variant.State, Distribution.Kind


class NotLive(Refused):
    message = _("Berita ini belum tayang, atau sudah turun. Yang disebar hanya berita yang tayang.")


class ChangedMeanwhile(Conflict):
    message = _("Varian ini sudah dikirim, atau sudah diputuskan orang lain. Muat ulang halaman.")


class NoEnglish(Refused):
    message = _("Berita ini belum punya versi Inggris yang tayang.")


class InIndonesian(Refused):
    message = _("Kabar di saluran ini ditulis dalam bahasa Indonesia.")


class TooLong(Refused):
    pass


@inner("part of another action")
def draft_variants(*, plan: Distribution, channels: Sequence[Channel], by: int | None, english: Iterable[int] = ()) -> None:
    """One for each channel; `english`: those whose readers are abroad. In the template that the channel last used for such a thing, where it did."""
    abroad, templates = set(english), reads.templates_used(plan.kind, channels)
    for channel in channels:
        variant = Variant(distribution=plan, channel=channel, code=free_code(), english=channel.pk in abroad)
        draft(variant=variant, template=templates.get(channel.pk))
        variant.save()
        if by is not None:
            variant.writers.add(by)


@inner("part of another action")
def draft(*, variant: Variant, template: ChannelTemplate | None) -> None:
    """The words with which an editor begins; not yet written down."""
    story, link = story_for(variant.distribution, english=variant.english)
    link = link or reads.short_address(variant)
    variant.template, variant.values = template, []
    if template is not None:
        variant.values = rules.draft_values(template.text, story, link)
        variant.text, variant.subject = filled(template.text, variant.values), ""
        return
    words = rules.draft(reads.style_of(variant.channel), story, link, reads.longest_of(variant.channel))
    variant.text, variant.subject = words.text, words.subject[:300]


@inner("part of another action")
def locked(*, variant: Variant, states: Sequence[Variant.State]) -> Variant:
    """The row as it is now, nobody else's meanwhile, in one of these states."""
    rows = Variant.objects.select_for_update(of=("self",)).select_related(
        "distribution__article__unit", "channel", "message", "template"
    )
    fresh = rows.filter(pk=variant.pk, state__in=states).first()
    if fresh is None:
        raise ChangedMeanwhile
    return fresh


@inner("part of another action")
def locked_to_change(*, variant: Variant) -> Variant:
    """Until it goes out; and what could not go out to anybody."""
    fresh = locked(variant=variant, states=(*reads.CHANGEABLE, State.FAILED))
    if fresh.state == State.FAILED and not reads.reached_nobody(fresh):
        raise ChangedMeanwhile
    if fresh.distribution.kind == Kind.NEWS and not reads.is_live(fresh.distribution.article_id):
        raise NotLive
    return fresh


@inner("reads only")
def worded(*, variant: Variant, text: str, values: Sequence[str] = ()) -> tuple[str, list[str]]:
    """What would arrive, and the values of its template; refused where the channel cannot carry it."""
    given: list[str] = []
    if variant.template is not None:
        text, given = fill_template(channel=variant.channel, template=variant.template, values=values)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Empty(field="text")
    fits_channel(variant=variant, text=text)
    return text, given


@inner("reads only")
def fits_channel(*, variant: Variant, text: str) -> None:
    style, found = reads.style_of(variant.channel), reads.taken_by(variant, text)
    if style is rules.Style.SMS:
        check_length(channel=variant.channel, text=reads.as_sent(variant, text))
    elif not found.fits:
        words = _("Terlalu panjang untuk saluran ini: %(used)d dari %(most)d.") % {"used": found.used, "most": found.most}
        raise TooLong(words, field="text")


@inner("reads only")
def can_go(*, variants: Iterable[Variant]) -> None:
    """Before somebody is asked, before the yes, and before it goes: each fits its channel, and its template is in use and says what was read."""
    for variant in variants:
        fits_channel(variant=variant, text=variant.text)
        if variant.template is None:
            continue
        try:
            if not all(variant.values):
                fill_template(channel=variant.channel, template=variant.template, values=variant.values)
            check_template(template=variant.template, text=variant.text, values=variant.values)
        except Refused as refused:
            if refused.field and refused.field.startswith("value"):
                raise Refused(_("%(channel)s: isian templatnya belum lengkap.") % {"channel": variant.channel}) from None
            raise Refused(f"{variant.channel}: {refused}", field=refused.field) from None


@action(
    "newsroom.variant.templated",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "memilih templat varian penyebaran"),
    on="variant",
    fields=("state", "text", "template"),
)
def choose_template(*, actor: Actor, variant: Variant, template: ChannelTemplate | None) -> None:
    """Drafted anew in a text that the provider approved, or in free words."""
    fresh = locked_to_change(variant=variant)
    may_choose = templates_of(fresh.channel) if speaks_by_template(fresh.channel) else ChannelTemplate.objects.none()
    if template is not None and not may_choose.filter(pk=template.pk).exists():
        raise NoSuchTemplate(field="template")
    draft(variant=fresh, template=template)
    keep_changed(actor=actor, variant=fresh)
    variant.refresh_from_db()


@action(
    "newsroom.variant.translated",
    may=permissions.may_distribute,
    says=pgettext_lazy("an action", "menyusun varian penyebaran dalam bahasa lain"),
    on="variant",
    fields=("state", "text", "english"),
)
def translate_variant(*, actor: Actor, variant: Variant, english: bool) -> None:
    """Drafted anew in the other language, on a wall whose readers are abroad; its link leads to the page in that language."""
    fresh = locked(variant=variant, states=reads.CHANGEABLE)
    plan = fresh.distribution
    if plan.kind != Kind.NEWS or fresh.channel.scheme != Scheme.WALL:
        raise InIndonesian
    if not reads.is_live(plan.article_id):
        raise NotLive
    if english and english_page(plan.article) is None:
        raise NoEnglish
    fresh.english = english
    draft(variant=fresh, template=None)
    keep_changed(actor=actor, variant=fresh)
    generation.bump_on_commit()  # its short link is kept in front of everybody
    variant.refresh_from_db()


@inner("part of another action")
def keep_changed(*, actor: Actor, variant: Variant) -> None:
    """A draft again, by this hand too: whatever was approved waits for approval anew."""
    if variant.state == State.FAILED:
        variant.sent_at = None  # it never went
    variant.state, variant.problem = State.DRAFT, ""
    variant.approved_by, variant.approved_at = None, None
    variant.save()
    if actor.user_id is not None:
        variant.writers.add(actor.user_id)
