"""A document set in type: each block as units for the pages, in the manner of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.letters import Missing, Text, Typesetter
from mingxi_desktop.report.lines import Line, balanced, compose, single
from mingxi_desktop.report.model import (
    HEADINGS,
    STYLE_ROLE,
    Attachment,
    Block,
    Chart,
    Document,
    Gap,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
)
from mingxi_desktop.report.pages import Page, Unit, paginate
from mingxi_desktop.report.tables import TableSetter
from mingxi_desktop.report.units import Figure, LineBlock, NewPage, NoteLine, NoteSet, SetLine

_INDENT = 2 * grid.CELL
_FLUSH = frozenset({Style.ADDRESSEE, Style.HEADING_ATTACHMENT})
_CENTRED = frozenset({Style.TITLE, Style.SUBTITLE, Style.CENTERED, Style.CAPTION})
_KEPT = frozenset({Style.TITLE, Style.SUBTITLE, Style.CAPTION})
_SIZES = {Style.TITLE: grid.TITLE_SIZE, Style.CAPTION: grid.SMALL_SIZE, Style.NOTE: grid.SMALL_SIZE}
_SEAL_LINES = 2
"""Empty lines above the name where a seal goes over it."""
_HEADING_LINES = 2
"""Room that the highest chart leaves on its page for the headings above it."""
_WITH_SIGNATURE = 2
"""Lines of text that stay on the page of the signature."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A document on its pages; what no font has; what did not fit (Chinese sentences)."""

    pages: tuple[Page, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]


def lay_out(document: Document, fonts: FontSet) -> Laid:
    """The pages of a document."""
    composer = _Composer(fonts)
    pages = paginate(composer.document(document))
    return Laid(tuple(pages), composer.typesetter.missing, tuple(dict.fromkeys(composer.warnings())))


class _Composer:
    """Makes units of blocks."""

    def __init__(self, fonts: FontSet) -> None:
        self.typesetter = Typesetter(fonts)
        self._tables = TableSetter(self.typesetter)
        self._too_high: list[str] = []

    def document(self, document: Document) -> list[Unit]:
        """The title, the blocks, the list of attachments before the signature, the attachments."""
        units = self._titles(document.title, document.subtitle)
        listed = False
        for block in document.blocks:
            if isinstance(block, Signature) and not listed:
                _keep_text_with_signature(units)
                units += self._list_of_attachments(document.attachments)
                listed = True
            self._add(units, block)
        if not listed:
            units += self._list_of_attachments(document.attachments)
        for attachment in document.attachments:
            units += self._attachment(attachment)
        return units

    def warnings(self) -> list[str]:
        """What did not fit, in Chinese."""
        return self._tables.warnings + [f"图表“{name}”比一页还高，已缩小。" for name in self._too_high]

    def _add(self, units: list[Unit], block: Block) -> None:
        if isinstance(block, Paragraph):
            units += self._paragraph(block)
        elif isinstance(block, Table):
            units += self._table(block)
        elif isinstance(block, Chart):
            units.append(self._figure(block))
        elif isinstance(block, Signature):
            _keep_text_with_signature(units)
            units.append(self._signature(block))
        elif isinstance(block, Gap) and block.lines > 0:
            # An empty line below a heading does not part it from its text.
            heading = bool(units) and units[-1].keep
            units.append(LineBlock((), rows=block.lines, vanishes=True, keep=heading))
        elif isinstance(block, PageBreak):
            units.append(NewPage())

    def _titles(self, title: str, subtitle: str = "") -> list[Unit]:
        """The title and one empty line."""
        units: list[Unit] = []
        if title:
            units += self._paragraph(Paragraph((Run(title),), Style.TITLE))
        if subtitle:
            units += self._paragraph(Paragraph((Run(subtitle),), Style.SUBTITLE))
        return [*units, LineBlock((), keep=True)] if units else []

    def _paragraph(self, paragraph: Paragraph) -> list[Unit]:
        text = self.typesetter.text(
            paragraph.runs, paragraph.roles(), _SIZES.get(paragraph.style, grid.BODY_SIZE)
        )
        if not text.letters:
            return []
        if paragraph.style is Style.NOTE:
            notes = NoteSet()
            return [NoteLine(notes, line) for line in compose(text, grid.WIDTH)]
        if paragraph.style in _CENTRED:
            blocks = [_centred(line) for line in balanced(text, grid.WIDTH)]
        else:
            indent = 0.0 if paragraph.style in _FLUSH else _INDENT
            blocks = [LineBlock((SetLine(line),)) for line in compose(text, grid.WIDTH, indent)]
        self._keep(blocks, paragraph)
        return list(blocks)

    def _keep(self, blocks: Sequence[LineBlock], paragraph: Paragraph) -> None:
        """Headings stay with what follows, captions with what they name."""
        if paragraph.style in HEADINGS:
            blocks[0].anchor = (clean(paragraph.heading), HEADINGS[paragraph.style])
            heading = sum(len(run.text) for run in paragraph.runs[: paragraph.heading_length])
            for block in blocks:
                block.keep = heading > 0 and (not paragraph.runs_in or block is not blocks[-1])
                heading -= sum(len(item.line.letters) for item in block.lines)
        elif paragraph.style in _KEPT:
            for block in blocks:
                block.keep = True

    def _table(self, table: Table) -> list[Unit]:
        caption = Paragraph((Run(table.caption),), Style.CAPTION)
        rows = self._tables.units(table)
        if len(rows) > 1:
            rows[0].keep = True
        return [*self._paragraph(caption), *rows]

    def _figure(self, chart: Chart) -> Figure:
        text = self._text(chart.caption, Style.CAPTION)
        lines = balanced(text, grid.WIDTH)
        caption = [SetLine(line, row, _middle(line)) for row, line in enumerate(lines)]
        height = chart.height_mm * grid.MM
        most = grid.line_top(grid.LINES - 1 - len(lines) - _HEADING_LINES) + grid.CELL
        scale = min(1.0, most / height)
        if scale < 1:
            self._too_high.append(chart.name)
        return Figure(chart, caption, grid.WIDTH * scale, height * scale)

    def _text(self, text: str, style: Style) -> Text:
        role = STYLE_ROLE.get(style, "body")
        return self.typesetter.text([Run(text)], [role], _SIZES.get(style, grid.BODY_SIZE))

    def _list_of_attachments(self, attachments: Sequence[Attachment]) -> list[Unit]:
        """附件说明: one line below the text, the titles below each other."""
        units: list[Unit] = [LineBlock((), vanishes=True, keep=True)] if attachments else []
        for place, attachment in enumerate(attachments):
            label = self._text("附件：" if place == 0 else "", Style.BODY)
            number = f"{attachment.number}. " if attachment.number else ""
            title = self._text(number + attachment.title, Style.BODY)
            x = _INDENT + 3 * grid.CELL
            for row, line in enumerate(compose(title, grid.WIDTH - x - grid.CELL)):
                items = [SetLine(line, 0, x)]
                if label.letters and row == 0:
                    items.insert(0, SetLine(single(label), 0, _INDENT))
                units.append(LineBlock(items, keep=True))
        if units:
            units[-1].keep = False
        return units

    def _signature(self, signature: Signature) -> LineBlock:
        """With a seal: date 4 characters from the right, name centred above it; without: see GB/T 9704, 7.3.5.2."""
        name = single(self._text(signature.name, Style.BODY))
        date = single(self._text(signature.date_text, Style.BODY))
        if signature.sealed:
            date_x = grid.WIDTH - 4 * grid.CELL - date.width
            name_x = min(date_x + (date.width - name.width) / 2, grid.WIDTH - name.width)
            name_x = max(0.0, name_x)
        else:
            # The date begins 2 characters further in than the name, and ends 2 from the right at the most.
            right = grid.WIDTH - 2 * grid.CELL
            name_x = min(right - name.width, right - date.width - 2 * grid.CELL)
            date_x = name_x + 2 * grid.CELL
        above = _SEAL_LINES if signature.sealed else 1
        items = [SetLine(name, above, name_x), SetLine(date, above + 1, date_x)]
        lines = [item for item in items if item.line.letters]
        return LineBlock(lines, rows=above + 2, settles=True)

    def _attachment(self, attachment: Attachment) -> list[Unit]:
        """附件1 on the first line of a new page, its title on the third, one empty line below it."""
        units: list[Unit] = [NewPage()]
        label = self._text(attachment.label, Style.HEADING_ATTACHMENT)
        anchor = (clean(f"{attachment.label} {attachment.title}".strip()), 1)
        units.append(LineBlock((SetLine(single(label)),), keep=True, anchor=anchor))
        units += [LineBlock((), keep=True), *self._titles(attachment.title)]
        for block in attachment.blocks:
            self._add(units, block)
        return units


def _centred(line: Line) -> LineBlock:
    return LineBlock((SetLine(line, 0, _middle(line)),))


def _middle(line: Line) -> float:
    return (grid.WIDTH - line.width) / 2


def _keep_text_with_signature(units: Sequence[Unit]) -> None:
    """A signature never stands alone on a page: the last lines of text come along."""
    wanted = _WITH_SIGNATURE
    for unit in reversed(units):
        if unit.breaks or wanted == 0:
            return
        unit.keep = True
        wanted -= not unit.vanishes
