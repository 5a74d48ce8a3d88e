"""A mailbox on servers that answer oddly: each way is one that RFC 3501 allows, or that a server of today has."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field

import pytest

from serikat.messaging.adapters import ChannelDown
from serikat.messaging.tests.test_adapter_mail_in import subjects, today


@dataclass
class Box:
    port: int = 0
    letters: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    refuses: set[str] = field(default_factory=set)  # commands that are answered by NO
    unreadable: set[int] = field(default_factory=set)  # numbers that cannot be fetched now
    in_lines: bool = False  # what was found is told in a line for each
    tells: tuple[str, ...] = ("UIDVALIDITY", "UIDNEXT")

    def arrive(self, number, *, opened=False, **heads):
        self.letters[number] = today(**heads).as_bytes()
        self.seen |= {number} if opened else set()

    def answers(self, command, rest):
        if command in self.refuses:
            return [], f"NO [SERVERBUG] {command} is not to be had now"
        if command == "SELECT":
            told = {"UIDVALIDITY": 7, "UIDNEXT": max(self.letters, default=0) + 1}
            return [
                f"* {len(self.letters)} EXISTS",
                *(f"* OK [{n} {told[n]}] here" for n in self.tells),
            ], "OK [READ-WRITE] open"
        if command == "UID SEARCH":
            return self._found(rest), "OK searched"
        if command == "UID FETCH":
            return self._fetched(int(rest.split()[0]))
        if command == "UID STORE":
            self.seen |= {int(number) for number in rest.split()[0].split(",")} & set(self.letters)
        return [], "OK done"

    def _fetched(self, number):
        if number in self.unreadable:
            return [], "NO [SERVERBUG] not now"
        content = self.letters.get(number)
        if content is None:
            return [], "OK fetched"
        text = content.decode("latin-1")
        return [f"* 1 FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n{text})"], "OK fetched"

    def _found(self, rest):
        found = sorted(self.letters)
        if rest.startswith("UNSEEN"):
            found = [n for n in found if n not in self.seen]
        elif "SEEN" in rest:
            first = int(re.search(r"UID (\d+):\*", rest)[1])
            found = [n for n in found if n in self.seen and (n >= first or n == max(self.letters))]  # "9:*" names the last
        lines = [str(n) for n in found] if self.in_lines else [" ".join(map(str, found))]
        return [f"* SEARCH {line}".rstrip() for line in lines]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK here\r\n")
        for line in self.rfile:
            tag, _space, said = line.decode().strip().partition(" ")
            words = said.split(" ")
            command = " ".join(words[: 2 if words[0].upper() == "UID" else 1]).upper()
            lines, end = (
                (["* CAPABILITY IMAP4rev1"], "OK done")
                if command == "CAPABILITY"
                else self.server.box.answers(command, said[len(command) :].strip())
            )
            for one in lines:
                self.wfile.write(one.encode("latin-1") + b"\r\n")
            self.wfile.write(f"{tag} {end}\r\n".encode())
            if command == "LOGOUT":
                return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def box():
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = Box(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.box
        server.shutdown()
        thread.join()


@pytest.fixture
def reader(box, mailbox):
    """An adapter on it that has looked once."""
    adapter = mailbox(imap_host="127.0.0.1", imap_port=str(box.port), username="x", password="y")
    assert subjects(adapter) == []
    return adapter


def test_fetch_a_search_that_is_refused_says_that_the_channel_is_down(box, reader):
    box.refuses.add("UID SEARCH")
    with pytest.raises(ChannelDown):
        subjects(reader)


def test_fetch_what_is_found_in_several_lines(box, reader):
    box.in_lines = True
    for number in (1, 2, 3):
        box.arrive(number, opened=True, Subject=f"Surat {number}")
    assert subjects(reader) == ["Surat 1", "Surat 2", "Surat 3"]
    assert subjects(reader) == []


def test_fetch_a_letter_that_cannot_be_read_now_comes_the_next_time(box, reader):
    for number in (1, 2, 3, 4):
        box.arrive(number, opened=number > 2, Subject=f"Surat {number}")
    box.unreadable = {1, 3}
    assert subjects(reader)[:2] == ["Surat 2", "Surat 4"]
    assert box.seen == {2, 3, 4}
    box.unreadable = set()
    assert set(subjects(reader)) >= {"Surat 1", "Surat 3"}
    assert subjects(reader) == []


def test_fetch_a_letter_that_was_deleted_meanwhile_holds_nothing_up(box, reader, monkeypatch):
    for number in (1, 2):
        box.arrive(number, Subject=f"Surat {number}")
    found = box._found
    monkeypatch.setattr(
        box, "_found", lambda rest: [line + " 9" for line in found(rest)] if "UNSEEN" in rest else found(rest)
    )
    assert subjects(reader) == ["Surat 1", "Surat 2"]


@pytest.mark.parametrize("tells", [(), ("UIDVALIDITY",), ("UIDNEXT",)])
def test_fetch_where_the_server_tells_little_of_its_box(box, mailbox, tells):
    box.tells = tells
    box.arrive(1, opened=True, Subject="Sebelum kami ada")
    adapter = mailbox(imap_host="127.0.0.1", imap_port=str(box.port), username="x", password="y")
    assert subjects(adapter) == []
    box.arrive(2, opened=True, Subject="Sudah dibuka")
    assert (subjects(adapter), subjects(adapter)) == (["Sudah dibuka"], [])
