"""One table of a sheet for one ledger: read its rows, sort out what is there already, check the rest."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.layout import Layout
from mingxi_desktop.exchange.recognising.plan import Notice, Skipped, make_plan
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.context import Surroundings, context_of
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.known import Known
from mingxi_desktop.ledger.intake.records import RecordReader
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, SheetPreview
from mingxi_desktop.ledger.intake.rows import ReadRow
from mingxi_desktop.ledger.intake.wholes import without_whole

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_CODES = {Doubt.SAME: "W_DUP_IN_DB", Doubt.FILE: "W_DUP_IN_FILE", Doubt.CHANGED: "W_CHANGED"}
_LISTED = 5
_LONGEST_NAME = 160


@dataclass(slots=True)
class TakenTable:
    """A table on its way: what is shown of it, and its rows, new ones and those in doubt.

    known: 序号 of rows that the ledger has already, whose child rows are left alone.
    """

    shown: SheetPreview
    context: Context
    rows: list[ReadRow] = field(default_factory=list)
    doubtful: list[tuple[ReadRow, Doubtful]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def take_table(
    ledger: Ledger,
    sheet: Sheet,
    layout: Layout,
    around: Surroundings,
    known: Known,
    shown: SheetPreview,
    *,
    personal: bool,
    cancelled: Callable[[], bool] = lambda: False,
) -> TakenTable:
    """Read and check every row of a table; what there is to say goes to `shown`."""
    kind = kind_of(layout.kind)
    plan = make_plan(sheet, layout, personal=personal, county=ledger.home.county.name)
    context = context_of(ledger, kind, layout, around)
    reader = RecordReader(ledger, kind, plan, context, personal=personal)
    rows = reader.read_all(cancelled)
    shown.read = len(plan.rows) + len(plan.skipped)
    shown.skipped = [*plan.skipped, *reader.skipped]
    shown.warnings += reader.of_columns
    return sort_out(ledger, kind, rows, reader, context, known, shown)


def sort_out(
    ledger: Ledger,
    kind: Kind,
    rows: Sequence[ReadRow],
    reader: RecordReader,
    context: Context,
    known: Known,
    shown: SheetPreview,
) -> TakenTable:
    """Which of the rows are new, and the checks of those; what there is to say goes to `shown`."""
    table = TakenTable(shown, context)
    right = [row for row in rows if not row.faults]
    place = "".join((f"《{shown.path.name}》", f"工作表“{shown.sheet}”" if shown.sheet else ""))
    new, doubtful = known.sort(right, place)
    reader.check_new(new)
    reader.judge_doubtful(doubtful)
    for row, found in doubtful:
        if found.doubt is Doubt.CHANGED and not row.faults:
            reader.check_change(row, found.record)
    table.doubtful = [(row, found) for row, found in doubtful if not row.faults]
    waiting = {id(row) for row, _ in table.doubtful}
    table.rows = [row for row in rows if id(row) not in waiting] if waiting else list(rows)
    table.known = [row.plan.running for row, _ in table.doubtful if row.plan.running]
    shown.warnings += [*context.notices, *reader.notices]
    shown.before = context.before if new else []
    shown.values = {name: _shown(ledger, kind, name, value) for name, value in context.values.items()}
    shown.running, shown.since = context.running, context.since
    _summarise(ledger, kind, rows, shown)
    if context.titled and not kind.state and {shown.first, shown.last} - {None}:
        _say_other_years(kind, rows, context.titled, shown)
    return table


def _shown(ledger: Ledger, kind: Kind, name: str, value: object) -> str:
    return getattr(value, "name", None) or ledger.show(kind.name, name, value)


def _summarise(ledger: Ledger, kind: Kind, rows: Sequence[ReadRow], shown: SheetPreview) -> None:
    """Who sent what, of which days."""
    days = [row.values.get(kind.date) or row.values.get("record_date") for row in rows]
    known = [day.date() if isinstance(day, datetime.datetime) else day for day in days if day]
    shown.first, shown.last = min(known, default=None), max(known, default=None)
    areas = dict.fromkeys(row.values.get("area") for row in rows)
    shown.areas = tuple(ledger.show(kind.name, "area", area) for area in areas if area)
    reporters = {row.values.get("reporter") for row in rows if row.values.get("reporter")}
    if len(reporters) == 1:
        shown.reporter = ledger.show(kind.name, "reporter", reporters.pop())


def _say_other_years(kind: Kind, rows: Sequence[ReadRow], year: int, shown: SheetPreview) -> None:
    """A day typed without its year gets the one in which it was typed: such a record is missing from its report."""
    if {day.year for day in (shown.first, shown.last) if day} == {year}:
        return
    days = [(row.plan.number, row.values.get(kind.date) or row.values.get("record_date")) for row in rows]
    other = [number for number, day in days if day and day.year != year]
    listed = "、".join(map(str, other[:_LISTED])) + ("等" if len(other) > _LISTED else "")
    label = kind.field(kind.date).label
    said = f"标题写的是{year}年，第{listed}行的{label}不在这一年，请核对年份"
    shown.warnings.append(Notice("W_OTHER_YEAR", said))


def finish(table: TakenTable) -> None:
    """Sort the rows into those to store, those in doubt and those with faults, children included.

    A row of the sheet is stored wholly or not at all, whatever number of records it gives.
    """
    shown = table.shown
    source = source_of(shown)
    wrong = {line for row in table.rows if row.faults for line in row.rows}
    faults = [fault for row in table.rows for fault in row.faults]
    shown.rejected += list(dict.fromkeys(faults))
    told = {fault.row for fault in faults}
    without = without_whole(table.rows, wrong)
    for row in table.rows:
        if row.faults or (wrong and wrong.intersection(row.rows)):
            held = [line for line in row.rows if line not in told]
            shown.skipped += [Skipped(line, "和它在一起的行有错误，整张单子没有导入") for line in held]
            told.update(held)
            continue
        if id(row) in without:
            shown.skipped += [Skipped(line, without[id(row)]) for line in row.rows]
            continue
        shown.rows.append(_incoming(row, source))
        shown.source_rows += row.rows
    for row, doubtful in table.doubtful:
        doubtful.incoming = _incoming(row, source)
        shown.doubtful.append(doubtful)
        reason = doubtful.message.removeprefix(f"第{row.plan.number}行：")
        shown.skipped += [Skipped(line, reason) for line in doubtful.rows]
        if (
            doubtful.doubt is not Doubt.SAME or not row.plan.uid
        ):  # an export that comes back unchanged is no news
            shown.warnings.append(Notice(_CODES[doubtful.doubt], doubtful.message, row.plan.number))
    shown.skipped.sort(key=lambda item: item.row)


def source_of(shown: SheetPreview) -> str:
    """How records name their file and sheet; very long names are shortened."""
    return " · ".join(name[:_LONGEST_NAME] for name in (shown.file_name, shown.sheet) if name)


def _incoming(row: ReadRow, source: str) -> IncomingRow:
    child = inline_child(row.kind)
    children = {**row.children, child.name: row.lines} if child else row.children
    return IncomingRow(row.kind.name, row.values, source, row.plan.number, children)


def say_missing(ledger: Ledger, known: Known, table: TakenTable) -> None:
    """Records that an earlier file of the same name brought and that this one no longer has."""
    shown = table.shown
    source = source_of(shown)
    gone = known.missing(source, [*table.rows, *(row for row, _ in table.doubtful)])
    if not gone:
        return
    names = "、".join(f"#{record.id} {ledger.title(record.kind, record.id)}" for record in gone[:_LISTED])
    more = f"等{len(gone)}条" if len(gone) > _LISTED else ""
    said = f"以前从同名文件导入、这次表里没有的记录：{names}{more}；台账没有动，不要的请自己删除"
    shown.warnings.append(Notice("W_MISSING", said))
