"""The facade: everything the program can do with a ledger file, without Qt and without SQL.

One `Ledger` is used from one thread at a time: the database worker in the window, the main thread on the
command line.  Every change is one durable transaction with a Chinese sentence, one undo step, history.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from mingxi_desktop.domain.county import DELIVERED, County
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import door, entering
from mingxi_desktop.ledger.checked import Checked
from mingxi_desktop.ledger.guarding import guarded

if TYPE_CHECKING:
    from mingxi_desktop.domain.records import BatchFile, Changes, IncomingRow, Reversal
    from mingxi_desktop.ledger.frozen.freezing import FrozenReports


@guarded
class Ledger(Checked):
    """An open ledger file."""

    @classmethod
    def create(
        cls, path: Path | str, *, bureau: str = "", operator: str = "", county: County = DELIVERED
    ) -> Ledger:
        """A new ledger file with its county's lists; UserError if the file exists or may not lie there."""
        from mingxi_desktop.ledger.founding import founded

        return cls(founded(Path(path), bureau, operator, county))

    @classmethod
    @door.watched
    def open(cls, path: Path | str, *, operator: str = "", password: str = "", later: bool = False) -> Ledger:
        """An existing ledger file; UserError when it is foreign, newer, locked, damaged or missing.

        PasswordError when it is kept under a password that this one is not; the recovery code of an encrypted file
        opens it as well.  later: the seal of a large file is looked at once `sealing.look` or `settle` asks.
        """
        return cls(entering.enter(Path(path), operator, password, later=later))

    def settle(self) -> None:
        """Wait until the seal is looked at, before anything is given out; whatever writes waits by itself.

        DamagedError where the file was changed outside the program.
        """
        self._store.settle()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def frozen(self) -> FrozenReports:
        """Frozen versions of reports, and what has changed since."""
        from mingxi_desktop.ledger.frozen.freezing import FrozenReports

        return FrozenReports(self._writer, self)

    # undo and redo

    @property
    def undo_sentence(self) -> str:
        """What undo would take back; "" when there is nothing."""
        return self._undoer.undo_sentence

    @property
    def redo_sentence(self) -> str:
        """What redo would do again; "" when there is nothing."""
        return self._undoer.redo_sentence

    def undo(self) -> Changes | None:
        """Take the last change of this session back."""
        return self._undoer.undo()

    def redo(self) -> Changes | None:
        """Do the last undone change again."""
        return self._undoer.redo()

    # imports

    def store(
        self,
        rows: Sequence[IncomingRow],
        files: Sequence[BatchFile],
        *,
        sentence: str,
        backed_up: bool = True,
    ) -> Changes:
        """Store what an import brought: one transaction, one batch; all or nothing.

        backed_up: whether a backup is made before, as there is something to lose.
        """
        from mingxi_desktop.ledger import storing

        if backed_up:
            self.backups.before_import()
        return self._noted(*storing.store(self._writer, self._batches, rows, files, sentence))

    def undo_import(self, batch: int) -> Reversal:
        """Take an import back; records edited since are kept."""
        return self._undoer.undo_import(batch)

    # safety

    def backup(self, target: Path | None = None) -> Path:
        """A copy, opened again and checked before it gets its name; UserError when that fails.

        target: its name; None for the folder 备份 beside the file, where old ones are thinned out.
        """
        from mingxi_desktop.ledger.safekeeping.backups import exists_already

        if target is not None and target.exists():
            raise exists_already(target)
        return self.backups.make(target=target).path

    def verify(self) -> list[str]:
        """Chinese sentences on what is wrong with file, links, history, records, attachments and frozen reports.

        A sound file is vouched for: it is sealed again when it is closed.
        """
        from mingxi_desktop.ledger.safekeeping import identity, proving

        found = proving.verify(self._store, self._journal, self._rows)
        if not found:
            self.sealing.vouch()
        try:
            passed = identity.passed(self._store, thoroughly=True)
            found += [passed.sentence] if passed else []
            return found + self._attacher.problems() + self.frozen.problems()
        except UserError as error:  # a damaged file does not tell all it holds
            return [*found, error.title]
