"""Work for later: long chats, what was pasted and left, reports that were begun and never told,
and what follows a guard when it failed."""

from __future__ import annotations

from serikat.helpdesk.services import chats, forgetting_reports, guarding
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


@job("helpdesk.carry_guard", retries=12, atomic=True)
def carry_guard(kind: str, pk: int, level: str, protections: list[str]) -> None:
    guarding.carry_guard_again(kind=kind, pk=pk, level=level, protections=protections)


@daily(at="02:20")
@job("helpdesk.hold_guards", slow=True)
def hold_guards() -> None:
    guarding.hold_guards()


@job("helpdesk.take_down", retries=12, atomic=True)
def take_down(public_id: int) -> None:
    guarding.take_down_again(public_id=public_id)
