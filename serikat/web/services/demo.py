"""Loads the demo organisation into an empty database: units, mandates, twenty articles alive around today, some people."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.models import Page
from wagtail.signals import page_published

from serikat.accounts.models import User
from serikat.accounts.services.accounts import create_account
from serikat.audit.action import action, inner
from serikat.helpdesk.rules.access_codes import grouped
from serikat.kernel.access import SYSTEM, Actor, Role
from serikat.newsroom.models import (
    Article,
    ArticleBylineLink,
    ArticleIndex,
    Byline,
    Correction,
    EnglishTag,
    EnglishVersion,
    Picture,
    Rubric,
    StaticPage,
)
from serikat.newsroom.models.pages import HomePage
from serikat.newsroom.services.approval import approved_batch, publishing
from serikat.places.models import Country, Region
from serikat.units.models import Unit
from serikat.units.services.mandates import appoint_user, draft_decree, sign_decree
from serikat.units.services.tree import found_unit
from serikat.web.demo import cukil, organisation, reading, reports
from serikat.web.permissions import may_found_organisation
from serikat.web.services.demo_adverts import load_adverts
from serikat.web.services.demo_calls import load_calls
from serikat.web.services.demo_channels import load_channels
from serikat.web.services.demo_clearing import MARK
from serikat.web.services.demo_clips import load_clips
from serikat.web.services.demo_consultations import load_consultations
from serikat.web.services.demo_conversations import load_conversations
from serikat.web.services.demo_outreach import load_outreach
from serikat.web.services.demo_people import load_people
from serikat.web.services.demo_posts import load_posts
from serikat.web.services.demo_reports import load_reports
from serikat.web.services.demo_requests import load_requests
from serikat.web.services.demo_spreading import load_distributions
from serikat.web.services.founding import Administrator, found_organisation
from serikat.web.services.identity import change_identity


@action("web.demo.loaded", may=may_found_organisation, says=_("memuat organisasi peragaan"))
def load_demo(*, actor: Actor) -> None:
    """All of it or nothing. Refused where an organisation stands."""
    first = organisation.USERS[0]
    founded = found_organisation(
        actor=actor,
        name=organisation.NAME,
        tagline=organisation.TAGLINE,
        administrator=Administrator(first.name, first.username, organisation.PASSWORD),
    )
    change_identity(
        actor=actor,
        identity=founded.identity,
        name=organisation.NAME,
        tagline=organisation.TAGLINE,
        imprint=organisation.IMPRINT,
        hours=organisation.HOURS,
        tagline_en=organisation.TAGLINE_EN,
        imprint_en=organisation.IMPRINT_EN,
        hours_en=organisation.HOURS_EN,
    )
    units = _units(actor, founded.root)
    _users(actor, units, password=founded.administrator.password)
    rubrics = _rubrics()
    index, home = ArticleIndex.objects.get(), HomePage.objects.get()
    with approved_batch(actor=SYSTEM, batch="demo"):
        for article in reading.articles():
            _write(article, index=index, units=units, rubrics=rubrics)
        _standing(home, founded.root)
        _translated()
    for tag in Tag.objects.filter(name__in=organisation.TAGS_EN):
        EnglishTag.objects.create(tag=tag, name=organisation.TAGS_EN[tag.name])
    load_people(actor=actor, units=units)
    load_posts(actor=actor, unit=units["basis-rajut"])
    load_requests()
    load_clips(unit=units["basis-rajut"])
    load_adverts(actor=actor)
    channels = load_channels(unit=units["pusat"])
    load_outreach(unit=units["pusat"], channels=channels)
    load_distributions(channels=channels)
    load_conversations(actor=actor, unit=units["pusat"], channels=channels)
    load_reports(actor=actor)
    load_calls(unit=units["pusat"])
    load_consultations(actor=actor, unit=founded.root)


def _units(actor: Actor, root: Unit) -> dict[str, Unit]:
    units = {"pusat": root}
    for code, parent, kind, name, region in organisation.UNITS:
        units[code] = found_unit(
            actor=actor,
            parent=units[parent],
            name=name,
            kind=kind,
            code=code,
            region=Region.objects.filter(code=region).first() if region else None,
            country=Country.objects.filter(code="HK").first() if code == "hongkong" else None,
        )
    return units


def _users(actor: Actor, units: dict[str, Unit], *, password: str) -> None:
    """Every account of the demo has the same password, already hashed once for the first."""
    today = timezone.localdate()
    decree = draft_decree(
        actor=actor, unit=units["pusat"], number="2/PBM/2026", about="Susunan pengurus dan pelaksana", decided_on=today
    )
    sign_decree(actor=actor, decree=decree)
    for seed in organisation.USERS:
        user = User.objects.filter(username=seed.username).first()
        if user is None:
            user = create_account(actor=actor, name=seed.name, username=seed.username, with_link=False)
            user.password = password
            user.save(update_fields=["password"])
        for role, unit in seed.mandates:
            if role is not Role.ADMINISTRATOR:
                appoint_user(
                    actor=actor,
                    unit=units[unit],
                    user=user,
                    role=role,
                    decree=decree,
                    starts_on=today - timedelta(days=60),
                    ends_on=today + timedelta(days=900),
                )


def _rubrics() -> dict[str, Rubric]:
    return {
        slug: Rubric.objects.create(slug=slug, name=name, name_en=english, position=place * 10, in_strip=True)
        for place, (slug, name, english) in enumerate(organisation.RUBRICS, start=1)
    }


def _byline(name: str) -> Byline:
    return Byline.objects.get_or_create(slug=slugify(name), defaults={"name": name, "external_key": MARK + slugify(name)})[0]


def _picture(article: reading.DemoArticle, unit: Unit) -> Picture | None:
    if not article.cover:
        return None
    picture: Picture = Picture.objects.create(
        title=article.alt[:255] or article.title,
        description=article.alt[:255],
        credit=article.credit,
        unit=unit,
        source_key=MARK + article.name,
        file=ImageFile(BytesIO(cukil.draw(article.cover)), name=f"{article.name}.jpg"),
    )
    return picture


def _write(article: reading.DemoArticle, *, index: ArticleIndex, units: dict[str, Unit], rubrics: dict[str, Rubric]) -> None:
    unit = units[article.unit]
    page = Article(
        title=article.title,
        slug=article.name,
        lead=article.lead,
        body=article.body,
        unit=unit,
        rubric=rubrics[article.rubric],
        place=Region.objects.filter(code=article.place).first() if article.place else None,
        cover=_picture(article, unit),
        cover_alt=article.alt,
        cover_credit=article.credit,
        source_key=MARK + article.name,
        live=False,
    )
    for place, name in enumerate(article.bylines):
        page.byline_links.add(ArticleBylineLink(byline=_byline(name), sort_order=place))
    page.tags.add(*article.tags)
    when = _when(article)
    if article.correction:
        page.corrections.add(Correction(at=when + timedelta(hours=3), text=article.correction))
    index.add_child(instance=page)
    _put_live(page, when)


def _when(article: reading.DemoArticle) -> datetime:
    """So many days ago at that hour; never later than now."""
    then = timezone.localtime().replace(hour=article.hour, minute=12, second=0, microsecond=0) - timedelta(days=article.days)
    return min(then, timezone.now() - timedelta(minutes=5))


def _put_live(page: Any, when: datetime) -> None:
    revision = page.save_revision(log_action=False)
    page.live, page.live_revision, page.has_unpublished_changes = True, revision, False
    page.first_published_at = page.last_published_at = when
    with publishing(revision=revision):
        page.save(clean=False)
    page_published.send(sender=type(page), instance=page, revision=revision)


ABOUT = (
    "<p>Perserikatan Buruh Muara adalah organisasi karangan yang menunjukkan apa yang dapat dilakukan perangkat lunak ini: berita yang ditulis "
    "pekerja, unit sampai ke desa, dan jejak dari setiap keputusan.</p><p>Semua nama, perusahaan, dan peristiwa di sini rekaan.</p>"
)
GUIDE = (
    "<p>Setiap berita diperiksa orang kedua sebelum terbit. Yang keliru dikoreksi di halaman yang sama, dengan tanggal dan jam.</p>"
    "<p>Nama samaran dipakai bila nama asli dapat membahayakan. Wajah tidak ditampilkan tanpa izin.</p>"
)


def _standing(home: HomePage, unit: Unit) -> None:
    for slug, title, html in (
        ("tentang-kami", "Tentang kami", ABOUT),
        ("pedoman-berita", "Pedoman berita dan koreksi", GUIDE),
    ):
        page = StaticPage(
            title=title, slug=slug, unit=unit, in_footer=True, live=False, body=[{"type": "paragraph", "value": html}]
        )
        home.add_child(instance=page)
        _put_live(page, timezone.now() - timedelta(days=40))


def _translated() -> None:
    """A few pages in English, published an hour after their originals."""
    for text in reading.english():
        original = Page.objects.get(slug=text.name, depth__gt=2).specific
        page = EnglishVersion(
            title=text.title, slug=EnglishVersion.SLUG, lead=text.lead, body=text.body, unit=original.unit, live=False
        )
        original.add_child(instance=page)
        _put_live(page, original.first_published_at + timedelta(hours=1))


@inner("reads only")
def demo_accounts() -> str:
    """What `./run` prints: who can sign in, and with what."""
    lines = [
        f"  {seed.username:<12}{', '.join(str(role.label) for role, _unit in seed.mandates)}" for seed in organisation.USERS
    ]
    return "\n".join(
        [
            "Demo accounts (the data is invented; the second factor is off):",
            *lines,
            f"  password of all: {organisation.PASSWORD}",
            f"  access code for /kode/: {grouped(reports.CODE)}, its second secret: {reports.SECRET}",
        ]
    )
