"""What was imported, and taking an import back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Batch, Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (
    ListColumn("什么时候", 132),
    ListColumn("谁", 80),
    ListColumn("内容"),
    ListColumn("文件", 56, right=True),
    ListColumn("记录", 72, right=True),
    ListColumn("状态", 76),
)
_FILE_COLUMNS = (
    ListColumn("文件"),
    ListColumn("工作表", 160),
    ListColumn("台账", 120),
    ListColumn("记录", 72, right=True),
)
_LEFT_COLUMNS = (ListColumn("结果", 72), ListColumn("台账", 110), ListColumn("记录", 150), ListColumn("原因"))
_STATES = {"active": ("有效", "ok"), "reversed": ("已撤销", "muted")}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking a batch back did, in numbers of records; the rows of their child tables go with them.

    reversed: those that went to the trash.  restored: those that got their old values or came back from it.
    left: (结果, 台账, 记录, 原因) of everything that stays, child rows too.
    """

    reversed: int
    restored: int
    kept: int
    failed: int
    left: tuple[tuple[str, str, str, str], ...]
    changes: Changes

    @property
    def sentence(self) -> str:
        """How many were taken back, kept, and not taken back: 撤销了 12 条，保留 1 条."""
        parts = [f"撤销了 {self.reversed + self.restored:,} 条"]
        if self.restored:
            parts[0] += f"（其中 {self.restored:,} 条恢复了原来的内容）"
        if self.kept:
            parts.append(f"保留 {self.kept:,} 条")
        if self.failed:
            parts.append(f"{self.failed:,} 条没有撤成")
        return "，".join(parts)


class BatchesDialog(Frame):
    """导入记录: every import with its files, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("导入记录", 920, 600, parent)
        self._context = context
        self._batches: dict[int, Batch] = {}
        self.table = Listing("导入记录", _COLUMNS)
        self.table.set_empty_text("还没有导入过表格。在台账里点“导入”，或把表格文件拖进窗口。")
        self.files = Listing("这次导入的文件", _FILE_COLUMNS)
        self._title = label("文件", "muted")
        self.column.addWidget(self.table, 3)
        self.column.addWidget(self._title)
        self.column.addWidget(self.files, 2)
        self._undo = button("撤销这次导入", self.undo, icon="undo")
        self._show = button("查看这些记录", self.show_records, primary=True)
        close = button("关闭", self.reject)
        self.close_with(self._undo, None, close, self._show, default=self._show)
        self.table.current_changed.connect(self._current)
        self.table.opened.connect(lambda _: self.show_records())
        context.changed.connect(self._changed)
        self._current(None)
        self._read()

    def undo(self) -> None:
        """Take the batch with the cursor back, after a question."""
        batch = self._batches.get(self.table.current())
        if batch is None or batch.state != "active" or not confirmed(batch.sentence, batch.records, self):
            return
        self._undo.setEnabled(False)
        self._context.read(take_back, batch.id, done=self._undone, owner=self)

    def show_records(self) -> None:
        """Go to the records of the batch, in the ledger of its first file or of the chosen one."""
        batch = self._batches.get(self.table.current())
        if batch is None:
            return
        kind = self.files.current() or (batch.files[0].kind if batch.files else "")
        if kind:
            self.accept()
            self._context.show(Query(kind, batch=batch.id))

    def _changed(self, _changes: Changes) -> None:
        self._read()

    def _read(self) -> None:
        self._context.read(_batches, done=self._fill, owner=self)

    def _fill(self, batches: list[Batch]) -> None:
        self._batches = {batch.id: batch for batch in batches}
        self.table.set_lines([_line(batch) for batch in batches])

    def _current(self, number: int | None) -> None:
        batch = self._batches.get(number) if number is not None else None
        files = batch.files if batch else ()
        self.files.set_lines(
            [
                Line((file.file, file.sheet, kind_of(file.kind).label, f"{file.rows:,}"), file.kind)
                for file in files
            ]
        )
        names = len({file.file for file in files})
        self._title.setText(f"这次导入的文件：{names} 个" if batch else "文件")
        alive = batch is not None and batch.state == "active"
        self._undo.setEnabled(alive)
        self._undo.setToolTip("" if alive or batch is None else "这次导入已经撤销过了")
        self._show.setEnabled(alive)

    def _undone(self, taken: TakenBack) -> None:
        tell(self._context, taken)
        TakenBackDialog(taken, self).exec()


class TakenBackDialog(Frame):
    """What taking an import back did, and which records stay and why."""

    def __init__(self, taken: TakenBack, parent: QWidget | None = None) -> None:
        super().__init__("撤销导入", 820, 460 if taken.left else 190, parent)
        self.column.addWidget(NameLine("title", taken.sentence))
        for text in _outcomes(taken):
            said = label(text, "muted")
            said.setWordWrap(True)
            self.column.addWidget(said)
        if taken.left:
            self.column.addWidget(label("下面的没有撤销，要处理请按“原因”做：", "warning"))
            table = Listing("没有撤销的记录", _LEFT_COLUMNS)
            roles = {"没有撤成": "error", "保留": "warning"}
            table.set_lines(
                [Line(texts, place, {0: roles[texts[0]]}) for place, texts in enumerate(taken.left)]
            )
            full = label(taken.left[0][3], "muted")
            full.setWordWrap(True)
            full.setAccessibleName("原因全文")
            table.current_changed.connect(
                lambda place: full.setText(taken.left[place][3] if place is not None else "")
            )
            self.column.addWidget(table, 1)
            self.column.addWidget(full)
        else:
            self.column.addStretch(1)
        close = button("知道了", self.accept, primary=True)
        self.close_with(None, close, default=close)


def confirmed(sentence: str, records: int, parent: QWidget) -> bool:
    """Ask before an import is taken back."""
    return ask.question(
        "撤销这次导入？",
        f"{sentence}\n\n共 {records:,} 条：新增的移入回收站，替换过的恢复原来的内容；"
        "导入后又改过的保留，并逐条说明谁在什么时候改了什么。撤销后还可以按 Ctrl+Z 反悔。",
        yes=f"撤销 {records:,} 条",
        parent=parent,
        danger=True,
    )


def take_back(ledger: Ledger, batch: int) -> TakenBack:
    """Undo an import; on the database thread."""
    done = ledger.undo_import(batch)
    left = [
        (word, kind_of(kind).label, ledger.title(kind, record), reason)
        for word, items in (("没有撤成", done.failed), ("保留", done.kept))
        for kind, record, reason in items
    ]
    changes = done.changes
    return TakenBack(
        _records(changes.removed),
        _records((*changes.changed, *changes.added)),
        _records(done.kept),
        _records(done.failed),
        tuple(left),
        changes,
    )


def _records(items: Iterable[tuple[Any, ...]]) -> int:
    """How many of them are records of a ledger, rows of child tables not counted."""
    return sum(1 for kind, *_ in items if not kind_of(kind).parent)


def _outcomes(taken: TakenBack) -> list[str]:
    """What became of the records, one sentence each."""
    said = []
    if taken.reversed:
        said.append(f"{taken.reversed:,} 条移入了回收站，需要时可以恢复。")
    if taken.restored:
        said.append(f"{taken.restored:,} 条导入时被替换的，恢复了原来的内容。")
    said.append("这次撤销也可以按 Ctrl+Z 反悔。")
    return said


def tell(context: Context, taken: TakenBack) -> None:
    """Let all pages hear of an import that was taken back."""
    context.changed.emit(taken.changes)
    context.said.emit(f"{taken.changes.sentence}：{taken.sentence}")


def _batches(ledger: Ledger) -> list[Batch]:
    return ledger.batches()


def _line(batch: Batch) -> Line:
    word, role = _STATES.get(batch.state, (batch.state, ""))
    files = len({file.file for file in batch.files})
    texts = (batch.at[:16], batch.by, batch.sentence, f"{files:,}", f"{batch.records:,}", word)
    return Line(texts, batch.id, {5: role} if role else {})
