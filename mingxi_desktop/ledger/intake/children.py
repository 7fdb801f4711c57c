"""Child tables on sheets of their own: each row names its record by the 序号 of the main sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.headers import find_layout
from mingxi_desktop.exchange.recognising.layout import Layout, Role
from mingxi_desktop.exchange.recognising.plan import Skipped, make_plan
from mingxi_desktop.exchange.recognising.targets import PARENT_HEADER, sheet_children, targets_of
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
