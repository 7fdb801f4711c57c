"""What would be different after going back to a backup: records by ledger, and the changes that would be gone.

Both histories are chained, so the last entry they share is found in a few looks, and what came after it on either
side is the whole difference; no record needs to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import key_places
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.safekeeping import handover
from mingxi_desktop.storage import copies, sqlite
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.store import Store

_MOST_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class KindDifference:
    """What going back does to one ledger: records that go, come back, and change back."""

    label: str
    gone: int
    back: int
    changed: int

    @property
    def words(self) -> str:
        """隐患 去掉 3 条、找回 1 条、改回 2 条."""
        parts = ((self.gone, "去掉"), (self.back, "找回"), (self.changed, "改回"))
        return f"{self.label} " + "、".join(f"{verb} {number:,} 条" for number, verb in parts if number)


@dataclass(frozen=True, slots=True)
class Step:
    """A change that would be taken away."""

    at: str
    by: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a restore would change.

    steps: the newest of the changes since the backup; number: how many there are.  only_there: changes that the
    backup has and the ledger has not, because somebody went back before.  stranger: they share no history.
    """

    kinds: tuple[KindDifference, ...]
    number: int
    steps: tuple[Step, ...]
    only_there: int = 0
    stranger: bool = False

    @property
    def sentence(self) -> str:
        """All of it in one sentence or two."""
        if self.stranger:
            return "▲ 这是另一份台账的备份，和现在的台账没有共同的记录。恢复后看到的全是那一份的内容。"
        if not self.number and not self.only_there:
            return "和现在的台账一样。台账坏了、佐证材料丢了，才用得着恢复。"
        counted = "，".join(kind.words for kind in self.kinds) or "各台账的记录不变"
        there = f"；备份里另有 {self.only_there:,} 处现在没有的改动，会一起回来" if self.only_there else ""
        gone = f"。那以后的 {self.number:,} 次改动会去掉" if self.number else ""
        return f"恢复后：{counted}{gone}{there}。"


def difference(ledger: Ledger, path: Path, password: str = "") -> Difference:
    """What going back to a backup or hand-over package would change; UserError where it cannot be read.

    password: of an encrypted one; PasswordError where its key is not known and this is neither it nor its recovery
    code.
    """
    return _Comparer(ledger._store).difference(path, password)  # noqa: SLF001 - as in `backups`


def records_in(path: Path) -> int | None:
    """How many records (not child rows, not in the trash) a backup has; None where it cannot be read."""
    try:
        with copies.looking(path) as schema:
            return copies.records(schema)
    except (UserError, OSError):
        return None


@guarded
class _Comparer:
    def __init__(self, store: Store) -> None:
        self._store = store

    def difference(self, path: Path, password: str) -> Difference:
        if path.resolve() == self._store.path:
            raise UserError("这就是正打开着的台账", f"文件：{path}", "请选择它的一份备份。")
        here = self._store.schema
        with _ledger_in(path, password) as file, copies.looking(file) as there:
            common = copies.common_entries(here, there)
            since, set_here = _after(here, there, common)
            back, set_there = _after(there, here, common)
            number, newest = copies.sentences(here, set_here, _MOST_SENTENCES)
            only_there, _ = copies.sentences(there, set_there, 0)
            strangers = not common and bool(copies.marker(here).entries and copies.marker(there).entries)
        return Difference(
            _by_kind(since, back), number, tuple(Step(*step) for step in newest), only_there, strangers
        )


def _after(one: Schema, other: Schema, common: int) -> tuple[Mapping[str, tuple[int, int, int]], int]:
    """(effects of one side's own history, the last change set that both sides share)."""
    mine, theirs = copies.marker(one), copies.marker(other)
    if common == theirs.entries:  # the other side has nothing of its own, but for changes without records
        return copies.effects(one, common), min(theirs.change_set, mine.change_set)
    return copies.effects(one, common), copies.set_of_entry(one, common)


def _by_kind(
    since: Mapping[str, tuple[int, int, int]], back: Mapping[str, tuple[int, int, int]]
) -> tuple[KindDifference, ...]:
    none = (0, 0, 0)
    found = []
    for kind in ALL:
        added, changed, removed = since.get(kind.name, none)
        added_there, changed_there, removed_there = back.get(kind.name, none)
        if any((*since.get(kind.name, none), *back.get(kind.name, none))):
            found.append(
                KindDifference(
                    kind.label, added + removed_there, removed + added_there, changed + changed_there
                )
            )
    return tuple(found)


@contextmanager
def _ledger_in(path: Path, password: str) -> Iterator[Path]:
    """A file whose ledger can be read: itself, or what a package holds."""
    if handover.is_package(path):
        with handover.looked_into(path) as file:
            key_places.need(file, password)
            yield file
        return
    application, _ = sqlite.look(path)
    if application not in sqlite.OURS:
        raise UserError("这不是台账的备份", f"文件：{path}", "请选择本程序做的备份。")
    key_places.need(path, password)
    yield path
