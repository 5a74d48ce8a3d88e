"""Backup and restore for real: made from the test installation, restored by the command line into a new one with keys of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from serikat.audit.models import Entry
from serikat.audit.services import seal_entries
from serikat.config import install
from serikat.kernel import demo
from serikat.kernel.access import ANONYMOUS, console
from serikat.kernel.errors import Denied
from serikat.web import sealed as sealing
from serikat.web.sealed import CHUNK, CannotOpen, SealedReader, SealedWriter
from serikat.web.services.backup import CannotBackUp, CannotRestore, make_backup, open_backup

PHRASE = "empat kata yang panjang"
ROOT = Path(settings.ROOT)


@pytest.fixture
def backup(tmp_path, monkeypatch, transactional_db):
    """A backup of one account, one picture, one sealed trail entry; and where a new installation would stand."""
    monkeypatch.setenv("SERIKAT_BACKUP_PASSPHRASE", PHRASE)
    get_user_model().objects.create(username="sari", name="Sari")
    picture = Path(settings.MEDIA_ROOT) / "kata" / "gambar.webp"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"picture" * 200_000)
    file = tmp_path / "cadangan.serikat"
    make_backup(actor=console("first"), target=tmp_path / "earlier.serikat", passphrase=PHRASE)
    seal_entries()
    call_command("backup", str(file))
    yield file
    picture.unlink()


@pytest.fixture
def elsewhere(tmp_path):
    """Run a command in a new installation: its own data, keys and database."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    ours = {k: v for k, v in os.environ.items() if k not in {f"SERIKAT_{n.upper()}" for n in install.KEYS}}
    for name, make in install.KEYS.items():
        keys.mkdir(mode=0o700, exist_ok=True)
        (keys / name).write_text(make())
    env = {**ours, "SERIKAT_DATA": str(data), "SERIKAT_KEYS": str(keys)}
    name = f"serikat_restore_{os.getpid()}"
    if connection.vendor == "postgresql":
        from tests.database import PostgreSQLTemplates  # reason: only on PostgreSQL

        server = PostgreSQLTemplates(os.environ["TEST_DATABASE_URL"])
        server.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        env["DATABASE_URL"] = server.address_of(name)

    def run(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "serikat.cli", *arguments],
            cwd=ROOT,
            env={**env, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    run.data, run.keys = data, keys
    yield run
    if connection.vendor == "postgresql":
        server.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_a_backup_is_restored_whole_into_an_empty_installation_with_its_keys_and_trail(backup, elsewhere):
    assert b"picture" not in backup.read_bytes()
    assert Entry.objects.filter(action="web.backup.made").count() == 2

    done = elsewhere("restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert "trail verified" in done.stdout
    assert (elsewhere.data / "media/kata/gambar.webp").read_bytes() == b"picture" * 200_000
    assert (elsewhere.keys / "trail_key").read_text().strip() == settings.TRAIL_KEY
    assert len(list(elsewhere.keys.glob("before-*/trail_key"))) == 1
    assert elsewhere("verify_trail").returncode == 0
    shown = elsewhere(
        "shell", "-v0", "-c", "from serikat.accounts.models import User; print([u.name for u in User.objects.all()])"
    )
    assert "['Sari']" in shown.stdout

    again = elsewhere("restore", str(backup))
    assert again.returncode == 1
    assert "say --over" in again.stderr
    over = elsewhere("restore", "--over", str(backup))
    assert (over.returncode, over.stderr) == (0, "")
    assert len(list(elsewhere.data.glob(".before-*"))) == 2


@pytest.mark.slow
def test_restore_checks_before_it_touches(backup, elsewhere, tmp_path):
    wrong = elsewhere("restore", str(backup), SERIKAT_BACKUP_PASSPHRASE="salah sekali")
    assert (wrong.returncode, "passphrase is wrong" in wrong.stderr) == (1, True)
    cut = tmp_path / "cut.serikat"
    cut.write_bytes(backup.read_bytes()[:-1000])
    assert "damaged or was cut short" in elsewhere("restore", str(cut)).stderr
    checked = elsewhere("restore", "--check", str(backup))
    assert (checked.returncode, checked.stdout.startswith("A backup of")) == (0, True)
    assert sorted(p.name for p in elsewhere.data.iterdir() if not p.name.startswith("serikat.sqlite3")) == []


@pytest.mark.slow
def test_a_backup_is_never_written_over_and_a_short_passphrase_is_refused(backup, tmp_path):
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(backup))
    with pytest.raises(CannotBackUp, match="ten signs"):
        make_backup(actor=console(), target=tmp_path / "x", passphrase="pendek")
    with pytest.raises(CannotBackUp, match="cannot be written"):
        make_backup(actor=console(), target=tmp_path / "nowhere" / "x", passphrase=PHRASE)
    with pytest.raises(Denied):
        make_backup(actor=ANONYMOUS, target=tmp_path / "x", passphrase=PHRASE)
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob("x"))


@pytest.fixture
def light_work(monkeypatch):
    """A key that is quickly made: what is tried here is the chunks."""
    assert sealing.WORK >= 2**16
    monkeypatch.setattr(sealing, "WORK", 2**8)


def sealed(content):
    file = BytesIO()
    with SealedWriter(file, PHRASE) as writer:
        writer.write(content)
    return file.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_sealed_bytes_come_back(light_work, size):
    content = os.urandom(size)
    assert SealedReader(BytesIO(sealed(content)), PHRASE).read() == content


def test_a_changed_swapped_or_missing_chunk_is_noticed(light_work):
    whole = sealed(os.urandom(3 * CHUNK))
    head, piece = 33, CHUNK + 16
    changed = bytearray(whole)
    changed[head + piece + 5] ^= 1
    swapped = whole[:head] + whole[head + piece : head + 2 * piece] + whole[head : head + piece] + whole[head + 2 * piece :]
    for broken in (bytes(changed), swapped, whole[: head + 2 * piece], whole + b"x" * 40, whole[: head + piece]):
        with pytest.raises(CannotOpen):
            SealedReader(BytesIO(broken), PHRASE).read()
    with pytest.raises(CannotOpen, match="not a backup"):
        SealedReader(BytesIO(b"PK\x03\x04"), PHRASE)


@pytest.mark.django_db
def test_a_file_that_is_no_backup_is_refused(tmp_path):
    other = tmp_path / "x"
    other.write_bytes(sealed(b"not a tar file" * 100))
    for file in (other, tmp_path / "missing"):
        with pytest.raises(CannotRestore):
            open_backup(source=file, passphrase=PHRASE, folder=tmp_path / "out")


@pytest.mark.django_db
def test_clear_demo_asks_every_room_and_leaves_an_entry(monkeypatch, capsys):
    monkeypatch.setattr(demo, "_clearers", [])

    @demo.on_clear_demo
    def remove_sample():
        return 3

    call_command("clear_demo")
    assert "remove_sample: 3" in capsys.readouterr().out
    assert Entry.objects.get().action == "web.demo.cleared"
