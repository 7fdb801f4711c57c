"""The rows of one ledger, held against its records and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.exchange.recognising.plan import is_blank
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.compare import Candidates, rows_differ, shown_value
from mingxi_desktop.ledger.intake.forms import folded, of_values
from mingxi_desktop.ledger.intake.identity import Key, are_totals, identity_of, is_total
from mingxi_desktop.ledger.intake.lookup import Lookup
from mingxi_desktop.ledger.intake.part import VENUE, label_of
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, Rejected

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.rows import ReadRow

_CHUNK = 2_000
"""Rows compared at a time."""
_KEYED = 10_000
"""Rows whose keys are made at a time: what many of them say alike is put into its form once."""
_FILLED_IN = ("record_date", "area", "name")
"""Fields that the program fills in where a row leaves them empty."""

Place = tuple[str, "ReadRow"]
"""A row, and the name of the sheet it stands on."""


class Sorter:
    """Keeps what was seen of one ledger's rows.  met: ids of records that rows were recognised as."""

    def __init__(self, ledger: Ledger, kind: Kind) -> None:
        self.met: set[int] = set()
        self._ledger = ledger
        self._kind = kind
        self._seen: dict[tuple[bool, Key], list[Place]] = {}
        self._unique: dict[tuple[str, int, Any], Place] = {}
        self._taken: dict[int, Place] = {}
        single, total = identity_of(kind, False), identity_of(kind, True)
        self._loose = total.loose
        self._lookup = Lookup(ledger, kind)
        more = ["reporter", *single.names, *(field.name for field in total.loose)]
        self._candidates = Candidates(ledger, kind, [name for name in dict.fromkeys(more) if kind.has(name)])
        self._auto = [name for name in single.names if name in _FILLED_IN]

    def sort(self, rows: Sequence[ReadRow], place: str) -> dict[int, Doubtful]:
        """By id() of the row: why it is in doubt; rows that are new are not there."""
        keys = self._keys(rows)
        marked = self._lookup.marked(rows)
        like = self._lookup.like(rows, keys)
        found: dict[int, Doubtful] = {}
        unique = any(row.values.get(name) for name in self._kind.unique for row in rows)
        ordinary = not (like or marked or unique)
        for start in range(0, len(rows), _CHUNK):
            part = range(start, min(start + _CHUNK, len(rows)))
            if ordinary and self._are_new(rows[start : part.stop], keys[start : part.stop], place):
                continue
            told = [rows[index] for index in part if index in like or index in marked]
            ids = {number for index in part for number in like.get(index, ())}
            ids |= {marked[index][0] for index in part if index in marked}
            self._candidates.load(sorted(ids), told)
            verdicts: list[tuple[ReadRow, Doubtful]] = []
            for index in part:
                row, key = rows[index], keys[index]
                if index in like or index in marked or key in self._seen:
                    doubt = self._judge(row, key, like.get(index, ()), marked.get(index), place)
                else:
                    doubt, self._seen[key] = None, [(place, row)]
                if doubt is not None:
                    verdicts.append((row, doubt))
                elif unique:
                    self._check_unique(row, place)
            self._tell_changes(verdicts)
            found.update((id(row), doubt) for row, doubt in verdicts)
        return found

    def _are_new(self, rows: Sequence[ReadRow], keys: Sequence[tuple[bool, Key]], place: str) -> bool:
        """Whether no row has the key of another or of one seen before; they are noted as seen then."""
        fresh = {key: [(place, row)] for key, row in zip(keys, rows, strict=True)}
        if len(fresh) < len(rows) or not self._seen.keys().isdisjoint(fresh):
            return False
        self._seen.update(fresh)
        return True

    # one row

    def _judge(
        self,
        row: ReadRow,
        key: tuple[bool, Key],
        like: Iterable[int],
        marked: tuple[int, bool] | None,
        place: str,
    ) -> Doubtful | None:
        if marked is not None:
            record, trashed = marked
            self.met.add(record)
            if trashed:
                message = f"第{row.plan.number}行：这条记录（#{record}）在回收站里，没有导入；要用它请先从回收站恢复"
                return Doubtful(Doubt.SAME, row.rows, message)
            return self._compared(row, record, place)
        fits = [one for one in like if one in self._candidates and self._fits(row, one)]
        differing = {one: self._candidates.differing(row, one, but=self._own_words(row)) for one in fits}
        same = [one for one in fits if not differing[one]]
        if same:
            return self._same(row, next((one for one in same if one not in self.met), same[0]))
        repeated = self._repeated(row, key, place)
        if repeated is not None:
            return repeated
        if fits and not self._vague(row):
            free = [one for one in fits if one not in self._taken]
            nearest = min(free or fits, key=lambda one: (len(differing[one]), one))
            return (
                self._changed(row, nearest, place) if free else self._file(row, self._taken[nearest], place)
            )
        self._seen.setdefault(key, []).append((place, row))
        return None

    def _compared(self, row: ReadRow, record: int, place: str) -> Doubtful:
        """A row that names its record."""
        if record in self._taken:
            return self._file(row, self._taken[record], place)
        return (
            self._changed(row, record, place)
            if self._candidates.differing(row, record)
            else self._same(row, record)
        )

    def _same(self, row: ReadRow, record: int) -> Doubtful:
        self.met.add(record)
        message = f"第{row.plan.number}行：台账中已有这条记录（#{record}），内容相同，不用再导入"
        return Doubtful(Doubt.SAME, row.rows, message, record)

    def _changed(self, row: ReadRow, record: int, place: str) -> Doubtful:
        self.met.add(record)
        self._taken[record] = (place, row)
        return Doubtful(Doubt.CHANGED, row.rows, "", record)

    def _repeated(self, row: ReadRow, key: tuple[bool, Key], place: str) -> Doubtful | None:
        """Whether an earlier row of the files is the same thing."""
        for before in self._seen.get(key, ()):
            other = before[1]
            if before[0] == place and _are_elsewhere(row, other):
                continue
            if row.plan.uid and other.plan.uid and row.plan.uid != other.plan.uid:
                continue  # our own export of two records
            if self._both_fit(row, other) and not (self._vague(row) and rows_differ(self._kind, row, other)):
                return self._file(row, before, place)
        return None

    def _file(self, row: ReadRow, before: Place, place: str) -> Doubtful:
        at, other = before
        where = f"第{other.plan.number}行" if at == place else f"{at}第{other.plan.number}行"
        names = rows_differ(self._kind, row, other)
        if not names:
            said = "内容都相同"
        else:
            said = (
                f"是同一条，但{'；'.join(self._against(row, other, name) for name in names)}；请核对哪一行对"
            )
        message = f"第{row.plan.number}行：与{where}重复，{said}。没有导入；确实是两件事的，请选择也导入"
        return Doubtful(Doubt.FILE, row.rows, message)

    def _against(self, row: ReadRow, other: ReadRow, name: str) -> str:
        if not self._kind.has(name):
            return "明细不同"
        label = self._kind.field(name).label
        before, now = (
            shown_value(self._ledger, self._kind, name, one.values.get(name)) or "空" for one in (other, row)
        )
        return f"{label}那一行是“{before}”，这一行是“{now}”"

    def _tell_changes(self, verdicts: Sequence[tuple[ReadRow, Doubtful]]) -> None:
        """The sentences and differences of changed rows, their records loaded together."""
        changed = [(row, doubt) for row, doubt in verdicts if doubt.doubt is Doubt.CHANGED]
        ids = [doubt.record for _, doubt in changed]
        records = {record.id: record for record in self._ledger.records(self._kind.name, ids)}
        for row, doubt in changed:
            names = self._candidates.differing(row, doubt.record, but=self._own_words(row))
            doubt.differences = self._candidates.told(row, records[doubt.record], names)
            told = "；".join(
                f"{item.label}台账中是“{item.old or '空'}”，表中是“{item.new or '空'}”"
                for item in doubt.differences
            )
            doubt.message = (
                f"第{row.plan.number}行：台账中已有这条记录（#{doubt.record}），内容不同：{told}。"
                "台账没有改；要用表中的内容，请选择替换"
            )

    # who is who

    def _keys(self, rows: Sequence[ReadRow]) -> list[tuple[bool, Key]]:
        """Whether each of the rows is a total, and its key."""
        found: list[tuple[bool, Key]] = []
        for start in range(0, len(rows), _KEYED):
            values = [row.values for row in rows[start : start + _KEYED]]
            said: list[Mapping[str, Any]] = [
                one if all(map(one.get, self._auto)) else self._ledger.completed(self._kind.name, one)
                for one in values
            ]
            totals = are_totals(self._kind, values)
            keys = {
                one: iter(identity_of(self._kind, one).of_rows(list(compress(said, map(one.__eq__, totals)))))
                for one in set(totals)
            }
            found += [(total, next(keys[total])) for total in totals]
        return found

    def _vague(self, row: ReadRow) -> bool:
        total = is_total(self._kind, row.values)
        return identity_of(self._kind, total).vague(row.values)

    def _own_words(self, row: ReadRow) -> frozenset[str]:
        """Texts of a total that are the program's own, not the table's."""
        if not self._loose or not is_total(self._kind, row.values):
            return frozenset()
        typed = {
            column.target.field.name
            for column, cell in row.plan.cells
            if column.target and not column.target.child and not is_blank(cell)
        }
        return frozenset(field.name for field in self._loose if field.name not in typed)

    def _fits(self, row: ReadRow, record: int) -> bool:
        """What a key does not say: who reported a total and what it is called; the goods of a movement."""
        if is_total(self._kind, row.values):
            said = {name: of_values(self._kind.field(name))(row.values.get(name)) for name in self._soft(row)}
            there = {name: self._candidates.form(record, name) for name in said}
            return _agree(said, there)
        return not self._without_number(row) or self._goods(row) == self._candidates.items(record)

    def _both_fit(self, row: ReadRow, other: ReadRow) -> bool:
        if is_total(self._kind, row.values):
            parts = {folded(label_of(each.plan)) for each in (row, other)}
            if len(parts) > 1 and "" not in parts:
                return False
            names = [name for name in self._soft(row) if name not in self._own_words(other)]
            one, two = (
                {name: of_values(self._kind.field(name))(each.values.get(name)) for name in names}
                for each in (row, other)
            )
            return _agree(one, two)
        return not self._without_number(row) or self._goods(row) == self._goods(other)

    def _soft(self, row: ReadRow) -> list[str]:
        own = self._own_words(row)
        return ["reporter", *(field.name for field in self._loose if field.name not in own)]

    def _without_number(self, row: ReadRow) -> bool:
        """A movement without a number is known by its goods too."""
        return inline_child(self._kind) is not None and not any(
            row.values.get(name) for name in self._kind.unique
        )

    def _goods(self, row: ReadRow) -> frozenset[Any]:
        child = inline_child(self._kind)
        form = of_values(child.field("item")) if child else str
        return frozenset(form(line.get("item")) for line in row.lines)

    def _check_unique(self, row: ReadRow, place: str) -> None:
        """A code that must not occur twice in a year must not do so in the files either."""
        day = row.values.get(self._kind.date) or row.values.get("record_date")
        for name in self._kind.unique:
            value = row.values.get(name)
            if not value or day is None:
                continue
            at, other = self._unique.setdefault((name, day.year, value), (place, row))
            if other is not row:
                number, label = row.plan.number, self._kind.field(name).label
                where = f"第{other.plan.number}行" if at == place else f"{at}第{other.plan.number}行"
                message = f"第{number}行：{label}“{value}”与{where}相同，一年里不能重复；请核对后改正其中一行"
                row.faults.append(Rejected(number, label, name, str(value), "E_UNIQUE", message))


def _are_elsewhere(row: ReadRow, other: ReadRow) -> bool:
    """Whether two rows of a table are of two places: the same drill on the same day in two villages."""
    places = {folded(str(one.values.get(VENUE) or "")) for one in (row, other)}
    return len(places) > 1 and "" not in places


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows are the same thing as far as these fields go; an unnamed reporter may be any."""
    return all(
        one[name] == other[name] or (name == "reporter" and None in (one[name], other[name])) for name in one
    )
