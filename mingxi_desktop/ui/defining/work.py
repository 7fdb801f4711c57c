"""What is done with indicators from the page: made, changed, deleted, handed on as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger, definition_files
from mingxi_desktop.ledger.defining import Desk, Unusable
from mingxi_desktop.ledger.definition_files import FILE_NAME, Incoming
from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context

_FILES = "指标定义 (*.json);;所有文件 (*)"
_MOST = 8


class Work(QObject):
    """Asks, opens dialogs, and stores."""

    made = Signal(str)
    """An indicator of this id is new or another one."""
    going = Signal()
    """The indicator that was to be deleted is about to go: show another one."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._context, self._over = context, over

    def new(self) -> None:
        """An indicator from scratch."""
        self._context.read(_desk, done=lambda desk: self.edit(desk, None, new=True), owner=self)

    def edit(self, desk: Desk, indicator: Indicator | None, *, new: bool) -> None:
        """Change an indicator, or make a new one like it."""
        from mingxi_desktop.ui.dialogs.indicator_editor import IndicatorEditor

        dialog = IndicatorEditor(self._context, desk, indicator, new=new, parent=self._over)
        if dialog.exec() and dialog.saved:
            self.made.emit(dialog.saved)

    def remove(self, indicator: Indicator, *, own: bool) -> None:
        """Delete an own indicator once it is clear where it is used; put a delivered one back."""
        if own:
            self._context.read(
                _uses, indicator.id, done=lambda uses: self._delete(indicator, uses), owner=self
            )
            return
        text = "您改过的名称、条件和印法都不要了，用程序自带的。可以撤消。"
        title = f"恢复自带的“{indicator.label}”？"
        if ask.question(title, text, yes="恢复自带的", parent=self._over, danger=True):
            self._store(indicator.id)

    def remove_unusable(self, unusable: Sequence[Unusable]) -> None:
        """Forget definitions that cannot be used any more."""
        names = "、".join(one.label for one in unusable[:_MOST])
        yes = f"删除 {len(unusable)} 个定义"
        if ask.question(
            f"删除用不了的定义：{names}？", "可以撤消。", yes=yes, parent=self._over, danger=True
        ):
            self._store(*(one.id for one in unusable))

    def export(self) -> None:
        """Write all own and changed indicators into a file."""
        path = ask.save_file("导出指标定义", FILE_NAME, _FILES, parent=self._over)
        if path is not None:
            self._context.read(_export, path, done=self._exported, owner=self)

    def take_in(self) -> None:
        """Look at a file of definitions, and take in what is wanted of it."""
        path = ask.open_file("导入指标定义", _FILES, parent=self._over)
        if path is not None:
            self._context.read(_read, path, done=lambda found: self._offer(path, found), owner=self)

    def _offer(self, path: Path, found: tuple[Incoming, ...]) -> None:
        from mingxi_desktop.ui.dialogs.take_in_definitions import TakeInDialog

        dialog = TakeInDialog(self._context, path.name, found, self._over)
        if dialog.exec() and dialog.taken:
            self.made.emit(dialog.taken[0])

    def _exported(self, told: tuple[Path, int]) -> None:
        path, number = told
        self._context.said.emit(f"已导出 {number} 个指标定义：{path}")

    def _delete(self, indicator: Indicator, uses: list[str]) -> None:
        text = "可以撤消。"
        if uses:
            more = f"……共 {len(uses)} 处" if len(uses) > _MOST else ""
            places = "\n".join(f"· {one}" for one in uses[:_MOST])
            text = f"这些报告文字里用着它，删除后要把那里的占位符改掉，报告才能生成：\n{places}{more}\n\n可以撤消。"
        title = f"删除指标“{indicator.label}”？"
        if ask.question(title, text, yes="删除 1 个指标", parent=self._over, danger=True):
            self.going.emit()
            self._store(indicator.id)

    def _store(self, *ids: str) -> None:
        self._context.write(_remove, ids, owner=self)


def _desk(ledger: Ledger) -> Desk:
    return ledger.definitions.desk()


def _uses(ledger: Ledger, id: str) -> list[str]:
    return narrating.uses(ledger, id)


def _remove(ledger: Ledger, ids: Sequence[str]) -> Changes:
    return ledger.definitions.remove(*ids)


def _export(ledger: Ledger, path: Path) -> tuple[Path, int]:
    book = ledger.definitions.book
    definition_files.stored(path, ledger.definitions.export_text())
    return path, len(book.own) + len(book.changed)


def _read(ledger: Ledger, path: Path) -> tuple[Incoming, ...]:
    return ledger.definitions.read(definition_files.loaded(path))
