"""A voice note recorded at the desk leaves in a kind that the other side plays; what it already plays is not touched."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import pytest

from serikat.audit.action import action
from serikat.files.inspection import check_upload, kind_of
from serikat.kernel.access import SYSTEM, anyone
from serikat.messaging.adapters import adapters
from serikat.messaging.models import Purpose
from serikat.messaging.services import sending
from serikat.messaging.services.queueing import find_or_make_address, queue_message
from serikat.messaging.tests.conftest import Told
from tests.parts.programs import find

pytestmark = pytest.mark.django_db


@action("test.voice.said", may=anyone, says="mengirim suara", on="channel")
def say(*, actor, channel, file):
    to = find_or_make_address(scheme="number", typed="0812 3456 789")
    queue_message(actor=actor, channel=channel, address=to, text="", purpose=Purpose.NOTICE, files=[file])


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    program = find("ffmpeg") or pytest.skip("no ffmpeg on this computer")
    made = tmp_path_factory.mktemp("sounds") / "suara.webm"
    subprocess.run([program, "-v", "error", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "libopus", made], check=True)
    return made.read_bytes()


@pytest.fixture
def sends(sms, provider):
    def send(content, name):
        checked = check_upload(io.BytesIO(content), name, public=False)
        say(actor=SYSTEM, channel=sms, file=checked)
        assert sending.send_channel(channel_id=sms.pk) == 1
        (file,) = provider.taken[-1].files
        return file

    return send


def test_what_a_browser_recorded_leaves_as_a_sound_that_phones_play(sends, recorded):
    file = sends(recorded, "suara.webm")
    assert (file.name, file.mime, kind_of(file.content)) == ("suara.m4a", "audio/mp4", "audio/mp4")


def test_it_leaves_in_the_kind_that_the_channel_wants(sends, recorded, monkeypatch):
    monkeypatch.setattr(Told, "limits", replace(Told.limits, sounds=adapters()["whatsapp"].limits.sounds))
    file = sends(recorded, "suara.webm")
    assert (file.name, file.mime, kind_of(file.content)) == ("suara.ogg", "audio/ogg", "audio/ogg")
    again = sends(file.content, "suara.ogg")
    assert again.content == file.content


def test_a_sound_that_cannot_be_read_goes_as_it_is(sends, recorded):
    broken = recorded[: len(recorded) // 20]
    file = sends(broken, "suara.webm")
    assert (file.mime, file.content) == ("audio/webm", broken)
