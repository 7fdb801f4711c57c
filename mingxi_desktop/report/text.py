"""The report as plain text: for the screen, for pasting, for comparing two versions line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.model import (
    Attachment,
    Block,
    Cell,
    Chart,
    Document,
    Gap,
    Paragraph,
    Signature,
    Style,
    Table,
    cell_runs,
)
from mingxi_desktop.texts import wide_len

_COLUMNS = 56
"""Width of a line of 28 Chinese characters."""
_WIDEST = 32
"""Columns of a table's widest cell; longer texts go on below."""
_BETWEEN = "  "
_FLUSH = frozenset({Style.ADDRESSEE, Style.NOTE, Style.HEADING_ATTACHMENT})
_CENTRED = frozenset({Style.TITLE, Style.SUBTITLE, Style.CENTERED, Style.CAPTION})


def to_text(document: Document) -> str:
    """The whole document, a paragraph a line; ends with a line end."""
    lines = [_centred(title) for title in (document.title, document.subtitle) if title]
    if lines:
        lines.append("")
    listed = False
    for block in document.blocks:
        if isinstance(block, Signature) and not listed:
            lines += _list_of_attachments(document.attachments)
            listed = True
        lines += _block(block)
    if not listed:
        lines += _list_of_attachments(document.attachments)
    for attachment in document.attachments:
        lines += ["", "", attachment.label, "", _centred(attachment.title), ""]
        for block in attachment.blocks:
            lines += _block(block)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Chart):
        yield from ("", _centred(f"［{clean(block.caption)}］"))
        if block.description:
            yield _centred(clean(block.description))
        yield ""
    elif isinstance(block, Signature):
        yield ""
        indent = _COLUMNS - 8 - wide_len(block.date_text)
        yield _indented(block.name, max(0, indent + (wide_len(block.date_text) - wide_len(block.name)) // 2))
        yield _indented(block.date_text, max(0, indent))
    elif isinstance(block, Gap):
        yield from [""] * block.lines


def _paragraph(paragraph: Paragraph) -> str:
    text = clean(paragraph.text)
    if paragraph.style in _CENTRED:
        return _centred(text)
    return text if paragraph.style in _FLUSH else f"　　{text}"


def _list_of_attachments(attachments: Sequence[Attachment]) -> Iterator[str]:
    for place, attachment in enumerate(attachments):
        if place == 0:
            yield ""
        number = f"{attachment.number}. " if attachment.number else ""
        yield ("　　附件：" if place == 0 else "　　　　　") + number + clean(attachment.title)


def _table(table: Table) -> Iterator[str]:
    """Columns as wide as their longest text, a rule below the header."""
    rows = [[_wrapped(_cell_text(cell)) for cell in row] for row in (table.header, *table.rows)]
    widths = [
        max((wide_len(line) for row in rows for line in row[column]), default=0)
        for column in range(len(table.widths))
    ]
    aligns = (*table.aligns, *("left",) * len(widths))[: len(widths)]
    rule = _BETWEEN.join("-" * width for width in widths)
    yield ""
    if table.caption:
        yield clean(table.caption)
    yield rule
    for place, row in enumerate(rows):
        for line in zip_longest(*row, fillvalue=""):
            cells = zip(line, widths, aligns, strict=True)
            yield _BETWEEN.join(_aligned(text, width, align) for text, width, align in cells)
        if place == 0:
            yield rule
    yield rule
    yield ""


def _cell_text(cell: Cell) -> str:
    return clean("".join(run.text for run in cell_runs(cell)))


def _wrapped(text: str) -> list[str]:
    """The text in lines of at most `_WIDEST` columns."""
    lines = [""]
    for char in text:
        if wide_len(lines[-1]) + wide_len(char) > _WIDEST:
            lines.append("")
        lines[-1] += char
    return lines


def _aligned(text: str, width: int, align: str) -> str:
    spare = width - wide_len(text)
    left = {"left": 0, "center": spare // 2, "right": spare}[align]
    return " " * left + text + " " * (spare - left)


def _centred(text: str) -> str:
    text = clean(text)
    return _indented(text, max(0, (_COLUMNS - wide_len(text)) // 2))


def _indented(text: str, columns: int) -> str:
    return " " * columns + text
