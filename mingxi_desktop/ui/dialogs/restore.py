"""Going back to a backup: which ones there are, what would be different, and choosing one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from mingxi_desktop import paths
from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import backup_names, handover
from mingxi_desktop.ledger.safekeeping.backup_names import FLAWED, Named
from mingxi_desktop.ledger.safekeeping.restore_preview import Difference, difference, records_in
from mingxi_desktop.ui import ask, key_asking
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.undone import replaced

_COLUMNS = (
    ListColumn("做于", 150),
    ListColumn("序号", 56, right=True, optional=True),
    ListColumn("记录", 70, right=True),
    ListColumn("缘由", 100),
    ListColumn("检查", 104),
    ListColumn("在哪里"),
)
_STEPS = (ListColumn("以后的改动", 150), ListColumn("操作人", 80, optional=True), ListColumn("做了什么"))
_FILTER = f"备份和交接包 (*{backup_names.SUFFIX} *{handover.SUFFIX});;台账文件 (*.mxdb);;所有文件 (*)"
_RECORDS = 2
"""Column of the number of records, which comes later."""
_UNREADABLE = "读不出"


class RestoreDialog(Frame):
    """Lets the user choose a backup; `chosen` is its file after the dialog was accepted.

    The newest one is chosen when it opens: what a restore takes away is kept, and one click brings it back, so
    nothing further is asked.  picked: a backup or package that was opened from outside; then it is that one.
    """

    def __init__(self, context: Context, parent: QWidget | None = None, picked: Path | None = None) -> None:
        super().__init__("从备份恢复", 860, 600, parent)
        self._context = context
        self._looking: Job | None = None
        self._counting: Job | None = None
        self._records: dict[Path, str] = {}
        self._found: list[Named] = []
        self._others: list[Path] = [picked] if picked else []
        self._picked = picked
        self.chosen: Path | None = None
        self._folder: Path = backup_names.folder_of(context.path, "")
        intro = label("选一个备份，台账就回到那时的样子。现在的台账会改名保留，恢复后还可以撤消。", "muted")
        intro.setWordWrap(True)
        self.column.addWidget(intro)
        self.table = Listing("备份", _COLUMNS)
        self.steps = Listing("那以后的改动", _STEPS)
        self.steps.set_empty_text("选一个备份，这里列出那以后的改动。")
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.steps)
        halves.setSizes([260, 170])
        self._differs = label()
        self._differs.setWordWrap(True)
        self._differs.setMinimumHeight(2 * self._differs.fontMetrics().lineSpacing())
        self.column.addWidget(halves, 1)
        self.column.addWidget(self._differs)
        self._back = replaced(context.settings, context.path)
        undo = button("撤消上次恢复", self.undo_last, icon="undo", tip=str(self._back or ""))
        undo.setVisible(self._back is not None)
        other = button("选择其他文件…", self.choose_other, icon="folder", tip="U盘上的备份、交接包")
        self._restore = button("恢复这个备份", self.restore, icon="restore", primary=True)
        self._password = button("输入口令…", self.unlock, icon="lock", tip="这份备份是加密的")
        self._password.hide()
        cancel = button("取消", self.reject)
        self.close_with(other, undo, self._password, None, cancel, self._restore, default=self._restore)
        self.table.current_changed.connect(self._look)
        self.table.opened.connect(lambda _: self.restore())
        bar = self.table.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(lambda *_: self._count())
        self._look(None)
        context.read(_around, done=self._show, owner=self)

    def choose_other(self) -> None:
        """A backup or package that lies elsewhere: a USB stick, another folder."""
        path = ask.open_file(
            "选择备份文件或交接包",
            _FILTER,
            folder=self._folder if paths.is_there(self._folder) else None,
            parent=self,
        )
        if path is not None:
            self._picked = path
            self._others = [path, *(one for one in self._others if one != path)]
            self._fill(keep=False)

    def unlock(self) -> None:
        """Ask for the password of the encrypted backup with the cursor, then look into it again."""
        path = self.table.current()
        try:
            if path is None or not key_asking.known(path, self):
                return
        except UserError as error:
            self._bad(error)
            return
        self._records = {one: text for one, text in self._records.items() if text != _UNREADABLE}
        self._look(path)
        self._count()

    def restore(self) -> None:
        """Take the backup with the cursor."""
        path = self.table.current()
        if path is not None and self._restore.isEnabled():
            self.chosen = path
            self.accept()

    def undo_last(self) -> None:
        """Back to what the last restore has replaced."""
        self.chosen = self._back
        self.accept()

    # inside

    def _show(self, found: tuple[Path, list[Named]]) -> None:
        self._folder, self._found = found
        self.table.set_empty_text(
            f"“{self._folder}”里还没有备份。\n用“文件 → 立即备份”做一个，或选择别处的备份文件。"
        )
        self._fill()
        self._count()

    def _fill(self, *, keep: bool = True) -> None:
        others = [_other(path, self._records) for path in self._others]
        found = [one for one in self._found if one.path not in self._others]
        own = [_line(one, self._folder, self._records, self._context.path.stem) for one in found]
        self.table.set_lines([*others, *own], keep=keep)

    def _count(self) -> None:
        """The number of records of each backup in sight, one after the other: there may be hundreds to be read."""
        own = {one.path for one in self._found} - self._records.keys()
        path = next((path for path in self.table.in_sight() if path in own), None)
        if path is None or (self._counting is not None and not self._counting.finished):
            return
        self._counting = self._context.read(
            _records_in, path, done=lambda text: self._counted(path, text), owner=self, priority=Priority.LAST,
        )  # fmt: skip

    def _counted(self, path: Path, text: str) -> None:
        self._records[path] = text
        lines = self.table.lines
        for row, line in enumerate(lines.lines):
            if line.key == path:
                lines.lines[row] = Line(
                    (*line.texts[:_RECORDS], text, *line.texts[_RECORDS + 1 :]), path, line.roles, line.tip
                )
                lines.dataChanged.emit(lines.index(row, _RECORDS), lines.index(row, _RECORDS))
        self._count()

    def _look(self, path: Path | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._offer("" if path is not None else "先在上面选一个备份，或者选择其他文件")
        self._password.hide()
        self.steps.set_lines([])
        if path is None:
            self._differs.setText("")
            return
        self._differs.setText("正在与现在的台账比较……")
        self._looking = self._context.read(
            difference, path, done=self._compared, owner=self, priority=Priority.LONG, failed=self._bad,
        )  # fmt: skip

    def _offer(self, why_not: str) -> None:
        """Whether the backup can be taken; "" if it can."""
        self._restore.setEnabled(not why_not)
        self._restore.setToolTip(why_not)

    def _compared(self, found: Difference) -> None:
        self._differs.setText(found.sentence)
        self._offer("")
        lines = [
            Line((step.at[:16], step.by, step.sentence), place) for place, step in enumerate(found.steps)
        ]
        more = found.number - len(lines)
        if more > 0:
            lines.append(Line(("", "", f"更早的还有 {more:,} 次"), -1))
        self.steps.set_empty_text("那以后没有改动。")
        self.steps.set_lines(lines)

    def _bad(self, error: UserError) -> None:
        self._offer(error.title)
        self._differs.setText(f"▲ {error.title}。{error.hint}")
        self._password.setVisible(isinstance(error, PasswordError))
        picked, self._picked = self._picked, None
        if isinstance(error, PasswordError) and picked == self.table.current():
            self.unlock()  # who has just picked the file wants in; moving the cursor alone asks for nothing


def go_back(context: Context, window: QWidget, picked: Path | None = None) -> None:
    """Have a backup chosen, and the ledger go back to it."""
    dialog = RestoreDialog(context, window, picked)
    if dialog.exec() and dialog.chosen is not None:
        context.restore_wanted.emit(dialog.chosen)


def _line(one: Named, folder: Path, records: dict[Path, str], stem: str) -> Line:
    state, role = ("已检查", "ok") if one.good else ("▲ 做时已有问题", "warning")
    if not one.number:
        state, role = "恢复时检查", "muted"
    where = "本机" if one.path.parent == folder else str(one.path.parent)
    if one.stem != stem:  # another ledger's, or this one's from before it was renamed
        where = f"台账“{one.stem}”的，{where}"
    texts = (
        f"{one.at:%Y-%m-%d %H:%M:%S}",
        str(one.number or ""),
        records.get(one.path, "…"),
        _reason(one),
        state,
        where,
    )
    return Line(texts, one.path, {4: role}, tip=str(one.path))


def _reason(one: Named) -> str:
    if not one.tail:
        return "改过名字的"
    return one.reason.removesuffix(FLAWED) or "手工备份"


def _other(path: Path, records: dict[Path, str]) -> Line:
    return Line(("另选的文件", "", records.get(path, ""), "", "恢复时检查", path.name), path, tip=str(path))


def _around(ledger: Ledger) -> tuple[Path, list[Named]]:
    own = ledger.backups
    return own.folder, own.there()


def _records_in(_: Ledger, path: Path) -> str:
    found = records_in(path)
    return _UNREADABLE if found is None else f"{found:,}"
