"""Files beside a ledger file that SQLite would take for the rest of it: -journal, -wal.

A hot journal of ours must be rolled back, which SQLite does when it opens the file. One that another file left
under this name would be rolled back just the same, and spoil this one: it is put aside, never deleted.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage import cipher, pages, seal, sqlite
from mingxi_desktop.storage.keys import Secret

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_FORMAT = 18
"""The byte of the file's header that tells how it is written: 1 with a journal, 2 with a log."""
_NOTED = re.compile(seal.BEFORE.encode() + rb"([0-9a-f]{%d})" % (2 * seal.SIZE))
_HALF_MADE = pattern(r"(?:key\.)?[0-9a-f]{8}\.part(?:\.[0-9a-f]{8}\.part)?(?:-journal)?")
"""What follows the name of a ledger file in the name of what was half made of it, or of what is to take its place, or
of its key."""
_LOCKS, _LOCKED = 0x40000002, 510
"""The bytes of the file that SQLite's locks are on, all readers' together."""


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a transaction has overwritten."""
    return path.with_name(f"{path.name}-journal")


def wal_of(path: Path) -> Path:
    """Where a program that uses write-ahead logging keeps what it has written; ours never does."""
    return path.with_name(f"{path.name}-wal")


def sweep(path: Path) -> None:
    """Take away what was half made of a ledger file when the program was killed or the power cut, a day ago.

    A younger one may belong to a program that is at work.
    """
    begin = f"{path.name}."
    parts: list[str] = []
    with suppress(OSError), os.scandir(path.parent) as beside:
        # Anything else that begins so may be part of an archive that somebody has split.
        parts += (
            one.path for one in beside
            if one.name.startswith(begin) and _HALF_MADE.fullmatch(one.name, len(begin))
        )  # fmt: skip
    for part in map(Path, parts):
        with suppress(OSError):
            if abs(time.time() - part.stat().st_mtime) > sqlite.STALE:
                part.unlink()


def put_foreign_aside(path: Path) -> list[Path]:
    """Rename what lies beside a ledger file that is not open and does not belong to it; where to.

    Nothing happens while another program holds the file, or the key of an encrypted one is not known.
    """
    found = [one for one in (journal_of(path), wal_of(path)) if one.is_file() and one.stat().st_size]
    if not found or (cipher.encrypted(path) and cipher.known(path) is None):
        return []
    aside = []
    with _alone(path) as own:
        if own is None:
            return []
        for one in found:
            if _foreign(own, one, cipher.known(path), wal=one == wal_of(path)):
                stamp = f"{datetime.datetime.now():%Y%m%d-%H%M%S}"
                target = one.with_name(f"{one.name}-不属于此文件{stamp}")
                paths.give_name(one, target)
                aside.append(target)
    return aside


def in_use(path: Path) -> bool:
    """Whether another program holds a ledger file that is not open in this one."""
    if not path.is_file():
        return False
    with _alone(path) as own:
        return own is None


def _foreign(own: seal.Seal, one: Path, secret: Secret | None, *, wal: bool) -> bool:
    """Whether a journal (or a log) surely is another file's, or this one's of another day.

    A sealed and unchanged file needs neither, but for a journal that was begun and puts back what is there. Else
    the seal tells, which stays the same from the beginning of a session to its end: that in the first page, or
    where that is not in the journal, the one noted among the settings. In an encrypted file that cannot be read, but
    each page says whose it is; the same page is never encrypted twice alike.
    """
    if wal:
        return own.bytes_at(_FORMAT, 1) == b"\x01"
    journal = one.read_bytes()
    if journal[: len(_MAGIC)] != _MAGIC:
        return False  # of a change that was finished, or no journal: nothing is put back
    if own.holds():
        size = _size_before(journal)
        return size not in (0, own.size()) or any(
            not _puts_back(own, secret, place, page) for place, page in _pages(journal)
        )
    noted: set[str] = set()
    for place, page in _pages(journal):
        if place == 0:
            return seal.in_header(page) != own.kept()
        if secret is not None and not pages.holds(secret, place // pages.SIZE + 1, page):
            return True
        noted |= {found.decode() for found in _NOTED.findall(page)}
    return bool(noted) and own.kept().hex() not in noted


def _puts_back(own: seal.Seal, secret: Secret | None, place: int, page: bytes) -> bool:
    """Whether a page of a journal is what stands in the sealed file already."""
    if secret is None:
        return own.bytes_at(place, len(page)) == page
    return pages.holds(secret, place // pages.SIZE + 1, page)


def _size_before(journal: bytes) -> int:
    """The size of its file, in bytes, that a journal would put back."""
    return _number(journal, 16) * _number(journal, 24)


def _pages(journal: bytes) -> Iterator[tuple[int, bytes]]:
    """(place in the file, page) of what a journal would put back; none where it is no journal.

    Each part of it begins with a header that counts its pages; what lies behind them was not finished.
    """
    sector, size = _number(journal, 20), _number(journal, 24)
    if not (512 <= size <= 65536 and 32 <= sector <= 65536):
        return
    head = 0
    while journal[head : head + 8] == _MAGIC:
        place = head + sector
        for _ in range(_number(journal, head + 8)):
            number, page = _number(journal, place), journal[place + 4 : place + 4 + size]
            if not number or len(page) != size:
                return
            yield (number - 1) * size, page
            place += size + 8
        head = -(-place // sector) * sector


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


@contextmanager
def _alone(path: Path) -> Iterator[seal.Seal | None]:
    """Hold SQLite's own lock on a file for a moment; None when another program has it."""
    with FileIO(path, "r+b") as file:
        file.seek(_LOCKS)
        try:
            _lock(file)
        except OSError:
            yield None
            return
        try:
            yield seal.Seal(file)
        finally:
            file.seek(_LOCKS)
            _unlock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: FileIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _LOCKED)

    def _unlock(file: FileIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, _LOCKED)

else:
    import fcntl

    def _lock(file: FileIO) -> None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED, _LOCKS)

    def _unlock(file: FileIO) -> None:
        fcntl.lockf(file, fcntl.LOCK_UN, _LOCKED, _LOCKS)
