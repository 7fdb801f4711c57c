"""The first start on a PC that has nothing yet: from the choice to the first record, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from mingxi_desktop.ui.dialogs.start import StartDialog
from mingxi_desktop.ui.main import Program
from tests.ui.small import rest


@pytest.fixture
def program(app, settings, answers):
    made = Program(settings)
    yield made
    if made.window is not None:
        made.window.hide()
    made.close()


def shown(window) -> str:
    page = window.page("概览")
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_from_nothing_to_the_first_record(program, settings, qtbot, monkeypatch, tmp_path) -> None:
    steps = []

    def by_keys(dialog: StartDialog) -> int:
        """Enter, the county's and the bureau's name, Enter."""
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        steps.append(dialog._stack.currentIndex())
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        steps.append(dialog._stack.currentIndex())
        assert dialog.focusWidget() is dialog._county
        dialog._county.setText("云山")
        assert not dialog._create.isEnabled()
        dialog._county.setText("江西省赣州市云山县")
        assert dialog._bureau.text() == "云山县应急管理局"
        dialog._file.setText(str(tmp_path / "新的.mxdb"))
        dialog._bureau.selectAll()
        QTest.keyClicks(dialog._bureau, "Qingliu")
        with qtbot.waitSignal(dialog.accepted):
            QTest.keyClick(dialog, Qt.Key.Key_Return)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(StartDialog, "exec", by_keys)
    monkeypatch.setattr(program, "_last", lambda: None)
    assert program.start(None)
    window = program.window
    rest(program.worker)
    assert steps == [0, 1]
    assert window.windowTitle().startswith("Qingliu")
    assert window.tab == "概览"
    assert "每天先看这一页" in shown(window)
    assert "云山县还没有登记乡镇和村居" in shown(window)
    window.page("概览").today.todos.way_wanted.emit("new:hazard")
    rest(program.worker)
    assert window.ledger_tab().current.panel._title.text() == "新增隐患"
    assert settings.value("ledger/last") == str(tmp_path / "新的.mxdb")
    again = Program(settings)
    assert again._last() == tmp_path / "新的.mxdb", "from now on it opens by itself"
