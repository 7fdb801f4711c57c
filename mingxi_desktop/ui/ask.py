"""The one place that asks the user or tells her something in a dialog. Tests replace its functions.

All texts are shown as plain text. The safe answer is the default, Esc is 取消.
"""

from __future__ import annotations

import enum
import logging
import traceback
from collections.abc import Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from mingxi_desktop import APP_NAME, paths
from mingxi_desktop.errors import UserError

_Button = QMessageBox.ButtonRole
_Icon = QMessageBox.Icon


class Answer(enum.Enum):
    """What to do with changes that are not saved."""

    SAVE = "保存"
    DISCARD = "不保存"
    CANCEL = "取消"


def question(
    title: str, text: str = "", *, yes: str, parent: QWidget | None = None, danger: bool = False
) -> bool:
    """Whether to go on. yes: the button, a verb (删除 3 条). danger: 取消 is the default, not `yes`."""
    box = _box(_Icon.Warning if danger else _Icon.Question, title, text, parent)
    go_on = box.addButton(yes, _Button.AcceptRole)
    cancel = box.addButton("取消", _Button.RejectRole)
    box.setDefaultButton(cancel if danger else go_on)
    box.setEscapeButton(cancel)
    return _clicked(box) is go_on


def save_changes(what: str, *, parent: QWidget | None = None) -> Answer:
    """保存 / 不保存 / 取消 before leaving what has been changed. what: 隐患 2024-0731."""
    box = _box(_Icon.Question, f"{what}有改动，还没有保存。", "要保存吗？", parent)
    save = box.addButton("保存", _Button.AcceptRole)
    discard = box.addButton("不保存", _Button.DestructiveRole)
    cancel = box.addButton("取消", _Button.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    clicked = _clicked(box)
    if clicked is save:
        return Answer.SAVE
    return Answer.DISCARD if clicked is discard else Answer.CANCEL


def choose(title: str, text: str, options: Sequence[str], *, parent: QWidget | None = None) -> int:
    """Which of several ways to take: its place in `options`, the first being the default; -1 for 取消."""
    box = _box(_Icon.Question, title, text, parent)
    buttons: list[QPushButton] = [box.addButton(option, _Button.AcceptRole) for option in options]
    cancel = box.addButton("取消", _Button.RejectRole)
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(cancel)
    clicked = _clicked(box)
    return next((place for place, button in enumerate(buttons) if button is clicked), -1)


def show_error(error: UserError, parent: QWidget | None = None) -> None:
    """A fault of the world: what happened, where, what to do next."""
    text = "\n\n".join(part for part in (error.detail, error.hint) if part)
    _tell(_Icon.Warning, error.title, text, parent)


def show_message(title: str, text: str = "", *, parent: QWidget | None = None) -> None:
    """Something to know, with one button to close it."""
    _tell(_Icon.Information, title, text, parent)


def show_bug(error: BaseException, parent: QWidget | None = None) -> None:
    """A fault of the program: it is in the log already; the user gets one sentence, and what to send us."""
    text = (
        "刚才的操作没有完成，已保存的记录不受影响。请再试一次；还不行，就把日志发给维护人员。"
        f"\n\n日志：{_log_file()}"
    )
    box = _box(_Icon.Critical, "程序出错了", text, parent)
    box.setDetailedText("".join(traceback.format_exception_only(error)))
    box.setDefaultButton(box.addButton("关闭", _Button.RejectRole))
    _clicked(box)


def open_files(
    title: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> list[Path]:
    """Files to read; empty when the user cancels. filters: "表格 (*.xlsx *.xls);;所有文件 (*)"."""
    names, _ = QFileDialog.getOpenFileNames(_over(parent), title, str(folder or ""), filters)
    return [Path(name) for name in names]


def open_file(
    title: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> Path | None:
    """One file to read; None when the user cancels."""
    name, _ = QFileDialog.getOpenFileName(_over(parent), title, str(folder or ""), filters)
    return Path(name) if name else None


def save_file(
    title: str, name: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> Path | None:
    """Where to write; None when the user cancels. name: proposed, made from any text.

    Its ending is added where the user leaves it out. The dialog itself asks before a file is replaced.
    """
    proposed = paths.safe_name(name)
    start = str(folder / proposed) if folder else proposed
    chosen, _ = QFileDialog.getSaveFileName(_over(parent), title, start, filters)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(Path(proposed).suffix)


def folder(title: str, *, start: Path | None = None, parent: QWidget | None = None) -> Path | None:
    """A folder; None when the user cancels."""
    name = QFileDialog.getExistingDirectory(_over(parent), title, str(start or ""))
    return Path(name) if name else None


def text(
    title: str, label: str, *, value: str = "", secret: bool = False, parent: QWidget | None = None
) -> str | None:
    """A line of text; None when the user cancels."""
    echo = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
    typed, accepted = QInputDialog.getText(_over(parent), title, label, echo, value)
    return typed if accepted else None


def _tell(icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None) -> None:
    box = _box(icon, title, text, parent)
    box.setDefaultButton(box.addButton("知道了", _Button.AcceptRole))
    _clicked(box)


def _box(icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None) -> QMessageBox:
    box = QMessageBox(_over(parent))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    box.setWindowTitle(APP_NAME)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    for label in box.findChildren(QWidget, "qt_msgbox_informativelabel"):
        label.setTextFormat(Qt.TextFormat.PlainText)  # type: ignore[attr-defined]
    return box


def _clicked(box: QMessageBox) -> QAbstractButton | None:
    box.exec()
    clicked = box.clickedButton()
    # At once: a box that only waits for its deletion would become the parent of the next one.
    shiboken6.delete(box)
    return clicked


def _over(parent: QWidget | None) -> QWidget | None:
    """The window a dialog belongs to: where none is named, the one in use."""
    return parent.window() if parent is not None else QApplication.activeWindow()


def _log_file() -> str:
    for handler in logging.getLogger().handlers:
        name = getattr(handler, "baseFilename", "")
        if name:
            return str(name)
    return "（没有写日志）"
