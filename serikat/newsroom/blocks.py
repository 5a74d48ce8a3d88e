"""What a body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript", "strikethrough", "code"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Judul bagian"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Tingkat"), choices=[("2", _("Bagian")), ("3", _("Subbagian")), ("4", _("Subsubbagian"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Judul bagian")
        template = "newsroom/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Gambar"))
    alt = blocks.CharBlock(
        label=_("Teks pengganti"),
        required=False,
        max_length=300,
        help_text=_("Apa yang terlihat, bagi yang tidak dapat melihatnya."),
    )
    caption = blocks.CharBlock(label=_("Keterangan"), required=False, max_length=400)
    credit = blocks.CharBlock(label=_("Kredit"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Gambar")
        template = "newsroom/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Kutipan"), features=["bold", "italic", "link"])
    cite = blocks.CharBlock(label=_("Siapa"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Kutipan")
        template = "newsroom/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Jenis"),
        choices=[("note", _("Catatan")), ("law", _("Aturan")), ("warning", _("Peringatan"))],
        default="note",
    )
    title = blocks.CharBlock(label=_("Judul"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Isi"), features=INLINE)

    class Meta:
        icon = "info-circle"
        label = _("Kotak penjelasan")
        template = "newsroom/blocks/callout.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Dokumen"))
    title = blocks.CharBlock(label=_("Judul"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Dokumen")
        template = "newsroom/blocks/document.html"


class EmbedBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Alamat"), max_length=500)
    title = blocks.CharBlock(label=_("Judul"), required=False, max_length=200)

    class Meta:
        icon = "media"
        label = _("Video atau isi dari situs lain")
        template = "newsroom/blocks/embed.html"


class TableBlock(blocks.StructBlock):
    """A table as rows of plain text cells."""

    caption = blocks.CharBlock(label=_("Judul tabel"), required=False, max_length=200)
    header = blocks.BooleanBlock(label=_("Baris pertama adalah kepala"), required=False, default=True)
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock(required=False, max_length=1000)), label=_("Baris"))

    class Meta:
        icon = "table"
        label = _("Tabel")
        template = "newsroom/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(
        label=_("Paragraf"), features=INLINE, icon="pilcrow", template="newsroom/blocks/paragraph.html"
    )
    heading = HeadingBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    document = DocumentBlock()
    embed = EmbedBlock()
    table = TableBlock()
    preformatted = blocks.TextBlock(label=_("Teks apa adanya"), icon="code", template="newsroom/blocks/preformatted.html")
