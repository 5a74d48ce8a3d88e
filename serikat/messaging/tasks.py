"""Work for later: routing what came, draining queues, fetching, loading files."""

from __future__ import annotations

from serikat.kernel.jobs import every, job
from serikat.messaging.services import loading, receiving, routing, sending


@every(seconds=60)
@job("messaging.route_arrived")
def route_arrived() -> None:
    """Also by the clock: what failed is tried again after its pause."""
    routing.route_arrived()


@job("messaging.send_channel", outside=True)
def send_channel(channel_id: int) -> None:
    sending.send_channel(channel_id=channel_id)


@every(seconds=10)
@job("messaging.wake_waiting_channels")
def wake_waiting_channels() -> None:
    sending.wake_waiting_channels()


@every(seconds=15)
@job("messaging.fetch_all")
def fetch_all() -> None:
    """One job a channel: a mailbox that does not answer holds up no modem."""
    receiving.wake_fetching_channels()


@job("messaging.fetch_channel", outside=True, retries=0)
def fetch_channel(channel_id: int) -> None:
    receiving.fetch_news(channel_id=channel_id)


@job("messaging.load_file", outside=True)
def load_file(message_id: int, ref: str, file_name: str) -> None:
    loading.load_file(message_id=message_id, ref=ref, file_name=file_name)
