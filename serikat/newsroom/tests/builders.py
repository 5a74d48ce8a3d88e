"""Short ways to a founded site and to articles in every state, for the newsroom's tests and benchmarks."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from serikat.kernel.access import console
from serikat.newsroom.models import (
    Article,
    ArticleBylineLink,
    ArticleIndex,
    Aspect,
    Byline,
    HomePage,
    Picture,
    Rubric,
    StaticPage,
)
from serikat.newsroom.rules.safety import Answer
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.services.site import found_site
from serikat.places.models import Level, Region
from serikat.units.models import Kind, Unit

# The answers of a safety check to which nothing shows that could endanger anybody: for the service, and as the form sends them.
HARMLESS = {aspect: Answer(False) for aspect in Aspect.values}
HARMLESS_SENT = dict.fromkeys(Aspect.values, "no")
START = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)


def a_unit():
    return Unit.objects.get_or_create(
        code="pusat", defaults={"path": "1/", "kind": Kind.NATIONAL, "name": "Perhimpunan Buruh Tali Rasa"}
    )[0]


def a_site():
    return found_site(actor=console(), unit=a_unit(), name="Suara Tali Rasa")


def a_rubric(name="Upah", slug="upah", **fields):
    return Rubric.objects.get_or_create(slug=slug, defaults={"name": name, "in_strip": True, **fields})[0]


def a_byline(name="Ratri Pamungkas", slug="ratri-pamungkas"):
    return Byline.objects.get_or_create(slug=slug, defaults={"name": name, "about": "Menulis tentang upah."})[0]


def a_place(code="32.16", name="Kabupaten Bekasi", above=("32", "Jawa Barat")):
    """A regency and its province, as the reference data has them."""
    province = Region.objects.get_or_create(
        code=above[0], defaults={"level": Level.PROVINCE, "name": above[1], "folded": "", "line": ""}
    )[0]
    rest = {"level": Level.REGENCY, "name": name, "folded": "", "line": "", "parent": province}
    return Region.objects.get_or_create(code=code, defaults=rest)[0]


def image_file(width=1600, height=1000, kind="JPEG", name="foto.jpg", *, noise=False, **options):
    image = Image.effect_noise((width, height), 90).convert("RGB") if noise else Image.new("RGB", (width, height), "#a9190f")
    out = io.BytesIO()
    image.save(out, kind, **options)
    return ContentFile(out.getvalue(), name=name)


def a_picture(file=None, **fields):
    words = {"title": "Gerbang", "description": "Gerbang pabrik", "caption": "Hari keempat", "credit": "Bagas"}
    return Picture.objects.create(file=file or image_file(), unit=a_unit(), **{**words, **fields})


def go_live(page):
    """Publish the latest revision, approved as a batch."""
    with approved_batch(batch="uji"):
        page.get_latest_revision().publish()


def an_article(title="Upah dibayar", *, live=True, body=None, tags=("SMC",), at=None, **fields):
    """An article, published as Wagtail does when `live`. Its texts tell which article they belong to."""
    number = Article.objects.count() + 1
    page = Article(
        title=title,
        lead=fields.pop("lead", f"Teras {title}."),
        unit=a_unit(),
        rubric=fields.pop("rubric", None) or a_rubric(),
        body=body if body is not None else [("paragraph", f"<p>Isi {title}.</p>")],
        live=False,
        first_published_at=at or START + timedelta(hours=number),
        **fields,
    )
    ArticleIndex.objects.get().add_child(instance=page)
    page.byline_links.add(ArticleBylineLink(byline=a_byline()))
    page.tags.add(*tags)
    page.save()
    page.save_revision()
    if live:
        go_live(page)
    return Article.objects.get(pk=page.pk)


def a_standing_page(title="Tentang kami", *, live=True, under=None, **fields):
    page = StaticPage(title=title, unit=a_unit(), body=[("paragraph", f"<p>Isi {title}.</p>")], live=False, **fields)
    (under or HomePage.objects.get()).add_child(instance=page)
    if live:
        page.save_revision()
        go_live(page)
    return StaticPage.objects.get(pk=page.pk)


def follow(client: Any, code: str) -> Any:
    """The page of the editorial request that this code opens."""
    opened = client.post(reverse("newsroom:find_request"), {"code": code})
    assert (opened.status_code, opened["location"]) == (302, reverse("newsroom:follow_request"))
    return client.get(opened["location"])
