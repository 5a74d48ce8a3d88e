"""Who may open or remove a file: this room does not know what a file is evidence of, so the room that holds the thing says it.

    open_files_of("casework.case", read=may_read_case_file, remove=may_withdraw_evidence)     # in that room's AppConfig.ready

The predicates are asked about the `StoredFile`. A file of a holder for which nobody spoke is open to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from serikat.files.rules import room_of
from serikat.kernel.access import Actor, Predicate, Verdict, permission


@dataclass(frozen=True, slots=True)
class _Says:
    read: Predicate
    remove: Predicate


_holders: dict[str, _Says] = {}


def open_files_of(kind: str, *, read: Predicate, remove: Predicate) -> None:
    """Say who may open and who may remove the files of things of this kind ("people.person"). Twice the same kind is refused."""
    if kind in _holders:
        raise ValueError(f"Who may open files of {kind} is said twice.")
    _holders[kind] = _Says(read, remove)


def _ask(power: str) -> Predicate:
    def ask(actor: Actor, file: Any) -> Verdict:
        if actor.is_machine:
            return Verdict(True)
        said = _holders.get(room_of(file.holder_ref)) if file is not None else None
        return (said.read if power == "read" else said.remove)(actor, file) if said else Verdict(False)

    return Predicate(ask, "as the room that holds the file says")


may_open_file = permission("files.may_open_file", _ask("read"), _("membuka berkas yang disimpan"))
may_remove_file = permission("files.may_remove_file", _ask("remove"), _("menarik berkas yang disimpan"))
