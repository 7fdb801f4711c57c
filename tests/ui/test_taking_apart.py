"""A window that is done with: seen until its place is taken, then destroyed page by page."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

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
