"""What a page says of itself is so: the protection in force, which fields are asked for in the end, what one does with a form."""

from __future__ import annotations

import pytest

from serikat.helpdesk.forms.calls import CloseForm, MoveForm
from serikat.helpdesk.forms.codes import WriteForm
from serikat.helpdesk.forms.conversations import ReplyForm
from serikat.helpdesk.forms.public_answers import DraftForm
from serikat.helpdesk.tests.test_calls import browser_of
from serikat.kernel.access import ANONYMOUS
from serikat.messaging.tests.conftest import centre  # noqa: F401
from serikat.people.tests.factories import make_person


def drawn(field):
    return field.as_field_group()


def test_a_child_is_protected_in_the_head_and_in_the_section(send, desk):
    report, _code = send(protections=("child",))
    page = browser_of(desk).get(f"/meja/laporan/{report.pk}/").content.decode()
    assert "Perlindungan: anak" in page
    assert "Perlindungan: tidak ada" not in page


def test_who_is_guarded_by_their_record_alone_is_said_to_be(send, desk, centre):  # noqa: F811
    report, _code = send()
    page = browser_of(desk).get(f"/meja/laporan/{report.pk}/").content.decode()
    assert "<span>Perlindungan</span>" in page
    report.person = make_person(centre, alias="Kenanga", threat_level="high")
    report.save()
    page = browser_of(desk).get(f"/meja/laporan/{report.pk}/").content.decode()
    assert "Perlindungan: lewat catatan orangnya" in page


@pytest.mark.parametrize(
    "field",
    [
        WriteForm()["text"],
        DraftForm()["title"],
        CloseForm()["call_back_at"],
        MoveForm()["call_back_at"],
        ReplyForm(actor=ANONYMOUS, with_file=True)["text"],
    ],
    ids=["code", "public answer", "call", "call-back", "answer with a file"],
)
def test_what_is_asked_for_in_the_end_is_not_called_optional(field):
    assert "boleh kosong" not in drawn(field)
    assert "boleh kosong" in drawn(CloseForm()["called"])


def test_paper_is_copied_and_a_call_is_listened_to(desk):
    browser = browser_of(desk)
    pages = {way: browser.get(f"/meja/laporan/{way}/").content.decode() for way in ("kertas", "telepon", "datang")}
    assert {way for way, page in pages.items() if "Ketik sambil mendengarkan" in page} == {"telepon", "datang"}
    assert "Salin seperti tertulis" in pages["kertas"]
