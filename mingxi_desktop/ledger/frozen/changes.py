"""What differs from a frozen version now: which numbers, and the records that made them differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial

from mingxi_desktop.domain.comparing import signed
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.frozen.numbers import Behind, FrozenNumber
from mingxi_desktop.storage.frozen import FrozenTable, Touch
from mingxi_desktop.storage.journal import ADD, DELETE, RESTORE
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.titles import titled

GONE = "（指标已删除）"
_NOTHING = "（没有）"
_ALWAYS = frozenset({"approx", "granularity"})
"""Fields that may change how a sum is printed, though a record adds what it did."""


class Sort(StrEnum):
    """What of a report differs."""

    NUMBER = "数字"
    NAMES = "名称"
    LAST_YEAR = "上年数"
    RULE = "口径"
    CHART = "图表"
    TEXT = "文字"


class Way(StrEnum):
    """How a record counts otherwise than when the version was frozen."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


_WAY_OF = {ADD: Way.ADDED, RESTORE: Way.ADDED, DELETE: Way.REMOVED}


@dataclass(frozen=True, slots=True)
class Cause:
    """A record that counts otherwise now.

    before, after: what it adds, in the indicator's unit; None where it did not or does not count, and where
    nothing is summed.  at, by, action: what was done to it last since then; "" where it is as it was and
    another record or a list has changed.
    """

    kind: str
    id: int
    title: str
    way: Way
    before: Decimal | None
    after: Decimal | None
    at: str = ""
    by: str = ""
    action: str = ""

    @property
    def sentence(self) -> str:
        """计入 2→3, 新计入 5, 不再计入（原计 1）."""
        if self.way is Way.CHANGED:
            same = self.before == self.after
            return "内容改过" if same else f"计入 {_amount(self.before)}→{_amount(self.after)}"
        if self.way is Way.ADDED:
            return "新计入" + ("" if self.after is None else f" {_amount(self.after)}")
        return "不再计入" + ("" if self.before is None else f"（原计 {_amount(self.before)}）")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    id: of the indicator or chart; "" for text.  difference: now − then for amounts, in words, "" otherwise.
    note: what else there is to say.  follows: a chart or text that may differ only because numbers do.
    """

    sort: Sort
    id: str
    label: str
    frozen: str
    now: str
    unit: str = ""
    difference: str = ""
    note: str = ""
    records: tuple[Cause, ...] = ()
    follows: bool = False


def differing(
    frozen: Mapping[str, FrozenNumber], now: Mapping[str, FrozenNumber]
) -> Iterator[tuple[str, Sort]]:
    """(indicator, what of it differs), in the order of the report."""
    for id, then in frozen.items():
        new = now.get(id)
        if new is None or (then.value, then.text) != (new.value, new.text):
            yield id, Sort.NUMBER
            continue
        if then.names is not None and then.names != new.names:
            yield id, Sort.NAMES
        if then.last_year is not None and then.last_year != new.last_year:
            yield id, Sort.LAST_YEAR
        # A newer program may say the same rule in other words; only the clerk's own are told for themselves.
        if then.label != new.label or ((then.own or new.own) and then.rule != new.rule):
            yield id, Sort.RULE


def worded(
    id: str, sort: Sort, then: FrozenNumber, new: FrozenNumber | None, causes: tuple[Cause, ...]
) -> Difference:
    """A difference in words, with the records behind it."""
    note = "" if new is None or new.rule == then.rule else f"口径也不同了。原来：{then.rule}现在：{new.rule}"
    if new is None:
        return Difference(sort, id, then.label, then.text, GONE, then.unit)
    label = then.label if then.label == new.label else f"{new.label}（原名{then.label}）"
    if sort is Sort.NAMES:
        return Difference(sort, id, label, then.names or _NOTHING, new.names or _NOTHING, records=causes)
    if sort is Sort.LAST_YEAR:
        old, last = then.last_year or _NOTHING, new.last_year or _NOTHING
        return Difference(sort, id, f"{label}·上年数", old, last, then.unit, records=causes)
    if sort is Sort.RULE:
        renamed = then.rule == new.rule
        old, text = (then.label, new.label) if renamed else (then.rule, new.rule)
        return Difference(sort, id, label, old, text, note="数没有变。")
    same = then.text == new.text
    old, text = (then.value or _NOTHING, new.value or _NOTHING) if same else (then.text, new.text)
    if not causes and not note:
        note = "没有记录因此改变；变的是设置或名单。"
    return Difference(sort, id, label, old, text, new.unit, _minus(new, then), note, causes)


class Causes:
    """Finds the records that made numbers differ since a change set."""

    def __init__(self, ledger: Core, table: FrozenTable, change_set: int) -> None:
        self._ledger = ledger
        self._table = table
        self._since = change_set
        self._touches: dict[tuple[str, int], list[Touch]] = {}
        self._known: set[tuple[str, int]] = set()

    def of(self, indicator: Indicator, kind: Kind, before: Behind, after: Behind) -> list[Cause]:
        """The records of an indicator that count otherwise."""
        self._read(kind.name, [id for _, id in before.keys() | after.keys()])
        named = {*kind.title, kind.date, indicator.date, indicator.pick, *indicator.fields}
        found: list[tuple[int, Way, Decimal | None, Decimal | None]] = []
        for key in sorted(before.keys() | after.keys()):
            old, new = before.get(key), after.get(key)
            if key not in before:
                found.append((key[1], Way.ADDED, None, new))
            elif key not in after:
                found.append((key[1], Way.REMOVED, old, None))
            elif old != new or self._changed(key, _ALWAYS if new is not None else named):
                found.append((key[1], Way.CHANGED, old, new))
        return list(self._told(kind, found))

    def within(self, kind: Kind, year: int) -> list[Cause]:
        """All records of a kind up to a year that were touched at all: charts may go back some years."""
        touches = self._table.touched(self._since, kind.name)
        self._touches |= _by_record(kind.name, touches)
        ids = list(dict.fromkeys(touch.record for touch in touches))
        records = self._ledger.records(kind.name, ids)
        so_far = [record.id for record in records if year_of(kind, record.values) <= year]
        ways = {touch.record: _WAY_OF.get(touch.action, Way.CHANGED) for touch in touches}
        return list(self._told(kind, [(id, ways[id], None, None) for id in so_far]))

    def _read(self, kind: str, ids: Iterable[int]) -> None:
        wanted = [id for id in ids if (kind, id) not in self._known]
        self._known |= {(kind, id) for id in wanted}
        self._touches |= _by_record(kind, self._table.touched(self._since, kind, wanted)) if wanted else {}

    def _changed(self, key: tuple[str, int], relevant: AbstractSet[str]) -> bool:
        return any(not relevant.isdisjoint(touch.changes) for touch in self._touches.get(key, ()))

    def _told(
        self, kind: Kind, found: list[tuple[int, Way, Decimal | None, Decimal | None]]
    ) -> Iterator[Cause]:
        """With their titles, and who did what to them last; to their parents where they are untouched."""
        records = {record.id: record for record in self._ledger.records(kind.name, [one[0] for one in found])}
        parents = {}
        if kind.parent:
            refs = {id: str(record.values.get(kind.parent) or "") for id, record in records.items()}
            parents = {id: int(ref.rpartition(":")[2]) for id, ref in refs.items() if ref}
            self._read(kind.parent_kind, parents.values())
        for id, way, before, after in found:
            shown: Mapping[str, str] = records[id].shown if id in records else {}
            title = titled(kind, id, partial(_shown, shown))
            touches = self._touches.get((kind.name, id)) or self._touches.get(
                (kind.parent_kind, parents.get(id, 0))
            )
            last = touches[-1] if touches else Touch("", "", "", id, {})
            yield Cause(kind.name, id, title, way, before, after, last.at, last.by, last.action)


def _shown(texts: Mapping[str, str], name: str) -> str:
    return texts.get(name, "")


def _by_record(kind: str, touches: Iterable[Touch]) -> dict[tuple[str, int], list[Touch]]:
    found: dict[tuple[str, int], list[Touch]] = {}
    for touch in touches:
        found.setdefault((kind, touch.record), []).append(touch)
    return found


def _minus(now: FrozenNumber, then: FrozenNumber) -> str:
    try:
        difference = Decimal(now.value or "x") - Decimal(then.value or "x")
    except InvalidOperation:  # names and dates
        return ""
    return signed(difference, now.unit) if difference else ""


def _amount(amount: Decimal | None) -> str:
    return "—" if amount is None else plain(amount)
