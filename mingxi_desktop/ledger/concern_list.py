"""Findings of the checks as lists: their records in shown text, by township, on paper and in a workbook."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain.concerns import About, Concern, Ref
from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.report import fonts
from mingxi_desktop.report.table_pages.model import Column, Progress, Section, Table

if TYPE_CHECKING:
    from mingxi_desktop.report.table_pages.press import TablePress

BY_HAND = "手工录入"
_COUNTED = "处"
_MOST_NAMED = 6
"""Records of one finding that a list names; the others are counted."""
_AT_ONCE = 2_000
"""Records that are asked for their township at a time."""
_HEADERS = ("程度", "疑点", "涉及的记录", "核实情况")
_TO_WRITE = "核实人、日期、结果"
"""The last header on paper: what is to be written under it, on one line."""
_WIDTHS = (56.0, 280.0, 250.0, 120.0)
_DATES = (FieldType.DATE, FieldType.DATETIME)
_SAYING = (FieldType.TEXT, FieldType.CHOICE, FieldType.MULTI, FieldType.REF, FieldType.DERIVED)
_MOST_SAID = 4
"""Words of a record that tell it from others."""


Listed = tuple[Concern, str]
"""A finding, and what was said of it: why it was accepted; "" leaves room to write."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in one line, as shown text.  name: what it is called and what it says.  source: file and row.

    The sentences of findings and cures call a record by its `number`.
    """

    kind: str
    id: int
    label: str
    name: str
    date: str
    area: str
    quantity: str
    source: str
    unit: str = ""

    @property
    def number(self) -> str:
        """How lists and the command line name the record: #3272."""
        return f"#{self.id}"

    @property
    def sentence(self) -> str:
        """All of it in a row: 隐患 #12 2024-0012 配电箱未接地（2024-06-09，盖洋镇，3条，盖洋镇.xlsx 第5行）."""
        many = f"{self.quantity}{self.unit}" if self.quantity else ""
        facts = "，".join(part for part in (self.date, self.area, many, self.source) if part)
        return f"{self.label} {self.number} {self.name}".rstrip() + (f"（{facts}）" if facts else "")


def lines_of(ledger: Ledger, refs: Sequence[Ref]) -> list[RecordLine]:
    """These records in this order; those that have gone meanwhile are left out."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, number in refs:
        wanted[kind].append(number)
    found = {
        (kind, record.id): _line(kind_of(kind), record)
        for kind, numbers in wanted.items()
        for record in ledger.records(kind, numbers)
    }
    return [found[ref] for ref in dict.fromkeys(refs) if ref in found]


def _line(kind: Kind, record: Record) -> RecordLine:
    shown = record.shown
    day = shown.get(kind.date, "") if kind.has(kind.date) else ""
    return RecordLine(
        kind=kind.name,
        id=record.id,
        label=kind.label,
        name=_name(kind, shown),
        date=day or next((shown[one.name] for one in kind.fields if one.type in _DATES and shown.get(one.name)), ""),
        area=shown.get("area", ""),
        quantity=shown.get(kind.quantity, "") if kind.quantity else "",
        source=shown.get("source_ref", "") or ("" if kind.parent else BY_HAND),
        unit=kind.field(kind.quantity).unit if kind.quantity else "",
    )  # fmt: skip


def _name(kind: Kind, shown: Mapping[str, str]) -> str:
    """Its number and what it says first, then what else its table shows of it but day, township and state."""
    known = {
        "area",
        "status",
        kind.date,
        kind.parent,
        *(one.name for one in kind.fields if one.type in _DATES),
    }
    first = [kind.code_field, *kind.title, *(one.name for one in kind.fields if one.long)]
    columns = [one.name for one in kind.fields if one.column and one.type in _SAYING]
    words = [
        shown[name] for name in dict.fromkeys([*first, *columns]) if name not in known and shown.get(name)
    ]
    return " ".join(dict.fromkeys(words[:_MOST_SAID])).replace("\n", " ")


def owners(ledger: Ledger, concerns: Iterable[Concern]) -> dict[str, About]:
    """Ledger → record → the findings about it; those about a row of a child table are its parent's."""
    told = list({concern.key: concern for concern in concerns}.values())
    found: dict[str, dict[int, tuple[int, ...]]] = defaultdict(dict)
    children: dict[Ref, list[int]] = defaultdict(list)
    known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def note(kind: str, number: int, place: int) -> None:
        before = found[kind].get(number, ())
        if place not in before:
            after = (*before, place)
            found[kind][number] = known.setdefault(after, after)

    for place, concern in enumerate(told):
        for kind, number in concern.records:
            if kind_of(kind).parent:
                children[kind, number].append(place)
            else:
                note(kind, number, place)
    for ref, parent in _parents(ledger, children).items():
        for place in children[ref]:
            note(*parent, place)
    return {kind: About(told, places) for kind, places in found.items()}


def _parents(ledger: Ledger, refs: Iterable[Ref]) -> dict[Ref, Ref]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, number in refs:
        wanted[kind].append(number)
    found: dict[Ref, Ref] = {}
    for name, numbers in wanted.items():
        child = kind_of(name)
        for record in ledger.records(name, numbers):
            parent = str(record.values.get(child.parent) or "").rpartition(":")[2]
            if parent.isdigit():
                found[name, record.id] = (child.parent_kind, int(parent))
    return found


def areas_of(
    ledger: Ledger, marks: Mapping[str, Mapping[int, Sequence[Concern]]]
) -> dict[str, tuple[str, ...]]:
    """Key of a finding → the townships of its records, by name.  marks: as `owners` gives them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, about in marks.items():
        if not kind_of(kind).has("area"):
            continue
        names: dict[object, str] = {}
        numbers = iter(about)
        while part := tuple(islice(numbers, _AT_ONCE)):
            for number, area, _ in ledger.grouped(Query(kind, ids=part), ("id", "area"), ("count",)):
                if area is None:
                    continue
                if area not in names:
                    names[area] = ledger.show(kind, "area", area)
                for concern in about[number]:
                    found[concern.key][names[area]] = None
    return {key: tuple(areas) for key, areas in found.items()}


def table(
    ledger: Ledger,
    listed: Sequence[Listed],
    title: str,
    conditions: str,
    progress: Progress = lambda *_: None,
) -> Table:
    """The findings on paper, by check, with their records: for those who are to look into them."""
    rows: list[tuple[str, ...]] = []
    sections: list[Section] = []
    for label, group in _by_check(ledger, listed):
        sections.append(Section(label, len(rows), len(group)))
        for one in group:
            progress(len(rows), len(listed))
            rows.append(_texts(ledger, one))
    said = [conditions, f"共 {len(rows):,} {_COUNTED}"]
    return Table(
        title=title,
        conditions="；".join(part for part in said if part),
        office=ledger.home.bureau,
        printed=f"打印日期：{datetime.date.today().isoformat()}",
        columns=[
            Column(header, width=width)
            for header, width in zip((*_HEADERS[:-1], _TO_WRITE), _WIDTHS, strict=True)
        ],
        rows=rows,
        sections=sections,
        counted=_COUNTED,
    )


def press(
    ledger: Ledger,
    listed: Sequence[Listed],
    title: str,
    conditions: str,
    progress: Progress = lambda *_: None,
) -> TablePress:
    """What prints that table."""
    from mingxi_desktop.report.table_pages.press import TablePress

    return TablePress(table(ledger, listed, title, conditions, progress), fonts.resolve())


def export(ledger: Ledger, listed: Sequence[Listed], title: str, path: Path) -> int:
    """The findings as a workbook, or csv if the name ends so; how many.  UserError where it cannot be written."""
    from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
    from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

    columns = [
        GridColumn("核对项目", width=18),
        GridColumn(_HEADERS[0], width=10),
        GridColumn(_HEADERS[1], CellType.LONG, 50),
        GridColumn(_HEADERS[2], CellType.LONG, 50),
        GridColumn(_HEADERS[3], CellType.LONG, 30),
    ]
    rows = [(label, *_texts(ledger, one)) for label, group in _by_check(ledger, listed) for one in group]
    grid = Grid("核对清单", title, columns, rows)
    if path.suffix.lower() in (".csv", ".txt"):
        write_csv(path, grid)
    else:
        write_workbook(path, [grid])
    return len(rows)


def _texts(ledger: Ledger, listed: Listed) -> tuple[str, str, str, str]:
    concern, said = listed
    named = [line.sentence for line in lines_of(ledger, concern.records[:_MOST_NAMED])]
    if len(concern.records) > _MOST_NAMED:
        named.append(f"……等 {len(concern.records):,} 条")
    return concern.severity.label, masked(concern.message), masked("\n".join(named)), masked(said)


def _by_check(ledger: Ledger, listed: Sequence[Listed]) -> list[tuple[str, list[Listed]]]:
    """The label of each check that found any of these, with them, in the order of the first."""
    labels = {check.code: check.label for check in ledger.checks.all}
    groups: dict[str, list[Listed]] = defaultdict(list)
    for one in listed:
        groups[one[0].code].append(one)
    return [(labels.get(code, code), group) for code, group in groups.items()]
