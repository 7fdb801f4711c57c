"""The named styles of the Word file: how a kind of paragraph looks is said here once, and can be changed there.

Whoever goes on editing in Word or WPS changes 标题 1 or 正文文本 and with it the whole report, sees the headings
in the navigation pane, and gets body text after a heading.  Lengths in twips (1/20 pt) unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from mingxi_desktop.report import grid
from mingxi_desktop.report.model import HEADINGS, STYLE_ROLE, Style

FONTS = {"body": "仿宋", "kai": "楷体", "hei": "黑体", "title": "方正小标宋简体", "song": "宋体"}
TWIPS = 20
PITCH = 579
"""Line pitch of the document grid: 22 lines in 225 mm."""
CELL = round(grid.CELL * TWIPS)
TABLE_SIZE = 10.5
"""Type size of the styles of table cells, in pt."""
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

NORMAL, BODY, PICTURE, LISTED = "Normal", "BodyText", "Picture", "AttachmentList"
SIGNED, DATED, HEADER, FOOTER = "Signature", "Date", "Header", "Footer"
CELL_TEXT, CELL_HEAD, TABLE = "TableText", "TableHead", "ReportTable"
PARAGRAPHS = {
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
    Style.ADDRESSEE: "Salutation",
    Style.H1: "Heading1",
    Style.H2: "Heading2",
    Style.H3: "Heading3",
    Style.BODY: BODY,
    Style.CENTERED: "Centered",
    Style.CAPTION: "Caption",
    Style.NOTE: "Note",
    Style.HEADING_ATTACHMENT: "AttachmentHeading",
}
"""Style id of each kind of paragraph."""

_TIGHTER = -4
"""Makes characters of 16 pt as wide as the grid's cells (in 1/20 pt)."""
_NOTE_LEADING, _CELL_LEADING = 1.6, 1.3
"""From line to line, in units of the type size."""
_KEEP, _OFF_GRID = "<w:keepNext/>", '<w:snapToGrid w:val="0"/>'
_FIRST = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CELL}"/>'


@dataclass(frozen=True, slots=True)
class _Named:
    """A paragraph style. name: Word shows its own in the user's language.

    size: in pt; 0 that of Normal.  looks: elements of w:pPr before w:jc, in their order.  level: of a
    heading.  after: style id of the next paragraph, by default the same.
    """

    id: str
    name: str
    role: str = ""
    size: float = 0.0
    align: str = ""
    looks: str = ""
    level: int = 0
    after: str = ""

    def xml(self) -> str:
        """The style as XML."""
        align = f'<w:jc w:val="{self.align}"/>' if self.align else ""
        level = f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else ""
        role = font_xml(self.role) if self.role else ""
        # The tighter spacing suits the size of the text alone.
        size = f'<w:spacing w:val="0"/>{size_xml(self.size)}' if self.size else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.id}"><w:name w:val={quoteattr(self.name)}/>'
            f'<w:basedOn w:val="{NORMAL}"/><w:next w:val="{self.after or self.id}"/><w:qFormat/>'
            f"<w:pPr>{self.looks}{align}{level}</w:pPr><w:rPr>{role}{size}</w:rPr></w:style>"
        )


def styles_xml() -> str:
    """The whole of word/styles.xml."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {NAMESPACES}>'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font_xml('body')}{_LANGUAGE}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>{_NORMAL}{''.join(style.xml() for style in _STYLES)}{_TABLES}</w:styles>"
    )


def font_xml(role: str) -> str:
    """The typeface of a role, for Latin letters too."""
    font = FONTS[role]
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    )


def size_xml(size: float) -> str:
    """A type size in pt."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


def line_xml(pitch: int, rule: str = "exact", below: int = 0) -> str:
    """The distance from line to line, and the room below the paragraph."""
    return f'<w:spacing w:before="0" w:after="{below}" w:line="{pitch}" w:lineRule="{rule}"/>'


def cell_line(size: float) -> int:
    """From line to line within a table cell of that type size (pt)."""
    return round(size * _CELL_LEADING * TWIPS)


def _of(style: Style, name: str, *, size: float = 0.0, align: str = "", looks: str = "") -> _Named:
    role, level = STYLE_ROLE.get(style, ""), HEADINGS.get(style, 0)
    return _Named(PARAGRAPHS[style], name, role, size, align, looks, level, BODY)


def _border(name: str, size: int) -> str:
    return f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'


_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
_NORMAL = (
    f'<w:style w:type="paragraph" w:default="1" w:styleId="{NORMAL}"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
    '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>'
    f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{line_xml(PITCH)}<w:jc w:val="both"/></w:pPr>'
    f'<w:rPr><w:spacing w:val="{_TIGHTER}"/><w:kern w:val="0"/>{size_xml(grid.BODY_SIZE)}</w:rPr></w:style>'
)
_NOTE_LINE = line_xml(round(grid.SMALL_SIZE * _NOTE_LEADING * TWIPS), below=100)
_CELLS = f"{_OFF_GRID}{line_xml(cell_line(TABLE_SIZE))}"
_STYLES = (
    _of(Style.BODY, "Body Text", looks=_FIRST),
    # Off the grid: where a font is high, lines of 22 pt would take two of the grid's.
    _of(Style.TITLE, "Title", size=grid.TITLE_SIZE, align="center", looks=f"{_KEEP}{_OFF_GRID}"),
    _of(Style.SUBTITLE, "Subtitle", align="center", looks=_KEEP),
    _of(Style.ADDRESSEE, "Salutation"),
    _of(Style.H1, "heading 1", looks=f"{_KEEP}{_FIRST}"),
    _of(Style.H2, "heading 2", looks=f"{_KEEP}{_FIRST}"),
    _of(Style.H3, "heading 3", looks=f"{_KEEP}{_FIRST}"),
    _of(Style.CENTERED, "居中正文", align="center"),
    _of(Style.CAPTION, "caption", size=grid.SMALL_SIZE, align="center"),
    _of(Style.NOTE, "附注", size=grid.SMALL_SIZE, looks=f"<w:keepLines/>{_OFF_GRID}{_NOTE_LINE}"),
    _of(Style.HEADING_ATTACHMENT, "附件标号", looks=f"{_KEEP}<w:pageBreakBefore/>"),
    _Named(LISTED, "附件说明", looks=f'<w:ind w:left="{5 * CELL}"/>'),
    _Named(SIGNED, "Signature", align="right", looks=_KEEP, after=DATED),
    _Named(DATED, "Date", align="right"),
    # A line that grows with its picture.
    _Named(
        PICTURE, "图", align="center", looks=f"{_KEEP}{_OFF_GRID}{line_xml(240, 'atLeast')}", after="Caption"
    ),
    _Named(CELL_TEXT, "表格文字", "song", TABLE_SIZE, "left", _CELLS),
    _Named(CELL_HEAD, "表头", "hei", TABLE_SIZE, "center", f"{_KEEP}{_CELLS}"),
    _Named(HEADER, "header", "hei", grid.SMALL_SIZE, "right", f"{_OFF_GRID}{line_xml(360)}"),
    _Named(FOOTER, "footer", "song", grid.FOLIO_SIZE, "left", f"{_OFF_GRID}{line_xml(360)}"),
)
_TABLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    f'<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="报告表格"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    "<w:tblBorders>"
    + "".join(_border(side, 8) for side in ("top", "left", "bottom", "right"))
    + "".join(_border(side, 4) for side in ("insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="50" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
