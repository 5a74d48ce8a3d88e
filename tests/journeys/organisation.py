"""The demo organisation with something on every desk: what the screens are looked at with. Loaded once, then only read."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone

from serikat.accounts.services import leave_notice
from serikat.files.inspection import Checked, check_upload
from serikat.kernel.access import SYSTEM, Actor, Role, actor_of, console
from serikat.newsroom.models import Article, ArticleIndex, Clip, LivePage, NewsDocument, Post, Rendition
from serikat.newsroom.rules.captions import read_typed, write_vtt
from serikat.newsroom.selectors.clips import clips_folder
from serikat.newsroom.services import bulletins, clips, cooking, editing, lifting, moderating, posts, series
from serikat.newsroom.services.reading import add_reads
from serikat.newsroom.tests import builders
from serikat.newsroom.tests.builders import HARMLESS
from serikat.people.models import Person
from serikat.people.services.breaches import BreachShape, add_breached_person, record_breach
from serikat.people.services.merging import propose_merge
from serikat.people.services.reveals import ask_reveal
from serikat.units.models import Decree, Unit
from serikat.units.services.mandates import draft_decree, propose_mandate
from serikat.web.services.demo import load_demo


def user(name: str):
    return get_user_model().objects.get(username=name)


def actor(name: str) -> Actor:
    return actor_of(user(name))


def load() -> None:
    """The demo, with what a day leaves behind: drafts, questions, answers that somebody waits for."""
    builders.a_place("32.15", "Kabupaten Karawang")
    load_demo(actor=console("peragaan"))
    _newsroom()
    _bulletins()
    _posts()
    _reads()
    _clips()
    _people()
    _units()
    for number in range(1, 4):
        leave_notice(actor=SYSTEM, user_id=user("redaktur").pk, text=f"Disetujui: naskah {number}.", link="/meja/redaksi/")


def _bulletins() -> None:
    """One whose sheet is drawn, and one that waits for its turn."""
    stories = list(LivePage.objects.filter(kind="article").order_by("-shown_at")[:5])
    words = {"title": "Papan Buruh Muara", "motto": "Dari pekerja, untuk pekerja", "day": timezone.localdate()}
    for number in range(2):
        unit = Unit.objects.get(parent=None)
        made = bulletins.make_bulletin(actor=actor("redaktur"), unit=unit, stories=stories, **words)
        if number == 0:
            bulletins.draw_bulletin(pk=made.pk)


def _posts() -> None:
    """One whose writer is asked, one that an editor makes news of and its writer is asked to agree to."""
    waiting, shown = Post.objects.get(state="waiting"), Post.objects.filter(state="shown").last()
    values = {
        "title": "Mandor memotret kami",
        "text": "Mandor memotret kami saat istirahat.",
        "named_as": "pen",
        "pen_name": "Melati",
    }
    asked = posts.send_post(
        actor=actor("penulis"), unit=waiting.unit, key=uuid4(), **values, pictures=[(_checked_picture(), "Gerbang pabrik")]
    )
    moderating.ask_writer(
        actor=actor("redaktur2"), post=asked, aspects=["face", "workplace"], words="Wajah mandor terlihat."
    )
    article = lifting.lift_post(actor=actor("redaktur"), post=shown)
    article.lead = "Rapat serikat ternyata menghitung slip gaji bersama."
    article.save_revision(user=user("redaktur"))
    editing.submit_page(actor=actor("redaktur"), page=article)


def _checked_picture() -> Checked:
    return check_upload(builders.image_file(), "gerbang.jpg", public=True)


def _reads() -> None:
    """Two weeks of reading, more in the evening and more of what is new."""
    now = int(timezone.now().timestamp()) // 3600
    pages = enumerate(LivePage.objects.order_by("-shown_at").values_list("path", flat=True)[:20])
    add_reads(
        {(now - hour, path): 1 + (hour * 7 + rank * 3) % 11 for rank, path in pages for hour in range(rank, 340, rank + 5)}
    )


def _clips() -> None:
    """A video and a sound that are shown, one that waits for an editor; their files are words, since only their pages are looked at."""
    made = series.add_series(
        actor=actor("redaktur"),
        title="Cerita gerbang",
        about="Tiap pekan, satu pagi di satu gerbang.",
        picture=builders.image_file(),
    )
    told = "0:00 0:04 Jam lima pagi, gerbang masih ditutup.\n0:04 0:09 Kami menunggu sejak tadi malam.\n0:12 0:15 Upah bulan ini belum dibayar."
    for kind, slug, title in (
        ("video", "gerbang-pagi", "Gerbang pagi, sebelum sirene"),
        ("suara", "suara-tiga-menit", "Tiga menit bersama penjahit"),
        ("video", "suara-shift-malam", "Suara shift malam"),
    ):
        clip = Clip.objects.create(
            kind=kind, title=title, slug=slug, unit=Unit.objects.get(parent=None), work="ready", seconds=184, series=made,
            about="Direkam di depan gerbang utara.", credit="Tim redaksi", captions=write_vtt(read_typed(told)),
            uploaded_by=user("karawang"),
        )  # fmt: skip
        folder = clips_folder(clip)
        folder.mkdir(parents=True, exist_ok=True)
        for name, width, height, size in (
            ("240", 426, 240, 8_400_000),
            ("360", 640, 360, 16_900_000),
            ("suara", 0, 0, 1_900_000),
        ):
            if kind == "suara" and width:
                continue
            ending, media_type = ("mp4", "video/mp4") if width else ("m4a", "audio/mp4")
            (folder / f"{name}-1.{ending}").write_bytes(b"x" * 1000)
            Rendition.objects.create(
                clip=clip, name=name, file=f"{clip.pk}/{name}-1.{ending}", media_type=media_type, size=size, width=width,
                height=height, seconds=184,
            )  # fmt: skip
        if kind == "video":
            clip.poster = cooking.keep_poster(clip=clip, content=builders.image_file(1280, 720).read())
            clip.save()
        if slug != "suara-shift-malam":
            clips.publish_clip(actor=actor("redaktur"), clip=clip, answers=HARMLESS)


def _newsroom() -> None:
    index, unit = ArticleIndex.objects.get(), Unit.objects.get(code="karawang")
    for title, writer in (("Lembur yang tidak dicatat di basis rajut", "karawang"), ("Posko aduan buka malam", "redaktur")):
        page = index.add_child(
            instance=Article(title=title, unit=unit, live=False, owner=user(writer), lead="Teras naskah ini.")
        )
        page.save_revision(user=user(writer), log_action=True)
    page = Article.objects.get(title__startswith="Lembur yang", live=False)
    editing.submit_page(actor=actor("karawang"), page=page, note_to_reader="Mohon cek angka di alinea kedua.")
    changed = Article.objects.filter(live=True).first()
    changed.lead = "Teras yang diperbaiki: jumlahnya 412 orang."
    changed.save_revision(user=user("karawang"), log_action=True)
    due = index.add_child(instance=Article(title="Rapat akbar hari Minggu", unit=unit, live=False, owner=user("redaktur")))
    due.go_live_at = timezone.now() + timedelta(days=2)
    due.save_revision(user=user("redaktur"))
    due.refresh_from_db()
    editing.approve_and_release(actor=actor("redaktur2"), page=due, revision_id=due.latest_revision_id, answers=HARMLESS)
    NewsDocument.objects.create(
        title="Panduan menghitung upah lembur", unit=unit, file=ContentFile(b"%PDF-1.4\n", name="lembur.pdf")
    )


def _people() -> None:
    same = Person.objects.filter(unit__code__in=["tanjungsari", "indramayu"]).exclude(threat_level="high").order_by("pk")
    propose_merge(actor=actor("data"), kept=same[0], merged=same[1], reason="Nomor telepon dan desanya sama.")
    hidden = Person.objects.filter(threat_level="high").first()
    ask_reveal(actor=actor("paralegal"), person=hidden, reason="Menyusun gugatan.")
    shape = BreachShape(
        what="Buku daftar anggota tertinggal di angkutan umum.",
        data_kinds="nama, telepon",
        known_at=timezone.now() - timedelta(hours=30),
        measures="Sopir dihubungi, buku dicari.",
    )
    breach = record_breach(actor=actor("data"), unit=Unit.objects.get(parent=None), shape=shape)
    add_breached_person(actor=actor("data"), breach=breach, person=same[0])


def _units() -> None:
    unit, today = Unit.objects.get(code="karawang"), timezone.localdate()
    decree = Decree.objects.exclude(signed_at=None).first()
    propose_mandate(
        actor=actor("admin"), unit=decree.unit, user=user("admin"), role=Role.EDITOR.value, decree=decree,
        starts_on=today, ends_on=today + timedelta(days=300),
    )  # fmt: skip
    draft_decree(actor=actor("admin"), unit=unit, number="7/PBM/2026", about="Penggantian pengurus", decided_on=today)
