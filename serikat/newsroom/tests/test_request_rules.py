"""When a request is due, who may decide it, on what grounds: as the press code and the house's rules say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from serikat.kernel.codes import derived_code, is_code
from serikat.newsroom.models import EditorialRequest
from serikat.newsroom.rules import requests as rules

SENT = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


def test_a_complaint_has_hours_and_the_others_days():
    due = {kind: rules.due_at(kind, SENT, complaint_hours=48, answer_days=3) - SENT for kind in EditorialRequest.Kind.values}
    assert due == {
        "reply": timedelta(days=3),
        "correction": timedelta(days=3),
        "complaint": timedelta(hours=48),
        "withdrawal": timedelta(days=3),
    }


def test_the_clock_stands_while_the_sender_is_asked():
    due = SENT + timedelta(days=3)
    later = rules.resumed(due, paused_at=SENT + timedelta(hours=1), now=SENT + timedelta(hours=5))
    assert later - due == timedelta(hours=4)
    assert rules.resumed(due, paused_at=SENT, now=SENT - timedelta(hours=1)) == due


def test_the_clock_gets_louder():
    due = SENT + timedelta(days=3)
    assert [rules.reminder(due, at) for at in (SENT, due - timedelta(hours=11), due, due + timedelta(seconds=1))] == [
        0,
        1,
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("kind", "accepted", "beside_page", "wrote_it", "needed"),
    [
        ("reply", True, False, False, True),
        ("reply", False, False, False, False),
        ("reply", False, False, True, True),
        ("withdrawal", True, False, False, True),
        ("withdrawal", False, False, False, False),
        ("correction", True, False, True, False),
        ("correction", True, True, False, True),
        ("correction", False, False, True, True),
        ("complaint", True, False, False, False),
        ("complaint", True, False, True, True),
    ],
)
def test_a_second_person_is_needed_where_the_page_changes_or_its_writer_decides(
    kind, accepted, beside_page, wrote_it, needed
):
    asked = {"accepted": accepted, "beside_page": beside_page, "wrote_it": wrote_it}
    assert rules.needs_second(kind, **asked, rule_stands=True) is needed
    assert rules.needs_second(kind, **asked, rule_stands=False) is False


def test_another_person_confirms_and_one_of_the_two_did_not_write_it():
    wrote = frozenset({1, 2})
    assert rules.may_confirm(1, proposed_by=1, wrote=frozenset()) is False
    assert rules.may_confirm(2, proposed_by=1, wrote=wrote) is False
    assert rules.may_confirm(3, proposed_by=1, wrote=wrote) is True
    assert rules.may_confirm(1, proposed_by=3, wrote=wrote) is True


def test_every_ground_has_words_and_belongs_somewhere():
    used = {ground for grounds in rules.REFUSALS.values() for ground in grounds} | set(rules.WITHDRAWALS)
    assert used == set(EditorialRequest.Ground.values)
    assert set(rules.REFUSALS) == set(EditorialRequest.Kind.values)


def test_line_ends_and_spaces_make_no_other_words():
    assert rules.same_words("Satu  dua\n\ntiga", "Satu dua tiga") is True
    assert rules.same_words("Satu dua", "Satu dua tiga") is False


def test_a_derived_code_is_a_code_and_always_the_same():
    code = derived_code("a1b2" * 16)
    assert (code, len(code), is_code(code, 16)) == (derived_code("a1b2" * 16), 16, True)
    assert derived_code("a1b3" * 16) != code
