"""Reading a Jekyll site: posts, drafts and pages of a folder, one at a time.

The identity of a post is its path inside the folder. A post is live unless it says `published: false`, lies among the drafts, or has a
date that has not come yet; those keep their state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from serikat.newsroom.importing import cleaning, frontmatter, kramdown, liquid
from serikat.newsroom.importing.addresses import jekyll_addresses, slug_of
from serikat.newsroom.importing.blocks import read_body
from serikat.newsroom.importing.dates import JAKARTA, BadDate, read_date, zone_named
from serikat.newsroom.importing.document import (
    Archive,
    ArchiveRefused,
    Block,
    Comment,
    ImportedPost,
    Picture,
    Problem,
    State,
)
from serikat.newsroom.importing.embeds import host_of
from serikat.newsroom.importing.media import Shelf, alt_text
from serikat.newsroom.importing.settling import first_words, settle_cover
from serikat.newsroom.importing.walking import Surroundings

LARGEST_FILE = 5_000_000  # bytes of one post
_MARKDOWN = frozenset((".md", ".markdown", ".mkd", ".mkdn", ".mkdown"))
_HTML = frozenset((".html", ".htm", ".xhtml"))
_NAME = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<title>.*)")
_KNOWN_FIELDS = cleaning.word_set(
    "title date last_modified_at updated modified categories category tags tag author authors comments img image cover "
    "thumbnail feature layout permalink redirect_from published slug excerpt description summary lead subtitle image_alt "
    "img_alt image_caption image_credit comment_list url id lang type toc draft "
)


@dataclass(slots=True)
class _Folder:
    """The site being read: its files, its settings, and what is wrong."""

    root: Path
    now: datetime
    archive: Archive
    shelf: Shelf = field(default_factory=Shelf)
    config: dict[str, Any] = field(default_factory=dict)
    place: tzinfo = JAKARTA
    host: str = ""
    names: dict[str, Path] = field(default_factory=dict)  # posts by their file's name without ending


def read_jekyll(root: Path, *, now: datetime) -> Archive:
    """Open a Jekyll folder (or its `_posts`); refuses a folder without posts. `now` tells which posts are for later."""
    root = root.resolve()
    if not root.is_dir():
        raise ArchiveRefused(f"Folder {root.name} tidak ada.")
    if root.name == "_posts":
        root = root.parent
    files = list(_post_files(root))
    if not files:
        raise ArchiveRefused(f"Di folder {root.name} tidak ada kiriman: folder _posts tidak ditemukan atau kosong.")
    archive = Archive("jekyll", len(files), iter(()))
    folder = _Folder(root, now, archive, names={path.stem: path for path in files})
    _read_config(folder)
    folder.shelf.fill([root])
    archive.posts = (_read_post(path, folder) for path in files)
    return archive


def _post_files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(part in (".git", "_site", "node_modules", "vendor", ".jekyll-cache") for part in parts):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            continue
        if path.is_file() and (_stands_among_posts(parts) or _is_page(path, parts)):
            yield path


def _stands_among_posts(parts: tuple[str, ...]) -> bool:
    return bool({"_posts", "_drafts"} & set(parts[:-1])) and not parts[-1].startswith((".", "_"))


def _is_page(path: Path, parts: tuple[str, ...]) -> bool:
    """A page of words: Markdown with a head, at the root or among the pages."""
    if path.suffix.lower() not in _MARKDOWN or not (len(parts) == 1 or parts[0] in ("_pages", "pages")):
        return False
    with path.open("rb") as opened:
        return opened.read(8).lstrip(b"\xef\xbb\xbf").startswith(b"---")


def _read_config(folder: _Folder) -> None:
    path = folder.root / "_config.yml"
    if not path.is_file() or path.stat().st_size > frontmatter.LARGEST:
        return
    folder.config, wrong = frontmatter.read_head(frontmatter.decode(path.read_bytes())[0])
    if wrong:
        folder.archive.problems.append(Problem("_config.yml", wrong))
    folder.host = host_of(frontmatter.text_of(folder.config.get("url")))
    if folder.host:
        folder.shelf.own_hosts.add(folder.host)
    named = frontmatter.text_of(folder.config.get("timezone"))
    zone = zone_named(named) if named else None
    if named and zone is None:
        folder.archive.problems.append(Problem("_config.yml", f"Zona waktu {named} tidak dikenal; dipakai Asia/Jakarta."))
    folder.place = zone or JAKARTA


def _read_post(path: Path, folder: _Folder) -> ImportedPost:
    relative = path.relative_to(folder.root).as_posix()
    name = relative.encode("utf-8", "replace").decode()
    post = ImportedPost(key=f"jekyll:{folder.host}:{name}"[:400], file=name)
    text = _text_of(path, post)
    head, body, slip = frontmatter.split(text)
    values: dict[str, Any] = {}
    if slip:
        post.problem(slip)
    if head is not None:
        values, wrong = frontmatter.read_head(head)
        if wrong:
            post.problem(wrong)
            post.note("Kepala berkas", head[:4000])
    _read_values(post, values, path, folder)
    _read_text(post, values, body, path, folder)
    settle_cover(post)
    return post


def _text_of(path: Path, post: ImportedPost) -> str:
    if path.stat().st_size > LARGEST_FILE:
        post.problem("Berkas ini terlalu besar untuk sebuah naskah; tidak dibaca.")
        return ""
    text, encoding = frontmatter.decode(path.read_bytes())
    if encoding:
        post.problem(f"Berkas ini bukan UTF-8; dibaca sebagai {encoding}.")
    return cleaning.strip_controls(text)


def _read_values(post: ImportedPost, values: dict[str, Any], path: Path, folder: _Folder) -> None:
    one, many = frontmatter.text_of, frontmatter.texts_of
    named = _NAME.fullmatch(path.stem)
    stem = named["title"] if named else path.stem
    parts = path.relative_to(folder.root).parts
    post.kind = "post" if {"_posts", "_drafts"} & set(parts) else "page"
    post.title = cleaning.plain_line(one(values.get("title"))) or _title_from(stem)
    if not one(values.get("title")):
        post.problem("Tanpa judul: judul diambil dari nama berkas.")
    above = list(parts[: parts.index("_posts")]) if "_posts" in parts else []
    post.categories = [cleaning.plain_line(text) for text in (*above, *many(values.get("categories"), split_words=" "))]
    post.categories += [cleaning.plain_line(text) for text in many(values.get("category"))]
    post.categories = list(dict.fromkeys(filter(None, post.categories)))
    post.tags = _tags(values)
    post.authors = [cleaning.plain_line(text) for text in many(values.get("authors")) or many(values.get("author"))]
    post.lead = cleaning.plain_line(
        next(filter(None, (one(values.get(name)) for name in ("lead", "excerpt", "description", "summary"))), "")
    )
    post.comments_open = not frontmatter.is_false(values.get("comments"))
    post.published_at = _date(post, values, named["date"] if named else "", folder)
    post.state = _state(post, values, parts, folder)
    post.slug = slug_of(one(values.get("slug")) or stem or post.title)
    post.old_addresses = jekyll_addresses(post, values, stem, folder.config)
    post.cover = _cover(values, folder)
    post.comments = list(_comments(values.get("comments"), folder.place))
    for name, value in values.items():
        if name not in _KNOWN_FIELDS and value not in ("", [], {}):
            post.note(f"Isian {name}", str(value)[:2000])


def _title_from(stem: str) -> str:
    words = " ".join(re.sub(r"[-_]+", " ", unquote(stem)).split())
    return words[:1].upper() + words[1:] if words else "Tanpa judul"


def _tags(values: dict[str, Any]) -> list[str]:
    written = values.get("tags")
    found = frontmatter.texts_of(written, split_words="," if isinstance(written, str) and "," in written else " ")
    return list(
        dict.fromkeys(filter(None, (cleaning.plain_line(tag) for tag in (*found, *frontmatter.texts_of(values.get("tag"))))))
    )


def _date(post: ImportedPost, values: dict[str, Any], in_name: str, folder: _Folder) -> datetime | None:
    written = frontmatter.text_of(values.get("date"))
    for changed in ("last_modified_at", "updated", "modified"):
        if text := frontmatter.text_of(values.get(changed)):
            try:
                post.updated_at = read_date(text, folder.place)
            except BadDate:
                post.note(f"Isian {changed}", text)
    for text, what in ((written, "Tanggal"), (in_name, "Tanggal dalam nama berkas")):
        if not text:
            continue
        try:
            return read_date(text, folder.place)
        except BadDate:
            post.problem(f"{what} tidak terbaca: {text[:80]}")
    return None


def _state(post: ImportedPost, values: dict[str, Any], parts: tuple[str, ...], folder: _Folder) -> State:
    if (
        "_drafts" in parts
        or frontmatter.is_false(values.get("published"))
        or frontmatter.text_of(values.get("draft")).lower() == "true"
    ):
        return State.DRAFT
    if post.kind == "page":
        return State.LIVE
    if post.published_at is None:
        post.problem("Tanpa tanggal: disimpan sebagai konsep.")
        return State.DRAFT
    return State.SCHEDULED if post.published_at > folder.now else State.LIVE


def _cover(values: dict[str, Any], folder: _Folder) -> Picture | None:
    one = frontmatter.text_of
    header = values.get("header") if isinstance(values.get("header"), dict) else {}
    names = ("img", "image", "cover", "thumbnail", "feature")
    source = next(filter(None, (one(values.get(name)) for name in names)), "") or one((header or {}).get("image"))
    source = cleaning.plain_line(_plain_liquid(source))
    if not source or source.startswith("data:"):
        return None
    alt = cleaning.plain_line(one(values.get("image_alt")) or one(values.get("img_alt")))
    caption, credit = (cleaning.plain_line(one(values.get(name))) for name in ("image_caption", "image_credit"))
    return Picture(source, folder.shelf.find(source), alt_text(alt, source), caption, credit)


def _plain_liquid(text: str) -> str:
    """A path in a head may begin with `{{ site.baseurl }}`."""
    return liquid.render(text, liquid.Site(lambda what, literal: None, {"site.baseurl": "", "site.url": ""}))


def _comments(written: Any, place: tzinfo) -> Iterator[Comment]:
    """Comments that a plugin or an export kept in the head, as a list of maps."""
    for number, item in enumerate(written if isinstance(written, list) else []):
        if not isinstance(item, dict):
            continue
        values = {str(name).lower(): value for name, value in item.items()}
        one = frontmatter.text_of
        text = cleaning.plain_text(
            one(values.get("message") or values.get("content") or values.get("text") or values.get("body"))
        )
        if not text:
            continue
        try:
            moment = read_date(one(values.get("date")), place)
        except BadDate:
            moment = None
        yield Comment(
            key=one(values.get("id")) or str(number + 1),
            author=cleaning.plain_line(one(values.get("name") or values.get("author"))),
            at=moment,
            text=text,
            parent=one(values.get("parent")) or None,
        )


def _read_text(post: ImportedPost, values: dict[str, Any], body: str, path: Path, folder: _Folder) -> None:
    ending = path.suffix.lower()
    if ending not in _MARKDOWN | _HTML:
        post.problem(f"Naskah berjenis {ending or 'tanpa akhiran'} tidak dipahami; isinya disimpan di catatan.")
        post.note("Naskah asli", body)
        return
    separator = (
        frontmatter.text_of(values.get("excerpt_separator") or folder.config.get("excerpt_separator")) or "<!--more-->"
    )
    before, found, _ = body.partition(separator)
    around = Surroundings(post, folder.shelf, titles_are_captions=True)
    site = liquid.Site(
        told=post.note,
        values={
            "site.baseurl": "",
            "site.url": "",
            "site.title": frontmatter.text_of(folder.config.get("title")),
            "page.title": post.title,
            "page.img": post.cover.source if post.cover else "",
            "page.image": post.cover.source if post.cover else "",
        },
        address_of=lambda name: _address_of(name, folder),
    )
    if found and not post.lead and before.strip():
        silent = Surroundings(ImportedPost(post.key, post.file), folder.shelf)
        post.lead = first_words(
            _blocks(before, ending, liquid.Site(lambda what, literal: None, site.values, site.address_of), silent)
        )
    post.body = _blocks(body.replace(separator, "\n\n") if found else body, ending, site, around)


def _blocks(source: str, ending: str, site: liquid.Site, around: Surroundings) -> list[Block]:
    html = liquid.render(source, site)
    if ending in _MARKDOWN:
        html = kramdown.to_html(html, site.told)
    return read_body(html, around)


def _address_of(name: str, folder: _Folder) -> str | None:
    """The old address of another post of the site, which leads to its new one."""
    stem = re.sub(r"\.(?:md|markdown|mkd|mkdn|mkdown|html?)$", "", name.rsplit("/", 1)[-1])
    path = folder.names.get(stem)
    if path is None:
        return None
    silent = ImportedPost("", path.name)
    head, _, _ = frontmatter.split(frontmatter.decode(path.read_bytes())[0])
    values = frontmatter.read_head(head)[0] if head else {}
    _read_values(silent, values, path, folder)
    return next(iter(silent.old_addresses), None)
