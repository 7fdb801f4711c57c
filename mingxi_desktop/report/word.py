"""The report as a Word file that can be edited, as near to the printed page as Word gets."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import clean, full_width
from mingxi_desktop.report.model import (
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
from mingxi_desktop.report.titles import split, title_ends
from mingxi_desktop.report.word_styles import (
    CELL,
    DATED,
    FOOTER,
    HEADER,
    LISTED,
    NORMAL,
    PARAGRAPHS,
    PICTURE,
    PITCH,
    SIGNED,
    TWIPS,
    styles_xml,
)
from mingxi_desktop.report.word_xml import Look, Writer, block, field_xml, rooted, run_xml

_FOOTER_BOTTOM = 22 * grid.MM
"""From the page's edge to the page number, which then stands 7 mm below the type area."""
_BORN = datetime.datetime(2000, 1, 1)
"""The same report gives the same file: no clock is read."""
_TEXT_PART, _STYLES_PART = "word/document.xml", "word/styles.xml"
_BODY_END = b"<w:sectPr"
_SHORT = 28
"""A paragraph of no more characters is a line; one before a signature keeps the one above it as well."""
_END_OF_TABLE = "</w:tbl>"
_BELOW_TABLE = 100
"""Room below a table, about what the printed page leaves up to its grid's next line, in twips."""
_HAIRLINE = 20
"""Height of the paragraph that Word needs between two tables and after the last, in twips."""
_HIGHEST = (grid.LINES - 4) * grid.PITCH
"""Of a chart, so that headings and its caption fit on its page."""


def to_docx(document: Document) -> bytes:
    """The document as .docx. Page breaks, columns and line ends are Word's own and may differ a little."""
    import docx

    package = docx.Document()
    _prepare(package, document)
    content = _Body(package, document).content()
    file = io.BytesIO()
    package.save(file)
    return _finished(file.getvalue(), content)


class _Body:
    """The text as XML; its pictures go into the package."""

    def __init__(self, package: Any, document: Document) -> None:
        self._package = package
        self._document = document
        self._writer = Writer()
        self._parts: list[str] = []

    def content(self) -> str:
        """Paragraphs and tables for the body."""
        self._titles(self._document.title, self._document.subtitle)
        self._text(self._document.blocks, listing=True)
        for attachment in self._document.attachments:
            self._attachment(attachment)
        self._after_table()
        return "".join(self._parts)

    def _text(self, blocks: Sequence[Block], *, listing: bool) -> None:
        """The blocks; listing: with the list of attachments, before the signature or at the end."""
        new_page = False
        signed = next((place for place, item in enumerate(blocks) if isinstance(item, Signature)), -1)
        for place, item in enumerate(blocks):
            if isinstance(item, PageBreak):
                new_page = True
                continue
            if listing and place == signed:
                self._list_of_attachments(keep=True)
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            keep = isinstance(after, Signature) or _belongs_to(item, after)
            keep |= place == signed - 2 and _is_short(after)
            self._block(item, keep=keep, new_page=new_page)
            new_page = False
        if listing and signed < 0:
            self._list_of_attachments(keep=False)

    def _block(self, item: Block, *, keep: bool, new_page: bool) -> None:
        if isinstance(item, Paragraph):
            below_table = self._ends_with_table() and item.style is not Style.NOTE
            above = _BELOW_TABLE if below_table else 0
            self._parts.append(self._writer.paragraph(item, keep=keep, new_page=new_page, above=above))
        elif isinstance(item, Table):
            self._table(item, noted=keep, new_page=new_page)
        elif isinstance(item, Chart):
            self._chart(item, new_page=new_page)
        elif isinstance(item, Signature):
            self._signature(item)
        elif isinstance(item, Gap):
            self._parts += [_empty(keep=keep)] * item.lines

    def _titles(self, title: str, subtitle: str = "") -> None:
        if title:
            lines = [run_xml(line, "title") for line in _title_lines(title)]
            self._parts.append(block(["<w:r><w:br/></w:r>".join(lines)], Look(PARAGRAPHS[Style.TITLE])))
        self._parts.append(self._writer.paragraph(Paragraph((Run(subtitle),), Style.SUBTITLE)))
        if title or subtitle:
            self._parts.append(_empty(keep=True))

    def _table(self, table: Table, *, noted: bool, new_page: bool) -> None:
        caption = Paragraph((Run(table.caption),), Style.CAPTION)
        text = self._writer.paragraph(caption, keep=True, new_page=new_page)
        if not text:
            self._after_table()
        self._parts += [text, self._writer.table(table, noted=noted)]

    def _after_table(self) -> None:
        """Two tables with nothing between them would become one, and none may end the file."""
        if self._ends_with_table():
            self._parts.append(block([], Look(PARAGRAPHS[Style.NOTE], line=_HAIRLINE)))

    def _ends_with_table(self) -> bool:
        return bool(self._parts) and self._parts[-1].endswith(_END_OF_TABLE)

    def _chart(self, chart: Chart, *, new_page: bool) -> None:
        """The picture in a paragraph that grows with it; the caption stays with it."""
        from docx.shared import Pt

        scale = min(1.0, _HIGHEST / (chart.height_mm * grid.MM))
        inline = self._package.part.new_pic_inline(io.BytesIO(chart.png), width=Pt(grid.WIDTH * scale))
        inline.docPr.set("descr", clean(chart.description or chart.caption))
        picture = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        self._parts.append(block([picture], Look(PICTURE, new_page=new_page)))
        self._parts.append(self._writer.paragraph(Paragraph((Run(chart.caption),), Style.CAPTION)))

    def _list_of_attachments(self, *, keep: bool) -> None:
        attachments = self._document.attachments
        if attachments:
            self._parts.append(_empty(keep=True))
        for place, attachment in enumerate(attachments):
            number = f"{attachment.number}. " if attachment.number else ""
            label = "附件：" if place == 0 else ""
            look = Look(LISTED, left=5 * CELL, hanging=3 * CELL if label else 0, keep=keep or None)
            self._parts.append(block([run_xml(label + number + attachment.title, "body")], look))

    def _signature(self, signature: Signature) -> None:
        """Placed from the right by the widths of name and date; see `layout` for the rule."""
        name, date = _width(signature.name), _width(signature.date_text)
        if signature.sealed:
            above, date_right = 2, 4 * grid.CELL
            name_right = max(0.0, date_right + (date - name) / 2)
        else:
            above = 1
            name_left = min(grid.WIDTH - 2 * grid.CELL - name, grid.WIDTH - 4 * grid.CELL - date)
            name_right = grid.WIDTH - name_left - name
            date_right = grid.WIDTH - name_left - 2 * grid.CELL - date
        self._parts += [_empty(keep=True)] * above
        for text, right, style in (
            (signature.name, name_right, SIGNED),
            (signature.date_text, date_right, DATED),
        ):
            self._parts.append(block([run_xml(text, "body")], Look(style, right=round(right * TWIPS))))

    def _attachment(self, attachment: Attachment) -> None:
        label = Paragraph((Run(attachment.label),), Style.HEADING_ATTACHMENT)
        self._parts += [self._writer.paragraph(label), _empty(keep=True)]
        self._titles(attachment.title)
        self._text(attachment.blocks, listing=False)


def _belongs_to(item: Block, after: Block | None) -> bool:
    """Whether a note stays with the table below it, or a table with the note below it."""
    note = item if isinstance(item, Paragraph) else after
    table = after if isinstance(item, Paragraph) else item
    return isinstance(note, Paragraph) and note.style is Style.NOTE and isinstance(table, Table)


def _is_short(item: Block | None) -> bool:
    return isinstance(item, Paragraph) and len(item.text) <= _SHORT


def _prepare(package: Any, document: Document) -> None:
    """Page, grid, defaults, page numbers, properties."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    section = package.sections[0]
    section.page_width, section.page_height = Pt(grid.PAGE_WIDTH), Pt(grid.PAGE_HEIGHT)
    section.top_margin, section.left_margin = Pt(grid.TOP), Pt(grid.LEFT)
    section.bottom_margin = Pt(grid.PAGE_HEIGHT - grid.TOP - grid.HEIGHT)
    # 28 characters of 15.8 pt are a little wider than the grid's; without room for them there are 27.
    section.right_margin = Pt(grid.PAGE_WIDTH - grid.LEFT - grid.WIDTH - 0.6)
    section.footer_distance = Pt(_FOOTER_BOTTOM)
    lines = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx knows no document grid
    if lines is None:
        lines = OxmlElement("w:docGrid")
        section._sectPr.append(lines)  # noqa: SLF001
    lines.set(qn("w:type"), "lines")
    lines.set(qn("w:linePitch"), str(PITCH))
    package.settings.odd_and_even_pages_header_footer = True
    _page_numbers(section, document.imprint)
    if document.mark:
        _mark(section, document.mark)
    properties = package.core_properties
    properties.title, properties.subject = clean(document.title), clean(document.subject)
    properties.author = properties.last_modified_by = clean(document.author)
    properties.keywords, properties.comments = clean("，".join(document.keywords)), ""
    properties.created = properties.modified = _BORN


def _page_numbers(section: Any, imprint: str) -> None:
    """— 1 —: at the right on odd pages, at the left on even ones, one character in; opposite the small print."""
    inwards = round(grid.FOLIO_SIZE * TWIPS)
    runs = [run_xml("— ", "song"), field_xml("PAGE", "song"), run_xml(" —", "song")]
    small = [run_xml(imprint, "song", size=grid.IMPRINT_SIZE)] if imprint else []
    for part, side, other in (
        (section.footer, "right", "left"),
        (section.even_page_footer, "left", "right"),
    ):
        number = block(runs, _indented(side, inwards))
        _fill(part, number + (block(small, _indented(other, inwards)) if small else ""))


def _indented(side: str, inwards: int) -> Look:
    if side == "right":
        return Look(FOOTER, align=side, right=inwards)
    return Look(FOOTER, align=side, left=inwards)


def _mark(section: Any, mark: str) -> None:
    text = block([run_xml(mark, "hei")], Look(HEADER))
    _fill(section.header, text)
    _fill(section.even_page_header, text)


def _fill(part: Any, content: str) -> None:
    """Puts paragraphs into a header or footer, in place of the empty one there."""
    from docx.oxml.parser import parse_xml

    part.is_linked_to_previous = False
    for paragraph in list(part.paragraphs):
        part._element.remove(paragraph._element)  # noqa: SLF001 - python-docx only adds
    for element in list(parse_xml(rooted(content))):
        part._element.append(element)  # noqa: SLF001


def _empty(*, keep: bool) -> str:
    return block([], Look(NORMAL, keep=keep or None))


def _title_lines(title: str) -> list[str]:
    """The lines of a title as printed; Word would part words, and leave the last line short."""
    title = clean(title)
    scale = grid.TITLE_SIZE / grid.BODY_SIZE
    return split(title, title_ends(title, lambda start, end: _width(title[start:end]) * scale, grid.WIDTH))


def _width(text: str) -> float:
    """About how wide a text of 16 pt is in 仿宋, in pt: digits and letters are half as wide as characters."""
    return sum(grid.CELL if full_width(char) else grid.BODY_SIZE / 2 for char in clean(text))


def _finished(data: bytes, content: str) -> bytes:
    """The package with the text in its body, and without the hour it was written.

    Put in as it is: an XML tree takes minutes to move a long table from one document to another.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == _TEXT_PART:
                part = part.replace(_BODY_END, content.encode("utf-8") + _BODY_END, 1)
            elif entry.filename == _STYLES_PART:
                part = styles_xml().encode("utf-8")
            item = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(item, part)
    return file.getvalue()
