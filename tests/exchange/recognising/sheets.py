"""Sheets made in code, as reading a file gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import range_boundaries

from mingxi_desktop.exchange.cells import Merged, Sheet


def made_of(
    rows: Sequence[Sequence[Any]], name: str = "Sheet1", *, areas: Sequence[str] = (), **more: Any
) -> Sheet:
    """A sheet of these rows.  areas: merged ranges like A1:B2."""
    bounds = [range_boundaries(area) for area in areas]
    merged = tuple(Merged(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in bounds)
    return Sheet(name, [list(row) for row in rows], merged=merged, **more)
