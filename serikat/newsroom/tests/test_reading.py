"""What is read: written by several processes, folded when old, summed by article, tag, place and hour, seen by editors within reach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.kernel import generation
from serikat.kernel.access import Role, console
from serikat.kernel.errors import Missing
from serikat.newsroom.models import Article, Reads
from serikat.newsroom.rules.reading import DAYS_KEPT, HOURS_KEPT, by_day, by_two_hours, first_day
from serikat.newsroom.selectors.reading import figures, figures_of, reads_of
from serikat.newsroom.services.reading import add_reads, fold_reads
from serikat.newsroom.tests.builders import a_place, a_site, a_unit, an_article
from serikat.people.tests.factories import make_actor
from serikat.units.services import found_unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 12.00 WIB
HOUR = int(NOON.timestamp()) // 3600
TODAY = date(2026, 11, 20)


@pytest.fixture
def site():
    a_site()
    return an_article("Upah dibayar", place=a_place()), an_article("Gerbang ditutup", tags=("PHK",))


@pytest.fixture
def editor(site):
    return make_actor(Role.EDITOR, unit=a_unit())


def path_of(page):
    return f"/berita/{page.slug}/"


def rows():
    return list(Reads.objects.order_by("page", "span", "at").values_list("page_id", "span", "at", "count"))


def test_several_processes_add_to_one_number(site):
    one, two = site
    before = generation.current()
    add_reads(
        {(HOUR, path_of(one)): 3, (HOUR, f"/en{path_of(one)}"): 2, (HOUR, "/berita/tidak-ada/"): 9, (HOUR, "/a\0b"): 1}
    )
    add_reads({(HOUR, path_of(one)): 4, (HOUR + 1, path_of(two)): 1})
    add_reads({})
    assert rows() == [(one.pk, 1, NOON, 9), (two.pk, 1, NOON + timedelta(hours=1), 1)]
    assert generation.current() == before


def test_more_pages_than_fit_in_one_statement_are_all_written(site):
    one, _two = site
    add_reads({(HOUR - n, path_of(one)): 1 for n in range(450)})
    assert (Reads.objects.count(), reads_of([one.pk])) == (450, {one.pk: 450})


def test_reads_of_pages_is_one_query_and_knows_zero(site):
    one, two = site
    add_reads({(HOUR, path_of(one)): 3, (HOUR + 1, path_of(one)): 4})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert reads_of([one.pk, two.pk]) == {one.pk: 7, two.pk: 0}
    assert len(asked) == 1
    assert reads_of([]) == {}


def test_old_hours_become_days_and_old_days_months_and_no_read_is_lost(site):
    one, two = site
    old = HOUR - HOURS_KEPT * 24
    add_reads(
        {(old - 24, path_of(one)): 1, (old - 23, path_of(one)): 2, (old - 24, path_of(two)): 5, (HOUR, path_of(one)): 7}
    )
    add_reads({(HOUR - (DAYS_KEPT + 60) * 24, path_of(one)): 10, (HOUR - (DAYS_KEPT + 61) * 24, path_of(one)): 20})
    for _ in range(2):  # the clock may call it twice
        fold_reads(NOON)
        assert reads_of([one.pk, two.pk]) == {one.pk: 40, two.pk: 5}
    spans = [(page, span, timezone.localtime(at).strftime("%Y-%m-%d %H"), n) for page, span, at, n in rows()]
    assert spans == [
        (one.pk, 1, "2026-11-20 12", 7),
        (one.pk, 24, "2026-10-15 00", 3),
        (one.pk, 720, "2025-08-01 00", 30),
        (two.pk, 24, "2026-10-15 00", 5),
    ]
    add_reads({(old - 24, path_of(one)): 1})  # a process that was asleep for weeks
    fold_reads(NOON)
    assert reads_of([one.pk]) == {one.pk: 41}


def test_figures_sum_by_article_tag_place_and_hour(site, editor):
    one, two = site
    add_reads(
        {(HOUR, path_of(one)): 3, (HOUR + 1, path_of(one)): 1, (HOUR, path_of(two)): 9, (HOUR - 24 * 8, path_of(two)): 50}
    )
    found = figures(editor, "minggu", TODAY)
    assert (found.total, found.since) == (13, date(2026, 11, 14))
    assert [(name, n) for name, n, _url in found.articles] == [("Gerbang ditutup", 9), ("Upah dibayar", 4)]
    assert [(name, n) for name, n, _url in found.tags] == [("PHK", 9), ("SMC", 4)]
    assert [(name, n) for name, n, _url in found.places] == [("Jawa Barat", 4), ("Kabupaten Bekasi", 4)]
    assert dict(found.hours)["12"] == 13
    assert figures(editor, "bulan", TODAY).total == 63
    page = figures_of(editor, two.pk, TODAY)
    assert (page.today, page.week, page.month, page.ever, dict(page.days)["12"]) == (9, 9, 59, 59, 50)


def test_the_number_of_queries_does_not_grow(site, editor):
    counts = []
    for number in (1, 3):
        for n in range(number):
            page = an_article(f"Lagi {number} {n}", tags=(f"tag-{number}-{n}",), place=a_place())
            add_reads({(HOUR, path_of(page)): n + 1})
        with CaptureQueriesContext(connection) as asked:
            figures(editor, "tahun", TODAY)
        counts.append(len(asked))
    assert counts == [4, 4]


def test_an_editor_sees_the_figures_of_pages_within_reach(site):
    one, two = site
    branch = found_unit(actor=console("uji"), parent=a_unit(), name="Cabang", kind="branch")
    Article.objects.filter(pk=two.pk).update(unit=branch)
    add_reads({(HOUR, path_of(one)): 3, (HOUR, path_of(two)): 4})
    local = make_actor(Role.EDITOR, unit=branch)
    assert figures(local, "minggu", TODAY).total == 4
    assert figures_of(local, two.pk, TODAY).ever == 4
    with pytest.raises(Missing):
        figures_of(local, one.pk, TODAY)


def test_the_pages_say_numbers_in_words_and_bear_any_period(client, site, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    one, _two = site
    now = int(timezone.now().timestamp()) // 3600
    add_reads({(now, path_of(one)): 1234})
    from django.contrib.auth import get_user_model  # reason: only this test needs an account

    user = get_user_model().objects.get(pk=make_actor(Role.EDITOR, unit=a_unit()).user_id)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for masa in ("", "hari", "minggu", "bulan", "tahun", "<b>"):
        page = client.get(reverse("newsroom_desk:reads"), {"masa": masa}).content.decode()
        assert "1.234" in page
    assert "1.234" in client.get(reverse("newsroom_desk:page_reads", args=[one.pk])).content.decode()
    assert client.get(reverse("newsroom_desk:page_reads", args=[987654])).status_code == 404


def test_the_rules_of_days_and_hours():
    assert first_day("hari", TODAY) == TODAY
    assert first_day("minggu", TODAY) == date(2026, 11, 14)
    moments = [
        (datetime(2026, 11, 20, 23, tzinfo=UTC), 2),
        (datetime(2026, 11, 19, 1, tzinfo=UTC), 3),
        (datetime(2026, 10, 1, 0, tzinfo=UTC), 5),
    ]
    assert by_two_hours(moments)[0] == ("00", 8)
    assert by_two_hours(moments)[-1] == ("22", 2)
    assert (by_day(moments, TODAY)[-1], by_day(moments, TODAY)[-2], len(by_day(moments, TODAY))) == (
        ("20", 2),
        ("19", 3),
        12,
    )
