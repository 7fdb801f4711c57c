"""One file after another: read, recognise its sheets, read and check their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.domain.references import ITEM
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.child import ReadingProcess
from mingxi_desktop.exchange.headers import Layout, find_layout
from mingxi_desktop.exchange.plan import Notice, Skipped, make_plan
from mingxi_desktop.exchange.read import read_sheets
from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.sniff import MAX_FILE
from mingxi_desktop.exchange.targets import INLINE, TargetIndex, targets_of
from mingxi_desktop.ledger.import_children import child_layout, count_attached, read_children
from mingxi_desktop.ledger.import_context import Context, Surroundings, check_reporter, context_of
from mingxi_desktop.ledger.import_known import Known
from mingxi_desktop.ledger.import_result import Preview, SheetPreview
from mingxi_desktop.ledger.import_rows import ReadRow, Rejected, RowReader

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_OUR_GUIDE = "填写说明"
_OUR_CHOICES = "_选项"


class Importer:
    """Goes through files and sheets, keeping what was seen."""

    def __init__(
        self,
        ledger: Ledger,
        kind: Kind,
        sheet: str | None,
        mapping: dict[str, str],
        reporter: str,
        year: int | None,
        by_sheet: Mapping[tuple[Path, str], Mapping[str, str]],
    ) -> None:
        self.result = Preview(kind.name)
        self._ledger = ledger
        self._kind = kind
        self._sheet = sheet
        self._mapping = mapping
        self._by_sheet = by_sheet
        self._reporter = reporter
        self._year = year
        self._known = Known(ledger, kind)
        self._index = _index(ledger, kind)
        for given in (mapping, *by_sheet.values()):
            _check_mapping(self._index, given)
        check_reporter(ledger, kind, reporter)

    def take(self, path: Path, process: ReadingProcess) -> None:
        """Everything of one file into the result."""
        try:
            data = _bytes(path)
            sheets = read_sheets(data, process)
        except RefusedError as refusal:
            self._refuse(path, "", refusal.code, f"{path.name}：{refusal.message}")
            return
        digest = hashlib.sha256(data).hexdigest()
        if self._sheet is not None and all(sheet.name != self._sheet for sheet in sheets):
            names = "、".join(sheet.name for sheet in sheets if sheet.name not in (_OUR_GUIDE, _OUR_CHOICES))
            self._refuse(
                path, self._sheet, "E_NO_SHEET", f"{path.name}里没有工作表“{self._sheet}”；有：{names}"
            )
            return
        taken = self._take_sheets(path, sheets, digest)
        if not taken:
            self._nothing_fits(path, sheets)
            return
        seen = self._ledger.seen_file(digest)
        if seen is not None:
            message = f"这个文件已在{seen.at}导入过（批次{seen.id}），内容一样；已有的记录不会重复导入"
            taken[0].warnings.insert(0, Notice("W_FILE_SEEN", message))

    def _take_sheets(self, path: Path, sheets: Sequence[Sheet], digest: str) -> list[SheetPreview]:
        taken: list[SheetPreview] = []
        parents: list[tuple[SheetPreview, Sheet, list[ReadRow]]] = []
        children: list[tuple[Sheet, Kind, Layout]] = []
        attached: list[tuple[list[tuple[ReadRow, int]], SheetPreview]] = []
        notices: list[Notice] = []
        known: list[str] = []
        context = Context(self._year)
        for sheet in sheets:
            if self._sheet not in (None, sheet.name):
                continue
            child = child_layout(self._kind, sheet)
            if child is not None:
                children.append((sheet, *child))
                continue
            given = {**self._mapping, **self._by_sheet.get((path, sheet.name), {})}
            layout = find_layout(sheet, self._index, given)
            if layout is None or (sheet.hidden and self._sheet is None):
                notices += _left_out(sheet, layout)
                continue
            shown = _found(path, sheet, self._kind, digest, layout)
            self.result.sheets.append(shown)
            taken.append(shown)
            if layout.repeated:
                _ambiguous(shown, layout)
                continue
            context, rows, passed = self._take_sheet(shown, sheet, layout)
            parents.append((shown, sheet, rows))
            known += passed
        for sheet, kind, layout in children if taken else []:
            shown = _found(path, sheet, kind, digest, layout)
            rows = [row for _, _, found in parents for row in found]
            attached.append(
                (read_children(self._ledger, kind, sheet, layout, rows, known, context, shown), shown)
            )
            self.result.sheets.append(shown)
        for pairs, shown in attached:
            count_attached(pairs, shown)
        for shown, sheet, rows in parents:
            _finish(shown, sheet, rows)
        if taken:
            taken[0].warnings += notices
        return taken

    def _take_sheet(
        self, shown: SheetPreview, sheet: Sheet, layout: Layout
    ) -> tuple[Context, list[ReadRow], list[str]]:
        """(what holds for the sheet, its new rows, 序号 of the rows known already)."""
        around = Surroundings(layout.title, sheet.name, shown.path.stem, self._year, self._reporter)
        context = context_of(self._ledger, self._kind, layout, around)
        plan = make_plan(sheet, layout)
        reader = RowReader(self._ledger, self._kind, plan, context)
        rows = reader.read_all()
        right = [row for row in rows if not row.faults]
        self._known.skipped, self._known.notices = [], []
        place = f"工作表“{sheet.name}”" if len(self.result.sheets) > 1 else ""
        new = self._known.new_rows(right, place)
        for row in new:
            reader.check(row)
        shown.read = len(plan.rows) + len(plan.skipped)
        shown.skipped = [*plan.skipped, *self._known.skipped]
        shown.warnings = [*context.notices, *plan.notices, *reader.notices, *self._known.notices]
        shown.before = context.before if new else []
        kept = {id(row) for row in new}
        known = [row.plan.running for row in right if id(row) not in kept]
        return context, [row for row in rows if row.faults or id(row) in kept], known

    def _nothing_fits(self, path: Path, sheets: Sequence[Sheet]) -> None:
        names = "、".join(sheet.name for sheet in sheets if sheet.name)
        where = f"（工作表：{names}）" if names else ""
        message = (
            f"{path.name}{where}里没有找到“{self._kind.label}”的表头；请确认选对了台账，"
            "或者指定表头对应的字段，也可以先导出导入模板照着填"
        )
        self._refuse(path, "", "E_NO_HEADER", message)

    def _refuse(self, path: Path, sheet: str, code: str, message: str) -> None:
        fault = Rejected(0, "", "", "", code, message)
        self.result.sheets.append(SheetPreview(path, sheet, self._kind.name, rejected=[fault]))


def _found(path: Path, sheet: Sheet, kind: Kind, digest: str, layout: Layout) -> SheetPreview:
    """A sheet whose header was found; its rows come later."""
    shown = SheetPreview(path, sheet.name, kind.name, digest, layout.bottom + 1, layout.mapping)
    shown.columns, shown.cells = layout.columns, sheet
    return shown


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise RefusedError("E_TOO_LARGE")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RefusedError("E_NO_FILE") from error
    except OSError as error:
        raise RefusedError("E_FOLDER" if path.is_dir() else "E_FILE") from error


def _index(ledger: Ledger, kind: Kind) -> TargetIndex:
    """What headers can mean; for goods also their names, as columns of a wide form."""
    index = targets_of(kind.name)
    if kind.name not in INLINE:
        return index
    names = {
        header_key(name)[0]: entry.name
        for entry in ledger.entries(ITEM)
        for name in (*entry.aliases, entry.name)
    }
    return index.with_items(names)


def _check_mapping(index: TargetIndex, mapping: Mapping[str, str]) -> None:
    for header, name in mapping.items():
        if name and name not in index.by_name:
            known = "、".join(f"{target.field.label}={name}" for name, target in index.by_name.items())
            raise UserError(
                f"没有这个字段：{name}", f"表头“{header}”要对应的字段写错了", f"可用的字段：{known}"
            )


def _left_out(sheet: Sheet, layout: Layout | None) -> list[Notice]:
    """What to say of a sheet that is not read."""
    if sheet.name in (_OUR_GUIDE, _OUR_CHOICES):
        return []
    if layout is not None:
        message = f"工作表“{sheet.name}”是隐藏的，没有导入；确实要导入请单独指定这张表"
        return [Notice("W_HIDDEN_SHEET", message)]
    return [Notice("W_SHEET_SKIPPED", f"工作表“{sheet.name}”里没有这本台账的表头，没有读")]


def _ambiguous(shown: SheetPreview, layout: Layout) -> None:
    names = "、".join(f"“{header}”" for header in layout.repeated)
    message = f"工作表“{shown.sheet}”有相同的表头{names}，分不清各是什么；请用列号指定，例如 C列=字段"
    shown.rejected.append(Rejected(0, layout.repeated[0], "", "", "E_DUPLICATE_HEADERS", message))


def _finish(shown: SheetPreview, sheet: Sheet, rows: Sequence[ReadRow]) -> None:
    """Sort the rows into those to store and those with faults, children included."""
    source = " · ".join(filter(None, (shown.path.name, sheet.name)))
    child = INLINE.get(shown.kind)
    for row in rows:
        if row.faults:
            shown.rejected += row.faults
            wrong = {fault.row for fault in row.faults}
            shown.skipped += [
                Skipped(n, "同一张单子里有错误的行，整张没有导入") for n in row.rows if n not in wrong
            ]
            continue
        children = {**row.children, **({child: row.lines} if child else {})}
        shown.rows.append(IncomingRow(shown.kind, row.values, source, row.plan.number, children))
        shown.source_rows += row.rows
