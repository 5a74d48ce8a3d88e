"""Wall bulletins: what goes on paper, in which order, nothing cut; taken off again when an article or a person must go."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, actor_of, console
from serikat.kernel.errors import Denied, Missing
from serikat.kernel.forgetting import Forgetting
from serikat.kernel.jobs.worker import Worker
from serikat.kernel.models import Progress
from serikat.newsroom.models import Bulletin, Byline, LivePage
from serikat.newsroom.rules.paper import parts_of
from serikat.newsroom.selectors import bulletins as reads
from serikat.newsroom.services import bulletins
from serikat.newsroom.services.bulletins import (
    MORE,
    MOST,
    NoStory,
    TooManyStories,
    draw_bulletin,
    make_bulletin,
    redraw_bulletin,
)
from serikat.newsroom.services.forgetting import forget_in_newsroom
from serikat.newsroom.tests.builders import START, a_picture, a_unit, an_article, image_file
from serikat.units.services import found_unit

DAY = date(2026, 5, 22)
CONSOLE = console("uji")


def a_bulletin(*pages, draw=True, **fields):
    live = LivePage.objects.in_bulk([page.pk for page in pages])
    made = make_bulletin(
        actor=CONSOLE,
        unit=a_unit(),
        stories=[live[page.pk] for page in pages],
        day=DAY,
        **{"title": "Suara Dinding", **fields},
    )
    if draw:
        draw_bulletin(pk=made.pk)
    return made


def words_of(bulletin):
    pages = PdfReader(io.BytesIO(reads.sheet_of(bulletin))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("", []),
        (
            "<p>Satu <b>dua</b> tiga</p>",
            [{"kind": "text", "runs": [{"text": "Satu "}, {"text": "dua", "strong": True}, {"text": " tiga"}]}],
        ),
        ("<p>a<br>b</p>", [{"kind": "text", "runs": [{"text": "a"}, {"text": "\n"}, {"text": "b"}]}]),
        ("<h3>Judul</h3>lepas", [{"kind": "heading", "text": "Judul"}, {"kind": "text", "runs": [{"text": "lepas"}]}]),
        (
            "<ol><li>a</li><li><p>b</p></li></ol>",
            [{"kind": "list", "ordered": True, "items": [[{"text": "a"}], [{"text": "b"}]]}],
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            [{"kind": "list", "ordered": False, "items": [[{"text": t} for t in ("a", "\n", "– ", "b")]]}],
        ),
        (
            '<blockquote class="pull"><p>Kata</p><footer>Siapa</footer></blockquote>',
            [{"kind": "quote", "runs": [{"text": "Kata"}], "who": "Siapa"}],
        ),
        (
            '<aside class="law" aria-label="Aturan"><p><b>Apa kata aturan?</b></p><p>Pasal 3</p></aside>',
            [{"kind": "box", "title": "Apa kata aturan?", "runs": [{"text": "Pasal 3"}]}],
        ),
        ('<aside aria-label="Catatan"><p>Isi</p></aside>', [{"kind": "box", "title": "Catatan", "runs": [{"text": "Isi"}]}]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>",
            [{"kind": "table", "rows": [["a", "b"], ["1", ""]]}],
        ),
        ('<figure class="embed"><a><b>Rapat</b><span>Video</span></a></figure>', [{"kind": "away", "text": "Rapat"}]),
        (
            "<figure><img alt='x'><figcaption>Gerbang</figcaption></figure>",
            [{"kind": "text", "runs": [{"text": "Gerbang"}]}],
        ),
        ("<pre>a\n  b</pre>", [{"kind": "text", "runs": [{"text": "a\n  b"}]}]),
        (
            "<p>INFO &lt;spasi&gt; #panic()</p><script>x</script>",
            [{"kind": "text", "runs": [{"text": "INFO <spasi> #panic()"}]}],
        ),
    ],
)
def test_a_body_becomes_parts_for_paper(html, parts):
    assert parts_of(html) == parts


@pytest.mark.slow
def test_a_bulletin_holds_every_word_in_its_order(site):
    pages = [
        an_article(
            f"Judul {n}",
            body=[("paragraph", "<p>" + "panjang sekali " * 150 + f"akhir-{n}</p>")],
            at=START + timedelta(days=n),
        )
        for n in range(3)
    ]
    made = a_bulletin(pages[2], pages[0], pages[1], columns=3, paper="a3", motto="Dari pekerja")
    text, sheets = words_of(made)
    assert [n for n in range(3) if f"akhir-{n}" not in text] == []
    assert text.index("Judul 2") < text.index("Judul 0") < text.index("Judul 1")
    assert ("Nomor 1" in text, "Jumat, 22 Mei 2026" in text, "Dari pekerja" in text, sheets) == (True, True, True, 1)
    assert all(f"/s/{page.short_link.code}" in text.replace(" ", "") for page in pages)


def test_what_is_typed_is_never_markup_of_the_sheet(site):
    hostile = '#panic("x") *tebal* $x^2$ \\ "kutip" @rujuk <spasi> `kode` // sisa'
    page = an_article(hostile, body=[("paragraph", "<p>#let a = 1 [x] ]</p>")])
    text, _sheets = words_of(a_bulletin(page, title="#set page()", motto="= Judul"))
    assert ('#panic("x")' in text, "#let a = 1 [x] ]" in text, "#set page()" in text, "= Judul" in text) == (True,) * 4


@pytest.mark.slow
def test_one_article_is_a_leaflet_and_several_name_what_else_there_is(site):
    pages = [an_article(f"Berita {n}") for n in range(MORE + 3)]
    assert "Berita lain" not in words_of(a_bulletin(pages[0]))[0]
    text, _sheets = words_of(a_bulletin(pages[0], pages[1]))
    assert ("Berita lain" in text, "Pengumuman di tempat kita" in text) == (True, True)
    assert text.split("Berita lain")[1].count("/s/") == MORE


DOTS = 36  # an inch: enough to see where ink is
MM = DOTS / 25.4
LEAST_ROOM = 30  # millimetres: less than the opening of a story, or than a word of our own, needs


@pytest.fixture
def drawn_pages(monkeypatch):
    """The pages of each sheet as pictures, by what was drawn: what stands where, pictures and codes too."""
    found = []

    def compile_both(sheet, **how):
        pages = compile_(sheet, **(how | {"format": "png", "ppi": DOTS}))
        found[:] = [Image.open(io.BytesIO(page)) for page in (pages if isinstance(pages, list) else [pages])]
        return compile_(sheet, **how)

    compile_ = bulletins.typst.compile
    monkeypatch.setattr(bulletins.typst, "compile", compile_both)
    return found


def room_left(page, bulletin):
    """How much of each column stays empty at its foot, in millimetres."""
    side, top, bottom, gutter = (15 if bulletin.paper == "a3" else 12) * MM, 12 * MM, page.height - 14 * MM, 7 * MM
    width = (page.width - 2 * side - (bulletin.columns - 1) * gutter) / bulletin.columns
    ink = page.convert("L").point(lambda light: 255 if light < 200 else 0)
    left = []
    for column in range(bulletin.columns):
        x = side + column * (width + gutter)
        inked = ink.crop((round(x), round(top), round(x + width), round(bottom))).getbbox()
        left.append(round((bottom - top - (inked[3] if inked else 0)) / MM))
    return left


@pytest.mark.slow
@pytest.mark.parametrize("pictures", ["none", "first", "all"])
def test_no_column_before_the_last_page_ends_early(site, drawn_pages, pictures):
    """The more a story opens with, the more is left where it does not fit: long and short ones, with and without headings and pictures."""
    paragraph = "<p>" + "Pekerja menuntut upah lembur dan pesangon dibayar penuh. " * 6 + "</p>"
    covers = [a_picture(image_file(*size)) for size in ((1600, 900), (700, 1400))]
    pages = [
        an_article(
            f"Upah lembur dibayar sesudah perundingan panjang {n}",
            lead="Sesudah tujuh minggu berunding, pengusaha membayar. " * 2,
            body=[("paragraph", paragraph), ("heading", {"text": "Catatan", "level": "2"}), ("paragraph", paragraph)] * (1 + n % 4),
            cover=covers[n % 2],
        )
        for n in range(9)
    ]  # fmt: skip
    for count in (3, 6, 9):
        for paper, columns in (("a4", 1), ("a4", 2), ("a3", 2), ("a3", 3)):
            made = a_bulletin(*pages[:count], paper=paper, columns=columns, pictures=pictures)
            for page in drawn_pages[:-1]:
                assert [left for left in room_left(page, made) if left > LEAST_ROOM] == [], (count, paper, columns)
            text, _sheets = words_of(made)
            assert text.replace("- ", "").count("Catatan") == sum(1 + n % 4 for n in range(count))


@pytest.mark.slow
def test_titles_of_other_news_open_no_page_of_their_own(site):
    pages = [an_article(f"Berita {n}") for n in range(MORE + 2)]
    fits = "Kalimat yang mengisi halaman ini sampai penuh. "
    sheets = []
    for length in range(120, 200, 8):
        long = an_article(f"Panjang {length}", body=[("paragraph", f"<p>{fits * length}</p>")])
        text, count = words_of(a_bulletin(long, pages[0], columns=1))
        sheets.append((count, "Isi Berita 0." in text))
    assert [ends for _count, ends in sheets] == [True] * len(sheets)
    assert sorted(sheets) == sheets  # longer never takes less


def test_numbers_have_no_gaps_and_the_trail_names_them(site):
    page = an_article()
    assert [a_bulletin(page, draw=False).number for _ in range(3)] == [1, 2, 3]
    assert Entry.objects.filter(action="newsroom.bulletin.made").count() == 3


def test_a_bulletin_of_nothing_or_of_too_much_is_refused(site):
    page = an_article()
    with pytest.raises(NoStory):
        make_bulletin(actor=CONSOLE, unit=a_unit(), stories=[], title="x", day=DAY)
    with pytest.raises(NoStory):
        make_bulletin(actor=CONSOLE, unit=a_unit(), stories=list(LivePage.objects.filter(kind="home")), title="x", day=DAY)
    live = LivePage.objects.get(pk=page.pk)
    many = [LivePage(page_id=n, kind="article") for n in range(MOST + 1)]
    with pytest.raises(TooManyStories):
        make_bulletin(actor=CONSOLE, unit=a_unit(), stories=[live, *many], title="x", day=DAY)
    with pytest.raises(Denied):
        make_bulletin(actor=ANONYMOUS, unit=a_unit(), stories=[live], title="x", day=DAY)
    assert Bulletin.objects.count() == 0


def test_an_article_that_leaves_is_taken_off_the_sheet(site):
    stays, leaves = an_article("Yang tinggal"), an_article("Yang turun")
    made, other = a_bulletin(stays, leaves), a_bulletin(stays)
    leaves.unpublish()
    assert (reads.sheet_of(made), reads.sheet_of(other) is not None) == (None, True)
    draw_bulletin(pk=made.pk)
    text, _sheets = words_of(made)
    assert ("Yang tinggal" in text, "Yang turun" in text) == (True, False)


def test_a_sheet_that_is_called_back_while_it_is_drawn_is_never_kept(site, monkeypatch):
    stays, leaves = an_article("Yang tinggal"), an_article("Yang turun")
    made, drawn = a_bulletin(stays, leaves, draw=False), []
    compile_ = bulletins.typst.compile

    def compile_while_it_leaves(*arguments, **values):
        drawn.append(compile_(*arguments, **values))
        if len(drawn) == 1:
            leaves.unpublish()
        return drawn[-1]

    monkeypatch.setattr(bulletins.typst, "compile", compile_while_it_leaves)
    draw_bulletin(pk=made.pk)
    assert (len(drawn), "Yang turun" in words_of(made)[0]) == (2, False)


def test_the_day_of_an_article_is_that_of_the_clock_on_the_wall(site):
    page = an_article(at=datetime(2026, 5, 21, 23, 12, tzinfo=UTC))
    text = words_of(a_bulletin(page))[0].replace("Jumat, 22 Mei 2026", "")
    assert ("22 Mei 2026" in text, "21 Mei 2026" in text) == (True, False)


def test_a_sheet_is_drawn_anew_from_what_is_live_now(site):
    page = an_article("Judul lama")
    made = a_bulletin(page)
    LivePage.objects.filter(pk=page.pk).update(title="Judul baru")
    redraw_bulletin(actor=CONSOLE, bulletin=made)
    draw_bulletin(pk=made.pk)
    draw_bulletin(pk=made.pk)
    assert "Judul baru" in words_of(made)[0]
    assert Progress.objects.get().ended_at is not None


@pytest.mark.slow
def test_an_editor_puts_a_bulletin_together_at_the_desk(site, client, user, give, sign_in):
    unit = a_unit()
    editor = user("Rani")
    give(editor, unit)
    sign_in(editor)
    old, new = an_article("Upah lama", at=START), an_article("Mogok baru", at=START + timedelta(days=1))
    address = reverse("newsroom_desk:make_bulletin")
    page = client.get(address, {"q": "upah", "stories": [new.pk], "title": "Papan", "columns": 1})
    text = page.content.decode()
    assert (page.status_code, f'value="{new.pk}" checked' in text, "Upah lama" in text, 'value="Papan"' in text) == (
        200,
        True,
        True,
        True,
    )
    typed = {"title": "Papan", "motto": "", "day": "2026-05-22", "paper": "a4", "columns": "1", "unit": unit.pk}
    empty = client.post(address, typed)
    assert (empty.status_code, "Pilih sedikitnya satu berita" in empty.content.decode()) == (422, True)
    gone = client.post(address, {**typed, "stories": ["999999"]})
    assert (gone.status_code, "sudah tidak tayang" in gone.content.decode()) == (422, True)
    for odd in ("²", "9" * 30, "-1", "", "1 or 1", "\0"):
        assert client.get(address, {"stories": [odd], "day": odd, "columns": odd, "q": odd}).status_code == 200
        assert client.post(address, {**typed, "stories": [new.pk, odd], "columns": odd}).status_code == 422
    client.post(address, {**typed, "stories": [new.pk, old.pk]})
    bulletin = Bulletin.objects.get()
    assert (bulletin.made_by, [live.title for live in reads.stories_of(bulletin)]) == (editor, ["Mogok baru", "Upah lama"])
    sheet = reverse("newsroom_desk:bulletin_sheet", args=[bulletin.pk])
    assert client.get(sheet).status_code == 404
    Worker().work_off()
    drawn = client.get(sheet)
    assert (drawn["Content-Type"], drawn.content[:5]) == ("application/pdf", b"%PDF-")
    assert "nomor 1" in client.get(reverse("newsroom_desk:bulletins")).content.decode()


def test_bulletins_of_another_branch_are_not_there(site, user, give):
    west, east = (found_unit(actor=CONSOLE, parent=a_unit(), name=name, kind="branch") for name in ("Barat", "Timur"))
    made = a_bulletin(an_article(), draw=False)
    Bulletin.objects.update(unit=west)
    stranger = user("Timur")
    give(stranger, east)
    with pytest.raises(Missing):
        reads.bulletin_for(actor_of(stranger), made.pk)


@pytest.mark.django_db
@pytest.mark.slow
def test_pages_of_bulletins_ask_as_often_for_one_as_for_three(site, client, user, give, sign_in):
    editor = user("Rani")
    give(editor, a_unit())
    sign_in(editor)
    pages = [an_article(f"Berita {n}") for n in range(3)]
    counts = []
    for chosen in (pages[:1], pages):
        made = a_bulletin(*chosen, draw=False)
        asked = []
        for address in ("bulletins", "make_bulletin", "bulletin"):
            url = reverse(f"newsroom_desk:{address}", args=[made.pk] if address == "bulletin" else [])
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            asked.append(len(queries))
        counts.append(asked)
        a_bulletin(pages[0], draw=False)
    assert counts[0] == counts[1]


def test_forgetting_somebody_takes_every_sheet_back(site):
    made = a_bulletin(an_article())
    byline = Byline.objects.get()
    forget_in_newsroom(forgetting=Forgetting(frozenset([uuid4()]), (byline.name,)))
    assert reads.sheet_of(made) is None
    draw_bulletin(pk=made.pk)
    assert byline.name not in words_of(made)[0]


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "count"), [("none", 0), ("first", 1), ("all", 2)])
def test_pictures_stand_on_the_sheet_as_wished_and_a_lost_file_spoils_nothing(site, wanted, count):
    wide, tall, lost = (a_picture(image_file(*size)) for size in ((1600, 900), (700, 1400), (900, 600)))
    pages = [an_article(f"Berita {n}", cover=cover) for n, cover in enumerate((wide, tall, lost))]
    for rendition in lost.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    made = a_bulletin(*pages, pictures=wanted, columns=2)
    sheet = PdfReader(io.BytesIO(reads.sheet_of(made)))
    assert sum(len(page.images) for page in sheet.pages) == count
    text, _sheets = words_of(made)
    assert ("Hari keempat" in text, [f"Isi Berita {n}." in text for n in range(3)]) == (count > 0, [True] * 3)
