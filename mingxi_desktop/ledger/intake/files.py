"""One file after another: read it, find the tables of its sheets and their ledgers, take each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.exchange.cells import Sheet, is_empty
from mingxi_desktop.exchange.reading.read import InTurn
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.recognising.card import columns_of, is_card
from mingxi_desktop.exchange.recognising.layout import Layout
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.exchange.recognising.roster import Roster
from mingxi_desktop.exchange.recognising.sideways import beside_each_other
from mingxi_desktop.exchange.recognising.tables import Table, is_heading
from mingxi_desktop.ledger.intake.children import (
    ChildList,
    ChildSheet,
    child_list,
    child_sheet,
    count_attached,
    read_children,
    recognise_list,
)
from mingxi_desktop.ledger.intake.choosing import Chooser, where
from mingxi_desktop.ledger.intake.context import Surroundings, check_reporter
from mingxi_desktop.ledger.intake.known import Known
from mingxi_desktop.ledger.intake.result import Preview, Rejected, SheetPreview
from mingxi_desktop.ledger.intake.roster import COUNTED, layout_of, ledger_of, take_roster
from mingxi_desktop.ledger.intake.rows import ReadRow
from mingxi_desktop.ledger.intake.table import TakenTable, finish, say_missing, take_table
from mingxi_desktop.ledger.intake.wish import Settings, Source, Wish
from mingxi_desktop.patterns import pattern

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_OUR_GUIDE = "填写说明"
_OUR_CHOICES = "_选项"

_HELPING = pattern(
    r"(?:附\d?[:：、]?)?(?:填[表写报]|指标|报表|模板|使用)?(?:说明|须知|要求|要点)"
    r"|(?:填[表写报])?(?:示例|样例|样表|范例|例表)|(?:下拉)?(?:选项|列表|菜单|选择项)(?:表)?|数据?字典|代码表|参数(?:表)?|数据源|枚举"
)
"""Names of sheets that explain, show or list what the others are filled in with."""


class Importer:
    """Goes through files and sheets, keeping what was seen."""

    def __init__(
        self, ledger: Ledger, settings: Settings, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self.result = Preview()
        self._ledger = ledger
        self._settings = settings
        self._cancelled = cancelled
        self._known = Known(ledger)
        self._chooser = Chooser(ledger, settings)
        check_reporter(ledger, kinds.kind_of(settings.kind or "hazard"), settings.reporter)

    def take(self, source: Source, files: InTurn) -> None:
        """Everything of one file into the result.  files: the next of them is this one."""
        path, settings = source.path, self._settings
        try:
            data, sheets = files.take()
        except RefusedError as refusal:
            self._refuse(path, "", refusal.code, f"{path.name or path}：{refusal.message}")
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
            listed = child_list(sheet)
            if listed is not None and self._settings.kind in ("", listed.kind.parent_kind):
                self._take_list(file, sheet, listed)
                continue
            parts = beside_each_other(sheet)
            tables = [(part, table) for part in parts for table in self._tables(file, part)]
            found += [(part, place, table) for place, (part, table) in enumerate(tables)]
        wanted = self._settings.kind
        helping = {sheet.name for sheet, *_ in found if _HELPING.fullmatch(tidy(sheet.name))}
        if any(sheet.name not in helping and not sheet.hidden for sheet, *_ in found):
            file.helping = helping
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
        """The tables of a sheet; what there is to say where it has none."""
        wish = self._wish(file, sheet, 0)
        if not (wish.columns or wish.header_row or self._settings.everywhere.columns) and is_card(
            sheet, is_heading
        ):
            said = f"{where(sheet)}是一张登记卡（每项内容写在名称旁边），没有读；请改成一行一条的表，或在台账里新增"
            file.notices.append(Notice("W_CARD", said))
            return []
        found = self._chooser.tables(sheet, wish, file.path.stem, file.headers)
        if not found:
            said = f"工作表“{sheet.name}”里没有台账的表头，没有读"
            each = columns_of(sheet)
            if each:
                said = f"{where(sheet)}是一个{each}一列的表，没有读；请改成一个{each}一行，列是各项内容"
            file.notices.append(Notice("W_TURNED" if each else "W_SHEET_SKIPPED", said))
            file.unknown.append(sheet)
        return found

    def _take_roster(self, file: _File, sheet: Sheet, place: int, roster: Roster) -> None:
        wish = self._wish(file, sheet, place)
        kind = ledger_of(roster, sheet, file.path.stem, self._chooser.wanted(wish))
        if not kind:
            said = f"{where(sheet)}第{roster.top + 1}行起是人员名单（{roster.people}人），个人信息不导入"
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
        chosen = self._chooser.choose(sheet, table, wish, fits=file.fits)
        layout = chosen.layout
        if layout is None:
            file.notices += chosen.notices
            return
        hidden = (sheet.hidden or sheet.name in file.helping) and self._settings.sheet is None
        shown = self._shown(file, sheet, place, layout, tuple(other.kind for other in table.layouts))
        shown.taken = wish.take if wish.take is not None else not hidden
        shown.warnings += chosen.notices
        if hidden and wish.take is None:
            is_what = "是隐藏的" if sheet.hidden else "看名称是说明、示例或选项"
            said = f"工作表“{sheet.name}”{is_what}，没有导入；确实要导入请单独指定这张表"
            file.notices.append(Notice("W_HIDDEN_SHEET" if sheet.hidden else "W_HELP_SHEET", said))
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
                self._ledger, sheet, layout, around, known, shown,
                personal=self._settings.personal, cancelled=self._cancelled,
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
        # A book of several ledgers has the numbers of its rows anew in each.
        tables = [table for table in file.tables if table.shown.kind == child.kind.parent_kind]
        if not tables:
            return
        rows = [row for table in tables for row in table.rows]
        known = [number for table in tables for number in table.known]
        context = tables[0].context
        file.attached.append((shown, read_children(self._ledger, child, sheet, rows, known, context, shown)))
        self.result.sheets.append(shown)

    def _take_list(self, file: _File, sheet: Sheet, listed: ChildList) -> None:
        shown = SheetPreview(file.path, sheet.name, listed.kind.name, 0, file.digest)
        shown.header_row = shown.last_header_row = listed.top + 1
        shown.cells = sheet
        recognise_list(self._ledger, listed, sheet, shown)
        self.result.sheets.append(shown)

    def _wish(self, file: _File, sheet: Sheet, place: int) -> Wish:
        return self._settings.by_table.get((file.path, sheet.name, place), Wish())

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
        told = ("W_OTHER_LEDGER", "W_CARD", "W_ROSTER", "W_TURNED")
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

    fits: whether one of its tables is for the wanted ledger before any other.  helping: names of sheets that
    only explain how others are to be filled in.
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
        self.helping: set[str] = set()

    @property
    def first(self) -> SheetPreview | None:
        """The first table that is taken."""
        return next((table.shown for table in self.tables if table.shown.taken), None)


def _below(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """The texts of the last lines of a table, where signatures and dates stand."""
    lines = sheet.rows[layout.bottom + 1 : layout.end][-4:]
    return tuple(
        cell
        for row in lines
        for cell in row
        if isinstance(cell, str) and not is_empty(cell) and ("：" in cell or ":" in cell)
    )


def _ambiguous(shown: SheetPreview, layout: Layout) -> None:
    names = "、".join(f"“{header}”" for header in layout.repeated)
    headers = [column.header for column in layout.columns]
    if all(headers.count(header) == 1 for header in layout.repeated):
        said = f"的{names}是同一项的几列（几个月份或几个乡镇），一行只记一个；请改成一个月、一个乡镇一行"
    else:
        said = f"有相同的表头{names}，分不清各是什么；请用列号指定，例如 C列=字段"
    message = f"工作表“{shown.sheet}”{said}"
    shown.rejected.append(Rejected(0, layout.repeated[0], "", "", "E_DUPLICATE_HEADERS", message))
