"""Archives written as pages: states, approval, the trail, addresses, second runs, hands that edited since, a run that was cut short."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from PIL import Image

from serikat.audit.models import Entry, Value
from serikat.kernel.access import ANONYMOUS, Actor, console
from serikat.kernel.errors import Denied
from serikat.newsroom.importing.document import Archive
from serikat.newsroom.models import (
    Approval,
    ArchiveItem,
    Article,
    Byline,
    Comment,
    NewsDocument,
    OldAddress,
    Picture,
    Rubric,
    StaticPage,
)
from serikat.newsroom.services import importing
from serikat.newsroom.services.importing import Outcome, import_archive
from serikat.newsroom.tests.conftest import centre, home, index, user  # noqa: F401 - fixtures
from serikat.newsroom.tests.importing.conftest import Site, export, item

CHIEF = console("Ketua Redaksi")


@pytest.fixture
def bring(index, centre):  # noqa: F811
    """Import an archive as the console."""

    def bring(archive: Archive, actor: Actor = CHIEF) -> Outcome:
        return import_archive(actor=actor, archive=archive, unit=centre, batch="uji", approved_by="Ketua Redaksi")

    return bring


def run(name: str, *arguments: str) -> tuple[dict[str, Any], str]:
    out, err = StringIO(), StringIO()
    call_command(name, *arguments, stdout=out, stderr=err)
    (line,) = out.getvalue().splitlines()
    return json.loads(line), err.getvalue()


def test_import_article_with_all_its_parts(site: Site, bring, centre) -> None:  # noqa: F811
    site.picture("_uploads/a.png", 1)
    site.picture("_uploads/b.png", 2)
    site.write("_uploads/p.pdf", b"%PDF-1.4\n%%EOF")
    site.post(
        "Ketik <spasi> ya.\n\n## Sub\n\n![Aksi](/uploads/b.png)\n\n> Kata.\n\n[Panduan](/uploads/p.pdf)\n\n{% youtube dQw4w9WgXcQ %}\n\n| a | b |\n|---|---|\n| c | d |\n\nAwas.\n{: .warning }\n\n~~~\nx\n~~~",
        "title: Upah naik\ndate: 2014-08-26 15:08:00 +07:00\ncategories: [Kabar, Upah]\ntags: [buruh]\nauthor: sari\nimg: /uploads/a.png",
    )
    outcome = bring(site.archive())
    assert (outcome.posts, outcome.imported, outcome.pictures, outcome.missing_pictures, outcome.problems) == (
        1,
        1,
        2,
        [],
        [],
    )
    article = Article.objects.get()
    assert (article.live, article.slug, article.unit, article.first_published_at) == (
        True,
        "judul",
        centre,
        datetime(2014, 8, 26, 8, 8, tzinfo=UTC),
    )
    assert article.last_published_at == article.first_published_at
    assert (article.rubric.name, [r.name for r in article.also_in.all()], [t.name for t in article.tags.all()]) == (
        "Kabar",
        ["Upah"],
        ["buruh"],
    )
    assert [link.byline.name for link in article.byline_links.all()] == ["sari"]
    assert article.cover.title == "a"
    assert [block.block_type for block in article.body] == [
        "paragraph",
        "heading",
        "picture",
        "quote",
        "document",
        "embed",
        "table",
        "callout",
        "preformatted",
    ]
    assert "Ketik &lt;spasi&gt; ya." in article.body.raw_data[0]["value"]
    assert article.body[2].value["alt"] == "Aksi"
    assert list(article.body[6].value["rows"][1]) == ["c", "d"]
    assert article.get_latest_revision().as_object().body.raw_data[0]["type"] == "paragraph"
    assert list(OldAddress.objects.values_list("path", flat=True)) == ["/kabar/upah/2014/08/26/judul.html"]


def test_import_records_one_approval_and_one_entry(site: Site, bring) -> None:
    for day in (1, 2, 3):
        site.post("Isi.", f"title: Satu {day}", f"2020-05-0{day}-a{day}.md")
    bring(site.archive())
    assert [
        (entry.action, entry.count)
        for entry in Entry.objects.filter(action__startswith="newsroom.").exclude(action__contains="site").order_by("at")
    ][-2:] == [
        ("newsroom.batch.approved", 1),
        ("newsroom.archive.imported", 3),
    ]
    entry = Entry.objects.get(action="newsroom.archive.imported")
    assert Value.objects.get(entry=entry, name="approved_by").value == "Ketua Redaksi"
    assert (
        Entry.objects.filter(action__in=["newsroom.page.created", "newsroom.page.saved", "newsroom.page.published"]).count()
        == 0
    )
    assert (
        list(
            Approval.objects.filter(revision__object_id__in=[str(a.pk) for a in Article.objects.all()]).values_list(
                "batch", flat=True
            )
        )
        == ["uji"] * 3
    )


def test_import_is_for_the_console_alone(site: Site, bring, user) -> None:  # noqa: F811
    site.post()
    for actor in (ANONYMOUS, Actor("user", "Sari", user("Sari").pk)):
        outcome = bring(site.archive(), actor)
        assert (outcome.imported, Article.objects.count()) == (0, 0)
    with pytest.raises(Denied):
        importing.record_import(actor=ANONYMOUS, batch="x", kind="jekyll", approved_by="", pages=[1])


def test_import_again_changes_nothing(site: Site, bring) -> None:
    site.picture("_uploads/a.png")
    site.post("Isi ![x](/uploads/a.png)", "title: A\ntags: [x]\ncategories: [K]\nauthor: s")
    bring(site.archive())
    before = [model.objects.count() for model in (Article, Picture, Rubric, Byline, OldAddress, Entry, Approval)]
    stamp = Article.objects.get().latest_revision_created_at
    outcome = bring(site.archive())
    assert (outcome.imported, outcome.updated, outcome.unchanged, outcome.pictures) == (0, 0, 1, 1)
    assert [model.objects.count() for model in (Article, Picture, Rubric, Byline, OldAddress, Entry, Approval)] == before
    assert Article.objects.get().latest_revision_created_at == stamp


def test_import_again_brings_what_changed_in_the_archive(site: Site, bring) -> None:
    site.picture("_uploads/a.png", 1)
    site.post("Lama ![x](/uploads/a.png)", "title: A")
    bring(site.archive())
    site.post("Baru", "title: B\ntags: [y]")
    outcome = bring(site.archive())
    article = Article.objects.get()
    assert (outcome.updated, article.title, article.live, [t.name for t in article.tags.all()]) == (1, "B", True, ["y"])
    assert [block.block_type for block in article.body] == ["paragraph"]
    assert article.has_unpublished_changes is False


def test_import_again_sees_a_picture_that_changed_under_its_name(site: Site, bring) -> None:
    site.picture("_uploads/a.png", 1)
    site.post("![x](/uploads/a.png)")
    bring(site.archive())
    site.picture("_uploads/a.png", 2)
    assert bring(site.archive()).updated == 1
    assert Picture.objects.count() == 2


def test_import_again_leaves_what_was_edited_deleted_or_withdrawn_here(site: Site, bring, user) -> None:  # noqa: F811
    for name in ("a", "b", "c"):
        site.post("Lama", f"title: {name}", f"2020-05-01-{name}.md")
    bring(site.archive())
    edited, deleted, withdrawn = Article.objects.order_by("title")
    edited.title = "Disunting"
    edited.save_revision(user=user("Sari"))
    deleted.delete()
    withdrawn.unpublish()
    for name in ("a", "b", "c"):
        site.post("Baru", f"title: {name}", f"2020-05-01-{name}.md")
    outcome = bring(site.archive())
    assert (outcome.unchanged, outcome.updated, outcome.imported, Article.objects.count()) == (3, 0, 0, 2)
    assert [problem["what"] for problem in outcome.problems] == [
        "Sudah disunting di situs sejak impor; tidak ditimpa.",
        "Sudah dihapus di situs sejak impor; tidak diimpor lagi.",
        "Sudah disunting di situs sejak impor; tidak ditimpa.",
    ]


def test_import_keeps_both_of_two_posts_with_one_address(site: Site, bring) -> None:
    site.post("Satu", "title: Satu", "2020-05-01-sama.md")
    site.post("Dua", "title: Dua", "2020-05-02-sama.md")
    outcome = bring(site.archive())
    assert sorted(Article.objects.values_list("slug", "title")) == [("sama", "Satu"), ("sama-2", "Dua")]
    assert outcome.problems == [
        {
            "file": "_posts/2020-05-02-sama.md",
            "what": "Alamat “sama” sudah dipakai halaman lain; halaman ini beralamat “sama-2”.",
        }
    ]


def test_import_keeps_old_addresses_of_one_page_only(site: Site, bring) -> None:
    site.post("Satu", "title: Satu\nredirect_from: /lama/", "2020-05-01-satu.md")
    site.post("Dua", "title: Dua\nredirect_from: /lama/", "2020-05-02-dua.md")
    outcome = bring(site.archive())
    assert OldAddress.objects.get(path="/lama/").page.title == "Satu"
    assert OldAddress.objects.get(path="/lama").page.title == "Satu"
    assert "Alamat lama /lama/ sudah dipakai halaman lain." in [problem["what"] for problem in outcome.problems]


def test_import_lists_what_it_did_not_understand_and_keeps_it_in_the_notes(site: Site, bring) -> None:
    site.post("Awal.\n\n![x](/uploads/hilang.png)\n\n{% aneh %}\n\n<script>lacak()</script>")
    outcome = bring(site.archive())
    notes = Article.objects.get().import_notes
    assert outcome.missing_pictures == ["/uploads/hilang.png"]
    for literal in ("{% aneh %}", "<script>lacak()</script>", "/uploads/hilang.png [setelah: “Awal.”]"):
        assert literal in notes
        assert literal in str(outcome.problems)


def test_import_says_a_missing_picture_once_and_again_at_each_run(site: Site, bring) -> None:
    site.post("Awal.\n\n![x](/uploads/hilang.png)\n\nLagi ![x](/uploads/hilang.png)", "title: A\nimg: /uploads/sampul.png")
    said = [[p["what"] for p in bring(site.archive()).problems] for _ in range(2)]
    assert [what.split(" [")[0] for what in said[0]] == [
        "Gambar sampul yang tidak ada: /uploads/sampul.png",
        "Gambar yang tidak ada: /uploads/hilang.png",
    ]
    assert sorted(what.split(": ")[1].split(" [")[0] for what in said[1]) == ["/uploads/hilang.png", "/uploads/sampul.png"]


def test_import_keeps_pictures_of_one_long_name_apart(site: Site, bring) -> None:
    name = "foto-" + "x" * 120 + ".png"
    for number, folder in enumerate(("2012", "2013")):
        site.picture(f"_uploads/{folder}/{name}", number + 1)
        site.post(f"![Gerbang](/uploads/{folder}/{name})", name=f"{folder}-05-01-warta-{folder}.md")
    assert (bring(site.archive()).problems, Picture.objects.count()) == ([], 2)
    names = set(Picture.objects.values_list("file", flat=True))
    assert (len(names), all(len(each) <= 100 for each in names)) == (2, True)


def test_import_keeps_a_picture_once_and_without_its_place(site: Site, bring) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    path = site.root / "_uploads/a.jpg"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "red").save(path, exif=exif)
    site.write("_uploads/b.jpg", path.read_bytes())
    site.post("![x](/uploads/a.jpg)\n\n![y](/uploads/b.jpg)")
    bring(site.archive())
    picture = Picture.objects.get()
    with picture.file.open("rb") as opened:
        assert b"Kamera Rahasia" not in opened.read()
    assert (picture.width, picture.height) == (40, 30)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff kosong", b"<html>"])
def test_import_refuses_a_file_that_is_no_picture(site: Site, bring, content: bytes) -> None:
    site.write("_uploads/a.png", content)
    site.write("_uploads/b.pdf", content)
    site.post("Awal\n\n![Aksi](/uploads/a.png)\n\n[Berkas](/uploads/b.pdf)")
    outcome = bring(site.archive())
    assert (Picture.objects.count(), NewsDocument.objects.count(), Article.objects.get().live) == (0, 0, True)
    said = [problem["what"].split(" tidak dapat")[0] for problem in outcome.problems]
    assert said[:2] == ["Gambar /uploads/a.png", "Berkas /uploads/b.pdf"]
    assert sum("/uploads/a.png" in what for what in said) == 1


def test_import_wordpress_keeps_every_state(blog, bring) -> None:
    archive = blog(
        item(number=1),
        item(number=2, status="draft", date_gmt="0000-00-00 00:00:00"),
        item(number=3, status="private"),
        item(number=4, status="future", date_gmt="2099-01-05 01:00:00"),
        item(number=5, password="rahasia"),
        item(number=6, status="trash"),
        item("Tentang kami.", number=7, kind="page", name="tag", link="https://kabar.example/tag/"),
    )
    bring(archive)
    live = {int(key.rsplit(":", 1)[1]): page for key, page in ArchiveItem.objects.values_list("key", "page__live")}
    assert live == {1: True, 2: False, 3: False, 4: False, 5: False, 6: False, 7: True}
    assert Article.objects.get(slug="judul-4").latest_revision.approved_go_live_at == datetime(2099, 1, 5, 1, tzinfo=UTC)
    assert Article.objects.get(slug="judul-3").desk_notes == "Di situs lama tulisan ini pribadi (private), tidak untuk umum."
    hidden = Article.objects.exclude(slug__in=["judul-1", "judul-4"])
    assert Approval.objects.filter(revision__object_id__in=[str(page.pk) for page in hidden]).count() == 0
    assert StaticPage.objects.get().slug == "tag-2"


def test_import_wordpress_keeps_comments_once_and_in_order(blog, bring) -> None:
    def comment(number: int, parent: int) -> str:
        return (
            f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Wati</wp:comment_author><wp:comment_date_gmt>2020-05-02 01:00:00</wp:comment_date_gmt>"
            f"<wp:comment_content>Kata {number}</wp:comment_content><wp:comment_approved>{number % 2}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )

    raw = export(item(more=comment(2, 1) + comment(1, 0))).encode()
    for _ in range(2):
        bring(blog(raw=raw))
    assert [(c.text, c.approved, c.parent and c.parent.text) for c in Comment.objects.order_by("pk")] == [
        ("Kata 1", True, None),
        ("Kata 2", False, "Kata 1"),
    ]


def test_import_that_is_stopped_goes_on_at_the_next_run(site: Site, bring, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2, 3, 4, 5):
        site.post("Isi.", f"title: Satu {day}", f"2020-05-0{day}-a{day}.md")
    archive = site.archive()
    posts = archive.posts

    def stopped():
        for _ in range(2 + importing.AHEAD):
            yield next(posts)
        raise KeyboardInterrupt

    archive.posts = stopped()
    with pytest.raises(KeyboardInterrupt):
        bring(archive)
    assert Entry.objects.get(action="newsroom.archive.imported").count == 2
    outcome = bring(site.archive())
    assert (outcome.imported, outcome.unchanged, Article.objects.count()) == (3, 2, 5)


def test_import_writes_the_entry_of_one_that_was_killed(site: Site, bring) -> None:
    folder = Path(settings.SERIKAT_DATA) / "trail"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "import-x.open").write_text('{"batch": "lama", "kind": "jekyll", "approved_by": "Wati"}\n7\n8\n')
    site.post()
    bring(site.archive())
    assert sorted(Entry.objects.filter(action="newsroom.archive.imported").values_list("count", flat=True)) == [1, 2]
    assert list(folder.glob("import-*.open")) == []


def test_import_goes_on_after_a_post_that_cannot_be_written(site: Site, bring, monkeypatch: pytest.MonkeyPatch) -> None:
    site.post("Satu", "title: Satu", "2020-05-01-satu.md")
    site.post("Dua", "title: Dua", "2020-05-02-dua.md")
    write = importing.write_page

    def failing(**values: Any) -> Any:
        page = write(**values)
        if values["post"].title == "Satu":
            raise ValueError
        return page

    monkeypatch.setattr(importing, "write_page", failing)
    outcome = bring(site.archive())
    assert (outcome.posts, outcome.imported, list(Article.objects.values_list("title", flat=True))) == (2, 1, ["Dua"])
    assert outcome.problems == [{"file": "_posts/2020-05-01-satu.md", "what": "Tidak dapat diimpor: ValueError"}]


def test_command_ends_with_one_json_line(site: Site, index) -> None:  # noqa: F811
    site.post()
    said, progress = run("import_jekyll", str(site.root), "--approved-by", "Ketua Redaksi", "--unit", "pusat")
    assert said == {
        "posts": 1,
        "imported": 1,
        "updated": 0,
        "unchanged": 0,
        "pictures": 0,
        "missing_pictures": [],
        "problems": [],
    }
    assert "1/1 Judul" in progress


@pytest.mark.parametrize(("name", "content"), [("import_wordpress", "<html></html>"), ("import_jekyll", "bukan folder")])
def test_command_refuses_in_words_and_says_so_in_json(tmp_path: Path, index, name: str, content: str) -> None:  # noqa: F811
    path = tmp_path / "arsip.xml"
    path.write_text(content)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command(name, str(path), stdout=out, stderr=StringIO())
    said = json.loads(out.getvalue())
    assert (said["posts"], [problem["file"] for problem in said["problems"]]) == (0, ["arsip.xml"])


def test_command_refuses_an_unknown_unit(site: Site, db) -> None:
    site.post()
    with pytest.raises(CommandError):
        run("import_jekyll", str(site.root), "--unit", "tidak-ada")


def test_command_founds_the_site_when_there_is_none(site: Site, centre, client) -> None:  # noqa: F811
    site.post("Ketik INFO <spasi> ya.")
    said, _ = run("import_jekyll", str(site.root))
    assert (said["imported"], said["problems"]) == (1, [])
    answer = client.get("/berita/judul/")
    assert answer.status_code == 200
    assert b"INFO &lt;spasi&gt; ya." in answer.content
    assert client.get("/2020/05/01/judul.html").headers["Location"] == "/berita/judul/"


@pytest.mark.archive
def test_import_jekyll_archive_twice(shared: Path, bring) -> None:
    from serikat.newsroom.importing.jekyll import read_jekyll  # reason: only this test reads it

    first = bring(read_jekyll(shared / "data/cipta-media", now=timezone.now()))
    assert (first.posts, first.imported, first.pictures, len(first.missing_pictures)) == (107, 107, 116, 7)
    second = bring(read_jekyll(shared / "data/cipta-media", now=timezone.now()))
    assert (second.imported, second.updated, second.unchanged) == (0, 0, 107)
