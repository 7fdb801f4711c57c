"""The proof of a file that was not closed properly, in small steps, so that the clerk can work meanwhile.

Each step looks at a few records or entries as they are at that moment, and takes some hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words
from mingxi_desktop.storage import sqlite
from mingxi_desktop.storage.seal import State

_CHUNK = 500


class Walk:
    """The proof under way.  problems: Chinese sentences, so far."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._steps: Iterator[None] | None = None

    def step(self, ledger: Ledger) -> bool:
        """Look at the next few; False when all has been looked at.  Then a sound file may be sealed again."""
        if self._steps is None:
            self._steps = self._all(ledger)
        if next(self._steps, "end") is None:
            return True
        if not self.problems:
            ledger.sealing.vouch()
        return False

    def _all(self, ledger: Ledger) -> Iterator[None]:
        # Loaded where a file was not closed properly alone: every verb asks whether that is so.
        from mingxi_desktop.ledger.safekeeping import proving
        from mingxi_desktop.storage import links
        from mingxi_desktop.storage.journal import FIRST
        from mingxi_desktop.storage.legible import illegible

        store, journal, rows = ledger._store, ledger._journal, ledger._rows  # noqa: SLF001 - a part of the facade
        quick = store.path.stat().st_size > proving.MOST_AT_ONCE  # a table's indexes are checked in one piece
        for table in store.database.get_tables():
            found = sqlite.integrity(store.database, table, quick=quick)
            self.problems += [f"文件结构：{text}" for text in found]
            yield
        for found in (proving.unfit(store), illegible(store)):
            self.problems += found
        if self.problems:
            return
        for problem in store.digests.check():
            self.problems += [problem] if problem else []
            yield
        number, before = 0, FIRST
        while True:
            problem, last, before = journal.check_part(number, before)
            if problem:
                self.problems.append(problem)
                break
            if last == number:
                self.problems += journal.check_tail(number, before)
                break
            number = last
            yield
        for kind in store.schema.kinds.values():
            for first in range(1, links.highest(store, kind.name) + 1, _CHUNK):
                numbers = range(first, first + _CHUNK)
                self.problems += proving.records_changed(store, rows, kind, numbers)
                self.problems += links.of_other_imports(store, kind, numbers)
                yield


def damage(path: Path, problems: Sequence[str]) -> UserError:
    """That a file which was not closed properly is damaged."""
    plain = in_plain_words(problems)
    said = "；".join(plain[:3]) + (f" 等{len(plain)}处" if len(plain) > 3 else "")
    return sqlite.DamagedError(
        "台账上次没有正常关闭，检查发现它损坏了",
        f"文件：{path}（{said}）",
        "不要删除它。用“修复”（命令 repair）看看怎样恢复；原文件会保留。",
    )


def unsettled(ledger: Ledger) -> bool:
    """Whether the file was not closed properly and has not been looked through since."""
    return ledger.sealing.state is State.UNSEALED and not ledger.sealing.proved


def settle(ledger: Ledger) -> list[str] | None:
    """Look through a file that was not closed properly at once; None where it is too large for that."""
    from mingxi_desktop.ledger.safekeeping import proving

    if ledger.path.stat().st_size > proving.MOST_AT_ONCE:
        return None
    walk = Walk()
    while walk.step(ledger):
        pass
    return walk.problems
