"""Numbers without gaps, and progress that survives leaving the page."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from serikat.kernel.models import Progress
from serikat.kernel.numbering import next_number
from serikat.kernel.progress import progress_of, tracked, works_under_way


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_a_transaction_fails_and_many_ask_at_once():
    given = []

    def take(fails):
        with transaction.atomic():
            number = next_number("letters")
            transaction.set_rollback(fails)
        if not fails:
            given.append(number)
        connection.close()

    threads = [threading.Thread(target=take, args=(n % 3 == 0,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        next_number("letters")


@pytest.mark.django_db
def test_series_count_apart():
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db
def test_progress_is_seen_under_its_key_and_ends():
    with tracked("t:1", "Mengimpor", total=4) as progress:
        progress.step(2, note="dua")
        progress.write()
        seen = progress_of("t:1")
        assert (seen.done, seen.total, seen.percent, seen.note, seen.ended_at) == (2, 4, 50, "dua", None)
        progress.step(2)
    seen = progress_of("t:1")
    assert (seen.done, seen.percent, seen.failed, seen.ended_at is None) == (4, 100, False, False)
    assert [p.key for p in works_under_way()] == ["t:1"]


def run_into_a_wall():
    with tracked("t:1", "Mengimpor") as progress:
        progress.step(3)
        raise ValueError("berkas rusak")


@pytest.mark.django_db
def test_progress_of_failed_work_says_so_and_starts_anew():
    with pytest.raises(ValueError, match="rusak"):
        run_into_a_wall()
    seen = progress_of("t:1")
    assert (seen.failed, seen.note, seen.done, seen.percent) == (True, "berkas rusak", 3, None)
    with tracked("t:1", "Mengimpor"):
        pass
    assert (progress_of("t:1").failed, Progress.objects.count()) == (False, 1)
