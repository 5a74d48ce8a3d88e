"""The public list of what was put right: corrections enter it when the article that carries them goes live."""

from __future__ import annotations

from typing import Any

from serikat.audit.action import inner
from serikat.newsroom.models import Article, Correction, Distribution, EditorialRequest, Redress, Variant


@inner("part of another action")
def list_corrections(*, article: Article) -> None:
    """Write the corrections that an article shows into the public list; one that it shows no more leaves it."""
    shown: dict[Any, Correction] = {c.at: c for c in article.corrections.all()}
    listed = Redress.objects.filter(article_id=article.pk, kind=Redress.Kind.CORRECTION)
    listed.exclude(at__in=list(shown)).delete()
    asked = {
        r.correction_at: r for r in EditorialRequest.objects.filter(article_id=article.pk, correction_at__in=list(shown))
    }
    for at, one in shown.items():
        request = asked.get(at)
        words = {"title": article.title, "words": one.text, "words_en": one.text_en}
        words |= {"label": request.label if request else "", "request": request}
        Redress.objects.update_or_create(article_id=article.pk, kind=Redress.Kind.CORRECTION, at=at, defaults=words)


@inner("reads only")
def moments_shown(*, article_id: int) -> list[str]:
    """When each correction was made that stands in the public list about an article."""
    listed = Redress.objects.filter(article_id=article_id, kind=Redress.Kind.CORRECTION)
    return [at.isoformat() for at in listed.values_list("at", flat=True)]


@inner("reads only")
def corrected_since(*, variant: Variant) -> bool:
    """Whether news was approved without knowing of a correction that its article shows."""
    plan = variant.distribution
    if plan.kind != Distribution.Kind.NEWS:
        return False
    return not set(moments_shown(article_id=plan.article_id)) <= set(variant.known)
