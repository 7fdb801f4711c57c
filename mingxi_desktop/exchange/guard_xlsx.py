"""xlsx under the guard: which parts are sheets, and what stands in their cells."""

from __future__ import annotations

from xml.parsers import expat

from mingxi_desktop.exchange import limits
from mingxi_desktop.exchange.cell_units import units_of_styles
from mingxi_desktop.exchange.cells import column_number
from mingxi_desktop.exchange.extent import Budget, Extent
from mingxi_desktop.exchange.guard import Package
from mingxi_desktop.exchange.markup import refuse_document_types
from mingxi_desktop.exchange.notes import SheetNotes
from mingxi_desktop.exchange.plain_rows import PlainRows
from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.relations import Relations, workbook_part

_TRUE = ("1", "true")
_DIGITS = "0123456789"
_OFTEN = 1000


def scan_xlsx(package: Package) -> list[SheetNotes]:
    """Notes of the sheets in their order.  Raises RefusedError."""
    book = _Book(package)
    if not book.sheets:
        raise RefusedError("E_DAMAGED")
    if len(book.sheets) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    for part in book.strings:
        _check_strings(package, part)
    budget = Budget()
    units = units_of_styles(package)
    scans = [_SheetScan(Extent(name, budget), units) for name, _ in book.sheets]
    for scan, (_, part) in zip(scans, book.sheets, strict=True):
        if package.has(part):
            _walk(package, part, scan, units)
    if not any(scan.computed for scan in scans) and (
        book.computes_on_load or any(scan.spelt_out for scan in scans)
    ):
        for scan in scans:
            scan.notes.unvalued |= scan.zeros
            scan.notes.formulas -= len(scan.zeros)
    return [scan.notes for scan in scans]


def _walk(package: Package, part: str, scan: _SheetScan, units: dict[str, str]) -> None:
    """All of a sheet past one parser, to see that it is whole; the rows that matter past the scan's own."""
    whole = expat.ParserCreate()
    refuse_document_types(whole)
    refuse_document_types(scan.parser)
    rows = PlainRows(scan.feed, scan.skip, units)
    for piece in package.pieces(part):
        whole.Parse(piece, False)
        rows.piece(piece)
    whole.Parse(b"", True)
    rows.end()
    scan.parser.Parse(b"", True)
    scan.close()


class _Book:
    """What the workbook part and its relations say.

    sheets: (name, name of its part).  strings: parts with shared strings.
    computes_on_load: nothing was computed by the program that wrote the file, it seems.
    """

    def __init__(self, package: Package) -> None:
        workbook = workbook_part(package, "workbook.xml")
        self._ids: list[tuple[str, str]] = []
        self.computes_on_load = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        package.parse(workbook, parser)
        relations = Relations(package, workbook)
        self.strings = relations.strings
        self.sheets = [(name, relations.targets.get(key, "")) for name, key in self._ids]

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "sheet" and "name" in attributes:
            key = next((v for k, v in attributes.items() if _local(k) == "id" and ":" in k), "")
            self._ids.append((attributes["name"], key))
        elif tag == "calcPr":
            self.computes_on_load = attributes.get("fullCalcOnLoad") in _TRUE


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _check_strings(package: Package, part: str) -> None:
    """No shared string is longer than a cell may be; they are only measured where one may be."""
    whole = expat.ParserCreate()
    refuse_document_types(whole)
    rest, longest = b"", 0
    for piece in package.pieces(part):
        whole.Parse(piece, False)
        *items, rest = (rest + piece).split(b"</si>") if longest <= limits.MAX_CELL else (b"",)
        longest = max(longest, len(rest), *map(len, items))
    whole.Parse(b"", True)
    if longest > limits.MAX_CELL:
        _measure_strings(package, part)


def _measure_strings(package: Package, part: str) -> None:
    length = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal length
        if _local(tag) == "si":
            length = 0

    def text(data: str) -> None:
        nonlocal length
        length += len(data)
        if length > limits.MAX_CELL:
            raise RefusedError("E_CELL_TOO_LONG")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    package.parse(part, parser)


class _SheetScan:
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
            self._start(_local(tag), attributes)

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

    def skip(self, row: int, column: int, cells: int) -> None:
        """A row that need not be walked through: its last column with something in it, and how many cells have."""
        self.finish()
        self._row, self._column, self._row_text = row, -1, ""
        self._extent.reach(row, column)
        self._extent.count(cells - 1)

    def close(self) -> None:
        """The sheet ends."""
        self.finish()
        self._extent.count(self._cells)
        self.notes.cut(self._extent.bottom)
