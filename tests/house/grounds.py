"""The ground on which the walk goes: a centre with two branches, and in the western one a thing of every kind that an address names.

`ARGUMENTS` says which thing stands behind the arguments of each address; an address with arguments and no line there fails the walk, so that
whoever adds an address adds its thing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.http import int_to_base36
from django_tasks_db.models import DBTaskResult

from serikat.accounts.models import HeldForm, Notice, OneTimeLink, Session
from serikat.accounts.selectors import token_hash
from serikat.files.models import StoredFile
from serikat.kernel.access import ANONYMOUS, Role, console
from serikat.kernel.codes import make_code
from serikat.kernel.jobs import enqueue
from serikat.kernel.models import Job
from serikat.kernel.secrets import encrypt
from serikat.newsroom.models import (
    Article,
    ArticleIndex,
    Bulletin,
    Byline,
    Clip,
    ClipUpload,
    Comment,
    EditorialRequest,
    LiveClip,
    Post,
    Redress,
    Rubric,
    Series,
    ShortLink,
)
from serikat.newsroom.services.requests import send_request_once
from serikat.newsroom.tests import builders
from serikat.people.models import Body, Breach, Consent, ContactPoint, DataRequest, MergeProposal, Person, Reveal
from serikat.people.services.contacts import add_contact_point
from serikat.people.tests.factories import make_actor, make_person, make_unit, make_user
from serikat.places.models import Level, Region
from serikat.rights.models import DayOff, MinimumWage, Review
from serikat.units.models import Decree, Mandate, Proposal, Unit
from serikat.units.services import found_root_unit, found_unit
from serikat.vacancies.models import Advert
from serikat.web.models import Identity
from tests.house import grounds_of_messages

TODAY = timezone.localdate
NOWHERE = 987_654_321
NAMELESS = uuid.UUID(int=NOWHERE)


@dataclass
class Ground:
    """What stands where. `owner` holds what belongs to one account."""

    centre: Unit
    west: Unit
    east: Unit
    owner: Any
    things: dict[str, Any]


def lay() -> Ground:
    """Make everything once. Second factors are not asked for here: sleeping roles have tests of their own in `accounts`."""
    founder = console("jalan")
    centre = found_root_unit(actor=founder, name="Serikat Contoh", code="pusat")
    west = found_unit(actor=founder, parent=centre, name="Cabang Barat", kind="branch")
    east = found_unit(actor=founder, parent=centre, name="Cabang Timur", kind="branch")
    Identity.objects.create(name="Serikat Contoh")
    owner = make_user("pemilik", name="Pemilik Akun", email="pemilik@contoh.id")
    things = {"unit": make_unit(west, "Komisariat Barat")}
    things |= (
        _of_units(west)
        | _of_accounts(owner)
        | _of_people(west, owner)
        | _of_newsroom(west, owner)
        | _of_clips(west, owner)
        | _of_vacancies(west, owner)
        | _of_rights(owner)
    )
    things |= grounds_of_messages.lay(west, owner, things)
    enqueue("kernel.prune_jobs")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    Job.objects.update(parked_at=timezone.now(), tries=3, problem="OSError: disk full")
    things["job"] = Job.objects.first()
    things["file"] = StoredFile.objects.create(
        name="surat.pdf", kind="application/pdf", size=1, sha256="0" * 64, holder_ref=f"people.person:{things['person'].pk}",
        subject=things["person"].subject, unit=west, private=False, storage_name=things["media"],
    )  # fmt: skip
    return Ground(centre, west, east, owner, things)


def _of_units(west: Unit) -> dict[str, Any]:
    holder, proposer = make_user("pemangku", name="Pemangku"), make_user("pengusul", name="Pengusul")
    decree = Decree.objects.create(unit=west, number="1/SK", about="Pengurus", decided_on=TODAY())
    term = {"unit": west, "decree": decree, "starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=300)}
    return {
        "decree": decree,
        "mandate": Mandate.objects.create(user=holder, role=Role.TRAINER, **term),
        "proposal": Proposal.objects.create(user=holder, role=Role.CHAIR, proposed_by=proposer, **term),
        "account": holder,
    }


def _of_accounts(owner: Any) -> dict[str, Any]:
    now = timezone.now()
    OneTimeLink.objects.create(user=owner, token_hash=token_hash("tautan-sekali"), expires_at=now + timedelta(hours=2))
    sealed = encrypt(json.dumps({"user": owner.pk, "path": "/meja/", "fields": [["a", ["isian"]]], "files": []}))
    return {
        "session": Session.objects.create(user=owner, session_key="k" * 32),
        "notice": Notice.objects.create(user=owner, text="Kabar", link="/meja/"),
        "held": HeldForm.objects.create(user=owner, sealed=sealed, expires_at=now + timedelta(hours=2)),
        "passkey": Authenticator.objects.create(
            user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Kunci", "passwordless": False, "credential": {}}
        ),
        "mail": (int_to_base36(owner.pk), default_token_generator.make_token(owner)),
    }


def _of_people(west: Unit, owner: Any) -> dict[str, Any]:
    person = make_person(west, "Sumarni Watiningrum", nik="3216085708900001", phone="+6281234567890", user=owner)
    twin = make_person(west, "Marnie Watiningrum")
    old = make_person(west, "Sumarni Lama")
    Person.objects.filter(pk=old.pk).update(merged_into=person)
    hidden = make_person(west, "Kartini Lestari", alias="Melati", threat_level="high")
    add_contact_point(actor=console("jalan"), owner=person, kind="email", value="sumarni@contoh.id", preferred=False)
    asker = make_actor(Role.SECRETARY, unit=west)
    now = timezone.now()
    MergeProposal.objects.create(kept=person, merged=old, reason="sama", proposed_by_id=asker.user_id, answer="agreed")
    body = Body.objects.create(unit=west, kind="company", name="PT Contoh", folded="pt contoh")
    return {
        "person": person,
        "old": old,
        "contact": ContactPoint.objects.filter(person=person).order_by("pk").last(),
        "consent": Consent.objects.create(person=person, purpose="contact", given_on=TODAY(), how="paper"),
        "merge": MergeProposal.objects.create(kept=person, merged=twin, reason="sama", proposed_by_id=asker.user_id),
        "reveal": Reveal.objects.create(person=hidden, reason="perlu", asked_by_id=asker.user_id),
        "request": DataRequest.objects.create(person=person, kind="copy", due_at=now + timedelta(days=3)),
        "breach": Breach.objects.create(
            unit=west, what="Buku hilang", data_kinds="Nama", known_at=now, due_at=now + timedelta(days=3)
        ),
        "body": body,
    }


def _of_newsroom(west: Unit, owner: Any) -> dict[str, Any]:
    builders.a_site()
    place = builders.a_place()
    live = builders.an_article("Upah dibayar", place=place)
    draft = Article(title="Rancangan barat", unit=west, live=False)
    ArticleIndex.objects.get().add_child(instance=draft)
    draft.save_revision()
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gambar.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    post = _post(west, make_user("penulis-barat", name="Penulis Barat"), "WAITING2", Post.State.WAITING)
    asked = send_request_once(
        actor=ANONYMOUS, key=NAMELESS, about=_post(west, post.writer, "ASKED222", Post.State.SHOWN), kind="reply", words="Tidak.", name="PT Contoh",
    )  # fmt: skip
    return {
        "asked": EditorialRequest.objects.get(),
        "asked_code": asked,
        "reply": Redress.objects.create(
            kind="reply", article=live, title=live.title, label="9/2026", name="PT", at=timezone.now()
        ),
        "post": post,
        "shown_post": _post(west, post.writer, "SHOWN222", Post.State.SHOWN),
        "own_post": _post(west, owner, "OWNPOST2", Post.State.WAITING),
        "comment": Comment.objects.create(post=post, name="Pembaca", text="Setuju.", at=timezone.now()),
        "bulletin": Bulletin.objects.create(number=1, title="Papan", day=TODAY(), unit=west, pdf=b"%PDF-"),
        "draft": draft,
        "live": live,
        "rubric": Rubric.objects.get(),
        "byline": Byline.objects.get(),
        "place": place,
        "short": ShortLink.objects.get(page=live),
        "media": "gambar.png",
    }


def _post(unit: Unit, writer: Any, code: str, state: str) -> Post:
    now = timezone.now()
    return Post.objects.create(
        code=code, key=uuid.uuid4(), writer=writer, unit=unit, title="Kipas mati", text="Sejak Maret.", html="<p>Sejak Maret.</p>",
        named_as="own", name=writer.name, state=state, sent_at=now, shown_at=now if state == Post.State.SHOWN else None,
    )  # fmt: skip


def _of_clips(west: Unit, owner: Any) -> dict[str, Any]:
    """A video and a sound that are shown, with a file each, in a series."""
    series = Series.objects.create(title="Suara Barat", slug="suara-barat")
    shown = {}
    for kind in ("video", "suara"):
        clip = Clip.objects.create(
            kind=kind, title=f"Klip {kind}", slug=f"klip-{kind}", unit=west, work="ready", series=series
        )
        file = Path(settings.CLIPS_ROOT) / str(clip.pk) / "sampul-1.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\xff\xd8\xff")
        Clip.objects.filter(pk=clip.pk).update(poster=f"{clip.pk}/{file.name}")
        words = {"kind": kind, "slug": clip.slug, "token": clip.token, "title": clip.title, "series": series}
        when = {"shown_at": timezone.now(), "changed_at": timezone.now()}
        cue = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nUpah\n"
        shown[kind] = LiveClip.objects.create(clip=clip, poster=f"{clip.pk}/{file.name}", captions=cue, **words, **when)
    upload = ClipUpload.objects.create(by=owner, unit=west, title="Belum selesai", name="a.mp4", size=10)
    return {
        "clip": shown["video"].clip,
        "video": shown["video"],
        "sound": shown["suara"],
        "series": series,
        "upload": upload,
    }


def _of_vacancies(west: Unit, owner: Any) -> dict[str, Any]:
    """An advert that waits, one that is live, one that the owner sent, one that was sent without an account."""

    def advert(code: str, **more: Any) -> Advert:
        words = {
            "title": "Operator jahit",
            "kind": "fixed",
            "firm": "PT Contoh",
            "work": "Menjahit kaus.",
            "address": "Jl. Contoh 1",
        }
        now = timezone.now()
        return Advert.objects.create(
            code=code, mark=code, unit=west, sent_at=now, ends_on=TODAY() + timedelta(days=30), **{**words, **more}
        )

    return {
        "advert": advert("WAITADV2"),
        "live_advert": advert(make_code(), state="live", shown_at=timezone.now(), checked_at=timezone.now()),
        "own_advert": advert("OWNADVR2", sender=owner),
    }


def _of_rights(owner: Any) -> dict[str, Any]:
    """A wage, a day off and a lawyer's mark: tables of the whole organisation."""
    words = {"level": Level.PROVINCE, "folded": "jawabarat", "line": " jawa barat"}
    region = Region.objects.get_or_create(code="32", defaults={"name": "Jawa Barat", **words})[0]
    year = TODAY().replace(month=1, day=1)
    return {
        "wage": MinimumWage.objects.create(region=region, from_day=year, amount=2_500_000, decree="1"),
        "day_off": DayOff.objects.create(on=year, kind="holiday", name_id="Tahun Baru Masehi", decree="1"),
        "mark": Review.objects.create(
            subject="PP35/2021:40(2)", digest="0" * 16, verdict="right", note="Cocok.", reviewer=owner
        ),
    }


# Things that have a trail of their own, by the name of the thing.
TRAILS = (
    "unit", "decree", "mandate", "account", "person", "body", "file", "draft", "bulletin", "post", "clip", "asked", "advert", "wage",
    "day_off", "mark", *grounds_of_messages.TRAILS,
)  # fmt: skip

# What an address's arguments name: the names of things, in the order of the arguments, each with how it is written in an address.
Written = Callable[[Any], Any]


def pk(thing: Any) -> Any:
    return thing.pk


def slug(thing: Any) -> Any:
    return thing.slug


def code(thing: Any) -> Any:
    return thing.code


def subject(thing: Any) -> Any:
    return thing.subject


ARGUMENTS: dict[str, dict[str, tuple[str, Written]]] = {
    "public_file": {"name": ("media", str)},
    "site:short": {"code": ("short", pk)},
    "site:short_qr": {"code": ("short", pk)},
    "site:rss_tag": {"slug": ("live", lambda page: page.tags.get().slug)},
    "site:rss_rubric": {"slug": ("rubric", slug)},
    "site:rss_byline": {"slug": ("byline", slug)},
    "site:rss_place": {"slug": ("place", pk)},
    "site:sitemap_part": {"number": ("live", lambda page: 1)},
    "newsroom:article": {"slug": ("live", slug)},
    "newsroom:print": {"slug": ("live", slug)},
    "newsroom:tag": {"slug": ("live", lambda page: page.tags.get().slug)},
    "newsroom:rubric": {"slug": ("rubric", slug)},
    "newsroom:byline": {"slug": ("byline", slug)},
    "newsroom:place": {"slug": ("place", pk)},
    "newsroom_desk:change_rubric": {"pk": ("rubric", pk)},
    "newsroom_desk:name_tag": {"pk": ("live", lambda page: page.tags.get().pk)},
    **{f"newsroom_desk:{what}": {"pk": ("bulletin", pk)} for what in ("bulletin", "bulletin_sheet", "redraw_bulletin")},
    "newsroom:post": {"code": ("shown_post", code)},
    **{
        f"newsroom:{verb}": {"code": ("own_post", code)}
        for verb in ("own_post", "change_post", "withdraw_post", "decide_concerns", "answer_lift")
    },
    "newsroom:write_comment": {"kind": ("shown_post", lambda post: "tulisan"), "key": ("shown_post", code)},
    "newsroom_desk:comments": {"kind": ("shown_post", lambda post: "tulisan"), "key": ("shown_post", code)},
    "newsroom_desk:close_comments": {"kind": ("shown_post", lambda post: "tulisan"), "key": ("shown_post", code)},
    "newsroom_desk:decide_comment": {"pk": ("comment", pk)},
    **{
        f"newsroom_desk:{verb}": {"code": ("post", code)}
        for verb in ("post", "show_post", "ask_writer", "refuse_post", "trust_writer", "lift_post")
    },
    "site:clip_captions": {"token": ("video", lambda live: live.token)},
    "site:clip_file": {"token": ("video", lambda live: live.token), "name": ("video", lambda live: "sampul-1.jpg")},
    "site:podcast_of": {"slug": ("series", slug)},
    "newsroom:video": {"slug": ("video", slug)},
    "newsroom:sound": {"slug": ("sound", slug)},
    "newsroom:series": {"slug": ("series", slug)},
    **{
        f"newsroom_desk:{what}": {"pk": ("clip", pk)}
        for what in (
            "clip", "change_clip", "caption_clip", "choose_poster", "publish_clip", "withdraw_clip", "delete_clip", "rework_clip",
        )
    },
    "newsroom_desk:clip_file": {"pk": ("clip", pk), "name": ("clip", lambda clip: "sampul-1.jpg")},
    **{f"newsroom_desk:{what}": {"pk": ("upload", pk)} for what in ("piece", "finish_upload", "drop_upload")},
    **{f"newsroom_desk:{what}": {"pk": ("series", pk)} for what in ("change_series", "remove_series")},
    "newsroom_desk:change_byline": {"pk": ("byline", pk)},
    **{f"newsroom_desk:{verb}": {"page_id": ("draft", pk)} for verb in ("submit", "review", "release", "send_back", "page_reads", "approvals", "begin_english")},
    **{
        f"newsroom_desk:{verb}": {"pk": ("asked", pk)}
        for verb in (
            "request", "ask_sender", "shorten_reply", "hand_over", "accept_request", "refuse_request", "confirm_decision", "return_decision",
        )
    },
    "newsroom:old_request_link": {"code": ("asked_code", lambda code: f"{code}/")},
    "newsroom:send_request_about": {"kind": ("shown_post", lambda post: "tulisan"), "key": ("shown_post", code)},
    "newsroom:reply": {"year": ("reply", lambda reply: 2026), "number": ("reply", lambda reply: 9)},
    "account_reset_password_from_key": {"uidb36": ("mail", lambda m: m[0]), "key": ("mail", lambda m: m[1])},
    "mfa_edit_webauthn": {"pk": ("passkey", pk)},
    "mfa_remove_webauthn": {"pk": ("passkey", pk)},
    "accounts:end_device": {"pk": ("session", pk)},
    "accounts:open_notice": {"pk": ("notice", pk)},
    "accounts:held_form": {"pk": ("held", pk)},
    "accounts:drop_form": {"pk": ("held", pk)},
    "accounts:one_time_link": {"token": ("account", lambda user: "tautan-sekali")},
    **{f"accounts:{verb}": {"pk": ("account", pk)} for verb in ("account", "make_link", "close", "reopen")},
    **{
        f"units:{verb}": {"pk": ("unit", pk)}
        for verb in ("unit", "found", "rename", "move", "close", "history", "draft_decree", "appoint")
    },
    "units:sign_decree": {"pk": ("decree", pk)},
    "units:end_mandate": {"pk": ("mandate", pk)},
    "units:decide": {"pk": ("proposal", pk)},
    "files:download": {"pk": ("file", pk)},
    "helpdesk_public:hear_file": {"pk": ("file", pk)},
    "people:answer_merge": {"pk": ("merge", pk)},
    "people:separate": {"subject": ("old", subject)},
    "people:answer_reveal": {"pk": ("reveal", pk)},
    "people:answer": {"pk": ("request", pk)},
    **{
        f"people:{verb}": {"pk": ("breach", pk)}
        for verb in ("breach", "correct_breach", "add_breached_person", "tell_breach", "close_breach")
    },
    "people:breach_letter": {"pk": ("breach", pk), "whom": ("breach", lambda breach: "orang")},
    **{f"people:{verb}": {"pk": ("body", pk)} for verb in ("body", "correct_body", "add_body_contact_point")},
    **{
        f"people:{verb}": {"subject": ("person", subject)}
        for verb in (
            "see", "look", "record", "correct", "protect", "link", "add_contact_point", "record_consent", "propose_merge",
            "ask_reveal", "ask_right", "copy", "lift_restriction",
        )
    },
    "people:end_contact_point": {"subject": ("person", subject), "pk": ("contact", pk)},
    "people:prefer_contact_point": {"subject": ("person", subject), "pk": ("contact", pk)},
    "people:withdraw_consent": {"subject": ("person", subject), "pk": ("consent", pk)},
    "people:withdraw_own_consent": {"pk": ("consent", pk)},
    **{f"vacancies:{verb}": {"code": ("live_advert", code)} for verb in ("advert", "report_advert")},
    "vacancies:send_step": {"step": ("advert", lambda advert: "kerja")},
    "vacancies:old_link": {"key": ("advert", lambda advert: str(uuid.uuid4()))},
    **{f"vacancies:{verb}": {"code": ("own_advert", code)} for verb in ("own_advert", "change_own_advert", "take_back_advert")},
    **{
        f"vacancies_desk:{verb}": {"code": ("advert", code)}
        for verb in (
            "advert", "show_advert", "refuse_advert", "join_firm", "add_firm", "edit_advert", "extend_advert", "hold_advert",
            "clear_advert", "prove_false", "withdraw_advert",
        )
    },
    **{f"rights:{name}": {"slug": ("account", lambda user: "pesangon")} for name in ("calculator", "calculator_sheet", "area")},
    "rights_desk:region": {"slug": ("wage", lambda wage: wage.region_id)},
    "rights_desk:fill_year": {"year": ("account", lambda user: 2027)},
    **{f"rights_desk:{name}": {"pk": ("day_off", pk)} for name in ("day", "remove_day")},
    "rights_desk:withdraw_review": {"pk": ("mark", pk)},
    **grounds_of_messages.ARGUMENTS,
    "rights:act": {"slug": ("account", lambda user: "pp35-2021")},
    "web:open_wizard": {"token": ("account", lambda user: "kunci-awal")},
    "web:mend_job": {"pk": ("job", pk)},
    "web:trail_page": {"ref": ("person", lambda person: f"people.person:{person.pk}")},
}  # fmt: skip
ARGUMENTS |= {name.replace("rss", "json_feed"): how for name, how in ARGUMENTS.items() if name.startswith("site:rss_")}


def present(ground: Ground, name: str) -> dict[str, Any]:
    """The arguments of an address that leads to a thing of the west."""
    return {key: write(ground.things[thing]) for key, (thing, write) in ARGUMENTS.get(name, {}).items()}


def absent(arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """The same arguments leading nowhere: one after the other."""
    return [arguments | {key: _nowhere(value)} for key, value in arguments.items()]


def _nowhere(value: Any) -> Any:
    if isinstance(value, int):
        return NOWHERE
    if isinstance(value, uuid.UUID):
        return NAMELESS
    label, colon, _pk = str(value).partition(":")
    return f"{label}:{NOWHERE}" if colon else "tidak-ada"


def with_roles(roles: set[Role], unit: Unit) -> Any:
    """An account that holds these roles in one unit."""
    return get_user_model().objects.get(pk=make_actor(*sorted(roles), unit=unit).user_id)


def without_authority() -> Any:
    """An account that a database says is all-mighty, with every role by a mandate that is over."""
    user = make_user("tanpa-wewenang", name="Tanpa Wewenang", is_staff=True, is_superuser=True)
    unit = Unit.objects.get(parent=None)
    decree = Decree.objects.create(unit=unit, number="lama", about="Dulu", decided_on=TODAY() - timedelta(days=90))
    for role in Role:
        Mandate.objects.create(
            user=user, role=role, unit=unit, decree=decree,
            starts_on=TODAY() - timedelta(days=60), ends_on=TODAY() - timedelta(days=1),
        )  # fmt: skip
    return user
