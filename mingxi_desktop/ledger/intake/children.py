"""Child tables on sheets of their own: each row names its record by the 序号 of the main sheet.

Or the child table was exported by itself: then nothing names the records, and its rows are only recognised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Sheet, cell_text, is_empty
from mingxi_desktop.exchange.recognising.headers import LOOKED_AT, find_layout
from mingxi_desktop.exchange.recognising.layout import Layout, Role
from mingxi_desktop.exchange.recognising.plan import Skipped, make_plan
from mingxi_desktop.exchange.recognising.targets import (
    PARENT_HEADER,
    UID_HEADER,
    own_fields,
    sheet_children,
    targets_of,
    uid_of,
)
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.records import RecordReader
from mingxi_desktop.ledger.intake.result import Rejected, SheetPreview
from mingxi_desktop.ledger.intake.rows import ReadRow

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


@dataclass(frozen=True, slots=True)
class ChildSheet:
    """A sheet that holds a child table, and its layout."""

    kind: Kind
    layout: Layout


def child_sheet(sheet: Sheet) -> ChildSheet | None:
    """The child table a sheet holds: named like it, with a column 所属序号."""
    for kind in kinds.ALL:
        for child in sheet_children(kind) if not kind.parent and sheet.name else ():
            if sheet.name != child.label:
                continue
            layout = find_layout(sheet, targets_of(child.name))
            if layout and any(column.role is Role.PARENT for column in layout.columns):
                return ChildSheet(child, layout)
    return None


def read_children(
    ledger: Ledger,
    child: ChildSheet,
    sheet: Sheet,
    parents: Sequence[ReadRow],
    known: Sequence[str],
    context: Context,
    preview: SheetPreview,
) -> list[tuple[ReadRow, int]]:
    """Put the rows of a child sheet with their records; tell of the others in `preview`.

    Returns (record, sheet row) of those that found their record.
    parents: new records of the main sheet.  known: 序号 of rows that the ledger has already.
    """
    attached: list[tuple[ReadRow, int]] = []
    plan = make_plan(sheet, child.layout)
    reader = RecordReader(ledger, child.kind, plan, Context(context.year, context.money_unit))
    by_running: Mapping[str, ReadRow] = {row.plan.running: row for row in parents if row.plan.running}
    preview.skipped += plan.skipped
    preview.read = len(plan.rows) + len(plan.skipped)
    rows = reader.read_all()
    reader.check_new([row for row in rows if not row.faults])
    for row in rows:
        number, running = row.plan.number, row.plan.parent
        parent = by_running.get(running)
        if parent is None and running in known:
            preview.skipped.append(Skipped(number, "所属的记录台账中已有，它的各行没有动"))
        elif parent is None:
            said = f"主表里没有序号“{running}”" if running else f"没有写{PARENT_HEADER}"
            message = f"第{number}行：{said}"
            preview.rejected.append(
                Rejected(number, PARENT_HEADER, child.kind.parent, running, "E_PARENT", message)
            )
        elif row.faults:
            preview.rejected += row.faults
            message = f"所属的“{sheet.name}”第{number}行有错，整条没有导入"
            parent.faults.append(Rejected(parent.plan.number, "", child.kind.parent, "", "E_CHILD", message))
        else:
            parent.children.setdefault(child.kind.name, []).append(row.values)
            attached.append((parent, number))
    preview.warnings += [*plan.notices, *reader.notices]
    return attached


def count_attached(attached: Sequence[tuple[ReadRow, int]], preview: SheetPreview) -> None:
    """Once every record is known to be right or wrong: which child rows go with one that is stored."""
    for parent, number in attached:
        if parent.faults:
            preview.skipped.append(Skipped(number, "所属的记录有错，没有导入"))
        else:
            preview.attached += 1


@dataclass(frozen=True, slots=True)
class ChildList:
    """A child table that was exported without its ledger.  top: row of its header; mark: column of 记录标识."""

    kind: Kind
    top: int
    mark: int


def child_list(sheet: Sheet) -> ChildList | None:
    """The child table that a sheet lists by itself: its rows say their record in words, and have marks of ours."""
    for top, row in enumerate(sheet.rows[:LOOKED_AT]):
        if UID_HEADER not in row:
            continue
        keys = _keys(row)
        child = next((one for one in kinds.ALL if one.parent and _named(one) <= keys), None)
        return ChildList(child, top, row.index(UID_HEADER)) if child else None
    return None


def _named(child: Kind) -> frozenset[str]:
    """The headers without which a list is none of this child table."""
    needed = [item for item in own_fields(child) if item.required]
    return _keys([child.field(child.parent).label, *(item.label for item in needed)])


def _keys(headers: Iterable[object]) -> frozenset[str]:
    return frozenset(header_key(header)[0] for header in headers if isinstance(header, str))


def recognise_list(ledger: Ledger, found: ChildList, sheet: Sheet, preview: SheetPreview) -> None:
    """Tell of each row whether the ledger has it; none is stored, for a record cannot be told from its title."""
    marks = {
        place + 1: cell_text(row[found.mark]).strip() if found.mark < len(row) else ""
        for place, row in enumerate(sheet.rows)
        if place > found.top and any(not is_empty(cell) for cell in row)
    }
    parent = kinds.kind_of(found.kind.parent_kind).label
    known = ledger.ids_of_uids(found.kind.name, sorted({uid_of(mark) for mark in marks.values() if mark}))
    preview.read = len(marks)
    for number, mark in marks.items():
        id, trashed = known.get(uid_of(mark), (0, False))
        if trashed:
            said = f"这一行（#{id}）在回收站里，没有导入；要用它请先从回收站恢复"
            preview.skipped.append(Skipped(number, said))
        elif id:
            said = f"台账中已有这一行（#{id}），没有动；要改请在它的{parent}里改"
            preview.skipped.append(Skipped(number, said))
        else:
            message = (
                f"第{number}行：台账里没有这一行，{found.kind.label}也不能离开{parent}单独导入；"
                f"请导入“{parent}”的导出或模板，{found.kind.label}在里面"
            )
            preview.rejected.append(Rejected(number, "", found.kind.parent, mark, "E_PARENT", message))
