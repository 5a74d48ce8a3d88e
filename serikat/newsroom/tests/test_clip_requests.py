"""Requests about clips: sent from the clip's page, decided by two, shown beside it, listed; a clip that is withdrawn says why."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from serikat.kernel.access import ANONYMOUS, actor_of
from serikat.kernel.errors import Missing
from serikat.newsroom.models import Clip, EditorialRequest, LiveClip, Redress
from serikat.newsroom.selectors import requests as reads
from serikat.newsroom.services import answering
from serikat.newsroom.services import requests as sending
from serikat.newsroom.tests.builders import a_site, a_unit, follow

WORDS = "Gaji dibayar penuh setiap tanggal 25."
PATH = "/video/mogok-di-gerbang/"


@pytest.fixture
def clip(user):
    a_site()
    made = Clip.objects.create(
        title="Mogok di gerbang", slug="mogok-di-gerbang", unit=a_unit(), uploaded_by=user("Arum"), work=Clip.Work.READY
    )
    now = timezone.now()
    names = ("kind", "slug", "token", "title")
    LiveClip.objects.create(clip=made, shown_at=now, changed_at=now, **{name: getattr(made, name) for name in names})
    return made


@pytest.fixture
def editors(user, give, clip):
    made = [user("Sari"), user("Budi")]
    for someone in made:
        give(someone, a_unit())
    return made


def granted(clip, editors, kind, **values):
    """Sent, proposed by the first editor, confirmed by the second."""
    code = sending.send_request_once(
        actor=ANONYMOUS, key=uuid.uuid4(), about=clip, kind=kind, words=WORDS, name="PT Sandang Muara"
    )
    request = reads.followed(code)
    answering.accept_request(actor=actor_of(editors[0]), request=request, answer="Baik.", **values)
    assert Redress.objects.filter(request=request).count() == 0
    answering.confirm_decision(actor=actor_of(editors[1]), request=request)
    return EditorialRequest.objects.get(pk=request.pk), code


def test_the_page_of_a_clip_leads_to_the_form_about_it(client, clip):
    address = reverse("newsroom:send_request_about", args=["video", clip.slug])
    assert f'href="{address}"' in client.get(PATH).content.decode()
    form = client.get(address).content.decode()
    assert (f'href="{PATH}"' in form, "Mogok di gerbang" in form, "Judul atau alamat" in form) == (True, True, False)
    assert client.get(reverse("newsroom:send_request_about", args=["suara", clip.slug])).status_code == 404
    assert reads.page_typed(f"https://contoh.id{PATH}") == clip
    LiveClip.objects.all().delete()
    with pytest.raises(Missing):
        reads.page_asked_about("video", clip.slug)


def test_a_reply_and_a_correction_stand_beside_the_clip(client, clip, editors):
    request, code = granted(clip, editors, "reply")
    granted(clip, editors, "correction", correction="Yang mogok 40 orang, bukan 400.")
    page = client.get(PATH).content.decode()
    own = reverse("newsroom:reply", args=[request.year, request.number])
    assert (f'href="{own}"' in page, "Gaji dibayar penuh" in page, "Yang mogok 40 orang" in page) == (True, True, True)
    assert f'href="{PATH}"' in client.get(own).content.decode()
    assert f'href="{PATH}"' in client.get(reverse("newsroom:redress_list")).content.decode()
    assert own in follow(client, code).content.decode()
    feed = client.get(reverse("site:rss_redress")).content.decode()
    assert ("<title>Hak jawab: Mogok di gerbang</title>" in feed, "Yang mogok 40 orang" in feed, PATH in feed) == (True,) * 3


def test_a_withdrawn_clip_says_why_and_leaves_with_its_files(client, sign_in, clip, editors):
    request, _code = granted(clip, editors, "withdrawal", ground="child")
    gone = client.get(PATH)
    assert (gone.status_code, "demi masa depan anak" in gone.content.decode()) == (410, True)
    assert (LiveClip.objects.count(), reads.public_path(request)) == (0, "")
    desk = sign_in(editors[0]).get(reverse("newsroom_desk:request", args=[request.pk])).content.decode()
    assert f'href="{reverse("newsroom_desk:clip", args=[clip.pk])}"' in desk


def test_withdrawn_without_its_title_it_is_gone_without_a_word_of_it(client, clip, editors):
    granted(clip, editors, "reply")
    granted(clip, editors, "withdrawal", ground="trauma", announced=False)
    gone = client.get(PATH)
    assert (gone.status_code, "Mogok di gerbang" in gone.content.decode()) == (410, False)
    for name in ("newsroom:redress_list", "site:rss_redress"):
        assert "Mogok di gerbang" not in client.get(reverse(name)).content.decode()


def test_who_uploaded_a_clip_does_not_refuse_alone(clip, editors, give):
    writer = clip.uploaded_by
    give(writer, a_unit())
    code = sending.send_request_once(actor=ANONYMOUS, key=uuid.uuid4(), about=clip, kind="complaint", words=WORDS)
    answering.refuse_request(
        actor=actor_of(writer), request=reads.followed(code), ground="no_breach", answer="Kami sudah memeriksanya."
    )
    assert reads.followed(code).state == EditorialRequest.State.PROPOSED
