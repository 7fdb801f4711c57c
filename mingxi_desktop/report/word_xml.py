"""Paragraphs and tables of the report as WordprocessingML (ISO/IEC 29500-1, part 17).

Lengths in twips (1/20 pt) unless said otherwise.  Texts are escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.model import (
    HEADINGS,
    Cell,
    Paragraph,
    Run,
    Style,
    Table,
    cell_runs,
)

FONTS = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "方正小标宋简体", "song": "宋体"}
TWIPS = 20
PITCH = 579
"""Line pitch of the document grid: 22 lines in 225 mm."""
CELL = round(grid.CELL * TWIPS)
_TIGHTER = -4
"""Makes characters of 16 pt as wide as the grid's cells (in 1/20 pt)."""
_INDENT = frozenset({Style.H1, Style.H2, Style.H3, Style.BODY})
_CENTRED = frozenset({Style.TITLE, Style.SUBTITLE, Style.CENTERED, Style.CAPTION})
_KEPT = frozenset({Style.TITLE, Style.SUBTITLE, *HEADINGS})
_SIZES = {Style.TITLE: grid.TITLE_SIZE, Style.CAPTION: grid.SMALL_SIZE, Style.NOTE: grid.SMALL_SIZE}
_LONGEST_NAME = 40
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands: alignment (both, center, left, right), indents, what it stays with."""

    align: str = "both"
    first: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    keep: bool = False
    new_page: bool = False
    level: int = 0
    line: int = PITCH
    exact: bool = True


class Writer:
    """Makes the XML of blocks; numbers become bookmarks that name their indicator."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def paragraph(self, paragraph: Paragraph, *, keep: bool = False, new_page: bool = False) -> str:
        """A paragraph of the model; nothing for an empty one."""
        if not clean(paragraph.text):
            return ""
        style = paragraph.style
        size = _SIZES.get(style, grid.BODY_SIZE)
        look = Look(
            align="center" if style in _CENTRED else "both",
            first=2 if style in _INDENT else 0,
            keep=keep or (style in _KEPT and not paragraph.runs_in),
            new_page=new_page,
            level=HEADINGS.get(style, 0),
        )
        runs = [
            self._marked(run, role, size) for run, role in zip(paragraph.runs, paragraph.roles(), strict=True)
        ]
        return block(runs, look)

    def table(self, table: Table) -> str:
        """A table with a header row that is repeated, columns of fixed width."""
        total = sum(table.widths)
        widths = [round(grid.WIDTH * TWIPS * part / total) for part in table.widths]
        aligns = (*table.aligns, *("center",) * len(widths))[: len(widths)]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = [self._row(table.header, widths, ("center",) * len(widths), table.size, head=True)]
        rows += [self._row(cells, widths, aligns, table.size, head=False) for cells in table.rows]
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
            f'<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def _row(
        self, cells: Sequence[Cell], widths: Sequence[int], aligns: Sequence[str], size: float, *, head: bool
    ) -> str:
        written = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{self._cell(cell, align, size, 'hei' if head else 'song', keep=head)}</w:tc>"
            for cell, width, align in zip(cells, widths, aligns, strict=True)
        ]
        header = "<w:cantSplit/><w:tblHeader/>" if head else ""
        height = f'<w:trHeight w:val="{round(size * 1.88 * TWIPS)}" w:hRule="atLeast"/>'
        return f"<w:tr><w:trPr>{header}{height}</w:trPr>{''.join(written)}</w:tr>"

    def _cell(self, cell: Cell, align: str, size: float, role: str, *, keep: bool) -> str:
        look = Look(align=align, line=round(size * 1.3 * TWIPS), keep=keep)
        if isinstance(cell, str):
            parts = cell.splitlines() or [""]
            return "".join(block([run_xml(part, role, size)], look) for part in parts)
        return block([self._marked(run, run.role or role, size) for run in cell_runs(cell)], look)

    def _marked(self, run: Run, role: str, size: float) -> str:
        """A run; one that shows an indicator within a bookmark."""
        text = run_xml(run.text, role, size)
        if not run.indicator:
            return text
        number = next(self._numbers)
        plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in run.indicator)
        name = f"n{number}_{plain}"[:_LONGEST_NAME]
        return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{text}<w:bookmarkEnd w:id="{number}"/>'


def block(runs: Iterable[str], look: Look) -> str:
    """A paragraph of finished runs."""
    rule = "exact" if look.exact else "atLeast"
    flags = [
        "<w:keepNext/>" if look.keep else "",
        "<w:pageBreakBefore/>" if look.new_page else "",
        '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>',
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>',
        "" if look.line == PITCH else '<w:snapToGrid w:val="0"/>',
        f'<w:spacing w:before="0" w:after="0" w:line="{look.line}" w:lineRule="{rule}"/>',
        _indents(look),
        f'<w:jc w:val="{look.align}"/>',
        f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else "",
    ]
    return f"<w:p><w:pPr>{''.join(flags)}</w:pPr>{''.join(runs)}</w:p>"


def run_xml(text: str, role: str, size: float) -> str:
    """A run of text in the typeface of a role; size in pt."""
    return f'<w:r>{run_look(role, size)}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'


def field_xml(code: str, role: str, size: float) -> str:
    """A run that Word fills in, such as PAGE."""
    look = run_look(role, size)
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{look}{part}</w:r>" for part in parts)


def run_look(role: str, size: float) -> str:
    """Typeface, size and spacing of a run."""
    font = FONTS[role]
    spacing = f'<w:spacing w:val="{_TIGHTER}"/>' if size == grid.BODY_SIZE else ""
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'{spacing}<w:kern w:val="0"/><w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )


def rooted(content: str) -> str:
    """Elements within one that declares their namespaces."""
    return f"<w:body {_NAMESPACES}>{content}</w:body>"


def _indents(look: Look) -> str:
    parts = []
    if look.left:
        parts.append(f'w:left="{look.left}"')
    if look.right:
        parts.append(f'w:right="{look.right}"')
    if look.hanging:
        parts.append(f'w:hanging="{look.hanging}"')
    if look.first:
        parts.append(f'w:firstLineChars="{look.first * 100}" w:firstLine="{look.first * CELL}"')
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def _border(name: str, size: int) -> str:
    return f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'


_BORDERS = (
    "<w:tblBorders>"
    + "".join(_border(side, 8) for side in ("top", "left", "bottom", "right"))
    + "".join(_border(side, 4) for side in ("insideH", "insideV"))
    + "</w:tblBorders>"
)
_MARGINS = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
