"""How private files are sealed: AES-256-GCM in chunks, each file under a key of its own, that key wrapped under a key of the house.

A sealed file is `SRK1`, seven random bytes, then chunks of 64 KiB, each with its tag of 16 bytes. The nonce of a chunk is the seven bytes, its
number (4 bytes) and 1 for the last chunk, else 0; the file's id, the number and that flag are bound to it too. So a chunk that is changed, moved,
left out, taken from another file or missing at the end does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).

The keys of the house are `settings.FILE_KEYS`: 32 bytes in URL-safe base64, one a line, newest first. The first one wraps, all unwrap.
"""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MAGIC = b"SRK1"
CHUNK = 64 * 1024
TAG = 16


class Unreadable(RuntimeError):
    """A sealed file does not open: it was changed or cut, or its key is not among those of the house."""


def house_keys() -> dict[str, bytes]:
    """The keys of the house by their id, newest first."""
    keys: dict[str, bytes] = {}
    for line in settings.FILE_KEYS.split():
        try:
            key = base64.urlsafe_b64decode(line)
        except ValueError:
            key = b""
        if len(key) != 32:
            raise ImproperlyConfigured("FILE_KEYS holds a line that is no key: each is 32 random bytes in URL-safe base64.")
        keys[hashlib.sha256(b"serikat file key" + key).hexdigest()[:16]] = key
    if not keys:
        raise ImproperlyConfigured("FILE_KEYS is empty: private files cannot be kept. Run `./run setup` once.")
    return keys


def wrap(key: bytes, file_id: str) -> tuple[str, bytes]:
    """Wrap a file's key under the newest key of the house: (id of that key, wrapped key)."""
    key_id, house_key = next(iter(house_keys().items()))
    nonce = os.urandom(12)
    return key_id, nonce + AESGCM(house_key).encrypt(nonce, key, file_id.encode())


def unwrap(wrapped: bytes, key_id: str, file_id: str) -> bytes:
    house_key = house_keys().get(key_id)
    if house_key is None:
        raise Unreadable(f"The key {key_id} is not in FILE_KEYS: put it back as one of its lines.")
    try:
        return AESGCM(house_key).decrypt(wrapped[:12], wrapped[12:], file_id.encode())
    except InvalidTag:
        raise Unreadable(f"The wrapped key of file {file_id} was changed.") from None


def _bound(file_id: str, number: int, last: bool) -> bytes:
    return file_id.encode() + struct.pack(">IB", number, last)


def sealed(chunks: Iterable[bytes], key: bytes, file_id: str) -> Iterator[bytes]:
    """Seal bytes as they come."""
    prefix = os.urandom(7)
    yield MAGIC + prefix
    cipher, number = AESGCM(key), 0
    pending: bytes | None = None
    for chunk in _in_chunks(chunks):
        if pending is not None:
            yield cipher.encrypt(prefix + struct.pack(">IB", number, 0), pending, _bound(file_id, number, False))
            number += 1
        pending = chunk
    yield cipher.encrypt(prefix + struct.pack(">IB", number, 1), pending or b"", _bound(file_id, number, True))


def opened(stream: IO[bytes], key: bytes, file_id: str) -> Iterator[bytes]:
    """Open a sealed file chunk by chunk; nothing of a chunk is given before its tag was checked."""
    head = stream.read(len(MAGIC) + 7)
    if len(head) != len(MAGIC) + 7 or not head.startswith(MAGIC):
        raise Unreadable(f"File {file_id} is not sealed as it should be.")
    prefix, cipher, number = head[len(MAGIC) :], AESGCM(key), 0
    block = stream.read(CHUNK + TAG)
    while True:
        following = stream.read(CHUNK + TAG)
        last = not following
        try:
            yield cipher.decrypt(prefix + struct.pack(">IB", number, last), block, _bound(file_id, number, last))
        except (InvalidTag, ValueError):
            raise Unreadable(f"File {file_id} was changed or cut at chunk {number}.") from None
        if last:
            return
        block, number = following, number + 1


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= CHUNK:
            yield bytes(buffer[:CHUNK])
            del buffer[:CHUNK]
    if buffer:
        yield bytes(buffer)
