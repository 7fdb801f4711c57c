"""The files of the record that a form shows: attached, looked at, opened, copied elsewhere, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.attaching import free_name, save_as
from mingxi_desktop.ui import ask, drafts
from mingxi_desktop.ui import evidence_work as work
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.files import FilesInput
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.pictures import Picture, can_show

_TABLES = frozenset(".xls .xlsx .xlsm .xlsb .et .ods .fods .csv".split())
"""Dropped on a form these are for the import; dropped on the list of files they are attached."""


class Evidence(QObject):
    """Does what the form's input of attachments asks for.

    Files chosen for a record that is not stored yet wait until it is: `attach_waiting`.
    """

    edited = Signal()
    """Files wait now, or no longer."""
    missing = Signal(str)
    """Files that waited in a draft are not where they were: what to do, in words."""

    def __init__(self, context: Context, kind: Kind, inputs: Sequence[Input], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind.name
        self._window = parent
        self._record: int | None = None
        self._waiting: dict[str, Path] = {}
        self._places: dict[str, Path] = {}
        self._drawing: list[Job] = []
        self._turn = 0
        self._inputs = [one for one in inputs if isinstance(one, FilesInput)]
        for one in self._inputs:
            one.add_wanted.connect(self.add)
            one.paste_wanted.connect(self.paste)
            one.preview_wanted.connect(self._preview)
            one.open_wanted.connect(self._open)
            one.save_wanted.connect(self._save_as)
            one.remove_wanted.connect(self._remove)
        context.changed.connect(self._changed)

    @property
    def waiting(self) -> bool:
        """Whether files were chosen for a record that is not stored yet."""
        return bool(self._waiting)

    @property
    def waiting_files(self) -> list[Path]:
        """Those files, in order."""
        return list(self._waiting.values())

    def show(self, record: int | None) -> None:
        """The form is going to show this record, or a new one (None); what waited is forgotten."""
        for path in self._waiting.values():
            self._forget_pasted(path)
        self._record = record
        self._waiting = {}
        self._turn += 1
        self._stop_drawing()
        if record is not None and self._inputs:
            self._look()

    def leave_waiting(self) -> None:
        """The form is set aside: the files that wait for its record are its draft's from now on."""
        self._waiting = {}

    def attach_waiting(self, record: int) -> None:
        """The new record is stored: attach what waited for that."""
        waiting, self._waiting = list(self._waiting.values()), {}
        if waiting:
            self._attach(record, waiting)

    def add(self, paths: Sequence[Path]) -> None:
        """Attach files, or let them wait for the record; those of a draft that have gone are told of."""
        if self._record is not None:
            self._attach(self._record, list(paths))
            return
        self._context.read(
            Ledger.attachment_names,
            list(paths),
            done=partial(self._wait, self._turn, list(paths)),
            owner=self,
        )

    def add_again(self, paths: Sequence[Path]) -> None:
        """Let files of a draft wait again; those that have gone meanwhile are told of."""
        there = [path for path in paths if path.is_file()]
        gone = [str(path) for path in paths if path not in there]
        if there:
            self.add(there)
        if gone:
            self.missing.emit(f"有 {len(gone)} 个还没存进来的佐证材料找不到了，请重新添加：{'、'.join(gone)}")

    def paste(self) -> None:
        """Take in what was copied: a picture becomes a file, files are what they are."""
        found: QMimeData | None = QGuiApplication.clipboard().mimeData()
        copied = QMimeData() if found is None else found  # nothing was copied yet
        paths = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        if paths:
            self.add(paths)
        elif copied.hasImage():
            self._context.read(
                work.keep_pasted, QGuiApplication.clipboard().image(), self._context.path,
                done=lambda path: self.add([path]), owner=self,
            )  # fmt: skip
        else:
            self._context.said.emit("剪贴板里没有图片，也没有文件：先截图，或在文件夹里复制文件，再来粘贴")

    def take_drops_on(self, widgets: Sequence[QWidget]) -> None:
        """Files dropped on these widgets are attached, unless they are tables: those are for the import."""
        for widget in widgets:
            widget.setAcceptDrops(True)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent | QDropEvent) and event.mimeData().hasUrls():
            paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            tables = all(path.suffix.lower() in _TABLES for path in paths)
            if tables or not any(one.isVisible() and not one.read_only for one in self._inputs):
                event.ignore()
                return True
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.add(paths)
            return True
        return super().eventFilter(watched, event)

    # inside

    def _attach(self, record: int, paths: list[Path]) -> None:
        self._context.write(
            work.attach, self._kind, record, paths, drafts.folder_of(self._context.path),
            owner=self, done=self._tell_findings,
        )  # fmt: skip

    def _tell_findings(self, changes: Changes) -> None:
        """What is there already, which other records show the same, what has gone."""
        for finding in changes.findings:
            if finding.severity == "warning":
                ask.show_error(UserError(finding.message, "", work.FIND_IT), self._window)
        said = [finding.message for finding in changes.findings if finding.severity == "info"]
        if said:
            self._context.said.emit("；".join(said))

    def _wait(self, turn: int, paths: list[Path], names: list[str]) -> None:
        if turn != self._turn:  # stored or left in the meantime: nobody knows whose they are
            self._context.said.emit("文件没有添加：这条记录刚刚存好，请再添加一次")
            return
        for name, path in zip(names, paths, strict=True):
            if path not in self._waiting.values():
                self._waiting[free_name(name, self._waiting)] = path
        self._show_waiting()

    def _show_waiting(self) -> None:
        self._show_names(list(self._waiting))
        self._context.read(
            work.measured, list(self._waiting.items()), done=partial(self._describe, self._turn), owner=self
        )
        self.edited.emit()

    def _remove(self, name: str) -> None:
        if self._record is None:
            path = self._waiting.pop(name, None)
            if path is not None:
                self._forget_pasted(path)
            self._show_waiting()
        elif ask.question(
            f"把“{name}”从这条记录移除？", "可以撤消。", yes="移除 1 个文件", parent=self._window, danger=True
        ):
            self._context.write(work.detach, self._kind, self._record, name, owner=self)

    def _open(self, name: str) -> None:
        self._with_file(name, lambda path: self._hand_over(name, path))

    def _save_as(self, name: str) -> None:
        self._with_file(name, lambda path: self._copy(name, path))

    def _with_file(self, name: str, do: Callable[[Path], object]) -> None:
        """Do something with the file behind a name; one that is missing is told of, with what to do."""
        record = self._record
        if record is None:
            self._context.read(work.waiting_file, self._waiting.get(name), name, done=do, owner=self)
        else:
            self._context.read(Ledger.attachment_file, self._kind, record, name, done=do, owner=self)

    def _hand_over(self, name: str, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            fault = UserError(
                f"这台电脑没有能打开“{name}”的程序", f"文件：{path}", "装上相应的程序，或拷到别的电脑打开。"
            )
            ask.show_error(fault, self._window)

    def _copy(self, name: str, path: Path) -> None:
        target = ask.save_file("另存为", name, "所有文件 (*)", parent=self._window)
        if target is not None:
            self._context.read(
                lambda _: save_as(path, target),
                done=lambda _: self._context.said.emit(f"已另存为：{target}"), owner=self,
            )  # fmt: skip

    def _preview(self, name: str) -> None:
        from mingxi_desktop.ui.dialogs.preview import PreviewDialog

        files = {one: self._places[one] for one in self._names() if one in self._places}
        if name in files:
            PreviewDialog(self._context, files, name, self._open, self._save_as, self._window).exec()

    # what is shown

    def _changed(self, changes: Changes) -> None:
        """Also while something typed keeps the form from being shown anew."""
        record = self._record
        if record is not None and (self._kind, record) in (*changes.changed, *changes.added):
            self._look()

    def _look(self) -> None:
        self._context.read(
            work.attached, self._kind, self._record, done=partial(self._arrived, self._turn), owner=self,
            failed=lambda _: None,
        )  # fmt: skip

    def _arrived(self, turn: int, files: list[work.File]) -> None:
        if turn == self._turn:
            self._show_names([name for name, _, _ in files])
            self._describe(turn, files)

    def _describe(self, turn: int, files: list[work.File]) -> None:
        """Size and small picture of each file; the pictures one after the other, behind everything else."""
        if turn != self._turn:
            return
        self._stop_drawing()
        self._places = {name: path for name, path, _ in files}
        for name, path, size in files:
            for one in self._inputs:
                one.describe(name, work.size_words(size), missing=size < 0)
            if size >= 0 and can_show(name):
                self._drawing.append(
                    self._context.read(
                        work.draw,
                        path,
                        done=partial(self._drawn, turn, name),
                        owner=self,
                        priority=Priority.LONG,
                    )
                )

    def _drawn(self, turn: int, name: str, found: Picture) -> None:
        if turn == self._turn and found.image is not None:
            for one in self._inputs:
                one.show_picture(name, found.image)

    def _stop_drawing(self) -> None:
        for job in self._drawing:
            job.cancel()
        self._drawing = []

    def _names(self) -> list[str]:
        return self._inputs[0].text().splitlines() if self._inputs else []

    def _show_names(self, names: Sequence[str]) -> None:
        for one in self._inputs:
            one.set_text("\n".join(names))

    def _forget_pasted(self, path: Path) -> None:
        """A picture that was pasted and never attached is of no use."""
        if path.parent == drafts.folder_of(self._context.path):
            drafts.discard(path)
