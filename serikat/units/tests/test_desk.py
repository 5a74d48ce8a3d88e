"""The desk's pages of units, as a signed-in person meets them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from serikat.kernel.access import Role
from serikat.units.models import Decree, Mandate, Proposal, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
PERSON = "Sari"


@pytest.fixture
def as_role(client, give, settings):
    """Sign in somebody who holds a role in a unit."""
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.LOGIN_URL = "/masuk/"

    def sign_in(role, unit, name="Ketua"):
        _, mandate = give(name, role, unit)
        client.force_login(mandate.user)
        return client

    return sign_in


@pytest.mark.slow
def test_every_page_shows_to_who_reads_units_and_to_nobody_else(as_role, centre, west, village):
    chair = as_role(Role.CHAIR, west)
    inside = ["", "baru/", "nama/", "pindah/", "tutup/", "riwayat/", "surat-keputusan/", "angkat/"]
    pages = ["/meja/unit/", "/meja/unit/wewenang/", "/meja/unit/saya/", *(f"/meja/unit/{village.pk}/{p}" for p in inside)]
    assert [chair.get(p).status_code for p in pages] == [200] * len(pages)
    hidden = [f"/meja/unit/{pk}/{p}" for pk in (centre.pk, 9999) for p in inside]
    assert [chair.get(p).status_code for p in hidden] == [404] * len(hidden)
    editor = as_role(Role.EDITOR, west, "Redaktur")
    assert [editor.get(p).status_code for p in pages] == [404, 404, 200] + [404] * len(inside)
    editor.logout()
    assert [editor.get(p).status_code for p in pages] == [302] * len(pages)


def test_a_decree_is_drafted_signed_and_somebody_appointed(as_role, west, make_user):
    chair = as_role(Role.CHAIR, west)
    user = make_user(PERSON)
    here = f"/meja/unit/{west.pk}/"
    answer = chair.post(f"{here}surat-keputusan/", {"number": "9", "about": "Redaksi", "decided_on": "2026-05-01"})
    assert (answer.status_code, answer["Location"]) == (302, here)
    draft = Decree.objects.get(number="9")
    term = {"role": "editor", "decree": draft.pk, "starts_on": "2026-05-01", "ends_on": "2099-05-01", "user": "SARI"}
    refused = chair.post(f"{here}angkat/", term)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["decree"])
    chair.post(f"/meja/unit/surat-keputusan/{draft.pk}/sahkan/")
    refused = chair.post(f"{here}angkat/", term)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["ends_on"])
    assert "SARI" in refused.content.decode()
    year = timezone.localdate().year + 2
    assert chair.post(f"{here}angkat/", {**term, "ends_on": f"{year}-05-01"}).status_code == 302
    mandate = Mandate.objects.get(user=user)
    assert (mandate.role, mandate.ends_on, mandate.decree) == ("editor", date(year, 5, 1), draft)
    page = chair.get(here).content.decode()
    assert PERSON in page
    assert chair.post(f"/meja/unit/mandat/{mandate.pk}/akhiri/", {"reason": ""}).status_code == 422
    assert chair.post(f"/meja/unit/mandat/{mandate.pk}/akhiri/", {"reason": "pindah"}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.ended_on == timezone.localdate()


@pytest.mark.parametrize("typed", ["", "nobody", "x" * 300, "a\0b", "tutup"])
def test_appoint_refuses_an_account_that_is_not_there(as_role, west, decree, typed):
    get_user_model().objects.create(username="tutup", is_active=False)
    chair = as_role(Role.CHAIR, west)
    term = {"role": "editor", "decree": decree.pk, "starts_on": "2026-05-01", "ends_on": "2030-05-01", "user": typed}
    refused = chair.post(f"/meja/unit/{west.pk}/angkat/", term)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["user"])


def test_appointing_oneself_becomes_a_proposal_that_another_agrees_to(as_role, centre, decree):
    admin = as_role(Role.ADMINISTRATOR, centre, "Admin")
    year = timezone.localdate().year + 1
    term = {"role": "treasurer", "decree": decree.pk, "starts_on": "2026-05-01", "ends_on": f"{year}-12-01", "user": "admin"}
    said = admin.post(f"/meja/unit/{centre.pk}/angkat/", term, follow=True).content.decode()
    assert "sesudah orang lain menyetujuinya" in said
    assert "Tersimpan." not in said
    proposal = Proposal.objects.get()
    assert Mandate.objects.filter(role="treasurer").count() == 0
    decide = f"/meja/unit/usul/{proposal.pk}/"
    assert admin.post(decide, {"decision": "agree"}).status_code == 404
    assert "Setujui" not in admin.get("/meja/unit/").content.decode()
    chair = as_role(Role.CHAIR, centre)
    assert "Setujui" in chair.get("/meja/unit/").content.decode()
    assert chair.post(decide, {"decision": "agree"}).status_code == 302
    assert Mandate.objects.filter(role="treasurer").count() == 1
    assert chair.post(decide, {"decision": "agree"}).status_code == 409


def test_a_unit_is_founded_renamed_moved_and_closed(as_role, centre, west, east):
    head = as_role(Role.CHAIR, centre)
    assert head.post(f"/meja/unit/{west.pk}/baru/", {"name": "Desa A", "kind": "village"}).status_code == 302
    unit = Unit.objects.get(name="Desa A")
    assert head.post(f"/meja/unit/{unit.pk}/nama/", {"name": "Desa B"}).status_code == 302
    assert head.post(f"/meja/unit/{west.pk}/pindah/", {"parent": unit.pk}).status_code == 422
    assert head.post(f"/meja/unit/{unit.pk}/pindah/", {"parent": east.pk}).status_code == 302
    assert "Desa B" in head.get(f"/meja/unit/{unit.pk}/riwayat/").content.decode()
    assert head.post(f"/meja/unit/{east.pk}/tutup/", {"reason": "x"}).status_code == 422
    assert head.post(f"/meja/unit/{unit.pk}/tutup/", {"reason": "digabung"}).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.parent, unit.closed_on) == ("Desa B", east, timezone.localdate())


def test_what_a_page_may_not_do_it_answers_as_absent(as_role, west, village):
    supervisor = as_role(Role.SUPERVISOR, west, "Pengawas")
    assert "/angkat/" not in supervisor.get(f"/meja/unit/{village.pk}/").content.decode()
    assert supervisor.post(f"/meja/unit/{village.pk}/nama/", {"name": "X"}).status_code == 404
    assert supervisor.get(f"/meja/unit/usul/{village.pk}/").status_code == 405
    village.refresh_from_db()
    assert village.name == "Desa Sukamaju"


def test_own_mandates_can_be_laid_down(as_role, west):
    editor = as_role(Role.EDITOR, west, "Redaktur")
    mandate = Mandate.objects.get(role="editor")
    assert "Cabang Barat" in editor.get("/meja/unit/saya/").content.decode()
    answer = editor.post(f"/meja/unit/mandat/{mandate.pk}/akhiri/", {"reason": "mundur"})
    assert answer["Location"] == "/meja/unit/saya/"
    assert "Cabang Barat" not in editor.get("/meja/unit/saya/").content.decode()


@pytest.mark.parametrize("page", ["/meja/unit/", "/meja/unit/{pk}/", "/meja/unit/saya/"])
def test_lists_ask_as_often_for_one_row_as_for_three(as_role, give, west, page, connection_queries):
    chair = as_role(Role.CHAIR, west)
    address = page.format(pk=west.pk)
    one = connection_queries(lambda: chair.get(address))
    soon = timezone.localdate()
    for name in ("A", "B", "C"):
        give(name, Role.EDITOR, west, ends_on=soon)
    assert connection_queries(lambda: chair.get(address)) == one
