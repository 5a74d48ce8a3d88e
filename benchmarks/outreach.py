"""A broadcast to 100,000 people: queued, drained by two workers that are killed on the way, each got it once.

    .venv/bin/python -m benchmarks.outreach [receivers] [kills] [seconds of a lease]
    .venv/bin/python -m benchmarks.on_postgres outreach [receivers] [kills] [seconds of a lease]

Two worker processes, as in the house, send by the `http` kind of channel to a gate that stands in on loopback: kept connections and idempotency keys. A
worker dies by SIGKILL at even steps of the way and another begins at once. Prints how long queueing took, how many a second went out, and what the provider counted.
Goals: 100,000 queued in 60 s, 300 a second, ten workers killed, each message taken once and none left.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LEASE = sys.argv[3] if len(sys.argv) > 3 else "120"  # as the house has it
WORKING = sys.argv[1:2] == ["worker"]
if WORKING:
    import django

    django.setup()
else:
    from benchmarks import scratch  # noqa: F401

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from serikat.kernel.access import SYSTEM, console
from serikat.kernel.jobs.clock import run_clock
from serikat.kernel.jobs.worker import Worker
from serikat.messaging.addresses import index_of
from serikat.messaging.models import Message, State
from serikat.messaging.selectors.messages import outcomes_of
from serikat.messaging.services import sending
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.receiving import addresses_of
from serikat.outreach.models import Audience, AudiencePart, Broadcast, ImportedList, ListEntry, Stage
from serikat.outreach.services import broadcasts, running
from serikat.units.services import found_root_unit


class Quiet(ThreadingHTTPServer):
    """Says nothing of lines that a killed worker left open."""

    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class Provider:
    """Takes a key once, however often it comes, and counts."""

    def __init__(self) -> None:
        self.keys: Counter[str] = Counter()
        self.receivers: Counter[str] = Counter()
        self._lock = threading.Lock()
        provider = self

        class Call(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1  # head and body leave together

            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                key = self.headers["Idempotency-Key"]
                with provider._lock:
                    provider.keys[key] += 1
                    if provider.keys[key] == 1:
                        provider.receivers[told["to"]] += 1
                body = json.dumps({"id": key}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = Quiet(("127.0.0.1", 0), Call)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def work() -> None:
    """A worker process of the house: jobs and the clock."""
    sending.LEASE = float(sys.argv[2])
    worker = Worker()
    threading.Thread(target=run_clock, args=(worker.stop,), daemon=True).start()
    worker.run()


def begin_worker() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "serikat.config.settings"}
    return subprocess.Popen([sys.executable, "-m", "benchmarks.outreach", "worker", LEASE], env=environment)


def lay(count: int, port: int) -> Broadcast:
    """An organisation, so many numbers on a list, and a broadcast to them that two people have seen."""
    call_command("migrate", verbosity=0)
    chief = console("ukur")
    unit = found_root_unit(actor=chief, name="Pusat", code="pusat")
    values = {"base": f"http://127.0.0.1:{port}/", "token": "ukur", "secret": "ukur"}
    channel = add_channel(actor=chief, unit=unit, kind="http", name="Gerbang", values=values, a_second=100_000)
    today = timezone.localdate()
    imported = ImportedList.objects.create(unit=unit, name="Ukur", asked_by="ukur", asked_on=today, asked_how="ukur")
    for at in range(0, count, 2000):
        numbers = [f"+628{n:010d}" for n in range(at, min(at + 2000, count))]
        made = addresses_of(scheme="number", wanted={index_of("number", value): (value, "") for value in numbers})
        ListEntry.objects.bulk_create(ListEntry(imported=imported, address=address) for address in made.values())
    audience = Audience.objects.create(unit=unit, name="Ukur")
    AudiencePart.objects.create(audience=audience, kind="list", imported=imported)
    made = broadcasts.begin_broadcast(actor=chief, unit=unit, title="Ukur", audiences=[audience], any_hour=True)
    broadcasts.keep_variant(actor=chief, broadcast=made, channel=channel, text="Rapat akbar Minggu pukul 9 di balai warga.")
    broadcasts.submit_broadcast(actor=chief, broadcast=made)
    broadcasts.approve_broadcast(actor=SYSTEM, broadcast=made, digest=broadcasts.digest_of(broadcast=made))
    return made


def drain(broadcast: Broadcast, provider: Provider, count: int, kills: int) -> float:
    """Let two workers run until nothing waits, and kill one at each step of the way. Returns the seconds from the first message to the last."""
    steps = [count * (n + 1) // (kills + 2) for n in range(kills)]
    workers = [begin_worker(), begin_worker()]
    started, killed, until = 0.0, 0, time.monotonic() + 3600
    try:
        while time.monotonic() < until:
            taken = len(provider.keys)
            started = started or (time.perf_counter() if taken else 0.0)
            if killed < kills and taken >= steps[killed]:
                which = killed % 2
                workers[which].send_signal(signal.SIGKILL)
                workers[which].wait()
                workers[which] = begin_worker()
                killed += 1
            if taken >= count and not Message.objects.filter(about=broadcast.about, state=State.QUEUED).exists():
                break
            time.sleep(0.1)
        return time.perf_counter() - started
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    provider = Provider()
    broadcast = lay(count, provider.server.server_address[1])
    print(f"{connection.vendor}: {count} receivers, {kills} workers killed")
    start = time.perf_counter()
    running.start_broadcast(actor=SYSTEM, broadcast=broadcast)
    running.queue_broadcast(broadcast_id=broadcast.pk)
    queued = time.perf_counter() - start
    assert Broadcast.objects.get(pk=broadcast.pk).stage == Stage.SENDING
    print(f"queued in {queued:.1f} s")
    took = drain(broadcast, provider, count, kills)
    print(f"drained in {took:.1f} s: {count / took:.0f} a second")
    twice = sum(1 for n in provider.receivers.values() if n > 1)
    again = sum(n - 1 for n in provider.keys.values())
    print(f"reached {len(provider.receivers)}, twice {twice}; the provider saw {again} keys again and took none twice")
    outcomes = outcomes_of(broadcast.about)
    print(f"states: {outcomes}")
    return 0 if (len(provider.receivers), twice, outcomes) == (count, 0, {"sent": count}) else 1


if __name__ == "__main__":
    sys.exit(work() if WORKING else main())
