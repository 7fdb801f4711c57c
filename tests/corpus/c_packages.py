"""Workbooks as other writers make them: parts, paths, namespaces, cells that Excel reads all the same."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from tests.corpus.books import (
    DECLARATION,
    MAIN,
    REL,
    STRICT,
    STRICT_REL,
    packed,
    parts,
    raw,
    rels,
    rows_xml,
    sheet_xml,
    styles_xml,
)
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, record, records

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
_XML = rows_xml(TABLE)


def _sheet(xml: str) -> bytes:
    return packed(parts(xml))


def _no_places() -> bytes:
    return _sheet(
        sheet_xml(re.sub(r' r="[A-Z]*\d+"', "", _XML.replace("<row", "<row ").replace("<c ", "<c  ")))
    )


def _full_rows() -> str:
    """Without empty cells: those without an address count on."""
    filled = [[cell if cell is not None else "无" for cell in row] for row in TABLE]
    return re.sub(r' r="[A-Z]*\d+"', "", rows_xml(filled))


def _prefixed() -> bytes:
    xml = (
        sheet_xml(_XML)
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x=")
    )
    return _sheet(xml)


def _strict() -> bytes:
    content = {
        name: data.replace(MAIN, STRICT).replace(REL, STRICT_REL) if isinstance(data, str) else data
        for name, data in parts(sheet_xml(_XML)).items()
    }
    return packed(content)


def _iso_dates() -> bytes:
    xml = sheet_xml(_XML)
    for row in SIX:
        for column, cell in (("B", row[1]), ("I", row[8]), ("J", row[9])):
            place = f"{column}{SIX.index(row) + 2}"
            xml = re.sub(
                rf'<c r="{place}" s="1"><v>\d+</v></c>', f'<c r="{place}" s="1" t="d"><v>{cell}</v></c>', xml
            )
    return _sheet(xml)


def _shared() -> bytes:
    """Shared strings with runs and with the reading of a name, which is no part of the text."""
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'<c r="{found[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    xml = re.sub(r'<c r="(\w+)" t="inlineStr"><is><t xml:space="preserve">(.*?)</t></is></c>', share, _XML)
    items = "".join(
        f"<si><r><rPr><b/></rPr><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r>"
        '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="0"/></si>'
        for text in texts
    )
    sst = f'{DECLARATION}<sst xmlns="{MAIN}" count="9" uniqueCount="9">{items}</sst>'
    return packed(parts(sheet_xml(xml)) | {"xl/sharedStrings.xml": sst})


def _moved() -> bytes:
    """Absolute targets and other names of the parts."""
    content = parts(sheet_xml(_XML))
    content["xl/工作/表一.xml"] = content.pop("xl/worksheets/sheet1.xml")
    content["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "/xl/工作/表一.xml"), ("styles", "/xl/styles.xml")
    )
    del content["xl/sharedStrings.xml"]
    return packed(content)


def _backslashes() -> bytes:
    return packed({name.replace("/", "\\"): data for name, data in parts(sheet_xml(_XML)).items()})


def _streamed() -> bytes:
    """Written to a pipe: sizes stand behind the data."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in parts(sheet_xml(_XML)).items():
            archive.writestr(name, data)
    return pipe.data


def _formats() -> bytes:
    """Dates by built-in Chinese formats (31, 57, 58), by a Chinese code, and a number that is none."""
    xml = rows_xml([HEAD, *lines(5)])
    for row in range(2, 7):
        xml = xml.replace(f'<c r="B{row}" s="1">', f'<c r="B{row}" s="{row}">')
    codes = ("yyyy\\-mm\\-dd", 31, 57, 58, '[$-804]yyyy"年"m"月"d"日";@', 'm"月"d"日"', "0.00")
    return packed(parts(sheet_xml(xml), styles=styles_xml(*codes)))


def _mixed_cells() -> bytes:
    """Percent, booleans, numbers as text marked by a green triangle, exponents."""
    rows = [line(1, 发现数量="３"), line(2, 发现数量="2"), line(3)]
    xml = rows_xml([HEAD, *rows]).replace('<c r="G4"><v>1</v></c>', '<c r="G4"><v>1.0E0</v></c>')
    return _sheet(
        sheet_xml(
            xml, after='<ignoredErrors><ignoredError sqref="G2:G3" numberStoredAsText="1"/></ignoredErrors>'
        )
    )


def _macro() -> bytes:
    return raw(TABLE, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)})


def _pivot() -> bytes:
    cache = (
        f'{DECLARATION}<pivotCacheDefinition xmlns="{MAIN}" recordCount="0"><cacheFields count="0"/>'
        "</pivotCacheDefinition>"
    )
    link = f'{DECLARATION}<externalLink xmlns="{MAIN}" xmlns:r="{REL}"><externalBook r:id="rId1"/></externalLink>'
    outside = rels(("externalLinkPath", "file:///C:/旧/台账.xlsx")).replace("/>", ' TargetMode="External"/>')
    return raw(
        TABLE,
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": cache,
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
            "xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
            "docProps/core.xml": f'{DECLARATION}<a xmlns="b"/>',
            "customXml/item1.xml": "<x/>",
        },
    )


CASES = [
    Case(
        "c_no_places.xlsx",
        "hazard",
        "rows and cells without addresses",
        lambda: _sheet(sheet_xml(_full_rows())),
        Want([record(row, note=None) for row in SIX]),
        also=[Want([record(row, note="无") for row in SIX])],
    ),
    Case(
        "c_wrong_dimension.xlsx",
        "hazard",
        "a dimension that is wrong",
        lambda: _sheet(sheet_xml(_XML, before='<dimension ref="A1:B2"/>')),
        PLAIN,
    ),
    Case(
        "c_huge_dimension.xlsx",
        "hazard",
        "a dimension over the whole sheet, the cells are few",
        lambda: _sheet(sheet_xml(_XML, before='<dimension ref="A1:XFD1048576"/>')),
        PLAIN,
        also=[Want()],
    ),
    Case("c_prefixed.xlsx", "hazard", "a prefix for the namespace", _prefixed, PLAIN),
    Case("c_strict.xlsx", "hazard", "strict Open XML", _strict, PLAIN),
    Case("c_iso_dates.xlsx", "hazard", "dates as ISO text in cells of type d", _iso_dates, PLAIN),
    Case("c_shared_runs.xlsx", "hazard", "rich text and readings of names", _shared, PLAIN),
    Case("c_moved_parts.xlsx", "hazard", "absolute targets, no shared strings", _moved, PLAIN),
    Case(
        "c_backslashes.xlsx",
        "hazard",
        "backslashes in the names of the parts",
        _backslashes,
        PLAIN,
        also=[Want()],
    ),
    Case("c_streamed.xlsx", "hazard", "zip with data descriptors", _streamed, PLAIN),
    Case(
        "c_stored.xlsx",
        "hazard",
        "zip without compression",
        lambda: packed(parts(sheet_xml(_XML)), zipfile.ZIP_STORED),
        PLAIN,
    ),
    Case("c_date_formats.xlsx", "hazard", "built-in Chinese date formats", _formats, Want(records(lines(5)))),
    Case(
        "c_number_texts.xlsx",
        "hazard",
        "numbers as text, exponents",
        _mixed_cells,
        Want([record(line(1), quantity_found=3), record(line(2), quantity_found=2), record(line(3))]),
    ),
    Case("c_macros.xlsm", "hazard", "macros are never run", _macro, PLAIN),
    Case("c_pivot_links.xlsx", "hazard", "pivot, external link, picture, custom parts", _pivot, PLAIN),
    Case(
        "c_utf16_parts.xlsx",
        "hazard",
        "the sheet's XML in UTF-16",
        lambda: packed(
            parts(sheet_xml(""))
            | {"xl/worksheets/sheet1.xml": sheet_xml(_XML).replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
        PLAIN,
        also=[Want()],
    ),
    Case(
        "c_marked_parts.xlsx",
        "hazard",
        "a byte-order mark before the XML",
        lambda: packed(
            parts(sheet_xml("")) | {"xl/worksheets/sheet1.xml": sheet_xml(_XML).encode("utf-8-sig")}
        ),
        PLAIN,
    ),
    Case("c_as.xls", "hazard", "xlsx under the name xls", lambda: raw(TABLE), PLAIN),
    Case("c_as.csv", "hazard", "xlsx under the name csv", lambda: raw(TABLE), PLAIN),
    Case("c_template.xltx", "hazard", "a template", lambda: raw(TABLE), PLAIN),
    Case(
        "c_pictures_in_text.xlsx",
        "hazard",
        "space kept and not kept, entities in texts",
        lambda: _sheet(sheet_xml(_XML.replace(SIX[0][4], "&#x26;&lt;&#10;甲&gt;"))),
        Want([record(SIX[0], description="&<\n甲>"), *records(SIX[1:])]),
    ),
]
