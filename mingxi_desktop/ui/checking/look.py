"""How bad a finding is, as icon, word and colour: nowhere by colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ui import icons, style, theme
from mingxi_desktop.ui.shapes import label, row

LOOKS: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        Severity.ERROR: ("error", "error"),
        Severity.WARNING: ("warning", "warning"),
        Severity.INFO: ("info", "muted"),
    }
)
"""Severity → icon, colour."""
SMALL = 16
MANUAL = "01b-checks.md"
"""The page of the manual about all of it."""
_MOST_SAID = 4


def worst(concerns: Sequence[Concern]) -> Severity:
    """The worst of several, of which there is one at least."""
    order = list(Severity)
    return min((concern.severity for concern in concerns), key=order.index)


def sentences(concerns: Sequence[Concern]) -> str:
    """All of it in lines, for a tool tip."""
    said = [f"{one.severity.label}：{one.message}" for one in concerns[:_MOST_SAID]]
    more = len(concerns) - len(said)
    return "\n".join([*said, f"……另有 {more} 处"] if more > 0 else said)


class SeverityLine(QWidget):
    """Icon and word of a severity, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity = Severity.WARNING
        self._icon = QLabel()
        self._icon.setFixedWidth(SMALL)
        self._word = label()
        self.setLayout(row(self._icon, self._word, spacing=theme.HALF))

    def show_severity(self, severity: Severity) -> None:
        """Show the word and icon of another severity."""
        self._severity = severity
        self._word.setText(severity.label)
        style.set_state(self._word, "role", LOOKS[severity][1])
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """In another look the icon is drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        name, role = LOOKS[self._severity]
        self._icon.setPixmap(icons.pixmap(name, role, SMALL, self.devicePixelRatioF()))
