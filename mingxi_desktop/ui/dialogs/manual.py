"""The clerk's manual: its pages at the left, the text at the right; F1 opens the page for where the user is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import manual
from mingxi_desktop.ledger.manual import Page, pages
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.dialogs.bare_frame import BareFrame
from mingxi_desktop.ui.manual_pages import START, page_of
from mingxi_desktop.ui.manual_view import ManualView
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import button, label, row
from mingxi_desktop.ui.waiting import on_its_own

_NAME = Qt.ItemDataRole.UserRole


class ManualDialog(BareFrame):
    """All pages, and a search through them; it stays open beside the work."""

    def __init__(self, parent: QWidget | None = None, page: str = "") -> None:
        super().__init__("使用手册", 1040, 700, parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)
        self._before: list[str] = []
        self._page = ""
        self.search = SearchLine("在手册里查找", "在手册里查找")
        self.search.setFixedWidth(300)
        self._count = label(role="muted")
        self._back = button("后退", self.back, icon="undo", tip="回到前一页（Alt+←）", shortcut="Alt+Left")
        self._back.setEnabled(False)
        self.list = QListWidget()
        self.list.setAccessibleName("手册的页")
        self.view = ManualView()
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.view)
        splitter.setSizes([190, 820])
        splitter.setStretchFactor(1, 1)
        paper = button(
            "打印成 PDF…", self.save, icon="print", tip="整本手册存成一个 PDF，带目录和页码，可以打印"
        )
        close = button("关闭", self.reject, tip="关闭（Esc）")
        self.column.addLayout(row(self.search, self._count, None, self._back, paper, close))
        self.column.addWidget(splitter, 1)
        self._fill(pages())
        self.search.textChanged.connect(lambda _: self._search())
        self.search.went_on.connect(self._next)
        self.list.currentItemChanged.connect(lambda item, _: self._chosen(item))
        self.view.page_wanted.connect(self.open_page)
        self.open_page(page or START)
        self.list.setFocus()

    @property
    def page(self) -> str:
        """The name of the page shown."""
        return self._page

    def open_page(self, name: str) -> None:
        """Show a page by its name; an unknown name changes nothing."""
        if all(page.name != name for page in pages()):
            return
        if self._item(name) is None:
            self.search.clear()
        item = self._item(name)
        if item is not None:
            self.list.setCurrentItem(item)

    def back(self) -> None:
        """Show the page that was shown before."""
        if self._before:
            name = self._before.pop()
            self._page = ""
            self.open_page(name)
        self._back.setEnabled(bool(self._before))

    def save(self) -> None:
        """Ask where, write the whole manual as a PDF and open it."""
        path = ask.save_file("打印成 PDF", f"{''.join(manual.TITLE)}.pdf", "PDF (*.pdf)", parent=self)
        if path is None:
            return
        try:
            count = on_its_own("正在排手册……", manual.write, path, parent=self)
        except UserError as error:
            ask.show_error(error, self)
            return
        ask.show_message("手册已存成 PDF", f"{path}\n\n共 {count} 页，有目录。", parent=self)

    # inside

    def _words(self) -> list[str]:
        return self.search.text().split()

    def _fill(self, shown: tuple[Page, ...]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for page in shown:
            item = QListWidgetItem(page.title)
            item.setData(_NAME, page.name)
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
            self.list.addItem(item)
            if page.name == self._page:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _item(self, name: str) -> QListWidgetItem | None:
        items = (self.list.item(place) for place in range(self.list.count()))
        return next((item for item in items if item.data(_NAME) == name), None)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        name = str(item.data(_NAME)) if item is not None else self._page
        if name == self._page:
            return
        if self._page:
            self._before.append(self._page)
        self._page = name
        self._back.setEnabled(bool(self._before))
        self.view.show_text(next(page.text for page in pages() if page.name == name), self._words())

    def _search(self) -> None:
        """Only the pages with all the words; the words are marked in the page shown."""
        words = self._words()
        folded = [word.casefold() for word in words]
        found = tuple(page for page in pages() if all(word in page.plain.casefold() for word in folded))
        self._fill(found)
        self._count.setText("" if not words else f"{len(found)} 页里有" if found else "没有找到，换个词试试")
        self._count.setToolTip("回车看下一处" if found and words else "")
        if found and self._item(self._page) is None:
            self.list.setCurrentRow(0)
        else:
            self.view.mark(words)

    def _next(self) -> None:
        """The next place, in this page or the next that has one."""
        if self._words() and not self.view.next_found() and self.list.count():
            place = (self.list.currentRow() + 1) % self.list.count()
            if place == self.list.currentRow():
                self.view.next_found()
            self.list.setCurrentRow(place)


def page_for(near: QWidget) -> str:
    """The page of the manual about where the user is in the window around `near`."""
    window = near.window()
    focus: QWidget | None = window.focusWidget()
    inside = _outwards(near if focus is None else focus)
    return next((name for here in inside if (name := _said_of(here))), "") or _shown_in(window) or START


def _said_of(widget: QWidget) -> str:
    own = widget.property("manual")
    return own if isinstance(own, str) and own else page_of(widget)


def _shown_in(window: QWidget) -> str:
    """The page about what a window shows in front, where the focus is on nothing in particular."""
    front = window.centralWidget() if isinstance(window, QMainWindow) else None
    stacks = front.findChildren(QStackedWidget) if front is not None else []
    shown = [stack.currentWidget() for stack in stacks if stack.isVisible()]
    names = [page_of(page) for page in shown if page is not None]
    # The innermost is the most exact.
    return next((name for name in reversed(names) if name), "")


def open_manual(near: QWidget) -> None:
    """Show the manual beside the window around `near`; one that is open already turns its page."""
    window = near.window()
    if isinstance(window, ManualDialog):
        return
    name = page_for(near)
    shown: ManualDialog | None = None
    for other in QApplication.topLevelWidgets():
        if isinstance(other, ManualDialog) and other.isVisible():
            if other.parentWidget() is window:
                shown = other
            else:  # it belongs to a window that a dialog keeps from being used
                other.reject()
    if shown is None:
        shown = ManualDialog(window, name)
    shown.open_page(name)
    shown.show()
    shown.raise_()
    shown.activateWindow()


def _outwards(widget: QWidget) -> Iterator[QWidget]:
    """The widget, and what it is in, up to its window."""
    here: QWidget | None = widget
    while here is not None:
        yield here
        here = None if here.isWindow() else here.parentWidget()
