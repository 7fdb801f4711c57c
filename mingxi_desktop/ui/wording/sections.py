"""Sections of the document moved, inserted, removed and put back, each as one step of undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from mingxi_desktop.ledger.reports.narrating import SectionDraft
from mingxi_desktop.ui.wording.blocks import (
    Role,
    blocks,
    body_format,
    heading_above,
    heading_format,
    line_of,
    put_line,
    role_of,
)
from mingxi_desktop.ui.wording.document import put_section, written
from mingxi_desktop.ui.wording.joining import one_step
from mingxi_desktop.ui.wording.numbering import renumbered, sample
from mingxi_desktop.ui.wording.source import Reader

NEW = "+"
"""Before the key of a section that is not kept yet."""


def headings(document: QTextDocument) -> list[QTextBlock]:
    """The headings in order, one for each section."""
    return [block for block in blocks(document) if role_of(block) is Role.HEADING]


def place_of(document: QTextDocument, position: int) -> int:
    """Which section a position is in; -1 in the title."""
    heading = heading_above(document.findBlock(position))
    if not heading.isValid():
        return -1
    return next(
        place for place, block in enumerate(headings(document)) if block.position() == heading.position()
    )


def _drafts(document: QTextDocument) -> list[SectionDraft]:
    """The sections as they are written down, their keys in place of ids."""
    found = written(document)
    keys = {section.key: section.key for section in found.sections}
    return list(found.draft(keys).sections)


class Sections:
    """What can be done to the sections of a document."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._made = 0

    def move(self, place: int, by: int, reader: Reader) -> bool:
        """Move a section so many places down (or up); whether it could."""
        order = _drafts(self._document)
        to = place + by
        if not (0 <= place < len(order) and 0 <= to < len(order)):
            return False
        low, high = min(place, to), max(place, to)
        order.insert(to, order.pop(place))
        self._replace(low, high, order[low : high + 1], reader)
        return True

    def insert(self, place: int, reader: Reader) -> None:
        """A new section that becomes the one at that place; it is numbered like its neighbour."""
        self._made += 1
        known = headings(self._document)
        near = known[min(place, len(known) - 1)] if known else None
        fresh = SectionDraft(f"{NEW}{self._made}", sample(near.text()) if near is not None else "", "")
        cursor = QTextCursor(self._document)
        with one_step(cursor):
            if place < len(known):
                # A block that is divided at its beginning leaves its format behind: it is given back.
                block = known[place]
                format = block.blockFormat()
                cursor.setPosition(block.position())
                cursor.insertBlock(format, QTextCharFormat())
                cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
                cursor.setBlockFormat(heading_format(fresh.id))
            else:
                cursor.movePosition(QTextCursor.MoveOperation.End)
                cursor.insertBlock(heading_format(fresh.id), QTextCharFormat())
            put_section(cursor, fresh, reader)
            cursor.insertBlock(body_format(1), QTextCharFormat())
            self._renumber()

    def remove(self, place: int) -> None:
        """Take a section out."""
        start, end = self._span(place, place)
        cursor = QTextCursor(self._document)
        with one_step(cursor):
            self._cut(cursor, start, end)
            self._renumber()

    def put_back(self, place: int, section: SectionDraft, reader: Reader) -> None:
        """Write a section anew."""
        self._replace(place, place, [section], reader, numbered=False)

    def put_title_back(self, title: str, reader: Reader) -> None:
        """Write the title anew."""
        cursor = QTextCursor(self._document.begin())
        with one_step(cursor):
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            put_line(cursor, title, reader, body=False)

    def renumber(self) -> bool:
        """Number the headings one after the other; whether any changes."""
        cursor = QTextCursor(self._document)
        with one_step(cursor):
            return self._renumber()

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """From the beginning of a section to the end of another, half open."""
        known = headings(self._document)
        end = self._document.characterCount() - 1
        return known[first].position(), known[last + 1].position() - 1 if last + 1 < len(known) else end

    def _replace(
        self, first: int, last: int, wanted: Sequence[SectionDraft], reader: Reader, *, numbered: bool = True
    ) -> None:
        start, end = self._span(first, last)
        cursor = QTextCursor(self._document)
        with one_step(cursor):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            for number, section in enumerate(wanted):
                if number:
                    cursor.insertBlock(heading_format(section.id), QTextCharFormat())
                else:
                    cursor.setBlockFormat(heading_format(section.id))
                put_section(cursor, section, reader)
            if numbered:
                self._renumber()

    def _cut(self, cursor: QTextCursor, start: int, end: int) -> None:
        """Remove whole blocks, and the format of none that stays."""
        before = self._document.findBlock(start).previous()
        format = before.blockFormat()
        cursor.setPosition(start - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(format)

    def _renumber(self) -> bool:
        known = headings(self._document)
        changed = False
        wanted = renumbered([line_of(block).text for block in known])
        for block, (length, number) in zip(known, wanted, strict=True):
            if number and block.text()[:length] != number:
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(number, QTextCharFormat())
                changed = True
        return changed
