from __future__ import annotations

import pytest

from mingxi_desktop.exchange.cells import CellError
from mingxi_desktop.ledger.intake.rows import RowReader
from tests.exchange.recognising.sheets import made_of

HEADER = ["日期", "乡镇", "隐患内容", "发现数量"]
ROW = ["2024-6-9", "盖洋镇", "甲", 1]


def hazards(onlooker, *rows, header=HEADER, **said):
    return onlooker.read([header, *rows], kind="hazard", **said)


def test_a_row_of_a_text_file_that_is_longer_than_its_header_is_a_fault(onlooker):
    sheet = made_of([HEADER, ROW, ["2024-6-9", "盖洋镇", "灭火器过期", "通道堵塞", 1]], separated=True)
    found = onlooker.read(sheet, kind="hazard")
    assert found.ready("description") == ["甲"]
    assert (3, "", "E_SHIFTED") in found.faults
    assert "内容里的逗号没有加引号" in found.message("E_SHIFTED")


@pytest.mark.parametrize(
    ("cell", "code"),
    [(CellError("#REF!"), "E_CELL_ERROR"), (CellError("=", "E_FORMULA_NO_VALUE"), "E_FORMULA_NO_VALUE")],
)
def test_a_cell_without_a_value_is_a_fault_at_its_address(onlooker, cell, code):
    found = hazards(onlooker, [*ROW[:3], cell])
    assert found.faults == [(2, "发现数量", code)]
    assert "（D2）" in found.message(code)


def test_a_number_merged_over_rows_is_a_fault_of_each(onlooker):
    sheet = made_of([HEADER, [*ROW[:3], 4], ["2024-6-10", "盖洋镇", "乙", None]], areas=("D2:D3",))
    assert onlooker.read(sheet, kind="hazard").faults == [(row, "发现数量", "E_MERGED") for row in (2, 3)]


def test_several_columns_may_go_to_the_remarks(onlooker):
    columns = {"情况": "note", "要求": "note"}
    found = hazards(onlooker, [*ROW, "好", "快"], header=[*HEADER, "情况", "要求"], columns=columns)
    assert found.ready("note") == ["好\n要求：快"]


def test_the_number_of_a_month_is_its_last_day(onlooker):
    rows = [["2024年隐患"], ["月份", "乡镇", "隐患内容"], [6, "盖洋镇", "甲"]]
    assert onlooker.read(rows, kind="hazard").ready("record_date") == ["2024-06-30"]


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ("400余人", "W_APPROX", "是约数，按400记"),
        ("3（其中重大1）", "W_ASSUMED", "括号里的“其中重大1”没有计入"),
    ],
)
def test_what_reading_a_number_took_for_granted_is_said(onlooker, cell, code, said):
    header = ["日期", "乡镇", "类型", "名称", "参加人数"]
    found = onlooker.read([header, ["2024-6-9", "盖洋镇", "宣传活动", "甲", cell]], kind="activity")
    assert said in found.message(code)


def test_what_an_empty_cell_is_taken_for_is_said_once(onlooker):
    header = [*HEADER, "是否计入总数"]
    found = hazards(onlooker, [*ROW, None], ["2024-6-10", "盖洋镇", "乙", 1, None], header=header)
    assert found.message("W_DEFAULT") == "第2、3行的“计入总数”空着，按是"


def test_signs_that_nobody_sees_are_taken_out_and_that_is_said(onlooker):
    found = hazards(onlooker, ["2024-6-9", "盖洋镇", "灭火器\x07过期", 1])
    assert found.ready("description") == ["灭火器过期"]
    assert "看不见的控制字符" in found.message("W_CONTROL_CHAR")


def test_a_row_with_several_faults_tells_them_all(onlooker):
    found = hazards(onlooker, ["2024-2-30", "火星镇", "甲", "若干"])
    assert [column for _, column, _ in found.faults] == ["日期", "乡镇", "发现数量"]
    assert found.ready("description") == []


SINGLE = [["日期", "乡镇", "隐患内容", "发现数量"], ["2024-6-9", "盖洋镇", "甲", 1]]


@pytest.mark.parametrize("text", ["无", "未发现隐患"])
def test_nothing_found_and_a_one_beside_it(onlooker, text):
    found = onlooker.read([SINGLE[0], ["2024-6-12", "盖洋镇", text, 1]], kind="hazard")
    assert found.ready("description") == []


def test_money_without_unit(onlooker):
    found = onlooker.read([[*SINGLE[0], "整改资金"], [*SINGLE[1], 2]], kind="hazard")
    assert found.ready("rectify_fund") == [] or "没有写单位" in found.message("W_ASSUMED")


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位（章）", "盖洋镇", "日期", "2024年6月30日"],
        ["镇长：", "", "经办：张三", ""],
        ["注", "1.本表每月报送", None, None],
    ],
)
def test_lines_below_the_table(onlooker, line):
    assert onlooker.read([*SINGLE, line], kind="hazard").faults == []


@pytest.mark.parametrize("word", ["1-6月累计", "本页共计2条隐患"])
def test_words_of_totals(onlooker, word):
    found = onlooker.read(
        [
            ["2024年6月隐患汇总"],
            ["序号", "乡镇", "发现数量"],
            [1, "盖洋镇", 2],
            [2, "胡坊镇", 3],
            [word, None, 50],
        ],
        kind="hazard",
    )
    assert found.faults == []


def test_goods_and_a_number_beside_them(onlooker):
    rows = [
        ["日期", "类型", "乡镇", "物资名称", "数量"],
        ["2024-1-22", "调拨", "盖洋镇", "棉被20床、方便面10箱", 30],
    ]
    found = onlooker.read(rows, kind="supply_movement")
    assert "要填写物资" not in found.message("E_REQUIRED")


def test_rows_read_column_by_column_are_those_read_cell_by_cell(onlooker, monkeypatch):
    odd = [None, "约3处", "同上", "2024.6.3", "  ", 0, True, "甲、乙", CellError("#REF!"), "13800000000的人"]
    rows = [["2024-6-9", "盖洋镇", f"第{place % 5}处", 1.0 + place % 3, "是"] for place in range(40)]
    for place, cell in enumerate(odd):
        for column in range(5):
            rows[3 * place + column % 3][column] = cell
    header = [*HEADER, "是否计入总数"]
    at_once = hazards(onlooker, *rows, header=header)
    monkeypatch.setattr(RowReader, "at_once", lambda _self, _part: None)
    one_by_one = hazards(onlooker, *rows, header=header)
    for found in ("rows", "rejected", "warnings", "skipped"):
        told, alone = (getattr(one.tables[0], found) for one in (at_once, one_by_one))
        assert told == alone
    assert at_once.tables[0].rows


def test_rows_of_ordinary_cells_are_read_by_columns_from_the_first_on(onlooker, monkeypatch):
    alone = []
    read = RowReader.parts_of
    monkeypatch.setattr(RowReader, "parts_of", lambda rows, row: alone.append(row.number) or read(rows, row))
    rows = [[f"2024-6-{day}", "盖洋镇", f"企业{day}", "甲", day] for day in range(1, 10)]
    odd = ["2024-6-9", "盖洋镇", "企业1", "乙", "约3"]
    header = ["日期", "乡镇", "单位名称", "隐患内容", "发现数量"]
    found = hazards(onlooker, *rows, odd, header=header)
    assert found.ready("quantity_found") == [*range(1, 10), 3]
    assert alone == [11], "only what there is something to say of"


def test_a_number_with_thousands_that_a_text_file_split_is_a_fault(onlooker):
    header = ["乡镇", "日期", "隐患内容", "发现数量", "备注"]
    rows = [["盖洋镇", "2024-6-9", "甲", "1", "200"], ["盖洋镇", "2024-6-9", "乙", "1", "第200号"]]
    found = onlooker.read(made_of([header, *rows], separated=True), kind="hazard")
    assert found.ready("description") == ["乙"]
    assert (2, "", "E_SHIFTED") in found.faults
    assert onlooker.read([header, *rows], kind="hazard").ready("note") == ["200", "第200号"]
