"""XML Spreadsheet 2003, which many platforms hand out under the name .xls: read straight from its elements."""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Callable
from xml.parsers import expat

from mingxi_desktop.exchange.cells import Cell, CellError, Merged, Row, Sheet
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.markup import Depth, parse_xml, utf8_xml
from mingxi_desktop.exchange.reading.refusal import RefusedError

_ASIDE = frozenset({"Comment", "PhoneticText", "WorksheetOptions", "Names"})
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_DATE_SIGNS = re.compile(r"[ymdhs]", re.IGNORECASE)
_NAMED_DATES = frozenset(
    {"General Date", "Long Date", "Medium Date", "Short Date", "Long Time", "Medium Time", "Short Time"}
)
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_465


def read_xml_2003(data: bytes) -> list[Sheet]:
    """The sheets of the file.  Raises RefusedError."""
    reader = _Reader()
    parse_xml(utf8_xml(data), reader.parser)
    if not reader.sheets:
        raise RefusedError("E_DAMAGED")
    return reader.sheets


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "Style": self._on_style,
            "NumberFormat": self._on_number_format,
            "Worksheet": self._on_worksheet,
            "Column": self._on_column,
            "Row": self._on_row,
            "Cell": self._on_cell,
            "Data": self._on_data,
        }
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._budget = Budget()
        self._depth = Depth()
        self._extent = Extent("", self._budget)
        self._dates: set[str] = set()
        self._style = ""
        self._epoch = _EPOCH
        self._aside = 0
        self._row = self._column = -1
        self._rows: list[Row] = []
        self._merged: list[Merged] = []
        self._hidden: tuple[set[int], set[int]] = (set(), set())
        self._covered: dict[int, int] = {}
        self._type = self._cell_style = self._formula = ""
        self._value: Cell = None
        self._across = 0
        self._text: list[str] | None = None
        self._length = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth.down()
        tag = _local(tag)
        if self._aside or tag in _ASIDE:
            self._aside += 1
            if tag == "Visible":
                self._text, self._length = [], 0
            return
        handler = self._handlers.get(tag)
        if handler is not None:
            handler({_local(name): value for name, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth.up()
        tag = _local(tag)
        if self._aside:
            self._aside -= 1
            if tag == "Visible" and self.sheets:
                self.sheets[-1].hidden = self._taken().strip() in ("SheetHidden", "SheetVeryHidden")
        elif tag == "Data":
            self._value = self._converted(self._taken())
        elif tag == "Cell":
            self._cell_ends()
        elif tag == "Worksheet":
            self._sheet_ends()
        elif tag == "Date1904":
            self._epoch = _EPOCH_1904

    def _characters(self, data: str) -> None:
        if self._text is None:
            return
        self._length += len(data)
        self._extent.check_length(self._length, max(self._row, 0), max(self._column, 0))
        self._text.append(data)

    def _taken(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def _on_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("ID", "")
        if attributes.get("Parent") in self._dates:
            self._dates.add(self._style)

    def _on_number_format(self, attributes: dict[str, str]) -> None:
        if _is_date_format(attributes.get("Format", "")):
            self._dates.add(self._style)
        else:
            self._dates.discard(self._style)

    def _on_worksheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= limits.MAX_SHEETS:
            raise RefusedError("E_TOO_MANY_SHEETS")
        name = attributes.get("Name", "")
        self._extent = Extent(name, self._budget)
        self._row = self._column = -1
        self._rows, self._merged, self._hidden, self._covered = [], [], (set(), set()), {}
        self.sheets.append(Sheet(name, self._rows))

    def _on_column(self, attributes: dict[str, str]) -> None:
        first = int(attributes["Index"]) - 1 if "Index" in attributes else self._column + 1
        self._column = first + int(attributes.get("Span", "0"))
        if attributes.get("Hidden") == "1" or not float(attributes.get("Width", "1")):
            self._hidden[1].update(range(max(first, 0), min(self._column + 1, limits.MAX_COLUMNS)))

    def _on_row(self, attributes: dict[str, str]) -> None:
        first = int(attributes["Index"]) - 1 if "Index" in attributes else self._row + 1
        if first <= self._row:
            raise RefusedError("E_DAMAGED")
        self._row = first
        if attributes.get("Hidden") == "1":
            last = min(first + int(attributes.get("Span", "0")), limits.MAX_DEPTH)
            self._hidden[0].update(range(first, last + 1))
        self._column = -1

    def _on_cell(self, attributes: dict[str, str]) -> None:
        if "Index" in attributes:
            column = int(attributes["Index"]) - 1
        else:
            column = self._column + 1
            while self._covered.get(column, -1) >= self._row:
                column += 1
        if column <= self._column or self._row < 0:
            raise RefusedError("E_DAMAGED")
        self._column = column
        self._cell_style = attributes.get("StyleID", "")
        self._formula = attributes.get("Formula", "")
        self._value = None
        self._across = min(int(attributes.get("MergeAcross", "0")), limits.MAX_DEPTH)
        down = min(int(attributes.get("MergeDown", "0")), limits.MAX_DEPTH)
        if self._across > 0 or down > 0:
            right = min(column + self._across, limits.MAX_COLUMNS - 1)
            self._merged.append(Merged(self._row, column, self._row + down, right))
            self._covered.update(dict.fromkeys(range(column, right + 1), self._row + down))

    def _on_data(self, attributes: dict[str, str]) -> None:
        self._type = attributes.get("Type", "String")
        self._text, self._length = [], 0

    def _cell_ends(self) -> None:
        value = self._value
        if value is None and self._formula:
            value = CellError("=", "E_FORMULA_NO_VALUE")
        elif self._formula and not isinstance(value, CellError):
            self.sheets[-1].formulas += 1
        if value is not None:
            self._extent.reach(self._row, self._column)
            while len(self._rows) <= self._row:
                self._rows.append([])
            cells = self._rows[self._row]
            cells.extend([None] * (self._column - len(cells)))
            cells.append(value)
        self._column += self._across

    def _sheet_ends(self) -> None:
        sheet = self.sheets[-1]
        sheet.merged = tuple(self._merged)
        sheet.hidden_rows = frozenset(row for row in self._hidden[0] if row < len(self._rows))
        sheet.hidden_columns = frozenset(self._hidden[1])

    def _converted(self, text: str) -> Cell:
        if self._type == "Error":
            return CellError(text.strip() or "#ERROR")
        if self._type == "Number":
            return self._number(text)
        if self._type == "DateTime":
            return _from_iso(text.strip())
        if self._type == "Boolean":
            return text.strip() in ("1", "true")
        return text or None

    def _number(self, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text or None
        if not math.isfinite(number):
            return text
        return self._moment(number) if self._cell_style in self._dates else number

    def _moment(self, serial: float) -> Cell:
        """What a number is that is shown as a date."""
        if not 0 <= serial <= _LAST_SERIAL:
            return serial
        if self._epoch is _EPOCH and 1 <= serial < 60:
            serial += 1  # Excel counts a 29 February 1900 that never was
        return _narrowed(self._epoch + datetime.timedelta(seconds=round(serial * 86_400)), self._epoch)


def _from_iso(text: str) -> Cell:
    try:
        moment = datetime.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text or None
    return _narrowed(moment.replace(microsecond=0), _EPOCH)


def _narrowed(moment: datetime.datetime, epoch: datetime.datetime) -> Cell:
    """A moment without its empty half: a date, or a time of the day where there is no date."""
    if moment - epoch < datetime.timedelta(days=2) and moment.year < 1900:
        return moment.time()
    return moment.date() if moment.time() == datetime.time() else moment


def _is_date_format(text: str) -> bool:
    if text in _NAMED_DATES:
        return True
    plain = _LITERAL.sub("", text.partition(";")[0])
    return bool(_DATE_SIGNS.search(plain)) and not re.search(r"[0#?@]|General|Fixed|Standard", plain)


@functools.lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]
