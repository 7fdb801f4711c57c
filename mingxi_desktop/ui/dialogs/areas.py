"""The townships and villages of the county, all at once: typed, pasted or from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import AREA, VILLAGE, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, area_list
from mingxi_desktop.ledger.area_list import AreaList
from mingxi_desktop.ledger.home import AreaChanges
from mingxi_desktop.ui import ask, style
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.importing.files_step import FILTER
from mingxi_desktop.ui.shapes import button, label, row

_HOW = "每行一个乡镇（街道），后面写它的村居：云峰镇：东山村、西山村。也可以从表格里复制“乡镇、村居”两列粘贴进来。"
_SHOWN = 3


class AreasDialog(Frame):
    """A list that is looked into while it is typed; accepted once it is stored."""

    manual = "01-start.md"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("乡镇和村居", 640, 480, parent)
        self._context = context
        self._read: AreaList | None = None
        self._asked: AreaList | None = None
        how = label(_HOW, "muted")
        how.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("乡镇和村居")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("云峰镇：东山村、西山村\n城中街道：中山社区")
        self._file = button(
            "从表格读入(&F)…", self.choose, icon="folder", tip="表里要有“乡镇”一列，有村居的再加一列"
        )
        self.only = QCheckBox("名单里没有的停用(&O)")
        self.only.setToolTip("不再出现在候选里，原有记录不变")
        self.said = label()
        self.said.setWordWrap(True)
        self.column.addWidget(how)
        self.column.addWidget(self.text, 1)
        self.column.addLayout(row(self._file, None, self.only))
        self.column.addWidget(self.said)
        self.go = button("登记", self.store, primary=True)
        self.close_with(None, button("取消", self.reject), self.go, default=self.go)
        self.text.textChanged.connect(self._look)
        self.only.toggled.connect(lambda _: self._look())
        self._look()
        self.text.setFocus()

    def choose(self) -> None:
        """The list of a spreadsheet in the place of what is typed."""
        path = ask.open_file("选择乡镇和村居的名单", FILTER, parent=self)
        if path is not None:
            self._file.setEnabled(False)
            self._context.read(_of_file, path, done=self._arrived, owner=self, failed=self._refused)

    def store(self) -> None:
        """Store the list, as it is now."""
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self._context.write(
                _take_in, self._wanted(), self.only.isChecked(),
                done=lambda _: self.accept(), owner=self, failed=self._refused,
            )  # fmt: skip

    def _arrived(self, found: AreaList) -> None:
        self._file.setEnabled(True)
        self._read = found
        self.text.setPlainText(found.text)

    def _wanted(self) -> AreaList:
        """What is typed; what was read, with its codes, as long as it stands there unchanged."""
        text = self.text.toPlainText()
        return self._read if self._read and text == self._read.text else area_list.from_text(text)

    def _look(self) -> None:
        self.go.setEnabled(False)
        self._asked = wanted = self._wanted()
        if wanted.faults:
            self._say(f"▲ {_some(wanted.faults)}", "error")
        else:
            self._context.read(_compared, wanted, done=lambda found: self._told(wanted, found), owner=self)

    def _told(self, wanted: AreaList, found: AreaChanges) -> None:
        """What it would do, unless something else has been typed meanwhile."""
        if wanted is not self._asked:
            return
        if not wanted.townships:
            there = [_counted(found.stopped, listed) for listed in (AREA, VILLAGE)]
            self._say(
                f"已登记 {there[0]:,} 个乡镇、{there[1]:,} 个村居，在“设置 → 名单”里看和改；这里写要新登记的。"
                if any(there)
                else "还没有登记乡镇，写在上面。",
                "muted",
            )
            return
        parts = [f"{len(wanted.townships)} 个乡镇、{len(wanted.villages)} 个村居"]
        new = _counted((*found.added, *found.again), AREA, VILLAGE)
        parts.append(f"新登记 {new:,} 个" if new else "都登记过了")
        stopped = [_counted(found.stopped, listed) for listed in (AREA, VILLAGE)]
        if any(stopped):
            doing = "停用" if self.only.isChecked() else "名单里没有、照样在用的有"
            parts.append(f"{doing} {stopped[0]} 个乡镇、{stopped[1]} 个村居")
        self._say("；".join(parts) + "。", "")
        self.go.setEnabled(bool(new or (any(stopped) and self.only.isChecked())))

    def _refused(self, error: UserError) -> None:
        self._file.setEnabled(True)
        self._say(error.in_one_line(), "error")

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        style.set_state(self.said, "role", role)


def _counted(entries: Sequence[Entry], *lists: str) -> int:
    return sum(entry.list in lists for entry in entries)


def _some(faults: tuple[str, ...]) -> str:
    more = f"；还有 {len(faults) - _SHOWN} 行" if len(faults) > _SHOWN else ""
    return "；".join(faults[:_SHOWN]) + more


def _of_file(_: Ledger, path: Path) -> AreaList:
    return area_list.from_file(path)


def _compared(ledger: Ledger, wanted: AreaList) -> AreaChanges:
    return ledger.home.compared(wanted)


def _take_in(ledger: Ledger, wanted: AreaList, only: bool) -> Changes:
    return ledger.home.take_in(wanted, only=only)
