"""What the blocks of the document are: title, headings and lines, their formats, and each as it is written down.

A line of the wording is a block.  How many empty lines precede it is a property of its format, so that undo
knows everything; a section begins with its heading, which is there even while it is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from mingxi_desktop.ui import theme
from mingxi_desktop.ui.wording.chips import OBJECT, chip_format, sort_in, source_in
from mingxi_desktop.ui.wording.source import Reader, Sort

_USER = QTextFormat.Property.UserProperty.value
_ROLE, _KEY, _GAP = _USER + 2, _USER + 3, _USER + 4
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_LINE_HEIGHT = 135.0
TEXT_SIZE = theme.TEXT + 1
BAND = theme.SMALL + theme.GAP
"""Pixels above a heading, in which its state is told."""


class Role(IntEnum):
    """What a block is."""

    TITLE = 1
    HEADING = 2
    BODY = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Text or a chip within a block.  at: its place in the block."""

    sort: Sort
    source: str
    at: int

    @property
    def end(self) -> int:
        """The place in the block behind it."""
        return self.at + (len(self.source) if self.sort is Sort.TEXT else 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A block as it is written down.  start: position of the block in the document."""

    start: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """As it is written down."""
        return "".join(run.source for run in self.runs)

    def position(self, place: int, *, end: bool = False) -> int:
        """Where in the document a place of the text is; within a chip its beginning, or its end."""
        passed = 0
        for run in self.runs:
            inside = place - passed
            if inside < len(run.source) or (end and inside == len(run.source)):
                if run.sort is Sort.TEXT:
                    return self.start + run.at + inside
                return self.start + (run.end if end and inside else run.at)
            passed += len(run.source)
        return self.start + (self.runs[-1].end if self.runs else 0)


def role_of(block: QTextBlock) -> Role:
    """What a block is; a line of a section where nothing says otherwise."""
    return Role(block.blockFormat().property(_ROLE) or Role.BODY)


def key_of(block: QTextBlock) -> str:
    """What the section is called that a heading begins."""
    return str(block.blockFormat().property(_KEY) or "")


def gap_of(block: QTextBlock) -> int:
    """How many empty lines precede the line; 0 where it goes on with the paragraph."""
    return int(block.blockFormat().property(_GAP) or 0)


def title_format() -> QTextBlockFormat:
    """Of the report's title."""
    made = _format(Role.TITLE)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    made.setTopMargin(theme.GAP)
    made.setBottomMargin(theme.GAP)
    return made


def heading_format(key: str) -> QTextBlockFormat:
    """Of the heading that begins a section."""
    made = _format(Role.HEADING)
    made.setProperty(_KEY, key)
    made.setTopMargin(BAND)
    return made


def body_format(gap: int) -> QTextBlockFormat:
    """Of a line of a section: the first of a paragraph is indented as it will be in print."""
    made = _format(Role.BODY)
    made.setProperty(_GAP, gap)
    if gap:
        made.setTopMargin(theme.GAP)
        made.setTextIndent(2 * TEXT_SIZE)
    return made


def figure_format(gap: int) -> QTextBlockFormat:
    """Of a line that places a chart or table: in the middle, as it will stand in print."""
    made = _format(Role.BODY)
    made.setProperty(_GAP, gap)
    made.setTopMargin(theme.HALF)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made


def is_figure_format(format: QTextBlockFormat) -> bool:
    """Whether a line looks as if it placed a chart or table."""
    return format.property(_ROLE) == Role.BODY and format.alignment() == Qt.AlignmentFlag.AlignHCenter


def _format(role: Role) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setProperty(_ROLE, int(role))
    made.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
    return made


def put_line(cursor: QTextCursor, line: str, reader: Reader, *, body: bool = True) -> None:
    """Write a line at the cursor, with its chips."""
    for part in reader.parts(line, body=body):
        if part.sort is Sort.TEXT:
            cursor.insertText(part.source, QTextCharFormat())
        else:
            put_chip(cursor, part.sort, part.source)


def put_chip(cursor: QTextCursor, sort: Sort, source: str) -> None:
    """Write a chip at the cursor; a chart or table on a line of its own."""
    if sort is Sort.FIGURE:
        cursor.setBlockFormat(figure_format(gap_of(cursor.block())))
    cursor.insertText(OBJECT, chip_format(sort, source))


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """All blocks in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def first_line(document: QTextDocument) -> QTextBlock:
    """The first line of the first section, where typing begins; else the last block there is."""
    last = document.lastBlock()
    return next((block for block in blocks(document) if role_of(block) is Role.BODY), last)


def line_of(block: QTextBlock) -> Line:
    """A block as it is written down."""
    return Line(block.position(), tuple(runs(block)))


def runs(block: QTextBlock) -> Iterator[Run]:
    """Text and chips of a block, in order."""
    text = block.text()
    if OBJECT not in text:
        if text:
            yield Run(Sort.TEXT, text, 0)
        return
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield from _of_fragment(
            fragment.text(), fragment.charFormat(), fragment.position() - block.position()
        )
        place += 1


def _of_fragment(text: str, format: QTextCharFormat, at: int) -> Iterator[Run]:
    sort = sort_in(format)
    if sort is Sort.TEXT:
        plain = text.replace(OBJECT, "")
        if plain:
            yield Run(Sort.TEXT, plain, at)
        return
    source = source_in(format)
    for place in range(len(text)):
        yield Run(sort, source, at + place)


def chip_at(block: QTextBlock, at: int) -> Run | None:
    """The chip at a place of a block."""
    if not 0 <= at < len(block.text()) or block.text()[at] != OBJECT:
        return None
    return next((run for run in runs(block) if run.at == at and run.sort is not Sort.TEXT), None)


def is_figure(block: QTextBlock) -> bool:
    """Whether a block places a chart or table."""
    found = chip_at(block, 0)
    return found is not None and found.sort is Sort.FIGURE


def is_conditional(block: QTextBlock) -> bool:
    """Whether a line begins with a condition."""
    found = chip_at(block, 0)
    return found is not None and found.sort is Sort.CONDITION


def heading_above(block: QTextBlock) -> QTextBlock:
    """The heading of the section that a block is in; an invalid block above the first one."""
    while block.isValid() and role_of(block) is not Role.HEADING:
        block = block.previous()
    return block
