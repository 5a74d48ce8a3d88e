"""Files that a provider named and did not bring: fetched afterwards, so that the message itself waits for nothing."""

from __future__ import annotations

from django.conf import settings

from serikat.audit.action import inner
from serikat.files.refusals import FileRefused
from serikat.kernel.access import SYSTEM
from serikat.messaging.models import Message
from serikat.messaging.selectors.channels import adapter_of
from serikat.messaging.services.receiving import keep_loaded_file


@inner("machinery")
def load_file(*, message_id: int, ref: str, file_name: str) -> None:
    """Fetch and keep one file; what may not be kept is said on the message. Raises ChannelDown, so that the job tries again."""
    message = Message.objects.select_related("channel__unit").get(pk=message_id)
    adapter = adapter_of(message.channel)
    try:
        content = adapter.load(ref, settings.UPLOAD_LIMIT_MB * 1024 * 1024)
    finally:
        adapter.close()
    try:
        keep_loaded_file(actor=SYSTEM, message=message, name=file_name, content=content)
    except FileRefused as refused:
        problem = f"{message.problem}; {file_name[:60]}: {refused}".strip("; ")[:300]
        Message.objects.filter(pk=message.pk).update(problem=problem)
