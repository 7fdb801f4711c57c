"""A wording in a document: written into it, read back, and where in it a fault stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from mingxi_desktop.ledger.reports.narrating import TITLE, SectionDraft, WordingDraft
from mingxi_desktop.report.template_lines import Fault
from mingxi_desktop.ui.wording.blocks import (
    Line,
    Role,
    blocks,
    body_format,
    gap_of,
    heading_format,
    key_of,
    line_of,
    put_line,
    role_of,
    title_format,
)
from mingxi_desktop.ui.wording.source import Reader

_PART = 300
"""Characters, a chip being one, after which a step of writing ends."""


@dataclass(slots=True)
class SectionLines:
    """A section of the document.  key: what it was called when it was written in.  body: line number → line."""

    key: str
    heading: Line | None
    body: dict[int, Line] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as it is written down."""
        last = max(self.body, default=0)
        return "\n".join(self.body[n].text if n in self.body else "" for n in range(1, last + 1))


@dataclass(slots=True)
class Written:
    """A whole document as it is written down."""

    title: Line
    sections: list[SectionLines]

    def draft(self, ids: Mapping[str, str]) -> WordingDraft:
        """The wording.  ids: key → id of sections that are kept; one that is not there is new."""
        sections = tuple(
            SectionDraft(
                ids.get(section.key, ""),
                section.heading.text.strip() if section.heading else "",
                section.text,
            )
            for section in self.sections
        )
        return WordingDraft(self.title.text.strip(), sections)

    def where(self, fault: Fault, ids: Mapping[str, str]) -> tuple[int, int]:
        """The place of a fault in the document, half open."""
        line = self.line(fault, ids)
        if line is None:
            return self.title.start, self.title.start
        if not fault.end:
            return line.position(0), line.position(len(line.text), end=True)
        # Headings and the title are read without the blanks around them.
        shift = 0 if fault.line else len(line.text) - len(line.text.lstrip())
        return line.position(fault.start + shift), line.position(fault.end + shift, end=True)

    def line(self, fault: Fault, ids: Mapping[str, str]) -> Line | None:
        """The line a fault is in; None where it is not there any more."""
        if fault.section == TITLE:
            return self.title
        place = self.place(fault, ids)
        if place < 0:
            return None
        section = self.sections[place]
        return section.body.get(fault.line) if fault.line else section.heading

    def place(self, fault: Fault, ids: Mapping[str, str]) -> int:
        """Which section a fault is in; -1 for the title, or where it is not there any more."""
        for place, section in enumerate(self.sections):
            if fault.section == (ids.get(section.key) or f"#{place}"):
                return place
        return -1


def written(document: QTextDocument) -> Written:
    """The document as it is written down."""
    title = Line(0, ())
    sections: list[SectionLines] = []
    number = gap = 0
    for block in blocks(document):
        role, line = role_of(block), line_of(block)
        if role is Role.TITLE and not block.position():
            title = line
        elif role is Role.HEADING:
            sections.append(SectionLines(key_of(block), line))
            number = gap = 0
        else:
            if not sections:
                sections.append(SectionLines("", None))
            gap = max(gap, gap_of(block))
            if line.text.strip():
                number += 1 + (gap if number else 0)
                sections[-1].body[number] = line
                gap = 0
            else:
                gap = max(gap, 1)
    return Written(title, sections or [SectionLines("", None)])


def writing(document: QTextDocument, draft: WordingDraft, reader: Reader) -> Iterator[None]:
    """Write a wording in place of all there is, in steps none of which is long; all of them are undone at once.

    What a step has written is laid out at its end.
    """
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    begun = 0
    for _ in _write(cursor, draft, reader):
        if cursor.position() - begun > _PART:
            cursor.endEditBlock()
            yield
            cursor.joinPreviousEditBlock()
            begun = cursor.position()
    cursor.endEditBlock()


def _write(cursor: QTextCursor, draft: WordingDraft, reader: Reader) -> Iterator[None]:
    """Line by line."""
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    cursor.setBlockFormat(title_format())
    cursor.setCharFormat(QTextCharFormat())
    put_line(cursor, draft.title, reader, body=False)
    for section in draft.sections or (SectionDraft("", "", ""),):
        yield
        cursor.insertBlock(heading_format(section.id), QTextCharFormat())
        yield from _write_section(cursor, section, reader)


def put_section(cursor: QTextCursor, section: SectionDraft, reader: Reader) -> None:
    """Write heading and lines of a section, the cursor being in its heading's block."""
    for _ in _write_section(cursor, section, reader):
        pass


def _write_section(cursor: QTextCursor, section: SectionDraft, reader: Reader) -> Iterator[None]:
    put_line(cursor, section.heading, reader, body=False)
    for line, gap in lines_of(section.text):
        yield
        cursor.insertBlock(body_format(gap), QTextCharFormat())
        put_line(cursor, line, reader)


def lines_of(text: str) -> Iterator[tuple[str, int]]:
    """The lines of a text that are not empty, and how many empty ones precede each; 1 before the first."""
    gap = 1
    for line in text.splitlines():
        if line.strip():
            yield line, gap
            gap = 0
        else:
            gap += 1


def bare(draft: WordingDraft) -> WordingDraft:
    """A wording without what is not kept: blanks around texts, and which section is narrative."""
    sections = (
        replace(one, heading=one.heading.strip(), text=one.text.strip(), narrative=True)
        for one in draft.sections
    )
    return WordingDraft(draft.title.strip(), tuple(sections))
