"""Work for later: long chats, what was pasted and left, reports that were begun and never told."""

from __future__ import annotations

from serikat.helpdesk.services import chats, forgetting_reports
from serikat.kernel.jobs import daily, job


@job("helpdesk.file_pasted", slow=True)
def file_pasted(chat_id: int) -> None:
    chats.file_pasted(chat_id=chat_id)


@daily(at="03:40")
@job("helpdesk.drop_old_chats")
def drop_old_chats() -> None:
    chats.drop_old_chats()


@daily(at="02:40")
@job("helpdesk.drop_empty_reports", atomic=True)
def drop_empty_reports() -> None:
    forgetting_reports.drop_empty_reports()
