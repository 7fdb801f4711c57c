"""Draws finished pages with reportlab. Lengths from the page's top left corner, in pt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from mingxi_desktop.domain.drawing import Drawing
from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.canvas import BOLDER, PlainCanvas, number
from mingxi_desktop.report.embed import EmbeddedFont
from mingxi_desktop.report.faces import Face
from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.letters import Letter, Text, Typesetter
from mingxi_desktop.report.lines import Line, single
from mingxi_desktop.report.model import Document
from mingxi_desktop.report.pages import Page, PlacedChart, PlacedLine, Rule
from mingxi_desktop.report.painting import Painter

_DASH_HEIGHT = 0.38
"""The middle of a dash above the baseline, in units of the type size."""
_KIND = attrgetter("face", "size", "stretch", "bold")
"""Letters of one kind are shown by one operator."""


class Press:
    """Draws one document."""

    def __init__(self, document: Document, fonts: FontSet) -> None:
        self._typesetter = Typesetter(fonts)
        self._mark, self._imprint = document.mark, document.imprint
        self._canvas = PlainCanvas(grid.PAGE_WIDTH, grid.PAGE_HEIGHT, document.title, document.author)
        self._canvas.setSubject(clean(document.subject))
        self._canvas.setKeywords(clean("，".join(document.keywords)))
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._openings: dict[tuple[object, ...], str] = {}
        self._forms: dict[Drawing, str] = {}
        self._painter = Painter(self._canvas.document, fonts, self._embedded)
        self._level = -1

    def draw(self, page: Page) -> None:
        """Draws a page with its number."""
        for placed in page.charts:
            self._draw_chart(placed)
        self._draw_rules(page.rules)
        for placed_line in (*page.lines, *self._folio(page.number)):
            self._draw_line(placed_line)
        for anchor in page.anchors:
            # A level may only follow the one above it.
            self._level = min(anchor.level - 1, self._level + 1)
            key = f"h{page.number}-{anchor.y:.1f}"
            self._canvas.bookmarkPage(
                key, fit="XYZ", left=0, top=grid.PAGE_HEIGHT - anchor.y + grid.CELL, zoom=0
            )
            self._canvas.addOutlineEntry(anchor.title, key, self._level)
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The finished PDF with its fonts embedded, as bytes."""
        return self._canvas.finish(self._fonts.values())

    def _folio(self, number: int) -> Iterator[PlacedLine]:
        """— 1 —: at the right on odd pages, at the left on even ones, one character in; opposite the small print.

        And the mark, above.
        """
        line = self._line(f"— {number} —", "song", grid.FOLIO_SIZE)
        small = self._line(self._imprint, "song", grid.IMPRINT_SIZE)
        left, right = grid.LEFT + grid.FOLIO_SIZE, grid.LEFT + grid.WIDTH - grid.FOLIO_SIZE
        x, small_x = (right - line.width, left) if number % 2 else (left, right - small.width)
        y = grid.TOP + grid.HEIGHT + grid.FOLIO_DROP + _DASH_HEIGHT * grid.FOLIO_SIZE
        yield PlacedLine(line, x, y)
        yield PlacedLine(small, small_x, y)
        mark = self._line(self._mark, "hei", grid.SMALL_SIZE)
        yield PlacedLine(mark, grid.LEFT + grid.WIDTH - mark.width, grid.TOP - 2 * grid.SMALL_SIZE)

    def _line(self, text: str, role: str, size: float) -> Line:
        letters = self._typesetter.letters(text, role, size)
        return single(Text(letters, [None] * len(letters)))

    def _embedded(self, face: Face) -> EmbeddedFont:
        """The font of this document that shows a face."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(f"F{len(self._fonts) + 1}", face)
        return font

    def _draw_chart(self, placed: PlacedChart) -> None:
        drawing = placed.chart.drawing
        if drawing is None:
            return
        if drawing not in self._forms:
            self._forms[drawing] = f"chart{len(self._forms) + 1}"
            self._painter.add_form(self._forms[drawing], drawing)
        across, down = placed.width / (drawing.width * grid.MM), placed.height / (drawing.height * grid.MM)
        y = grid.PAGE_HEIGHT - placed.y - placed.height
        self._canvas.saveState()
        self._canvas.addLiteral(f"{number(across)} 0 0 {number(down)} {number(placed.x)} {number(y)} cm")
        self._canvas.doForm(self._forms[drawing])
        self._canvas.restoreState()

    def _draw_rules(self, rules: Sequence[Rule]) -> None:
        for thickness, group in groupby(sorted(rules, key=_thickness), key=_thickness):
            path = [
                f"{number(rule.x0)} {number(grid.PAGE_HEIGHT - rule.y0)} m "
                f"{number(rule.x1)} {number(grid.PAGE_HEIGHT - rule.y1)} l"
                for rule in group
            ]
            self._canvas.addLiteral("\n".join((f"{number(thickness)} w 2 J", *path, "S")))

    def _draw_line(self, placed: PlacedLine) -> None:
        line = placed.line
        if not line.letters:
            return
        y = number(grid.PAGE_HEIGHT - placed.baseline)
        code = ["BT"]
        start = 0
        for kind, group in groupby(line.letters, key=_KIND):
            letters = list(group)
            places = line.places[start : start + len(letters)]
            origins = [placed.x + place + letter.shift for place, letter in zip(places, letters, strict=True)]
            start += len(letters)
            font = self._embedded(letters[0].face)
            opening = self._openings.get(kind)
            if opening is None:
                opening = self._openings[kind] = _opening(font, letters[0])
            code.append(f"{opening} 1 0 0 1 {number(origins[0])} {y} Tm {_shown(font, letters, origins)}")
        code.append("ET")
        self._canvas.addLiteral("\n".join(code))


def _opening(font: EmbeddedFont, letter: Letter) -> str:
    """The operators that choose the kind of letters."""
    mode = f"2 Tr {number(letter.size * BOLDER)} w" if letter.bold else "0 Tr"
    return f"/{font.name} {number(letter.size)} Tf {number(letter.stretch * 100)} Tz {mode}"


def _thickness(rule: Rule) -> float:
    return rule.thickness


def _shown(font: EmbeddedFont, letters: Sequence[Letter], origins: Sequence[float]) -> str:
    """The operators that show letters at their places: the usual distance once, the others one by one."""
    size, stretch = letters[0].size, letters[0].stretch
    apart = [
        round((after - origin) / stretch - letter.natural, 3)
        for letter, origin, after in zip(letters, origins, origins[1:], strict=False)
    ]
    if apart.count(apart[0] if apart else 0.0) == len(apart):
        shown = font.codes("".join([letter.char for letter in letters]))
        return f"{number(apart[0] if apart else 0.0)} Tc [<{shown}>] TJ"
    usual = Counter(apart).most_common(1)[0][0]
    parts = [f"{number(usual)} Tc [<"]
    for letter, gap in zip(letters, (*apart, usual), strict=True):
        parts.append(font.code(letter.char))
        if gap != usual:
            parts.append(f"> {number((usual - gap) * 1000 / size)} <")
    parts.append(">] TJ")
    return "".join(parts)
