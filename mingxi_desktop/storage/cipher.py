"""Encrypted ledger files: their keys, held in memory while the program runs, and their connections.

A key is told once, by whoever opens the ledger; every copy of it that is made, checked or looked into later finds it
here.  SQLCipher is loaded only when there is such a file.
"""

from __future__ import annotations

import datetime
import decimal
import sys
from functools import cache
from pathlib import Path
from typing import Any

import peewee

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.storage import keys, pages
from mingxi_desktop.storage.keys import Secret

PLAIN_ID, APPLICATION_ID = 0x4D584C44, 0x4D584352
"""MXLD and MXCR, in the header of every plain and every encrypted ledger file: several bits apart."""
_DRIVER = "sqlcipher3.dbapi2"
_ID = slice(68, 72)

_known: dict[Secret, bytes | None] = {}
"""The keys of this run, the newest last, each with its wrap."""


def hold(secret: Secret, wrap: bytes | None = None) -> None:
    """Know a key from now on.  wrap: it under its password, for the backups; None keeps the one known."""
    before = _known.pop(secret, None)
    _known[secret] = wrap or before


def wrap_of(secret: Secret) -> bytes | None:
    """A key under its password; None where it was opened with the recovery code and no wrap was found."""
    return _known.get(secret)


def of_wrap(wrap: bytes) -> Secret:
    """The known key that a wrap holds."""
    return next(secret for secret in reversed(_known) if secret.id == keys.id_of(wrap))


def encrypted(path: Path) -> bool:
    """Whether a file is an encrypted ledger: by its header, or where that is damaged, by the key file beside it."""
    try:
        with path.open("rb") as file:
            head = file.read(pages.PLAIN)
    except OSError:
        return False
    if is_marked(head) or head[_ID] == PLAIN_ID.to_bytes(4, "big"):
        return is_marked(head)
    return bool(head) and keys.read(keys.beside(path)) is not None


def is_marked(head: bytes) -> bool:
    """Whether the bytes a file begins with are an encrypted ledger's."""
    return head[_ID] == APPLICATION_ID.to_bytes(4, "big")


def known(path: Path) -> Secret | None:
    """The key of a file, if it is among those known."""
    return next((secret for secret in reversed(_known) if pages.fits(path, secret)), None)


def key_of(path: Path) -> Secret | None:
    """The key a file is to be opened with, None for a plain one; PasswordError where it is not known."""
    if not encrypted(path):
        return None
    found = known(path)
    if found is None:
        wrap = keys.trailer(path) or keys.read(keys.beside(path))
        said = keys.id_of(wrap) if wrap else b""
        found = next((secret for secret in _known if secret.id == said), None)  # too damaged to say so itself
    if found is None:
        raise PasswordError(
            "文件是加密的，要输入口令",
            f"文件：{path}",
            "输入这份文件的口令；忘了就输入打印的恢复码。换过恢复码的，以前的备份要用以前的口令。",
        )
    return found


def connect(target: str, secret: Secret, **options: Any) -> Any:
    """A connection to an encrypted file, or a new one."""
    connection = driver().connect(target, isolation_level=None, **options)
    try:
        unlock(connection, secret)
    except BaseException:
        connection.close()
        raise
    return connection


def unlock(connection: Any, secret: Secret, schema: str = "main") -> None:
    """Give a fresh connection its key."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to standard error
    if schema == "main":
        connection.execute(f'PRAGMA key = "{_spelt(secret)}"')
    connection.execute(f"PRAGMA {schema}.cipher_plaintext_header_size = {pages.PLAIN}")


def _spelt(secret: Secret | None) -> str:
    return f"x'{secret.key.hex()}{secret.salt.hex()}'" if secret else ""


def export(source: Path, key: Secret | None, target: Path, new_key: Secret | None) -> None:
    """Write all of a ledger file into a new one under another key, or under none; the source is only read.

    Nobody else may write to it meanwhile.  The new file has neither our mark nor the schema's version yet, and is
    not yet on the disk for certain: sealing it sees to that.
    """
    connection = driver().connect(f"{source.resolve().as_uri()}?mode=ro", isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            unlock(connection, key)
        connection.execute("ATTACH DATABASE ? AS other KEY ?", (str(target), _spelt(new_key)))
        if new_key is not None:
            unlock(connection, new_key, "other")
        connection.execute("PRAGMA other.synchronous = off")
        connection.execute("PRAGMA other.journal_mode = memory").fetchall()
        connection.execute("SELECT sqlcipher_export('other')").fetchall()
        connection.execute("DETACH DATABASE other")
    finally:
        connection.close()


@cache
def driver() -> Any:
    """SQLCipher; UserError where it was not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise UserError(
            "这台电脑上的程序没有带加密的部件，打不开加密的台账",
            f"缺少：sqlcipher3（{error.name or error}）",
            "重新安装完整的程序；台账文件没有被改动。",
        ) from error
    for sort in (decimal.Decimal, datetime.date, datetime.time):
        dbapi2.register_adapter(sort, str)
    return dbapi2


def faults() -> tuple[type[Exception], ...]:
    """What a database raises: peewee, SQLite, and SQLCipher once it is in use; for `except`."""
    import sqlite3

    found = sys.modules.get(_DRIVER)
    own: tuple[type[Exception], ...] = (found.DatabaseError,) if found is not None else ()
    return (peewee.DatabaseError, sqlite3.DatabaseError, *own)
