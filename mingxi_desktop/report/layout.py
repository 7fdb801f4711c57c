"""A document set in type: each block as units for the pages, in the manner of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean
from mingxi_desktop.report.fonts import FontSet
from mingxi_desktop.report.frames import RowUnit
from mingxi_desktop.report.letters import Missing, Text, Typesetter
from mingxi_desktop.report.lines import Line, balanced, compose, parted, single
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
from mingxi_desktop.report.titles import title_ends
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
_WHOLE_NOTE = 6
"""A note of so many lines is not parted by the end of a page."""
_WITH_SIGNATURE = 2
"""Lines of text that stay on the page of the signature."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A document on its pages; what no font has; what did not fit (Chinese sentences).

    settled: the document with each chart after the paragraph during which it was printed, as a chart that
    does not fit goes to the top of the next page while the text goes on; and with columns as wide as printed.
    """

    pages: tuple[Page, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    settled: Document


def lay_out(document: Document, fonts: FontSet) -> Laid:
    """The pages of a document."""
    composer = _Composer(fonts)
    pages = paginate(composer.document(document))
    warnings = tuple(dict.fromkeys(composer.warnings()))
    return Laid(tuple(pages), composer.typesetter.missing, warnings, composer.settled(document))


class _Composer:
    """Makes units of blocks."""

    def __init__(self, fonts: FontSet) -> None:
        self.typesetter = Typesetter(fonts)
        self._tables = TableSetter(self.typesetter)
        self._too_high: list[str] = []
        self._parts: list[list[tuple[Block, Sequence[Unit]]]] = []

    def document(self, document: Document) -> list[Unit]:
        """The title, the blocks, the list of attachments before the signature, the attachments."""
        units = self._titles(document.title, document.subtitle)
        self._parts.append([])
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

    def settled(self, document: Document) -> Document:
        """The document with its blocks in the order in which their first lines came onto the pages."""
        text, *annexed = [_as_printed(part) for part in self._parts]
        attachments = zip(document.attachments, annexed, strict=True)
        return replace(
            document,
            blocks=text,
            attachments=tuple(replace(one, blocks=blocks) for one, blocks in attachments),
        )

    def warnings(self) -> list[str]:
        """What did not fit, in Chinese."""
        return self._tables.warnings + [f"图表“{name}”比一页还高，已缩小。" for name in self._too_high]

    def _add(self, units: list[Unit], block: Block) -> None:
        made = self._made(units, block)
        self._parts[-1].append((block, made))
        units += made

    def _made(self, above: Sequence[Unit], block: Block) -> Sequence[Unit]:
        """The units of a block; those above it are told to stay with them where they should."""
        if isinstance(block, Paragraph):
            made = self._paragraph(block)
            if block.style is Style.NOTE:
                _keep_with_note(above, made)
            return made
        if isinstance(block, Table):
            # What a note says of a table stays with it, above as below.
            if above and isinstance(above[-1], NoteLine):
                above[-1].keep = True
            return self._table(block)
        if isinstance(block, Chart):
            return [self._figure(block)]
        if isinstance(block, Signature):
            _keep_text_with_signature(above)
            return [self._signature(block)]
        if isinstance(block, Gap) and block.lines > 0:
            # An empty line below a heading does not part it from its text.
            heading = bool(above) and above[-1].keep
            return [LineBlock((), rows=block.lines, vanishes=True, keep=heading)]
        return [NewPage()] if isinstance(block, PageBreak) else []

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
            made = [NoteLine(notes, line) for line in compose(text, grid.WIDTH)]
            for note in made[:-1]:
                note.keep = len(made) <= _WHOLE_NOTE
            return list(made)
        if paragraph.style in _CENTRED:
            lines = _title(text) if paragraph.style is Style.TITLE else balanced(text, grid.WIDTH)
            blocks = [_centred(line) for line in lines]
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
        for row in (*rows[:1], *rows[-2:-1]):
            # Neither the first row nor the last (合计) stands alone on a page.
            row.keep = len(rows) > 1
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
        self._parts.append([])
        for block in attachment.blocks:
            self._add(units, block)
        return units


def _title(text: Text) -> list[Line]:
    """The lines of a title, parted between words; one without a place to be parted is broken somewhere."""
    starts = list(accumulate((letter.width for letter in text.letters), initial=0.0))
    ends = title_ends(text.chars, lambda start, end: starts[end] - starts[start], grid.WIDTH)
    lines = parted(text, ends)
    return lines if max(line.width for line in lines) <= grid.WIDTH else balanced(text, grid.WIDTH)


def _centred(line: Line) -> LineBlock:
    return LineBlock((SetLine(line, 0, _middle(line)),))


def _middle(line: Line) -> float:
    return (grid.WIDTH - line.width) / 2


def _as_printed(part: Sequence[tuple[Block, Sequence[Unit]]]) -> tuple[Block, ...]:
    """Blocks by when their first line came onto a page; those without lines stay where they were."""
    latest = -1
    order = []
    for block, units in part:
        turn = next((unit.turn for unit in units if unit.turn >= 0), latest)
        latest = max(latest, turn)
        if isinstance(block, Table):
            row = next(unit for unit in units if isinstance(unit, RowUnit))
            block = replace(block, widths=row.table.widths)
        order.append((turn, block))
    return tuple(block for _turn, block in sorted(order, key=itemgetter(0)))


def _keep_with_note(above: Sequence[Unit], note: Sequence[Unit]) -> None:
    """A note stays with its table, of a long one the first line; and whole with a chart, which may move."""
    if above and isinstance(above[-1], RowUnit | Figure):
        above[-1].keep = True
        for line in note[:-1]:
            line.keep |= isinstance(above[-1], Figure)


def _keep_text_with_signature(units: Sequence[Unit]) -> None:
    """A signature never stands alone on a page: the last lines of text come along."""
    wanted = _WITH_SIGNATURE
    for unit in reversed(units):
        if unit.breaks or wanted == 0:
            return
        unit.keep = True
        wanted -= not unit.vanishes
