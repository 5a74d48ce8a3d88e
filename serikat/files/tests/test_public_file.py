"""Public files: pictures are shown, other things saved, and nothing outside the folder is reached."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("images/a.webp", ContentFile(b"webp"))
    default_storage.save("documents/surat.html", ContentFile(b"<script>alert(1)</script>"))
    (tmp_path / "secret.txt").write_text("rahasia")


def body(response):
    return b"".join(response.streaming_content)


def test_a_picture_is_shown_and_may_be_kept_by_the_browser(client, kept):
    answer = client.get("/media/images/a.webp")
    assert (answer.status_code, body(answer), answer["Content-Type"]) == (200, b"webp", "image/webp")
    assert "max-age" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer


def test_what_is_no_picture_is_saved_and_can_run_nothing(client, kept):
    answer = client.get("/media/documents/surat.html")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize(
    "name", ["../secret.txt", "%2e%2e/secret.txt", "images/../../secret.txt", "images", "nothing.webp", "a%00b"]
)
def test_nothing_outside_the_folder_is_reached(client, kept, name):
    assert client.get(f"/media/{name}").status_code in (400, 404)
