"""What stands in the cells of one xlsx sheet, as far as the reader would hide it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.parsers import expat

from mingxi_desktop.exchange.cells import column_number
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Extent
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.refusal import RefusedError

_TRUE = ("1", "true")
_DIGITS = "0123456789"
_OFTEN = 1000


class SheetScan:
    """Walks one sheet part.  Text is collected only where it matters: errors, formulas, inline strings.

    zeros: formulas whose value is 0, which is also what some writers put who compute nothing.
    computed: how many formulas have another value.  spelt_out: a 0 is written 0.0, as only those do.
    """

    def __init__(self, extent: Extent, units: dict[str, str]) -> None:
        self.notes = SheetNotes(extent.name)
        self.zeros: set[tuple[int, int]] = set()
        self.computed = 0
        self.spelt_out = False
        self._units = units
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self._extent = extent
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._row_text = ""
        self._type = ""
        self._text: list[str] | None = None
        self._formula = self._filled = self._row_filled = False
        self._cells = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v":
            if self._text is None and self._row_filled and self._column <= self._extent.right:
                self._cells += 1
            else:
                self._value()
        elif tag == "c":
            self._cell(attributes)
        elif tag == "row":
            self._next_row(attributes)
        elif tag == "f":
            self._formula = True
            self._extend()
            self._collect()
        elif tag == "is":
            self._value()
            self._collect()
        elif tag == "col":
            self._column_style(attributes)
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], attributes)

    def _column_style(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or not float(attributes.get("width", "1")):
            last = min(int(attributes.get("max", "0")), limits.MAX_COLUMNS)
            self.notes.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))

    def _next_row(self, attributes: dict[str, str]) -> None:
        self.finish()
        if self._cells > _OFTEN:
            self._extent.count(self._cells)
            self._cells = 0
        self._row_text = attributes.get("r", "")
        self._row = int(self._row_text) - 1 if self._row_text else self._row + 1
        if self._row < 0:
            raise RefusedError("E_DAMAGED")
        self._column = -1
        self._row_filled = False
        if attributes.get("hidden") in _TRUE:
            self.notes.hidden_rows.add(self._row)

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._text is not None:
            self.finish()
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            key = reference.rstrip(_DIGITS)
            column = self._columns.get(key)
            if column is None:
                column = self._columns[key] = (
                    column_number(key.upper()) if key.isascii() and key.isalpha() else 0
                )
            self._column = column
            row = reference[len(key) :]
            if row != self._row_text:
                self._check_row(row)
        self._formula = self._filled = False
        self._type = attributes.get("t", "")
        if self._units and attributes.get("s") in self._units:
            self.notes.units[self._row, self._column] = self._units[attributes["s"]]
        if self._type == "e":
            self._extend()
            self._collect()

    def _check_row(self, text: str) -> None:
        """A cell is in the row that it says; a row that says nothing is where its cells say."""
        if self._row_text or not text:
            raise RefusedError("E_DAMAGED")
        self._row_text = text
        self._row = int(text) - 1

    def _value(self) -> None:
        """The cell has something in it."""
        self._filled = True
        if self._text:
            self._text.clear()
        if self._column > self._extent.right or not self._row_filled:
            self._extend()
        else:
            self._cells += 1

    def _extend(self) -> None:
        """The rectangle of cells with something in them reaches to this one."""
        self._row_filled = True
        self._extent.reach(self._row, self._column)

    def _collect(self) -> None:
        self._text = []
        self.parser.CharacterDataHandler = self._characters

    def _characters(self, data: str) -> None:
        if self._text is None:
            return
        self._text.append(data)
        self._extent.check_length(sum(map(len, self._text)), self._row, self._column)

    def finish(self) -> None:
        """Note what the cell read last was, if its text was collected."""
        if self._text is None:
            return
        text = "".join(self._text).strip()
        place = (self._row, self._column)
        self._text = None
        self.parser.CharacterDataHandler = None
        if self._type == "e":
            self.notes.errors[place] = text or "#ERROR"
        elif self._formula and (not self._filled or (not text and self._type != "str")):
            self.notes.unvalued.add(place)
        elif self._formula:
            self.notes.formulas += 1
            if text in ("0", "0.0"):
                self.zeros.add(place)
                self.spelt_out |= text == "0.0"
            else:
                self.computed += 1

    def feed(self, piece: bytes) -> None:
        """The next piece of the sheet, without the rows that are skipped."""
        self.parser.Parse(piece, False)

    def skip(self, row: int, columns: Sequence[int], cells: int) -> None:
        """Rows from this one on that need not be walked through: of each the last column with something in it.

        cells: how many have something in them, in all of the rows.
        """
        self.finish()
        self._row, self._column, self._row_text = row + len(columns) - 1, -1, ""
        self._extent.reach_down(row, columns)
        self._extent.count(cells - len(columns))

    def close(self) -> None:
        """To be called when the sheet has ended: takes in its last row, and notes what lies outside."""
        self.finish()
        self._extent.count(self._cells)
        self.notes.cut(self._extent.bottom)
