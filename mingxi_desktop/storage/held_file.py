"""A ledger file in our hands: its connection, where it lies, and its seal."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import peewee

from mingxi_desktop.storage import cipher, seal, sqlite
from mingxi_desktop.storage.keys import Secret
from mingxi_desktop.storage.seal import Hashing, Seal, State

_CHANGED = "台账文件在程序之外被改动过，没有打开"
CHANGED_HINT = "不要删除它。用“修复”（命令 repair）看看哪里不对，再选怎样恢复；原文件会保留。"


def changed_outside(path: Path) -> sqlite.DamagedError:
    """That a file was changed outside the program."""
    return sqlite.DamagedError(_CHANGED, f"文件：{path}", CHANGED_HINT)


class HeldFile:
    """A ledger file in our hands: its connection, and its seal, whose handle must outlive the connection.

    later: the seal of a large file is looked at when `look` or `state` asks for it, and nothing is written before.
    """

    def __init__(self, path: Path, *, later: bool = False) -> None:
        self.later = later
        self._take(path, cipher.key_of(path), None)

    def again(self, path: Path) -> None:
        """Take the file that has come into the place of the one that was let go of; everybody's database is its."""
        self.later = False
        self._take(path, cipher.key_of(path), self.database)

    def _take(self, path: Path, secret: Secret | None, before: sqlite.Database | None) -> None:
        self._path = path
        try:
            self.seal = Seal.of(path)
        except OSError as error:
            raise sqlite.unopened(path, error) from error
        try:
            if before is None:
                self.database = sqlite.connect(path, secret=secret)
            else:
                before.secret = secret
                sqlite.reconnect(before, path)
        except BaseException:
            self.seal.close()
            raise
        self._hashing: Hashing | None = None
        self._state: State | None = None
        self._head = b""
        self._rows_before = self.database.connection().total_changes
        try:
            self.seal.cut()
            found = path.stat()
            self.remember()
            self._place, self._size = (found.st_dev, found.st_ino), found.st_size
            if self.later and self._size > seal.AT_ONCE and self.seal.kept() != seal.NONE:
                self._hashing = Hashing(self.seal)
            else:
                self._state = self._looked_at(None)
        except BaseException:
            self.close()
            raise

    def look(self) -> bool:
        """Begin to look at the seal, on a thread of its own; whether `state` need not be waited for any more."""
        return self._hashing is None or not self._hashing.begin().is_alive()

    @property
    def known(self) -> State | None:
        """What the seal says; None where it was not looked at yet."""
        return self._state

    @property
    def state(self) -> State:
        """What the seal says; waits until it is looked at.  UserError where the disk gives no answer."""
        if self._state is None:
            assert self._hashing is not None
            self._state = self._looked_at(self._hashing)
        return self._state

    def settle(self) -> None:
        """See `Store.settle`."""
        if self.later and self.state is State.CHANGED:
            raise changed_outside(self._path)

    def _looked_at(self, hashing: Hashing | None) -> State:
        try:
            deserved = None if hashing is None else hashing.result()
            return self.seal.state(self.database, self.database.secret, deserved)
        except OSError as error:
            raise sqlite.unopened(self._path, error) from error

    def remember(self) -> None:
        """What the file begins with now is ours: it was opened, brought up to date, or a change was taken back."""
        with suppress(OSError):  # of a lost disk: the next change finds that out
            self._head = self.seal.head()

    def in_place(self, *, ours: bool = False) -> bool:
        """Whether the file still lies where it was opened, no shorter than it was, and nobody else wrote into it.

        It never gets shorter, and its head says how often it was changed.  Not inside a transaction.
        ours: a change was stored just now, so that the head is another than before.
        """
        try:
            found = self._path.stat()
            head = self.seal.head()
        except OSError:
            return False
        if head != self._head and not ours:
            return False
        self._head = head
        if (found.st_dev, found.st_ino) != self._place or found.st_size < self._size:
            return False
        self._size = found.st_size
        return True

    def close(self, *, press: bool = False) -> None:
        """Let go of the file; harmless when already closed.  press: seal it where it has changed.

        Where its seal was not looked at to the end, nothing was written, and the seal stays as it is.
        """
        if self.database.is_closed():
            return
        if self._hashing is not None:
            self._hashing.stop()
        try:
            changed = self.database.connection().total_changes != self._rows_before
            press = press and self.in_place()
            sqlite.tidy(self.database)
            if press and (changed or self._state is not State.WHOLE):
                # Of a lost disk, or where another program was quicker: it is checked at the next start.
                with suppress(OSError, peewee.DatabaseError), self.database.atomic("EXCLUSIVE"):
                    self.seal.press()
        finally:
            self.database.close()
            self.seal.close()
