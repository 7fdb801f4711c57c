"""加密…: turning the encryption of the ledger file on; with it on, another password or code, or off again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.errors import PasswordError, UserError
from mingxi_desktop.ledger import Ledger, encrypting
from mingxi_desktop.ledger.encrypting import Turned
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.leading import lead_on
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.password_line import PasswordLine
from mingxi_desktop.ui.recovery_code import RecoveryCode
from mingxi_desktop.ui.shapes import button, label, row
from mingxi_desktop.ui.working import WorkingFrame

_WIDTH = 96
_WARNING = "▲ 口令和恢复码都丢了，数据就再也打不开，谁也没有办法。"
_WHAT = (
    "加密以后，没有口令谁也读不出台账和以后的备份，丢了电脑或U盘也不怕。不加密的有：佐证材料、没保存完的草稿、"
    "导出的表格和报告、以前的备份和交接包；关闭时不再另存“全部台账”的表格。"
)
_NOT_LISTED = (
    "没有列出、也没有加密的：佐证材料、没保存完的草稿、交接包和您导出的文件，还有没插上的U盘里以前的备份。"
)
_KEPT = "以后的备份也是加密的，自己带着钥匙。换口令以后，以前的备份仍然用以前的口令；恢复码都能打开。"


def open_encryption(context: Context, window: QWidget) -> None:
    """The dialog that fits: to encrypt, or what can be done with an encrypted ledger."""

    def show(found: tuple[bool, str]) -> None:
        on, code = found
        made = EncryptedDialog(context, window) if on else EncryptDialog(context, code, window)
        made.exec()

    context.read(_state, done=show, owner=window)


class EncryptDialog(WorkingFrame):
    """Turning it on: a password twice, the recovery code written down and typed back, then the button."""

    def __init__(self, context: Context, code: str, parent: QWidget | None = None) -> None:
        super().__init__(context, "加密台账文件", 560, parent)
        self.new = PasswordLine("口令(&P)", width=_WIDTH)
        self.again = PasswordLine("再输入一次(&A)", width=_WIDTH)
        self.part = RecoveryCode(context.path, code)
        _fill(
            self.body,
            label("这份台账没有加密", "title"),
            _wrapped(_WHAT, "muted"),
            label("第一步　口令，以后每次打开都要输入", "title"),
            self.new,
            self.again,
            label("第二步　恢复码", "title"),
            self.part,
        )
        self.body.addStretch(1)
        self._go = button("加密", self.encrypt, primary=True)
        self.column.insertWidget(1, _wrapped(_WARNING, "warning"))
        self.close_with(None, button("取消", self.reject), self._go, default=self._go)
        lead_on(self.new.edit, self.again.edit, self.part.back)
        for line in (self.new, self.again, self.part):
            line.typed.connect(self.mark)
        self.mark()
        self.new.setFocus()

    def encrypt(self) -> None:
        """Encrypt the ledger's file, once the password stands there twice and the code was typed back."""
        if self._go.isEnabled():
            self.run(_turn_on, self.part.code, self.new.text(), done=self._done)

    def mark(self) -> None:
        """The button waits for the password twice and the code typed back."""
        said = _password_fault(self.new.text(), self.again.text())
        if not said and self.part.slipped:
            said = "抄回来的和恢复码不一样，再核对一遍"
        self.say(said)
        ready = bool(self.new.text()) and self.new.text() == self.again.text() and self.part.confirmed
        self._go.setEnabled(ready and not said and not self._busy)
        self._go.setToolTip("" if ready else "先输入两次口令，再抄回恢复码")

    def _done(self, turned: Turned) -> None:
        self.accept()
        _tell(self._context, turned, "台账已加密", self.parentWidget())


class RenewDialog(WorkingFrame):
    """Another recovery code."""

    def __init__(self, context: Context, code: str, parent: QWidget | None = None) -> None:
        super().__init__(context, "更换恢复码", 460, parent)
        self.old = PasswordLine("现在的口令(&P)", width=_WIDTH)
        self.part = RecoveryCode(context.path, code)
        said = "整个文件用新的钥匙重新加密，口令不变。以前的备份要用以前的恢复码或口令，旧恢复码不要扔。"
        _fill(self.body, _wrapped(said, "muted"), self.old, label("新的恢复码", "title"), self.part)
        self.body.addStretch(1)
        self._go = button("更换恢复码", self.renew, primary=True)
        self.close_with(None, button("取消", self.reject), self._go, default=self._go)
        lead_on(self.old.edit, self.part.back)
        for line in (self.old, self.part):
            line.typed.connect(self.mark)
        self.mark()

    def renew(self) -> None:
        """Encrypt the file anew."""
        if self._go.isEnabled():
            self.run(_renew, self.part.code, self.old.text(), done=self._done)

    def mark(self) -> None:
        """The button waits for the password and the code typed back."""
        self.say("抄回来的和恢复码不一样，再核对一遍" if self.part.slipped else "")
        self._go.setEnabled(bool(self.old.text()) and self.part.confirmed and not self._busy)

    def _refused(self, error: UserError) -> None:
        super()._refused(error)
        _again(self.old, error)

    def _done(self, _: Turned) -> None:
        self.accept()
        self._context.said.emit("恢复码已更换，旧的只能打开以前的备份")


class EncryptedDialog(WorkingFrame):
    """What can be done with an encrypted ledger."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "加密", 440, parent)
        self.old = PasswordLine("现在的口令(&P)", width=_WIDTH)
        self.old.edit.setPlaceholderText("忘了就填恢复码")
        self.new = PasswordLine("新口令(&N)", width=_WIDTH)
        self.again = PasswordLine("再输入一次(&A)", width=_WIDTH)
        self._change = button("更换口令", self.change, primary=True)
        self._off = button("取消加密…", self.turn_off, tip="变回普通文件，打开不再要口令")
        self._code = button("更换恢复码…", self.renew, tip="恢复码被别人看到了才需要")
        self._left = button("没有加密的文件…", self.show_left, tip="以前的备份和旧文件")
        _fill(
            self.body,
            label("这份台账是加密的", "title"),
            _wrapped(_KEPT, "muted"),
            self.old,
            self.new,
            self.again,
        )
        self.body.addLayout(row(None, self._change))
        self.body.addLayout(row(self._left, self._code, self._off, None))
        self.body.addStretch(1)
        self.close_with(None, button("关闭", self.reject), default=self._change)
        lead_on(self.old.edit, self.new.edit, self.again.edit)
        for line in (self.old, self.new, self.again):
            line.typed.connect(self.mark)
        self.mark()
        self.old.setFocus()

    def change(self) -> None:
        """Another password."""
        if self._change.isEnabled():
            self.run(_change, self.old.text(), self.new.text(), done=self._changed)

    def turn_off(self) -> None:
        """A plain file again, after a question."""
        title, text = "取消这份台账的加密？", "谁拿到文件都能读出里面的内容，打开也不再要口令。"
        if ask.question(title, text, yes="取消加密", parent=self, danger=True):
            self.run(_turn_off, self.old.text(), done=self._turned_off)

    def renew(self) -> None:
        """Another recovery code, in a dialog of its own."""
        self._context.read(_fresh_code, done=self._renew, owner=self, failed=self._refused)

    def show_left(self) -> None:
        """Which files can still be read."""
        self._context.read(
            encrypting.left_plain,
            done=lambda found: LeftDialog("没有加密的文件", found, self).exec(),
            owner=self,
        )

    def mark(self) -> None:
        """Everything needs the present password."""
        new, again, known = self.new.text(), self.again.text(), bool(self.old.text())
        said = _password_fault(new, again)
        self.say(said)
        self._change.setEnabled(known and bool(new) and new == again and not said and not self._busy)
        self._off.setEnabled(known and not self._busy)

    def _refused(self, error: UserError) -> None:
        super()._refused(error)
        _again(self.old, error)

    def _renew(self, code: str) -> None:
        RenewDialog(self._context, code, self).exec()

    def _changed(self, _: object) -> None:
        for line in (self.old, self.new, self.again):
            line.clear()
        self._context.said.emit("口令已更换")
        self.accept()

    def _turned_off(self, _: Turned) -> None:
        self.accept()
        self._context.said.emit("台账取消了加密")


def _note_left(found: Sequence[Path]) -> str:
    told = (
        "这些以前的文件没有加密，不要口令就能看。程序不会删除它们：先确认加密的备份打得开，再由您决定去留。"
        if found
        else "以前的备份和旧文件里，没有找到没加密的。"
    )
    return f"{told}{_NOT_LISTED}"


class LeftDialog(Frame):
    """Files that can be read without a password.  Nothing here deletes them."""

    def __init__(self, title: str, found: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(title, 640, 400, parent)
        self.column.addWidget(_wrapped(_note_left(found), ""))
        self.table = Listing("没有加密的文件", (ListColumn("文件"), ListColumn("文件夹", 280)))
        self.table.set_empty_text("没有")
        self.table.set_lines([Line((path.name, str(path.parent)), str(path)) for path in found])
        self.column.addWidget(self.table, 1)
        folder = found[0].parent if found else None
        show = button("打开文件夹", partial(_open, folder), icon="folder")
        show.setEnabled(folder is not None)
        close = button("知道了", self.accept, primary=True)
        self.close_with(show, None, close, default=close)


def _tell(context: Context, turned: Turned, title: str, parent: QWidget | None) -> None:
    context.said.emit(title)
    LeftDialog(title, list(turned.plain), parent).exec()


def _password_fault(new: str, again: str) -> str:
    fault = encrypting.weakness(new) if new else ""
    if not fault and again and new != again:
        fault = "两次输入的口令不一样"
    return fault


def _again(line: PasswordLine, error: UserError) -> None:
    """A password that is wrong is typed again, in place of what stands there."""
    if isinstance(error, PasswordError):
        line.edit.setFocus()
        line.edit.selectAll()


def _fill(column: QVBoxLayout, *parts: QWidget) -> None:
    for part in parts:
        column.addWidget(part)


def _wrapped(text: str, role: str) -> QWidget:
    made = label(text, role)
    made.setWordWrap(True)
    return made


def _open(folder: Path | None) -> None:
    if folder is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _state(ledger: Ledger) -> tuple[bool, str]:
    on = encrypting.is_on(ledger)
    return on, "" if on else encrypting.fresh_code()


def _fresh_code(_: Ledger) -> str:
    return encrypting.fresh_code()


def _turn_on(ledger: Ledger, code: str, password: str, told: encrypting.Told) -> Turned:
    return encrypting.turn_on(ledger, code, password, told)


def _renew(ledger: Ledger, code: str, password: str, told: encrypting.Told) -> Turned:
    return encrypting.renew(ledger, code, password, told)


def _turn_off(ledger: Ledger, password: str, told: encrypting.Told) -> Turned:
    return encrypting.turn_off(ledger, password, told)


def _change(ledger: Ledger, before: str, password: str, _: encrypting.Told) -> None:
    encrypting.change_password(ledger, before, password)
