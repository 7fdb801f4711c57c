"""Enter leads from line to line, and presses nothing on its way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from mingxi_desktop.ui.leading import lead_on


def test_enter_comes_to_the_button_before_it_presses_it(app, qtbot: QtBot) -> None:
    dialog, pressed = QDialog(), list[bool]()
    by, hidden, why = (QLineEdit(dialog) for _ in range(3))
    go = QPushButton("定稿", dialog)
    go.setDefault(True)
    go.clicked.connect(lambda _: pressed.append(True))
    column = QVBoxLayout(dialog)
    for part in (by, hidden, why, go):
        column.addWidget(part)
    hidden.hide()
    lead_on(by, hidden, why, go)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    by.setFocus()
    QTest.keyClick(by, Qt.Key.Key_Return)
    assert dialog.focusWidget() is why
    QTest.keyClick(why, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert (dialog.focusWidget(), pressed) == (go, [])
    QTest.keyClick(go, Qt.Key.Key_Return)
    assert pressed == [True]
