"""The newsroom's part in a person's data: what stands under their name, what they wrote at the desk, and its forgetting."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from wagtail.models import Page, Revision

from serikat.kernel.forgetting import Forgetting, Holder, register_holder
from serikat.newsroom.models import Article, Byline, Clip, LivePage, Post, Submission
from serikat.newsroom.services.forgetting import OWN_TABLES, forget_in_newsroom


def register() -> None:
    register_holder(Holder(name="newsroom", copy=_copy, erase=_erase, needles=_needles, own_tables=OWN_TABLES))


def _erase(forgetting: Forgetting) -> int:
    return forget_in_newsroom(forgetting=forgetting)


def _needles(subjects: frozenset[uuid.UUID]) -> set[str]:
    """The names under which they write: they are no more secret than an alias, and go with it."""
    names = set(Byline.objects.filter(subject__in=subjects).values_list("name", flat=True))
    signed = Post.objects.filter(writer__subject__in=subjects).exclude(named_as=Post.NamedAs.NOBODY)
    return names | set(signed.values_list("name", flat=True))


def _copy(subjects: frozenset[uuid.UUID]) -> Mapping[str, Any]:
    bylines = Byline.objects.filter(subject__in=subjects).order_by("pk")
    return {
        "nama penulis": [
            {
                "nama": b.name,
                "alamat": f"{settings.SITE_ADDRESS}/penulis/{b.slug}/",
                "tentang": b.about,
                "tulisan": _written(b),
            }
            for b in bylines
        ],
        "tulisan di Ruang Buruh": [
            {
                "judul": post.title,
                "isi": post.text,
                "nama": post.name,
                "dikirim": post.sent_at.isoformat(),
                "keadaan": post.state,
            }
            for post in Post.objects.filter(writer__subject__in=subjects).order_by("pk")
        ],
        "naskah yang dibuat": [
            {"judul": page.draft_title or page.title, "terakhir": _day(page.latest_revision_created_at), "tayang": page.live}
            for page in Page.objects.filter(owner__subject__in=subjects).order_by("pk")
        ],
        "klip yang diunggah": [
            {"judul": clip.title, "pada": clip.uploaded_at.isoformat(), "tayang": hasattr(clip, "shown")}
            for clip in Clip.objects.filter(uploaded_by__subject__in=subjects).select_related("shown").order_by("pk")
        ],
        "penyuntingan": [
            {"judul": revision.object_str, "pada": revision.created_at.isoformat()}
            for revision in Revision.objects.filter(user__subject__in=subjects).order_by("pk")
        ],
        "pesan bagi pemeriksa": [
            {"pada": s.at.isoformat(), "isi": s.note}
            for s in Submission.objects.filter(by__subject__in=subjects).order_by("pk")
        ],
        "jawaban pemeriksa": [
            {"pada": _day(s.answered_at), "isi": s.answer}
            for s in Submission.objects.filter(answered_by__subject__in=subjects).order_by("pk")
        ],
    }


def _written(byline: Byline) -> list[dict[str, Any]]:
    """Articles under this name: where the public finds them, or that they wait."""
    articles = Article.objects.filter(byline_links__byline=byline).order_by("pk")
    paths = dict(LivePage.objects.filter(pk__in=articles.values("pk")).values_list("pk", "path"))
    return [
        {
            "judul": article.title,
            "tayang": _day(article.shown_at),
            "alamat": settings.SITE_ADDRESS + paths[article.pk] if article.pk in paths else None,
        }
        for article in articles
    ]


def _day(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
