"""Back to what a record was: its content after any change of the past, brought back as a change of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.records import Changes, Child, HistoryEntry, Record
from mingxi_desktop.domain.show import show
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.telling import history_of, row_text
from mingxi_desktop.ledger.writing import Writer, together
from mingxi_desktop.storage.journal import ADD, DELETE, RESTORE, Journal
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.rows import restored
from mingxi_desktop.storage.schema import files_field
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.store import Store

_NO_ROW = "（没有这一行）"
Note = Callable[[Changes, int], Changes]
"""Makes a change set an undo step."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One change of a record and the rows of its child tables.

    number: its change set.  entries: what it did to each of them, oldest first.  rows: names of the rows among
    them, by kind and id.  back: whether the content after it can be brought back: it is not what there is
    now, and the record was not in the trash.
    """

    number: int
    at: str
    by: str
    entries: tuple[HistoryEntry, ...]
    rows: Mapping[tuple[str, int], str]
    back: bool


@dataclass(frozen=True, slots=True)
class State:
    """A record as it was after a change.

    values: in the Python shapes of `fields.py`, computed ones left out.  rows: child kind → row id → its values.
    """

    at: str
    values: Mapping[str, Any]
    rows: Mapping[str, Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Printed:
    """What the hash at the foot of a report says.  found: whether the history has it.  text: for the user."""

    found: bool
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would change, as people read it: what, now, then."""

    what: str
    now: str
    then: str


@guarded
class Past:
    """What records were at any time of their history, and the way back to it."""

    def __init__(self, store: Store, writer: Writer, note: Note) -> None:
        self._store = store
        self._writer = writer
        self._note = note

    def printed(self, digits: str) -> Printed:
        """Which state of the ledger a report was printed from, by the hash (hex) at the foot of its pages."""
        if not digits.strip("0"):
            return Printed(True, "报告是在台账还没有任何变更的时候印的")
        state = Journal(self._store.schema).found(digits)
        if state is None:
            text = f"校验值 {digits} 不在台账的变更历史里：报告不是从这份台账印的，或者历史被改动、截断过"
            return Printed(False, text)
        entries, since, at = state
        later = f"，那以后又有 {since} 条" if since else "，那以后没有变更"
        return Printed(True, f"报告印在台账的第 {entries} 条变更（{at[:16]}）之后{later}")

    def moments(self, kind_name: str, number: int) -> list[Moment]:
        """Every change of a record and of the child rows it has or had, newest first."""
        kind, record = self._record(kind_name, number)
        sets: dict[int, list[HistoryEntry]] = {}
        family = self._family(kind, number)
        rows = {(child.name, row.id): self._writer.rows.title(child, row) for child, row in family}
        for one_kind, one in [(kind, record), *family]:
            told = history_of(one_kind, one, self._writer.journal, self._writer.rows)
            entries = self._writer.journal.of_record(one_kind.name, one.id)
            for entry, said in zip(entries, told, strict=True):
                sets.setdefault(entry["change_set"], []).append(said)
        own = self._writer.journal.of_record(kind.name, number)
        newest = max(sets, default=0)
        return [
            Moment(
                change_set,
                said[0].at,
                said[0].by,
                tuple(sorted(said, key=lambda entry: entry.seq)),
                rows,
                back=change_set != newest and _there(own, change_set),
            )
            for change_set, said in sorted(sets.items(), reverse=True)
        ]

    def state_at(self, kind_name: str, number: int, change_set: int) -> State:
        """The record as it was after a change set; UserError when it was not there then."""
        kind, record = self._record(kind_name, number)
        entries = self._writer.journal.of_record(kind.name, number)
        if not _there(entries, change_set):
            raise UserError(
                f"这条{kind.label}那时不在台账里", self._called(kind, record), "换历史里别的一条。"
            )
        rows: dict[str, dict[int, Mapping[str, Any]]] = {}
        all_told = list(entries)
        for child, row in self._family(kind, number):
            told = self._writer.journal.of_record(child.name, row.id)
            all_told += told
            if _there(told, change_set):
                rows.setdefault(child.name, {})[row.id] = _values(child, row, told, change_set)
        at = max(entry["at"] for entry in all_told if entry["change_set"] <= change_set)
        return State(at, _values(kind, record, entries, change_set), rows)

    def differences(self, kind_name: str, number: int, change_set: int) -> list[Difference]:
        """What would change if the record went back to its content after a change set."""
        kind, record = self._record(kind_name, number)
        then = self.state_at(kind_name, number, change_set)
        found = self._fields(kind, "", record.values, then.values)
        for child, row in self._family(kind, number):
            name = " ".join(filter(None, (child.label, self._writer.rows.title(child, row))))
            was = then.rows.get(child.name, {}).get(row.id)
            if was is None and not row.deleted_at:
                found.append(Difference(name, self._row(child, row.values), _NO_ROW))
            elif was is not None and row.deleted_at:
                found.append(Difference(name, _NO_ROW, self._row(child, was)))
            elif was is not None:
                found += self._fields(child, f"{name} ", row.values, was)
        return found

    def back_to(self, kind_name: str, number: int, change_set: int) -> Changes:
        """Bring the content after a change set back, child rows included: one change set, one undo step.

        UserError, and nothing changed, where today's rules refuse it or it is what there is already.
        """
        kind = self._kind(kind_name)
        (record,) = self._writer.alive(kind, [number])
        then = self.state_at(kind_name, number, change_set)
        called = self._called(kind, record)
        if not self.differences(kind_name, number, change_set):
            raise UserError("现在的内容和那时一样，没有改动", called, "不用恢复。")
        sentence = f"恢复 {called} 到 {then.at[:16]} 的内容"
        try:
            with self._writer.change(sentence) as made:
                changes = self._put_back(kind, record, then, made)
        except UserError as error:
            raise UserError(
                f"没有恢复：{error.title}",
                error.detail,
                "那时的内容和现在的规则或别的记录合不上。请对照“那时”一栏，在表单里改能改的几处。",
                field=error.field,
            ) from error
        return self._note(replace(changes, sentence=sentence), made)

    # inside a change

    def _put_back(self, kind: Kind, record: Record, then: State, change_set: int) -> Changes:
        files = files_field(kind)
        own = {name: value for name, value in then.values.items() if files is None or name != files.name}
        total = self._writer.update(kind, record, own, change_set)
        if files is not None and files.name in then.values:
            total = together(total, self._put_files(kind, record.id, then.values, change_set))
        for name, items in self._writer.rows.children(kind, [record.id], trash=True).items():
            wanted = then.rows.get(name, {})
            back = [row for row in items if row.id in wanted]
            self._writer.rows.untrash(self._kind(name), back, change_set)
            lines = [Child(values, row) for row, values in wanted.items()]
            done = self._writer.put_children(kind, record.id, self._kind(name), lines, change_set)
            total = together(total, replace(done, added=tuple((name, row.id) for row in back) + done.added))
        return total

    def _put_files(self, kind: Kind, number: int, values: Mapping[str, Any], change_set: int) -> Changes:
        """Attachments are names only: each stands for one content for ever, and no copy is ever deleted."""
        files = files_field(kind)
        assert files is not None
        (record,) = self._writer.rows.load(kind, [number])
        names = {files.name: values[files.name] or ()}
        year = year_of(kind, record.values)
        done = self._writer.rows.change(kind, record, year, names, change_set)
        return Changes("", changed=((kind.name, number),) if done else (), fields=tuple(done))

    # reading

    def _record(self, kind_name: str, number: int) -> tuple[Kind, Record]:
        kind = self._kind(kind_name)
        return kind, self._writer.record(kind, number)

    def _family(self, kind: Kind, number: int) -> list[tuple[Kind, Record]]:
        """The rows of the child tables, those in the trash too, table by table, oldest first."""
        alive = self._writer.rows.children(kind, [number])
        gone = self._writer.rows.children(kind, [number], trash=True)
        return [
            (self._kind(name), row)
            for name in alive
            for row in sorted((*alive[name], *gone[name]), key=lambda row: row.id)
        ]

    def _fields(
        self, kind: Kind, prefix: str, now: Mapping[str, Any], then: Mapping[str, Any]
    ) -> list[Difference]:
        naming = self._writer.rows.titles.name
        return [
            Difference(
                f"{prefix}{field.label}",
                show(field, now.get(field.name), naming),
                show(field, then[field.name], naming),
            )
            for field in kind.fields
            if field.name in then
            and not field.inherited
            and stored(field, now.get(field.name)) != stored(field, then[field.name])
        ]

    def _row(self, kind: Kind, values: Mapping[str, Any]) -> str:
        return row_text(kind, values, self._writer.rows.titles.name)

    def _called(self, kind: Kind, record: Record) -> str:
        return f"{kind.label} {self._writer.rows.title(kind, record)}"

    def _kind(self, name: str) -> Kind:
        return self._store.schema.kinds[name]


def _there(entries: Sequence[Mapping[str, Any]], change_set: int) -> bool:
    """Whether a record existed after a change set and was not in the trash."""
    moves = [
        entry["action"]
        for entry in entries
        if entry["change_set"] <= change_set and entry["action"] in (ADD, DELETE, RESTORE)
    ]
    return bool(moves) and moves[-1] != DELETE


def _values(
    kind: Kind, record: Record, entries: Sequence[Mapping[str, Any]], change_set: int
) -> dict[str, Any]:
    """What the record held after a change set: today's values with the later changes taken back."""
    values = {
        field.name: record.values.get(field.name)
        for field in kind.fields
        if field.type is not FieldType.DERIVED
    }
    for entry in reversed(entries):
        if entry["change_set"] > change_set:
            before = {name: pair[0] for name, pair in entry["changes"].items() if kind.has(name)}
            values |= restored(kind, before)
    return values
