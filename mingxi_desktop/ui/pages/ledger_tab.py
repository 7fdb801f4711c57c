"""A tab with several ledgers: small tabs with counts, the page's actions, one page for each ledger.

Beside its ledgers a tab may have side pages, which work something out from them, each with a small tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds import of_tab
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dense import Dense
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.pages.ledger import LedgerPage
from mingxi_desktop.ui.pages.stock import StockPage
from mingxi_desktop.ui.shapes import button, toggle
from mingxi_desktop.ui.turns import Turns, bring_forward

_SIDE_PAGES: Mapping[str, Mapping[str, tuple[str, type[StockPage]]]] = {
    "救灾调拨": {"stock": ("库存", StockPage)},
}
"""Tab → name → label and page."""
_NO_VIEW = "视图"
_MASKED, _AS_IT_IS = 0, 1
"""How what is personal goes out, as answers to that question."""
_MARGIN = 12


class LedgerTab(QWidget):
    """One of the five tabs of ledgers: a pill for each of its ledgers, and the page of the one in front."""

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
        self._sides = _SIDE_PAGES.get(tab, {})
        self._side_pages: dict[str, StockPage] = {}
        self._side = ""
        self._pills: dict[str, QToolButton] = {}
        self._stack = QStackedWidget(self)
        # Seen until the first page comes, which would show at once.
        self._stack.addWidget(QWidget(self._stack))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, theme.HALF, _MARGIN, theme.HALF)
        column.setSpacing(theme.GAP)
        for kind in self.kinds:
            self._pills[kind.name] = toggle(kind.label, "pill", partial(self.open, kind.name))
        for name, (text, _) in self._sides.items():
            self._pills[name] = toggle(text, "pill", partial(self.open, name))
        self.columns_button = _menu_button("列", "columns", "选择显示哪些列")
        self.view_button = _menu_button(_NO_VIEW, "view", "常用的样子起个名字；分组小计")
        tools = [
            button(
                "导入",
                lambda: self.import_wanted.emit([], self.current.kind.name),
                icon="import",
                tip="导入表格（Ctrl+I）",
            ),
            button("导出", self.export, icon="export", tip="把表中显示的记录存成 Excel 或 CSV（Ctrl+E）"),
            button("打印", self.print, icon="print", tip="把表照现在的样子打印，先预览（Ctrl+P）"),
            self.columns_button,
            self.view_button,
        ]
        new = button("新增", self.start_new, icon="add", primary=True, shortcut="Ctrl+N")
        line = flow(list(self._pills.values()), [new, *tools])
        short = {new: "新增", **dict.fromkeys(tools, "")}
        self._dense = Dense(self, line, short=short, tight=list(self._pills.values()), around=2 * _MARGIN)
        column.addLayout(line)
        column.addWidget(self._stack, 1)
        self._current = self.kinds[0]
        self._opening = Turns(iter(()), self)
        context.changed.connect(lambda _: self._recount())
        context.year_changed.connect(lambda _: self._recount())
        self.open(self.kinds[0].name)
        self._recount()

    @property
    def current(self) -> LedgerPage:
        """The page of the ledger in front, or of the one that was before a side page came to the front.

        It is there at once, if in its turns it is not yet.
        """
        if not self._opening.ended:
            self._opening.finish()
        return self.page(self._current.name)

    @property
    def side(self) -> StockPage | None:
        """The side page in front; None while a ledger is."""
        return self._side_pages[self._side] if self._side else None

    def page(self, kind: str) -> LedgerPage:
        """The page of a ledger, made when it is first wanted."""
        if kind not in self._pages:
            declared = next(item for item in self.kinds if item.name == kind)
            made = LedgerPage(self._context, declared, self._stack)
            made.status.connect(lambda text: self.status.emit(text) if made.isVisible() else None)
            made.pasted.connect(lambda source, kind=kind: self.pasted.emit(source, kind))
            made.view_menu.named.connect(lambda _, kind=kind: self._name_view(kind))
            self._pages[kind] = made
            self._stack.addWidget(made)
            made.refresh()
        return self._pages[kind]

    def open(self, kind: str) -> bool:
        """Show a ledger or side page by name, unless something unsaved keeps the present one; whether it was."""
        if (self._side or self._current.name) != kind and not self.may_leave(lambda: self.open(kind)):
            self._mark()
            return False
        for menu_button in (self.columns_button, self.view_button):
            menu_button.setEnabled(kind not in self._sides)
        self._opening.stop()
        if kind in self._sides:
            self._open_side(kind)
            return True
        self._side = ""
        self._current = next(item for item in self.kinds if item.name == kind)
        self._mark()
        if kind in self._pages:
            self._bring_forward(self._pages[kind])
        else:
            self._opening = Turns(self._for_the_first_time(kind), self)
        return True

    def _for_the_first_time(self, kind: str) -> Iterator[None]:
        """Made in one turn and shown in another: each takes as long as a turn may."""
        page = self.page(kind)
        yield
        self._bring_forward(page)

    def _bring_forward(self, page: LedgerPage) -> None:
        bring_forward(self._stack, page)
        old = self.columns_button.menu()
        self.columns_button.setMenu(page.table.columns_menu())
        if old is not None:
            old.deleteLater()
        self.view_button.setMenu(page.view_menu)
        self._name_view(page.kind.name)
        page.say()

    def say(self) -> None:
        """Tell the status bar of the page in front; one that is still to come does so when it does."""
        if self._opening.ended:
            (self.side or self.current).say()

    def _name_view(self, kind: str) -> None:
        """The button tells which of the named views is shown."""
        if kind == self._current.name and kind in self._pages:
            name = self._pages[kind].view_menu.current()
            text = f"视图：{name}".replace("&", "&&") if name else _NO_VIEW
            self._dense.set_text(self.view_button, text)

    def _open_side(self, name: str) -> None:
        if name not in self._side_pages:
            made = self._sides[name][1](self._context)
            made.status.connect(lambda text: self.status.emit(text) if made.isVisible() else None)
            self._side_pages[name] = made
            self._stack.addWidget(made)
        self._side = name
        bring_forward(self._stack, self._side_pages[name])
        self._mark()
        self._side_pages[name].say()

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing unsaved keeps the ledger in front; see `RecordPanel.may_leave`."""
        return self._current.name not in self._pages or self._pages[self._current.name].may_leave(then)

    def show_query(self, query: Query) -> None:
        """Show the records of a query in their ledger."""
        if self.open(query.kind):
            self.current.let_go()
            self.current.set_query(query)

    def start_new(self, texts: Mapping[str, str] | None = None) -> None:
        """A new record of the ledger in front, or of the one a side page is worked out from.

        texts: what is known of it already.
        """
        if self._side:
            self.open(self._current.name)
        self.current.start_new(texts)

    def _import(self) -> None:
        self.import_wanted.emit([], self.current.kind.name)

    def export(self) -> None:
        """Write what the page in front shows into a workbook or csv."""
        if self.side is not None:
            self.side.export()
            return
        kind = self._current
        name = f"{self._context.year}年{kind.label}.xlsx"
        path = ask.save_file("导出", name, "Excel 工作簿 (*.xlsx);;CSV 文本 (*.csv)", parent=self)
        if path is not None:
            self._context.read(_personal, self.current.query, done=partial(self._export_to, path), owner=self)

    def _export_to(self, path: Path, cells: int) -> None:
        """Write it, once it is known how what is personal in it is to go out."""
        way = _MASKED if not cells else ask.choose(*_how(cells), parent=self)
        if way >= 0:
            from mingxi_desktop.ui import waiting

            personal = way == _AS_IT_IS  # which is noted in the history: not for a job that only reads
            run = partial(
                self._context.worker.run, owner=self, priority=Priority.LONG if personal else Priority.BESIDE
            )
            waiting.beside(
                run, f"正在导出{self._current.label}……", "不导出了", self,
                _export, self.current.query, path, personal,
                done=lambda rows: self._exported(path, rows),
                tell=self._context.said.emit, stopped="没有导出",
            )  # fmt: skip

    def print(self) -> None:
        """The pages of the table in front as it is shown, to be printed or saved."""
        (self.side or self.current).print()

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
        texts = {kind.name: f"{kind.label} {counts[kind.name]:,}" for kind in self.kinds}
        if any(self._pills[name].text() != text for name, text in texts.items()):
            for name, text in texts.items():
                self._pills[name].setText(text)
            self._dense.fit()

    def _mark(self) -> None:
        for name, pill in self._pills.items():
            pill.setChecked(name == (self._side or self._current.name))


def _menu_button(text: str, icon: str, tip: str) -> QPushButton:
    made = button(text, lambda: None, icon=icon, tip=tip)
    style.set_state(made, "menu", True)
    return made


def _counts(ledger: Ledger, kinds: tuple[Kind, ...], year: int) -> dict[str, int]:
    return {kind.name: ledger.count(Query(kind.name, year=year)) for kind in kinds}


def _how(cells: int) -> tuple[str, str, tuple[str, str]]:
    """The question how what is personal is to go out: title, text, answers."""
    text = (
        "遮住：写成 138****5678，交给别人看的用这一种；以后再导入回来，台账里的号码不变。\n"
        "原样：文件里注明“注意保管”，并记入变更历史：谁、什么时候、导出到哪个文件。"
    )
    return f"有 {cells:,} 格写着电话、身份证号等个人信息，怎么导出？", text, ("遮住再导出", "原样导出")


def _personal(ledger: Ledger, query: Query) -> int:
    from mingxi_desktop.ledger.exporting import personal_cells

    return personal_cells(ledger, query)


def _export(
    ledger: Ledger, query: Query, path: Path, personal: bool, progress: Callable[[int, int], None]
) -> int:
    from mingxi_desktop.ledger.exporting import export

    return export(ledger, query, path, personal=personal, told=progress)


def _template(ledger: Ledger, kind: str, path: Path) -> None:
    from mingxi_desktop.ledger.exporting import template

    template(ledger, kind, path)
