"""The window comes back where it was, and always where it can be seen."""

from __future__ import annotations

import struct

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui import window_place

_SCREEN_WIDTH = 4 + 2 + 2 + 16 + 16 + 4 + 1 + 1
"""Where in Qt's record of a window's place the width of its screen stands: behind magic, version, two rectangles…"""


def test_place_and_size_come_back(qtbot, settings) -> None:
    first, second = QWidget(), QWidget()
    for made in (first, second):
        qtbot.addWidget(made)
    first.setGeometry(60, 70, 500, 400)
    first.show()
    window_place.note(first, settings)
    window_place.put_back(second, settings)
    assert second.geometry() == first.geometry()
    assert not second.isMaximized()


def test_a_window_on_a_screen_that_is_gone_comes_back_in_sight(qtbot, settings) -> None:
    first, second = QWidget(), QWidget()
    for made in (first, second):
        qtbot.addWidget(made)
    first.setGeometry(5_000, -3_000, 500, 400)
    first.show()
    window_place.note(first, settings)
    window_place.put_back(second, settings)
    assert second.screen().availableGeometry().contains(second.geometry())
    assert second.size() == QSize(500, 400)


def test_at_another_scale_it_stays_maximised_and_within_the_screen(qtbot, settings) -> None:
    first, second = QWidget(), QWidget()
    for made in (first, second):
        qtbot.addWidget(made)
        made.resize(1366, 768)
    first.showMaximized()
    window_place.note(first, settings)
    saved = bytes(settings.value("window/geometry").data())
    [width] = struct.unpack_from(">i", saved, _SCREEN_WIDTH)
    assert width == first.screen().geometry().width()
    other = saved[:_SCREEN_WIDTH] + struct.pack(">i", width * 2) + saved[_SCREEN_WIDTH + 4 :]
    settings.setValue("window/geometry", QByteArray(other))
    window_place.put_back(second, settings)
    second.show()
    assert second.isMaximized()
    room = second.screen().availableSize()
    assert second.normalGeometry().width() <= room.width()
    assert second.normalGeometry().height() <= room.height()


def test_a_first_window_too_large_for_the_screen_fills_it(qtbot, settings) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(5_000, 300)
    window_place.put_back(made, settings)
    assert made.isMaximized()
    small = QWidget()
    qtbot.addWidget(small)
    small.resize(400, 300)
    window_place.put_back(small, settings)
    assert not small.isMaximized()
    assert window_place.fits(QSize(1350, 700), QRect(0, 0, 1366, 740))
    assert not window_place.fits(QSize(1366, 768), QRect(0, 0, 1366, 728))
