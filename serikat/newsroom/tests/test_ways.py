"""Where a result of a calculator leads: into the room where workers write, without anything of the result in the address."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_result_leads_to_where_workers_write_and_takes_nothing_along(client):
    answers = {"langkah": "0", "wage": "5.000.000", "due_on": "2026-03-01", "paid_on": "2026-03-13"}
    page = client.post(reverse("rights:calculator", args=["upah-telat"]), answers).content.decode()
    assert f'href="{reverse("newsroom:write_post")}">Tulis di Ruang Buruh</a>' in page
