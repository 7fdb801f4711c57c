"""The files of the record that a form shows: attached, opened and taken off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.attaching import free_name
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.files import FilesInput


class Evidence(QObject):
    """Does what the form's input of attachments asks for.

    Files chosen for a record that is not stored yet wait until it is: `attach_waiting`.
    """

    edited = Signal()
    """Files wait now, or no longer."""

    def __init__(self, context: Context, kind: Kind, inputs: Sequence[Input], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind.name
        self._window = parent
        self._record: int | None = None
        self._waiting: dict[str, Path] = {}
        self._turn = 0
        self._inputs = [one for one in inputs if isinstance(one, FilesInput)]
        for one in self._inputs:
            one.add_wanted.connect(self._add)
            one.open_wanted.connect(self._open)
            one.remove_wanted.connect(self._remove)
        context.changed.connect(self._changed)

    @property
    def waiting(self) -> bool:
        """Whether files were chosen for a record that is not stored yet."""
        return bool(self._waiting)

    def show(self, record: int | None) -> None:
        """The form shows this record now, or a new one (None); what waited is forgotten."""
        self._record = record
        self._waiting = {}
        self._turn += 1

    def attach_waiting(self, record: int) -> None:
        """The new record is stored: attach what waited for that."""
        if self._waiting:
            self._attach(record, list(self._waiting.values()))

    def _add(self, paths: list[Path]) -> None:
        if self._record is not None:
            self._attach(self._record, paths)
            return
        turn = self._turn
        self._context.read(
            Ledger.attachment_names, paths, done=lambda names: self._wait(turn, names, paths), owner=self
        )

    def _attach(self, record: int, paths: list[Path]) -> None:
        self._context.write(Ledger.attach, self._kind, record, paths, owner=self)

    def _wait(self, turn: int, names: list[str], paths: list[Path]) -> None:
        if turn != self._turn:  # stored or left in the meantime: nobody knows whose they are
            self._context.said.emit("文件没有添加：这条记录刚刚存好，请再添加一次")
            return
        for name, path in zip(names, paths, strict=True):
            if path not in self._waiting.values():
                self._waiting[free_name(name, self._waiting)] = path
        self._show_names(list(self._waiting))
        self.edited.emit()

    def _remove(self, name: str) -> None:
        if self._record is None:
            self._waiting.pop(name, None)
            self._show_names(list(self._waiting))
            self.edited.emit()
        elif ask.question(
            f"把“{name}”从这条记录移除？", "可以撤消。", yes="移除 1 个文件", parent=self._window, danger=True
        ):
            self._context.write(_detach, self._kind, self._record, name, owner=self)

    def _open(self, name: str) -> None:
        if self._record is None:
            self._context.said.emit("保存记录以后才能打开它的佐证材料")
            return
        self._context.read(
            Ledger.attachment_file, self._kind, self._record, name,
            done=lambda path: self._hand_over(name, path), owner=self,
        )  # fmt: skip

    def _hand_over(self, name: str, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            fault = UserError(
                f"这台电脑没有能打开“{name}”的程序", f"文件：{path}", "装上相应的程序，或拷到别的电脑打开。"
            )
            ask.show_error(fault, self._window)

    def _changed(self, changes: Changes) -> None:
        """Also while something typed keeps the form from being shown anew."""
        record = self._record
        if record is not None and (self._kind, record) in (*changes.changed, *changes.added):
            turn = self._turn
            self._context.read(
                _names, self._kind, record,
                done=lambda names: self._show_names(names) if turn == self._turn else None,
                owner=self, failed=lambda _: None,
            )  # fmt: skip

    def _show_names(self, names: Sequence[str]) -> None:
        for one in self._inputs:
            one.set_text("\n".join(names))


def _names(ledger: Ledger, kind: str, record: int) -> list[str]:
    return [one.name for one in ledger.attachments(kind, record)]


def _detach(ledger: Ledger, kind: str, record: int, name: str) -> Changes | None:
    """None where it has been taken off already."""
    found = next((one for one in ledger.attachments(kind, record) if one.name == name), None)
    return ledger.detach(kind, record, found.id) if found is not None else None
