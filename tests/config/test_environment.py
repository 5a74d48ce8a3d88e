"""Settings from the environment: all documented, mail addresses read, wrong ones said in a sentence."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from serikat.config import environment, install

ROOT = environment.ROOT


def test_every_environment_variable_is_documented_and_every_documented_one_is_read():
    code = "".join(f.read_text("utf-8") for f in ROOT.glob("serikat/**/*.py"))
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', code)) | {f"SERIKAT_{name.upper()}" for name in install.KEYS}
    text = (ROOT / ".env.example").read_text("utf-8")
    documented = re.findall(r"^#[^\n]+\n([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(documented) == sorted(read)
    assert len(re.findall(r"^[A-Z_]+=", text, re.MULTILINE)) == len(documented), "each has its own sentence above it"


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://u:p@mail.example.org:587?tls=1", ("mail.example.org", 587, "u", "p", True, False)),
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        ("smtps://a%40b.id:p%2Fw@mail.example.org", ("mail.example.org", 465, "a@b.id", "p/w", False, True)),
    ],
)
def test_mail_addresses_are_read(monkeypatch, address, server):
    monkeypatch.setenv("EMAIL_URL", address)
    found = environment.mail("EMAIL_URL")
    assert (found.host, found.port, found.user, found.password, found.tls, found.ssl) == server


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://x", "smtp://", "smtp://h:x", "smtp://h?tls=maybe", "smtp://h?ssl=1"]
)
def test_mail_addresses_that_mean_nothing_are_refused(monkeypatch, address):
    monkeypatch.setenv("EMAIL_URL", address)
    with pytest.raises(environment.BadSetting, match="smtp://user"):
        environment.mail("EMAIL_URL")


@pytest.mark.parametrize("address", ["nonsense", "mysql://h/d", "postgres://h", "postgres://h:port/d"])
def test_a_broken_database_address_is_said_in_a_sentence(address):
    with pytest.raises(install.CannotGoOn, match="DATABASE_URL"):
        install.check_database_address(address)
    install.check_database_address("postgres://u:p@h:5432/d")
    install.check_database_address("")


def test_keys_are_made_once_for_this_user_alone(tmp_path, monkeypatch):
    for name in install.KEYS:
        monkeypatch.delenv(f"SERIKAT_{name.upper()}", raising=False)
    keys, data = tmp_path / "keys", tmp_path / "data"
    install.make_keys(keys, data)
    before = {f.name: f.read_text() for f in keys.iterdir()}
    assert set(before) == set(install.KEYS)
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(f.stat().st_mode) for f in keys.iterdir()} == {0o600}

    install.make_keys(keys, data)
    assert {f.name: f.read_text() for f in keys.iterdir()} == before

    (keys / "trail_key").chmod(0o644)
    with pytest.raises(install.CannotGoOn, match="chmod 600"):
        install.make_keys(keys, data)


def test_a_lost_key_is_not_replaced_when_there_is_data(tmp_path, monkeypatch):
    monkeypatch.delenv("SERIKAT_TRAIL_KEY", raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/prepared").touch()
    with pytest.raises(install.CannotGoOn, match="Put the key back"):
        install.make_keys(tmp_path / "keys", tmp_path / "data")


def test_keys_inside_the_data_folder_are_refused(tmp_path):
    with pytest.raises(install.CannotGoOn, match="inside the data folder"):
        install.make_keys(tmp_path / "data/keys", tmp_path / "data")


def test_compile_bytecode_compiles_our_own_package_and_passes_over_what_it_cannot(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)  # the suite keeps what is compiled elsewhere
    package = tmp_path / "serikat/law"
    package.mkdir(parents=True)
    (package / "whole.py").write_text("TIMES = 2\n")
    (package / "broken.py").write_text("def\n")
    install.compile_bytecode()
    install.compile_bytecode()
    assert [file.name.split(".")[0] for file in package.glob("__pycache__/*.pyc")] == ["whole"]
    assert capfd.readouterr() == ("", "")


def test_a_data_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(install.CannotGoOn, match="SERIKAT_DATA"):
        install.make_data_folder(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eight", "PORT is 'eight'"),
        ("DEBUG", "maybe", "DEBUG is 'maybe'"),
        ("SERIKAT_TRAIL_KEY", "", "trail_key is missing"),
    ],
)
def test_a_wrong_setting_ends_a_command_with_a_sentence(name, value, words, tmp_path):
    env = {**os.environ, name: value, "SERIKAT_KEYS": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "serikat.cli", "check"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert Path(tmp_path).exists()
