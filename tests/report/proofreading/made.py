"""Drafts made for the tests: Word documents of all sorts, and numbers judged by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from docx.oxml.parser import parse_xml
from docx.shared import RGBColor

from mingxi_desktop.report.proofreading.model import Amount, Checked, Draft, Verdict

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = (
    f"<w:r {_NS}><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内罚款76.026万元</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
TRACKED = (
    f'<w:p {_NS}><w:r><w:t>整改</w:t></w:r><w:del w:id="1" w:author="甲"><w:r><w:delText>1600</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="甲"><w:r><w:t>1679</w:t></w:r></w:ins><w:r><w:t>条</w:t></w:r></w:p>'
)


def word_file(path: Path) -> str:
    """A document with what clerks' documents have; its text as a draft."""
    document = docx.Document()
    document.add_heading("年度工作总结", 1)
    paragraph = document.add_paragraph("全年排查问题隐患")
    run = paragraph.add_run("16")
    run.bold, run.font.color.rgb = True, RGBColor(0xFF, 0, 0)
    paragraph.add_run("82条，\t整改率99.76%。").italic = True
    table = document.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ("乡镇", "转移人数", "盖洋镇", "3028"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("附图说明")._p.append(parse_xml(BOX))
    document.element.body.insert(3, parse_xml(TRACKED))
    document.sections[0].header.paragraphs[0].text = "页眉 2024"
    document.add_comment(paragraph.runs[0], "局长的批注", "局长")
    document.save(str(path))
    return (
        "年度工作总结\n全年排查问题隐患1682条，\t整改率99.76%。\n乡镇\n转移人数\n盖洋镇\n3028\n整改1679条\n"
        "附图说明\n框内罚款76.026万元\n"
    )


def judged(draft: Draft, verdicts: Sequence[Verdict] = tuple(Verdict)) -> tuple[Checked, ...]:
    """Every number of a draft with a verdict, one after the other."""
    found = re.finditer(r"\d+(?:\.\d+)?%?", draft.text)
    return tuple(
        Checked(
            Amount(
                one.start(), one.end(), one[0], Decimal(one[0].rstrip("%")), "" if "%" in one[0] else "条"
            ),
            sentence="句子。",
            verdict=verdicts[place % len(verdicts)],
            indicator="hazards_found",
            label="排查问题隐患数",
            expected="1683条",
        )
        for place, one in enumerate(found)
    )


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """A copy of a zip with its parts changed, and more parts at its end."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(name, data)
    return target


def comments(data: bytes) -> list[tuple[str, str]]:
    """Author and text of each comment of a document, in the order in which they were made."""
    document: Any = docx.Document(io.BytesIO(data))
    return [(one.author, one.text) for one in document.comments]
