"""An editor pastes from Word, from a document of Google's and from WhatsApp; a worker from WhatsApp: what is kept is what was said."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from serikat.newsroom.models import Post
from tests.journeys.browser import save_in_editor
from tests.journeys.test_cms_words import editors, sign_in  # noqa: F401 fixtures
from tests.journeys.test_newsroom import add_part
from tests.journeys.test_ruang_buruh import house, writing  # noqa: F401 fixtures

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-unhide:no; font-family:Calibri} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head><body lang=IN>
<!--StartFragment--><p class=MsoNormal style='mso-margin-top-alt:auto'><b style='mso-bidi-font-weight:normal'><span lang=IN
style='font-size:12.0pt;color:red'>Upah lembur<o:p></o:p></span></b></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Upah pokok<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Tunjangan<o:p></o:p></p>
<p class=MsoNormal><i>Baca</i> <st1:place w:st="on">di</st1:place> <a href="https://contoh.id/aturan">sini</a><a style='mso-comment-reference:A_1'></a>.<o:p></o:p></p>
<!--EndFragment--></body></html>"""
DOCS = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span
style="font-weight:400">Kami </span><span style="font-weight:700">menunggu</span><span style="font-weight:400;font-style:italic"> lama</span></p><ul><li dir="ltr" style="font-weight:400"><p role="presentation"><span style="font-weight:400">Satu</span></p></li></ul></b>"""
CHAT = "[22/11/26 09.15] Sri Jahit: Upah *belum* dibayar 😡\n[22/11/26 09.16] Budi: <Media tidak disertakan>\n[22/11/26 09.17] Budi: Benar"
PASTE = """(box, given) => { const data = new DataTransfer()
  for (const [kind, text] of Object.entries(given)) data.setData(kind, text)
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })) }"""


def paste(page, given):
    box = add_part(page, "Paragraf").locator(".public-DraftEditor-content")
    box.click()
    box.evaluate(PASTE, given)
    page.wait_for_timeout(300)


def test_an_editor_pastes_and_keeps_what_was_said(sign_in, editors):  # noqa: F811
    page = sign_in("jati")
    page.goto(f"/cms/pages/{editors.pk}/edit/")
    for given in (
        {"text/html": WORD, "text/plain": "Upah lembur"},
        {"text/html": DOCS, "text/plain": "Kami"},
        {"text/plain": CHAT},
    ):
        paste(page, given)
    save_in_editor(page)
    expect(page.get_by_text("Nama dan jam 3 pesan WhatsApp tidak ikut")).to_be_visible()
    editors.refresh_from_db()
    body = editors.get_latest_revision_as_object().body
    kept = [part.value.source for part in body if part.block_type == "paragraph"][-3:]
    plain = [re.sub(r' data-block-key="\w+"', "", html) for html in kept]
    assert plain == [
        "<p><b>Upah lembur</b></p><ul><li>Upah pokok</li><li>Tunjangan</li></ul>"
        '<p><i>Baca</i> di <a href="https://contoh.id/aturan">sini</a>.</p>',
        "<p>Kami <b>menunggu</b><i> lama</i></p><ul><li>Satu</li></ul>",
        "<p>Upah <b>belum</b> dibayar 😡</p><p>Benar</p>",
    ]


def test_a_worker_pastes_a_chat_and_no_sender_comes_along(writing):  # noqa: F811
    writing.get_by_label("Judul").fill("Upah kami")
    writing.get_by_label("Cerita").evaluate(
        "(box, text) => { box.focus(); document.execCommand('insertText', false, text) }", CHAT
    )
    writing.get_by_text("Nama saya", exact=True).click()
    writing.get_by_role("button", name="Kirim", exact=True).click()
    expect(writing.get_by_text("Nama dan jam 3 pesan WhatsApp tidak ikut")).to_be_visible()
    assert Post.objects.get().text == "Upah belum dibayar 😡\nBenar"
