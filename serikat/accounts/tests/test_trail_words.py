"""What a reader of the trail sees: sentences and words, never names from the code."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import override

from serikat.accounts.services import close_account, create_account
from serikat.audit.action import note_words, notes_say
from serikat.audit.selectors import trail_of
from serikat.audit.services import record
from serikat.kernel.access import console

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari(db):
    return get_user_model().objects.create(username="sari", name="Sari")


def noted(user, **values):
    record(actor=console(), name="accounts.session.started", thing=user, **values)
    return trail_of(f"accounts.user:{user.pk}")[0].noted


def test_what_an_entry_notes_is_said_in_both_languages(sari):
    assert noted(sari, device="Chrome di Android") == [("perangkat", "Chrome di Android")]
    with override("en"):
        assert trail_of(f"accounts.user:{sari.pk}")[0].noted == [("device", "Chrome di Android")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "ya"),
        (False, "tidak"),
        (7, 7),
        (None, None),
        ([], ""),
        (["NIK", True], "NIK, ya"),
        ({"file": "a.json.gz", "sha256": "0"}, "a.json.gz"),
        ("accounts.account.closed", "menutup akun"),
        (["accounts.account.closed", "accounts.session.left"], "menutup akun, keluar"),
        ("2026-05-22", "22 Mei 2026"),
        ("2026-99-22", "2026-99-22"),
        ("2026-05-22T99:99:99+00:00", "2026-05-22T99:99:99+00:00"),
    ],
)
def test_a_noted_value_is_said_in_words(sari, value, said):
    assert noted(sari, how=value) == [("caranya", said)]


def test_a_noted_moment_is_said_as_people_write_it(sari):
    ((_name, said),) = noted(sari, how=timezone.now())
    assert "T" not in said
    assert str(timezone.localtime().year) in said


def test_a_value_of_another_time_keeps_its_name(sari):
    assert noted(sari, once_known="x") == [("once_known", "x")]


def test_a_note_is_named_once():
    with pytest.raises(ValueError, match="twice"):
        notes_say(device="lain")
    assert str(note_words()["device"]) == "perangkat"


def test_the_trail_of_an_account_speaks_in_words():
    user = create_account(actor=console(), name="Ratri")
    close_account(actor=console(), user=user, reason="pindah")
    lines = trail_of(f"accounts.user:{user.pk}")
    assert ("tautan pertama dibuat", "ya") in [pair for line in lines for pair in line.noted]
