"""The main window: pages under tabs, and the menus over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingxi_desktop.ui import actions, asking
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.shapes import literal
from mingxi_desktop.ui.tab_window import TabWindow

if TYPE_CHECKING:
    from mingxi_desktop.domain.records import Changes


class MainWindow(TabWindow):
    """The program's window on one ledger file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.actions_by_name = actions.fill(self)
        self.front_changed.connect(self._enable)
        context.changed.connect(self._changed)
        self._enable()

    def go(self, target: str) -> bool:
        """Somewhere by name, as `TabWindow` has it, or what a menu entry of that name does."""
        if super().go(target):
            return True
        action = self.actions_by_name.get(target.partition(":")[0])
        if action is not None:
            action.trigger()
        return action is not None

    def _enable(self) -> None:
        actions.enable(self, self.actions_by_name)

    def _changed(self, changes: Changes) -> None:
        self.context.read(asking.state, done=self._undo_state, owner=self)

    def _undo_state(self, found: tuple[str, str, list[int]]) -> None:
        undo, redo, years = found
        for name, verb, sentence in (("undo", "撤消", undo), ("redo", "重做", redo)):
            action = self.actions_by_name[name]
            action.setText(f"{verb}(&{'U' if name == 'undo' else 'R'}) {literal(sentence)}".rstrip())
            action.setEnabled(bool(sentence))
        if not set(years) <= self.years.offered():
            self.years.offer(years)
