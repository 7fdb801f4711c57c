"""Blocks of cells changed at once: what they would become, why some cannot, one undo step for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Finding, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.personal import put_back
from mingxi_desktop.domain.records import Changes, Named, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import forms
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.storage.titles import titled

Texts = Mapping[int, Mapping[str, str]]
"""Record → field → what is to stand there."""
Chosen = Mapping[str, tuple[str, ...]]
"""Field → the references that were picked from a list; they go before what the text alone would find."""
_SAID = (FieldType.TEXT, FieldType.REF)
_NEW = "（新登记）"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is and as it would be.

    title: what the record is called.  old, new: as shown; where it cannot be changed, new is what was given.
    error: why it cannot be changed.  note: what was assumed in reading it.
    """

    record: int
    title: str
    field: Field
    old: str
    new: str
    error: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a block of texts would do.

    cells: those that would change and those that cannot, record by record.  values: what is to be stored,
    without what cannot.  same: how many cells hold it already.
    """

    kind: str
    cells: tuple[Cell, ...]
    values: Mapping[int, Mapping[str, Any]]
    same: int

    @property
    def refused(self) -> tuple[Cell, ...]:
        """The cells that cannot be changed."""
        return tuple(cell for cell in self.cells if cell.error)

    @property
    def sound(self) -> int:
        """How many cells would change."""
        return sum(not cell.error for cell in self.cells)


def changeable(kind: Kind, field: Field) -> bool:
    """Whether a person can type into the field's cells."""
    return field.editable and field.type is not FieldType.FILES and field.name != kind.parent


def called(kind: Kind, record: Record) -> str:
    """A record's title, and in words what it is about: a code alone tells nobody anything."""
    title = titled(kind, record.id, lambda name: record.shown.get(name, ""))
    known = {"area", "reporter", kind.date, kind.parent, *kind.title}
    words = (
        record.shown.get(field.name, "")
        for field in kind.fields
        if field.column and field.type in _SAID and field.name not in known
    )
    return "　".join([title, *[" ".join(word.split()) for word in words if word][:2]])


def preview(
    ledger: Ledger, kind_name: str, texts: Texts, year: int | None, chosen: Chosen | None = None
) -> Preview:
    """Read and check a block of texts; nothing is stored.  year: for dates that name none."""
    kind = kind_of(kind_name)
    reader = _Reader(ledger, kind, year, chosen or {})
    records = [record for record in ledger.records(kind_name, list(texts)) if not record.deleted_at]
    texts = {record.id: _home(kind, texts[record.id], record) for record in records}
    read = {record.id: reader.read(texts[record.id]) for record in records}
    wanted = {
        record.id: {
            name: value
            for name, value in read[record.id].values.items()
            if _differs(record.values.get(name), value)
        }
        for record in records
    }
    errors = {number: dict(found.errors) for number, found in read.items()}
    _check(ledger, kind, wanted, errors)
    cells: list[Cell] = []
    same = 0
    for record in records:
        number, given = record.id, texts[record.id]
        title, notes = called(kind, record), read[number].notes
        for name in dict.fromkeys((*given, *wanted[number])):
            field, error = kind.field(name), errors[number].get(name, "")
            if name not in wanted[number] and (not error or given[name] == record.shown.get(name, "")):
                same += 1
                continue
            new = given[name] if error else reader.shown(field, wanted[number][name])
            note = "" if error else notes.get(name, "")
            cells.append(Cell(number, title, field, record.shown.get(name, ""), new, error, note))
    values = {number: sound for number, sound in wanted.items() if sound}
    return Preview(kind_name, tuple(cells), values, same)


def store(ledger: Ledger, found: Preview, doing: str) -> Changes | None:
    """Store what a preview found sound, all or nothing.  doing: the verb of the sentence, as 粘贴."""
    return ledger.edit_each(found.kind, found.values, doing) if found.values else None


def fill(
    ledger: Ledger, kind_name: str, source: int, targets: Sequence[int], names: Iterable[str]
) -> Changes | None:
    """Give the values of one record to others, all or nothing; None where all have them already."""
    kind = kind_of(kind_name)
    [top] = ledger.records(kind_name, [source])
    values = {name: top.values.get(name) for name in names if changeable(kind, kind.field(name))}
    if not values:
        raise UserError("这一列由程序算出，不能填充", kind.label, "选中能填写的列再填充。")
    many = {
        record.id: values
        for record in ledger.records(kind_name, targets)
        if any(_differs(record.values.get(name), value) for name, value in values.items())
    }
    return ledger.edit_each(kind_name, many, "向下填充") if many else None


def empty(ledger: Ledger, kind_name: str, many: Mapping[int, Sequence[str]]) -> Changes | None:
    """Empty cells, all or nothing; None where there is nothing in them.  many: record → fields."""
    kind = kind_of(kind_name)
    blank: dict[int, dict[str, Any]] = {}
    for record in ledger.records(kind_name, list(many)):
        filled = [
            kind.field(name)
            for name in many[record.id]
            if changeable(kind, kind.field(name)) and _differs(record.values.get(name), None)
        ]
        needed = next((field for field in filled if field.required), None)
        if needed is not None:
            detail = f"{kind.label} {called(kind, record)}"
            hint = "不选这一列再清空；要换成别的内容，选中后直接输入。"
            raise UserError(f"{needed.label}必须填写，不能清空", detail, hint, field=needed.name)
        if filled:
            blank[record.id] = {field.name: None for field in filled}
    return ledger.edit_each(kind_name, blank, "清空单元格") if blank else None


@dataclass(frozen=True, slots=True)
class _Read:
    """What the texts of one record say."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]
    notes: Mapping[str, str]


class _Reader:
    """Reads the texts of many records; the same ones once."""

    def __init__(self, ledger: Ledger, kind: Kind, year: int | None, chosen: Chosen) -> None:
        self._ledger = ledger
        self._kind = kind
        self._year = year
        self._chosen = chosen
        self._known: dict[tuple[tuple[str, str], ...], _Read] = {}

    def read(self, texts: Mapping[str, str]) -> _Read:
        """Values, what cannot be read, what was assumed; by field."""
        mark = tuple(texts.items())
        if mark not in self._known:
            self._known[mark] = self._fresh(texts)
        return self._known[mark]

    def shown(self, field: Field, value: Any) -> str:
        """The text of a value that may be a name which its list does not have yet."""
        if isinstance(value, Named):
            return f"{value.name}{_NEW}"
        if isinstance(value, tuple) and any(isinstance(item, Named) for item in value):
            return "、".join(
                self.shown(field, item) if isinstance(item, Named) else self._show(field, (item,))
                for item in value
            )
        return self._show(field, value)

    def _show(self, field: Field, value: Any) -> str:
        return self._ledger.show(self._kind.name, field.name, value)

    def _fresh(self, texts: Mapping[str, str]) -> _Read:
        can = {name: text for name, text in texts.items() if changeable(self._kind, self._kind.field(name))}
        errors = {name: "由程序算出，不能填" for name in texts if name not in can}
        values, findings = forms.read(self._ledger, self._kind.name, can, self._year)
        for name, refs in self._chosen.items():
            if name in can and refs:
                values[name] = refs if self._kind.field(name).type is FieldType.MULTI_REF else refs[0]
                findings = [item for item in findings if item.field != name]
        notes: dict[str, str] = {}
        for item in findings:
            place = notes if item.severity == "warning" else errors
            place[item.field] = "；".join(filter(None, (place.get(item.field, ""), item.message)))
        sound = {name: value for name, value in values.items() if name not in errors}
        return _Read(sound, errors, notes)


def _check(
    ledger: Ledger,
    kind: Kind,
    wanted: dict[int, dict[str, Any]],
    errors: Mapping[int, dict[str, str]],
) -> None:
    """Take out of `wanted` what the rules refuse, and note why; the rest of a record may still be changed."""
    open_ = [number for number, values in wanted.items() if values]
    while open_:
        found = ledger.blocks.check(kind.name, {number: wanted[number] for number in open_})
        open_ = [number for number in open_ if _refuse(kind, wanted[number], found[number], errors[number])]


def _refuse(kind: Kind, values: dict[str, Any], findings: Sequence[Finding], errors: dict[str, str]) -> bool:
    """Whether something was taken out of the values and something is left to be checked again."""
    bad = [item for item in findings if item.severity != "warning"]
    own = [item for item in bad if item.field in values]
    for item in own:
        values.pop(item.field, None)
        errors.setdefault(item.field, item.message)
    if bad and not own:
        said = "；".join(f"{kind.field(item.field).label}：{item.message}" for item in bad)
        errors.update(dict.fromkeys(values, said))
        values.clear()
    return bool(own and values)


def _home(kind: Kind, texts: Mapping[str, str], record: Record) -> dict[str, str]:
    """The texts with the numbers of people that were copied masked, as the record has them."""
    return {
        name: put_back(text, record.shown.get(name, "")) if kind.field(name).personal else text
        for name, text in texts.items()
    }


def _differs(old: Any, new: Any) -> bool:
    """Whether a cell would show something else; nothing is nothing, in whatever shape."""
    blank = (None, "", ())
    return not (old in blank and new in blank) and old != new
