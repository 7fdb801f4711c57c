"""xlsx under the guard: which parts are sheets, and what stands in their cells."""

from __future__ import annotations

from xml.parsers import expat

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.cell_units import units_of_styles
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.grid import Grid, Room
from mingxi_desktop.exchange.reading.guard_xlsx_sheet import SheetScan
from mingxi_desktop.exchange.reading.markup import refuse_document_types
from mingxi_desktop.exchange.reading.notes import SheetNotes
from mingxi_desktop.exchange.reading.package import Package
from mingxi_desktop.exchange.reading.plain_rows import PlainRows
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.relations import Relations, workbook_part

_TRUE = ("1", "true")
_LARGE = 1_000_000
"""Bytes of a sheet from which on it is worth looking which of its cells are different."""


def scan_xlsx(package: Package) -> list[SheetNotes]:
    """Notes of the sheets in their order.  Raises RefusedError."""
    book = _Book(package)
    if not book.sheets:
        raise RefusedError("E_DAMAGED")
    if len(book.sheets) > limits.MAX_SHEETS:
        raise RefusedError("E_TOO_MANY_SHEETS")
    for part in book.strings:
        _check_strings(package, part)
    budget, room = Budget(), Room()
    units = units_of_styles(package)
    scans = [SheetScan(Extent(name, budget), units) for name, _ in book.sheets]
    for scan, (_, part) in zip(scans, book.sheets, strict=True):
        if package.has(part):
            _walk(package, part, scan, units, room)
    if not any(scan.computed for scan in scans) and (
        book.computes_on_load or any(scan.spelt_out for scan in scans)
    ):
        for scan in scans:
            scan.notes.unvalued |= scan.zeros
            scan.notes.formulas -= len(scan.zeros)
    return [scan.notes for scan in scans]


def _walk(package: Package, part: str, scan: SheetScan, units: dict[str, str], room: Room) -> None:
    """All of a sheet past one parser, to see that it is whole; the rows that matter past the scan's own."""
    whole = expat.ParserCreate()
    refuse_document_types(whole)
    refuse_document_types(scan.parser)
    grid = Grid(part, room, going=package.size(part) >= _LARGE)
    rows = PlainRows(scan.feed, scan.skip, units, lambda piece: whole.Parse(piece, False), grid)
    for piece in package.pieces(part):
        rows.piece(piece)
    rows.end()
    whole.Parse(b"", True)
    scan.parser.Parse(b"", True)
    scan.close()
    scan.notes.grid = grid if grid.blocks else None


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
