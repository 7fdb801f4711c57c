"""Going back to a backup: which ones there are, what would be different, and choosing one."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, keeping
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label

_COLUMNS = (ListColumn("做于", 150), ListColumn("大小", 88, right=True), ListColumn("文件"))
_STAMP = re.compile(r"-(\d{8}-\d{6})-[0-9a-f]{8}$")
_COUNTED_UP_TO = 200_000_000
"""Larger backups are not looked into before they are chosen."""
_FILTER = f"台账备份 (*{keeping.SUFFIX});;台账文件 (*.mxdb);;所有文件 (*)"


class RestoreDialog(Frame):
    """Lets the user choose a backup; `chosen` is its file after the dialog was accepted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("从备份恢复", 760, 520, parent)
        self._context = context
        self._looking: Job | None = None
        self.chosen: Path | None = None
        self._folder = context.path.parent / keeping.FOLDER
        intro = label("选一个备份，台账就回到那时的样子。现在的文件会改名保留在原处，不会丢失。", "muted")
        intro.setWordWrap(True)
        self.column.addWidget(intro)
        self.table = Listing("备份", _COLUMNS)
        self.column.addWidget(self.table, 1)
        self._differs = label()
        self._differs.setWordWrap(True)
        self._differs.setMinimumHeight(2 * self._differs.fontMetrics().lineSpacing())
        self.column.addWidget(self._differs)
        other = button("选择其他备份文件…", self.choose_other, icon="folder")
        self._restore = button("恢复这个备份", self.restore, icon="restore", primary=True)
        cancel = button("取消", self.reject)
        self.close_with(other, None, cancel, self._restore, default=self._restore)
        self.table.current_changed.connect(self._look)
        self.table.opened.connect(lambda _: self.restore())
        self._look(None)
        self._show_folder(self._folder)
        context.read(_folder_of, done=self._show_folder, owner=self)

    def _show_folder(self, folder: Path) -> None:
        self._folder = folder
        self.table.set_empty_text(
            f"“{folder}”里还没有备份。\n用“文件 → 立即备份”做一个，或选择别处的备份文件。"
        )
        self.table.set_lines([_line(path) for path in backups(folder)])

    def choose_other(self) -> None:
        """A backup that lies elsewhere: a USB stick, another folder."""
        path = ask.open_file(
            "选择备份文件", _FILTER, folder=self._folder if self._folder.exists() else None, parent=self
        )
        if path is not None:
            shown = [line for line in self.table.lines.lines if line.key != path]
            self.table.set_lines([_line(path), *shown], keep=False)

    def restore(self) -> None:
        """Take the backup with the cursor, after a question."""
        path = self.table.current()
        if path is not None and ask.question(
            f"恢复到 {when(path)} 的备份？",
            "那以后录入和导入的内容在恢复后的台账里没有；现在的文件会改名保留。",
            yes="恢复这个备份",
            parent=self,
            danger=True,
        ):
            self.chosen = path
            self.accept()

    def _look(self, path: Path | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._restore.setEnabled(path is not None)
        if path is None:
            self._differs.setText("")
            return
        self._differs.setText("正在与现在的台账比较……")
        self._looking = self._context.read(
            _difference,
            path,
            done=self._differs.setText,
            owner=self,
            priority=Priority.LONG,
            failed=self._bad,
        )

    def _bad(self, error: UserError) -> None:
        self._differs.setText(f"▲ {error.title}。{error.hint}")


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, newest first."""
    return sorted(folder.glob(f"*{keeping.SUFFIX}"), key=when, reverse=True)


def when(path: Path) -> str:
    """When a backup was made: as its name says, else as the file system does."""
    stamp = _STAMP.search(path.stem)
    if stamp:
        try:
            return f"{datetime.datetime.strptime(stamp[1], '%Y%m%d-%H%M%S'):%Y-%m-%d %H:%M:%S}"
        except ValueError:
            pass
    return f"{datetime.datetime.fromtimestamp(_stat(path)[0]):%Y-%m-%d %H:%M:%S}"


def _stat(path: Path) -> tuple[float, int]:
    """(time, size); zeros where the file has gone meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return 0.0, 0
    return found.st_mtime, found.st_size


def _line(path: Path) -> Line:
    return Line((when(path), f"{_stat(path)[1] / 1_000_000:,.1f} MB", path.name), path, tip=str(path))


def _difference(ledger: Ledger, path: Path) -> str:
    """How many records of each ledger there would be more or fewer; a copy is opened, never the backup."""
    if _stat(path)[1] > _COUNTED_UP_TO:
        return "这个备份很大，恢复前不逐项比较。"
    now = ledger.counts()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.mxdb"
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise UserError(
                "读不了这个备份文件", f"文件：{path}", "看看U盘是否还插着，或换一个备份。"
            ) from error
        with Ledger.open(copy) as then:
            before = then.counts()
    parts = []
    for kind in ALL:
        more = before[kind.name] - now[kind.name]
        if more:
            parts.append(f"{kind.label}{'多' if more > 0 else '少'} {abs(more):,} 条")
    return (
        f"恢复后与现在相比：{'，'.join(parts)}；其余条数相同。"
        if parts
        else "各台账的条数与现在相同（内容可能不同）。"
    )


def _folder_of(ledger: Ledger) -> Path:
    return keeping.folder_of(ledger.path, ledger.setting(keeping.FOLDER_SETTING))
