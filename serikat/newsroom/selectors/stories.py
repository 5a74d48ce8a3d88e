"""What the drafts for the channels are made of, in the language of their readers: the news, what puts it right, what takes it back.

A correction is written in Indonesian, and in English too where the article has readers in English. Where nobody wrote it for them its frame is
English, and it says in which language the words are.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from serikat.newsroom.models import Article, Distribution, EnglishVersion, LivePage, Redress, Variant
from serikat.newsroom.rules.spreading import Story
from serikat.newsroom.selectors.english import ENGLISH, INDONESIAN, english_tags
from serikat.newsroom.selectors.public import english_of
from serikat.ui.language import path_in

Kind = Distribution.Kind
GONE = "turun"  # a withdrawal without a row in the public list


def redress_address(language: str = INDONESIAN) -> str:
    """Where everybody reads what was put right."""
    return settings.SITE_ADDRESS + path_in(language, reverse("newsroom:redress_list"))


def put_right(article: Article, kind: str) -> list[Redress]:
    return list(Redress.objects.filter(article=article, kind=kind).order_by("at"))


def story_for(plan: Distribution, *, english: bool) -> tuple[Story, str]:
    """What a plan tells in this language, and where its link leads when that is not the article."""
    article, language = plan.article, ENGLISH if english else INDONESIAN
    if plan.kind == Kind.NEWS:
        return _news(article, english=english), ""
    row = next((one for one in put_right(article, plan.kind) if one.at.isoformat() == plan.about), None)
    with override(language):
        if plan.kind == Kind.CORRECTION:
            return _correction(article, row, english=english), ""
        return _withdrawal(article, row, english=english), redress_address(language)


def english_page(article: Article) -> LivePage | None:
    """The article's English version as it is live."""
    shown = LivePage.objects.filter(pk=article.pk).first()
    return english_of(shown) if shown is not None else None


def read_in_english(article: Article) -> bool:
    """Whether somebody reads it in English: it has an English version, or a channel carries it in English."""
    if EnglishVersion.objects.child_of(article).exists():
        return True
    return Variant.objects.filter(distribution__article=article, english=True).exists()


def untranslated(article: Article) -> set[str]:
    """Which of its corrections nobody has written in English, by their moments."""
    rows = Redress.objects.filter(article=article, kind=Redress.Kind.CORRECTION, words_en="")
    return {at.isoformat() for at in rows.values_list("at", flat=True)}


def _news(article: Article, *, english: bool) -> Story:
    """In English: tags only where they have an English name."""
    page, place = english_page(article) if english else None, article.place.name if article.place else ""
    if page is None:
        return Story(article.title, article.lead, place, sorted(tag.name for tag in article.tags.all()))
    names = english_tags()
    tags = sorted(names[tag.slug] for tag in article.tags.all() if tag.slug in names)
    return Story(page.title, str(page.head.get("lead", "")), place, tags)


def _correction(article: Article, row: Redress | None, *, english: bool) -> Story:
    translated = row.words_en if row and english else ""
    mark = _("Koreksi (dalam bahasa Indonesia)") if english and not translated else _("Koreksi")
    lead = _("Tentang berita “%s”.") % _title(article, article.title, english=english)
    return Story(translated or (row.words if row else article.title), lead=lead, mark=mark)


def _withdrawal(article: Article, row: Redress | None, *, english: bool) -> Story:
    """Withdrawn without its title, the title is not said again."""
    named = _title(article, row.title if row else article.title, english=english)
    title = _("berita “%s” kami cabut") % named if named else _("satu berita yang kami sebar di sini sudah kami cabut")
    ground = f"{row.get_ground_display()}. " if row and row.ground and named else ""
    lead = ground[:1].upper() + ground[1:] + _("Mohon tidak menyebarkannya lagi.")
    return Story(title, lead=lead, mark=_("Pencabutan"))


def _title(article: Article, told: str, *, english: bool) -> str:
    """By what name its readers knew it, where it may be named at all."""
    page = EnglishVersion.objects.child_of(article).first() if english and told else None
    return page.title if page is not None else told
