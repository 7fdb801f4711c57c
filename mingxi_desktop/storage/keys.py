"""The key of an encrypted ledger: a secret, the recovery code that spells it, and the password's wrap around it.

Nothing here knows a database.  The secret is 128 random bits; the file's key and salt follow from it, so that the
recovery code alone opens the file whatever else is lost.  The password opens the wrap, a hundred bytes that lie
beside the ledger and at the end of each of its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SECRET = 16
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter looks like a digit."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BITS, _CHECK_BITS, _GROUP = 8 * SECRET, 12, 4
_SIGNS = (_BITS + _CHECK_BITS) // 5

_MAGIC, _END = b"MXKEY\x00\x00\x01", b"MXKEYEND"
_POWER, _BLOCK, _MEMORY = 15, 8, 1 << 28
"""scrypt: 2**_POWER rounds, a tenth of a second and 32 MB for each try."""
_POWERS, _BLOCKS = range(10, 19), range(1, 17)
_ID, _SALT, _MAC, _SUM = 8, 16, 32, 8
SIZE = len(_MAGIC) + _ID + 2 + _SALT + SECRET + _MAC + _SUM + len(_END)
"""Bytes of a wrap."""


@dataclass(frozen=True)
class Secret:
    """What everything else follows from: 16 random bytes."""

    raw: bytes

    def __repr__(self) -> str:
        return f"Secret({self.id.hex()})"  # never in a log

    @classmethod
    def fresh(cls) -> Secret:
        """A secret that nobody has had before, from the system's source of chance."""
        return cls(secrets.token_bytes(SECRET))

    @cached_property
    def id(self) -> bytes:
        """Eight bytes that tell one key from another and nothing else."""
        return self._derived("id", _ID)

    @cached_property
    def key(self) -> bytes:
        """The key of the file, 32 bytes."""
        return self._derived("file key", 32)

    @cached_property
    def salt(self) -> bytes:
        """The salt of the file, 16 bytes: SQLCipher makes the key of its page hashes with it."""
        return self._derived("file salt", 16)

    @cached_property
    def code(self) -> str:
        """The recovery code: 28 signs in groups of four, the last of which check the others."""
        number = int.from_bytes(self.raw, "big") << _CHECK_BITS | _check(self.raw)
        signs = [_LETTERS[number >> 5 * place & 31] for place in reversed(range(_SIGNS))]
        return "-".join("".join(signs[at : at + _GROUP]) for at in range(0, _SIGNS, _GROUP))

    def _derived(self, label: str, size: int) -> bytes:
        return hmac.digest(self.raw, f"mingxi ledger: {label}".encode(), "sha256")[:size]


def secret_of(code: str) -> Secret | None:
    """The secret that a recovery code spells, however it is typed; None where it is none or has a slip in it."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(_READ_AS)
    signs = [
        sign for sign in plain if not (sign.isspace() or unicodedata.category(sign) == "Pd" or sign in "_.")
    ]
    if len(signs) != _SIGNS or any(sign not in _LETTERS for sign in signs):
        return None
    number = 0
    for sign in signs:
        number = number << 5 | _LETTERS.index(sign)
    raw = (number >> _CHECK_BITS).to_bytes(SECRET, "big")
    return Secret(raw) if _check(raw) == number & (1 << _CHECK_BITS) - 1 else None


def _check(raw: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"mingxi code" + raw).digest()[:2], "big") >> 16 - _CHECK_BITS


# the wrap


def wrapped(secret: Secret, password: str) -> bytes:
    """The secret under a password."""
    salt = secrets.token_bytes(_SALT)
    cover, sign = _stretched(password, salt, _POWER, _BLOCK)
    head = _MAGIC + secret.id + bytes((_POWER, _BLOCK)) + salt
    body = head + bytes(a ^ b for a, b in zip(secret.raw, cover, strict=True))
    body += hmac.digest(sign, body, "sha256")
    return body + hashlib.sha256(body).digest()[:_SUM] + _END


def is_wrap(data: bytes) -> bool:
    """Whether these bytes are a wrap, each as it was written."""
    if len(data) != SIZE or not (data.startswith(_MAGIC) and data.endswith(_END)):
        return False
    body, rest = data[: -_SUM - len(_END)], data[-_SUM - len(_END) :]
    return hashlib.sha256(body).digest()[:_SUM] == rest[:_SUM]


def id_of(wrap: bytes) -> bytes:
    """Which key a wrap holds."""
    return wrap[len(_MAGIC) :][:_ID]


def opened(wrap: bytes, password: str) -> Secret | None:
    """The secret in a wrap; None with another password."""
    at = len(_MAGIC) + _ID
    power, block = wrap[at], wrap[at + 1]
    if power not in _POWERS or block not in _BLOCKS:
        return None
    salt = wrap[at + 2 :][:_SALT]
    cover, sign = _stretched(password, salt, power, block)
    body, mac = wrap[: at + 2 + _SALT + SECRET], wrap[at + 2 + _SALT + SECRET :][:_MAC]
    if not hmac.compare_digest(hmac.digest(sign, body, "sha256"), mac):
        return None
    return Secret(bytes(a ^ b for a, b in zip(body[-SECRET:], cover, strict=True)))


def _stretched(password: str, salt: bytes, power: int, block: int) -> tuple[bytes, bytes]:
    """(what covers the secret, what signs the wrap)."""
    typed = password.encode("utf-8", "surrogatepass")
    made = hashlib.scrypt(typed, salt=salt, n=1 << power, r=block, p=1, maxmem=_MEMORY, dklen=SECRET + 32)
    return made[:SECRET], made[SECRET:]


# where it lies


def beside(path: Path) -> Path:
    """The key file of a ledger file."""
    return path.with_name(f"{path.name}.key")


def read(path: Path) -> bytes | None:
    """The wrap in a key file; None where there is none or it is spoilt."""
    try:
        with path.open("rb") as file:
            found = file.read(SIZE + 1)
    except OSError:
        return None
    return found if is_wrap(found) else None


def trailer(path: Path) -> bytes | None:
    """The wrap at the end of a backup; None where there is none or it is spoilt."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - SIZE, 0))
            found = file.read(SIZE)
    except OSError:
        return None
    return found if is_wrap(found) else None


def append(path: Path, wrap: bytes) -> None:
    """Write a wrap behind the last page of a backup; on the disk when this returns."""
    with path.open("ab") as file:
        file.write(wrap)
        file.flush()
        os.fsync(file.fileno())
