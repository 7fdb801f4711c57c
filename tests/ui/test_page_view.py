"""The pages of a report on the screen: sizes, numbers under the mouse, keys, zoom."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ui import page_view
from mingxi_desktop.ui.page_view import PageView

A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Spot:
    """A number on a page, as the PDF engine tells it."""

    indicator: str
    page: int
    x: float
    y: float
    width: float = 30.0
    height: float = 12.0


@dataclass(frozen=True)
class Report:
    pdf: bytes
    spots: tuple[Spot, ...]


class FakePages:
    """Blank pages; notes which were drawn."""

    drawn: list[int] = []  # noqa: RUF012
    closed = 0

    def __init__(self, pdf: bytes) -> None:
        self.count = int(pdf)

    def __len__(self) -> int:
        return self.count

    def size(self, _page: int) -> tuple[float, float]:
        return A4

    def image(self, page: int, scale: float):
        FakePages.drawn.append(page)
        width, height = int(A4[0] * scale), int(A4[1] * scale)

        @dataclass
        class Picture:
            data: bytes
            width: int
            height: int

        return Picture(b"\xff" * (width * height * 3), width, height)

    def close(self) -> None:
        FakePages.closed += 1


SPOTS = (Spot("a", 1, 100, 100), Spot("b", 1, 100, 300), Spot("a", 9, 100, 700))


@pytest.fixture
def view(app, qtbot, monkeypatch):
    monkeypatch.setattr(page_view, "PdfPages", FakePages)
    FakePages.drawn, FakePages.closed = [], 0
    made = PageView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    with qtbot.waitActive(made):
        pass
    made.set_report(Report(b"10", SPOTS))
    yield made
    made.close_pages()
    made.close()


def center(view: PageView, spot: Spot) -> QPoint:
    sheet = view.widget()
    return sheet._where(spot, sheet._box(spot.page)).center().toPoint()


def test_only_pages_in_sight_are_drawn(view) -> None:
    view.grab()
    assert set(FakePages.drawn) <= {1, 2}
    view.go_to(9)
    view.grab()
    assert 9 in FakePages.drawn
    assert 5 not in FakePages.drawn
    assert view.page == 9


def test_a_click_on_a_number_tells_its_indicator(view) -> None:
    heard = []
    view.number_chosen.connect(heard.append)
    QTest.mouseClick(view.widget(), Qt.MouseButton.LeftButton, pos=center(view, SPOTS[1]))
    QTest.mouseClick(view.widget(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseClick(view.widget(), Qt.MouseButton.RightButton, pos=center(view, SPOTS[0]))
    assert heard == ["b"]


def test_the_hand_shows_what_can_be_clicked(view, qtbot) -> None:
    for place, shape in (
        (center(view, SPOTS[0]), Qt.CursorShape.PointingHandCursor),
        (QPoint(4, 4), Qt.CursorShape.ArrowCursor),
    ):
        QTest.mouseMove(view.widget(), place)
        # A real screen takes its time to tell where the mouse is.
        qtbot.waitUntil(lambda shape=shape: view.widget().cursor().shape() == shape)


def test_keys_go_from_number_to_number_and_scroll(view) -> None:
    heard = []
    view.number_chosen.connect(heard.append)
    sheet = view.widget()
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert heard == [], "no number has been reached yet"
    for _ in range(5):
        QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert view.page == 9
    QTest.keyClick(sheet, Qt.Key.Key_Left)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert heard == ["a", "b"]
    view.grab()


def test_zoom_keeps_the_page(view) -> None:
    view.go_to(5)
    before = view.zoom
    view.step_zoom(1)
    assert view.zoom > before
    assert view.page == 5
    for _ in range(20):
        view.step_zoom(-1)
    assert view.zoom == 0.5
    for _ in range(20):
        view.step_zoom(1)
    assert view.zoom == 2.0


def test_the_wheel_zooms_only_with_ctrl(view) -> None:
    def wheel(modifiers: Qt.KeyboardModifier) -> None:
        at = QPointF(100, 100)
        event = QWheelEvent(
            at, view.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    before = view.zoom
    wheel(Qt.KeyboardModifier.NoModifier)
    assert view.zoom == before
    assert view.verticalScrollBar().value() > 0
    wheel(Qt.KeyboardModifier.ControlModifier)
    assert view.zoom < before


def test_new_pages_are_shown_where_the_old_ones_were(view) -> None:
    view.go_to(7)
    view.set_report(Report(b"10", SPOTS))
    assert view.page == 7
    assert FakePages.closed == 1
    view.set_report(Report(b"2", ()))
    assert view.page <= 2
    view.set_report(None)
    assert FakePages.closed == 3
    QTest.mouseClick(view.widget(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    view.grab()
    assert view.page == 1


def test_the_pdf_is_given_back_when_the_view_goes(app, monkeypatch) -> None:
    monkeypatch.setattr(page_view, "PdfPages", FakePages)
    FakePages.closed = 0
    made = PageView()
    made.set_report(Report(b"10", SPOTS))
    made.set_report(Report(b"2", ()))
    assert FakePages.closed == 1, "the one before"
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert FakePages.closed == 2
