"""What the holder of an access code does: write, set a second secret; and how a lost code is renewed, by two people who do not open the file with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serikat.accounts.services import leave_notice, settle_notices
from serikat.audit.action import action, inner, note, notes_say
from serikat.files.inspection import Checked
from serikat.files.models import StoredFile
from serikat.files.selectors import content_of
from serikat.helpdesk.models import AccessCode, CodeRenewal, Report, ReportStep
from serikat.helpdesk.permissions import reports as permissions
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.selectors.codes import said_with
from serikat.helpdesk.services.reports import new_code, web_conversation
from serikat.kernel.access import SYSTEM, Actor, who_may
from serikat.kernel.errors import Conflict, Refused
from serikat.kernel.text import clean_text
from serikat.messaging.adapters import Arrived, Attachment
from serikat.messaging.models import Message
from serikat.messaging.services.receiving import receive_news

notes_say(known_by=_("dikenali dari"))

# What only who reported can know. Three right answers are asked for; whoever asks must not lead.
QUESTIONS = {
    "way": _("Kapan dan lewat apa laporan itu dikirim (web, SMS, telepon, datang)"),
    "against": _("Siapa atau perusahaan mana yang dilaporkan"),
    "detail": _("Hal kecil dari ceritanya yang tidak kita sebut lebih dulu"),
    "said": _("Apa yang terakhir kita tanyakan atau kabarkan kepada mereka"),
    "reach": _("Cara menghubungi yang mereka tulis waktu itu"),
}
ENOUGH = 3
ANSWERED: dict[str, Any] = {
    CodeRenewal.State.AGREED: _("{by} menyetujui kode akses baru untuk laporan {number}. Buat kodenya sekarang."),
    CodeRenewal.State.REFUSED: _("{by} menolak kode akses baru untuk laporan {number}."),
}


class TooShortSecret(Refused):
    message = _("Paling sedikit 6 huruf atau angka.")


class HasSecret(Conflict):
    message = _("Sandi kedua sudah dipasang dan tidak dapat diganti di sini.")


class TooLittleKnown(Refused):
    message = _(
        "Paling sedikit tiga jawaban harus cocok. Kalau kurang, jangan buat kode baru: ajak datang dengan orang yang mereka percaya."
    )


class AlreadyAsked(Conflict):
    message = _("Kode baru untuk laporan ini sudah diminta.")


class NotAgreed(Conflict):
    message = _("Belum disetujui orang kedua, atau waktunya sudah lewat. Minta sekali lagi.")


def _prepared(*, secret: str, **_others: Any) -> Mapping[str, Any]:
    if len(secret) < rules.SHORTEST_SECRET:
        raise TooShortSecret(field="secret")
    return {"hashed": make_password(secret[: rules.LONGEST_SECRET])}


@action(
    "helpdesk.code.secured",
    may=permissions.may_use_code,
    says=_("memasang sandi kedua"),
    on="report",
    prepare=_prepared,
)
def set_second_secret(*, actor: Actor, report: Report, code: AccessCode, secret: str, hashed: str = "") -> None:
    """Once. Who set it stands in the report's timeline at /kode/, where who wrote the report sees it."""
    fresh = AccessCode.objects.select_for_update().get(pk=code.pk)
    if fresh.secret or fresh.ended_at is not None:
        raise HasSecret
    now = timezone.now()
    fresh.secret, fresh.secret_set_at = hashed, now
    fresh.save(update_fields=["secret", "secret_set_at"])
    ReportStep.objects.create(
        report=report,
        state=report.state,
        at=now,
        words=str(_("Sandi kedua dipasang lewat halaman ini. Bukan Anda? Tulis kepada kami di bawah.")),
    )


@action(
    "helpdesk.report.written",
    may=permissions.may_use_code,
    says=pgettext_lazy("an action", "menulis lewat kode akses"),
    on="report",
)
def write_by_code(
    *, actor: Actor, report: Report, key: uuid.UUID, text: str, files: Sequence[Checked] = ()
) -> list[Message]:
    """Words of the holder of the code, into the conversation of this page; sent twice, they are one message."""
    words = clean_text(text)
    if not words and not files:
        raise Refused(_("Tulis pesannya dulu, atau pilih satu berkas."), field="text")
    conversation = web_conversation(report=report)
    attached = tuple(Attachment(name=file.name, mime=file.kind, content=file.content) for file in files)
    made = receive_news(
        actor=SYSTEM,
        channel=conversation.channel,
        news=[Arrived(sender=str(report.key), text=words, provider_id=f"kode:{key}", files=attached)],
    )
    if report.state == Report.State.THEIRS:
        report.state = Report.State.HANDLED
        report.save(update_fields=["state"])
        ReportStep.objects.create(report=report, state=report.state, at=timezone.now())
    return made


@inner("machinery")
def note_use(*, code: AccessCode) -> None:
    AccessCode.objects.filter(pk=code.pk).update(used_at=timezone.now())


@action(
    "helpdesk.file.opened",
    may=permissions.may_use_code,
    says=_("membuka berkas lewat kode akses"),
    on="report",
)
def open_file_by_code(*, actor: Actor, report: Report, file: StoredFile) -> Iterator[bytes]:
    note(sha256=file.sha256)
    return content_of(file)


@inner("reads only")
def questions_about(*, report: Report) -> dict[str, Any]:
    """Those to which this report holds the answer: what nobody wrote nobody can know, and nobody can compare."""
    holds = {
        "way": True,
        "against": bool(report.against.strip()),
        "detail": bool(report.story.strip()),
        "said": bool(report.told.strip()) or any(one.ours for one in said_with(report)),
        "reach": bool(report.reach.strip()),
    }
    return {name: words for name, words in QUESTIONS.items() if holds[name]}


@action(
    "helpdesk.code.asked",
    may=permissions.may_ask_new_code,
    says=_("meminta kode akses baru untuk pelapor"),
    on="report",
)
def ask_new_code(*, actor: Actor, report: Report, known_by: Sequence[str], words: str = "") -> CodeRenewal:
    """The person was asked what only they can know. Nothing changes yet: a second person looks; those who may are told, since somebody is waiting."""
    known = sorted(set(known_by) & set(questions_about(report=report)))
    if len(known) < ENOUGH:
        raise TooLittleKnown(field="known_by")
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if CodeRenewal.objects.filter(report=report, state=CodeRenewal.State.ASKED).exists():
        raise AlreadyAsked
    note(known_by=", ".join(known))
    made = CodeRenewal.objects.create(
        report=report, known_by=known, words=clean_text(words)[:2000], asked_by_id=actor.user_id, asked_at=timezone.now()
    )
    for user_id in sorted({*who_may(permissions.may_agree_new_code, made)} - {actor.user_id}):
        _tell(actor, made, user_id, _("Kode akses baru untuk laporan {number} menunggu persetujuan Anda."))
    return made


def _tell(actor: Actor, renewal: CodeRenewal, user_id: int, words: Any) -> None:
    """Whoever is to do the next step is asked for it; that it was refused is only told."""
    leave_notice(
        actor=actor,
        user_id=user_id,
        text=format_lazy(words, number=renewal.report.number, by=actor.name),
        link=reverse("helpdesk_reports:renew", args=[renewal.report_id]),
        task=None if renewal.state == CodeRenewal.State.REFUSED else renewal,
    )


def _answered(actor: Actor, renewal: CodeRenewal, state: str) -> CodeRenewal:
    fresh = CodeRenewal.objects.select_for_update().get(pk=renewal.pk)
    if fresh.state != CodeRenewal.State.ASKED:
        raise NotAgreed(_("Permintaan ini sudah diputuskan."))
    fresh.state, fresh.answered_by_id, fresh.answered_at = state, actor.user_id, timezone.now()
    fresh.save(update_fields=["state", "answered_by", "answered_at"])
    settle_notices(actor=actor, task=fresh)
    if fresh.asked_by_id is not None:
        _tell(actor, fresh, fresh.asked_by_id, ANSWERED[fresh.state])
    return fresh


@action(
    "helpdesk.code.agreed",
    may=permissions.may_agree_new_code,
    says=_("menyetujui kode akses baru"),
    on="renewal",
    fields=("state",),
)
def agree_new_code(*, actor: Actor, renewal: CodeRenewal) -> None:
    _answered(actor, renewal, CodeRenewal.State.AGREED)
    renewal.refresh_from_db()


@action(
    "helpdesk.code.refused",
    may=permissions.may_agree_new_code,
    says=_("menolak kode akses baru"),
    on="renewal",
    fields=("state",),
)
def refuse_new_code(*, actor: Actor, renewal: CodeRenewal) -> None:
    _answered(actor, renewal, CodeRenewal.State.REFUSED)
    renewal.refresh_from_db()


@action(
    "helpdesk.code.renewed",
    may=permissions.may_ask_new_code,
    says=_("membuat kode akses baru"),
    on="report",
)
def renew_code(*, actor: Actor, report: Report) -> str:
    """The new code, told once. The old one ends with it. The second secret goes over as it was: who does not know it reads no story with the new code."""
    held = AccessCode.objects.select_for_update().filter(report=report, ended_at=None).first()
    renewal = CodeRenewal.objects.select_for_update().filter(report=report, state=CodeRenewal.State.AGREED).first()
    since = timezone.now() - rules.RENEWAL_LASTS
    if renewal is None or renewal.answered_at is None or renewal.answered_at < since:
        raise NotAgreed
    renewal.state = CodeRenewal.State.USED
    renewal.save(update_fields=["state"])
    settle_notices(actor=actor, task=renewal)
    ReportStep.objects.create(
        report=report,
        state=report.state,
        at=timezone.now(),
        words=str(_("Kode akses diganti di kantor kami. Kode lama tidak berlaku lagi.")),
    )
    return new_code(
        actor=actor,
        report=report,
        secret=held.secret if held else "",
        secret_set_at=held.secret_set_at if held else None,
        renewed=True,
        because=", ".join(renewal.known_by),
    )
