"""How high a dialog is that says nothing of it, and that F1 is there in all of them."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget

from mingxi_desktop import ui
from mingxi_desktop.ui.dialogs.bare_frame import BareFrame
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.dialogs.manual import ManualDialog
from mingxi_desktop.ui.manual_pages import START
from mingxi_desktop.ui.shapes import button, label
from mingxi_desktop.ui.waiting import Waiting
from tests.ui.audit import walk

_LONG = "这一句说明为什么不能保存，要说上好几行才说得清楚。" * 6


@pytest.fixture
def dialog(app, qtbot) -> Frame:
    made = Frame("登记", 420)
    column = made.scrolled()
    intro, made.said = label(_LONG, "muted"), label(role="error")
    for text in (intro, made.said):
        text.setWordWrap(True)
    made.said.hide()
    for part in (intro, QLineEdit(), made.said):
        column.addWidget(part)
    column.addStretch(1)
    go = button("保存", made.accept)
    made.close_with(None, go, default=go)
    qtbot.addWidget(made)
    made.show()
    walk.at_rest()
    return made


def _free(dialog: Frame) -> int:
    """Pixels that nothing needs; less than none where there is something to scroll to."""
    area = dialog._area
    inside = area.widget()
    return area.viewport().height() - inside.layout().heightForWidth(area.viewport().width())


def test_it_has_no_blank_room_and_grows_with_what_it_says(dialog) -> None:
    low = dialog.height()
    assert _free(dialog) == 0
    dialog.said.setText(_LONG)
    dialog.said.show()
    walk.at_rest()
    assert dialog.height() > low
    assert _free(dialog) == 0
    high = dialog.height()
    dialog.said.hide()
    walk.at_rest()
    assert dialog.height() == high, "no button jumps away under the mouse"


def test_it_grows_with_what_comes_beside_the_part_that_scrolls(dialog) -> None:
    more = QListWidget()
    more.setMinimumHeight(150)
    more.hide()
    dialog.column.insertWidget(1, more, 1)
    walk.at_rest()
    low = dialog.height()
    more.show()
    walk.at_rest()
    assert dialog.height() >= low + 150
    assert _free(dialog) >= 0


def test_made_smaller_by_hand_it_stays_so_and_scrolls(dialog) -> None:
    small = dialog.height() - 40
    dialog.resize(dialog.width(), small)
    walk.at_rest()
    assert dialog.height() == small
    assert _free(dialog) < 0
    assert dialog._area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    dialog.said.setText(_LONG)
    dialog.said.show()
    walk.at_rest()
    assert _free(dialog) == 0, "what is said now is seen"


def test_it_stays_on_the_screen(dialog) -> None:
    dialog.said.setText(_LONG * 20)
    dialog.said.show()
    walk.at_rest()
    room = dialog.screen().availableGeometry()
    assert room.contains(dialog.frameGeometry())
    assert _free(dialog) < 0
    assert dialog._area.verticalScrollBar().maximum() > 0


def test_f1_is_there_before_any_window_is(dialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    (manual,) = dialog.findChildren(ManualDialog)
    assert manual.isVisible()
    assert manual.page == START


def test_all_dialogs_have_f1_of_their_own_but_the_manual_and_what_goes_by_itself() -> None:
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    mine = {kind for kind in _below(QDialog) if kind.__module__.startswith(ui.__name__)}
    assert len(mine) > 40
    assert mine - _below(Frame) == {BareFrame, Frame, ManualDialog, Waiting}


def test_while_work_is_told_f1_is_that_of_the_window_beneath(dialog, qtbot) -> None:
    """A manual over what goes by itself would go along with it, unread."""
    telling = Waiting("正在做……", "", dialog)
    telling.show()
    telling.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is telling)
    QTest.keyClick(telling, Qt.Key.Key_F1)
    (manual,) = dialog.findChildren(ManualDialog, options=Qt.FindChildOption.FindDirectChildrenOnly)
    telling.leave()
    walk.at_rest()
    assert manual.isVisible()


def _below(kind: type[QDialog]) -> set[type[QDialog]]:
    return {found for below in kind.__subclasses__() for found in (below, *_below(below))}
