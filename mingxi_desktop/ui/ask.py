"""The one place that asks the user or tells her something in a dialog. Tests replace its functions.

All texts are shown as plain text. The safe answer is the default, Esc is 取消.
"""

from __future__ import annotations

import enum
import logging
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from mingxi_desktop import APP_NAME, paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import icons
from mingxi_desktop.ui.shapes import literal, without_mnemonic

if TYPE_CHECKING:  # Qt's own dialogs are loaded when the first one opens: the window does not wait for them
    from PySide6.QtWidgets import QMessageBox

_SIGNS = {
    "Question": ("help", "accent_text"),
    "Information": ("info", "accent_text"),
    "Warning": ("warning", "warning"),
    "Critical": ("error", "error"),
}
"""Icon and its colour for each sort of message, as Qt names them."""
_SIGN, _WIDTH = 32, 380
"""Pixels: the icon, and what a sentence may take before it is wrapped; Qt would wrap after a few words."""


class Answer(enum.Enum):
    """What to do with changes that are not saved."""

    SAVE = "保存"
    DISCARD = "不保存"
    CANCEL = "取消"


def question(
    title: str, text: str = "", *, yes: str, parent: QWidget | None = None, danger: bool = False
) -> bool:
    """Whether to go on. yes: the button, a verb (删除 3 条). danger: 取消 is the default, not `yes`."""
    return _answer(question_box(title, text, yes=yes, parent=parent, danger=danger)) == yes


def offer(title: str, text: str = "", *, yes: str, parent: QWidget | None = None) -> bool:
    """Tell what is done, and offer what may be wanted next. yes: the button for it; the other closes."""
    return _answer(offer_box(title, text, yes=yes, parent=parent)) == yes


def save_changes(what: str, *, parent: QWidget | None = None) -> Answer:
    """保存 / 不保存 / 取消 before leaving what has been changed. what: 隐患 2024-0731."""
    return Answer(_answer(save_box(what, parent=parent)) or Answer.CANCEL)


def choose(title: str, text: str, options: Sequence[str], *, parent: QWidget | None = None) -> int:
    """Which of several ways to take: its place in `options`, the first being the default; -1 for 取消."""
    chosen = _answer(choice_box(title, text, options, parent=parent))
    return list(options).index(chosen) if chosen in options else -1


def show_error(error: UserError, parent: QWidget | None = None) -> None:
    """A fault of the world: what happened, where, what to do next."""
    _answer(error_box(error, parent))


def show_message(title: str, text: str = "", *, parent: QWidget | None = None) -> None:
    """Something to know, with one button to close it."""
    _answer(_told("Information", title, text, parent))


def show_bug(error: BaseException, parent: QWidget | None = None) -> None:
    """A fault of the program: it is in the log already; the user gets one sentence, and what to send us."""
    _answer(bug_box(error, parent))


# the boxes, not yet open


def question_box(
    title: str, text: str = "", *, yes: str, parent: QWidget | None = None, danger: bool = False
) -> QMessageBox:
    """What `question` shows, for pictures and tests: `yes` is the default unless there is danger."""
    box = _box("Warning" if danger else "Question", title, text, parent)
    go_on = box.addButton(literal(yes), box.ButtonRole.AcceptRole)
    cancel = _cancel(box)
    box.setDefaultButton(cancel if danger else go_on)
    return box


def offer_box(title: str, text: str = "", *, yes: str, parent: QWidget | None = None) -> QMessageBox:
    """What `offer` shows, for pictures and tests: nothing is left to cancel, so the other button is 关闭."""
    box = _box("Information", title, text, parent)
    box.setDefaultButton(box.addButton(literal(yes), box.ButtonRole.AcceptRole))
    box.setEscapeButton(box.addButton("关闭", box.ButtonRole.RejectRole))
    return box


def save_box(what: str, *, parent: QWidget | None = None) -> QMessageBox:
    """What `save_changes` shows, for pictures and tests."""
    box = _box("Question", f"{what}有改动，还没有保存。", "要保存吗？", parent)
    box.setDefaultButton(box.addButton(Answer.SAVE.value, box.ButtonRole.AcceptRole))
    box.addButton(Answer.DISCARD.value, box.ButtonRole.DestructiveRole)
    _cancel(box)
    return box


def choice_box(
    title: str, text: str, options: Sequence[str], *, parent: QWidget | None = None
) -> QMessageBox:
    """What `choose` shows, for pictures and tests: the first option is the default."""
    box = _box("Question", title, text, parent)
    buttons: list[QPushButton] = [
        box.addButton(literal(option), box.ButtonRole.AcceptRole) for option in options
    ]
    box.setDefaultButton(buttons[0])
    _cancel(box)
    return box


def error_box(error: UserError, parent: QWidget | None = None) -> QMessageBox:
    """What `show_error` shows: title, detail and hint of a refusal."""
    text = "\n\n".join(part for part in (error.detail, error.hint) if part)
    return _told("Warning", error.title, text, parent)


def bug_box(error: BaseException, parent: QWidget | None = None) -> QMessageBox:
    """What `show_bug` shows: where the log lies, and the last line of the traceback."""
    text = (
        "刚才的操作没有完成，已保存的记录不受影响。请再试一次；还不行，就把日志发给维护人员。"
        f"\n\n日志：{_log_file()}"
    )
    box = _box("Critical", "程序出错了", text, parent)
    box.setDetailedText("".join(traceback.format_exception_only(error)))
    box.setDefaultButton(box.addButton("关闭", box.ButtonRole.RejectRole))
    return box


# files

_last: list[Path] = []
"""The folder of the last file that was asked for, or none yet: the next one most often lies there, too."""


def open_files(
    title: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> list[Path]:
    """Files to read; empty when the user cancels. filters: "表格 (*.xlsx *.xls);;所有文件 (*)"."""
    from PySide6.QtWidgets import QFileDialog

    names, _ = QFileDialog.getOpenFileNames(_over(parent), title, str(folder or _usual_folder()), filters)
    return [_remembered(Path(name)) for name in names]


def open_file(
    title: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> Path | None:
    """One file to read; None when the user cancels."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(_over(parent), title, str(folder or _usual_folder()), filters)
    return _remembered(Path(name)) if name else None


def save_file(
    title: str, name: str, filters: str, *, folder: Path | None = None, parent: QWidget | None = None
) -> Path | None:
    """Where to write; None when the user cancels. name: proposed, made from any text.

    Its ending is added where the user leaves it out. The dialog itself asks before a file is replaced.
    """
    proposed = paths.safe_name(name)
    start = str((folder or _usual_folder()) / proposed)
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(_over(parent), title, start, filters)
    if not chosen:
        return None
    path = _remembered(Path(chosen))
    return path if path.suffix else path.with_suffix(Path(proposed).suffix)


def folder(title: str, *, start: Path | None = None, parent: QWidget | None = None) -> Path | None:
    """A folder; None when the user cancels."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(_over(parent), title, str(start or _usual_folder()))
    return _remembered(Path(name), folder=True) if name else None


def _usual_folder() -> Path:
    """Where a dialog begins that nobody told: at the last file, at first in the user's documents.

    Qt would begin where the program was started, which for the user is anywhere.
    """
    return next((folder for folder in _last if paths.is_there(folder)), None) or _documents()


def _documents() -> Path:
    """The user's documents, or where she has none, as on many a Linux, her own folder."""
    from PySide6.QtCore import QStandardPaths

    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()


def _remembered(chosen: Path, *, folder: bool = False) -> Path:
    _last[:] = [chosen if folder else chosen.parent]
    return chosen


def text(
    title: str, label: str, *, value: str = "", secret: bool = False, parent: QWidget | None = None
) -> str | None:
    """A line of text; None when the user cancels."""
    from PySide6.QtWidgets import QInputDialog

    dialog = QInputDialog(_over(parent))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
    dialog.setTextValue(value)
    for part in dialog.findChildren(QLabel):
        part.setTextFormat(Qt.TextFormat.PlainText)
    accepted = dialog.exec()
    if not shiboken6.isValid(dialog):
        return None
    typed = dialog.textValue()
    shiboken6.delete(dialog)
    return typed if accepted else None


def _told(icon: str, title: str, text: str, parent: QWidget | None) -> QMessageBox:
    box = _box(icon, title, text, parent)
    box.setDefaultButton(box.addButton("知道了", box.ButtonRole.AcceptRole))
    return box


def _cancel(box: QMessageBox) -> QPushButton:
    made = box.addButton(Answer.CANCEL.value, box.ButtonRole.RejectRole)
    box.setEscapeButton(made)
    return made


def _box(icon: str, title: str, text: str, parent: QWidget | None) -> QMessageBox:
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(_over(parent))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    box.setWindowTitle(APP_NAME)
    box.setIcon(QMessageBox.Icon[icon])
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    box.setIconPixmap(icons.pixmap(*_SIGNS[icon], _SIGN, box.devicePixelRatioF()))
    for label in box.findChildren(QLabel):
        if label.objectName() in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(min(label.fontMetrics().size(0, label.text()).width() + 1, _WIDTH))
    return box


def _answer(box: QMessageBox) -> str:
    """Open the box and wait; what is written on the button that closed it."""
    box.exec()
    if not shiboken6.isValid(box):  # the window it belonged to went while it was open: nobody answered
        return ""
    clicked = box.clickedButton()
    text = without_mnemonic(clicked.text()) if clicked is not None else ""
    # At once: a box that only waits for its deletion would become the parent of the next one.
    shiboken6.delete(box)
    return text


def _over(parent: QWidget | None) -> QWidget | None:
    """The window a dialog belongs to: where none is named, or it has gone, the one in use."""
    if parent is not None and shiboken6.isValid(parent):
        return parent.window()
    return QApplication.activeWindow()


def _log_file() -> str:
    for handler in logging.getLogger().handlers:
        name = getattr(handler, "baseFilename", "")
        if name:
            return str(name)
    return "（没有写日志）"
