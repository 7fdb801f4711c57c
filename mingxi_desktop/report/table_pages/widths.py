"""How wide the columns are and how large the type is, so that a table keeps to the width of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.table_pages.model import FIT, READABLE, SIZES, Look, Progress, Table
from mingxi_desktop.report.table_pages.setting import HEAD, Setter

SIDE = 2.4
"""Left and right of a cell's text, pt."""
_SMALLEST = 4.0
"""No type is set smaller, pt; words are broken instead."""
_AMPLE, _SCANT = 8.0, 4.0
"""What long texts keep, in units of the type size: if that can be, and if it must be."""
_DENSE = 7.0
"""With so little for long texts, smaller type that leaves them more is better than larger, pt."""
_LEAST = 1.2
_MOST, _BEYOND = 0.95, 1.5
"""A column's usual width holds so much of its texts; beyond it, few longer ones may widen it by this."""
_EVERY = 500
_NEARLY = 0.01


@dataclass(frozen=True, slots=True)
class Measure:
    """A column.  need: what cannot be broken.  usual: most texts in one line.  header: its name in one line.

    All in units of the type size.
    """

    need: float
    usual: float
    header: float

    def least(self, texts: float) -> float:
        """The width that suffices when long texts get this much; both in units of the type size."""
        return max(self.need, min(self.usual, texts))


@dataclass(frozen=True, slots=True)
class Plan:
    """size: of the type.  widths: of the columns printed, from the left.  left_out: how many are not."""

    size: float
    widths: tuple[float, ...]
    left_out: int = 0


def measure(table: Table, setter: Setter, progress: Progress) -> list[Measure]:
    """What each column needs for its texts, header and sums."""
    needs = [0.0] * len(table.columns)
    widths: list[list[float]] = [[] for _ in table.columns]
    seen: dict[str, tuple[float, float]] = {}
    for place, row in enumerate(table.rows):
        for column, text in enumerate(row):
            found = seen.get(text)
            if found is None:
                found = seen[text] = _measured(text, setter)
            needs[column] = max(needs[column], found[0])
            widths[column].append(found[1])
        if place % _EVERY == 0:
            progress(place, len(table.rows))
    for totals in (table.totals, *(section.totals for section in table.sections)):
        for column, text in totals.items():
            needs[column] = max(needs[column], setter.width(clean(text), HEAD))
    return [
        Measure(
            max(need, _header_need(column.header, column.unit, setter)),
            _usual(found),
            setter.width(clean(column.header), HEAD),
        )
        for column, need, found in zip(table.columns, needs, widths, strict=True)
    ]


def plan(measures: Sequence[Measure], wishes: Sequence[float], look: Look, room: float) -> Plan:
    """The columns of a page with so much room, as near to the wishes (in any unit) as can be."""
    count = len(measures)
    if look.size == FIT:
        while count > 1 and count * (_LEAST * _SMALLEST + 2 * SIDE) > room:
            count -= 1
        size, least = _fitting(measures[:count], room)
    else:
        size = look.size
        while count > 1 and _taken(measures[:count], size, _SCANT) > room:
            count -= 1
        ample = _taken(measures[:count], size, _AMPLE) <= room
        least = [item.least(_AMPLE if ample else _SCANT) for item in measures[:count]]
    floors = [width * size + 2 * SIDE for width in least]
    if sum(floors) > room:
        floors = _shrunk(floors, size, room)
    usual = [max(item.usual, item.need, item.header) * size + 2 * SIDE for item in measures[:count]]
    return Plan(size, tuple(_shared(floors, usual, wishes[:count], room)), len(measures) - count)


def advice(found: Plan, look: Look, headers: Sequence[str]) -> list[str]:
    """What the clerk should know before printing: what would be unreadable, what would be missing."""
    ways = [
        *([] if look.size == FIT else ["字号选“缩放到页宽”"]),
        *([] if look.landscape else ["改成横向"]),
        *([] if look.paper == "A3" else ["用 A3 纸"]),
        "在“列”里少显示几列",
    ]
    said = []
    if found.left_out:
        names = "、".join(headers[len(headers) - found.left_out :])
        said.append(f"页面太窄，有 {found.left_out} 列印不下，不会印出：{names}。可以：{'；'.join(ways)}。")
    if found.size < READABLE - _NEARLY:
        said.append(
            f"列太多，字要缩到 {found.size:.1f} 磅才排得下，小于 {READABLE} 磅很难看清。可以：{'；'.join(ways)}。"
        )
    return said


def bracketed(unit: str) -> str:
    """A unit as it follows a header."""
    return f"（{clean(unit)}）" if unit else ""


def _measured(text: str, setter: Setter) -> tuple[float, float]:
    """(need, whole width) of a cell's text."""
    if text.isprintable():
        tidy = clean(text)
        return setter.need(tidy), setter.width(tidy)
    parts = [clean(part) for part in text.splitlines()] or [""]
    return max(map(setter.need, parts)), max(map(setter.width, parts))


def _header_need(header: str, unit: str, setter: Setter) -> float:
    """Headers of more than three characters may stand in two lines."""
    half = header if len(header) <= 3 else header[: (len(header) + 1) // 2]
    return max(setter.width(clean(half), HEAD), setter.width(bracketed(unit), HEAD))


def _usual(widths: Sequence[float]) -> float:
    if not widths:
        return 0.0
    ordered = sorted(widths)
    return min(ordered[-1], _BEYOND * ordered[int(_MOST * (len(ordered) - 1))])


def _taken(measures: Sequence[Measure], size: float, texts: float) -> float:
    return sum(item.least(texts) * size + 2 * SIDE for item in measures)


def _fitting(measures: Sequence[Measure], room: float) -> tuple[float, list[float]]:
    """(type size, least widths) with which all columns have room."""
    inside = room - len(measures) * 2 * SIDE
    size, least = 0.0, [0.0]
    for texts, largest in ((_AMPLE, SIZES["中"]), (_SCANT, _DENSE)):
        least = [item.least(texts) for item in measures]
        size = min(largest, inside / max(sum(least), _NEARLY))
        if size >= READABLE:
            break
    return max(size, _SMALLEST), least


def _shrunk(floors: Sequence[float], size: float, room: float) -> list[float]:
    """Where there is no room even so: less for the wide ones, so that their words are broken."""
    smallest = _LEAST * size + 2 * SIDE
    over = sum(floors) - room
    spare = [max(0.0, width - smallest) for width in floors]
    part = min(1.0, over / max(sum(spare), _NEARLY))
    return [width - free * part for width, free in zip(floors, spare, strict=True)]


def _shared(
    floors: Sequence[float], usual: Sequence[float], wishes: Sequence[float], room: float
) -> list[float]:
    """The room shared out as wished, nobody below her floor; then from those with too much to those in want."""
    widths = list(floors)
    held: set[int] = set()
    while True:
        free = [place for place in range(len(floors)) if place not in held]
        rest = room - sum(floors[place] for place in held)
        wished = sum(max(wishes[place], 1.0) for place in free)
        for place in free:
            widths[place] = rest * max(wishes[place], 1.0) / wished
        low = {place for place in free if widths[place] < floors[place]}
        if not low:
            break
        for place in low:
            widths[place] = floors[place]
        held |= low
    spare = [
        max(0.0, width - max(most, floor)) for width, most, floor in zip(widths, usual, floors, strict=True)
    ]
    wanted = [max(0.0, most - width) for width, most in zip(widths, usual, strict=True)]
    moved = min(sum(spare), sum(wanted))
    if moved <= _NEARLY:
        return widths
    return [
        width - free * moved / sum(spare) + want * moved / sum(wanted)
        for width, free, want in zip(widths, spare, wanted, strict=True)
    ]
