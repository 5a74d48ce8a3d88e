"""The site's pages. These classes hold shape and routing only; decisions stand in rules and services."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from serikat.newsroom.blocks import BodyBlock
from serikat.newsroom.models.bylines import Byline
from serikat.newsroom.panels import NotesPanel
from serikat.newsroom.rules.publishing import is_reserved

TOP_DEPTH = 3  # of a page right below the front page, in Wagtail's tree


class SitePage(Page):
    """What all pages share: each names its unit, wherever it stands in the page tree."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    desk_notes = models.TextField(
        _("catatan redaksi"), blank=True, help_text=_("Sumber dan verifikasi. Tidak pernah tampil di situs.")
    )

    promote_panels: list[Any] = [FieldPanel("slug"), FieldPanel("search_description")]

    class Meta:
        abstract = True


class HomePage(SitePage):
    """The front page. Its stories come from the listings; the editor may pin the lead story."""

    lead_story = models.ForeignKey(
        "newsroom.Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berita utama"),
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["newsroom.ArticleIndex", "newsroom.StaticPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead_story"), FieldPanel("unit")]

    class Meta:
        verbose_name = _("beranda")


class ArticleIndex(SitePage):
    """All articles stand below it; its own page lists the newest."""

    max_count = 1
    parent_page_types = ["newsroom.HomePage"]
    subpage_types = ["newsroom.Article"]
    promote_panels: list[Any] = []  # its address is the house's: /berita/
    content_panels = [FieldPanel("title", classname="title"), FieldPanel("unit")]  # a title that fills in no address

    class Meta:
        verbose_name = _("daftar berita")


class StaticPage(SitePage):
    """A standing page: about us, guidelines."""

    body = StreamField(BodyBlock(), verbose_name=_("isi"), blank=True)
    in_footer = models.BooleanField(_("tampil di kaki halaman"), default=False)

    parent_page_types = ["newsroom.HomePage", "newsroom.StaticPage"]
    subpage_types = ["newsroom.StaticPage", "newsroom.EnglishVersion"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("body"),
        FieldPanel("in_footer"),
        FieldPanel("unit"),
        FieldPanel("desk_notes"),
    ]

    class Meta:
        verbose_name = _("halaman tetap")

    def clean(self) -> None:
        """Shape of the address: at the top it may not be one of the house's own."""
        super().clean()
        if self.slug and self.depth in (None, TOP_DEPTH) and is_reserved(self.slug):
            raise ValidationError({"slug": _("Alamat ini sudah dipakai bagian lain situs. Pilih alamat lain.")})


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("newsroom.Article", on_delete=models.CASCADE, related_name="tagged_items")


class Article(SitePage):
    """A piece of news."""

    lead = models.TextField(
        _("teras"), max_length=600, blank=True, help_text=_("Satu atau dua kalimat yang berdiri sendiri.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("isi"), blank=True)
    rubric = models.ForeignKey(
        "newsroom.Rubric", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubrik")
    )
    also_in: Any = ParentalManyToManyField("newsroom.Rubric", blank=True, related_name="+", verbose_name=_("juga di rubrik"))
    tags: Any = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tag"))
    place = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tempat")
    )
    cover = models.ForeignKey(
        "newsroom.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gambar sampul"),
    )
    cover_alt = models.CharField(_("teks pengganti"), max_length=300, blank=True)
    cover_caption = models.CharField(_("keterangan"), max_length=400, blank=True)
    cover_credit = models.CharField(_("kredit"), max_length=120, blank=True)
    # Set by services, never by hand:
    shown_at = models.DateTimeField(
        null=True, editable=False, db_index=True, help_text="When it first went live; null while it is not."
    )
    minutes = models.PositiveSmallIntegerField(default=1, editable=False, help_text="Reading time.")
    source_key = models.CharField(
        max_length=255, blank=True, db_index=True, editable=False, help_text="Identity in an imported archive."
    )
    source_hash = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What was imported, to see whether it changed."
    )
    import_notes = models.TextField(blank=True, editable=False, help_text="What an import did not understand, literally.")

    parent_page_types = ["newsroom.ArticleIndex"]
    subpage_types = ["newsroom.EnglishVersion"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("cover"),
                FieldPanel("cover_alt", help_text=_("Kosong: yang tertulis pada gambarnya.")),
                FieldPanel("cover_caption"),
                FieldPanel("cover_credit"),
            ],
            heading=_("Sampul"),
        ),
        FieldPanel("body"),
        InlinePanel("byline_links", heading=_("Penulis"), label=_("Penulis")),
        MultiFieldPanel(
            [
                FieldPanel("rubric"),
                FieldPanel("also_in"),
                FieldPanel("tags"),
                FieldPanel("place"),
                FieldPanel("unit"),
            ],
            heading=_("Tempatnya"),
        ),
        InlinePanel("corrections", heading=_("Koreksi"), label=_("Koreksi")),
        FieldPanel("desk_notes"),
        NotesPanel(
            "import_notes",
            read_only=True,
            heading=_("Catatan pemindahan"),
            help_text=_("Yang tidak dipahami saat tulisan ini dipindahkan, kata demi kata. Tidak pernah tampil di situs."),
        ),
    ]

    class Meta:
        verbose_name = _("berita")


class EnglishVersion(SitePage):
    """What an article or a standing page says in English: the page below it. Only words stand here; picture, authors, tags, place and rubric are
    the original's. Begun by `services/english.py`, shown while the original is live, at the original's address under /en/."""

    SLUG = "en"

    lead = models.TextField(_("teras"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("isi"), blank=True)
    cover_alt = models.CharField(_("teks pengganti sampul"), max_length=300, blank=True)
    cover_caption = models.CharField(_("keterangan sampul"), max_length=400, blank=True)

    is_creatable = False  # the desk begins it with the original's words
    parent_page_types = ["newsroom.Article", "newsroom.StaticPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    promote_panels: list[Any] = [FieldPanel("search_description")]
    content_panels = [
        FieldPanel("title", classname="title"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("cover_alt"), FieldPanel("cover_caption")], heading=_("Sampul")),
        FieldPanel("body"),
        FieldPanel("unit"),
        FieldPanel("desk_notes"),
    ]

    class Meta:
        verbose_name = _("versi Inggris")

    def get_admin_display_title(self) -> str:
        return f"{super().get_admin_display_title()} [EN]"


class ArticleBylineLink(Orderable):
    """An article's authors, in order."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="byline_links")
    byline = models.ForeignKey(Byline, on_delete=models.PROTECT, related_name="+", verbose_name=_("penulis"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "byline"], name="one_byline_once")]


class Correction(Orderable):
    """What was wrong and what is right, shown on the page."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(_("kapan"), default=timezone.now)
    text = models.TextField(_("koreksi"), max_length=600)
    text_en = models.TextField(
        _("koreksi dalam bahasa Inggris"),
        max_length=600,
        blank=True,
        help_text=_(
            "Untuk pembaca versi Inggris dan saluran berbahasa Inggris. Kosong: mereka membaca yang berbahasa Indonesia."
        ),
    )

    panels = [FieldPanel("at"), FieldPanel("text"), FieldPanel("text_en")]
