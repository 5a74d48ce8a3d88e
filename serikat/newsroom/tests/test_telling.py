"""INFO by SMS: the latest news of a topic, slips forgiven, in one SMS with a short link; an unknown topic names the topics."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serikat.messaging.keywords import word_named
from serikat.messaging.rules.sms import Coding, measure
from serikat.newsroom.models import LivePage
from serikat.newsroom.selectors.telling import news_by_sms
from serikat.newsroom.tests.builders import a_place, a_rubric, an_article
from serikat.places.models import Region
from serikat.places.rules import folded, later_parts, search_line

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def news():
    place = a_place()
    Region.objects.filter(pk=place.pk).update(folded=folded(place.name), line=search_line(place.name))
    for part in later_parts(place.name):
        place.parts.create(folded=part)
    wages, safety = a_rubric("Upah", "upah", position=1), a_rubric("K3", "k3", position=2)
    return {
        "upah": an_article("Upah minimum naik", rubric=wages, tags=("lembur",), place=Region.objects.get(pk=place.pk)),
        "k3": an_article("Helm dibagikan", rubric=safety, tags=("alat pelindung",)),
    }


def answer(title, page):
    return f"{title} {LivePage.objects.get(pk=page.pk).head['code']}"


def said(topic):
    text = news_by_sms(topic)
    assert measure(text).count == 1
    words, _link, code = text.rpartition("/s/")
    return f"{words.rpartition(' ')[0]} {code}"


@pytest.mark.parametrize(
    "topic",
    [
        "upah",
        "UPAH",
        " Upah. ",
        "uapah",
        "lembur",
        "lembir",
        "bekasi",
        "Kabupaten Bekasi",
        "soal upah",
        "\u202eupah",
    ],
)
def test_a_topic_gives_its_newest_article(news, topic):
    assert said(topic) == answer("Upah minimum naik", news["upah"])


@pytest.mark.parametrize("topic", ["", "  ", "k3", "alat pelindung", "alat-pelindung", "?!"])
def test_info_alone_gives_the_newest_of_all(news, topic):
    assert said(topic) == answer("Helm dibagikan", news["k3"])


@pytest.mark.parametrize("topic", ["zzzz", "x" * 5000, "\0", "🔥🔥", "'; DROP TABLE", "12345", "%", "../.."])
def test_an_unknown_topic_names_the_topics(news, topic):
    if topic in ("\0", "🔥🔥", "%", "../.."):
        assert measure(news_by_sms(topic)).count == 1
        return
    assert news_by_sms(topic) == "Topik itu belum ada. Ketik INFO lalu topiknya: upah, k3"


def test_a_long_and_a_strange_title_stay_one_sms(news):
    an_article("🔥 Upah “naik” " + "sekali lagi " * 19)
    assert measure(news_by_sms("")).coding is Coding.GSM7
    an_article("工人" * 60)
    assert measure(news_by_sms("")).count == 1


def test_nothing_at_all_is_said_too():
    a_rubric()
    LivePage.objects.all().delete()
    assert measure(news_by_sms("")).count == 1


def test_a_topic_costs_the_same_however_much_was_written(news):
    def ask():
        with CaptureQueriesContext(connection) as caught:
            news_by_sms("lembur")
        return len(caught)

    before = ask()
    for n in range(3):
        an_article(f"Lain {n}", tags=("lembur", f"tag {n}"))
    assert ask() == before


def test_the_key_word_is_registered():
    assert word_named("INFO").answer.__module__ == "serikat.newsroom.places"
