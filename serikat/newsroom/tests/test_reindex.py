"""serikat reindex: what readers see is written anew, in steady memory, and it may be stopped."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serikat.kernel import fulltext
from serikat.newsroom.management import importing
from serikat.newsroom.models import Article, Listing, LivePage
from serikat.newsroom.services import publishing
from serikat.newsroom.services.publishing import INDEX, Rebuilt, reflect_everything
from serikat.newsroom.tests.builders import a_standing_page, an_article

pytestmark = pytest.mark.usefixtures("site")


def reindex(capsys):
    call_command("reindex")
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    return json.loads(line), said.err


def test_reindex_brings_back_pages_lists_and_words(capsys):
    kept, gone = an_article("Upah dibayar"), an_article("Sudah ditarik")
    a_standing_page()
    before = sorted(Listing.objects.exclude(article=gone.pk).values_list("key", "article"))
    Article.objects.filter(pk=gone.pk).update(live=False)
    fulltext.drop(INDEX, kept.pk)
    Listing.objects.all().delete()
    LivePage.objects.filter(pk=kept.pk).delete()
    told, progress = reindex(capsys)
    assert told == {"pages": 5, "live": 4, "problems": []}
    assert "5/5" in progress
    assert sorted(Listing.objects.values_list("key", "article")) == before
    assert [hit.key for hit in fulltext.find(INDEX, "upah").hits] == [kept.pk]
    assert not LivePage.objects.filter(pk=gone.pk).exists()


def test_reindex_twice_changes_nothing(capsys):
    an_article()
    seen = []
    for _ in range(2):
        reindex(capsys)
        seen.append(list(LivePage.objects.order_by("pk").values()))
    assert seen[0] == seen[1]


class Impatient(io.StringIO):
    """A terminal where somebody presses Ctrl-C at the third line."""

    def write(self, text):
        if self.getvalue().count("\n") == 2:
            raise KeyboardInterrupt
        return super().write(text)


def test_reindex_stopped_in_the_middle_says_how_far_and_goes_through_when_run_again(capsys, monkeypatch):
    for title in ("Satu", "Dua", "Tiga"):
        an_article(title)
    LivePage.objects.all().update(title="lama")
    monkeypatch.setattr(importing, "PAUSE", 0)
    with pytest.raises(CommandError) as stopped:
        call_command("reindex", stderr=Impatient())
    assert stopped.value.returncode == 130
    assert json.loads(capsys.readouterr().out)["pages"] == 3
    assert LivePage.objects.exclude(title="lama").count() == 3
    assert reindex(capsys)[0]["pages"] == 5
    assert LivePage.objects.filter(title="lama").count() == 0


def test_a_page_that_cannot_be_drawn_is_named_and_the_rest_goes_on(capsys):
    bad, good = an_article("Rusak"), an_article("Utuh")
    LivePage.objects.filter(pk__in=[bad.pk, good.pk]).update(html="lama")
    Article.objects.filter(pk=bad.pk).update(body='[{"type": "embed", "value": 7, "id": "x"}]')
    with pytest.raises(CommandError, match="1 halaman"):
        call_command("reindex")
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["page"] == bad.pk
    assert LivePage.objects.get(pk=bad.pk).html == "lama"
    assert LivePage.objects.get(pk=good.pk).html != "lama"


@pytest.mark.slow
def test_memory_stays_the_same_however_many_pages_there_are():
    """Batches of pages, never all of them: measured between batches of the same run, so that nothing depends on the computer."""
    text = "kata " * 4000
    for number in range(10):
        an_article(f"Berita {number}", body=[("paragraph", f"<p>{text}</p>")])
    reflect_everything()
    peaks = []

    def told(done, total, title):
        peaks.append(tracemalloc.get_traced_memory()[0])

    size, publishing.BATCH = publishing.BATCH, 2
    tracemalloc.start()
    try:
        reflect_everything(rebuilt=Rebuilt(), told=told)
    finally:
        tracemalloc.stop()
        publishing.BATCH = size
    assert max(peaks[6:]) < max(peaks[:6]) + 400_000


@pytest.mark.slow
def test_a_page_costs_the_same_queries_however_many_there_are():
    counts = []
    for _ in range(2):
        an_article()
        with CaptureQueriesContext(connection) as queries:
            reflect_everything()
        counts.append(len(queries))
    an_article()
    with CaptureQueriesContext(connection) as queries:
        reflect_everything()
    assert len(queries) - counts[1] == counts[1] - counts[0]
