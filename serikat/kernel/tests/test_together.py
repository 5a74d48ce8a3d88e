"""Things done together: asked once, written at the end, whole or each for itself."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from serikat.kernel.models import Counter
from serikat.kernel.numbering import next_number
from serikat.kernel.together import batch, later, once, part, stands_whole, step, together, write_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    return []


def fail_after(*done):
    for one in done:
        one()
    raise ZeroDivisionError


def test_outside_of_a_batch_nothing_is_kept_and_nothing_waits(written):
    asked = []
    assert [once("key", lambda: asked.append(1) or len(asked)) for _ in range(2)] == [1, 2]
    later(written.append, "a", "b")
    write_now()
    assert (written, batch(), stands_whole()) == ([["a", "b"]], (), False)


def test_what_is_asked_alike_is_asked_once_and_rows_are_written_together_at_the_end(written):
    asked, others = [], []
    with together(["x", "y"]):
        assert batch() == ["x", "y"]
        assert [once("key", lambda: asked.append(1) or len(asked)) for _ in range(2)] == [1, 1]
        later(written.append, "a")
        later(others.append, "b")
        later(written.append, "c")
        assert written == []
        write_now()
        assert (written, others) == ([["a", "c"]], [["b"]])
        later(written.append, "d")
    assert (written, others) == ([["a", "c"], ["d"]], [["b"]])


def test_what_fails_writes_nothing(written):
    with pytest.raises(ZeroDivisionError), together(["x"]):
        fail_after(lambda: later(written.append, "a"))
    later(written.append, "b")
    assert written == [["b"]]


def test_in_a_careful_batch_rows_are_written_with_their_part_and_go_with_it():
    with together(["x", "y"], careful=True):
        with part():
            later(Counter.objects.bulk_create, Counter(name="stays", value=1))
            once("key", lambda: 1)
        with pytest.raises(ZeroDivisionError), part():
            fail_after(write_now, lambda: later(Counter.objects.bulk_create, Counter(name="gone", value=1)))
        assert once("key", lambda: 2) == 2
    assert list(Counter.objects.values_list("name", flat=True)) == ["stays"]


@pytest.mark.parametrize(("careful", "savepoints"), [(False, 0), (True, 2)])
def test_a_step_has_a_savepoint_only_where_each_stands_for_itself(careful, savepoints):
    with CaptureQueriesContext(connection) as queries, together(["x"], careful=careful), step():
        pass
    assert len(queries) == savepoints


def test_a_whole_whose_step_failed_can_do_nothing_more_though_the_failure_was_caught():
    """So that nothing half done is taken for done."""
    with transaction.atomic(), together(["x"]):  # noqa: SIM117 the transaction is what the test is about
        with pytest.raises(ZeroDivisionError), step():
            fail_after()
        with pytest.raises(TransactionManagementError):
            Counter.objects.count()
        transaction.set_rollback(False)


def test_numbers_of_a_batch_are_counted_once_and_go_on_after_it():
    next_number("letters")
    with CaptureQueriesContext(connection) as queries, together(["x"]):
        assert [next_number("letters") for _ in range(3)] == [2, 3, 4]
        assert [next_number("others") for _ in range(2)] == [1, 2]
    assert len(queries) == 9
    assert (next_number("letters"), next_number("others")) == (5, 3)
    with together(["x"], careful=True):
        assert next_number("letters") == 6
