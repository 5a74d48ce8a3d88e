"""The desk's first page, trail pages of things, and jobs that were given up."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from serikat.audit.models import Entry
from serikat.kernel.access import Role
from serikat.kernel.jobs import count_parked, enqueue
from serikat.kernel.models import Job
from serikat.people.services.rights import ask_right
from serikat.people.tests.factories import make_actor, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def awake(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def sign_in(client):
    def do(actor):
        client.force_login(get_user_model().objects.get(pk=actor.user_id))
        return client

    return do


def park():
    """A job that nobody tries any more."""
    enqueue("kernel.prune_jobs")
    row = Job.objects.get()
    Job.objects.update(parked_at=timezone.now(), tries=3, problem="OSError: disk full")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    return row


def test_the_first_page_shows_requests_with_their_clock(sign_in):
    unit = make_unit()
    officer = make_actor(Role.DATA_OFFICER, unit=unit)
    ask_right(actor=officer, person=make_person(unit, "Sumarni Wati"), kind="copy")
    page = sign_in(officer).get("/meja/").content.decode()
    assert "Permintaan data pribadi" in page
    assert "Salinan data: Sumarni Wati" in page
    assert "sisa " in page


def test_a_trail_page_opens_for_who_sees_the_thing_and_for_nobody_else(sign_in):
    unit, elsewhere = make_unit(), make_unit()
    person = make_person(unit, "Sumarni Wati")
    secretary = make_actor(Role.SECRETARY, unit=unit)
    client = sign_in(secretary)
    ref = f"/meja/jejak/people.person:{person.pk}/"
    page = client.get(ref).content.decode()
    assert "menambah catatan orang" in page
    assert "Sumarni" not in page
    assert ref in client.get(f"/meja/orang/{person.subject}/").content.decode()
    assert client.get(f"/meja/jejak/units.unit:{unit.pk}/").status_code == 200
    for hidden in (
        "people.person:999",
        "people.person:x",
        f"people.person: {person.pk}",
        "people.person:",
        "units.unit:9" * 20,
    ):
        assert client.get(f"/meja/jejak/{hidden}/").status_code == 404, hidden
    for hidden in (f"accounts.user:{secretary.user_id}", "kernel.job:1", "files.storedfile:1", f"units.unit:{elsewhere.pk}"):
        assert client.get(f"/meja/jejak/{hidden}/").status_code == 404, hidden
    assert sign_in(make_actor(Role.SECRETARY, unit=elsewhere)).get(ref).status_code == 404


def test_every_kind_of_thing_that_has_a_page_has_its_trail(sign_in):
    from serikat.audit.pages import has_trail_page  # reason: read before Django is set up

    kinds = ("people.person", "people.body", "units.unit", "units.mandate", "accounts.user", "files.storedfile")
    pages = ("newsroom.article", "newsroom.staticpage", "newsroom.homepage", "newsroom.articleindex")
    assert [kind for kind in (*kinds, *pages) if not has_trail_page(f"{kind}:1")] == []


def test_an_administrator_tries_a_parked_job_again_and_drops_another(sign_in):
    job = park()
    unit = make_unit()
    client = sign_in(make_actor(Role.ADMINISTRATOR, unit=unit))
    assert "Pekerjaan yang macet" in client.get("/meja/").content.decode()
    assert "OSError: disk full" in client.get("/meja/pekerjaan/").content.decode()
    address = f"/meja/pekerjaan/{job.result_id}/"
    assert sign_in(make_actor(Role.CHAIR, unit=unit)).post(address).status_code == 404
    client = sign_in(make_actor(Role.ADMINISTRATOR, unit=unit))
    assert client.post(address, {"do": "retry"}).status_code == 302
    assert count_parked() == 0
    assert client.post(address, {"do": "retry"}).status_code == 404
    Job.objects.update(parked_at=timezone.now())
    assert client.post(address, {"do": "drop"}).status_code == 302
    assert list(Entry.objects.filter(action__startswith="web.job.").order_by("at").values_list("action", flat=True)) == [
        "web.job.retried",
        "web.job.dropped",
    ]
    call_command("verify_trail")
