"""Step 1: which files, for which ledger, from whom, of which year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from mingxi_desktop.domain.kinds import ALL, TABS, of_tab
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.importing.work import Request
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, row

FILTER = "表格文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt);;所有文件 (*)"
_COLUMNS = (ListColumn("文件", 320), ListColumn("大小", 80, right=True), ListColumn("文件夹"))
_FORM_WIDTH = 340
_FIRST_YEAR_BEFORE, _YEARS = 1, 8


class FilesStep(QWidget):
    """The list of files and what the user knows about them."""

    changed = Signal()
    """Files, ledger or anything else is another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self.table = Listing("要导入的文件", _COLUMNS, several=True)
        self.table.set_empty_text(
            "把表格文件拖到这里，或点“添加文件”。\n可以一次选好几个：xlsx、xls、et、ods、csv 都认得。"
        )
        self._remove = button("移除", self.remove, tip="移除选中的文件（Del）")
        files = card()
        column = files.layout()
        assert isinstance(column, QVBoxLayout)
        self.add_button = button("添加文件…", self.choose, icon="add")
        self._count = label(role="muted")
        column.addLayout(row(label("文件", "title"), self._count, None, self.add_button, self._remove))
        column.addWidget(self.table, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        outer.addWidget(files, 1)
        outer.addWidget(self._form())
        self.table.chosen_changed.connect(self._mark)
        shortcut = QShortcut(QKeySequence("Del"), self.table, self.remove)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._mark()

    def _form(self) -> QWidget:
        frame = card()
        frame.setFixedWidth(_FORM_WIDTH)
        column = frame.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(label("怎么读", "title"))
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        self.kind = CalmCombo("台账")
        for tab in TABS:
            for kind in of_tab(tab):
                self.kind.addItem(f"{tab} · {kind.label}", kind.name)
        self.reporter = CalmCombo("填报单位")
        self.year = CalmCombo("没有年份的日期按")
        form.addRow("导入到(&K)", self.kind)
        form.addRow("填报单位(&S)", self.reporter)
        form.addRow("年份(&Y)", self.year)
        column.addLayout(form)
        for text in (
            "年份：表里的日期写“6月9日”没有年份时用；标题里写明年份的不用选。",
            "表里写了填报单位或乡镇的以表里为准。",
            "下一步先看列对得对不对，再逐行核对；核对完才存。",
        ):
            note = label(text, "muted")
            note.setWordWrap(True)
            column.addWidget(note)
        column.addStretch(1)
        self.set_reporters(())
        for combo in (self.kind, self.reporter, self.year):
            combo.currentIndexChanged.connect(lambda _: self.changed.emit())
        return frame

    # for the page

    @property
    def paths(self) -> list[Path]:
        """The files, in order."""
        return [line.key for line in self.table.lines.lines]

    def request(self) -> Request:
        """What the user wants, without corrections of columns."""
        return Request(
            tuple(self.paths),
            self.kind.currentData(),
            self.reporter.currentData() or "",
            self.year.currentData(),
        )

    def add(self, paths: Sequence[Path]) -> None:
        """More files; those that are there already are not listed twice."""
        kept = self.paths
        kept += [path for path in dict.fromkeys(paths) if path not in kept and path.is_file()]
        self._set(kept)

    def clear(self) -> None:
        """No files."""
        self._set([])

    def set_kind(self, kind: str) -> None:
        """Which ledger the files are for; a child table is imported with its ledger."""
        declared = next((item for item in ALL if item.name == kind), None)
        name = declared.parent_kind or declared.name if declared is not None else ""
        self.kind.setCurrentIndex(max(self.kind.findData(name), 0))

    def set_reporters(self, names: Sequence[str]) -> None:
        """Who may have sent the files."""
        chosen = self.reporter.currentData()
        self.reporter.blockSignals(True)
        self.reporter.clear()
        self.reporter.addItem("按表里写的", "")
        for name in names:
            self.reporter.addItem(name, name)
        self.reporter.setCurrentIndex(max(self.reporter.findData(chosen), 0))
        self.reporter.blockSignals(False)

    def set_year(self, year: int) -> None:
        """The years around the one that the window shows."""
        chosen = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        self.year.addItem("按文件标题", None)
        for offered in range(year + _FIRST_YEAR_BEFORE, year + _FIRST_YEAR_BEFORE - _YEARS, -1):
            self.year.addItem(f"{offered} 年", offered)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0) if chosen else 0)
        self.year.blockSignals(False)

    def choose(self) -> None:
        """Ask for files."""
        paths = ask.open_files("选择要导入的表格", FILTER, folder=self._folder, parent=self)
        if paths:
            self._folder = paths[0].parent
            self.add(paths)

    def remove(self) -> None:
        """Take the selected files off the list."""
        chosen = set(self.table.chosen())
        self._set([path for path in self.paths if path not in chosen])

    # inside

    def _set(self, paths: list[Path]) -> None:
        self.table.set_lines([Line((path.name, _size(path), str(path.parent)), path) for path in paths])
        self._count.setText(f"{len(paths):,} 个" if paths else "")
        self.changed.emit()

    def _mark(self) -> None:
        self._remove.setEnabled(bool(self.table.chosen()))


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return "—"
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1):,} KB"
