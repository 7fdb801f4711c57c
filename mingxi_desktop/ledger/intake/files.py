"""One file after another: read it, find the tables of its sheets and their ledgers, take each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.references import ITEM
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Sheet, is_empty
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import file_bytes, read_sheets
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.recognising.card import is_card
from mingxi_desktop.exchange.recognising.headers import given_keys, layout_at
from mingxi_desktop.exchange.recognising.layout import Layout
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.exchange.recognising.roster import Roster, find_roster
from mingxi_desktop.exchange.recognising.sideways import beside_each_other
from mingxi_desktop.exchange.recognising.tables import Table, find_tables, is_heading
from mingxi_desktop.exchange.recognising.targets import WIDE, TargetIndex, importable, targets_of
from mingxi_desktop.ledger.intake.children import ChildSheet, child_sheet, count_attached, read_children
from mingxi_desktop.ledger.intake.context import Surroundings, check_reporter
from mingxi_desktop.ledger.intake.known import Known
from mingxi_desktop.ledger.intake.memory import recall
from mingxi_desktop.ledger.intake.result import Preview, Rejected, SheetPreview
from mingxi_desktop.ledger.intake.roster import COUNTED, layout_of, ledger_of, take_roster
from mingxi_desktop.ledger.intake.rows import ReadRow
from mingxi_desktop.ledger.intake.table import TakenTable, finish, say_missing, take_table
from mingxi_desktop.ledger.intake.wish import Settings, Source, Wish

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_OUR_GUIDE = "填写说明"
_OUR_CHOICES = "_选项"
_OTHER_FITS = 1.6
"""By how much the header must fit another ledger better for that to be pointed out."""


class Importer:
    """Goes through files and sheets, keeping what was seen."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self.result = Preview()
        self._ledger = ledger
        self._settings = settings
        self._known = Known(ledger)
        for wish in (settings.everywhere, *settings.by_table.values()):
            self._check_wish(wish)
        check_reporter(ledger, kinds.kind_of(settings.kind or "hazard"), settings.reporter)

    @cached_property
    def _indexes(self) -> dict[str, TargetIndex]:
        ledgers = (kind for kind in kinds.ALL if not kind.parent)
        return {kind.name: _index(self._ledger, kind) for kind in ledgers}

    def take(self, source: Source, process: ReadingProcess) -> None:
        """Everything of one file into the result."""
        path, settings = source.path, self._settings
        try:
            data = file_bytes(path) if source.data is None else source.data
            sheets = read_sheets(data, process)
        except RefusedError as refusal:
            self._refuse(path, "", refusal.code, f"{path.name}：{refusal.message}")
            return
        if settings.sheet is not None and all(sheet.name != settings.sheet for sheet in sheets):
            names = "、".join(sheet.name for sheet in sheets if sheet.name not in (_OUR_GUIDE, _OUR_CHOICES))
            message = f"{path.name}里没有工作表“{settings.sheet}”；有：{names}"
            self._refuse(path, settings.sheet, "E_NO_SHEET", message)
            return
        ours = (_OUR_GUIDE, _OUR_CHOICES)
        wanted = [
            sheet for sheet in sheets if settings.sheet in (None, sheet.name) and sheet.name not in ours
        ]
        file = _File(path, hashlib.sha256(data).hexdigest(), source.columns)
        self._take_sheets(file, wanted)
        seen = self._ledger.seen_file(file.digest)
        if seen is not None and file.first is not None:
            message = f"这个文件已在{seen.at}导入过（批次{seen.id}），内容一样；已有的记录不会重复导入"
            file.first.warnings.insert(0, Notice("W_FILE_SEEN", message))

    def _take_sheets(self, file: _File, sheets: Sequence[Sheet]) -> None:
        children: list[tuple[Sheet, ChildSheet]] = []
        found: list[tuple[Sheet, int, Table | Roster]] = []
        for sheet in sheets:
            child = child_sheet(sheet)
            if child is not None and self._settings.kind in ("", child.kind.parent_kind):
                children.append((sheet, child))
                continue
            parts = beside_each_other(sheet)
            tables = [(part, table) for part in parts for table in self._tables(file, part)]
            found += [(part, place, table) for place, (part, table) in enumerate(tables)]
        wanted = self._settings.kind
        file.fits = any(isinstance(table, Table) and table.best.kind == wanted for _, _, table in found)
        for sheet, place, table in found:
            if isinstance(table, Roster):
                self._take_roster(file, sheet, place, table)
            else:
                self._take_table(file, sheet, place, table)
        for sheet, child in children if file.tables else []:
            self._take_children(file, sheet, child)
        for shown, attached in file.attached:
            count_attached(attached, shown)
        for taken in file.tables:
            finish(taken)
            say_missing(self._ledger, self._known, taken)
        own = [sheet for sheet in self.result.sheets if sheet.path == file.path]
        if file.first is not None:
            file.first.warnings += file.notices
        elif not any(sheet.taken or self._is_left_out(sheet) for sheet in own):
            self._nothing_fits(file, sheets, [sheet.sheet for sheet in own])
        self._offer(file)

    def _is_left_out(self, shown: SheetPreview) -> bool:
        """Whether the user has said that the table is not wanted."""
        wish = self._settings.by_table.get(shown.key)
        return wish is not None and wish.take is False

    def _offer(self, file: _File) -> None:
        """Sheets that fit no ledger are shown too, so that the user can name one."""
        known = {sheet.sheet for sheet in self.result.sheets if sheet.path == file.path}
        self.result.sheets += [
            SheetPreview(file.path, sheet.name, "", sha256=file.digest, taken=False, cells=sheet)
            for sheet in file.unknown
            if sheet.name not in known and any(not is_empty(cell) for row in sheet.rows for cell in row)
        ]

    def _tables(self, file: _File, sheet: Sheet) -> list[Table | Roster]:
        """The tables of a sheet, lists of people after the others."""
        everywhere = self._settings.everywhere
        first = self._wish(file, sheet, 0)
        given = given_keys({**everywhere.columns, **first.columns})
        row = (first.header_row or everywhere.header_row) - 1
        top = row if 0 <= row < len(sheet.rows) else None
        if top is None and not given and is_card(sheet, is_heading):
            said = f"{_where(sheet)}是一张登记卡（每项内容写在名称旁边），没有读；请改成一行一条的表，或在台账里新增"
            file.notices.append(Notice("W_CARD", said))
            return []
        indexes = list(self._indexes.values())
        found = find_tables(sheet, indexes, given, file.path.stem, top=top)
        if file.headers and not found:
            sheet.rows.insert(0, list(file.headers))
            found = find_tables(sheet, indexes, given, file.path.stem, top=top)
        lists = find_roster(sheet) if not given else ()
        found = [
            _ended(table, lists)
            for table in found
            if not any(_same_header(table, roster) for roster in lists)
        ]
        if not found and not lists:
            file.notices += _left_out(sheet)
            file.unknown.append(sheet)
        return [*found, *lists]

    def _take_roster(self, file: _File, sheet: Sheet, place: int, roster: Roster) -> None:
        wish = self._wish(file, sheet, place)
        wanted = wish.kind or self._settings.everywhere.kind or self._settings.kind
        kind = ledger_of(roster, sheet, file.path.stem, wanted)
        if not kind:
            said = f"{_where(sheet)}第{roster.top + 1}行起是人员名单（{roster.people}人），个人信息不导入"
            file.notices.append(Notice("W_ROSTER", said))
            return
        layout = layout_of(roster, kind)
        shown = self._shown(file, sheet, place, layout, tuple(COUNTED))
        shown.taken = (
            wish.take if wish.take is not None else not sheet.hidden or self._settings.sheet is not None
        )
        self.result.sheets.append(shown)
        known = self._known if shown.taken else Known(self._ledger)
        around = self._around(file, sheet, layout, wish)
        file.tables.append(take_roster(self._ledger, sheet, roster, around, known, shown))

    def _take_table(self, file: _File, sheet: Sheet, place: int, table: Table) -> None:
        wish = self._wish(file, sheet, place)
        kind_name = wish.kind or self._settings.everywhere.kind or self._settings.kind
        asked = not wish.columns and not self._settings.everywhere.columns
        memory = recall(self._ledger, self._settings.reporter, table.best.columns) if asked else None
        if memory is not None and not kind_name:
            kind_name = memory.kind
        layout = table.layout_for(kind_name) if kind_name else table.best
        columns = {**self._settings.everywhere.columns, **wish.columns}
        remembered = memory is not None and memory.kind == kind_name
        if memory is not None and remembered:
            columns = {**memory.columns, **columns}
        if kind_name and (layout is None or columns):
            layout = self._read_again(sheet, table, kind_name, columns) or layout
        unasked = not columns and not wish.kind and wish.take is None
        other = file.fits and unasked and table.best.kind != kind_name and self._settings.kind == kind_name
        if layout is None or other:
            label, best = kinds.kind_of(kind_name).label, kinds.kind_of(table.best.kind).label
            said = f"{_where(sheet)}第{table.best.top + 1}行起的表像是“{best}”，不是“{label}”，没有导入"
            file.notices.append(Notice("W_OTHER_LEDGER", said))
            return
        hidden = sheet.hidden and self._settings.sheet is None
        shown = self._shown(file, sheet, place, layout, tuple(other.kind for other in table.layouts))
        shown.taken = wish.take if wish.take is not None else not hidden
        if hidden and wish.take is None:
            said = f"工作表“{sheet.name}”是隐藏的，没有导入；确实要导入请单独指定这张表"
            file.notices.append(Notice("W_HIDDEN_SHEET", said))
        if memory is not None and remembered:
            shown.warnings.append(Notice("W_REMEMBERED", memory.sentence))
        if table.best.kind != layout.kind and table.best.score > layout.score * _OTHER_FITS and not columns:
            said = f"这张表更像“{kinds.kind_of(table.best.kind).label}”，请确认台账选对了"
            shown.warnings.append(Notice("W_OTHER_LEDGER", said))
        self.result.sheets.append(shown)
        if layout.repeated:
            _ambiguous(shown, layout)
        elif shown.taken or wish.take is None:
            self._read_table(file, sheet, layout, wish, shown)

    def _read_table(self, file: _File, sheet: Sheet, layout: Layout, wish: Wish, shown: SheetPreview) -> None:
        around = self._around(file, sheet, layout, wish)
        known = self._known if shown.taken else Known(self._ledger)
        file.tables.append(
            take_table(
                self._ledger, kinds.kind_of(layout.kind), sheet, layout, around, known, shown,
                personal=self._settings.personal,
            )
        )  # fmt: skip

    def _around(self, file: _File, sheet: Sheet, layout: Layout, wish: Wish) -> Surroundings:
        settings = self._settings
        return Surroundings(
            layout.title,
            sheet.name,
            file.path.stem,
            _below(sheet, layout),
            settings.year,
            settings.reporter,
            settings.money_unit,
            {**settings.everywhere.values, **wish.values},
        )

    def _read_again(self, sheet: Sheet, table: Table, kind: str, columns: Mapping[str, str]) -> Layout | None:
        """The same header for the ledger and with the columns that the user has named."""
        best = table.best
        layout = layout_at(sheet, self._indexes[kind], best.top, given_keys(columns))
        return None if layout is None else replace(layout, end=best.end, title=best.title)

    def _shown(
        self, file: _File, sheet: Sheet, place: int, layout: Layout, fitting: tuple[str, ...]
    ) -> SheetPreview:
        shown = SheetPreview(file.path, sheet.name, layout.kind, place, file.digest)
        shown.kinds = fitting
        shown.hidden = sheet.hidden
        shown.header_row, shown.last_header_row = layout.top + 1, layout.bottom + 1
        shown.last_row = min(layout.end, len(sheet.rows))
        shown.mapping = dict(layout.mapping)
        shown.columns, shown.cells = layout.columns, sheet
        return shown

    def _take_children(self, file: _File, sheet: Sheet, child: ChildSheet) -> None:
        shown = SheetPreview(file.path, sheet.name, child.kind.name, 0, file.digest)
        shown.header_row = shown.last_header_row = child.layout.bottom + 1
        shown.mapping, shown.columns, shown.cells = dict(child.layout.mapping), child.layout.columns, sheet
        rows = [row for table in file.tables for row in table.rows]
        known = [number for table in file.tables for number in table.known]
        context = file.tables[0].context
        file.attached.append((shown, read_children(self._ledger, child, sheet, rows, known, context, shown)))
        self.result.sheets.append(shown)

    def _wish(self, file: _File, sheet: Sheet, place: int) -> Wish:
        return self._settings.by_table.get((file.path, sheet.name, place), Wish())

    def _check_wish(self, wish: Wish) -> None:
        """UserError for a column that is to mean a field that there is not."""
        kind = wish.kind or self._settings.everywhere.kind or self._settings.kind
        indexes = [self._indexes[kind]] if kind in self._indexes else list(self._indexes.values())
        for header, name in wish.columns.items():
            plain = name.partition("@")[0]
            if name and not any(name in index.by_name or plain in index.by_name for index in indexes):
                known = "、".join(
                    f"{target.field.label}={found}"
                    for found, target in indexes[0].by_name.items()
                    if importable(target.field) and not target.sets
                )
                raise UserError(
                    f"没有这个字段：{name}", f"表头“{header}”要对应的字段写错了", f"可用的字段：{known}"
                )

    def _nothing_fits(self, file: _File, sheets: Sequence[Sheet], hidden: Sequence[str]) -> None:
        if hidden:
            names = "、".join(f"“{name}”" for name in hidden)
            message = f"{file.path.name}里只有隐藏的工作表{names}像台账，没有导入；确实要导入请指定这张表"
            self._refuse(file.path, "", "E_ONLY_HIDDEN", message)
            return
        names = "、".join(sheet.name for sheet in sheets if sheet.name)
        where = f"（工作表：{names}）" if names else ""
        kind = self._settings.kind
        ledger = f"“{kinds.kind_of(kind).label}”的表头" if kind else "任何一本台账的表头"
        told = ("W_OTHER_LEDGER", "W_CARD", "W_ROSTER")
        like = next((notice.message for notice in file.notices if notice.code in told), "")
        advice = "请确认选对了台账" if kind else "请看看是不是台账用的表"
        message = (
            f"{file.path.name}{where}里没有找到{ledger}；{like + '；' if like else ''}{advice}，"
            "或者指定表头对应的字段，也可以先导出导入模板照着填"
        )
        self._refuse(file.path, "", "E_OTHER_LEDGER" if like else "E_NO_HEADER", message)
        if sheets:
            self.result.sheets[-1].cells = sheets[0]
            self.result.sheets[-1].sheet = sheets[0].name

    def _refuse(self, path: Path, sheet: str, code: str, message: str) -> None:
        fault = Rejected(0, "", "", "", code, message)
        self.result.sheets.append(SheetPreview(path, sheet, self._settings.kind, rejected=[fault]))


class _File:
    """A file under way.  unknown: the sheets without a table of any ledger.

    fits: whether one of its tables is for the wanted ledger before any other.
    """

    def __init__(self, path: Path, digest: str, headers: Sequence[str]) -> None:
        self.path = path
        self.digest = digest
        self.headers = headers
        self.tables: list[TakenTable] = []
        self.attached: list[tuple[SheetPreview, list[tuple[ReadRow, int]]]] = []
        self.notices: list[Notice] = []
        self.unknown: list[Sheet] = []
        self.fits = False

    @property
    def first(self) -> SheetPreview | None:
        """The first table that is taken."""
        return next((table.shown for table in self.tables if table.shown.taken), None)


def _index(ledger: Ledger, kind: Kind) -> TargetIndex:
    """What headers can mean; for goods also their names, as columns of a wide form."""
    index = targets_of(kind.name)
    if WIDE.get(kind.name) != "supply_line":
        return index
    names = {
        header_key(name)[0]: entry.name
        for entry in ledger.entries(ITEM)
        for name in (*entry.aliases, entry.name)
    }
    return index.with_wide(names)


def _ended(table: Table, lists: Sequence[Roster]) -> Table:
    """The table up to the titles of a list of people below it."""
    below = [roster.top - len(roster.title) for roster in lists if roster.top > table.best.bottom]
    end = min((max(start, table.best.bottom + 1) for start in below), default=table.best.end)
    return Table(tuple(replace(layout, end=min(layout.end, end)) for layout in table.layouts))


def _same_header(table: Table, roster: Roster) -> bool:
    return table.best.top <= roster.bottom and roster.top <= table.best.bottom


def _below(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """The texts of the last lines of a table, where signatures and dates stand."""
    lines = sheet.rows[layout.bottom + 1 : layout.end][-4:]
    return tuple(
        cell
        for row in lines
        for cell in row
        if isinstance(cell, str) and not is_empty(cell) and ("：" in cell or ":" in cell)
    )


def _where(sheet: Sheet) -> str:
    return f"工作表“{sheet.name}”" if sheet.name else ""


def _left_out(sheet: Sheet) -> list[Notice]:
    """What to say of a sheet that is not read."""
    return [Notice("W_SHEET_SKIPPED", f"工作表“{sheet.name}”里没有台账的表头，没有读")]


def _ambiguous(shown: SheetPreview, layout: Layout) -> None:
    names = "、".join(f"“{header}”" for header in layout.repeated)
    message = f"工作表“{shown.sheet}”有相同的表头{names}，分不清各是什么；请用列号指定，例如 C列=字段"
    shown.rejected.append(Rejected(0, layout.repeated[0], "", "", "E_DUPLICATE_HEADERS", message))
