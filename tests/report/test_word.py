import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from mingxi_desktop.report.model import (
    Attachment,
    Document,
    PageBreak,
    Run,
    Signature,
    Style,
    Table,
    indicator_runs,
    paragraph,
)
from mingxi_desktop.report.word import to_docx


@pytest.fixture(scope="module")
def written(document):
    return docx.Document(io.BytesIO(to_docx(document)))


def texts(package):
    return [item.text for item in package.paragraphs if item.text]


def test_every_run_names_a_chinese_typeface(written):
    looks = list(written.element.body.iter(qn("w:rFonts")))
    assert {look.get(qn("w:eastAsia")) for look in looks} == {
        "仿宋",
        "楷体",
        "黑体",
        "宋体",
        "方正小标宋简体",
    }
    texted = [run for run in written.element.body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    assert all(run.find(qn("w:rPr")).find(qn("w:rFonts")) is not None for run in texted)


def test_page_and_grid(written):
    section = written.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin.mm for margin in margins] == pytest.approx([37, 35, 28, 26], abs=0.3)
    lines = section._sectPr.find(qn("w:docGrid"))
    assert (lines.get(qn("w:type")), lines.get(qn("w:linePitch"))) == ("lines", "579")


def test_page_numbers_are_at_the_outer_side(written):
    assert written.settings.odd_and_even_pages_header_footer
    section = written.sections[0]
    [odd], [even] = section.footer.paragraphs, section.even_page_footer.paragraphs
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml
    assert re.sub(r"\s", "", odd.text) == "—1—"


def test_paragraphs_have_named_styles_that_users_can_change(written):
    names = {item.text: item.style.name for item in written.paragraphs}
    assert names["明溪县应急管理局2024年度工作总结"] == "Title"
    assert names["一、主要举措和成效"] == "Heading 1"
    assert names["1. 开展专项整治"] == "Heading 3"
    assert names["明溪县应急管理局"] == "Signature"
    assert names["2025年1月23日"] == "Date"
    assert names["附件1"] == "附件标号"
    body = next(item for item in written.paragraphs if item.text.startswith("2024年，"))
    assert body.style.name == "Body Text"
    # Nothing but the style's name: what is changed there changes every paragraph.
    assert [child.tag for child in body._p.pPr] == [qn("w:pStyle")]
    assert {cell.paragraphs[0].style.name for cell in written.tables[0].rows[0].cells} == {"表头"}
    assert written.tables[0].style.name == "报告表格"


def test_headings_are_in_the_navigation_and_keep_with_their_text(written):
    styles = {level: written.styles[f"Heading {level}"] for level in (1, 2, 3)}
    for level, style in styles.items():
        assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)
        assert style.paragraph_format.keep_with_next
        assert style.next_paragraph_style.name == "Body Text"
    running = next(item for item in written.paragraphs if item.text.startswith("（一）加大执法"))
    assert running.style.name == "Heading 2"
    assert running.paragraph_format.keep_with_next is False


def test_numbers_are_bookmarks_that_name_their_indicator(written, document):
    names = [mark.get(qn("w:name")) for mark in written.element.body.iter(qn("w:bookmarkStart"))]
    shown = [run.indicator for run in indicator_runs(document)]
    assert [name.split("_", 1)[1] for name in names] == shown
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)


def test_tables_repeat_their_header_and_have_fixed_columns(written):
    [table] = written.tables
    assert len(table.rows) == 61
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == pytest.approx(156 / 25.4 * 1440, abs=6)
    assert [cell.text for cell in table.rows[1].cells][:3] == [
        "1",
        "雪峰镇",
        "厂房二层安全出口被杂物占用，疏散指示标志损坏",
    ]


def test_charts_are_pictures_with_a_description(written):
    assert len(written.inline_shapes) == 2
    shape = written.inline_shapes[0]
    assert shape.width.mm == pytest.approx(156, abs=0.1)
    assert shape._inline.docPr.get("descr") == "全年发现1683条，整改1679条。"


def test_attachments_are_named_before_the_signature_and_begin_new_pages(written):
    found = texts(written)
    place = found.index("附件：1. 溯源附件")
    assert found[place : place + 4] == ["附件：1. 溯源附件", "2. 图表", "明溪县应急管理局", "2025年1月23日"]
    labels = [item for item in written.paragraphs if item.text in {"附件1", "附件2"}]
    assert [item.style.paragraph_format.page_break_before for item in labels] == [True, True]


@pytest.mark.parametrize("sealed", [True, False])
def test_a_signature_keeps_together(sealed):
    document = Document("", (paragraph("文"), Signature("应急管理局", "2025年1月23日", sealed=sealed)))
    package = docx.Document(io.BytesIO(to_docx(document)))
    *before, date = package.paragraphs
    assert date.text == "2025年1月23日"
    kept = [
        item.paragraph_format.keep_with_next or item.style.paragraph_format.keep_with_next for item in before
    ]
    assert all(kept)


def test_text_is_text():
    hostile = "A&B公司<w:br/>\x07]]>"
    document = Document(
        hostile, (paragraph(hostile), Table((hostile,), ((hostile + "\n下",),), (1,))), mark=hostile
    )
    package = docx.Document(io.BytesIO(to_docx(document)))
    clean = "A&B公司<w:br/>]]>"
    assert package.core_properties.title == clean
    assert texts(package)[:2] == [clean, clean]
    assert package.tables[0].rows[1].cells[0].text == f"{clean}\n下"
    assert package.sections[0].header.paragraphs[0].text == clean


def test_a_long_title_has_lines_of_about_equal_length():
    title = "明溪县应急管理局2024年度法治政府建设情况报告"
    [first, *_rest] = docx.Document(io.BytesIO(to_docx(Document(title, (paragraph("文"),))))).paragraphs
    one, two = first.text.split("\n")
    assert one + two == title
    assert abs(len(one) - len(two)) <= 5


def test_a_page_break_is_kept():
    document = Document("", (paragraph("甲"), PageBreak(), paragraph("一、乙", style=Style.H1)))
    _first, second = docx.Document(io.BytesIO(to_docx(document))).paragraphs
    assert second.paragraph_format.page_break_before


def test_the_same_report_gives_the_same_file(document):
    assert to_docx(document) == to_docx(document)


def test_nothing_of_the_writing_library_is_left_in_the_properties():
    document = Document(
        "题", (paragraph("共", Run("1", "x")),), author="局", attachments=(Attachment(0, "表", ()),)
    )
    data = to_docx(document)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"python-docx" not in package.read("docProps/core.xml")
