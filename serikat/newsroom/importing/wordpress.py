"""Reading a WordPress export: posts and pages with their state, comments and pictures, one at a time.

The identity of a post is its site and its number there. Pictures come from a folder, by base name: an export holds their addresses only.
What was a draft, private, for later, behind a password or in the bin keeps that state.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from serikat.newsroom.importing import cleaning, gutenberg, shortcodes, wxr
from serikat.newsroom.importing.addresses import old_path, slug_of
from serikat.newsroom.importing.autop import autop
from serikat.newsroom.importing.blocks import read_body
from serikat.newsroom.importing.dates import JAKARTA, BadDate, read_date
from serikat.newsroom.importing.document import Archive, ArchiveRefused, Comment, ImportedPost, Picture, Problem, State
from serikat.newsroom.importing.embeds import host_of
from serikat.newsroom.importing.media import Shelf, alt_text
from serikat.newsroom.importing.settling import first_words, settle_cover
from serikat.newsroom.importing.walking import Surroundings

# What WordPress keeps for itself: counted, not posts.
_TECHNICAL = cleaning.word_set(
    "attachment nav_menu_item revision customize_changeset custom_css oembed_cache user_request wp_block wp_global_styles wp_navigation "
    "wp_template wp_template_part wp_font_family wp_font_face acf-field acf-field-group wpcf7_contact_form elementor_library"
)
_STATES = {
    "publish": State.LIVE, "draft": State.DRAFT, "pending": State.DRAFT, "auto-draft": State.DRAFT, "private": State.PRIVATE,
    "future": State.SCHEDULED, "trash": State.TRASHED,
}  # fmt: skip
_NO_CATEGORY = cleaning.word_set("uncategorized tanpa-kategori tak-berkategori uncategorised")
_MORE = re.compile(r"<!--\s*more\b.*?-->", re.DOTALL)
_PARTING = re.compile(r"<!--\s*(?:more\b.*?|nextpage|noteaser)\s*-->", re.DOTALL)


@dataclass(slots=True)
class _Export:
    """The export being read."""

    known: wxr.Survey
    archive: Archive
    now: datetime
    site: str
    place: tzinfo = JAKARTA
    shelf: Shelf = field(default_factory=Shelf)


def read_wordpress(path: Path, *, media: Path | None = None, now: datetime) -> Archive:
    """Open an export; `media` is the folder of its pictures, `now` tells which posts are still for later. Refuses what is no export."""
    if not path.is_file():
        raise ArchiveRefused(f"Berkas {path.name} tidak ada.")
    if media is not None and not media.is_dir():
        raise ArchiveRefused(f"Folder gambar {media.name} tidak ada.")
    known = wxr.survey(path)
    posts = sum(number for kind, number in known.types.items() if kind not in _TECHNICAL)
    if known.cut_off:
        posts = max(0, posts - 1)
    archive = Archive("wordpress", posts, iter(()))
    archive.skipped = Counter({kind: number for kind, number in known.types.items() if kind in _TECHNICAL})
    if known.cut_off:
        archive.problems.append(
            Problem(
                path.name,
                "Berkas ini terpotong di tengah: bagian yang terpotong tidak diambil. Ekspor ulang, lalu impor lagi.",
            )
        )
    archive.problems += [Problem(path.name, f"XML rusak: {error}") for error in known.errors]
    export = _Export(known, archive, now, _site_of(known.address))
    export.shelf.own_hosts = {host} if (host := host_of(known.address)) else set()
    for attachment in known.attachments.values():
        export.shelf.originals.add(attachment.address.rsplit("/", 1)[-1].casefold())
        if attached := host_of(attachment.address):
            export.shelf.own_hosts.add(attached)
    if media is not None:
        export.shelf.fill([media])
    archive.posts = _posts(path, export)
    return archive


def _site_of(address: str) -> str:
    parts = urlsplit(address) if re.match(r"https?://[^\[\]]*$", address) else urlsplit("")
    return f"{host_of(address)}{parts.path.rstrip('/')}"


def _posts(path: Path, export: _Export) -> Iterator[ImportedPost]:
    for item in wxr.items(path, export.known):
        if (item.type or "post") not in _TECHNICAL:
            yield _read_item(item, export)


def _read_item(item: wxr.Item, export: _Export) -> ImportedPost:
    number = item.number or item.guid or item.link
    post = ImportedPost(
        key=f"wordpress:{export.site}:{number}"[:400],
        file=f"{item.type or 'post'} {number}",
        kind="page" if item.type == "page" else "post",
    )
    post.title = cleaning.plain_line(item.title)
    if not post.title:
        post.title = "Tanpa judul"
        post.problem("Tanpa judul.")
    post.published_at, post.updated_at = (
        _moment(item, export, post),
        _gmt(item.modified_gmt) or _local(item.modified, export.place),
    )
    post.state = _state(item, post, export)
    post.slug = slug_of(item.name) or slug_of(post.title)
    post.old_addresses = _addresses(item)
    post.authors = [name] if (name := cleaning.plain_line(export.known.authors.get(item.creator) or item.creator)) else []
    post.comments_open = item.comment_status != "closed"
    _read_terms(item, post)
    _read_content(item, post, export)
    _read_cover(item, post, export)
    _read_comments(item, post, export)
    _read_meta(item, post)
    return post


# When and in what state


def _gmt(written: str) -> datetime | None:
    return _local(written, UTC)


def _local(written: str, place: tzinfo) -> datetime | None:
    """WordPress writes zeros where there is no date."""
    if not written or written.startswith("0000"):
        return None
    try:
        return read_date(written, place)
    except BadDate:
        return None


def _moment(item: wxr.Item, export: _Export, post: ImportedPost) -> datetime | None:
    if moment := _gmt(item.date_gmt):
        return moment
    if item.status in ("draft", "pending", "auto-draft") and item.date_gmt.startswith("0000"):
        return None  # never published: its local date is only when it was begun
    if moment := _local(item.date, export.place):
        return moment
    try:
        moment = parsedate_to_datetime(item.published)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        if item.date and not item.date.startswith("0000"):
            post.problem(f"Tanggal tidak terbaca: {item.date[:80]}")
        return None


def _state(item: wxr.Item, post: ImportedPost, export: _Export) -> State:
    state = _STATES.get(item.status)
    if state is None:
        post.problem(f"Status {item.status[:40]} tidak dikenal: disimpan sebagai konsep.")
        state = State.DRAFT
    if item.type not in ("", "post", "page"):
        post.note("Jenis isi di WordPress", item.type)
        post.problem(f"Isi berjenis {item.type} disimpan sebagai konsep.")
        return State.DRAFT
    if item.status == "pending":
        post.note("Menunggu tinjauan di WordPress")
    if item.protected and state in (State.LIVE, State.SCHEDULED):
        return State.PROTECTED
    if state is State.LIVE and post.published_at is None:
        post.problem("Terbit tanpa tanggal: disimpan sebagai konsep.")
        return State.DRAFT
    if state is State.SCHEDULED and (post.published_at is None or post.published_at <= export.now):
        post.problem("Jadwal terbitnya sudah lewat: disimpan sebagai konsep.")
        return State.DRAFT
    return State.SCHEDULED if state is State.LIVE and post.published_at and post.published_at > export.now else state


def _addresses(item: wxr.Item) -> list[str]:
    addresses = [old_path(item.link)]
    if item.number.isdigit():
        addresses.append(f"/?{'page_id' if item.type == 'page' else 'p'}={item.number}")
    if re.match(r"https?://", item.guid):
        addresses.append(old_path(item.guid))
    for slug in item.meta.get("_wp_old_slug", []):
        if slug and item.name and addresses[0].rstrip("/").endswith(f"/{item.name}"):
            addresses.append(addresses[0].replace(f"/{item.name}", f"/{old_path(slug).lstrip('/')}"))
    return list(dict.fromkeys(filter(None, addresses)))


# Words: terms, body, cover, comments


def _read_terms(item: wxr.Item, post: ImportedPost) -> None:
    for domain, short, name in item.terms:
        words = cleaning.plain_line(name)
        if not words or short in _NO_CATEGORY or (not short and slug_of(words) in _NO_CATEGORY):
            continue
        if domain == "category":
            post.categories.append(words)
        elif domain in ("post_tag", "tag"):
            post.tags.append(words)
        elif domain == "post_format":
            post.note("Format di WordPress", words)
        else:
            post.tags.append(words)
            post.note(f"Istilah dari taksonomi {cleaning.plain_line(domain)}", words)
    post.categories, post.tags = list(dict.fromkeys(post.categories)), list(dict.fromkeys(post.tags))


def _read_content(item: wxr.Item, post: ImportedPost, export: _Export) -> None:
    attachments = export.known.attachments
    context = shortcodes.Context(post.note, attachments, item.number)
    blocks = gutenberg.Context(
        post.note, lambda text: autop(shortcodes.expand(text, context)), export.known.repeated, attachments
    )
    post.lead = cleaning.plain_line(shortcodes.expand(item.excerpt, shortcodes.Context(lambda what, literal: None)))
    content = cleaning.strip_controls(item.content)
    around = Surroundings(
        post, export.shelf, {number: attachment.address for number, attachment in attachments.items()}, bare_embeds=True
    )
    if not post.lead and (more := _MORE.search(content)) and content[: more.start()].strip():
        silent = ImportedPost(post.key, post.file)
        quiet = shortcodes.Context(silent.note, attachments, item.number)
        teaser = gutenberg.Context(
            silent.note, lambda text: autop(shortcodes.expand(text, quiet)), export.known.repeated, attachments
        )
        post.lead = first_words(read_body(_html(content[: more.start()], teaser), Surroundings(silent, export.shelf)))
    html = _html(content, blocks)
    if gutenberg.has_blocks(content):
        html = shortcodes.expand(html, context)
    post.body = read_body(html + _footnotes(item), around)


def _html(content: str, context: gutenberg.Context) -> str:
    if gutenberg.has_blocks(content):
        return gutenberg.unfold(_PARTING.sub("", content), context)
    return context.old_editor(_PARTING.sub("\n\n", content))


def _footnotes(item: wxr.Item) -> str:
    """The block of footnotes keeps their words beside the post."""
    try:
        read = json.loads((item.meta.get("footnotes") or ["[]"])[0])
    except (ValueError, RecursionError):
        return ""
    notes = [str(note.get("content", "")) for note in read if isinstance(note, dict)] if isinstance(read, list) else []
    return f"<h2>Catatan kaki</h2><ol>{''.join(f'<li>{note}</li>' for note in notes)}</ol>" if notes else ""


def _read_cover(item: wxr.Item, post: ImportedPost, export: _Export) -> None:
    for number in item.meta.get("_thumbnail_id", [])[:1]:
        attachment = export.known.attachments.get(number)
        if attachment is None:
            if number not in ("", "0", "-1"):
                post.problem(f"Gambar utama nomor {number} tidak ada dalam ekspor.")
            continue
        alt = alt_text(cleaning.plain_line(attachment.alt or attachment.title), attachment.address)
        post.cover = Picture(
            attachment.address, export.shelf.find(attachment.address), alt, cleaning.plain_line(attachment.caption)
        )
    settle_cover(post)


def _read_comments(item: wxr.Item, post: ImportedPost, export: _Export) -> None:
    left_out: Counter[str] = Counter()
    for raw in item.comments:
        if raw.type not in ("", "comment"):
            left_out[cleaning.plain_line(raw.type)[:40]] += 1
        elif raw.approved not in ("0", "1"):
            left_out[cleaning.plain_line(raw.approved)[:40] or "spam"] += 1
        elif text := cleaning.plain_text(raw.text):
            post.comments.append(
                Comment(
                    key=raw.key,
                    author=cleaning.plain_line(raw.author)[:200],
                    at=_gmt(raw.date_gmt) or _local(raw.date, export.place),
                    text=text,
                    parent=raw.parent if raw.parent not in ("", "0") else None,
                    approved=raw.approved == "1",
                )
            )
    for what, number in sorted(left_out.items()):
        post.note("Tanggapan yang tidak diambil", f"{number} {what}")


_SILENT_META = cleaning.word_set(
    "footnotes views post_views_count classic-editor-remember rank_math_internal_links_processed"
)


def _read_meta(item: wxr.Item, post: ImportedPost) -> None:
    if item.sticky:
        post.note("Disematkan di WordPress")
    for name, values in sorted(item.meta.items()):
        if name and not name.startswith("_") and name not in _SILENT_META:
            for value in filter(None, values):
                post.note(f"Isian {cleaning.plain_line(name)}", cleaning.strip_controls(value)[:2000])
