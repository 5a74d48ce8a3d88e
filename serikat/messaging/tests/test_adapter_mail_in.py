"""Letters that come: a mailbox on a real IMAP server (Dovecot), read by us and by others."""

from __future__ import annotations

import imaplib
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from serikat.messaging.adapters import Arrived, Attachment, ChannelDown
from serikat.messaging.adapters import mail as mail_adapter
from serikat.messaging.adapters.letters import id_given
from serikat.messaging.tests.test_adapter_mail import fetched, letter
from tests.parts import dovecot as imap


def test_fetch_letters_are_seen_only_when_they_are_taken(dovecot, mailbox):
    mail = letter(In_Reply_To="<jawab@serikat.example>", Date="Sun, 22 Nov 2026 09:15:00 +0700")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="slip.png")
    dovecot.arrive(mail.as_bytes())
    adapter = mailbox(dovecot=dovecot)

    def breaks(news):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        adapter.fetch(breaks)
    assert dovecot.flags() == [""]
    (news,) = fetched(adapter)
    assert isinstance(news, Arrived)
    assert (news.sender, news.name, news.subject, news.text) == (
        "siti@contoh.example",
        "Siti",
        "Upah",
        "Upah saya belum dibayar.",
    )
    assert (id_given(news.provider_id), news.answers) == ("<a1@contoh.example>", "<jawab@serikat.example>")
    assert news.at.isoformat() == "2026-11-22T09:15:00+07:00"
    assert news.files == (Attachment("slip.png", "image/png", b"\x89PNG"),)
    assert dovecot.flags() == ["S"]
    assert fetched(adapter) == []


def test_fetch_a_large_letter_and_broken_ones_do_not_hold_up_the_rest(dovecot, mailbox):
    large = letter()
    large.add_attachment(b"x" * 10_000_000, maintype="application", subtype="octet-stream", filename="besar.bin")
    dovecot.arrive(large.as_bytes())
    dovecot.arrive(b"\xff\xfe\x00 bukan surat")
    dovecot.arrive(
        b"From: =?utf-8?b?broken\nContent-Type: text/plain; charset=klingon\nDate: kemarin\n\nhalo \xf0\x9f\x98\x80 \xe2\x80\x8f"
    )
    first, second, third = fetched(mailbox(dovecot=dovecot))
    assert len(first.files[0].content) == 10_000_000
    assert (third.text, third.at) == ("halo 😀 \u200f", None)
    assert second.provider_id != third.provider_id
    assert dovecot.flags() == ["S", "S", "S"]


def test_fetch_holds_no_more_large_letters_at_once_than_it_can(dovecot, mailbox, monkeypatch):
    monkeypatch.setattr(mail_adapter, "MOST_HELD", 100)
    for number in range(3):
        dovecot.arrive(letter(Subject=f"Upah {number}").as_bytes())
    batches = []
    mailbox(dovecot=dovecot).fetch(batches.append)
    assert [len(batch) for batch in batches] == [1, 1, 1]
    assert dovecot.flags() == ["S", "S", "S"]


def opened_elsewhere(dovecot, *letters):
    """Somebody reads the box with another program before we do."""
    for one in letters:
        dovecot.arrive(one.as_bytes())
    with imaplib.IMAP4("127.0.0.1", dovecot.port) as box:
        box.login(imap.USER, imap.PASSWORD)
        box.select("INBOX")
        box.store("1:*", "+FLAGS", r"(\Seen)")


def today(**heads):
    return letter(Date=format_datetime(datetime.now(UTC)), **heads)


def subjects(adapter):
    return [news.subject for news in fetched(adapter)]


def test_fetch_what_was_opened_elsewhere_since_our_last_look(dovecot, mailbox):
    opened_elsewhere(dovecot, today(Subject="Sebelum kami ada"))
    adapter = mailbox(dovecot=dovecot)
    assert subjects(adapter) == []
    opened_elsewhere(dovecot, today(Subject="Satu"), today(Subject="Dua"))
    dovecot.arrive(today(Subject="Tiga").as_bytes())
    later = mailbox(dovecot=dovecot)  # another process, with the mark that the channel kept
    later.mark = adapter.mark
    assert subjects(later) == ["Satu", "Dua", "Tiga"]
    assert (subjects(later), dovecot.flags()) == ([], ["S"] * 4)


def test_fetch_no_old_letters_that_were_moved_into_the_box(dovecot, mailbox):
    adapter = mailbox(dovecot=dovecot)
    assert subjects(adapter) == []
    opened_elsewhere(dovecot, letter(Date="Sun, 22 Nov 2020 09:15:00 +0700", Subject="Enam tahun lalu"))
    assert subjects(adapter) == []
    dovecot.arrive(letter(Date="Sun, 22 Nov 2020 09:15:00 +0700", Subject="Jamnya salah, belum dibuka").as_bytes())
    assert subjects(adapter) == ["Jamnya salah, belum dibuka"]


@pytest.mark.parametrize("mark", ["", "x", "abc 1 \u00b2", "kotak lain 12 0"])
def test_fetch_a_mark_of_another_box_or_of_none_begins_with_what_nobody_opened(dovecot, mailbox, mark):
    opened_elsewhere(dovecot, today(Subject="Sudah dibuka"))
    dovecot.arrive(today(Subject="Belum").as_bytes())
    adapter = mailbox(dovecot=dovecot)
    adapter.mark = mark
    assert subjects(adapter) == ["Belum"]
    assert adapter.mark not in ("", mark)


def test_fetch_what_dies_midway_leaves_the_mark_where_it_was(dovecot, mailbox, monkeypatch):
    monkeypatch.setattr(mail_adapter, "BATCH", 1)
    adapter = mailbox(dovecot=dovecot)
    fetched(adapter)
    opened_elsewhere(dovecot, today(Subject="Satu"), today(Subject="Dua"), today(Subject="Tiga"))
    taken = []

    def breaks(news):
        if len(taken) == 1:
            raise RuntimeError
        taken.extend(news)

    with pytest.raises(RuntimeError):
        adapter.fetch(breaks)
    assert subjects(adapter) == ["Dua", "Tiga"]


@pytest.mark.parametrize(
    "more",
    [
        {"password": "salah"},
        {"imap_port": "1"},
        {"folder": "Tidak Ada"},
        {"imap_safety": "starttls"},
        {"imap_host": "x.example"},
    ],
)
def test_fetch_says_when_the_box_cannot_be_read(dovecot, mailbox, more):
    with pytest.raises(ChannelDown) as told:
        fetched(mailbox(dovecot=dovecot, **more))
    assert "salah" not in str(told.value)
