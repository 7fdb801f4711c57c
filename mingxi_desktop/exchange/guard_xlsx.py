"""xlsx under the guard: which parts are sheets, and what stands in their cells."""

from __future__ import annotations

import posixpath
from xml.parsers import expat

from mingxi_desktop.exchange import limits
from mingxi_desktop.exchange.cells import column_number, letters
from mingxi_desktop.exchange.guard import Package, SheetNotes
from mingxi_desktop.exchange.refusal import RefusedError

_TRUE = ("1", "true")
_DIGITS = "0123456789"


def scan_xlsx(package: Package) -> dict[str, SheetNotes]:
    """Notes by sheet name.  Raises RefusedError."""
    workbook = min(
        (name for name in package.names if name.casefold().endswith("workbook.xml")),
        key=lambda name: (len(name), name),
    )
    sheets = _sheet_parts(package, workbook)
    if not sheets:
        raise RefusedError("E_DAMAGED")
    if len(sheets) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    _check_strings(package, posixpath.join(posixpath.dirname(workbook), "sharedStrings.xml"))
    return {name: _scan_sheet(package, name, part) for name, part in sheets.items() if part in package.names}


def _sheet_parts(package: Package, workbook: str) -> dict[str, str]:
    """Sheet name → name of its part."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    folder = posixpath.dirname(workbook)

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet" and "name" in attributes:
            ids[attributes["name"]] = next(
                (v for k, v in attributes.items() if _local(k) == "id" and ":" in k), ""
            )

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path)

    parser = expat.ParserCreate()
    parser.StartElementHandler = sheet
    package.parse(workbook, parser)
    relations = posixpath.join(folder, "_rels", posixpath.basename(workbook) + ".rels")
    if relations in package.names:
        parser = expat.ParserCreate()
        parser.StartElementHandler = relation
        package.parse(relations, parser)
    return {name: targets.get(relation_id, "") for name, relation_id in ids.items()}


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _check_strings(package: Package, part: str) -> None:
    """No shared string is longer than a cell may be."""
    if part not in package.names:
        return
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


def _scan_sheet(package: Package, name: str, part: str) -> SheetNotes:
    scan = _SheetScan(name)
    package.parse(part, scan.parser)
    scan.finish()
    return scan.notes


class _SheetScan:
    """Walks one sheet part.  Text is collected only where it matters: errors, formulas, inline strings."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.notes = SheetNotes()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self._columns: dict[str, int] = {}
        self._row = -1
        self._column = -1
        self._type = ""
        self._text: list[str] | None = None
        self._formula = self._filled = self._row_filled = False
        self._rows = 0
        self._top = self._bottom = self._right = -1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v":
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
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes.get("max", "0")), limits.MAX_COLUMNS)
            self.notes.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))
        elif ":" in tag:
            self._start(_local(tag), attributes)

    def _next_row(self, attributes: dict[str, str]) -> None:
        self.finish()
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
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
        self._formula = self._filled = False
        self._type = attributes.get("t", "")
        if self._type == "e":
            self._extend()
            self._collect()

    def _value(self) -> None:
        """The cell has something in it."""
        self._filled = True
        if self._text:
            self._text.clear()
        if self._column > self._right or not self._row_filled:
            self._extend()

    def _extend(self) -> None:
        """The rectangle of cells with something in them reaches to this one."""
        if not self._row_filled:
            self._row_filled = True
            self._rows += 1
            if self._top < 0:
                self._top = self._row
            self._bottom = max(self._bottom, self._row)
        self._right = max(self._right, self._column)
        place = f"工作表“{self.name}”的{letters(self._column)}{self._row + 1}"
        if self._rows > limits.MAX_ROWS:
            raise RefusedError("E_TOO_MANY_ROWS", f"工作表“{self.name}”")
        if (self._bottom + 1 - self._top) * (self._right + 1) > limits.MAX_AREA:
            raise RefusedError("E_TOO_MANY_CELLS", place)
        if self._right >= limits.MAX_COLUMNS:
            raise RefusedError("E_TOO_MANY_COLUMNS", place)

    def _collect(self) -> None:
        self._text = []
        self.parser.CharacterDataHandler = self._characters

    def _characters(self, data: str) -> None:
        if self._text is None:
            return
        self._text.append(data)
        if sum(map(len, self._text)) > limits.MAX_CELL:
            raise RefusedError(
                "E_CELL_TOO_LONG", f"工作表“{self.name}”的{letters(self._column)}{self._row + 1}"
            )

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
