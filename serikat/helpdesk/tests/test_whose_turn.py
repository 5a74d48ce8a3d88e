"""Whose turn it is: what the first page and the shelves put on top, and what comes after what was just done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation
from serikat.helpdesk.places import conversations as talks_place
from serikat.helpdesk.selectors import inbox

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"helpdesk_desk:{name}", args=args)


@pytest.fixture
def desk(client, operator):
    client.force_login(get_user_model().objects.get(pk=operator.user_id))
    return client


def test_what_somebody_opened_stays_on_the_first_page_until_it_is_answered(sms, hears, desk, operator):
    first = hears(sms, "gaji belum dibayar")
    second = hears(sms, "kami dikunci", sender="0812 3456 780")
    Conversation.objects.filter(pk=second.pk).update(waiting_since=timezone.now() - timedelta(days=3))
    desk.get(page("conversation", first.pk))

    rows = talks_place.waiting(operator)
    assert [row.url for row in rows] == [page("conversation", second.pk), page("conversation", first.pk)]
    assert [row.tone for row in rows] == ["red", ""]
    assert str(rows[1].about).startswith("sudah dibaca, menunggu sejak")
    assert len(rows) == inbox.to_answer(operator)

    desk.post(page("answer", first.pk), {"text": "Kami baca."})
    assert [row.url for row in talks_place.waiting(operator)] == [page("conversation", second.pk)]
