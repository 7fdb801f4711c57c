"""Colours and measures of the charts, in one place."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
WIDTH_MM = 156.0
"""Width of the type area of GB/T 9704: charts are drawn at the size at which they are printed."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a chart looks; colours as #rrggbb, sizes in pt.

    fills: one (face, hatch) for each series in turn.  A black-and-white printer must tell them apart, so
    the second and later ones differ by hatch, not by colour alone.  paper "" leaves the ground transparent.
    """

    ink: str = "#000000"
    faint: str = "#595959"
    paper: str = "#ffffff"
    fills: tuple[tuple[str, str], ...] = (
        ("#3d6e9e", ""),
        ("#ffffff", "/////"),
        ("#c9c9c9", "....."),
        ("#ffffff", "xxxxx"),
    )
    text_size: float = 9.0
    value_size: float = 7.5
    title_size: float = 10.5
    edge: float = 0.6

    def fill(self, place: int) -> tuple[str, str]:
        """Face colour and hatch of the first, second … row of bars."""
        return self.fills[place % len(self.fills)]


PRINT = Style()
"""Black on white, for paper."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one and the same chart may differ in from page to screen.

    title: whether the title is drawn into the picture (in a report it stands below as a caption).
    width: in mm.  height: in mm, 0 = as the chart needs.
    """

    title: bool = True
    width: float = WIDTH_MM
    height: float = 0
    style: Style = PRINT


STANDALONE = Look()
IN_REPORT = Look(title=False)
