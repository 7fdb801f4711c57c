"""Proving that nothing is wrong with a ledger file: structure, history, each record and link, lists and settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage import links, sqlite
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.legible import illegible, unreadable
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import STRANGE, Store

_MOST_SHOWN = 20
MOST_AT_ONCE = 32_000_000
"""Bytes of a file up to which SQLite holds each index against its table in some seconds."""
_MARKED = "登记信息（标识、年度、时间、操作人或检索文字）"
"""What `storage.marks` covers."""
_State = tuple[int, bytes]
"""Record id and the hash of its state."""


def check_file(path: Path) -> list[str]:
    """What is wrong with a ledger file that is not open; empty when it is sound."""
    store = Store.open(path, keep_old=False)
    try:
        journal = Journal(store.schema)
        return verify(store, journal, Rows(store, journal))
    finally:
        store.close()


def verify(store: Store, journal: Journal, rows: Rows) -> list[str]:
    """Everything that can be found wrong: the file, the history's chain, each record, each link."""
    problems = unfit(store) or [f"文件结构：{text}" for text in sqlite.integrity(store.database)]
    problems = problems or illegible(store, beside_proof=True)
    if problems:
        return problems
    try:
        problems += journal.check()
        problems += _changed_outside(store, rows)
        problems += [text for text in store.digests.check() if text]
        problems += links.broken(store)
        for kind in store.schema.kinds.values():
            problems += links.of_other_imports(store, kind)
    except unreadable():
        if found := illegible(store):
            return found
        raise
    return problems


def unfit(store: Store) -> list[str]:
    """What is in the file that the program never puts there, and that would act at the next save."""
    return [f"{STRANGE}：{name}" for name in sqlite.strange(store.database)]


def records_changed(store: Store, rows: Rows, kind: Kind, numbers: range | None = None) -> Iterator[str]:
    """Sentences on records that are not as the history's last entry, or their own mark, says.  numbers: these only."""
    expected = links.last_states(store, kind.name, numbers)
    told, missing = set(), []
    for number, known, state in _joined(expected, iter(rows.current_states(kind, numbers))):
        if state is None:
            missing.append(number)
        elif known != state:
            told.add(number)
            yield f"{kind.label} #{number} 在程序之外被改动过"
    for number in missing:
        yield f"{kind.label} #{number} 不见了"
    for number in store.marks.wrong(kind.name, numbers):
        if number not in told:
            yield f"{kind.label} #{number} 的{_MARKED}在程序之外被改动过"


def _joined(
    expected: Iterator[_State], current: Iterator[_State]
) -> Iterator[tuple[int, bytes | None, bytes | None]]:
    """(record id, its expected and its current state), None where one is not there.  Both in order of ids.

    Neither is ever held as a whole: it would take 200 MB for a million records.
    """
    one, other = next(expected, None), next(current, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None
            yield one[0], one[1], None
            one = next(expected, None)
        elif one is None or other[0] < one[0]:
            yield other[0], None, other[1]
            other = next(current, None)
        else:
            yield one[0], one[1], other[1]
            one, other = next(expected, None), next(current, None)


def _changed_outside(store: Store, rows: Rows) -> list[str]:
    kinds = store.schema.kinds.values()
    problems = [text for kind in kinds for text in records_changed(store, rows, kind)]
    hidden = len(problems) - _MOST_SHOWN
    return problems if hidden <= 0 else [*problems[:_MOST_SHOWN], f"另有{hidden}处类似问题"]
