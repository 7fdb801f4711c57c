"""The seal: a hash of the whole file, in the place of its header that SQLite leaves free.

What a backup of an encrypted ledger carries behind its pages (`keys.trailer`) is no part of what is sealed: it is
cut off when the backup becomes a ledger again, and proves itself.

It lies in the one file, so that a copy on a USB stick is still sealed, and is pressed when the file is closed.
SQLite carries those twenty bytes along unchanged while the file is written; the first transaction of a session
notes the seal it began with (`BEFORE`). So there are three cases, each told from the bytes alone:

- the hash of the file is its seal: every bit is as the program left it;
- it is not, but the noted seal is the one in the header: a session that was cut short, or a file never sealed;
- neither: somebody or something else has written into the file.

A page of an encrypted file is never encrypted twice alike, so what is rolled back says the same in other bytes. The
last bytes of such a file's seal are a hash of the header and the seal's other bytes alone, which a rollback does put
back: where that holds and every page proves to be written under the key, a session was cut short in its first save.
"""

from __future__ import annotations

import enum
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from io import FileIO
from pathlib import Path

import peewee

from mingxi_desktop.storage import cipher, keys, pages
from mingxi_desktop.storage.keys import Secret

BEFORE = "seal.before"
"""The setting that holds the seal the present session began with, in hex."""
_PLACE, END = 72, 92
"""Bytes 72 to 91 of the header: "reserved for expansion" in SQLite's file format."""
SIZE = END - _PLACE
_WHOLE = 12
"""Bytes of an encrypted file's seal that are of the whole file; the others are of its header."""
_PAGES = slice(28, 32)
"""Where the header says how many pages there are."""
NONE = bytes(SIZE)
_BLOCK = 1 << 20
AT_ONCE = 32 << 20
"""Bytes that are hashed in some hundredths of a second."""
_HEADER = 100
"""Bytes of the header."""
_LOCKED, _LOCKED_SIZE = 1 << 30, 512
"""The bytes that SQLite locks, beyond a gigabyte: no page of its own lies there, and Windows lets nobody read them."""
_COUNTED = (slice(24, 28), slice(40, 44), slice(92, 100))
"""Where a header says how often the file was changed, and by which SQLite: other than in what it was copied from."""


def in_header(first: bytes) -> bytes:
    """The seal in the bytes a ledger file begins with."""
    return first[_PLACE:END]


class State(enum.Enum):
    """What the seal says of a file."""

    WHOLE = "whole"
    UNSEALED = "unsealed"
    """Written last by a session that was cut short, or by a version that knew no seals."""
    CHANGED = "changed"
    """Written into by something else."""


class Seal:
    """A ledger file's seal.  Keeps a handle of its own until `close`.

    On POSIX closing any handle of a file takes the process's locks on it away: open this before the connection
    and close it after.
    """

    def __init__(self, file: FileIO) -> None:
        self._file = file

    @classmethod
    def of(cls, path: Path, *, reading: bool = False) -> Seal:
        """The seal of a file; OSError when it cannot be opened.  reading: to look at it only."""
        return cls(FileIO(path, "rb" if reading else "r+b"))

    def kept(self) -> bytes:
        """The seal in the header; NONE in a file that was never sealed or is too short."""
        found = self.bytes_at(_PLACE, SIZE)
        return found if len(found) == SIZE else NONE

    def bytes_at(self, place: int, size: int) -> bytes:
        """Some bytes of the file, fewer at its end."""
        self._file.seek(place)
        return self._file.read(size)

    def head(self) -> bytes:
        """What SQLite notes of the whole file at its beginning, and other than before with every change."""
        return self.bytes_at(0, _HEADER)

    def size(self) -> int:
        """The size of the file in bytes."""
        return os.fstat(self._file.fileno()).st_size

    def worked_out(self, unwanted: Callable[[], bool] = lambda: False) -> bytes:
        """The seal that the present bytes deserve; NONE where it was no longer wanted before the end."""
        digest = hashlib.sha256()
        head = self.bytes_at(0, pages.PLAIN)
        digest.update(head[:_PLACE] + NONE + head[END:])
        for block in self.blocks(pages.PLAIN, self._sealed_size()):
            if unwanted():
                return NONE
            digest.update(block)
        whole = digest.digest()
        return whole[:_WHOLE] + _of_header(head, whole) if cipher.is_marked(head) else whole[:SIZE]

    def copied_in(self, copy: Path) -> bool:
        """Whether a file that SQLite has copied this one into has the same bytes, read back.  Nobody may be writing.

        Not of encrypted files, which have other bytes for the same pages.
        """
        with closing(Seal.of(copy, reading=True)) as other:
            if other.size() != self.size() or _uncounted(other) != _uncounted(self):
                return False
            both = (one.blocks(_HEADER, self.size()) for one in (self, other))
            return all(one == two for one, two in zip(*both, strict=True))

    def blocks(self, begin: int, end: int) -> Iterator[bytes]:
        """The bytes from one place to another; for those that SQLite locks, which nobody writes, the zeros they are."""
        beyond = _LOCKED + _LOCKED_SIZE
        yield from self._read(begin, min(end, _LOCKED))
        if end > _LOCKED:
            yield bytes(min(end, beyond) - _LOCKED)
            yield from self._read(beyond, end)

    def _read(self, begin: int, end: int) -> Iterator[bytes]:
        self._file.seek(begin)
        while begin < end and (block := self._file.read(min(_BLOCK, end - begin))):
            yield block
            begin += len(block)

    def _sealed_size(self) -> int:
        size = self.size()
        return size - keys.SIZE if keys.is_wrap(self.bytes_at(max(size - keys.SIZE, 0), keys.SIZE)) else size

    def cut(self) -> None:
        """Take off what a backup carries behind its pages; the seal holds as before."""
        size = self._sealed_size()
        if size != self.size():
            self._file.truncate(size)
            os.fsync(self._file.fileno())

    def holds(self) -> bool:
        """Whether the file is sealed and every bit is as it was then."""
        kept = self.kept()
        return kept != NONE and kept == self.worked_out()

    def state(
        self,
        database: peewee.SqliteDatabase,
        secret: Secret | None = None,
        deserved: bytes | None = None,
    ) -> State:
        """What the seal says, the file being open in `database`, under this key, and held by it alone.

        deserved: the seal that the bytes deserve, where that has been worked out.
        """
        kept = self.kept()
        if kept != NONE and kept == (self.worked_out() if deserved is None else deserved):
            return State.WHOLE
        noted = _noted(database)
        if noted == kept.hex() or (
            kept == NONE and not noted
        ):  # a session notes a real seal but the very first
            return State.UNSEALED
        return State.UNSEALED if secret is not None and self._rolled_back(secret, kept) else State.CHANGED

    def _rolled_back(self, secret: Secret, kept: bytes) -> bool:
        """Whether an encrypted file is what was sealed, with some of its pages encrypted anew."""
        head, size = self.bytes_at(0, pages.PLAIN), self.size()
        if (
            kept[_WHOLE:] != _of_header(head, kept)
            or size != int.from_bytes(head[_PAGES], "big") * pages.SIZE
        ):
            return False
        return all(
            pages.holds(secret, number, self.bytes_at((number - 1) * pages.SIZE, pages.SIZE))
            for number in range(1, size // pages.SIZE + 1)
        )

    def note(self, database: peewee.SqliteDatabase) -> None:
        """Note in the session's first transaction with which seal it began."""
        database.execute_sql(
            "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (BEFORE, self.kept().hex())
        )

    def press(self) -> None:
        """Seal the present bytes, durably.  Nobody may be writing."""
        seal = self.worked_out()
        self._file.seek(_PLACE)
        self._file.write(seal)
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Hashing:
    """The seal that a file's bytes deserve, worked out on a thread of its own, which needs little of Python's time.

    From the beginning to the end nobody may write to the file or use the `Seal`.
    """

    def __init__(self, seal: Seal) -> None:
        self._seal = seal
        self._stop = threading.Event()
        self._found: bytes | OSError = NONE
        self._thread: threading.Thread | None = None

    def begin(self) -> threading.Thread:
        """Begin, unless that was done before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="seal")
            self._thread.start()
        return self._thread

    def result(self) -> bytes:
        """What was worked out, once it is; OSError where the file could not be read."""
        self.begin().join()
        if isinstance(self._found, OSError):
            raise self._found
        return self._found

    def stop(self) -> None:
        """Give it up; returns at once or nearly so."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            self._found = self._seal.worked_out(self._stop.is_set)
        except OSError as error:
            self._found = error


def press(path: Path) -> None:
    """Seal a file that is not open."""
    with closing(Seal.of(path)) as seal:
        seal.press()


def holds(path: Path) -> bool:
    """Whether a file that is not open is sealed and unchanged since; it is only read."""
    with closing(Seal.of(path, reading=True)) as seal:
        return seal.holds()


def _uncounted(seal: Seal) -> bytes:
    """What the header of a file and of its copy have in common."""
    head = bytearray(seal.bytes_at(0, _HEADER))
    for place in _COUNTED:
        head[place] = bytes(len(head[place]))
    return bytes(head)


def _of_header(head: bytes, whole: bytes) -> bytes:
    """The last bytes of an encrypted file's seal."""
    return hashlib.sha256(head[:_PLACE] + head[END:] + whole[:_WHOLE]).digest()[: SIZE - _WHOLE]


def _noted(database: peewee.SqliteDatabase) -> str:
    with suppress(*cipher.faults()):
        row = database.execute_sql("SELECT value FROM setting WHERE key = ?", (BEFORE,)).fetchone()
        return str(row[0]) if row else ""
    return ""
