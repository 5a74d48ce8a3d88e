"""A stream encrypted to a passphrase, in chunks, so that a backup of any size passes through little memory.

scrypt makes the key from the passphrase and a fresh salt; each chunk of a mebibyte is sealed with AES-256-GCM under its number and whether it is
the last one. A changed, missing, swapped or added chunk, and a file that was cut short, are noticed before its bytes are used.
"""

from __future__ import annotations

import io
import os
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"SERIKAT-BACKUP-1\n"
CHUNK = 1024 * 1024
TAG = 16
WORK = 2**16  # 64 MiB of memory and some 0.2 s for each guess at the passphrase


class CannotOpen(ValueError):
    """Not one of ours, a wrong passphrase, or damaged."""


def _key(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=WORK, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">3xQ?", number, last)


class SealedWriter(io.RawIOBase):
    """Write into it; `close` seals the last chunk (the file below stays open)."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._file, self._number, self._buffer = file, 0, bytearray()
        salt = os.urandom(16)
        self._seal = _key(passphrase, salt)
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._buffer += piece
        while len(self._buffer) > CHUNK:  # a full chunk is kept back: it may be the last
            self._flush_chunk(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(piece)

    def _flush_chunk(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._seal.encrypt(_nonce(self._number, last), chunk, MAGIC))
        self._number += 1

    def close(self) -> None:
        if not self.closed:
            self._flush_chunk(bytes(self._buffer), last=True)
        super().close()


class SealedReader(io.RawIOBase):
    """Read from it what `SealedWriter` wrote; `CannotOpen` at the first byte that does not fit."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        head = file.read(len(MAGIC) + 16)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + 16:
            raise CannotOpen("This file is not a backup of Serikat.")
        self._file, self._number, self._buffer, self._done = file, 0, b"", False
        self._seal = _key(passphrase, head[len(MAGIC) :])
        self._next = file.read(CHUNK + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, target: object) -> int:
        view = memoryview(target).cast("B")  # type: ignore[arg-type]
        while not self._buffer and not self._done:
            self._buffer = self._open_chunk()
        count = min(len(view), len(self._buffer))
        view[:count] = self._buffer[:count]
        self._buffer = self._buffer[count:]
        return count

    def _open_chunk(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        self._done = not self._next
        try:
            chunk = self._seal.decrypt(_nonce(self._number, self._done), sealed, MAGIC)
        except (InvalidTag, ValueError):
            what = "The passphrase is wrong" if self._number == 0 else "The backup is damaged or was cut short"
            raise CannotOpen(f"{what}; nothing was restored.") from None
        self._number += 1
        return chunk
