"""The map of the house as an SVG that is text all through: a box for each part, a row for each layer."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from itertools import chain, repeat

from devtools.house_parts import Part

_WIDTH, _EDGE, _GAP, _ROWS = 1280, 20, 18, 46
_LANE, _LANES = 14, 90
"""Arrows past a layer go down at the right: how far apart, and how much room they have altogether."""
_LINE, _SMALL = 17, 12
_SIGN = 6.1
"""Pixels that a letter of the small size takes at most."""
_COLOURS = ("#e8eef7", "#e3f1ec", "#fdf3dc", "#f6e6e4", "#ece8f5")
_GREY = "#eef0f2"
"""Of the layers from the top; all further ones are grey."""
_HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {{height}}" font-family="sans-serif" font-size="{_SMALL}">
<!-- Written by `dev.py map` from the import graph: not to be edited. -->
<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0L8 4L0 8z" fill="#445"/></marker></defs>
<rect width="{_WIDTH}" height="{{height}}" fill="#fff"/>
"""
_LEGEND = (
    "An arrow is an import. One that other arrows lead to anyway is not drawn; how often a part imports each other part"
    " stands in its box."
)


@dataclass(frozen=True)
class _Box:
    part: Part
    x: float
    y: float
    width: float
    height: float
    lines: list[str]

    @property
    def foot(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def svg(house: list[list[Part]], arrows: set[tuple[str, str]]) -> str:
    """The picture; boxes and arrows carry what they stand for as `data-` attributes."""
    boxes: dict[str, _Box] = {}
    top = 40.0
    drawn = [f'<text x="{_EDGE}" y="24" fill="#445">{escape(_LEGEND)}</text>']
    for layer, colour in zip(house, chain(_COLOURS, repeat(_GREY)), strict=False):
        row = _row(layer, top)
        boxes |= {box.part.name: box for box in row}
        drawn += [_box(box, colour) for box in row]
        top += max(box.height for box in row) + _ROWS
    pairs = [(boxes[start], boxes[end]) for start, end in sorted(arrows)]
    past = [pair for pair in pairs if any(pair[0].foot < box.y < pair[1].y for box in boxes.values())]
    drawn += [_arrow(*pair, _straight(*pair)) for pair in pairs if pair not in past]
    drawn += [_arrow(*pair, _by_lane(*pair, number)) for number, pair in enumerate(past)]
    return _HEAD.format(height=round(top - _ROWS + _EDGE)) + "\n".join(drawn) + "\n</svg>\n"


def _row(layer: list[Part], top: float) -> list[_Box]:
    """The boxes of a layer beside each other, as wide as the picture together if there is enough to say."""
    wide = any(len(part.rooms) > 1 for part in layer)
    width = (_WIDTH - _LANES - _EDGE + _GAP) / len(layer) - _GAP if wide else 330.0
    left = (_WIDTH - _LANES + _EDGE - len(layer) * (width + _GAP) + _GAP) / 2
    said = [_said(part, int((width - 20) / _SIGN)) for part in layer]
    height = 34 + _LINE * max(map(len, said))
    return [
        _Box(part, left + place * (width + _GAP), top, width, height, lines)
        for place, (part, lines) in enumerate(zip(layer, said, strict=True))
    ]


def _said(part: Part, signs: int) -> list[str]:
    """What stands below the name, in lines of so many signs."""
    inside = " · ".join(f"{room.name} {room.modules}" for room in part.rooms if room.name)
    imported = " · ".join(f"{name} {times}" for name, times in part.imports.items())
    paragraphs = [
        part.what.replace("`", ""),
        f"rooms: {inside}" if inside else "",
        f"imports: {imported}" if imported else "",
        f"from elsewhere: {' · '.join(part.libraries)}" if part.libraries else "",
    ]
    return [line for text in paragraphs for line in textwrap.wrap(text, signs)]


def _box(box: _Box, colour: str) -> str:
    part, x, y = box.part, round(box.x), round(box.y)
    size = "1 module" if part.modules == 1 else f"{part.modules} modules"
    frame = f'x="{x}" y="{y}" width="{round(box.width)}" height="{round(box.height)}" rx="6"'
    right = f'x="{x + round(box.width) - 10}" y="{y + 21}" text-anchor="end" fill="#445"'
    name = f'x="{x + 10}" y="{y + 21}" font-size="15" font-weight="bold"'
    parts = [
        f'<g class="part" data-name="{part.name}" data-modules="{part.modules}" data-lines="{part.lines}">',
        f'<rect {frame} fill="{colour}" stroke="#889"/>',
        f"<text {name}>{part.name}</text><text {right}>{size}, {part.lines:,} lines</text>",
    ]
    for number, line in enumerate(box.lines):
        parts.append(f'<text x="{x + 10}" y="{y + 41 + number * _LINE}">{escape(line)}</text>')
    return "\n".join([*parts, "</g>"])


def _straight(start: _Box, end: _Box) -> str:
    """From the foot of one box to the head of one in the next layer, upright where one lies over the other."""
    low, high = max(start.x, end.x), min(start.x + start.width, end.x + end.width)
    if low + 2 * _GAP < high:
        narrow = min(start, end, key=lambda box: box.width)
        return f"M{narrow.middle:.0f} {start.foot:.0f}V{end.y:.0f}"
    return f"M{start.middle:.0f} {start.foot:.0f}L{end.middle:.0f} {end.y:.0f}"


def _by_lane(start: _Box, end: _Box, number: int) -> str:
    """Round the boxes of the layers between them."""
    lane = _WIDTH - _LANES + _GAP + number * _LANE
    out, turn, into = start.y + 20 + number * 6, end.y - 12 - number * 6, end.middle + 30 + number * 12
    return f"M{start.x + start.width:.0f} {out:.0f}H{lane}V{turn:.0f}H{into:.0f}V{end.y:.0f}"


def _arrow(start: _Box, end: _Box, way: str) -> str:
    return (
        f'<path class="arrow" data-from="{start.part.name}" data-to="{end.part.name}" d="{way}" fill="none"'
        ' stroke="#445" stroke-width="1.4" marker-end="url(#head)"/>'
    )
