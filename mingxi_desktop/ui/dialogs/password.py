"""口令…: the password a ledger is opened with, and after how long the window locks by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.idle import CHOICES, MINUTES, Lock
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.password_line import PasswordLine
from mingxi_desktop.ui.shapes import button, label, row

_NOT_ENCRYPTED = (
    "口令挡住的是窗口：不知道口令的人打不开这份台账。文件本身没有加密，懂技术的人拿到文件仍能读出来；"
    "要保护文件，用【工具 → 加密…】。"
)
_ENCRYPTED = "台账已经加密，打开时输入的就是加密的口令。要改口令、取消加密，用【工具 → 加密…】。"
_FORGOTTEN = "忘记了口令，请维护人员在命令行里取消，手册“口令和锁定”里有写法；记录不会丢。"
_SHORTEST = 4
_NAMES = 84
"""Pixels for the names before the fields, so that these stand in line."""


class PasswordDialog(Frame):
    """Setting, changing and taking away; only where the old one is known."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("口令和锁定", 520, parent=parent)
        self._context = context
        self._there = False
        self._minutes = ""
        column = self.scrolled()
        self._state = label("正在读取……", "title")
        self._told: QLabel = label(_NOT_ENCRYPTED, "muted")
        self._told.setWordWrap(True)
        self.old = PasswordLine("原口令(&O)")
        self.new = PasswordLine("新口令(&N)")
        self.again = PasswordLine("再输入一次(&A)")
        self._lines = (self.old, self.new, self.again)
        for line in self._lines:
            line.name.setMinimumWidth(_NAMES)
            line.typed.connect(self._mark)
        lead_on(*(line.edit for line in self._lines))
        self._said = label(role="error")
        self._said.setWordWrap(True)
        self._forgotten: QLabel = label(_FORGOTTEN, "muted")
        self._forgotten.setWordWrap(True)
        self._set = button("设置口令", self.set, primary=True)
        self._remove = button("取消口令", self.remove, tip="以后打开不用输入口令")
        for part in (self._state, self._told, *self._lines, self._said):
            column.addWidget(part)
        column.addLayout(row(None, self._remove, self._set))
        column.addWidget(self._forgotten)
        column.addWidget(self._idle_part())
        column.addStretch(1)
        close = button("关闭", self.reject)
        self.close_with(None, close, default=self._set)
        # Until it is known that they are wanted: the dialog grows, and never shrinks.
        self.old.hide()
        self._remove.hide()
        self._forgotten.hide()
        self._read()

    def _idle_part(self) -> QWidget:
        part, name = QWidget(), label("自动锁定(&L)")
        self.idle = CalmCombo("多久没有操作就锁定")
        self.idle.addItem("不自动锁定", "")
        for minutes in CHOICES:
            self.idle.addItem(f"{minutes} 分钟没有操作就锁定", str(minutes))
        self.idle.currentIndexChanged.connect(lambda _: self._keep_minutes())
        name.setMinimumWidth(_NAMES)
        name.setBuddy(self.idle)
        line = row(name, self.idle)
        line.setStretch(1, 1)
        part.setLayout(line)
        return part

    def set(self) -> None:
        """Keep the password that was typed, in place of one there was."""
        if self._set.isEnabled():
            self._store(self.new.text())

    def remove(self) -> None:
        """Take the password away."""
        if ask.question(
            "取消打开口令？", "以后谁都能打开这份台账，也不再锁定。", yes="取消口令", parent=self, danger=True
        ):
            self._store("")

    # inside

    def _read(self) -> None:
        self._context.read(_state, done=self._show, owner=self)

    def _show(self, found: tuple[bool, bool, str]) -> None:
        self._there, encrypted, self._minutes = found
        self._state.setText("打开这份台账要输入口令" if self._there else "打开这份台账不用口令")
        self._told.setText(_ENCRYPTED if encrypted else _NOT_ENCRYPTED)
        self.old.setVisible(self._there and not encrypted)
        for part in (self.new, self.again, self._set):
            part.setVisible(not encrypted)
        self._remove.setVisible(self._there and not encrypted)
        self._forgotten.setVisible(self._there and not encrypted)
        self._set.setText("修改口令" if self._there else "设置口令")
        self.idle.blockSignals(True)
        self.idle.setCurrentIndex(max(self.idle.findData(self._minutes), 0))
        self.idle.blockSignals(False)
        self.idle.setEnabled(self._there)
        self.idle.setToolTip("" if self._there else "先设置口令")
        for line in self._lines:
            line.clear()
        (self.old if self._there else self.new).setFocus()
        self._mark()

    def _mark(self) -> None:
        new, again = self.new.text(), self.again.text()
        said = ""
        if new and len(new) < _SHORTEST:
            said = f"口令太短：至少 {_SHORTEST} 个字"
        elif again and new != again:
            said = "两次输入的口令不一样"
        elif self._there and new and new == self.old.text():
            said = "新口令和原口令一样"
        self._said.setText(said)
        known = bool(self.old.text()) or not self._there
        self._set.setEnabled(bool(new) and new == again and known and not said)
        self._remove.setEnabled(known)

    def _store(self, new: str) -> None:
        for one in (self._set, self._remove):
            one.setEnabled(False)
        self._context.write(
            _set, self.old.text(), new, owner=self, done=lambda _: self._stored(), failed=self._refused
        )

    def _stored(self) -> None:
        lock = self._context.findChild(Lock)
        if lock is not None:
            lock.renew()
        self._read()

    def _refused(self, error: UserError) -> None:
        self._mark()
        self._said.setText(f"▲ {error.title}。{error.hint}")
        self.old.edit.setFocus()
        self.old.edit.selectAll()

    def _keep_minutes(self) -> None:
        self._context.read(
            _keep_minutes, str(self.idle.currentData()), done=lambda _: self._kept_minutes(), owner=self
        )

    def _kept_minutes(self) -> None:
        self._context.said.emit(f"已保存：{self.idle.currentText()}")
        lock = self._context.findChild(Lock)
        if lock is not None:
            lock.renew()


def _state(ledger: Ledger) -> tuple[bool, bool, str]:
    return ledger.remarks.has_password, encrypting.is_on(ledger), ledger.setting(MINUTES)


def _set(ledger: Ledger, old: str, new: str) -> Changes:
    return ledger.remarks.change_password(old, new)


def _keep_minutes(ledger: Ledger, minutes: str) -> None:
    ledger.preferences.keep({MINUTES: minutes})
