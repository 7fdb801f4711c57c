"""A picture of plain shapes, without a thought of what paints it: in mm from its bottom left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Bar(NamedTuple):
    """A rectangle with an edge.  face: #rrggbb.  hatch: as in matplotlib ("/////"), "" for none."""

    x: float
    y: float
    width: float
    height: float
    face: str
    hatch: str


class Stroke(NamedTuple):
    """A straight line between two points."""

    x0: float
    y0: float
    x1: float
    y1: float


class Words(NamedTuple):
    """A line of text at a place.

    size: in pt.  color: #rrggbb.  across: "left", "center" or "right", which part of it stands there.
    up: "top", "center" or "bottom", likewise.  turned: it reads from the bottom up.
    """

    text: str
    x: float
    y: float
    size: float
    color: str
    across: str = "left"
    up: str = "center"
    turned: bool = False


Shape = Bar | Stroke | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are painted.

    width, height: in mm.  ink: of edges and lines, #rrggbb.  edge: their width in pt.  paper: the ground; "" is
    transparent.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    ink: str = "#000000"
    edge: float = 0.6
    paper: str = ""
