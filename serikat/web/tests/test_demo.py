"""The demo loads whole, reads as live, and can be loaded only into an empty house."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from serikat.files.ffmpeg import have_ffmpeg
from serikat.files.models import StoredFile
from serikat.helpdesk.models import Call, Conversation, PublicAnswer, Report
from serikat.helpdesk.services.questions import make_from_conversation
from serikat.helpdesk.services.reports import Told, report_from_call, report_from_conversation
from serikat.kernel.access import Role, actor_of, console
from serikat.kernel.errors import Refused
from serikat.messaging.models import Address, Channel, Message, SharedText
from serikat.newsroom.models import Article, Clip, Distribution, EditorialRequest, LiveClip, Redress, Series, StaticPage
from serikat.newsroom.tests.builders import a_place
from serikat.newsroom.tests.films import needs_ffmpeg
from serikat.people.models import Body, DataRequest, Person
from serikat.people.services.merging import propose_merge
from serikat.people.services.persons import add_person
from serikat.places.models import Country
from serikat.units.models import Unit
from serikat.vacancies.models import Advert
from serikat.web.demo import organisation, reading
from serikat.web.services.backup import clear_demo
from serikat.web.services.demo import demo_accounts, load_demo


def test_every_demo_article_can_be_read_and_names_what_exists():
    found = reading.articles()
    assert len(found) == 20
    units = {"pusat"} | {row[0] for row in organisation.UNITS}
    rubrics = {slug for slug, _name, _english in organisation.RUBRICS}
    for article in found:
        assert article.unit in units, article.name
        assert article.rubric in rubrics, article.name
        assert article.body, article.name
        assert article.alt or not article.cover, article.name


@pytest.mark.slow
@pytest.mark.django_db
def test_load_demo_fills_an_empty_house_once(client):
    load_demo(actor=console("peragaan"))
    assert Article.objects.live().count() == 20
    assert Unit.objects.count() == 7
    plan = Distribution.objects.filter(variants__state="waiting", kind="news").distinct().get()
    assert {one.channel.kind for one in plan.variants.all()} == {
        "kannel", "whatsapp", "telegram_wall", "mail", "facebook", "x", "mastodon", "webpush",
    }  # fmt: skip
    assert not [one for one in Channel.objects.exclude(settings={}) if one.kind != "webpush"]  # no provider's address
    real = Channel.objects.filter(rehearsed=False, retired_at=None).values_list("kind", flat=True)
    assert set(real) == {"hand", "web", "webpush"}  # whatever has a provider is rehearsed
    page = client.get("/langganan/").context
    ways = [*(one.name for one in page["channels"]), *(one.name for one in page["by_word"])]
    assert (ways, page["notices"]) == (["SMS", "Surel", "WhatsApp"], True)
    went = Distribution.objects.filter(kind="news", submitted_at__isnull=False, variants__clicks__count__gt=0).distinct()
    assert went.count() == 1
    righted = Distribution.objects.get(kind="correction")
    assert set(righted.variants.values_list("state", flat=True)) == {"sent", "waiting"}
    assert PublicAnswer.objects.filter(by_guard=True, state="withdrawn").count() == 1
    assert Channel.objects.get(name="WhatsApp posko").heard_at is not None
    chair = actor_of(get_user_model().objects.get(username="ketua"))
    assert [g.role for g in (*chair.grants, *chair.asleep)] == [Role.CHAIR]
    assert "redaktur" in demo_accounts()
    with pytest.raises(Refused):
        load_demo(actor=console("peragaan"))
    assert client.get("/").status_code == 200
    assert client.get("/berita/gerbang-muara-ditutup/").status_code == 200


@needs_ffmpeg
@pytest.mark.django_db
def test_the_demos_clips_can_be_watched_read_and_followed(client):
    load_demo(actor=console("peragaan"))
    assert {live.kind for live in LiveClip.objects.all()} == {"video", "suara"}
    film = LiveClip.objects.get(kind="video")
    assert (sum(file["size"] for file in film.files) < 300_000, bool(film.poster)) == (True, True)
    page = client.get(film.path).content.decode()
    assert ("Foto kedua sisinya." in page, "<track" in page) == (True, True)
    feed = client.get(f"{film.series.path}podcast.xml").content.decode()
    assert feed.count("<enclosure") == 2


@pytest.mark.slow
@pytest.mark.django_db
def test_clear_demo_takes_pages_and_people_and_leaves_what_is_real():
    load_demo(actor=console("peragaan"))
    assert (Person.objects.count(), Body.objects.count(), DataRequest.objects.count()) == (8, 4, 1)
    assert sorted(Person.objects.filter(threat_level="high").values_list("shown_as", flat=True)) == ["Kenanga", "Melati"]
    real = add_person(actor=console("uji"), unit=Unit.objects.get(parent=None), names={"legal": "Orang sungguhan"})
    propose = {"kept": Person.objects.order_by("pk").first(), "merged": real}
    propose_merge(actor=console("uji"), reason="sama", **propose)

    assert clear_demo(actor=console()) == {
        "serikat.web.receivers.adverts": 0,  # without regions there is no place for one
        "serikat.web.receivers.calls": 14,
        "serikat.web.receivers.channels": 27,  # with the conversations that went through them
        "serikat.web.receivers.clear_consultations": 13,
        "serikat.web.receivers.clips": 2 if have_ffmpeg() else 0,
        "serikat.web.receivers.pages": 20,
        "serikat.web.receivers.outreach": 2,
        "serikat.web.receivers.people": 12,
        "serikat.web.receivers.posts": 3,
        "serikat.web.receivers.reports": 12,
        "serikat.web.receivers.requests": 2,
    }
    assert (EditorialRequest.objects.count(), Redress.objects.count()) == (0, 0)
    assert (Clip.objects.count(), LiveClip.objects.count(), Series.objects.count()) == (0, 0, 0)
    assert (Article.objects.count(), StaticPage.objects.count(), Body.objects.count()) == (0, 0, 0)
    assert list(Person.objects.values_list("pk", flat=True)) == [real.pk]
    assert get_user_model().objects.count() == len(organisation.USERS)
    left = (Address, SharedText, Message, Channel, Conversation, Call)
    assert {model.__name__: model.objects.count() for model in left} == dict.fromkeys((m.__name__ for m in left), 0)
    assert not StoredFile.objects.filter(removed_at=None).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_clear_demo_leaves_what_somebody_made_of_its_conversations_calls_and_numbers(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    load_demo(actor=console("peragaan"))
    operator = actor_of(get_user_model().objects.get(username="operator"))
    talk = Conversation.objects.filter(reports=None, last_in_at__isnull=False, protections=[]).first()
    call = Call.objects.filter(report=None, operator=operator.user_id).exclude(person=None).first()
    first = report_from_conversation(actor=operator, conversation=talk).report
    asked = make_from_conversation(actor=operator, conversation=talk)
    told = Told(story="Upah belum dibayar")
    second = report_from_call(actor=operator, call=call, key=uuid4(), told=told, way="phone").report
    stopped, _kept = Address.objects.filter(scheme="number").order_by("pk")[:2]
    Address.objects.filter(pk=stopped.pk).update(stopped_at=first.received_at)
    clear_demo(actor=console())
    assert sorted(Report.objects.values_list("pk", "conversation__channel__kind", "person")) == [
        (first.pk, None, None),
        (second.pk, "web", None),
    ]
    asked.refresh_from_db()
    assert (asked.conversation, asked.person) == (None, None)
    assert sorted(Address.objects.values_list("pk", flat=True)) == sorted([stopped.pk, second.conversation.address_id])


@pytest.mark.django_db
def test_the_demos_adverts_stand_in_every_state_and_go_with_it():
    a_place("32.15", "Kabupaten Karawang")
    Country.objects.get_or_create(code="HK", defaults={"name_id": "Hong Kong", "name_en": "Hong Kong"})
    load_demo(actor=console("peragaan"))
    states = sorted(Advert.objects.values_list("state", flat=True))
    assert states == ["false", "held", "live", "live", "live", "live", "live", "waiting"]
    real = Advert.objects.exclude(body=None).first()
    kept = Advert.objects.create(
        code="NYATA222", mark="nyata", unit=real.unit, title="Nyata", kind="fixed", firm="PT Nyata", work="Kerja.", address="Jl. 1",
        ends_on=real.ends_on, sent_at=real.sent_at, body=real.body,
    )  # fmt: skip
    assert clear_demo(actor=console())["serikat.web.receivers.adverts"] == 8
    assert [(advert.pk, advert.body) for advert in Advert.objects.all()] == [(kept.pk, None)]
    assert Body.objects.count() == 0


@pytest.mark.slow
@pytest.mark.django_db
def test_every_answer_of_the_demos_desk_was_written_by_somebody():
    load_demo(actor=console("peragaan"))
    answers = Message.objects.filter(direction="out", about__startswith="helpdesk.")
    assert answers.filter(about__startswith="helpdesk.report").exists()
    assert not answers.filter(by=None).exclude(about__startswith="helpdesk.code").exists()
