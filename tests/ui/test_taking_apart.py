"""A window that is done with: seen until its place is taken, then destroyed page by page."""

from __future__ import annotations

from itertools import pairwise

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from mingxi_desktop.ui import taking_apart, turns
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import label


def test_it_is_seen_until_the_loop_comes_back_and_goes_page_by_page(app, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    window, pages = _window()
    window.show()
    seen: list[bool] = []
    around = QEventLoop()

    def begin() -> None:
        taking_apart.let_go(window)
        inner = QEventLoop()
        QTimer.singleShot(0, inner.quit)
        inner.exec()
        seen.extend((window.isVisible(), all(map(shiboken6.isValid, pages))))
        around.quit()

    QTimer.singleShot(0, begin)
    around.exec()
    left: list[int] = []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    while shiboken6.isValid(window):
        left.append(sum(map(shiboken6.isValid, pages)))
        seen.append(window.isVisible())
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert seen[:2] == [True, True]
    assert not any(seen[2:])
    assert left[0] == 3
    assert [*dict.fromkeys(left)] == [3, 2, 1, 0]


def test_no_page_is_shown_by_the_end_of_another(app, qtbot) -> None:
    window, pages = _window()
    window.show()
    shown: list[QWidget] = []
    for page in pages:
        page.showEvent = lambda _, page=page: shown.append(page)
    taking_apart.let_go(window)
    qtbot.waitUntil(lambda: not shiboken6.isValid(window))
    assert not shown


def test_a_large_page_goes_part_by_part(app, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    monkeypatch.setattr(taking_apart, "_AT_ONCE", 3)
    window, pages = _window()
    parts = _filled(pages[0])
    fronts: list[int] = []
    for part in parts:
        if isinstance(part, QStackedWidget):
            part.currentChanged.connect(fronts.append)
    window.show()
    taking_apart.let_go(window)
    left: list[int] = []
    while shiboken6.isValid(window):
        left.append(sum(map(shiboken6.isValid, parts)))
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert max(before - after for before, after in pairwise(left)) <= taking_apart._AT_ONCE + 1
    assert left[-1] == 0
    assert not fronts


def test_what_qt_has_made_goes_with_what_it_belongs_to(app, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(taking_apart, "_AT_ONCE", 0)
    window, pages = _window()
    boxes = [QTableWidget(3, 3), QComboBox(), QSpinBox(), QDateEdit(calendarPopup=True), QTextEdit("年度")]
    for box in boxes:
        pages[1].layout().addWidget(box)
    deleted: list[QWidget] = []
    delete = shiboken6.delete
    monkeypatch.setattr(shiboken6, "delete", lambda one: (deleted.append(one), delete(one)))
    dialog = QDialog(pages[1])
    window.show()
    inside = set(window.findChildren(QWidget))  # a window of an earlier test may be on its way too
    taking_apart.let_go(window)
    qtbot.waitUntil(lambda: not shiboken6.isValid(window))
    ours = {*pages, *boxes}
    assert ours <= set(deleted)
    assert all(one in ours or isinstance(one, QLabel) for one in inside.intersection(deleted))
    assert not shiboken6.isValid(dialog)


def _window() -> tuple[QMainWindow, list[QWidget]]:
    window, body, stack = QMainWindow(), QWidget(), QStackedWidget()
    QVBoxLayout(body).addWidget(stack)
    window.setCentralWidget(body)
    pages = []
    for name in ("概览", "隐患排查", "年度总结"):
        page = QWidget()
        QVBoxLayout(page).addLayout(flow([label(name)], [label("年度")]))
        stack.addWidget(page)
        pages.append(page)
    return window, pages


def _filled(page: QWidget) -> list[QWidget]:
    """What is put into a page: parts beside each other, pages on a stack, something that scrolls."""
    splitter, stack, area = QSplitter(), QStackedWidget(), QScrollArea()
    made: list[QWidget] = [splitter, stack, area]
    holders = [QWidget() for _ in range(5)]
    for holder in holders:
        column = QVBoxLayout(holder)
        for name in ("单位", "日期", "数量"):
            made.append(label(name))
            column.addWidget(made[-1])
    for add, holder in zip((splitter, splitter, stack, stack), holders, strict=False):
        add.addWidget(holder)
    area.setWidget(holders[-1])
    for part in (splitter, stack, area):
        page.layout().addWidget(part)
    return [*made, *holders]


def test_nothing_begins_in_what_is_half_gone(app, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    window, pages = _window()
    happened: list[str] = []
    for page in pages:
        QTimer(page, interval=0, timeout=lambda: happened.append("timer")).start()
        turns.Turns((happened.append("turn") for _ in range(99)), page)
    taking_apart.let_go(window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    happened.clear()
    while shiboken6.isValid(window):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert happened == []
