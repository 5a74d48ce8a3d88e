"""What the newsroom puts into the bars of public pages (home, news, search, the rubrics, the standing pages of the foot) and into the
rail of the desk, what it puts on the desk's first page, and which pages have a trail."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from serikat.audit.pages import trail_page
from serikat.kernel.access import Actor, Role, signed_in
from serikat.kernel.errors import Words
from serikat.kernel.together import once
from serikat.messaging.keywords import Word, register_word
from serikat.messaging.models import Message
from serikat.newsroom import permissions
from serikat.newsroom.models import Submission
from serikat.newsroom.selectors import bulletins, clips, comments, editing, english, posts, requests, spreading, telling
from serikat.newsroom.selectors import public as selectors
from serikat.rights.ways import Way, way_from_result
from serikat.ui import navigation, offline, today
from serikat.ui.components.words import near
from serikat.ui.language import path_in
from serikat.ui.navigation import Group, Item
from serikat.ui.sharing import Taker, takes
from serikat.ui.today import Row


def rubrics() -> Iterator[tuple[Words, str, str]]:
    """Those that stand in the head of every page."""
    shown = (rubric for rubric in english.rubrics() if rubric.in_strip)
    return ((rubric.name, reverse("newsroom:rubric", args=[rubric.slug]), rubric.lang) for rubric in shown)


def workers_room() -> Iterator[tuple[Words, str]]:
    yield _("Ruang Buruh"), reverse("newsroom:posts")


def standing_pages() -> Iterator[tuple[Words, str, str]]:
    language = get_language() or settings.LANGUAGE_CODE
    for title, translated, path in selectors.footer_links():
        name, lang = english.in_page_language(title, translated)
        yield name, path_in(language, path), lang


def waiting_for(actor: Actor) -> int:
    """How many pages wait for somebody's approval, of those that this actor did not submit."""
    return editing.waiting(actor).exclude(by_id=actor.user_id).count()


def to_moderate(actor: Actor) -> int:
    """How many posts and comments wait for a look."""
    return posts.posts_waiting(actor).count() + comments.comments_waiting(actor).count()


def to_approve(actor: Actor) -> list[Row]:
    """Pages that others sent and that this actor may approve, oldest first."""
    return [
        Row(s.revision.object_str, _review(s), gettext("dikirim %(who)s, %(at)s") % {"who": s.by or "–", "at": near(s.at)})
        for s in editing.waiting(actor).exclude(by_id=actor.user_id)[:50]
    ]


def sent_back(actor: Actor) -> list[Row]:
    """What this actor sent and somebody sent back with a note, the latest first."""
    return [Row(s.revision.object_str, _review(s), s.answer, "amber") for s in editing.sent_back(actor)[:50]]


def to_answer(actor: Actor) -> list[Row]:
    """Requests that wait for this actor, those whose time is over first."""
    now = timezone.now()
    return [
        Row(
            f"{request}: {request.title}",
            reverse("newsroom_desk:request", args=[request.pk]),
            gettext("dijawab paling lambat %(at)s") % {"at": near(request.due_at)},
            "red" if request.due_at < now else "amber",
        )
        for request in requests.to_answer(actor)[:50]
    ]


def _review(submission: Submission) -> str:
    return reverse("newsroom_desk:review", args=[submission.revision.object_id])


def to_distribute(actor: Actor) -> list[Row]:
    """Distributions of others that wait for this actor's yes; then corrections that nobody has sent on their way, and what a correction
    holds."""
    if not actor.holds(Role.EDITOR):
        return []
    waiting = [
        Row(
            d.article.title,
            _distribution(d.article_id),
            gettext("dikirim %(who)s, %(at)s") % {"who": d.submitted_by or "–", "at": near(d.submitted_at)},
        )
        for d in spreading.waiting_for(actor)[:50]
    ]
    drafted = [
        Row(d.article.title, _distribution(d.article_id), gettext("koreksinya belum disebar"), "red")
        for d in spreading.corrections_to_send(actor)[:50]
    ]
    held = [
        Row(d.article.title, _distribution(d.article_id), gettext("tertahan koreksi: baca lagi"), "amber")
        for d in spreading.held_by_correction(actor)[:50]
    ]
    return drafted + held + waiting


def _distribution(page_id: int) -> str:
    return reverse("newsroom_desk:distribute", args=[page_id])


def tell_news(message: Message, topic: str) -> str:
    return once((tell_news, topic), lambda: telling.news_by_sms(topic))


navigation.bar(Item(_("Beranda"), "newsroom:home", "home", order=10, exact=True))
navigation.bar(Item(_("Berita"), "newsroom:index", "news", order=20))
way_from_result(lambda topic: Way(_("Tulis di Ruang Buruh"), reverse("newsroom:write_post")), order=80)
takes(
    Taker(
        _("Tulis di Ruang Buruh"),
        _("Kirim sebagai cerita Anda; moderator membacanya dulu."),
        "newsroom:write_post",
        "edit",
        files=True,
    )
)
navigation.utility(Item(_("Cari"), "newsroom:search", "search", order=10))
navigation.foot(Item(_("Video"), "newsroom:videos", order=20))
navigation.foot(Item(_("Suara"), "newsroom:sounds", order=21))
navigation.foot(Item(_("Hak jawab dan koreksi"), "newsroom:rights", order=80))
navigation.foot(Item("RSS", "site:rss", order=90, only="id"))
navigation.foot(Item("RSS", "site:rss_english", order=90, only="en"))
offline.fill_newest(selectors.newest_paths)
navigation.strip_from(workers_room)
navigation.strip_from(rubrics)
navigation.foot_from(standing_pages)
navigation.rail(
    Group.PUBLISHING, Item(_("Meja redaksi"), "newsroom_desk:desk", "news", order=10, who=[Role.EDITOR], count=waiting_for)
)
navigation.rail(
    Group.PUBLISHING,
    Item(
        _("Antrean moderasi"),
        "newsroom_desk:queue",
        "check",
        order=20,
        who=[Role.MODERATOR],
        count=to_moderate,
        also=("/meja/redaksi/tulisan/", "/meja/redaksi/komentar/"),
    ),
)
navigation.rail(
    Group.PUBLISHING,
    Item(
        _("Penyebaran"),
        "newsroom_desk:distributions",
        "share",
        order=12,
        who=[Role.EDITOR],
        count=lambda actor: spreading.waiting_for(actor).count(),
    ),
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Hak jawab"), "newsroom_desk:requests", "flag", order=25, who=[Role.EDITOR], count=requests.waiting_for),
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Aturan hak jawab"), "newsroom_desk:request_rule", "check", order=92, who=permissions.may_change_editing_rule),
)
navigation.rail(Group.PUBLISHING, Item(_("Tulisan saya"), "newsroom:own_posts", "edit", order=30, who=signed_in))
navigation.rail(
    Group.PUBLISHING,
    Item(
        _("Aturan tulisan pekerja"), "newsroom_desk:posting_rule", "check", order=91, who=permissions.may_change_editing_rule
    ),
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Video dan suara"), "newsroom_desk:clips", "horn", order=15, who=permissions.may_upload_clip),
)
navigation.rail(
    Group.PUBLISHING,
    Item(_("Aturan persetujuan"), "newsroom_desk:editing_rule", "check", order=90, who=permissions.may_change_editing_rule),
)
navigation.rail(Group.PUBLISHING, Item(_("Lihat situs"), "newsroom:home", "globe", order=95, who=signed_in, exact=True))
today.section("newsroom.sent_back", _("Dikembalikan kepada Anda"), sent_back, order=10, url_name="newsroom_desk:desk")
today.section("newsroom.to_answer", _("Permintaan kepada redaksi"), to_answer, order=15, url_name="newsroom_desk:requests")
today.section("newsroom.to_approve", _("Menunggu persetujuan Anda"), to_approve, order=20, url_name="newsroom_desk:desk")
today.section(
    "newsroom.to_distribute", _("Penyebaran menunggu Anda"), to_distribute, order=21, url_name="newsroom_desk:distributions"
)
register_word(Word("INFO", ("BERITA", "KABAR"), tell_news, _("INFO topik: kabar terbaru"), order=20))
trail_page("newsroom.distribution", lambda actor, pk: spreading.distribution_for(actor, int(pk)))
trail_page("newsroom.bulletin", lambda actor, pk: bulletins.bulletin_for(actor, int(pk)))
trail_page("newsroom.clip", lambda actor, pk: clips.clip_for(actor, int(pk)))
trail_page("newsroom.homepage", lambda actor, pk: editing.page_for(actor, int(pk)))
trail_page("newsroom.articleindex", lambda actor, pk: editing.page_for(actor, int(pk)))
trail_page("newsroom.staticpage", lambda actor, pk: editing.page_for(actor, int(pk)))
trail_page("newsroom.article", lambda actor, pk: editing.page_for(actor, int(pk)))
trail_page("newsroom.post", lambda actor, pk: posts.post_row(actor, int(pk)))
trail_page("newsroom.editorialrequest", lambda actor, pk: requests.request_for(actor, int(pk)))
