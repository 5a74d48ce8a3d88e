"""The first day: the token, the three steps, and that all is written or nothing."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from serikat.audit.models import Entry
from serikat.kernel.access import ANONYMOUS, Role, actor_of, console
from serikat.kernel.errors import Denied
from serikat.newsroom.services.site import site_stands
from serikat.units.models import Unit
from serikat.web.models import Identity
from serikat.web.selectors import face, is_founded
from serikat.web.services import founding

pytestmark = pytest.mark.django_db
User = get_user_model()
PASSWORD = "kipas lampu bambu 7"
FIRST = founding.Administrator(name="Wening", username="wening", password=PASSWORD)


def png(side=40):
    out = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(out, "PNG")
    return out.getvalue()


def huge_png(side=20_000):
    """Few bytes, four hundred million pixels."""

    def piece(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = piece(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (side // 8 + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + head + piece(b"IDAT", rows) + piece(b"IEND", b"")


def found(**more):
    return founding.found_organisation(actor=console("pendiri"), name="Perserikatan Muara", administrator=FIRST, **more)


def test_found_organisation_writes_face_tree_site_and_first_administrator():
    founded = found(units=[founding.UnitSeed("branch", "Cabang Hilir")])

    assert face().name == "Perserikatan Muara"
    assert [u.name for u in Unit.objects.order_by("path")] == ["Perserikatan Muara", "Cabang Hilir"]
    assert site_stands()
    assert founded.administrator.check_password(PASSWORD)
    held = actor_of(founded.administrator)
    assert [g.role for g in held.asleep] == [Role.ADMINISTRATOR]
    assert held.grants == ()
    assert Entry.objects.filter(action="web.organisation.founded").count() == 1


def test_found_organisation_happens_once():
    found()
    with pytest.raises(founding.AlreadyFounded):
        found()
    assert Identity.objects.count() == 1


def test_found_organisation_is_for_the_console_alone():
    with pytest.raises(Denied):
        founding.found_organisation(actor=ANONYMOUS, name="x", administrator=FIRST)


def test_found_organisation_leaves_nothing_when_a_part_fails():
    User.objects.create(username="wening")
    with pytest.raises(Exception, match="dipakai"):
        found()
    assert (Identity.objects.count(), Unit.objects.count(), site_stands()) == (0, 0, False)


def test_a_wizard_token_opens_once_and_the_older_one_no_more(client):
    old, new = founding.make_wizard_token(), founding.make_wizard_token()
    assert client.get(reverse("web:open_wizard", args=[old])).status_code == 404
    assert client.get(reverse("web:open_wizard", args=[new])).status_code == 302
    assert client.get(reverse("web:open_wizard", args=[new])).status_code == 404


def test_the_steps_are_closed_without_the_token(client):
    for name in ("wizard_face", "wizard_units", "wizard_administrator"):
        assert client.get(reverse(f"web:{name}")).status_code == 404


@pytest.fixture
def wizard(client):
    client.get(reverse("web:open_wizard", args=[founding.make_wizard_token()]))
    return client


UNITS = {"unit-TOTAL_FORMS": "3", "unit-INITIAL_FORMS": "0", "unit-0-name": "Cabang Hilir", "unit-0-kind": "branch"}
ADMIN = {"name": "Wening", "username": "wening", "email": "", "password": PASSWORD, "again": PASSWORD}


def walk(wizard, face=None, units=None, admin=None):
    first = wizard.post(
        reverse("web:wizard_face"), {"name": "Perserikatan Muara", "tagline": "", "english": "on", **(face or {})}
    )
    second = wizard.post(reverse("web:wizard_units"), {**UNITS, **(units or {})})
    third = wizard.post(reverse("web:wizard_administrator"), {**ADMIN, **(admin or {})})
    return first, second, third


def test_the_wizard_ends_signed_in_at_the_second_factor(wizard):
    *_steps, third = walk(wizard, face={"mark": SimpleUploadedFile("lambang.png", png(600), "image/png")})
    assert (third.status_code, third.url) == (302, reverse("mfa_activate_totp"))
    assert "Organisasi Anda sudah berdiri" in wizard.get(third.url).content.decode()
    assert wizard.get(reverse("web:desk")).status_code == 200
    with Image.open(Identity.objects.get().mark.path) as mark:
        assert max(mark.size) == 256
    assert wizard.get(reverse("web:wizard_face")).status_code == 404


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("face", {"name": ""}, "name"),
        ("face", {"name": "x" * 81}, "name"),
        ("face", {"mark": SimpleUploadedFile("x.png", b"<svg/>", "image/png")}, "mark"),
        ("face", {"mark": SimpleUploadedFile("x.png", huge_png(), "image/png")}, "mark"),
        ("admin", {"username": "a b"}, "username"),
        ("admin", {"password": "123", "again": "123"}, "password"),
        ("admin", {"again": "lain"}, "again"),
        ("admin", {"email": "bukan surel"}, "email"),
    ],
)
def test_the_wizard_says_beside_the_field_what_is_wrong(wizard, step, values, field):
    answers = walk(wizard, **{step: values})
    answer = answers[0 if step == "face" else 2]
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not is_founded()


def test_the_wizard_refuses_two_units_of_one_name(wizard):
    answer = walk(wizard, units={"unit-1-name": "cabang hilir", "unit-1-kind": "branch"})[1]
    assert answer.status_code == 422
    assert not is_founded()
