"""The menu 视图 of a ledger page: named views, and what the table is grouped by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.sections import DEEPEST, groupable
from mingxi_desktop.ui import ask, icons
from mingxi_desktop.ui.table.model import LedgerModel
from mingxi_desktop.ui.table.views import View, Views

_EVERYTHING = "全部记录"
_LONGEST = 20
"""Characters of a name: it must fit the menu and the button."""


class Viewed(Protocol):
    """What is shown in views: a ledger's page."""

    kind: Kind
    model: LedgerModel

    @property
    def picked(self) -> bool:
        """Whether single records are shown, more than conditions say."""

    def view(self) -> View:
        """What is shown and how."""

    def show_view(self, view: View) -> None:
        """Show what a view means."""

    def group_by(self, by: Sequence[str]) -> None:
        """Group the records; by nothing: a plain list."""


class ViewMenu(QMenu):
    """Made anew each time it opens.  What a view is called is shown on the page's button, too."""

    named = Signal(str)
    """The name of the view that is shown now; "" while it is none of them."""

    def __init__(self, page: Viewed, views: Views, parent: QWidget) -> None:
        super().__init__("视图", parent)
        self._page = page
        self._views = views
        self.aboutToShow.connect(self._fill)

    def current(self) -> str:
        """The name of the view that the table shows; "" while it is none of them."""
        now = self._page.view()
        if self._page.picked:
            return ""
        return next((name for name, view in self._views.all().items() if view == now), "")

    def tell(self) -> None:
        """The table shows something else: say what it is called."""
        self.named.emit(self.current())

    def save_as(self) -> None:
        """Keep what the table shows under a name."""
        name = self._asked("保存为视图", "视图的名称，如 重大隐患、本月未销号：")
        if name and self._may_replace(name):
            self._views.save(name, self._page.view())
            self.tell()

    def _fill(self) -> None:
        self.clear()
        current, saved = self.current(), self._views.all()
        everything = self.addAction(_EVERYTHING, lambda: self._page.show_view(View()))
        everything.setCheckable(True)
        everything.setChecked(not current and not self._page.picked and self._page.view() == View())
        for name, view in saved.items():
            action = self.addAction(_plain(name), partial(self._page.show_view, view))
            action.setCheckable(True)
            action.setChecked(name == current)
        self.addSeparator()
        self._add_groups()
        self.addSeparator()
        save = self.addAction(icons.icon("save"), "把现在的样子存为视图(&S)…", self.save_as)
        # Single records, come from a number or a list, are no condition that a view could keep.
        save.setEnabled(not self._page.picked)
        if saved:
            self._add_care("改用现在的样子(&U)", saved, self._update)
            self._add_care("改名(&R)", saved, self._rename)
            self._add_care("删除视图(&D)", saved, self._remove)

    # groups

    def _add_groups(self) -> None:
        by = self._page.model.by
        menu = self.addMenu("分组小计(&G)")
        self._offer(menu, "不分组", 0, (), by)
        for name, label in groupable(self._page.kind):
            self._offer(menu, f"按{label}", 0, (name,), by)
        if by:
            inner = self.addMenu("组内再分(&I)")
            self._offer(inner, "不再分", 1, by[:1], by)
            for name, label in groupable(self._page.kind):
                if name != by[0]:
                    self._offer(inner, f"按{label}", 1, (*by[: DEEPEST - 1], name), by)
            self.addAction("全部收起(&C)", lambda: self._page.model.close_all(closed=True))
            self.addAction("全部展开(&E)", lambda: self._page.model.close_all(closed=False))

    def _offer(self, menu: QMenu, text: str, level: int, wanted: Sequence[str], by: Sequence[str]) -> None:
        group = menu.findChild(QActionGroup) or QActionGroup(menu)
        action = QAction(_plain(text), menu)
        action.setCheckable(True)
        action.setChecked(tuple(by[: level + 1]) == tuple(wanted))
        action.triggered.connect(lambda: self._page.group_by(wanted))
        group.addAction(action)
        menu.addAction(action)

    # looking after the views

    def _add_care(self, text: str, saved: dict[str, View], do: Callable[[str], object]) -> None:
        menu = self.addMenu(text)
        for name in saved:
            menu.addAction(_plain(name), partial(do, name))

    def _update(self, name: str) -> None:
        self._views.save(name, self._page.view())
        self.tell()

    def _rename(self, name: str) -> None:
        new = self._asked("视图改名", "新的名称：", name)
        if new and new != name and self._may_replace(new):
            self._views.remove(new)
            self._views.rename(name, new)
            self.tell()

    def _remove(self, name: str) -> None:
        if ask.question(
            f"删除视图“{name}”？", "只是忘掉这个名称，记录不受影响。", yes="删除 1 个视图",
            parent=self.parentWidget(), danger=True,
        ):  # fmt: skip
            self._views.remove(name)
            self.tell()

    def _asked(self, title: str, label: str, value: str = "") -> str:
        name = (ask.text(title, label, value=value, parent=self.parentWidget()) or "").strip()
        if len(name) > _LONGEST:
            ask.show_message(
                f"名称最多 {_LONGEST} 个字，没有保存",
                f"现在有 {len(name)} 个字。",
                parent=self.parentWidget(),
            )
            return ""
        return name

    def _may_replace(self, name: str) -> bool:
        there = name in self._views.all()
        return not there or ask.question(
            f"已有视图“{name}”，要换成现在的样子吗？", yes="替换", parent=self.parentWidget()
        )


def _plain(text: str) -> str:
    """A name as it is: & is no mnemonic."""
    return text.replace("&", "&&")
