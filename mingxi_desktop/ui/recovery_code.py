"""The recovery code of an encrypted ledger: shown once, printed or saved, and typed back before it is used."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger import encrypting
from mingxi_desktop.ui import ask, printing, theme
from mingxi_desktop.ui.shapes import button, label, row

_TEXT = "文本 (*.txt)"


class RecoveryCode(QWidget):
    """The code and the line it is typed back into."""

    typed = Signal()
    """Something else stands in the line."""

    def __init__(self, ledger: Path, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self.code = code
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        told = label("忘了口令，只有它能打开台账。打印或抄下来，锁在柜子里，不要放在这台电脑里。", "muted")
        told.setWordWrap(True)
        column.addWidget(told)
        self.shown = _line("恢复码", QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family())
        self.shown.setText(code)
        self.shown.setReadOnly(True)
        column.addWidget(self.shown)
        column.addLayout(
            row(
                button("打印恢复码…", self.print, icon="print"),
                button("保存为文本…", self.save, icon="save", tip="存到U盘上，不要存在这台电脑里"),
                None,
            )
        )
        name = label("照着纸上的抄回来(&R)")
        self.back = _line("照着纸上的抄回来", self.shown.font().family())
        self.back.setPlaceholderText("大小写、有没有横线都可以")
        self.back.textChanged.connect(lambda _: self.typed.emit())
        name.setBuddy(self.back)
        column.addWidget(name)
        column.addWidget(self.back)

    @property
    def confirmed(self) -> bool:
        """Whether it was typed back without a slip."""
        return encrypting.same_code(self.code, self.back.text())

    @property
    def slipped(self) -> bool:
        """Whether as many signs were typed as it has, and not the same."""
        signs = [sign for sign in self.back.text() if sign.isalnum()]
        return len(signs) >= len(self.code.replace("-", "")) and not self.confirmed

    def paper(self) -> str:
        """What is printed or saved."""
        return "\n".join(
            (
                "明溪应急台账　恢复码",
                "",
                self.code,
                "",
                f"台账文件：{self._ledger.name}",
                f"日期：{datetime.date.today():%Y年%m月%d日}",
                "",
                "忘了口令时，打开台账，把它当作口令输入。大小写、有没有横线、字母 O 和数字 0 都不要紧。",
                "谁有它，谁就能打开这份台账和它的备份：和公章一样保管。",
            )
        )

    def print(self) -> None:
        """Ask for a printer and print the code with its explanation; without a printer say what else can be done."""
        if not printing.has_printer():
            ask.show_message(printing.NO_PRINTER, "可以抄下来，或者保存为文本。", parent=self)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("恢复码")
        if QPrintDialog(printer, self).exec():
            document = QTextDocument(self.paper())
            document.print_(printer)

    def save(self) -> None:
        """As a text file."""
        target = ask.save_file("保存恢复码", f"{self._ledger.stem}-恢复码.txt", _TEXT, parent=self)
        if target is None:
            return
        try:
            save(target, self.paper().replace("\n", "\r\n").encode("utf-8-sig"))
        except UserError as error:
            ask.show_error(error, self)


def _line(name: str, family: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    font = made.font()
    font.setFamily(family)
    made.setFont(font)
    return made
