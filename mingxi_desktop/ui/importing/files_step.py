"""Step 1: which files, for which ledger, from whom, of which year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from mingxi_desktop.domain.kinds import ALL, TABS, of_tab
from mingxi_desktop.ledger.intake.wish import Settings, Source
from mingxi_desktop.ui import ask, theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.work import ENDINGS
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, row

FILTER = f"表格文件 ({' '.join(f'*.{ending}' for ending in ENDINGS)});;所有文件 (*)"
_COLUMNS = (ListColumn("文件"), ListColumn("大小", 80, right=True), ListColumn("文件夹", 180, optional=True))
_FORM_WIDTH = 348
_FIRST_YEAR_BEFORE, _YEARS = 1, 8
_GONE, _PASTED = "找不到", "从剪贴板粘贴"
_WRITTEN = "表里写了台账名称、填报单位、年份、单位（万元）的，以表里为准。"
_PERSONAL = "身份证号、电话、个人名单平时不导入，只按名单计人数；打了勾，有这些列的台账才收进来。"


class FilesStep(QWidget):
    """The list of files and what the user knows about them."""

    changed = Signal()
    """Files, ledger or anything else is another."""

    examples_wanted = Signal()
    """Files to try the import with."""
    folder_wanted = Signal(list)
    """Folders (and files among them) whose spreadsheets are to be listed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._sources: list[Source] = []
        self.table = Listing("要导入的文件", _COLUMNS, several=True)
        self.table.set_empty_text(
            "把表格文件或文件夹拖到这里，或点“添加文件”。\n各乡镇的文件可以一次全选：xlsx、xls、et、ods、csv 都认得。"
        )
        self.add_button = button("添加文件(&A)…", self.choose, icon="add")
        folder = button("添加文件夹(&O)…", self.choose_folder, icon="folder", tip="文件夹里的表格全部加进来")
        self._remove = button("移除(&X)", self.remove, tip="从列表里移除选中的文件（Del），文件本身不动")
        self._examples = button(
            "手上没有表？写出示例文件(&W)…",
            self.examples_wanted.emit,
            link=True,
            tip="一批各样的乡镇报表，内容是虚构的，用来试导入",
        )
        self._count, self._said = label(role="muted"), label(role="warning")
        self._said.setWordWrap(True)
        self._said.hide()
        files = card(self)
        files.column.addLayout(
            flow([label("文件", "title"), self._count], [self.add_button, folder, self._remove])
        )
        files.column.addWidget(self.table, 1)
        files.column.addWidget(self._said)
        files.column.addLayout(row(self._examples, None))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        outer.addWidget(files, 1)
        outer.addWidget(self._form())
        self.parts: tuple[QWidget, ...] = (self.table, self.kind)
        self.table.chosen_changed.connect(self._mark)
        shortcut = QShortcut(QKeySequence("Del"), self.table, self.remove)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._mark()

    def _form(self) -> QWidget:
        frame = card(self)
        frame.setFixedWidth(_FORM_WIDTH)
        frame.column.addWidget(label("怎么读", "title"))
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        self.kind = CalmCombo("导入到哪个台账")
        self.kind.addItem("自动识别", "")
        for tab in TABS:
            for kind in of_tab(tab):
                self.kind.addItem(f"{tab} · {kind.label}", kind.name)
        self.reporter = CalmCombo("填报单位")
        self.year = CalmCombo("没有年份的日期按")
        self.money = CalmCombo("金额单位")
        for text, unit in (("按表里写的", ""), ("元", "元"), ("万元", "万元")):
            self.money.addItem(text, unit)
        form.addRow("导入到(&K)", self.kind)
        form.addRow("填报单位(&U)", self.reporter)
        form.addRow("没写的年份(&Y)", self.year)
        form.addRow("金额单位(&M)", self.money)
        frame.column.addLayout(form)
        frame.column.addWidget(_remark(_WRITTEN))
        self.personal = QCheckBox("连同个人信息一起导入(&P)")
        self.personal.toggled.connect(lambda _: self.changed.emit())
        frame.column.addSpacing(theme.GAP)
        frame.column.addWidget(self.personal)
        frame.column.addWidget(_remark(_PERSONAL))
        frame.column.addStretch(1)
        self.set_reporters(())
        for combo in (self.kind, self.reporter, self.year, self.money):
            combo.currentIndexChanged.connect(lambda _: self.changed.emit())
        return frame

    # for the page

    @property
    def sources(self) -> list[Source]:
        """The files of the list in its order, ready to be read."""
        return list(self._sources)

    @property
    def paths(self) -> list[Path]:
        """Where they are."""
        return [source.path for source in self._sources]

    def settings(self) -> Settings:
        """What the user wants, without what was said of single tables."""
        return Settings(
            kind=self.kind.currentData(),
            reporter=self.reporter.currentData() or "",
            year=self.year.currentData(),
            money_unit=self.money.currentData(),
            personal=self.personal.isChecked(),
        )

    def add(self, paths: Sequence[Path], unseen: str = "") -> None:
        """More files; those that are there already are not listed twice, and it is said.

        unseen: what was not looked at, likewise said.
        """
        known, missing = set(self.paths), []
        fresh: list[Source] = []
        for path in dict.fromkeys(paths):
            if path in known:
                continue
            if path.is_file():
                fresh.append(Source(path))
            else:
                missing.append(path.name)
        twice = len(paths) - len(fresh) - len(missing)
        said = [f"▲ {unseen}"] if unseen else []
        if twice:
            said.append(f"{twice:,} 个已经在列表里，没有再加")
        if missing:
            said.append(
                f"找不到：{'、'.join(missing[:3])}{f' 等 {len(missing):,} 个' if len(missing) > 3 else ''}"
            )
        if not paths and not unseen:
            said.append("文件夹里没有表格文件")
        self._set([*self._sources, *fresh], "；".join(said))
        if fresh:
            self.table.setFocus()

    def set_pasted(self, source: Source) -> None:
        """Only this block from the clipboard."""
        self._set([source])

    def clear(self) -> None:
        """No files, and nothing said of them."""
        self._set([])
        self.kind.setCurrentIndex(0)
        self.money.setCurrentIndex(0)
        self.year.setCurrentIndex(-1)
        self.personal.setChecked(False)

    def set_kind(self, kind: str) -> None:
        """Which ledger the files are for, "" for whichever fits; a child table is imported with its ledger."""
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
        """The years around the one that the window shows; that one, until the user chooses another."""
        chosen = self.year.currentData() if self.year.currentIndex() >= 0 else year
        self.year.blockSignals(True)
        self.year.clear()
        self.year.addItem("不补，当作错误", None)
        for offered in range(year + _FIRST_YEAR_BEFORE, year + _FIRST_YEAR_BEFORE - _YEARS, -1):
            self.year.addItem(f"{offered} 年", offered)
        self.year.setCurrentIndex(max(self.year.findData(chosen), 0) if chosen else 0)
        self.year.blockSignals(False)

    def choose(self) -> None:
        """Ask for spreadsheets and add them to the list."""
        paths = ask.open_files("选择要导入的表格", FILTER, folder=self._folder, parent=self)
        if paths:
            self._folder = paths[0].parent
            self.add(paths)

    def choose_folder(self) -> None:
        """Ask for a folder that is to be looked through."""
        folder = ask.folder("选择放表格的文件夹", start=self._folder, parent=self)
        if folder is not None:
            self._folder = folder
            self.folder_wanted.emit([folder])

    def remove(self) -> None:
        """Take the selected files off the list."""
        chosen = set(self.table.chosen())
        self._set([source for place, source in enumerate(self._sources) if place not in chosen])

    # inside

    def _set(self, sources: list[Source], said: str = "") -> None:
        self._sources = sources
        self.table.set_lines([_line(place, source) for place, source in enumerate(sources)], keep=False)
        self._count.setText(f"{len(sources):,} 个" if sources else "")
        self._examples.setVisible(not sources)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.changed.emit()

    def _mark(self) -> None:
        self._remove.setEnabled(bool(self.table.chosen()))


def _remark(text: str) -> QLabel:
    made = label(text, "muted")
    made.setWordWrap(True)
    return made


def _line(place: int, source: Source) -> Line:
    if source.data is not None:
        return Line((source.path.name, _size(len(source.data)), _PASTED), place)
    try:
        size = _size(source.path.stat().st_size)
    except OSError:
        size = _GONE
    roles = {1: "error"} if size == _GONE else {}
    return Line((source.path.name, size, str(source.path.parent)), place, roles)


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1):,} KB"
