"""PostgreSQL: a yes that is given while the correction is being published waits for it, so that neither misses the other."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from serikat.kernel.access import actor_of
from serikat.newsroom.selectors import spreading as reads
from serikat.newsroom.services import spreading
from serikat.newsroom.tests.test_corrected_midway import subscribers  # noqa: F401
from serikat.newsroom.tests.test_delivering import (  # noqa: F401 the same organisation, channels and subscribers
    article,
    centre,
    kinds,
    plan,
    sms,
    wages,
    wants,
)
from serikat.newsroom.tests.test_following import correct
from serikat.newsroom.tests.test_spreading import S

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time"),
]


def test_a_yes_waits_for_the_correction_that_is_being_published(article, subscribers, sari, budi):  # noqa: F811
    made = plan(article, sari)
    spreading.submit_distribution(actor=actor_of(sari), distribution=made)
    seal = reads.seal_of(reads.waiting_variants(made))
    ended = []

    def say_yes():
        try:
            spreading.approve_distribution(actor=actor_of(budi), distribution=made, seal=seal)
        except Exception as problem:  # noqa: BLE001 it is what is asked for
            ended.append(type(problem))
        finally:
            connection.close()

    other = threading.Thread(target=say_yes)
    with transaction.atomic():
        correct(article)
        other.start()
        other.join(1)
        assert other.is_alive()
    other.join(20)
    assert (ended, made.variants.get().state) == ([spreading.ReadAnew], S.WAITING)
