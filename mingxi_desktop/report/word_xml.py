"""Paragraphs and tables of the report as WordprocessingML (ISO/IEC 29500-1, part 17).

Each paragraph names its style (see `word_styles`); only what is peculiar to it stands with it.  Lengths in
twips (1/20 pt) unless said otherwise.  Texts are escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.model import HEADINGS, Cell, Paragraph, Run, Table, cell_runs
from mingxi_desktop.report.word_styles import (
    CELL_HEAD,
    CELL_TEXT,
    NAMESPACES,
    PARAGRAPHS,
    TABLE,
    TABLE_SIZE,
    TWIPS,
    cell_line,
    font_xml,
    line_xml,
    size_xml,
)

_LONGEST_NAME = 40
_LONG_CELL = 200
"""A row with a text longer than that may go over the end of a page."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is peculiar to a paragraph beside its style.

    align, keep: empty and None as in the style.  left, right, hanging: indents.  line: from line to line,
    above: room above; 0 as in the style.
    """

    style: str
    align: str = ""
    keep: bool | None = None
    new_page: bool = False
    right: int = 0
    left: int = 0
    hanging: int = 0
    line: int = 0
    above: int = 0


class Writer:
    """Makes the XML of blocks; numbers become bookmarks that name their indicator."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def paragraph(
        self, paragraph: Paragraph, *, keep: bool = False, new_page: bool = False, above: int = 0
    ) -> str:
        """A paragraph of the model with some room above it; nothing for an empty one."""
        if not clean(paragraph.text):
            return ""
        runs_in = paragraph.style in HEADINGS and paragraph.runs_in
        look = Look(
            PARAGRAPHS[paragraph.style],
            keep=True if keep else (False if runs_in else None),
            new_page=new_page,
            above=above,
        )
        return block(
            [self._marked(run, role) for run, role in zip(paragraph.runs, paragraph.roles(), strict=True)],
            look,
        )

    def table(self, table: Table, *, noted: bool = False) -> str:
        """A table with a header row that is repeated, columns of fixed width; noted: a note belongs below it."""
        total = sum(table.widths)
        widths = [round(grid.WIDTH * TWIPS * part / total) for part in table.widths]
        aligns = (*table.aligns, *("center",) * len(widths))[: len(widths)]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = [self._row(table.header, widths, (), table.size)]
        # Neither the first row nor the last (合计) stands alone on a page.
        last = len(table.rows) - 1
        kept = {0, last - 1} - {last} | ({last} if noted else set())
        rows += [
            self._row(cells, widths, aligns, table.size, keep=place in kept)
            for place, cells in enumerate(table.rows)
        ]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(
        self,
        cells: Sequence[Cell],
        widths: Sequence[int],
        aligns: Sequence[str],
        size: float,
        *,
        keep: bool = False,
    ) -> str:
        """A row; the header is the one without alignments of its own.  keep: with the row or note below."""
        written = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{self._cell(cell, align, size, keep=keep)}</w:tc>"
            for cell, width, align in zip(cells, widths, aligns or [""] * len(widths), strict=True)
        ]
        longest = max((len(run.text) for cell in cells for run in cell_runs(cell)), default=0)
        whole = "<w:cantSplit/>" if longest <= _LONG_CELL else ""
        head = "" if aligns else "<w:tblHeader/>"
        return f"<w:tr><w:trPr>{whole}{head}</w:trPr>{''.join(written)}</w:tr>"

    def _cell(self, cell: Cell, align: str, size: float, *, keep: bool) -> str:
        """A cell's paragraphs; of the header without an alignment."""
        line = 0 if size == TABLE_SIZE else cell_line(size)
        look = Look(CELL_TEXT if align else CELL_HEAD, align=align, line=line, keep=keep or None)
        role = "song" if align else "hei"
        if isinstance(cell, str):
            parts = cell.splitlines() or [""]
            return "".join(block([run_xml(part, role, _own(size))], look) for part in parts)
        return block([self._marked(run, run.role or role, _own(size)) for run in cell], look)

    def _marked(self, run: Run, role: str, size: float = 0.0) -> str:
        """A run; one that shows an indicator within a bookmark."""
        text = run_xml(run.text, role, size)
        if not run.indicator:
            return text
        number = next(self._numbers)
        plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in run.indicator)
        name = f"n{number}_{plain}"[:_LONGEST_NAME]
        return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{text}<w:bookmarkEnd w:id="{number}"/>'


def _own(size: float) -> float:
    """A size where it is not the one of the cells' styles."""
    return 0.0 if size == TABLE_SIZE else size


def block(runs: Iterable[str], look: Look) -> str:
    """A paragraph of finished runs."""
    keep = "" if look.keep is None else f'<w:keepNext w:val="{int(look.keep)}"/>'
    looks = (
        f'<w:pStyle w:val="{look.style}"/>',
        keep,
        "<w:pageBreakBefore/>" if look.new_page else "",
        line_xml(look.line) if look.line else "",
        f'<w:spacing w:before="{look.above}"/>' if look.above else "",
        _indents(look),
        f'<w:jc w:val="{look.align}"/>' if look.align else "",
    )
    return f"<w:p><w:pPr>{''.join(looks)}</w:pPr>{''.join(runs)}</w:p>"


def run_xml(text: str, role: str, size: float = 0.0) -> str:
    """A run of text in the typeface of a role; size in pt where it is not that of the paragraph's style."""
    return f'<w:r>{_run_look(role, size)}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def field_xml(code: str, role: str) -> str:
    """A run that Word fills in, such as PAGE."""
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{_run_look(role)}{part}</w:r>" for part in parts)


def rooted(content: str) -> str:
    """Elements within one that declares their namespaces."""
    return f"<w:body {NAMESPACES}>{content}</w:body>"


def _run_look(role: str, size: float = 0.0) -> str:
    """The typeface stands with every run, as some programs look for that of Chinese text nowhere else."""
    return f"<w:rPr>{font_xml(role)}{size_xml(size) if size else ''}</w:rPr>"


def _indents(look: Look) -> str:
    parts = [
        f'w:{name}="{value}"'
        for name, value in (("left", look.left), ("right", look.right), ("hanging", look.hanging))
        if value
    ]
    return f"<w:ind {' '.join(parts)}/>" if parts else ""
