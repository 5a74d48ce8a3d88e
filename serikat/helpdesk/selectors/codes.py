"""What an access code opens: the report behind it, what was said both ways, whether the story may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from serikat.files.models import StoredFile
from serikat.files.selectors import files_of
from serikat.helpdesk.models import AccessCode, Consultation, Report, ReportStep
from serikat.helpdesk.rules import reports as rules
from serikat.helpdesk.rules.access_codes import PAIR, read_access_code
from serikat.helpdesk.selectors.consultations import consultation_of_code
from serikat.kernel.errors import Missing, Refused
from serikat.kernel.opening import count_try, forget_tries
from serikat.kernel.secrets import blind_index
from serikat.messaging.models import Direction, Message, State
from serikat.messaging.selectors.messages import find_address, holder_ref

MOST_SAID = 200
UNSAID = (State.CANCELLED, State.STOPPED)
MOST_WRONG, WRONG_FOR = 8, 3600  # second secrets of one code, whoever tries them


class TooManyWrong(Refused):
    message = _("Sudah terlalu banyak sandi yang salah. Tunggu satu jam, lalu coba lagi.")
    http_status = 429


def index_of_code(code: str) -> str:
    """By what a code is found: a keyed hash, so that a stolen table opens nothing."""
    return blind_index(code, "helpdesk access code")


def code_typed(typed: str) -> AccessCode:
    """The living code in what was typed, forgiving; what is none, what nobody has and what has ended all answer alike, after the same work."""
    digits = read_access_code(typed).code or PAIR + "0" * 14
    found = (
        AccessCode.objects.filter(index=index_of_code(digits)).select_related("report__unit", "report__conversation").first()
    )
    if found is None or found.ended_at is not None:
        raise Missing
    return found


def behind(typed: str) -> tuple[AccessCode | None, Consultation | None]:
    """What a code opens: a report or a consultation, whichever it was given for; after the same work."""
    asked = consultation_of_code(typed)
    try:
        return code_typed(typed), None
    except Missing:
        if asked is None:
            raise
        return None, asked


def code_opened(pk: str) -> AccessCode | None:
    """The code that was opened in this browser a moment ago; None when nothing is open or it has ended meanwhile."""
    if not pk.isdigit():
        return None
    found = AccessCode.objects.filter(pk=int(pk), ended_at=None)
    return found.select_related("report__unit", "report__conversation", "report__place", "report__country").first()


def living_code(report: Report) -> AccessCode | None:
    return AccessCode.objects.filter(report=report, ended_at=None).first()


def is_secret(code: AccessCode, typed: str) -> bool:
    """Whether this is the second secret. It takes as long where there is none. Each is counted before it is looked at, and after a few wrong ones
    nobody is asked any more."""
    key = f"helpdesk.secret:{code.pk}"
    if not count_try(key, seconds=WRONG_FOR, most=MOST_WRONG):
        raise TooManyWrong(field="secret")
    right = check_password(typed[: rules.LONGEST_SECRET], code.secret or _NOBODYS.secret)
    if right and code.secret:
        forget_tries(key)
        return True
    return False


class _Nobodys:
    @cached_property
    def secret(self) -> str:
        return make_password("no report has this secret")


_NOBODYS = _Nobodys()


def story_opens_at(code: AccessCode) -> datetime | None:
    """When the second secret opens the story; None: never. One chosen with the report opens it at once; one that was set later only after a day, in
    which whoever wrote the report can see at /kode/ that it was set; with a renewed code none that is set later does."""
    if not code.secret or code.secret_set_at is None:
        return None
    first = code.secret_set_at <= code.report.received_at
    if first:
        return code.secret_set_at
    return None if code.renewed else code.secret_set_at + rules.SECRET_WAITS


def story_is_open(code: AccessCode) -> bool:
    opens = story_opens_at(code)
    return opens is not None and opens <= timezone.now()


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the holder of the code reads it."""

    pk: int
    ours: bool
    text: str
    at: datetime
    files: tuple[StoredFile, ...]


def said_with(report: Report) -> list[Said]:
    """What went to and fro at /kode/, and what the desk said about this report by another way, from its page or from the inbox. Never what they wrote
    there: that may be the story. Never what was sent with a code in it, what waits for a phone, or another's words on the same number."""
    about = Message.objects.filter(about=ref_of(report), direction=Direction.OUT)
    address = find_address("code", str(report.key))
    here = Message.objects.filter(address=address) if address else Message.objects.none()
    rows = [
        *here.exclude(state__in=UNSAID).select_related("shared").order_by("-pk")[:MOST_SAID],
        *about.exclude(state__in=(*UNSAID, State.HAND)).select_related("shared").order_by("-pk")[:MOST_SAID],
    ]
    messages = {m.pk: m for m in rows}
    found = sorted(messages.values(), key=lambda m: m.pk)[-MOST_SAID:]
    return [as_said(m) for m in found]


def as_said(m: Message) -> Said:
    return Said(m.pk, m.direction == Direction.OUT, m.words, m.at, tuple(files_of(holder_ref(m))) if m.files else ())


def ref_of(report: Report) -> str:
    return f"helpdesk.report:{report.pk}"


def code_ref(report: Report) -> str:
    """What a message with a code in it belongs to: /kode/ never shows it."""
    return f"helpdesk.code:{report.pk}"


def unread_at_code(report: Report) -> bool:
    """Whether something of ours stands at /kode/ that was written since the code was last used there."""
    code = living_code(report)
    since = code.used_at if code and code.used_at else report.received_at
    address = find_address("code", str(report.key))
    if any(step.words for step in report.steps.filter(at__gt=since)):
        return True
    return address is not None and Message.objects.filter(address=address, direction=Direction.OUT, at__gt=since).exists()


def file_said(report: Report, pk: str) -> StoredFile:
    """A file of the conversation at /kode/."""
    for one in said_with(report):
        for file in one.files:
            if str(file.pk) == pk:
                return file
    raise Missing


def files_told(report: Report) -> list[StoredFile]:
    """The files that came with the report: their names, for who has both secrets."""
    return list(files_of(ref_of(report)))


def belongs_to(code: str, report: Report) -> bool:
    """Whether a code that was just made is this report's."""
    return AccessCode.objects.filter(index=index_of_code(code), report=report, ended_at=None).exists()


def steps_of(report: Report) -> list[ReportStep]:
    return list(report.steps.all())
