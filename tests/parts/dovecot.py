"""Dovecot for real: one mailbox as a folder (Maildir), read by IMAP."""

from __future__ import annotations

import contextlib
import getpass
import grp
import itertools
import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.parts.programs import find, free_port, running, scratch, wait_until_listening

USER, PASSWORD = "redaksi", "kata-sandi-kotak"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {login}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    folder: Path
    port: int
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def arrive(self, mail: bytes) -> None:
        """A mail is delivered, as a mail server does it: written beside, then moved in."""
        name = f"{next(self._count)}.{os.getpid()}.loopback"
        fresh = self.folder / "mail" / "tmp" / name
        fresh.write_bytes(mail.replace(b"\r\n", b"\n"))
        if os.getuid() == 0:
            _give(fresh)
        fresh.rename(self.folder / "mail" / "new" / name)

    def flags(self) -> list[str]:
        """The flags of each mail, in the order in which they came; S is seen, T deleted."""
        files = [p for box in ("new", "cur") for p in (self.folder / "mail" / box).iterdir()]
        return [p.name.partition(":2,")[2] for p in sorted(files, key=lambda p: int(p.name.split(".")[0]))]

    def forget(self) -> None:
        for box in ("new", "cur"):
            for file in (self.folder / "mail" / box).iterdir():
                file.unlink()


def _reader() -> tuple[str, int, int]:
    """Who reads the mail: ourselves, or somebody without rights where we are root, as Dovecot refuses to read as root."""
    if os.getuid() != 0:
        return getpass.getuser(), os.getuid(), os.getgid()
    entry = pwd.getpwnam("nobody")
    return entry.pw_name, entry.pw_uid, entry.pw_gid


def _give(path: Path) -> None:
    _name, uid, gid = _reader()
    os.chown(path, uid, gid)


@contextlib.contextmanager
def dovecot() -> Iterator[Mailbox | None]:
    """A running server with one mailbox; None when Dovecot is not to be had."""
    program = find("dovecot")
    if program is None:
        yield None
        return
    with scratch("dovecot") as folder:
        for name in ("mail/tmp", "mail/new", "mail/cur", "home"):
            (folder / name).mkdir(parents=True)
        name, uid, gid = _reader()
        if os.getuid() == 0:
            folder.chmod(0o755)
            for path in (folder / "home", folder / "mail", *(folder / "mail").iterdir()):
                _give(path)
        known = {entry.pw_name for entry in pwd.getpwall()}
        box = Mailbox(folder, free_port())
        own = os.getuid() != 0
        inner = name if own or "dovecot" not in known else "dovecot"
        (folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=folder, port=box.port, uid=uid, gid=gid, password=PASSWORD, inner=inner,
                inner_group=grp.getgrgid(pwd.getpwnam(inner).pw_gid).gr_name,
                login=name if own or "dovenull" not in known else "dovenull",
            )
        )  # fmt: skip
        with running(program, "-F", "-c", str(folder / "dovecot.conf"), log=folder / "words.log") as started:
            wait_until_listening(started, box.port, folder / "words.log")
            yield box
