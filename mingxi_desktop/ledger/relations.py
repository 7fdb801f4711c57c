"""Links both ways: what a record points to, what points to it, and the whole story of an enterprise."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Record
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, GROWING, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage import links
from mingxi_desktop.storage.links import Pointer
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.store import Store

_SAYING = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.MULTI, FieldType.REF, FieldType.DERIVED})
_MOST_SAID = 4
_MOST_TOLD = 2_000
_STATUS = "status"


@dataclass(frozen=True, slots=True)
class Relation:
    """What lies at the other end of one field: one thing, or several records.

    label: 执法案件, or the field that names it: 所属检查.  kind: of the records, or the list of an entry.
    number: how many.  id and said: the one record or entry and what it is, in words; 0 and "" for several.
    query: the records, also of one; None for an entry.  gone: the one record is in the trash.
    """

    label: str
    kind: str
    number: int
    id: int = 0
    said: str = ""
    query: Query | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """A record that naturally follows, and the texts of its form that are known already."""

    kind: str
    label: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Related:
    """Everything around one record."""

    relations: tuple[Relation, ...] = ()
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a story: when, in which ledger, what; state: 逾期, 已销号 or ""."""

    kind: str
    id: int
    day: datetime.date
    ledger: str
    said: str
    state: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened with an enterprise, the newest first.  total: also those that are not listed any more."""

    entry: Entry
    relations: tuple[Relation, ...]
    happenings: tuple[Happening, ...]

    @property
    def total(self) -> int:
        """How many records speak of it."""
        return sum(relation.number for relation in self.relations)


@guarded
class Relations:
    """Reads the links of one ledger file, by what the fields declare and nothing else."""

    def __init__(self, store: Store, rows: Rows, names: NameFinder) -> None:
        self._store = store
        self._rows = rows
        self._names = names

    def of(self, kind_name: str, number: int) -> Related:
        """What is around a record; nothing for one that is not there."""
        kind = self._store.schema.kinds[kind_name]
        found = self._rows.load(kind, [number])
        if not found:
            return Related()
        record, ref = found[0], f"{kind_name}:{number}"
        relations = [*self._named(kind, record), *self._naming(ref)]
        return Related(tuple(relations), tuple(self._additions(kind, record)))

    def story(self, ref: str) -> Story:
        """Everything the ledgers know of an enterprise or another entry of a list."""
        entry = self._store.references.get(self._store.references.now(ref))
        if entry is None:
            raise UserError("这个名称已经不在名单里了", "", "到“设置 → 名单”里查看现有的名称。")
        relations = tuple(self._naming(entry.ref))
        return Story(entry, relations, tuple(self._happenings(entry.ref)))

    # from the record to others

    def _named(self, kind: Kind, record: Record) -> Iterator[Relation]:
        """What its own fields name: records, and entries that have a story of their own."""
        for field in kind.fields:
            value = record.values.get(field.name) if field.targets else None
            for ref in value if isinstance(value, tuple) else (value,) if value else ():
                listed, _, number = ref.rpartition(":")
                if listed in self._store.schema.kinds:
                    yield from self._one(field, self._store.schema.kinds[listed], int(number))
                elif listed in GROWING:
                    name = self._rows.titles.name(ref)
                    yield Relation(field.label, listed, 1, int(number), name)

    def _one(self, field: Field, kind: Kind, number: int) -> Iterator[Relation]:
        for record in self._rows.load(kind, [number]):
            query = Query(kind.name, ids=(number,))
            said = self._said(kind, record)
            yield Relation(field.label, kind.name, 1, number, said, query, bool(record.deleted_at))

    # from others to the record

    def _naming(self, ref: str) -> Iterator[Relation]:
        """The records that name it, by ledger and field."""
        found = links.pointers(self._store.schema, ref.rpartition(":")[0])
        ledgers = [pointer.kind.name for pointer in found]
        for pointer in found:
            number = links.number_of(self._store, pointer, (ref,))
            if not number:
                continue
            kind = pointer.kind
            alone = ledgers.count(kind.name) == 1
            label = kind.label if alone else f"{kind.label}（{pointer.field.label}）"
            query = Query(kind.name, where=((pointer.field.name, (ref,)),))
            if number > 1:
                yield Relation(label, kind.name, number, query=query)
                continue
            (_, one), *_ = links.newest(self._store, pointer, ref, 1)
            (record,) = self._rows.load(kind, [one])
            said = self._said(kind, record, but=(pointer.field.name,))
            yield Relation(label, kind.name, 1, one, said, query)

    def _happenings(self, ref: str) -> list[Happening]:
        days: dict[tuple[str, int], tuple[datetime.date, str]] = {}
        for pointer in links.pointers(self._store.schema, ref.rpartition(":")[0]):
            for day, number in links.newest(self._store, pointer, ref, _MOST_TOLD):
                days.setdefault((pointer.kind.name, number), (day, pointer.field.name))
        newest = sorted(days, key=lambda pair: (days[pair][0], pair[1]), reverse=True)[:_MOST_TOLD]
        ids: dict[str, list[int]] = {}
        for name, number in newest:
            ids.setdefault(name, []).append(number)
        records = {
            (name, record.id): record
            for name, numbers in ids.items()
            for record in self._rows.load(self._store.schema.kinds[name], numbers)
        }
        return [self._happening(records[pair], *days[pair]) for pair in newest]

    def _happening(self, record: Record, day: datetime.date, field: str) -> Happening:
        kind = self._store.schema.kinds[record.kind]
        said = self._said(kind, record, but=(field,), dated=False)
        return Happening(kind.name, record.id, day, kind.label, said, record.shown.get(_STATUS, ""))

    # in words

    def _said(self, kind: Kind, record: Record, but: Collection[str] = (), *, dated: bool = True) -> str:
        """A record in a few words: what its title and its table say, and its day."""
        known = {AREA, _STATUS, kind.date, kind.parent, *but}
        words = [
            record.shown[field.name].replace("\n", " ")
            for field in kind.fields
            if field.type in _SAYING
            and (field.column or field.name in kind.title)
            and field.name not in known
            and record.shown.get(field.name)
        ]
        day = (record.shown.get(kind.date) or record.shown.get("record_date", ""))[:10]
        return " ".join([*words[:_MOST_SAID], *([day] if dated else [])]) or f"#{record.id}"

    # what follows

    def _additions(self, kind: Kind, record: Record) -> Iterator[Addition]:
        """A new record of each ledger that can point to this one."""
        if record.deleted_at:
            return
        for pointer in links.pointers(self._store.schema, kind.name):
            if not pointer.kind.parent and pointer.field.targets[0] == kind.name:
                texts = self._known_texts(pointer, kind, record)
                yield Addition(pointer.kind.name, pointer.kind.label, texts)

    def _known_texts(self, pointer: Pointer, kind: Kind, record: Record) -> dict[str, str]:
        """What the new record takes from this one: the link, the area, the enterprise."""
        texts = {pointer.field.name: self._findable(pointer.field, f"{kind.name}:{record.id}")}
        area = record.shown.get(AREA, "")
        if pointer.kind.has(AREA) and area not in ("", COUNTY_AREA):
            texts[AREA] = area
        for target in GROWING:
            theirs = _only(pointer.kind, target)
            own = [field.name for field in kind.fields if target in field.targets]
            if theirs and len(own) == 1 and _one_of(record.values.get(own[0])):
                texts[theirs] = record.shown[own[0]]
        return texts

    def _findable(self, field: Field, ref: str) -> str:
        """A text that means just this record: its title, its number where others have that title too."""
        title = self._rows.titles.name(ref)
        first, last = datetime.date.min, datetime.date.max
        if all(self._names.find(field, title, day) == ref for day in (first, last)):
            return title
        return f"#{ref.rpartition(':')[2]}"


def write_story(story: Story, path: Path) -> int:
    """Write the story of an enterprise to an xlsx file, or to csv if the name ends so; number of lines."""
    from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
    from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

    columns = [
        GridColumn("日期", CellType.DATE, 12),
        GridColumn("台账", width=12),
        GridColumn("内容", CellType.LONG, 60),
        GridColumn("状态", width=10),
    ]
    cells = [[one.day, one.ledger, masked(one.said), one.state or None] for one in story.happenings]
    grid = Grid("经过", f"{story.entry.name}监管经过", columns, cells)
    if path.suffix.lower() in (".csv", ".txt"):
        return write_csv(path, grid)
    return write_workbook(path, [grid])[0]


def _only(kind: Kind, target: str) -> str:
    """The one field of a kind that points to one entry of a list; "" where there is none or several."""
    found: Sequence[Any] = [
        field for field in kind.fields if field.targets == (target,) and field.type is FieldType.REF
    ]
    return found[0].name if len(found) == 1 else ""


def _one_of(value: Any) -> bool:
    """Whether a field names just one thing."""
    return len(value) == 1 if isinstance(value, tuple) else bool(value)
