"""The report for the screen: its paragraphs and tables in reading order, as data for a window to draw.

The fourth of the four outputs.  Nothing here knows of a window; a number is still the `Run` that knows its
indicator, texts are cleaned of what no screen shows, and nothing in them is markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.model import (
    HEADINGS,
    Attachment,
    Block,
    Cell,
    Chart,
    Document,
    Gap,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
    cell_runs,
)

_CENTRED = frozenset({Style.TITLE, Style.SUBTITLE, Style.CENTERED, Style.CAPTION})
_INDENTED = frozenset({Style.BODY, Style.H1, Style.H2, Style.H3})


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    runs: each with its typeface named (role).  align: left, center, right.  indented: by two characters in
    its first line.  level: of a heading, from 1; 0 otherwise.  above: empty lines above it.
    """

    runs: tuple[Run, ...]
    style: Style = Style.BODY
    align: str = "left"
    indented: bool = False
    level: int = 0
    above: int = 0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


Row = tuple[tuple[Run, ...], ...]
"""The cells of a table row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table without its caption, which is a line above it.

    widths: shares of the columns; they add up to 1.  aligns: left, center or right for each column.
    """

    header: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    aligns: tuple[str, ...]


ScreenBlock = Line | Grid


def to_screen(document: Document) -> Iterator[ScreenBlock]:
    """The whole document, block by block; headings in the order of the printed outline."""
    yield from _titles(document.title, document.subtitle)
    listed = False
    for block in document.blocks:
        if isinstance(block, Signature) and not listed:
            yield from _list_of_attachments(document.attachments)
            listed = True
        yield from _block(block)
    if not listed:
        yield from _list_of_attachments(document.attachments)
    for attachment in document.attachments:
        yield _line(attachment.label, Style.HEADING_ATTACHMENT, level=1, above=2)
        yield from _titles(attachment.title, "")
        for block in attachment.blocks:
            yield from _block(block)


def _titles(title: str, subtitle: str) -> Iterator[Line]:
    for text, style in ((title, Style.TITLE), (subtitle, Style.SUBTITLE)):
        if text:
            yield _line(text, style, align="center")


def _block(block: Block) -> Iterator[ScreenBlock]:
    if isinstance(block, Paragraph):
        if block.text:
            yield _paragraph(block)
    elif isinstance(block, Table):
        if block.caption:
            yield _line(block.caption, Style.CAPTION, align="center", above=1)
        yield _grid(block)
    elif isinstance(block, Chart):
        yield _line(f"［{block.caption}］", Style.CAPTION, align="center", above=1)
        if block.description:
            yield _line(block.description, Style.NOTE, align="center")
    elif isinstance(block, Signature):
        yield _line(block.name, align="right", above=1)
        yield _line(block.date_text, align="right")
    elif isinstance(block, Gap) and block.lines > 0:
        yield Line((), above=block.lines - 1)


def _paragraph(paragraph: Paragraph) -> Line:
    runs = zip(paragraph.runs, paragraph.roles(), strict=True)
    style = paragraph.style
    return Line(
        tuple(_shown(replace(run, role=role)) for run, role in runs),
        style,
        "center" if style in _CENTRED else "left",
        style in _INDENTED,
        HEADINGS.get(style, 0),
    )


def _list_of_attachments(attachments: Sequence[Attachment]) -> Iterator[Line]:
    for place, attachment in enumerate(attachments):
        number = f"{attachment.number}. " if attachment.number else ""
        label = "附件：" if place == 0 else "　　　"
        yield _line(f"{label}{number}{attachment.title}", above=place == 0, indented=True)


def _grid(table: Table) -> Grid:
    count = len(table.widths)
    total = sum(table.widths)
    return Grid(
        _row(table.header, "hei"),
        tuple(_row(row, "song") for row in table.rows),
        tuple(width / total for width in table.widths),
        (*table.aligns, *("center",) * count)[:count],
    )


def _row(cells: Sequence[Cell], role: str) -> Row:
    return tuple(
        tuple(_shown(replace(run, role=run.role or role)) for run in cell_runs(cell)) for cell in cells
    )


def _line(
    text: str,
    style: Style = Style.BODY,
    *,
    align: str = "left",
    indented: bool = False,
    level: int = 0,
    above: int = 0,
) -> Line:
    whole = Paragraph((Run(text),), style)
    return Line((_shown(Run(text, role=whole.roles()[0])),), style, align, indented, level, above)


def _shown(run: Run) -> Run:
    return run if run.text == (text := clean(run.text)) else replace(run, text=text)
