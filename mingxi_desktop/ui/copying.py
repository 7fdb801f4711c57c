"""Lines of a list as text for the clipboard, the way Excel and WPS take it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QGuiApplication

from mingxi_desktop.ui import veil


def copy_lines(headers: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """Put a header and lines of texts onto the clipboard, tabs between the cells; number of lines."""
    rows = ["\t".join(veil.over(" ".join(cell.split())) for cell in line) for line in (headers, *lines)]
    QGuiApplication.clipboard().setText("\r\n".join(rows) + "\r\n")
    return len(rows) - 1
