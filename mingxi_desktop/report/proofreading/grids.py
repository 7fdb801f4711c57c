"""Tables of a draft: each number is read behind the words of its row and of its column.

The cells of a Word table come one a line, the table of a plain text one row a line; the head is told by the
columns: words above, numbers below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.rewriting import Rewriting
from mingxi_desktop.report.proofreading.sentences import Passage

_CELL = pattern(r"[^\n\t|｜]+?(?=[ 　]{2,}|[\n\t|｜]|$)")
_LINE = pattern(r"[^\n]+")
_RULE = pattern(r"[-—─━=+\s]+")
_FIGURE = pattern(r"(?!(?:19|20)\d\d年?$)[约近超]?\d[\d,.]*(?:[余多%％万亿][^\d]{0,6}|[\u4e00-\u9fff]{0,3})?")
_YEAR = pattern(r"(?:19|20)\d\d年?(?:度|全年)?")
_UNIT = "单位"
_IN_BRACKETS = pattern(r"[（(]([^（）()]{1,4})[）)]$")
_WIDEST, _FEWEST_ROWS = 9, 2


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str

    @property
    def figure(self) -> bool:
        """Whether it is a number."""
        return _FIGURE.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Grid:
    head: Sequence[_Cell]
    rows: Sequence[Sequence[_Cell]]


def in_rows(passage: Passage) -> Passage:
    """The passage with its tables as sentences; itself where it has none whose columns are plain."""
    if not passage.table or not passage.numbers:
        return passage
    lines = [_cells(passage.text, line) for line in _LINE.finditer(passage.text)]
    lines = [cells for cells in lines if cells]
    many = sum(len(cells) > 1 for cells in lines) > _FEWEST_ROWS
    grid = _of_lines(lines) if many else _of_cells([cell for cells in lines for cell in cells])
    return _written(passage, grid) if grid and not _counts_in_words(passage, grid) else passage


def _cells(text: str, line: re.Match[str]) -> list[_Cell]:
    if _RULE.fullmatch(line[0]):
        return []
    found = []
    for match in _CELL.finditer(text, line.start(), line.end()):
        said = match[0].strip()
        if said:
            start = match.start() + match[0].index(said)
            found.append(_Cell(start, start + len(said), said))
    return found


def _of_lines(lines: Sequence[Sequence[_Cell]]) -> _Grid | None:
    """The table whose rows are lines: a head without numbers, and rows as wide."""
    for at, head in enumerate(lines):
        if len(head) > 1 and not any(cell.figure for cell in head):
            rows = [cells for cells in lines[at + 1 :] if len(cells) == len(head) and _is_row(cells)]
            if rows:
                return _Grid(head, rows)
    return None


def _of_cells(cells: Sequence[_Cell]) -> _Grid | None:
    """The table whose cells are lines: that width of which the most rows begin with words and hold numbers."""
    first = next((at for at, cell in enumerate(cells) if cell.figure), 0)
    best: _Grid | None = None
    for width in range(2, _WIDEST):
        for named in (1, 2):
            start = first - named - width
            if start < 0 or any(cell.figure for cell in cells[start : start + width]):
                continue
            if (named == 2) is not any(cell.text == _UNIT for cell in cells[start : start + width]):
                continue
            rows = list(_rows(cells[start + width :], width))
            if len(rows) >= _FEWEST_ROWS and (
                best is None or len(rows) * width > len(best.rows) * len(best.head)
            ):
                best = _Grid(cells[start : start + width], rows)
    return best


def _rows(cells: Sequence[_Cell], width: int) -> Iterator[Sequence[_Cell]]:
    for at in range(0, len(cells) - width + 1, width):
        row = cells[at : at + width]
        if not _is_row(row):
            return
        yield row


def _is_row(cells: Sequence[_Cell]) -> bool:
    return not any(sign.isdigit() for sign in cells[0].text) and any(cell.figure for cell in cells[1:])


def _counts_in_words(passage: Passage, grid: _Grid) -> bool:
    """Whether a number stands in the head, or in what a row is of."""
    words = [*grid.head, *(row[0] for row in grid.rows)]
    places = [passage.place(number)[0] for number in passage.numbers]
    return any(cell.start <= place < cell.end for cell in words for place in places)


def _written(passage: Passage, grid: _Grid) -> Passage:
    """Each row a sentence: 排查问题隐患数2023年1502条；排查问题隐患数2024年1683条."""
    made = Rewriting(passage)
    made.keep(grid.head[0].start)
    made.skip(grid.head[-1].end)
    for row in grid.rows:
        made.keep(row[0].start)
        _write_row(made, passage, grid.head, row)
        made.skip(row[-1].end)
    return made.passage()


def _write_row(made: Rewriting, passage: Passage, head: Sequence[_Cell], row: Sequence[_Cell]) -> None:
    units = [cell.text for above, cell in zip(head, row, strict=True) if above.text == _UNIT]
    made.add(row[0].text)
    label = ""
    for above, cell in zip(head[1:], row[1:], strict=True):
        inside = [number for number in passage.numbers if cell.start <= passage.place(number)[0] < cell.end]
        bracket = _IN_BRACKETS.search(above.text)
        if above.text == _UNIT or not inside:
            continue
        made.skip(cell.start)
        made.add(label + _IN_BRACKETS.sub("", above.text))
        label = row[0].text
        if cell.figure and len(inside) == 1:
            made.number(bracket[1] if bracket else units[0] if units else "")
            made.skip(cell.end)
        else:
            made.keep(cell.end)
        made.add("；")
    made.add("。")
