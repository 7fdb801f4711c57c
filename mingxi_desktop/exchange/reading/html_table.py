"""Web pages that platforms hand out as .xls: their tables one below the other on one sheet, as Excel shows them."""

from __future__ import annotations

import codecs
import html
import re
from contextlib import suppress
from html.parser import HTMLParser

from mingxi_desktop.exchange.cells import Cell, Merged, Row, Sheet
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.decode import decode
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.refusal import RefusedError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD = 4096
_DECLARATION = re.compile(r"<!\[[^>]*(?<!--)>")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>")
_NAME_WITHIN = 20_000
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK = re.compile(r"[ \v]*\v[ \v]*")
"""Where one paragraph ends or another begins; within this page's text no other vertical tab can be."""
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SKIPPED = frozenset({"script", "style", "xml", "template", "select", "textarea", "title"})
_BLOCKS = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption", "ul", "ol", "pre"}
)
_CELLS = frozenset({"td", "th"})
_NAMED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "cp950"),
}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_html(data: bytes, budget: Budget | None = None) -> Sheet:
    """The page's sheet.  Raises RefusedError where it has no table."""
    page = _Page(budget or Budget())
    text = _decode(data)
    if "<!ENTITY" in text[:_HEAD].upper():
        raise RefusedError("E_XML_DTD")
    page.feed(_DECLARATION.sub("", text))
    page.close()
    if not page.tables:
        raise RefusedError("E_HTML_AS_XLS")
    sheet = page.sheet()
    named = _SHEET_NAME.search(text[:_NAME_WITHIN])
    sheet.name = html.unescape(named[1]) if named else ""
    return sheet


def _decode(data: bytes) -> str:
    """UTF-8 where it is that, whatever the page says of itself; then what it says; then as any text."""
    named = _CHARSET.search(data[:_HEAD])
    name = named[1].decode("ascii", "replace").casefold() if named else ""
    if name in _NAMED and not data.startswith(_MARKS):
        for encoding in ("utf-8", _NAMED[name]):
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    return decode(data)


class _Table:
    """A table being read: where its next cell goes, and what its spans cover (column → last row)."""

    def __init__(self) -> None:
        self.row = -1
        self.column = 0
        self.spans: dict[int, int] = {}

    def next_cell(self, rows: int, columns: int) -> int:
        """Column of the next cell, which covers so much."""
        while self.spans.get(self.column, -1) >= self.row:
            self.column += 1
        column = self.column
        for covered in range(column, column + columns):
            self.spans[covered] = self.row + rows - 1
        self.column += columns
        return column


class _Page(HTMLParser):
    """Collects cells; text outside tables takes rows of its own, as titles often stand there."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = 0
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merged: list[Merged] = []
        self._hidden_rows: set[int] = set()
        self._hidden_cells: dict[int, list[int]] = {}
        self._extent = Extent("", budget)
        self._next = 0
        self._open: list[_Table] = []
        self._place: tuple[int, int] | None = None
        self._number: str | None = None
        self._formulas = 0
        self._text: list[str] = []
        self._length = 0
        self._skipped = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            return
        if tag in _SKIPPED:
            self._skipped = tag
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._begin_row(attributes)
        elif tag in _CELLS and self._open:
            self._begin_cell(attributes)
        elif tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS:
            self._block()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "td", "th", "tr"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped:
                self._skipped = ""
        elif tag in _CELLS or tag == "tr":
            self._flush()
        elif tag == "table" and self._open:
            self._end_table()
        elif tag in _BLOCKS:
            self._block()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._length += len(data)
            self._extent.check_length(self._length, *(self._place or (self._next, 0)))
            self._text.append(_BLANKS.sub(" ", data))

    def close(self) -> None:
        super().close()
        self._flush()

    def sheet(self) -> Sheet:
        """What was collected."""
        rows: list[Row] = [[] for _ in range(self._extent.bottom + 1)]
        for (row, column), cell in sorted(self._cells.items()):
            cells = rows[row]
            cells.extend([None] * (column - len(cells)))
            cells.append(cell)
        hidden = frozenset(column for column, (all_, gone) in self._hidden_cells.items() if all_ == gone)
        merged = tuple(one for one in self._merged if one.top <= self._extent.bottom)
        return Sheet(
            "",
            rows,
            merged=merged,
            formulas=self._formulas,
            hidden_rows=frozenset(row for row in self._hidden_rows if row < len(rows)),
            hidden_columns=hidden,
        )

    def _block(self) -> None:
        if self._place is not None:
            self._text.append("\v")
        else:
            self._flush()

    def _flush(self) -> None:
        """The text read so far belongs to the open cell, or takes a row."""
        place, self._place = self._place, None
        if not self._text:
            return
        text = self._taken()
        if not text:
            return
        if place is None:
            self._put(self._next, 0, text)
            self._next += 1
        else:
            self._put(*place, _exact(text, self._number))

    def _taken(self) -> str:
        text = _BLOCK.sub("\n", "".join(self._text))
        self._text, self._length = [], 0
        return "\n".join(line.strip(" ") for line in text.split("\n")).strip(" \n")

    def _put(self, row: int, column: int, cell: Cell) -> None:
        self._extent.reach(row, column)
        self._cells[row, column] = cell

    def _begin_table(self) -> None:
        """A table within a cell takes the rows after that cell: the one around it is there for the looks."""
        self._flush()
        if len(self._open) >= limits.MAX_NESTING:
            raise RefusedError("E_NESTING")
        self.tables += 1
        self._open.append(_Table())

    def _end_table(self) -> None:
        self._flush()
        self._open.pop()

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._flush()
        table = self._open[-1]
        table.row, table.column = self._next, 0
        self._next += 1
        if self._next > limits.MAX_DEPTH:
            raise RefusedError("E_TOO_MANY_ROWS")
        if _HIDDEN.search(attributes.get("style", "")) or "hidden" in attributes:
            self._hidden_rows.add(table.row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._flush()
        table = self._open[-1]
        if table.row < 0:
            self._begin_row({})
        columns = _span(attributes, "colspan", limits.MAX_COLUMNS)
        rows = _span(attributes, "rowspan", limits.MAX_ROWS)
        column = table.next_cell(rows, columns)
        if column > limits.MAX_DEPTH:
            raise RefusedError("E_TOO_MANY_COLUMNS")
        self._place = (table.row, column)
        if rows > 1 or columns > 1:
            right = min(column + columns, limits.MAX_COLUMNS) - 1
            self._merged.append(Merged(table.row, column, table.row + rows - 1, right))
        seen = self._hidden_cells.setdefault(column, [0, 0])
        seen[0] += 1
        seen[1] += bool(_HIDDEN.search(attributes.get("style", "")))
        self._number = None if "x:str" in attributes else attributes.get("x:num")
        self._formulas += "x:fmla" in attributes


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "").strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _exact(text: str, number: str | None) -> Cell:
    """The text, or the number behind it where it is shown rounded."""
    if number and _NUMBER.fullmatch(text.replace(",", "")) and _NUMBER.fullmatch(number.strip()):
        return float(number)
    return text
