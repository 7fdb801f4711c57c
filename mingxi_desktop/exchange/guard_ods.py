"""ods under the guard: tables, repeated rows and cells, formulas without value, hidden rows."""

from __future__ import annotations

from xml.parsers import expat

from mingxi_desktop.exchange import limits
from mingxi_desktop.exchange.cells import letters
from mingxi_desktop.exchange.guard import Package, SheetNotes
from mingxi_desktop.exchange.refusal import RefusedError

_CELLS = ("table:table-cell", "table:covered-table-cell")


def scan_ods(package: Package) -> dict[str, SheetNotes]:
    """Notes by table name.  Raises RefusedError, also for encrypted documents."""
    if "META-INF/manifest.xml" in package.names:
        _refuse_encrypted(package)
    scan = _ContentScan()
    package.parse("content.xml", scan.parser)
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
        self.tables: dict[str, SheetNotes] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._notes = SheetNotes()
        self._name = ""
        self._row = self._column = 0
        self._next_row = self._next_column = 0
        self._repeat = (1, 1)
        self._in_cell = self._error = self._formula = self._valued = False
        self._length = 0
        self._text: list[str] = []
        self._rows = 0
        self._bottom = self._right = -1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CELLS:
            self._cell(attributes)
        elif tag == "table:table-row":
            self._new_row(attributes)
        elif tag == "table:table-column":
            self._new_column(attributes)
        elif tag == "table:table":
            self._name = attributes.get("table:name", "")
            self._notes = self.tables[self._name] = SheetNotes()
            self._next_row = self._next_column = self._rows = 0
            self._bottom = self._right = -1

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
        if self._valued or self._formula:
            self._fill()

    def _fill(self) -> None:
        """Something stands in the cell (and in those it is repeated over)."""
        rows, columns = self._repeat
        if self._row > self._bottom:
            self._rows += rows
        self._bottom = max(self._bottom, self._row + rows - 1)
        self._right = max(self._right, self._column + columns - 1)
        place = f"工作表“{self._name}”的{letters(self._column)}{self._row + 1}"
        if (self._bottom + 1) * (self._right + 1) > limits.MAX_AREA:
            raise RefusedError("E_TOO_MANY_CELLS", place)
        if self._rows > limits.MAX_ROWS:
            raise RefusedError("E_TOO_MANY_ROWS", f"工作表“{self._name}”")
        if self._right >= limits.MAX_COLUMNS:
            raise RefusedError("E_TOO_MANY_COLUMNS", place)

    def _characters(self, data: str) -> None:
        if not self._in_cell:
            return
        self._length += len(data)
        if self._length > limits.MAX_CELL:
            raise RefusedError(
                "E_CELL_TOO_LONG", f"工作表“{self._name}”的{letters(self._column)}{self._row + 1}"
            )
        if self._error:
            self._text.append(data)

    def _end(self, tag: str) -> None:
        if tag not in _CELLS:
            return
        self._in_cell = False
        place = (self._row, self._column)
        if self._error:
            self._notes.errors[place] = "".join(self._text).strip() or "#ERROR"
        elif self._formula and not self._valued:
            self._notes.unvalued.add(place)
        elif self._formula:
            self._notes.formulas += 1


def _count(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
