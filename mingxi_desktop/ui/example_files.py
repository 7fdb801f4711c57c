"""示例文件: ask where, write the files beside the clerk's work, and show the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ledger import Ledger, placing
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context


def write_examples(context: Context, parent: QWidget) -> None:
    """A folder of its own in the one that the user chooses."""
    place = ask.folder("示例文件放在哪个文件夹里", parent=parent)
    if place is None:
        return

    def done(folder: Path) -> None:
        context.said.emit(f"示例文件写在 {folder}，先看里面的“说明.txt”，再把文件拖进窗口")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    context.read(_write, place, context.year, done=done, owner=parent)


def _write(ledger: Ledger, place: Path, year: int) -> Path:
    from mingxi_desktop.ledger.examples import folder

    target = placing.free(place / folder.NAME)
    folder.write(folder.townships(ledger.entries(AREA)), target, year)
    return target
