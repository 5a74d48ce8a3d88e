"""How quickly what comes is stored and answered, and how the inbox answers among a million messages.

    .venv/bin/python -m benchmarks.messages [incoming] [standing] [workers]
    .venv/bin/python -m benchmarks.on_postgres messages [incoming] [standing] [workers]

`incoming` messages (100,000 unless told) of 20,000 numbers come in calls of twenty, as a busy provider makes them: in ten, three LAPOR, two INFO, one STATUS
with a wrong code, one BANTUAN, three of free text; each is stored, answered by its room and filed. Prints messages a second for both steps and together
(goals: 150 on SQLite, 300 on PostgreSQL). Then, among `standing` messages (1,000,000) of 100,000 conversations, the pages of the inbox: median and slowest of
ten in milliseconds and their number of queries (goal: 200 ms); and what its open pages ask for by themselves.
"""

from __future__ import annotations

import sys

ROUTING = sys.argv[1:2] == ["route"]  # a worker beside the first, in its house
if ROUTING:
    import django

    django.setup()
else:
    from benchmarks import scratch  # noqa: F401 it names the folders

# isort: split
import statistics
import subprocess
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serikat.helpdesk.models import Conversation
from serikat.kernel.access import SYSTEM, Role, console
from serikat.messaging.adapters import Arrived
from serikat.messaging.models import Address, Channel, Direction, Message, State
from serikat.messaging.services.channels import add_channel
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.routing import route_arrived
from serikat.people.tests.factories import make_user
from serikat.units.models import Decree, Mandate, Unit
from serikat.units.services import found_root_unit

SAID = (
    "LAPOR upah lembur dua bulan belum dibayar di pabrik kami",
    "INFO upah",
    "kak, kalau dipecat lewat wa itu sah tidak?",
    "LAPOR teman kami jatuh dari lantai dua, tidak dibawa ke rumah sakit",
    "STATUS 9812 3456 7890 1234",
    "halo min",
    "INFO pesangon",
    "lapor paspor kami ditahan agen",
    "BANTUAN",
    "terima kasih ya kak, sudah dibayar tadi pagi",
)
BATCH = 5000


def route_all() -> None:
    while Message.objects.filter(state=State.NEW).exists():
        route_arrived()


def bring(channel: Channel, count: int, workers: int) -> None:
    at = timezone.now()
    start = time.perf_counter()
    for first in range(0, count, 20):
        news = [Arrived(f"+62812{n % 20_000:07}", SAID[n % 10], f"p{n}", at) for n in range(first, min(first + 20, count))]
        receive_news(actor=SYSTEM, channel=channel, news=news)
    stored = time.perf_counter() - start
    print(f"stored    {count / stored:9,.0f} a second")
    start = time.perf_counter()
    beside = [subprocess.Popen([sys.executable, "-m", "benchmarks.messages", "route"]) for _ in range(workers - 1)]
    route_all()
    for worker in beside:
        worker.wait()
    routed = time.perf_counter() - start
    parked = Message.objects.filter(direction=Direction.IN, state=State.PARKED).count()
    print(f"routed    {count / routed:9,.0f} a second, {parked} failed")
    print(f"together  {count / (stored + routed):9,.0f} a second", flush=True)


def stand(channel: Channel, unit: Unit, count: int) -> None:
    """Messages and conversations as their tables hold them."""
    now, threads = timezone.now(), count // 10
    sealed = Message(text="Upah kami belum dibayar, kak.")
    for first in range(0, threads, BATCH):
        numbers = range(first, min(first + BATCH, threads))
        addresses = Address.objects.bulk_create(
            Address(scheme="number", index=f"{n:064}", value=f"+62813{n:07}") for n in numbers
        )
        last = []
        for part in range(10):
            rows = Message.objects.bulk_create(
                Message(
                    direction=Direction.IN, channel=channel, address=address, state=State.ROUTED, provider_id=f"s{address.pk}-{part}",
                    at=now - timedelta(seconds=count - n), text=sealed.text,
                )
                for n, address in zip(numbers, addresses, strict=True)
            )  # fmt: skip
            last = rows
        Conversation.objects.bulk_create(
            Conversation(
                channel=channel, address=message.address, unit=unit, state=("open", "waiting", "closed")[n % 3], unread=n % 3 == 0,
                topic="wages", last=message, last_at=message.at, last_in_at=message.at, began_at=message.at,
            )
            for n, message in zip(numbers, last, strict=True)
        )  # fmt: skip
        print(f"\r{(first + len(addresses)) * 10} messages", end="", file=sys.stderr)
    print(file=sys.stderr)


def ask(client: Client, name: str, address: str) -> None:
    times = []
    for _ in range(11):
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
        assert answer.status_code in (200, 204), (name, answer.status_code, answer.get("Location"))
    print(
        f"{name:<28} {statistics.median(times[1:]):7.0f} ms, slowest {max(times[1:]):7.0f}, {len(queries):3} queries",
        flush=True,
    )


def main() -> None:
    incoming, standing, workers = (int(word) for word in [*sys.argv[1:], *("100000", "1000000", "1")[len(sys.argv) - 1 :]])
    call_command("migrate", verbosity=0)
    unit = found_root_unit(actor=console("ukur"), name="Pusat", code="pusat")
    channel = add_channel(
        actor=console("ukur"), unit=unit, kind="http", name="SMS", values={"base": "http://127.0.0.1:9", "token": "t", "secret": "s"}
    )  # fmt: skip
    operator = make_user("operator", name="Petugas")
    decree = Decree.objects.create(unit=unit, number="1/SK", about="Petugas", decided_on=timezone.localdate())
    Mandate.objects.create(
        user=operator, unit=unit, role=Role.OPERATOR, decree=decree, starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=300)
    )  # fmt: skip
    if incoming:
        bring(channel, incoming, workers)
    if not standing:
        return
    stand(channel, unit, standing)
    with override_settings(SECOND_FACTOR_REQUIRED=False, ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(operator)
        inbox = reverse("helpdesk_desk:inbox")
        ask(client, "inbox", inbox)
        ask(client, "inbox, mine", f"{inbox}?rak=saya")
        ask(client, "inbox, everything", f"{inbox}?rak=semua")
        newest = Conversation.objects.order_by("-pk").first()
        thread = reverse("helpdesk_desk:conversation", args=[newest.pk])
        ask(client, "a thread", thread)
        since = timezone.now() - timedelta(hours=10)
        ask(client, "what is new, a night old", f"{inbox}?baru={round(since.timestamp() * 1_000_000)}")
        ask(client, "what is new in a thread", f"{thread}?sejak={newest.last_id}")


if __name__ == "__main__":
    route_all() if ROUTING else main()
