"""A menu of ticks stays open while they are set."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.filters import MONTH, FilterChip
from mingxi_desktop.ui.tick_menu import TickMenu, counted

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def menu(qtbot):
    """Open, with two things to tick and one to do."""
    made = TickMenu()
    qtbot.addWidget(made)
    for text in ("乡镇", "日期"):
        made.addAction(text).setCheckable(True)
    made.addAction("恢复默认的列")
    made.show()
    yield made
    made.hide()


def click(menu: TickMenu, place: int) -> None:
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[place]).center())


def test_several_are_ticked_in_one_visit(menu) -> None:
    click(menu, 0)
    click(menu, 1)
    assert [action.isChecked() for action in menu.actions()] == [True, True, False]
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert not menu.actions()[1].isChecked()
    assert menu.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_what_closes_it(menu, key) -> None:
    menu.setActiveAction(menu.actions()[0])
    QTest.keyClick(menu, key)
    assert menu.actions()[0].isChecked() == (key == Qt.Key.Key_Return)
    assert not menu.isVisible()


def test_what_is_done_closes_it(menu) -> None:
    click(menu, 2)
    assert not menu.isVisible()


def test_where_several_words_are_wanted(context, shown) -> None:
    for field, stays in (("area", True), (MONTH, False)):
        chip = FilterChip(context, kind_of("hazard"), field)
        shown(chip, 160, 30)
        assert isinstance(chip.menu(), TickMenu) is stays


def test_the_numbers_of_a_menu_end_under_one_another(app) -> None:
    said = counted([("雪峰镇", 1363), ("县直", 9), ("A区", 212)])
    assert said == ["雪峰镇\t1,363", "县直\t\u2007\u2008\u2007\u20079", "A区\t\u2007\u2008212"]
    metrics = QFontMetrics(app.font())
    widths = [metrics.horizontalAdvance(text.rpartition("\t")[2]) for text in said]
    assert max(widths) - min(widths) < metrics.horizontalAdvance("0")
    assert counted([]) == []
