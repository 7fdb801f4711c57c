from __future__ import annotations

import datetime

import pytest

from tests.exchange.recognising.sheets import made_of

HAZARD = ["日期", "隐患内容", "发现数量"]
FOUND = ["2024-6-9", "甲", 1]
LISTED = [["日期", "乡镇", "隐患内容"], ["2024-6-9", "盖洋镇", "甲"]]


def hazards(onlooker, *rows, sheet="Sheet1", **said):
    return onlooker.read(made_of(rows, sheet), kind="hazard", **said)


# the township of a table


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ([], {"sheet": "盖洋镇"}),
        ([], {"sheet": "盖洋"}),
        ([["盖洋镇隐患台账"]], {}),
        ([["填报单位：盖洋镇人民政府"]], {}),
        ([], {"name": "盖洋镇6月隐患.xlsx"}),
        ([], {"reporter": "盖洋镇人民政府"}),
    ],
    ids=["sheet", "short name", "title", "reporter", "file", "said reporter"],
)
def test_a_table_without_townships_is_of_the_one_that_is_named(onlooker, above, said):
    found = hazards(onlooker, *above, HAZARD, FOUND, **said)
    assert found.ready("area") == ["盖洋镇"]
    assert "都记为“盖洋镇”" in found.message("W_AREA_ASSUMED")


@pytest.mark.parametrize(
    ("below", "name"), [([], "县住建局6月隐患.xlsx"), ([["填报单位：县住建局"]], "表.xlsx")]
)
def test_a_table_of_an_office_is_the_countys(onlooker, below, name):
    assert hazards(onlooker, HAZARD, FOUND, *below, name=name).ready("area") == ["县直"]


@pytest.mark.parametrize("above", [[], [["盖洋镇、胡坊镇隐患台账"]]], ids=["none", "two"])
def test_a_table_that_names_no_or_two_townships_asks_for_it(onlooker, above):
    found = hazards(onlooker, *above, HAZARD, FOUND)
    assert [code for *_, code in found.faults] == ["E_REQUIRED"]
    assert "要填写乡镇；表里没有这一列" in found.message("E_REQUIRED")


def test_a_sheet_and_a_title_of_different_townships_are_asked(onlooker):
    found = hazards(onlooker, ["胡坊镇隐患台账"], HAZARD, FOUND, sheet="盖洋镇")
    assert found.ready("area") == []
    assert "说的乡镇不一样（盖洋镇、胡坊镇）" in found.message("W_AREA_CONFLICT")


def test_a_column_of_townships_goes_before_the_title(onlooker):
    found = hazards(onlooker, ["盖洋镇隐患台账"], ["乡镇", *HAZARD], ["胡坊镇", *FOUND])
    assert found.ready("area") == ["胡坊镇"]


def test_what_the_clerk_says_of_the_table_goes_before_its_names(onlooker):
    found = hazards(onlooker, HAZARD, FOUND, sheet="盖洋镇", values={"area": "胡坊"})
    assert found.ready("area") == ["胡坊镇"]


# the reporter


@pytest.mark.parametrize("below", [False, True])
def test_the_reporter_is_read_above_and_below_the_table(onlooker, below):
    line = ["填报单位：盖洋镇人民政府"]
    rows = [["隐患台账"], HAZARD, FOUND, line] if below else [line, HAZARD, FOUND]
    assert hazards(onlooker, *rows).ready("reporter") == ["盖洋镇人民政府"]


def test_a_reporter_that_is_not_listed_is_told(onlooker):
    found = hazards(onlooker, ["填报单位：火星办"], *LISTED)
    assert found.ready("reporter") == [None]
    assert "“火星办”不在名单里" in found.message("W_REPORTER_UNKNOWN")


# the year of dates without one


@pytest.mark.parametrize(
    ("title", "sheet", "year", "day"),
    [
        ("隐患台账", "Sheet1", 2024, "2024-06-09"),
        ("2023年隐患台账", "Sheet1", 2024, "2023-06-09"),
        ("隐患台账", "2023年", 2024, "2023-06-09"),
        ("2024年隐患台账", "Sheet1", None, "2024-06-09"),
    ],
    ids=["said", "title before said", "sheet before said", "title"],
)
def test_the_year_of_a_title_goes_before_that_of_the_command(onlooker, title, sheet, year, day):
    found = hazards(onlooker, [title], LISTED[0], ["6月9日", "盖洋镇", "甲"], sheet=sheet, year=year)
    assert found.ready("record_date") == [day]
    assert "没有年份，按" in found.message("W_YEAR_ASSUMED")


@pytest.mark.parametrize(
    ("title", "name"),
    [("2024年隐患（对照2023年）", "表.xlsx"), ("2024年隐患", "2023年.xlsx"), ("明政〔2024〕5号", "表.xlsx")],
)
def test_two_years_or_one_of_a_document_are_no_year(onlooker, title, name):
    found = hazards(onlooker, [title], LISTED[0], ["6月9日", "盖洋镇", "甲"], name=name)
    assert [code for *_, code in found.faults] == ["E_YEAR_MISSING"]


# words of the title


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("2024年重大隐患台账", "重大"),
        ("2024年重大事故隐患台账", "重大"),
        ("2024年重大活动期间隐患台账", None),
        ("2024年隐患台账", None),
    ],
)
def test_a_title_says_the_level_only_of_hazards(onlooker, title, level):
    assert hazards(onlooker, [title], *LISTED).ready("level") == [level]


@pytest.mark.parametrize(
    ("title", "industry"), [("消防安全大检查隐患台账", "消防"), ("县交通运输局隐患情况", None)]
)
def test_a_title_says_the_industry_but_not_by_the_name_of_an_office(onlooker, title, industry):
    assert hazards(onlooker, [title], *LISTED).ready("field") == [industry]


def test_a_title_says_the_kind_of_all_rows(onlooker):
    rows = [["2024年应急演练台账"], ["日期", "乡镇", "名称"], ["2024-6-9", "盖洋镇", "防汛"]]
    found = onlooker.read(rows, kind="activity")
    assert found.ready("type") == ["应急演练"]
    assert "按标题都记为“应急演练”" in found.message("W_FROM_TITLE")


# money and running totals

FINE = ["决定日期", "乡镇", "当事人", "案由", "处罚种类", "罚款"]
FINED = ["2024-6-1", "盖洋镇", "甲", "未记录", "罚款", 2]


@pytest.mark.parametrize(
    ("above", "header", "unit", "fine"),
    [
        ([], "罚款（万元）", "", 2_000_000),
        ([["单位：万元"]], "罚款", "", 2_000_000),
        ([["单位：万元"]], "罚款（元）", "", 200),
        ([], "罚款", "千元", 200_000),
    ],
    ids=["header", "title", "header before title", "said"],
)
def test_money_follows_the_nearest_unit(onlooker, above, header, unit, fine):
    rows = [["执法台账"], *above, [*FINE[:-1], header], FINED]
    assert onlooker.read(rows, kind="enforcement_case", money_unit=unit).ready("fine") == [fine]


def test_losses_without_a_unit_are_asked(onlooker):
    rows = [["乡镇", "日期", "受灾人口", "直接经济损失"], ["盖洋镇", "2024-6-9", 10, 76]]
    found = onlooker.read(rows, kind="disaster_loss", values={"stage": "初报"})
    assert (2, "直接经济损失", "E_AMBIGUOUS") in found.faults
    assert "可能是元也可能是万元；请在表头写明单位或导入时选定" in found.message("E_AMBIGUOUS")


@pytest.mark.parametrize(("title", "warned"), [("2024年1-6月隐患", True), ("2024年6月隐患", False)])
def test_a_title_of_running_totals_is_warned_of(onlooker, title, warned):
    found = hazards(onlooker, [title], ["乡镇", "发现数量"], ["盖洋镇", 2])
    assert ("W_CUMULATIVE" in found.codes) == warned


@pytest.mark.parametrize("title", ["单位：人、亩", "灾情统计表　单位：亩"])
def test_land_follows_the_unit_above_the_table(onlooker, title):
    rows = [
        [title],
        ["乡镇", "日期", "报次", "受灾人口", "农作物受灾面积"],
        ["盖洋镇", "2024-6-9", "初报", 10, 560],
    ]
    found = onlooker.read(rows, kind="disaster_loss")
    assert "560亩按37.3333公顷（15亩=1公顷）" in found.message("W_UNIT_CONVERTED")


SINGLE = [["日期", "乡镇", "隐患内容", "发现数量"], ["2024-6-9", "盖洋镇", "甲", 1]]
LOSS = {"event": "6.9", "stage": "初报", "record_date": "2024-6-13"}


def test_a_title_of_both_levels(onlooker):
    found = onlooker.read([["一般隐患和重大隐患台账"], *SINGLE], kind="hazard")
    assert found.ready("level") == [] or any(
        "等级" in item.message for table in found.tables for item in table.warnings
    )


@pytest.mark.parametrize("title", ["单位：人、万元", "计量单位：人、间、公顷、万元"])
def test_units_of_a_title(desk, title):
    desk.ledger.add(
        "disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": datetime.date(2024, 6, 9)}
    )
    found = desk.read(
        [["灾情"], [title], ["乡镇", "受灾人口", "直接经济损失"], ["盖洋镇", 10, 76]],
        kind="disaster_loss",
        values=LOSS,
    )
    assert found.ready("loss") == [76_000_000]


def test_the_unit_in_brackets_of_a_title(onlooker):
    rows = [["2024年救灾资金下拨情况表（万元）"], ["乡镇", "下拨金额", "用途", "下拨时间"]]
    found = onlooker.read([*rows, ["盖洋镇", 8.5, "自然灾害救灾", "2024.7.5"]], kind="fund")
    assert found.ready("amount") == [8_500_000]


def test_that_each_row_counts_as_one_inspection_is_said(onlooker):
    rows = [["2024年6月检查情况"], ["乡镇", "检查类型", "检查企业（家）"], ["盖洋镇", "执法检查", 12]]
    assert "按1次记" in onlooker.read(rows, kind="inspection").message("W_TIMES_ASSUMED")


def test_accidents_without_a_column_of_the_dead_are_not_silently_without_them(onlooker):
    header = ["日期", "乡镇", "行业", "等级", "起数", "死亡"]
    row = ["2024-6-9", "盖洋镇", "消防", "一般", 1, 2]
    found = onlooker.read([header[:-1], row[:-1]], kind="accident")
    assert "表里没有“死亡”“受伤”一列，都按0记" in found.message("W_HARM_ASSUMED")
    found = onlooker.read([header, row], kind="accident")
    assert "表里没有“受伤”一列" in found.message("W_HARM_ASSUMED")
    found = onlooker.read([header, row], kind="accident", values={"injured": "1"})
    assert "W_HARM_ASSUMED" not in found.codes


def test_two_units_of_money_leave_bare_amounts_open(onlooker):
    header = ["日期", "乡镇", "方向", "用途", "金额"]
    rows = [["2024年资金（万元）"], ["单位：元"], header, ["2024-6-9", "盖洋镇", "下拨", "其他", 120000]]
    found = onlooker.read(rows, kind="fund")
    assert found.ready("amount") == [12_000_000]
    assert "没有写单位，按元" in found.message("W_ASSUMED")
    few = onlooker.read([*rows[:3], ["2024-6-9", "盖洋镇", "下拨", "其他", 12]], kind="fund")
    assert [code for *_, code in few.faults] == ["E_AMBIGUOUS"]


@pytest.mark.parametrize("title", ["2024年培训演练台账", "2024年培训、演练情况", "2024年培训演练宣传统计"])
def test_a_title_of_several_sorts_leaves_the_sort_to_the_rows(onlooker, title):
    rows = [
        [title],
        ["日期", "乡镇", "名称"],
        ["2024-6-9", "盖洋镇", "特种作业人员培训"],
        ["2024-6-10", "盖洋镇", "防汛演练"],
    ]
    assert onlooker.read(rows, kind="activity").ready("type") == ["从业人员培训", "应急演练"]


def test_the_title_of_one_sort_goes_before_a_file_of_several(onlooker):
    rows = [["2024年应急演练台账"], ["日期", "乡镇", "名称"], ["2024-6-9", "盖洋镇", "防汛"]]
    assert onlooker.read(rows, kind="activity", name="培训演练.xlsx").ready("type") == ["应急演练"]


def test_both_numbers_of_a_column_for_dead_and_hurt_are_said(onlooker):
    rows = [["日期", "乡镇", "行业", "等级", "伤亡情况"], ["2024-6-9", "盖洋镇", "工贸", "一般", "1死2伤"]]
    found = onlooker.read(rows, kind="accident")
    assert found.ready("deaths", "injured") == [(1, 2)]
    assert "W_HARM_ASSUMED" not in found.codes


def test_a_loss_of_3_in_an_accident_may_be_3_or_30000(onlooker):
    rows = [
        ["日期", "乡镇", "行业", "等级", "死亡", "受伤", "直接损失"],
        ["2024-6-9", "盖洋镇", "工贸", "一般", 0, 0, 3],
    ]
    assert [code for *_, code in onlooker.read(rows, kind="accident").faults] == ["E_AMBIGUOUS"]


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：盖洋镇", None, None, None, "填报日期：2024年5月31日"],
        ["填报单位（盖章）：盖洋镇", None, "填报人：张三", None, "截至日期：2024.5.31"],
        ["填报单位：", "盖洋镇", None, "填报日期：", "2024.5.31"],
        ["填报单位：盖洋镇人民政府", None, None, "日期：2024-5-31", "单位：条"],
    ],
)
def test_a_line_about_the_table_is_no_row_of_its_header(onlooker, line):
    heads = [["行业", "一般隐患", None, "重大隐患", None], [None, "排查", "整改", "排查", "整改"]]
    rows = [["隐患统计表"], line, *heads, ["消防", 2, 1, 1, 1]]
    found = onlooker.read(made_of(rows, areas=("A3:A4", "B3:C3", "D3:E3")), kind="hazard")
    assert found.faults == []
    assert found.ready("area", "record_date", "field", "quantity_found") == [
        ("盖洋镇", "2024-05-31", "消防", 2),
        ("盖洋镇", "2024-05-31", "消防", 1),
    ]


GRANT = ["日期", "乡镇", "方向", "用途"]
PENALTY = ["决定日期", "乡镇", "当事人", "案由", "处罚种类"]


@pytest.mark.parametrize(
    ("kind", "header", "row", "said"),
    [
        (
            "enforcement_case",
            [*PENALTY, "罚款（万元）"],
            ["2024-6-9", "县直", "甲", "未培训", "罚款", 5000],
            "按5000万元记",
        ),
        ("fund", [*GRANT, "金额（元）"], ["2024-6-9", "盖洋镇", "下拨", "其他", 12.5], "按12.5元记"),
        ("fund", [*GRANT, "金额（万元）"], ["2024-6-9", "盖洋镇", "下拨", "其他", 125000], "按125000万元记"),
    ],
)
def test_an_amount_that_is_none_in_the_headers_unit_is_pointed_out(onlooker, kind, header, row, said):
    assert f"{said}，这样的数太" in onlooker.read([header, row], kind=kind).message("W_ASSUMED")


@pytest.mark.parametrize(
    ("unit", "cell"), [("元", 12500), ("万元", 12.5), ("元", "12.5元"), ("万元", "2亿元")]
)
def test_a_usual_amount_and_one_with_its_own_unit_are_not(onlooker, unit, cell):
    found = onlooker.read(
        [[*GRANT, f"金额（{unit}）"], ["2024-6-9", "盖洋镇", "下拨", "其他", cell]], kind="fund"
    )
    assert "这样的数太" not in found.message("W_ASSUMED")


def test_what_stands_beside_the_reporter_is_no_title(onlooker):
    rows = [
        ["隐患统计表"],
        ["填报单位", "盖洋镇人民政府", "填报日期", "2024年5月31日"],
        ["行业", "排查数", "整改数"],
        ["消防", 2, 1],
    ]
    assert hazards(onlooker, *rows).ready("description") == ["隐患统计表"]
    assert hazards(onlooker, ["2024年5月"], *rows[2:], sheet="盖洋镇").ready("description") == ["2024年5月"]
