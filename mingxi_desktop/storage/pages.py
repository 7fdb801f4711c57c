"""The pages of an encrypted ledger file as they lie on the disk: each says by a hash of its own whose it is.

The format is SQLCipher 4's: at the end of a page its initialisation vector and an HMAC-SHA512 over the page and its
number.  Whether a key is a file's is told from any one page, so that a damaged one misleads nobody.  Of the first
page the 96 bytes of SQLite's header stay plain, and outside that hash: there our own seal goes on working.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path

from mingxi_desktop.storage.keys import Secret

SIZE = 4096
PLAIN = 96
"""Bytes of the first page that are not encrypted."""
_MAC = 64
_TRIED = 12
"""Pages asked whether a key is theirs: more than a damage takes away."""
_COUNT, _FREE, _VERSION = slice(28, 32), slice(32, 40), slice(60, 64)


def holds(secret: Secret, number: int, page: bytes) -> bool:
    """Whether a page was written under this key and is as it was then."""
    said = page[PLAIN if number == 1 else 0 : -_MAC] + number.to_bytes(4, "little")
    return len(page) == SIZE and hmac.compare_digest(
        hmac.digest(_page_key(secret), said, "sha512"), page[-_MAC:]
    )


@lru_cache(maxsize=8)
def _page_key(secret: Secret) -> bytes:
    salt = bytes(byte ^ 0x3A for byte in secret.salt)
    return hashlib.pbkdf2_hmac("sha512", secret.key, salt, 2, 32)


def fits(path: Path, secret: Secret) -> bool:
    """Whether a file is encrypted under this key, as far as one of its pages still says so."""
    try:
        with path.open("rb") as file:
            count = file.seek(0, 2) // SIZE
            for number in {*range(1, min(count, _TRIED) + 1), *range(1, count + 1, count // _TRIED or 1)}:
                file.seek((number - 1) * SIZE)
                if holds(secret, number, file.read(SIZE)):
                    return True
    except OSError:
        return False
    return False


def transplant(copy: Path, donor: Path, secret: Secret) -> bool:
    """Give a copy whose first page is spoilt that of a good file of the same schema; whether it was done.

    The first page says where each table begins, and backups are made page by page, so it is the same in both.
    What is free and how large the file is the copy must tell itself.
    """
    with donor.open("rb") as file:
        page = file.read(SIZE)
    with copy.open("r+b") as file:
        head = file.read(PLAIN)
        if not holds(secret, 1, page) or head[_VERSION] != page[_VERSION]:
            return False
        mended = bytearray(page)
        mended[_COUNT] = (file.seek(0, 2) // SIZE).to_bytes(4, "big")
        mended[_FREE] = bytes(8)
        file.seek(0)
        file.write(mended)
    return True
