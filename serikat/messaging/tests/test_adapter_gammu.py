"""SMS by gammu-smsd, against a real daemon on its dummy modem."""

from __future__ import annotations

import os
import time
import uuid
from datetime import datetime

import pytest

from serikat.messaging.adapters import ChannelDown, Parcel, Report, Sort, adapter_named
from serikat.messaging.adapters import gammu as gammu_adapter


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch):
    monkeypatch.setattr(gammu_adapter, "SETTLED", 0.2)


def made(folders):
    return adapter_named("gammu")(folders)


def parcel(text="halo", to="+6281234567890"):
    return Parcel(str(uuid.uuid4()), to, text)


def fetched(adapter):
    time.sleep(0.3)
    found = []
    adapter.fetch(found.extend)
    return found


@pytest.fixture
def folders(tmp_path):
    """Folders without a daemon."""
    for name in ("outbox", "inbox", "sent", "error"):
        (tmp_path / name).mkdir()
    return {name: str(tmp_path / name) for name in ("outbox", "inbox", "sent", "error")}


def test_send_texts_go_out_by_the_modem(gammu):
    texts = ["Gaji €5 [x]", "Terima kasih 🙏 \u200fya", "panjang " * 60]
    parcels = [parcel(t) for t in texts]
    outcomes = list(made(gammu.settings).send(parcels))
    assert [o.sort for o in outcomes] == [Sort.SENT] * 3
    sent = gammu.wait_for_sent(3)
    assert list(sent.values()) == texts
    assert [name.split("_")[-1] for name in sent] == [f"{o.provider_id}.txt" for o in outcomes]


def test_send_the_same_message_again_is_one(gammu):
    sent = parcel()
    assert next(made(gammu.settings).send([sent])).sort == Sort.SENT
    assert next(made(gammu.settings).send([sent])).sort == Sort.SENT
    gammu.wait_for_sent(1)
    assert next(made(gammu.settings).send([sent])).sort == Sort.SENT
    gammu.inject("+62899", "dari konsol")
    assert sorted(gammu.wait_for_sent(2).values()) == ["dari konsol", "halo"]


def test_fetch_texts_that_came_long_ones_joined_and_gone_only_when_they_are_taken(gammu):
    at = datetime(2026, 11, 22, 9, 15).astimezone()  # noqa: DTZ001 this computer's
    gammu.arrive("+628111", "LAPOR gaji 😀 \u202eterbalik", at=at)
    gammu.arrive("+628222", "panjang sekali " * 12, at=at)
    names = gammu.wait_for_inbox(4)
    adapter = made(gammu.settings)
    time.sleep(0.3)

    def breaks(news):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        adapter.fetch(breaks)
    assert gammu.wait_for_inbox(4) == names
    first, second = fetched(adapter)
    assert (first.sender, first.text, first.at) == ("+628111", "LAPOR gaji 😀 \u202eterbalik", at)
    assert (second.sender, second.text) == ("+628222", "panjang sekali " * 12)
    assert first.provider_id != second.provider_id
    assert fetched(adapter) == []


def test_fetch_two_texts_of_one_second_are_two(folders):
    inbox = made(folders).folders["inbox"]
    seen = []
    for text in ("satu", "dua"):
        (inbox / "IN20261122_091500_00_+62811_00.txt").write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
        seen += fetched(made(folders))
    assert [n.text for n in seen] == ["satu", "dua"]
    assert len({n.provider_id for n in seen}) == 2


def test_fetch_joins_parts_that_reached_the_centre_at_different_moments(folders):
    """gammu-smsd names each part by its own moment."""
    inbox, old = made(folders).folders["inbox"], time.time_ns() - 10**10
    names = (
        "IN20261122_091502_00_+62811_00", "IN20261122_091459_00_+62811_01", "IN20261122_091504_00_+62811_02",
        "IN20261122_091503_00_+62822_00", "IN20261122_091504_00_+62811_00", "IN20261122_091504_00_+62811_01",
    )  # fmt: skip
    for number, (name, text) in enumerate(zip(names, ("LAPOR ", "upah ", "kami", "halo", "dua ", "lagi"), strict=True)):
        file = inbox / f"{name}.txt"
        file.write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
        os.utime(file, ns=(old + number, old + number))
    assert [(n.sender, n.text) for n in fetched(made(folders))] == [
        ("+62811", "LAPOR upah kami"),
        ("+62822", "halo"),
        ("+62811", "dua lagi"),
    ]


def test_fetch_a_text_still_being_written_is_left(folders):
    adapter = made(folders)
    (adapter.folders["inbox"] / "IN20261122_091500_00_+62811_00.txt").write_text("sepa")
    found = []
    adapter.fetch(found.extend)
    assert found == []


@pytest.mark.parametrize(
    ("name", "content", "text", "files"),
    [
        ("IN20261122_091500_00_+62811_00.txt", "halo é".encode(), "halo é", 0),
        ("IN20261122_091500_00_+62811_00.txt", "halo é".encode("latin-1"), "halo é", 0),
        ("IN20261122_091500_00_+62811_00.txt", b"\xff\xfeh\x00i\x00", "hi", 0),
        ("IN20261122_091500_00_TELKOM_SEL_00.txt", b"", "", 0),
        ("IN20261122_091500_00_+62811_00.bin", b"\x00\x01", "", 1),
        ("IN20261122_091500_00_+62811_00.smsbackup", b"[SMSBackup000]\nText00 = 00680061\nText01 = 006C006F\n", "halo", 0),
        ("IN99999999_999999_00_+62811_00.txt", b"x", "x", 0),
    ],
)
def test_fetch_reads_what_other_settings_of_the_daemon_write(folders, name, content, text, files):
    adapter = made(folders)
    (adapter.folders["inbox"] / name).write_bytes(content)
    (news,) = fetched(adapter)
    assert (news.text, len(news.files)) == (text, files)
    assert news.sender in ("+62811", "TELKOM_SEL")


def test_fetch_leaves_alone_what_is_no_message(folders, tmp_path):
    adapter = made(folders)
    (adapter.folders["inbox"] / "INgatan.txt").write_text("x")
    secret = tmp_path / "rahasia"
    secret.write_text("x")
    (adapter.folders["inbox"] / "IN20261122_091500_00_+62811_00.txt").symlink_to(secret)
    assert fetched(adapter) == []


def test_fetch_what_the_modem_could_not_send_is_told_once(folders):
    adapter = made(folders)
    outcome = next(adapter.send([parcel()]))
    (waiting,) = adapter.folders["outbox"].glob("OUT*")
    waiting.rename(adapter.folders["error"] / waiting.name)
    (news,) = fetched(adapter)
    assert (news.report, news.provider_id) == (Report.FAILED, outcome.provider_id)
    assert fetched(adapter) == []


@pytest.mark.parametrize("to", ["", "abc", "../../etc/x", "+62811_00_x", "9" * 40])
def test_send_to_what_is_no_number_is_refused_and_writes_nothing(folders, to):
    adapter = made(folders)
    assert next(adapter.send([parcel(to=to)])).sort == Sort.REFUSED
    assert list(adapter.folders["outbox"].iterdir()) == []


def test_folders_that_are_missing_are_said(folders, tmp_path):
    lost = made({**folders, "sent": str(tmp_path / "hilang")})
    assert next(lost.send([parcel()])).sort == Sort.OFF
    assert not lost.check().well
    with pytest.raises(ChannelDown):
        made({**folders, "inbox": str(tmp_path / "hilang"), "error": str(tmp_path / "hilang")}).fetch(list)


def test_check_says_when_nobody_takes_what_waits(folders):
    adapter = made(folders)
    assert adapter.check().well
    next(adapter.send([parcel()]))
    (waiting,) = adapter.folders["outbox"].glob("OUT*")
    os.utime(waiting, (time.time() - 900,) * 2)
    assert "does gammu-smsd run" in adapter.check().words
