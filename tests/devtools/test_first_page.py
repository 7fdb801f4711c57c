"""The peer of the first page: what is written down of a window is what the peer makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tests.bench import first_page, fixed_page


class Drawn(QWidget):
    """Paints something itself."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(5, 15, "五")
        painter.end()


class Labelled(QLabel):
    """One of the program's own classes."""


@pytest.fixture
def window(qtbot: Any) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(400, 300)
    body = QWidget(made)
    column = QVBoxLayout(body)
    line = QHBoxLayout()
    for text in ("一", "二"):
        line.addWidget(Labelled(text, body), 2)
    line.addStretch(1)
    column.addLayout(line)
    years = QComboBox(body)
    years.addItems(["2023 年", "2024 年"])
    years.setCurrentIndex(1)
    column.addWidget(years)
    area = QScrollArea(body)
    area.setWidgetResizable(True)
    inside = QFrame()
    grid = QGridLayout(inside)
    tool = QToolButton(inside)
    tool.setText("三")
    tool.setProperty("pill", True)
    grid.addWidget(tool, 0, 1)
    grid.addWidget(Drawn(inside), 1, 0, 1, 2)
    area.setWidget(inside)
    column.addWidget(area)
    column.addWidget(QLabel("四", body))
    made.setCentralWidget(body)
    made.statusBar().addWidget(QLabel("好"))
    menu = made.menuBar().addMenu("文件(&F)")
    menu.addAction("打开").setShortcut("Ctrl+O")
    menu.addSeparator()
    menu.addMenu("更多").addAction("退出")
    made.show()
    return made


def _plain(told: Any) -> Any:
    """What is written down of a window, without where things came to lie and what was painted there."""
    if isinstance(told, dict):
        return {name: _plain(value) for name, value in told.items() if name not in ("place", "painting")}
    return [_plain(each) for each in told] if isinstance(told, list) else told


def test_the_peer_has_the_same_widgets_layouts_texts_and_menus(window: QMainWindow, qtbot: Any) -> None:
    told = json.loads(json.dumps(first_page.widget(window)))
    again = fixed_page.made(told)
    qtbot.addWidget(again)
    again.show()
    body = again.centralWidget()
    assert [one.text() for one in body.findChildren(QLabel)] == ["一", "二", "四"]
    assert body.findChild(QToolButton).property("pill") is True
    assert body.findChild(QComboBox).currentText() == "2024 年"
    assert [type(one).__name__ for one in body.findChildren(QLabel)] == ["QLabel"] * 3
    [menu] = again.menuBar().actions()
    assert [one.text() for one in menu.menu().actions()] == ["打开", "", "更多"]
    assert menu.menu().actions()[0].shortcut().toString() == "Ctrl+O"
    assert _plain(json.loads(json.dumps(first_page.widget(again)))) == _plain(told)


def test_the_peer_paints_what_was_painted(qtbot: Any) -> None:
    drawn = Drawn()
    qtbot.addWidget(drawn)
    drawn.resize(40, 30)
    again = fixed_page.made(first_page.widget(drawn))
    qtbot.addWidget(again)
    again.resize(drawn.size())
    painted = fixed_page.Picture.painted
    empty = QWidget()
    qtbot.addWidget(empty)
    empty.resize(drawn.size())
    assert again.grab().toImage() == drawn.grab().toImage() != empty.grab().toImage()
    assert fixed_page.Picture.painted == painted + 1


def test_the_peer_has_the_same_table(qtbot: Any) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 2, table)
    model.setHorizontalHeaderLabels(["1月", "2月"])
    model.setItem(0, 1, QStandardItem("7"))
    table.setModel(model)
    table.setColumnWidth(1, 33)
    again = fixed_page.made(first_page.widget(table))
    qtbot.addWidget(again)
    assert again.model().index(0, 1).data() == "7"
    assert _plain(first_page.widget(again)) == _plain(first_page.widget(table))
