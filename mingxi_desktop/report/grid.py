"""The page of GB/T 9704-2012: A4, a type area of 156 × 225 mm with 22 lines of 28 characters.

All lengths in points (1/72 inch) unless the name says mm; the origin is the top left corner of the page.
"""

from __future__ import annotations

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
TOP = 37 * MM
"""天头, above the type area."""
LEFT = 28 * MM
"""订口, left of the type area."""
WIDTH = 156 * MM
HEIGHT = 225 * MM
LINES = 22
CELLS = 28
CELL = WIDTH / CELLS
"""Width of a character's cell: 28 characters of 16 pt would be wider than 156 mm, so 15.79 pt."""
PITCH = (HEIGHT - CELL) / (LINES - 1)
"""From line to line: the first line's cell touches the top of the type area, the last one's its bottom."""

BODY_SIZE = 16.0
"""3号."""
TITLE_SIZE = 22.0
"""2号."""
FOLIO_SIZE = 14.0
"""4号, of the page number."""
IMPRINT_SIZE = 6.5
"""小六, of the small print at the foot of a page."""
SMALL_SIZE = 12.0
"""小四, of captions and notes."""
FOLIO_DROP = 7 * MM
"""From the bottom of the type area to the dashes of the page number."""

_NEARLY = 0.01


def line_top(line: int) -> float:
    """Top of a line's cell, in pt from the top of the type area.  line: from 0."""
    return line * PITCH


def line_at(depth: float) -> int:
    """The first line whose cell begins at this depth of the type area or below it."""
    return max(0, -int(-(depth - _NEARLY) // PITCH))


def fits(bottom: float) -> bool:
    """Whether something that ends at this depth is still in the type area."""
    return bottom <= HEIGHT + _NEARLY
