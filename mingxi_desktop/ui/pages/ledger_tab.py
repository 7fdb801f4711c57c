"""A tab with several ledgers: small tabs with counts, the page's actions, and one page for each ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds import of_tab
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.shapes import button, toggle


class LedgerTab(QWidget):
    """One of the five tabs of ledgers."""

    status = Signal(str)
    import_wanted = Signal(list, str)
    """Files (may be none yet) and the kind they are for."""
    pasted = Signal(object, str)
    """A `Source` from the clipboard and the kind it is for."""

    def __init__(self, context: Context, tab: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.kinds = of_tab(tab)
        self._pages: dict[str, LedgerPage] = {}
        self._pills: dict[str, QToolButton] = {}
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(theme.GAP)
        for kind in self.kinds:
            self._pills[kind.name] = toggle(kind.label, "pill", partial(self.open, kind.name))
        self.columns_button = button("列", lambda: None, icon="columns", tip="选择显示哪些列")
        style.set_state(self.columns_button, "menu", True)
        column.addLayout(
            flow(
                list(self._pills.values()),
                [
                    button("新增", self.start_new, icon="add", primary=True, shortcut="Ctrl+N"),
                    button(
                        "导入", lambda: self.import_wanted.emit([], self.current.kind.name), icon="import"
                    ),
                    button("导出", self.export, icon="export", tip="把表中显示的记录存成 Excel 或 CSV"),
                    button("导入模板", self.template, icon="document", tip="发给乡镇填报的空表，带下拉选项"),
                    self.columns_button,
                    button("回收站", self.trash, icon="trash"),
                ],
            )
        )
        column.addWidget(self._stack, 1)
        self._current = self.kinds[0]
        context.changed.connect(lambda _: self._recount())
        context.year_changed.connect(lambda _: self._recount())
        self.open(self.kinds[0].name)
        self._recount()

    @property
    def current(self) -> LedgerPage:
        """The page of the ledger in front."""
        return self.page(self._current.name)

    def page(self, kind: str) -> LedgerPage:
        """The page of a ledger, made when it is first wanted."""
        if kind not in self._pages:
            declared = next(item for item in self.kinds if item.name == kind)
            made = LedgerPage(self._context, declared)
            made.status.connect(lambda text: self.status.emit(text) if made.isVisible() else None)
            made.pasted.connect(lambda source, kind=kind: self.pasted.emit(source, kind))
            self._pages[kind] = made
            self._stack.addWidget(made)
            made.refresh()
        return self._pages[kind]

    def open(self, kind: str) -> bool:
        """Show a ledger, unless something unsaved keeps the present one; whether it was opened."""
        if self._current.name != kind and not self.may_leave(lambda: self.open(kind)):
            self._mark()
            return False
        self._current = next(item for item in self.kinds if item.name == kind)
        page = self.page(kind)
        self._stack.setCurrentWidget(page)
        old = self.columns_button.menu()
        self.columns_button.setMenu(page.table.columns_menu())
        if old is not None:
            old.deleteLater()
        self._mark()
        page.say()
        return True

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing unsaved keeps the ledger in front; see `RecordPanel.may_leave`."""
        return self.current.panel.may_leave(then)

    def show_query(self, query: Query) -> None:
        """Show the records of a query in their ledger."""
        if self.open(query.kind):
            self.current.set_query(query)

    def start_new(self) -> None:
        """A new record of the ledger in front."""
        self.current.start_new()

    def export(self) -> None:
        """Write what the table shows into a workbook or csv."""
        kind = self._current
        name = f"{self._context.year}年{kind.label}.xlsx"
        path = ask.save_file("导出", name, "Excel 工作簿 (*.xlsx);;CSV 文本 (*.csv)", parent=self)
        if path is not None:
            self._context.read(
                _export, self.current.query, path, done=lambda rows: self._exported(path, rows), owner=self
            )

    def template(self) -> None:
        """Write the empty import template of the ledger in front."""
        kind = self._current
        path = ask.save_file(
            "保存导入模板", f"{kind.label}导入模板.xlsx", "Excel 工作簿 (*.xlsx)", parent=self
        )
        if path is not None:
            self._context.read(
                _template, kind.name, path, done=lambda _: self._exported(path, None), owner=self
            )

    def trash(self) -> None:
        """The deleted records of the ledger in front."""
        from mingxi_desktop.ui.dialogs.trash import TrashDialog

        TrashDialog(self._context, self._current.name, self).exec()

    def _exported(self, path: Path, rows: int | None) -> None:
        self._context.said.emit(f"已导出 {rows:,} 条：{path}" if rows is not None else f"已保存：{path}")

    def _recount(self) -> None:
        self._context.read(_counts, self.kinds, self._context.year, done=self._counted, owner=self)

    def _counted(self, counts: dict[str, int]) -> None:
        for name, number in counts.items():
            label = next(kind.label for kind in self.kinds if kind.name == name)
            self._pills[name].setText(f"{label} {number:,}")

    def _mark(self) -> None:
        for name, pill in self._pills.items():
            pill.setChecked(name == self._current.name)


def _counts(ledger: Ledger, kinds: tuple[Kind, ...], year: int) -> dict[str, int]:
    return {kind.name: ledger.count(Query(kind.name, year=year)) for kind in kinds}


def _export(ledger: Ledger, query: Query, path: Path) -> int:
    from mingxi_desktop.ledger.exporting import export

    return export(ledger, query, path)


def _template(ledger: Ledger, kind: str, path: Path) -> None:
    from mingxi_desktop.ledger.exporting import template

    template(ledger, kind, path)
