"""The document model: what a report says, before anybody decides where on a page it stands.

Plain frozen data without any layout.  A number is a `Run` that keeps the id of its indicator to the end,
so that every renderer (PDF, Word, plain text, the preview) can lead back to the records behind it.
Texts are taken as they are: nothing in them is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mingxi_desktop.domain.drawing import Drawing


class Style(StrEnum):
    """What a paragraph is.

    TITLE, SUBTITLE: centred.  ADDRESSEE: flush left.  H1 (一、 黑体), H2 (（一） 楷体), H3 (1. 仿宋) go into
    the outline.  BODY: first line indented by 2 characters.  CENTERED: a body line in the middle.
    CAPTION: small, centred, stays with what follows.  NOTE: small, below a table or chart.
    HEADING_ATTACHMENT: "附件1", 黑体 at the left, in the outline.
    """

    TITLE = "title"
    SUBTITLE = "subtitle"
    ADDRESSEE = "addressee"
    H1 = "h1"
    H2 = "h2"
    H3 = "h3"
    BODY = "body"
    CENTERED = "centered"
    CAPTION = "caption"
    NOTE = "note"
    HEADING_ATTACHMENT = "heading_attachment"


HEADINGS = {Style.HEADING_ATTACHMENT: 1, Style.H1: 1, Style.H2: 2, Style.H3: 3}
"""Outline level of the styles that are headings."""

STYLE_ROLE = {
    Style.TITLE: "title",
    Style.SUBTITLE: "kai",
    Style.H1: "hei",
    Style.H2: "kai",
    Style.CAPTION: "hei",
    Style.NOTE: "song",
    Style.HEADING_ATTACHMENT: "hei",
}
"""Font role of a style's text; "body" (仿宋) for those that are missing."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one typeface.

    indicator: id of the indicator whose value the text shows; empty for plain text.  aspect: which of its
    values ("value", "last_year", "change", "names" …).  role: typeface where it differs from that of the
    style: "" (the style's own), "body", "kai", "hei", "song" (see `Paragraph`).
    """

    text: str
    indicator: str = ""
    aspect: str = "value"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that make one paragraph.

    Body text may follow a heading on its line: "（三）加大执法力度。全年…".  The heading is then the first run
    and those after it of the same role, so give it one (kai for H2, hei for H1, body for H3).  Where the
    first run has no role, the heading ends before the first run with another role than the style's own.
    Runs without a role after the heading are body text.
    """

    runs: tuple[Run, ...]
    style: Style = Style.BODY

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)

    @property
    def heading_length(self) -> int:
        """How many of the first runs are the heading; 0 where the paragraph is none."""
        if self.style not in HEADINGS or not self.runs:
            return 0
        first = self.runs[0].role
        same = {first} if first else {"", STYLE_ROLE.get(self.style, "body")}
        return next((place for place, run in enumerate(self.runs) if run.role not in same), len(self.runs))

    @property
    def runs_in(self) -> bool:
        """Whether body text follows a heading within this paragraph."""
        return 0 < self.heading_length < len(self.runs)

    @property
    def heading(self) -> str:
        """Text of the heading for the outline, without the full stop that ends it."""
        return "".join(run.text for run in self.runs[: self.heading_length]).strip().rstrip("。")

    def roles(self) -> tuple[str, ...]:
        """The typeface of each run."""
        own = STYLE_ROLE.get(self.style, "body")
        until = self.heading_length if self.style in HEADINGS else len(self.runs)
        return tuple(run.role or (own if place < until else "body") for place, run in enumerate(self.runs))


Cell = str | tuple[Run, ...]
"""Content of a table cell: plain text, or runs where it shows indicators."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table as wide as the type area; its header is repeated on every page.

    widths: one number for each column; only their proportions count.  aligns: "left", "center" or "right"
    for each column (centred where missing; header cells always are).  size: type size in pt.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    caption: str = ""
    aligns: tuple[str, ...] = ()
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart, drawn at its final size (156 mm wide).

    png: it at 300 dpi, for Word.  description: one sentence with the main figures, for plain text and as the
    picture's alternative text.  drawing: for the pages.
    """

    name: str
    caption: str
    png: bytes
    height_mm: float
    description: str = ""
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when ("2025年1月23日").  sealed: laid out for a stamp over name and date."""

    name: str
    date_text: str
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Paragraph | Table | Chart | Signature | Gap | PageBreak


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment; begins a new page with "附件1" (number 0: "附件", where it is the only one)."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """附件, with its number if it has one."""
        return f"附件{self.number}" if self.number else "附件"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    title: printed at the top, and the file's title.  subject, author, keywords: of the file only.
    attachments are named one line below the text (附件说明) and follow it.  mark: a short text above the
    type area of every page (草稿, 征求意见稿); empty for none.  imprint: the small print below that of every
    page, beside its number.
    """

    title: str
    blocks: tuple[Block, ...]
    subject: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    subtitle: str = ""
    attachments: tuple[Attachment, ...] = ()
    mark: str = ""
    imprint: str = ""


def paragraph(*parts: str | Run, style: Style = Style.BODY) -> Paragraph:
    """A paragraph of plain texts and runs."""
    return Paragraph(tuple(Run(part) if isinstance(part, str) else part for part in parts if part), style)


def cell_runs(cell: Cell) -> tuple[Run, ...]:
    """The runs of a table cell."""
    return (Run(cell),) if isinstance(cell, str) else cell


def all_blocks(document: Document) -> Iterator[Block]:
    """Every block of the text, then of its attachments."""
    yield from document.blocks
    for attachment in document.attachments:
        yield from attachment.blocks


def all_runs(document: Document) -> Iterator[Run]:
    """Every run of paragraphs and tables, in reading order."""
    for block in all_blocks(document):
        yield from block_runs(block)


def block_runs(block: Block) -> Iterator[Run]:
    """The runs of a paragraph or table; nothing for the other blocks."""
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell_runs(cell)


def indicator_runs(document: Document) -> Iterator[Run]:
    """The runs that show an indicator, in reading order."""
    return (run for run in all_runs(document) if run.indicator)


def indicator_ids(document: Document) -> tuple[str, ...]:
    """Ids of the indicators shown, each once, in order of appearance."""
    return tuple(dict.fromkeys(run.indicator for run in indicator_runs(document)))


def headings(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Level (1 to 3) and text of every heading."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.style in HEADINGS:
            yield HEADINGS[block.style], block.heading
