"""Step 2: which ledger each table is for, what each of its columns means, and correcting that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mingxi_desktop.exchange.cells import cell_text
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.ledger.intake.result import Preview, SheetPreview
from mingxi_desktop.ledger.intake.wish import TableKey, Wish
from mingxi_desktop.ui.importing.bars import COLUMNS
from mingxi_desktop.ui.importing.columns_table import ColumnsTable, key_of
from mingxi_desktop.ui.importing.digest import on_step
from mingxi_desktop.ui.importing.offers import name_of, offers
from mingxi_desktop.ui.importing.sheet_view import SheetView
from mingxi_desktop.ui.importing.split import beside, stacked
from mingxi_desktop.ui.importing.table_head import TableHead
from mingxi_desktop.ui.importing.told import fault, ledger_of, remark, table_name, unclear
from mingxi_desktop.ui.inputs import Sources
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import card
from mingxi_desktop.ui.turns import Making, at_once

_TABLES = (
    ListColumn("文件"),
    ListColumn("表", 70),
    ListColumn("台账", 104, optional=True),
    ListColumn("表头", 44, right=True, optional=True),
    ListColumn("要看的", 96),
)
_CHANGED, _LOOKED_AT = "已改", 200


class ColumnsStep(QWidget):
    """Left the tables, right one of them; `wishes` holds what the user said of them."""

    changed = Signal()
    """A table is to be read in another way when the next step comes."""
    reread = Signal(object)
    """A `TableKey`: read this table's file anew at once, its ledger or header is another."""
    forget_wanted = Signal(object)
    """A `SheetPreview` whose columns are not to be read as remembered."""

    def __init__(self, sources: Sources, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """whole: with its parts; else they are made by `make_parts`."""
        super().__init__(parent)
        self.wishes: dict[TableKey, Wish] = {}
        self.goods: Sequence[str] = ()
        self._sheets: list[SheetPreview] = []
        if whole:
            at_once(self.make_parts(sources))

    def make_parts(self, sources: Sources) -> Making[None]:
        """What can be shown; before that nothing is."""
        both = beside(0.38, self)
        self.sheets = Listing("要导入的表", _TABLES, parent=both)
        self.sheets.set_empty_text("文件里没有表。")
        yield
        right = card(both)
        self.head = TableHead(sources, right)
        yield
        tables = stacked(0.4, right)
        self.view = SheetView(tables)
        yield
        self.table = ColumnsTable(tables)
        yield
        self._alike = QCheckBox("同样表头的其他表也这样对应(&A)", right)
        self._alike.setChecked(True)
        self.parts: tuple[QWidget, ...] = (self.sheets, self.head.kind, self.view, self.table)
        right.column.addWidget(self.head)
        right.column.addWidget(tables, 1)
        right.column.addWidget(self._alike)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(both)
        self._connect()

    def _connect(self) -> None:
        self.sheets.current_changed.connect(lambda _: self._show())
        self.sheets.ticked.connect(self._take)
        self.head.kind_chosen.connect(self._kind)
        self.head.header_chosen.connect(self._header)
        self.head.value_given.connect(self._value)
        self.head.forget_wanted.connect(lambda: self.forget_wanted.emit(self.current()))
        self.view.header_wanted.connect(self._header)
        self.view.column_entered.connect(self.table.go_to)
        self.table.entered_column.connect(self.view.mark)
        self.table.columns.picked.connect(self._picked)

    # for the page

    def clear(self) -> None:
        """Forget all corrections."""
        self.wishes = {}

    @property
    def usable(self) -> bool:
        """Whether there is a table that can be imported, or could be once its columns are told apart."""
        return any(sheet.kind and (sheet.columns or not fault(sheet)) for sheet in self._sheets)

    def current(self) -> SheetPreview | None:
        """The table in front."""
        place = self.sheets.current()
        return self._sheets[place] if place is not None and place < len(self._sheets) else None

    def show_preview(self, found: Preview, front: TableKey | None = None) -> None:
        """Show the tables of a preview: the one named in front, else the first that is unclear."""
        self._sheets = [by_hand(sheet, self._wish(sheet)) for sheet in found.sheets]
        self.sheets.blockSignals(True)
        self.sheets.set_lines([self._line(place) for place in range(len(self._sheets))], keep=False)
        places = range(len(self._sheets))
        first = next((place for place in places if self._sheets[place].key == front), None)
        if first is None:
            open_ones = [place for place in places if self._unclear(place)]
            # What can be mended here before what can not be read at all.
            first = min(open_ones, key=lambda place: self._sheets[place].cells is None, default=0)
        if self._sheets:
            self.sheets.selectRow(first)
        self.sheets.blockSignals(False)
        self._show()

    # inside

    def _line(self, place: int) -> Line:
        sheet = self._sheets[place]
        wish = self.wishes.get(sheet.key, Wish())
        look = _CHANGED if wish.columns or wish.values else self._unclear(place)
        role = "accent_text" if look == _CHANGED else "error" if fault(sheet) else "warning"
        texts = (
            f"{sheet.path.name}{'（隐藏的表）' if sheet.hidden else ''}",
            table_name(sheet),
            ledger_of(sheet) or "—",
            str(sheet.header_row or "—"),
            look or "—",
        )
        can = sheet.cells is not None
        taken = wish.take if wish.take is not None else sheet.taken and not fault(sheet)
        return Line(
            texts,
            place,
            {4: role} if look else {},
            "\n".join(filter(None, (look, on_step(COLUMNS, remark(sheet))))),
            taken if can else None,
        )

    def _unclear(self, place: int) -> str:
        sheet = self._sheets[place]
        return unclear(sheet, self._wish(sheet).take)

    def _say(self, place: int) -> None:
        """The line of one table anew, the cursor where it is."""
        model = self.sheets.lines
        model.lines[place] = self._line(place)
        model.dataChanged.emit(model.index(place, 0), model.index(place, len(_TABLES) - 1))

    def _show(self) -> None:
        sheet = self.current()
        wish = self._wish(sheet) if sheet is not None else Wish()
        self.head.show_table(sheet, wish)
        self.view.show_sheet(sheet)
        self.view.setVisible(sheet is not None and sheet.cells is not None)
        choices = offers(sheet.kind, self.goods) if sheet is not None and sheet.kind else []
        self.table.show_columns(sheet, choices, wish.columns)
        self.table.setVisible(bool(self.table.columns.columns))
        several = sum(1 for sheet in self._sheets if sheet.kind) > 1
        self._alike.setVisible(several and bool(self.table.columns.columns))

    def _wish(self, sheet: SheetPreview) -> Wish:
        return self.wishes.get(sheet.key, Wish())

    def _change(self, sheet: SheetPreview, change: Callable[[Wish], Wish]) -> None:
        self.wishes[sheet.key] = change(self._wish(sheet))
        self._say(self._sheets.index(sheet))
        self.changed.emit()

    def _take(self, place: int, taken: bool) -> None:
        self._change(self._sheets[place], lambda wish: replace(wish, take=taken))

    def _kind(self, kind: str) -> None:
        sheet = self.current()
        if sheet is None or kind == sheet.kind:
            return
        if not kind:
            self._change(sheet, lambda wish: replace(wish, take=False))
            return
        # Columns named for the other ledger mean nothing in this one.
        row = sheet.header_row if not sheet.kind else self._wish(sheet).header_row
        self._change(
            sheet, lambda wish: replace(wish, kind=kind, header_row=row, columns={}, values={}, take=True)
        )
        self.reread.emit(sheet.key)

    def _header(self, row: int) -> None:
        sheet = self.current()
        if sheet is not None and sheet.cells is not None and row != sheet.header_row:
            self._change(sheet, lambda wish: replace(wish, header_row=row, columns={}))
            self.reread.emit(sheet.key)

    def _value(self, name: str, text: str) -> None:
        sheet = self.current()
        if sheet is None or text == self._wish(sheet).values.get(name, sheet.values.get(name, "")):
            return
        values = {**self._wish(sheet).values, name: text}
        self._change(sheet, lambda wish: replace(wish, values=values))

    def _picked(self, column: Column, name: str) -> None:
        sheet = self.current()
        if sheet is None:
            return
        for other in self._alike_to(sheet):
            twin = column if other is sheet else _twin(other, column)
            if twin is not None:
                self._correct(other, twin, name)
        self.table.columns.show_given(self._wish(sheet).columns)

    def _alike_to(self, sheet: SheetPreview) -> list[SheetPreview]:
        others = [other for other in self._sheets if other is not sheet and other.kind == sheet.kind]
        return [sheet, *(others if self._alike.isChecked() and not self._alike.isHidden() else ())]

    def _correct(self, sheet: SheetPreview, column: Column, name: str) -> None:
        given = dict(self._wish(sheet).columns)
        if name == name_of(column) and key_of(column) in given:
            del given[key_of(column)]
        else:
            given[key_of(column)] = name
        self._change(sheet, lambda wish: replace(wish, columns=given))


def steps(sources: Sources, place: QWidget) -> Making[ColumnsStep]:
    """Makes it, with a turn for each part."""
    made = ColumnsStep(sources, place, whole=False)
    yield
    yield from made.make_parts(sources)
    return made


def by_hand(sheet: SheetPreview, wish: Wish) -> SheetPreview:
    """A table that fits no ledger, under the one that the user has chosen: every column still to be told."""
    kind = wish.kind or (sheet.kind if wish.header_row else "")
    if sheet.columns or not kind or sheet.cells is None:
        return sheet
    rows = sheet.cells.rows
    texts = [[" ".join(cell_text(cell).split()) for cell in cells] for cells in rows[:_LOOKED_AT]]
    likely = (place for place, line in enumerate(texts) if sum(map(bool, line)) > 1)
    top = min(wish.header_row - 1 if wish.header_row else next(likely, 0), len(texts) - 1)
    columns = tuple(
        Column(index, text, Role.UNKNOWN, parts=(text,)) for index, text in enumerate(texts[top]) if text
    )
    return replace(
        sheet, kind=kind, taken=True, header_row=top + 1, last_header_row=top + 1, last_row=len(rows),
        columns=columns, rejected=[],
    )  # fmt: skip


def _twin(sheet: SheetPreview, column: Column) -> Column | None:
    """The column with the same header; of several, the one in the same place."""
    alike = [other for other in sheet.columns if other.header == column.header]
    if len(alike) == 1:
        return alike[0]
    return next((other for other in alike if other.index == column.index), None)
