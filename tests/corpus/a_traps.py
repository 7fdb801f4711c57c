"""Hazards in sheets with traps: hidden parts, formulas, odd texts, personal data, the same again."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.corpus.books import packed, parts, raw, rows_xml, sheet_xml, sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, pick, record, records

SIX = lines(6)
PLAIN = Want(records(SIX))


def _hidden(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["H"].hidden = True


def _filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:K7"
    sheet.auto_filter.add_filter_column(2, ["盖洋镇"])
    for number in (3, 4, 5, 6, 7):
        sheet.row_dimensions[number].hidden = True


def _decorated(sheet: Any) -> None:
    sheet["C2"].comment = Comment("张三：请核实", "李四")
    choice = DataValidation(type="list", formula1='"一般,重大"')
    choice.add("F2:F100")
    sheet.add_data_validation(choice)
    fill = PatternFill(bgColor="FFC7CE")
    sheet.conditional_formatting.add("G2:G100", CellIsRule(operator="greaterThan", formula=["5"], fill=fill))
    sheet.protection.sheet = True
    sheet.protection.password = "1234"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet["D3"].hyperlink = "https://example.com/"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=1, max_row=7), titles_from_data=True)
    sheet.add_chart(chart, "M2")
    sheet.add_table(Table(displayName="隐患", ref="A1:K7"))
    sheet.parent.security.lockStructure = True


def _chart_sheet(book: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(book["台账"], min_col=7, min_row=1, max_row=7))
    book.create_chartsheet("图表", 0).add_chart(chart)


def _formulas() -> bytes:
    rows = [line(1, 发现数量=("f", "1+1", 2)), line(2, 已整改数量=("f", "G3-1", 1)), line(3)]
    return raw([HEAD, *rows])


def _uncounted() -> bytes:
    rows = [line(1), line(2, 发现数量=("f", "SUM(X1:X9)", None)), line(4, 备注=("f", "A1&B1", None)), line(3)]
    return raw([HEAD, *rows])


def _texts() -> list[str]:
    return [
        '=HYPERLINK("http://a.b","点我")',
        "@SUM(1+1)",
        "+1处隐患",
        "-未整改",
        "=1+1",
        "=cmd|'/c calc'!A0",
        "0012",
        "1.0",
        "TRUE",
        "2024-6-9",
        "<b>粗</b>&amp;",
        "'单引号",
        '"双引号"',
        "a,b;c\td",
        "第一行\n第二行",
        "%s {0} \\n",
        "#REF! 是文字",
        "NULL",
        "㙟𬭎堉😀👨‍👩‍👧",
        "é",
        "ｱｲｳＡ１",
        "  中间 空格  ",
        "--",
        "1/2",
        "１２",
    ]


def _text_rows() -> list[Any]:
    return [line(number, 隐患内容=text) for number, text in enumerate(_texts(), 1)]


def _control() -> bytes:
    xml = sheet_xml(rows_xml([HEAD, line(1, 隐患内容="铃X声"), line(2)]))
    return packed(parts(xml.replace("铃X声", "铃_x0007_声")))


def _escaped() -> bytes:
    return raw([HEAD, line(1, 隐患内容="编号_x005F_x0041_止"), line(2, 隐患内容="换_x000D_\n行")])


def _personal() -> bytes:
    head = [*HEAD, "联系人", "联系电话", "身份证号"]
    people = [["王小明", "13912345678", "350421199001011234"], ["李大红", 13912345679, 350421199001011200]]
    return xlsx([head, *([*row, *who] for row, who in zip(lines(2), people, strict=True))])


def _wide() -> bytes:
    more = [f"附表{n}" for n in range(180)]
    return xlsx([[*HEAD, *more], *([*row, *range(180)] for row in SIX)])


def _long() -> bytes:
    return xlsx([HEAD, line(1, 隐患内容="长" * 900), line(2)])


def _changed() -> bytes:
    return xlsx([HEAD, *SIX[:5], line(6, 已整改数量=0, 整改完成日期=None), line(7)])


_CHANGED = records([*SIX, line(7)])
_NO_LEVEL = [name for name in HEAD if name not in ("隐患内容", "排查日期")]

CASES = [
    Case(
        "a_hidden.xlsx",
        "hazard",
        "hidden rows and a hidden column",
        lambda: xlsx([HEAD, *SIX], _hidden),
        Want(records(SIX), warn=["W_HIDDEN|隐藏"]),
    ),
    Case(
        "a_filtered.xlsx",
        "hazard",
        "rows hidden by a filter",
        lambda: xlsx([HEAD, *SIX], _filtered),
        Want(records(SIX), warn=["W_HIDDEN|隐藏"]),
    ),
    Case(
        "a_hidden_sheet.xlsx",
        "hazard",
        "an empty sheet, and last year's rows on a hidden one",
        lambda: sheets(
            {
                "说明": [["填表说明"], ["一、日期写全"]],
                "台账": [HEAD, *SIX],
                "旧": [HEAD, line(8)],
                "Sheet3": [],
            },
            lambda book: setattr(book["旧"], "sheet_state", "hidden"),
        ),
        Want(records(SIX), warn=["W_HIDDEN_SHEET|隐藏"]),
    ),
    Case(
        "a_chart_sheet.xlsx",
        "hazard",
        "a chart sheet in front",
        lambda: sheets({"台账": [HEAD, *SIX]}, _chart_sheet),
        PLAIN,
    ),
    Case(
        "a_decorated.xlsx",
        "hazard",
        "comments, lists, colours, protection, table, chart, links",
        lambda: xlsx([HEAD, *SIX], _decorated),
        PLAIN,
        absent=["请核实"],
    ),
    Case(
        "a_formulas.xlsx",
        "hazard",
        "formulas with their values",
        _formulas,
        Want(
            [record(line(1, 发现数量=2)), record(line(2, 已整改数量=1)), record(line(3))],
            warn=["W_FORMULA|公式"],
        ),
    ),
    Case(
        "a_formulas_uncounted.xlsx",
        "hazard",
        "formulas never calculated",
        _uncounted,
        Want(records([line(1), line(3)]), bad=[3, 4]),
    ),
    Case(
        "a_formula_total.xlsx",
        "hazard",
        "only the total is a formula never calculated",
        lambda: raw(
            [
                HEAD,
                *SIX,
                ["合计", None, None, None, None, None, ("f", "SUM(G2:G7)", None), ("f", "SUM(H2:H7)", None)],
            ]
        ),
        PLAIN,
    ),
    Case(
        "a_formula_number.xlsx",
        "hazard",
        "序号 and township by formulas, the year by TODAY()",
        lambda: raw(
            [
                HEAD,
                *(
                    [("f", "ROW()-1", n), row[1], ("f", "$Z$1", row[2]), *row[3:]]
                    for n, row in enumerate(SIX, 1)
                ),
            ]
        ),
        Want(records(SIX), warn=["W_FORMULA|公式"]),
    ),
    Case(
        "a_formula_empty.xlsx",
        "hazard",
        "formulas that give an empty text",
        lambda: raw([HEAD, *([*row[:10], ("f", 'IF(1,"","x")', "")] for row in SIX)]),
        Want(records(SIX), warn=["W_FORMULA|公式"]),
        also=[PLAIN],
    ),
    Case(
        "a_texts.xlsx",
        "hazard",
        "texts that look like something else",
        lambda: raw([HEAD, *_text_rows()]),
        Want([record(row, description=row[4].strip()) for row in _text_rows()]),
    ),
    Case(
        "a_control.xlsx",
        "hazard",
        "a control character",
        _control,
        Want([record(line(1, 隐患内容="铃声")), record(line(2))], warn=["W_CONTROL_CHAR|控制字符|看不见"]),
    ),
    Case(
        "a_escaped.xlsx",
        "hazard",
        "Excel's escapes in texts",
        _escaped,
        Want([record(line(1, 隐患内容="编号_x0041_止")), record(line(2, 隐患内容="换\n行"))]),
    ),
    Case(
        "a_personal.xlsx",
        "hazard",
        "telephones and identity numbers",
        _personal,
        Want(records(lines(2))),
        absent=["13912345678", "13912345679", "350421199001011234", "王小明"],
    ),
    Case("a_wide.xlsx", "hazard", "190 columns", _wide, PLAIN),
    Case(
        "a_long_text.xlsx",
        "hazard",
        "a description of 900 characters",
        _long,
        Want([record(line(1, 隐患内容="长" * 900)), record(line(2))]),
        also=[Want([record(line(2))], bad=[2])],
    ),
    Case(
        "a_twice_inside.xlsx",
        "hazard",
        "the same row twice",
        lambda: xlsx([HEAD, *SIX, [7, *SIX[2][1:]]]),
        Want(records(SIX), flagged=[8]),
        also=[Want(records(SIX), bad=[8])],
    ),
    Case(
        "a_same_file.xlsx",
        "hazard",
        "the same file once more",
        lambda: raw([HEAD, *SIX]),
        PLAIN,
        before={"a_same_file.xlsx": lambda: raw([HEAD, *SIX])},
    ),
    Case(
        "a_same_rows.xlsx",
        "hazard",
        "the same rows in another file, and a new one",
        lambda: raw([["六月"], HEAD, *SIX, line(7)]),
        Want(_CHANGED, flagged=[3, 8]),
        before={"旧.xlsx": lambda: raw([HEAD, *SIX])},
    ),
    Case(
        "a_corrected.xlsx",
        "hazard",
        "a corrected file: one row changed, one new",
        _changed,
        Want(_CHANGED, flagged=[7]),
        before={"a_corrected.xlsx": lambda: raw([HEAD, *SIX])},
        also=[Want(records([*SIX[:5], line(6, 已整改数量=0, 整改完成日期=None), line(7)]), flagged=[7])],
    ),
    Case(
        "a_no_description.xlsx",
        "hazard",
        "required columns are missing",
        lambda: xlsx([_NO_LEVEL, *pick(SIX, *_NO_LEVEL)]),
        Want(),
        also=[Want([], bad=range(2, 8))],
    ),
    Case("a_no_header.xlsx", "hazard", "rows without a header", lambda: xlsx(SIX), Want(code="E_NO_HEADER")),
    Case(
        "a_english.xlsx",
        "hazard",
        "an English header",
        lambda: xlsx(
            [
                [
                    "No.",
                    "Date",
                    "Township",
                    "Place",
                    "Problem",
                    "Level",
                    "Found",
                    "Rectified",
                    "Due",
                    "Done",
                    "Note",
                ],
                *SIX,
            ]
        ),
        Want(code="E_NO_HEADER"),
        also=[PLAIN],
    ),
    Case(
        "a_timetable.xlsx",
        "hazard",
        "a timetable: fits no ledger",
        lambda: xlsx(
            [
                ["课程表"],
                ["节次", "星期一", "星期二", "星期三"],
                ["第一节", "语文", "数学", "体育"],
                ["第二节", "英语", "语文", "音乐"],
            ]
        ),
        Want(code="E_NO_HEADER"),
    ),
    Case(
        "a_empty_table.xlsx",
        "hazard",
        "a header and nothing below",
        lambda: xlsx([["六月台账"], HEAD]),
        Want(),
        also=[Want([])],
    ),
    Case(
        "a_zero_report.xlsx",
        "hazard",
        "a nil report: 本月无隐患",
        lambda: xlsx([["夏坊乡6月隐患台账"], HEAD, ["本月无隐患"]]),
        Want(),
        also=[Want([]), Want([], bad=[3])],
    ),
]
