"""A worker with the cheapest phone: LAPOR by SMS through a real Kannel, the access code back, an operator's answer in Chromium, STATUS."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from serikat.helpdesk.models import Conversation, Report
from serikat.kernel.access import Role, console
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.models import Message
from serikat.messaging.services.channels import add_channel
from serikat.people.tests.factories import make_user
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_root_unit
from tests.parts import kannel as gate
from tests.parts.programs import wait_for

PASSWORD = "kopi pahit di gerbang tiga"
WORKER = "+628123456789"
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")


@pytest.fixture
def centre(settings):
    from django.utils import timezone  # reason: beside its use

    settings.SECOND_FACTOR_REQUIRED = False
    unit = found_root_unit(actor=console("uji"), name="Perserikatan Muara", code="pusat")
    today = timezone.localdate()
    decree = Decree.objects.create(unit=unit, number="1/SK", about="Petugas", decided_on=today)
    operator = make_user("petugas", name="Petugas Jaga")
    operator.set_password(PASSWORD)
    operator.save()
    Mandate.objects.create(
        user=operator,
        unit=unit,
        role=Role.OPERATOR,
        decree=decree,
        starts_on=today,
        ends_on=today + timezone.timedelta(days=300),
    )
    return unit


@pytest.fixture
def sms(centre, live_server):
    """A channel whose provider is a Kannel that calls this very server."""
    channel = add_channel(
        actor=console("uji"),
        unit=centre,
        kind="kannel",
        name="SMS",
        values={"base": "http://127.0.0.1:1", "username": gate.USER, "password": gate.PASSWORD, "secret": "rahasia"},
        price=350,
    )
    with gate.kannel(f"{live_server.url}/sambung/{channel.key}/", "rahasia") as running:
        if running is None:
            pytest.skip("SKIPPED, ALOUD: Kannel was not found and could not be installed.")
        channel.settings["base"] = running.base
        channel.save(update_fields=["settings"])
        yield running


def works_off(gateway, arrived: int, sent: int) -> list[tuple[str, str]]:
    """What came is routed and what is answered goes out, as the worker process does it."""
    wait_for(lambda: Message.objects.filter(direction="in").count() >= arrived, words="Kannel did not call us.")
    Worker().work_off()
    return gateway.wait_for_sent(sent)


def test_a_report_by_sms_is_answered_from_the_desk_and_asked_about_by_its_code(sms, open_page):
    sms.arrive(WORKER, "lapor upah dua bulan belum dibayar di pabrik kami")
    ((to, answer),) = works_off(sms, 1, 1)
    assert to == WORKER
    code = CODE.search(answer)
    assert code, answer
    assert len(answer) <= 160
    assert Report.objects.get().story == "upah dua bulan belum dibayar di pabrik kami"

    page = open_page("/akun/masuk/", width=1280)
    page.fill("[name=login]", "petugas")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/meja/percakapan/")
    page.click(f"main a[href='/meja/percakapan/{Conversation.objects.get().pk}/']")
    assert "upah dua bulan belum dibayar" in page.inner_text("main")
    assert Conversation.objects.get().unread == 0
    page.fill("main textarea[name=text]", "Kami sudah baca. Besok pagi kami telepon ya.")
    page.click("main form:has(textarea[name=text]) button.main")
    assert "Besok pagi kami telepon" in page.inner_text("main")
    assert works_off(sms, 1, 2)[1] == (WORKER, "Kami sudah baca. Besok pagi kami telepon ya.")

    sms.arrive(WORKER, f"status {code[0]}")
    state = works_off(sms, 2, 3)[2][1]
    assert "Laporan" in state
    assert "diterima" in state.lower() or "dibaca" in state.lower(), state


def test_a_call_that_is_not_the_providers_is_refused_and_counted(sms, live_server):
    channel = Message._meta.get_field("channel").related_model.objects.get(kind="kannel")
    address = f"/sambung/{channel.key}/"

    assert Client().post(f"{address}?secret=salah&from=0812&id=1", "halo", content_type="text/plain").status_code == 403
    assert Client().post("/sambung/tidak-ada/", "halo", content_type="text/plain").status_code == 404
    channel.refresh_from_db()
    assert (channel.forged, Message.objects.count()) == (1, 0)
