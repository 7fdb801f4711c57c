"""ods under the guard: tables, repeated rows and cells, formulas without value, hidden rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import product
from xml.parsers import expat

from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.package import Package
from mingxi_desktop.exchange.reading.refusal import RefusedError

_CELLS = ("table:table-cell", "table:covered-table-cell")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_DAY = 24
_OTHER_KINDS = {"text": "E_WORD", "presentation": "E_SLIDES"}


def scan_ods(package: Package) -> list[SheetNotes]:
    """Notes of the tables in their order.  Raises RefusedError, also for encrypted documents."""
    if package.has("META-INF/manifest.xml"):
        _refuse_encrypted(package)
    scan = _ContentScan()
    package.parse("content.xml", scan.parser)
    if not scan.tables:
        raise RefusedError("E_NOT_A_TABLE")
    if len(scan.tables) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    return scan.tables


def _refuse_encrypted(package: Package) -> None:
    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "encryption-data":
            raise RefusedError("E_PASSWORD")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    package.parse("META-INF/manifest.xml", parser)


class _ContentScan:
    """Walks content.xml; the usual prefixes are assumed, as every known producer writes them."""

    def __init__(self) -> None:
        self.tables: list[SheetNotes] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._budget = Budget()
        self._notes = SheetNotes()
        self._extent = Extent("", self._budget)
        self._row = self._column = 0
        self._next_row = self._next_column = 0
        self._repeat = (1, 1)
        self._in_cell = self._error = self._formula = self._valued = False
        self._said = self._tabbed = False
        self._duration: re.Match[str] | None = None
        self._aside = 0
        self._length = 0
        self._text: list[str] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._aside or tag == "office:annotation":
            self._aside += 1
        elif tag in _CELLS:
            self._cell(attributes)
        elif self._in_cell:
            self._within_cell(tag, attributes)
        elif tag == "table:table-row":
            self._new_row(attributes)
        elif tag == "table:table-column":
            self._new_column(attributes)
        elif tag == "table:table":
            name = attributes.get("table:name", "")
            self._notes = SheetNotes(name)
            self.tables.append(self._notes)
            self._extent = Extent(name, self._budget)
            self._next_row = self._next_column = 0
        elif tag.startswith("office:") and tag[7:] in _OTHER_KINDS:
            raise RefusedError(_OTHER_KINDS[tag[7:]])

    def _within_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "text:p":
            self._text.append("\n" if self._said else "")
            self._said = True
        elif tag == "text:s":
            self._text.append(" " * min(_count(attributes, "text:c"), limits.MAX_CELL))
        elif tag == "text:line-break":
            self._text.append("\n")
        elif tag == "text:tab":
            self._text.append("\t")
            self._tabbed = True

    def _new_column(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._next_column + count, limits.MAX_COLUMNS)
            self._notes.hidden_columns.update(range(self._next_column, last))
        self._next_column += count

    def _new_row(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes, "table:number-rows-repeated")
        self._row, self._next_row = self._next_row, self._next_row + repeated
        self._next_column = 0
        self._repeat = (repeated, 1)
        if attributes.get("table:visibility", "visible") != "visible":
            self._notes.hidden_rows.update(range(self._row, min(self._next_row, limits.MAX_ROWS)))

    def _cell(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes, "table:number-columns-repeated")
        self._column, self._next_column = self._next_column, self._next_column + repeated
        self._repeat = (self._repeat[0], repeated)
        self._formula = "table:formula" in attributes
        self._valued = "office:value-type" in attributes or "calcext:value-type" in attributes
        self._error = attributes.get("calcext:value-type") == "error"
        self._length, self._text, self._in_cell = 0, [], True
        self._said = self._tabbed = False
        self._duration = _DURATION.fullmatch(attributes.get("office:time-value", ""))
        if self._valued or self._formula:
            self._extent.reach(self._row, self._column, *self._repeat)
        self._merge(attributes)

    def _merge(self, attributes: dict[str, str]) -> None:
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            right = min(self._column + columns, limits.MAX_COLUMNS) - 1
            bottom = min(self._row + rows, limits.MAX_DEPTH) - 1
            self._notes.merged.append(Merged(self._row, self._column, bottom, right))

    def _characters(self, data: str) -> None:
        if not self._in_cell or self._aside:
            return
        self._length += len(data)
        self._extent.check_length(self._length, self._row, self._column)
        self._text.append(data)

    def _end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag in _CELLS:
            self._cell_ends()
        elif tag == "table:table":
            self._notes.cut(self._extent.bottom)

    def _cell_ends(self) -> None:
        self._in_cell = False
        if self._error:
            text = "".join(self._text).strip() or "#ERROR"
            self._notes.errors.update(dict.fromkeys(self._places(), text))
            return
        if self._tabbed:
            self._notes.values.update(dict.fromkeys(self._places(), "".join(self._text)))
        elif self._duration and int(self._duration[1]) >= _DAY:
            hours, minutes, seconds = map(int, self._duration.groups())
            length = datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)
            self._notes.values.update(dict.fromkeys(self._places(), length))
        if self._formula and not self._valued and not self._said:
            self._notes.unvalued.update(self._places())
        elif self._formula:
            self._notes.formulas += 1

    def _places(self) -> Iterator[tuple[int, int]]:
        rows, columns = self._repeat
        return product(range(self._row, self._row + rows), range(self._column, self._column + columns))


def _count(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
