"""Text stands out from what it is written on: 4.5 at least, measured in the picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from mingxi_desktop.ui.theme import contrast
from tests.ui.audit.seen import called, text_of, widgets

LEAST = 4.5
_SIGHT = 4
"""A part smaller than this each way shows nothing that could be measured."""


def pale(root: QWidget) -> Iterator[str]:
    """Texts hardly to be seen, selected rows and table heads included."""
    pixels = _pixels(root)
    if (pixels == pixels[0, 0]).all():
        yield f"nothing is drawn: {called(root)}"
    for widget in widgets(root):
        if isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit):
            if text_of(widget).strip():
                yield from _measured(pixels, root, widget, _inner(widget), called(widget))
        elif isinstance(widget, QTableView):
            for index, name in _cells(widget):
                at = widget.visualRect(index).adjusted(3, 3, -3, -3)
                yield from _measured(pixels, root, widget.viewport(), at, f"{name} of {called(widget)}")


def _inner(widget: QWidget) -> QRect:
    """Without frame and icon."""
    inner = widget.rect().adjusted(3, 3, -3, -3)
    if isinstance(widget, QAbstractButton) and not widget.icon().isNull():
        inner.setLeft(inner.left() + widget.iconSize().width() + 10)
    return inner


def _cells(table: QTableView) -> Iterator[tuple[QModelIndex, str]]:
    """A cell with text of a selected row, and one of another."""
    model, selected = table.model(), table.selectionModel()
    found: set[bool] = set()
    for row in range(min(model.rowCount() if model is not None else 0, 6)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            chosen = selected.isSelected(index)
            if chosen not in found and str(index.data() or "").strip() and not table.isColumnHidden(column):
                found.add(chosen)
                yield index, f"cell “{str(index.data())[:12]}”{' (selected)' if chosen else ''}"


def _measured(pixels: np.ndarray, root: QWidget, widget: QWidget, part: QRect, name: str) -> Iterator[str]:
    seen = widget.visibleRegion().boundingRect() & part
    if seen.width() < _SIGHT or seen.height() < _SIGHT:
        return
    at = widget.mapTo(root, seen.topLeft())
    crop = pixels[at.y() : at.y() + seen.height(), at.x() : at.x() + seen.width()]
    colours, counts = np.unique(crop, return_counts=True)
    if len(colours) < 2:
        return
    ground = QColor.fromRgb(int(colours[counts.argmax()]))
    best = max(contrast(ground, QColor.fromRgb(int(colour))) for colour in colours)
    if best < LEAST:
        yield f"contrast {best:.1f} on {ground.name()}: {name}"


def _pixels(root: QWidget) -> np.ndarray:
    """The window as it is drawn: rows of 0xffRRGGBB."""
    kept = root.updatesEnabled()
    root.setUpdatesEnabled(True)
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    root.setUpdatesEnabled(kept)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return flat[:, : image.width()].copy()
