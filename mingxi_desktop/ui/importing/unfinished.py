"""An import that the program did not live to finish storing: a note of it lies beside the ledger until it has ended."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.errors import disk_reason
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.todos import SOON, Todo
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.draft_bar import when_left

TARGET = "import_again"
"""Where the clerk gets to from the first page, as `TabWindow.go` knows it."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import that was broken off while it was stored.  files: in the order they were given.  at: when it began."""

    files: tuple[Path, ...]
    at: str


@contextmanager
def noted(ledger: Path, files: Sequence[Path]) -> Iterator[None]:
    """While the rows of files are stored: whatever ends that is told there and then, but for the program's own end."""
    place = drafts.import_place(ledger)
    content = json.dumps(
        {"files": [str(file) for file in dict.fromkeys(files)], "at": now()}, ensure_ascii=False
    )
    try:
        drafts.write(place, content.encode("utf-8", "replace"))
    except OSError as error:  # a note less is no reason not to import
        _log.warning("the import is not noted: %s", disk_reason(error, place))
    try:
        yield
    finally:
        forget(ledger)


def forget(ledger: Path) -> None:
    """Nothing is to be told of an import into this ledger any more."""
    with suppress(OSError):
        drafts.take_off(drafts.import_place(ledger))


def left(ledger: Path) -> Unfinished | None:
    """What was being stored when the program ended; None where nothing was, or nobody can read what it was."""
    try:
        data = json.loads(drafts.import_place(ledger).read_bytes())
        return Unfinished(tuple(Path(str(file)) for file in data["files"]), str(data["at"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def todos(ledger: Ledger) -> list[Todo]:
    """What the first page says of it: that nothing was stored, and a way to do it again."""
    found = left(ledger.path)
    if found is None or not found.files or _came(ledger, found):
        forget(ledger.path)
        return []
    first, number = found.files[0].name, len(found.files)
    names = f"“{first}”" if number == 1 else f"“{first}”等 {number} 个文件"
    said = f"导入{names}没有做完，什么也没有存（{when_left(found.at)}）"
    return [Todo(SOON, said, "重新导入", target=TARGET)]


def _came(ledger: Ledger, found: Unfinished) -> bool:
    """Whether it was stored after all, and the program ended just after that."""
    names = {file.name for file in found.files}
    return any(
        batch.at >= found.at and names.issuperset(file.file for file in batch.files)
        for batch in ledger.batches()
    )
