"""A forgotten password: the page only asks, the worker writes; with a real mail server that refuses, is away, or is well."""

from __future__ import annotations

import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from serikat.audit.selectors import trail_of
from serikat.kernel.jobs import parked_jobs
from serikat.kernel.jobs.worker import Worker
from serikat.kernel.models import Job

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "sari@contoh.example", "tidak@ada.example"


class Talk(socketserver.StreamRequestHandler):
    """One conversation of a mail server, as short as SMTP may be."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server = self.server
        server.visits += 1
        if server.refuses == "all":
            return self.say("421 nanti saja")
        self.say("220 surat")
        for raw in self.rfile:
            word = raw.decode().strip()
            if word.upper().startswith("RCPT") and server.refuses:
                self.say(f"{server.refuses} tidak sekarang {word}")
            elif word.upper() == "DATA":
                self.say("354 silakan")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.decode())
                server.received.append("".join(lines))
                self.say("250 diterima")
            elif word.upper() == "QUIT":
                return self.say("221 sampai jumpa")
            else:
                self.say("250 baik")
        return None


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Talk)
        self.refuses, self.visits, self.received = "", 0, []


@pytest.fixture
def server(settings):
    with MailServer() as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        settings.EMAIL_TIMEOUT = 5
        yield running
        running.shutdown()


def ask(browser, address):
    answer = browser.post("/akun/lupa/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/lupa/terkirim/")


def due_now():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now() - timedelta(seconds=1))


def work_off():
    due_now()
    return Worker().work_off()


def test_a_forgotten_password_says_the_same_for_any_address(sari, client):
    ask(client, "Sari@contoh.example")
    ask(client, UNKNOWN)
    assert mail.outbox == []
    assert work_off() == 2
    assert {m.to[0] for m in mail.outbox} == {KNOWN, UNKNOWN}
    assert "allauth" not in "".join(m.body + m.subject for m in mail.outbox)


def test_a_page_does_the_same_work_for_a_known_and_an_unknown_address(sari, client):
    ask(client, "lain@ada.example")
    seen = []
    for address in (KNOWN, UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), address)
        seen.append(queries)
    assert len(seen[0]) == len(seen[1])
    assert [q["sql"] for queries in seen for q in queries if "accounts_user" in q["sql"]] == []


def test_a_forgotten_password_is_made_anew_by_mail_once(sari, client, sign_in):
    ask(client, KNOWN)
    work_off()
    address = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    page = client.get(address, follow=True)
    new = {"password1": "teh manis di pos dua", "password2": "teh manis di pos dua"}
    assert client.post(page.redirect_chain[-1][0], new)["Location"] == "/akun/lupa/selesai/"
    assert sign_in("sari", "teh manis di pos dua").status_code == 302
    assert "tidak berlaku lagi" in Client().get(address, follow=True).content.decode()
    assert "accounts.password.reset" in {line.action for line in trail_of(f"accounts.user:{sari.pk}")}


def test_a_mail_is_written_in_its_readers_language(make_user, client):
    make_user("ann", email="ann@contoh.example", language="en")
    ask(client, "ann@contoh.example")
    client.post("/en/akun/lupa/", {"email": "stranger@contoh.example"})
    work_off()
    assert [m.subject for m in mail.outbox] == ["New password", "New password"]


def test_asking_twice_while_the_mail_waits_is_one_mail(sari, client, server):
    for _ in range(3):
        ask(client, KNOWN)
    work_off()
    assert (len(server.received), server.visits) == (1, 1)


@pytest.mark.parametrize("refuses", ["all", "450"])
def test_a_mail_that_is_refused_at_first_comes_later(sari, client, server, refuses):
    server.refuses = refuses
    ask(client, KNOWN)
    assert server.visits == 0
    assert work_off() == 1
    assert work_off() == 1
    assert (server.visits, server.received) == (2, [])
    assert KNOWN not in Job.objects.get().problem
    server.refuses = ""
    assert work_off() == 1
    (received,) = server.received
    assert f"To: {KNOWN}" in received
    assert "/akun/lupa/" in received
    assert (work_off(), parked_jobs()) == (0, [])


def test_an_address_that_the_server_knows_not_is_not_tried_for_ever(client, server):
    server.refuses = "550"
    ask(client, UNKNOWN)
    assert (work_off(), work_off(), parked_jobs()) == (1, 0, [])


def test_a_mail_server_that_is_away_breaks_no_page_and_loses_nothing(sari, client, server):
    port = server.server_address[1]
    server.shutdown()
    server.server_close()
    ask(client, KNOWN)
    assert work_off() == 1
    assert "refused" in Job.objects.get().problem
    with MailServer(port) as again:
        threading.Thread(target=again.serve_forever, args=(0.02,), daemon=True).start()
        assert work_off() == 1
        again.shutdown()
    assert len(again.received) == 1


def test_a_mail_that_never_goes_is_shown_to_a_person(sari, client, server):
    server.refuses = "all"
    ask(client, KNOWN)
    while work_off():
        pass
    (parked,) = parked_jobs()
    assert parked.name == "accounts.send_password_mail"
    assert KNOWN not in parked.problem + parked.key + parked.traceback
