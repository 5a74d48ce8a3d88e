"""How the trail is hashed. Plain Python: values in, digests out.

A value's hash is SHA-256 over its salt, name and canonical JSON. An entry's MAC is HMAC-SHA-256 (RFC 2104) of its columns and hashes under
the trail key, which lies outside the database. A seal's chain is HMAC-SHA-256 of the previous chain, the number and the entry's MAC.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

FIRST = "0" * 64


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def value_hash(salt: str, name: str, value: Any) -> str:
    return hashlib.sha256(canonical([salt, name, value])).hexdigest()


def entry_mac(key: bytes, columns: Mapping[str, Any]) -> str:
    return hmac.new(key, canonical(dict(columns)), hashlib.sha256).hexdigest()


def chain(key: bytes, before: str, number: int, mac: str) -> str:
    return hmac.new(key, canonical([before, number, mac]), hashlib.sha256).hexdigest()
