"""Spreadsheets in, in four steps: files, columns, check, result. Nothing is stored before the last one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.importing import ImportResult, Preview
from mingxi_desktop.ui import ask, style, theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.batches import TakenBack, TakenBackDialog, confirmed, take_back, tell
from mingxi_desktop.ui.importing import told, work
from mingxi_desktop.ui.importing.check_step import CheckStep
from mingxi_desktop.ui.importing.columns_step import ColumnsStep
from mingxi_desktop.ui.importing.files_step import FilesStep
from mingxi_desktop.ui.importing.result_step import ResultStep
from mingxi_desktop.ui.importing.work import Request
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.shapes import button, card, label, row, toggle

FILES, COLUMNS, CHECK, RESULT = range(4)
STEPS = ("1 文件", "2 对应列", "3 核对", "4 结果")


class ImportPage(QWidget):
    """The import, a page of the main window."""

    closed = Signal()
    """The user is done with it, or has given it up."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Preview | None = None
        self._read: Request | None = None
        self._result: ImportResult | None = None
        self._job: Job | None = None
        self._stop = threading.Event()
        self.setAcceptDrops(True)
        self.files, self.columns, self.check, self.result = (
            FilesStep(),
            ColumnsStep(),
            CheckStep(),
            ResultStep(),
        )
        self._stack = QStackedWidget()
        for step in (self.files, self.columns, self.check, self.result):
            self._stack.addWidget(step)
        self._pills = [toggle(name, "pill", partial(self._pill, place)) for place, name in enumerate(STEPS)]
        self._title, self._summary = label(role="title"), label(role="muted")
        self._summary.setWordWrap(True)
        frame = card()
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        column.setSpacing(theme.GAP)
        column.addLayout(row(self._title, None, *self._pills))
        column.addWidget(self._summary)
        column.addWidget(self._scrolled(), 1)
        column.addLayout(self._progress_row())
        column.addLayout(self._button_row())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, theme.HALF, 12, theme.GAP)
        outer.addWidget(frame)
        self.files.changed.connect(self._mark)
        self.columns.changed.connect(self._mark)
        self.result.records_wanted.connect(self.show_records)
        self.result.undo_wanted.connect(self.undo)
        escape = QShortcut(QKeySequence("Esc"), self, self.cancel)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._go(FILES)

    def _scrolled(self) -> QScrollArea:
        """On a small screen at a large scale the steps scroll, and the buttons stay in sight."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_state(self._stack, "plain", value=True)
        area.setWidget(self._stack)
        return area

    def _progress_row(self) -> QHBoxLayout:
        self._doing = label(role="muted")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("进度")
        self._halt = button("停止", self.halt)
        return row(self._doing, self._bar, self._halt)

    def _button_row(self) -> QHBoxLayout:
        self.back = button("上一步", self._back)
        self.give_back = button("生成退回文件", self.write_returned, icon="export")
        self.leave = button("取消", self.cancel, tip="取消导入，什么也不存（Esc）")
        self.next = button("下一步", self.forward, primary=True)
        return row(self.back, self.give_back, None, self.leave, self.next)

    # for the window

    @property
    def step(self) -> int:
        """FILES, COLUMNS, CHECK or RESULT."""
        return self._stack.currentIndex()

    def start(self, paths: list[Path], kind: str = "") -> None:
        """Begin with these files; an import under way goes on, with more files from its first step."""
        fresh = self.step == RESULT or (self.step == FILES and not self.files.paths)
        if fresh:
            self._reset()
        if kind and self.step == FILES:
            self.files.set_kind(kind)
        self.files.set_year(self._context.year)
        self._context.read(work.reporters, done=self.files.set_reporters, owner=self)
        if self._job is None:
            self.files.add(paths)
            if fresh or paths:
                self._go(FILES)
        elif paths:
            self._context.said.emit("正在导入，完成后再添加文件")
        (self.next if self.files.paths else self.files.add_button).setFocus()

    # the buttons

    def forward(self) -> None:
        """The next step: read, read again with corrected columns, store, or done."""
        if not self.next.isEnabled() or self._job is not None:
            return
        if self.step == FILES:
            if self._read is not None and self._read.kind != self.files.request().kind:
                self.columns.clear()
            self._look(COLUMNS)
        elif self.step == COLUMNS and self._read != self._request():
            self._look(CHECK)
        elif self.step == COLUMNS:
            self._go(CHECK)
        elif self.step == CHECK:
            self._store()
        else:
            self._close()

    def cancel(self) -> None:
        """Stop what runs, else give the import up; nothing has been stored before the result."""
        if self._job is not None:
            self.halt()
        elif self.step in (FILES, RESULT) or ask.question(
            "放弃这次导入？", "还没有存任何记录。", yes="放弃导入", parent=self, danger=True
        ):
            self._close()

    def halt(self) -> None:
        """Stop reading; storing is one step and cannot be stopped."""
        if self._job is not None and self._halt.isEnabled():
            self._stop.set()
            self._job.cancel()
            self._doing.setText("正在停下……")

    def show_records(self) -> None:
        """Go to what was imported."""
        if self._result is not None and self._result.batch is not None and self._found is not None:
            kind, batch = self._found.kind, self._result.batch
            self._close()
            self._context.show(Query(kind, batch=batch))

    def undo(self) -> None:
        """Take the import back."""
        result = self._result
        if result is None or result.changes is None or result.batch is None:
            return
        count = len(result.changes.added)
        if confirmed(result.changes.sentence, count, self):
            self.result.undo.setEnabled(False)
            self._context.read(take_back, result.batch, done=self._taken_back, owner=self)

    def write_returned(self) -> None:
        """Write marked copies of the files with faults into a folder the user chooses."""
        if self._found is None:
            return
        folder = ask.folder("退回文件放在哪个文件夹", start=self._found.sheets[0].path.parent, parent=self)
        if folder is not None:
            self._run(
                "正在生成退回文件……", work.returned, self._found, folder, done=self._written, may_stop=False
            )

    # working

    def _request(self) -> Request:
        given = {key: dict(names) for key, names in self.columns.by_sheet.items() if names}
        return replace(self.files.request(), by_sheet=given)

    def _look(self, then: int) -> None:
        request = self._request()

        def done(found: Preview) -> None:
            self._found, self._read = found, request
            self.columns.show_preview(found)
            self.check.show_preview(found)
            self._go(then)

        self._stop.clear()
        self._run(
            f"正在读 {len(request.paths):,} 个文件……", work.look, request, self._stop.is_set,
            done=done, progress=self._progress,
        )  # fmt: skip

    def _store(self) -> None:
        self._run("正在保存，完成前请不要关机……", work.store, self._found, done=self._stored, may_stop=False)

    def _run(
        self,
        doing: str,
        fn: Callable[..., object],
        *args: object,
        done: Callable[..., object],
        progress: Callable[[int, int], None] | None = None,
        may_stop: bool = True,
    ) -> None:
        self._doing.setText(doing)
        self._bar.setRange(0, 0)
        self._halt.setEnabled(may_stop)
        # What stores goes with the other writes, so that closing the window waits for it.
        priority = Priority.LONG if may_stop else Priority.NORMAL
        self._job = self._context.worker.run(
            fn, *args, done=done, progress=progress, ended=self._ended, owner=self, priority=priority
        )
        self._mark()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total if total > 1 else 0)
        self._bar.setValue(done)

    def _ended(self) -> None:
        self._job = None
        self._mark()

    def _stored(self, result: ImportResult) -> None:
        assert self._found is not None
        self._result = result
        self.result.show_result(self._found, result)
        if result.changes is not None:
            self._context.changed.emit(result.changes)
            self._context.said.emit(f"已保存：{result.changes.sentence}")
        self._go(RESULT)

    def _taken_back(self, taken: TakenBack) -> None:
        tell(self._context, taken)
        self.result.show_taken_back(taken.sentence)
        self._mark()
        if taken.left:
            TakenBackDialog(taken, self).exec()

    def _written(self, paths: list[Path]) -> None:
        names = "、".join(path.name for path in paths)
        self._context.said.emit(f"已生成退回文件：{names}")
        if paths and ask.question(
            f"已生成 {len(paths):,} 个退回文件", f"{names}\n\n错的单元格标红，原因写在批注和最后一列。",
            yes="打开文件夹", parent=self,
        ):  # fmt: skip
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0].parent)))

    # where we are

    def _reset(self) -> None:
        self._found = self._read = self._result = None
        self.columns.clear()
        self.files.clear()
        self._go(FILES)

    def _close(self) -> None:
        self._reset()
        self.closed.emit()

    def _back(self) -> None:
        if self.step in (COLUMNS, CHECK) and self._job is None:
            self._go(self.step - 1)

    def _pill(self, place: int) -> None:
        """Back by a click on an earlier step; forward only by the button."""
        if place < self.step < RESULT and self._job is None:
            self._go(place)
        self._mark()

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._mark()
        first = (self.files.table, self.columns.sheets, self.check.messages, self.next)[step]
        first.setFocus()

    def _mark(self) -> None:
        """What is shown and can be pressed now."""
        busy, step, found = self._job is not None, self.step, self._found
        for place, pill in enumerate(self._pills):
            pill.setChecked(place == step)
            pill.setEnabled(not busy and (place <= step if step < RESULT else place == RESULT))
        self._title.setText(f"导入 · 第 {step + 1} 步 {STEPS[step][2:]}")
        self._summary.setText(self._said(step))
        for part in (self._doing, self._bar, self._halt):
            part.setVisible(busy)
        self._stack.setEnabled(not busy)
        self.back.setVisible(step in (COLUMNS, CHECK))
        self.back.setEnabled(not busy)
        faults = sum(1 for fault in found.rejected if fault.row) if found is not None else 0
        self.give_back.setVisible(step in (CHECK, RESULT) and faults > 0)
        self.give_back.setText(f"生成退回文件（{faults:,} 处已标红）")
        self.give_back.setEnabled(not busy)
        self.leave.setVisible(step != RESULT)
        text, ready = self._next_button(step, found)
        self.next.setText(text)
        self.next.setAccessibleName(text)
        self.next.setToolTip(f"{text}（Alt+N）")
        self.next.setEnabled(ready and not busy)
        self.next.setShortcut(QKeySequence("Alt+N"))

    def _said(self, step: int) -> str:
        if step == FILES or self._found is None:
            return "选好文件和台账。读的时候不改动原文件，核对完才存。"
        if step == COLUMNS:
            columns = sum(len(told.unknown(sheet)) for sheet in self._found.sheets)
            return f"{told.summary(self._found)}。" + (
                f"有 {columns:,} 列不认得，请看一下。" if columns else "列都认得，可以直接下一步。"
            )
        return f"{told.summary(self._found)}。"

    def _next_button(self, step: int, found: Preview | None) -> tuple[str, bool]:
        if step == FILES:
            return "下一步", bool(self.files.paths)
        if step == COLUMNS:
            return "下一步", found is not None
        if step == RESULT:
            return "完成", True
        ready = found.ready if found is not None else 0
        if not ready:
            return "没有可以导入的", False
        wrong = found is not None and bool(found.rejected)
        return (f"接收正确的 {ready:,} 条" if wrong else f"导入 {ready:,} 条"), True

    # files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.start(paths)
