"""What headers mean: qualifiers, units, group rows, facets, totals, twins, the user's word."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.meaning import Header, read_header
from mingxi_desktop.exchange.recognising.targets import targets_of

LEDGERS = [kind.name for kind in kinds.ALL if not kind.parent]


def read(kind: str, *headers: str, given: Mapping[str, str] | None = None) -> Header:
    """The header of a table; the rows over one column are parted by >."""
    parts = {place: header.split(">") for place, header in enumerate(headers)}
    return read_header(targets_of(kind), parts, given)


def fields(header: Header) -> list[str]:
    """The fields of the columns, "" for none."""
    return [column.target.name if _is_field(column) and column.target else "" for column in header.columns]


def roles(header: Header) -> list[Role]:
    return [column.role for column in header.columns]


def _is_field(column: Column) -> bool:
    return column.role is Role.FIELD


@pytest.mark.parametrize(
    "header",
    [
        "整改期限", "整改\n期限", "整 改 期 限", "*整改期限（必填）", "整改期限：", "3.整改期限", "具体整改期限",
        "隐患整改期限", "整改期限（年月日）",
    ],
)  # fmt: skip
def test_what_does_not_change_a_header(header: str) -> None:
    assert fields(read("hazard", header)) == ["due_date"]


@pytest.mark.parametrize("kind", LEDGERS)
@pytest.mark.parametrize(
    "header",
    "备注信息 备注栏 备注/说明 其它备注 其它说明 需说明的事项 其他需要说明的情况 补充说明".split(),
)
def test_other_words_for_remarks_are_remarks_in_every_ledger(kind: str, header: str) -> None:
    assert fields(read(kind, "日期", "乡镇", header))[2] == "note"


@pytest.mark.parametrize(
    "header",
    (
        "整改率 整改率（%） 同比 未整改数 应整改数 逾期未整改 整改前照片 隐患来源 责任人电话 下次检查时间 "
        "列入治理计划的重大事故隐患（项） 计划投入资金 复查日期 主要单位 罚款金额 其他 其他情况 补充情况"
    ).split(),
)  # fmt: skip
def test_what_looks_like_a_field_and_is_none(header: str) -> None:
    assert fields(read("hazard", "乡镇", "隐患描述", header))[2] == ""


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("inspection", "检查企业（家）", "visits"),
        ("inspection", "检查企业", "enterprises"),
        ("inspection", "检查（次）", "times"),
        ("inspection", "出动（人次）", "staff"),
        ("disaster_loss", "倒塌房屋（户）", "collapsed"),
        ("disaster_loss", "倒塌房屋（间）", "collapsed_rooms"),
        ("disaster_loss", "倒塌房屋", ""),
        ("response_tally", "转移（人）", "evacuees"),
        ("response_tally", "转移（户）", ""),
        ("rescue_team", "队员（人）", "headcount"),
        ("rescue_team", "水泵数量（台）", ""),
        ("hazard", "挂牌督办", "supervision"),
        ("hazard", "挂牌督办（项）", ""),
    ],
)
def test_the_unit_tells_what_is_counted(kind: str, header: str, field: str) -> None:
    assert fields(read(kind, header)) == [field]


@pytest.mark.parametrize(
    "header",
    ["罚款金额（万元）", "罚款金额>（万元）", "罚款金额/万元", "罚款金额（单位：万元）", "罚款>万元"],
)
def test_units_in_brackets_after_strokes_and_in_rows_of_their_own(header: str) -> None:
    (column,) = read("enforcement_case", header).columns
    assert (column.target.name, column.unit) == ("fine", "万元")


def test_group_headers_say_what_their_columns_are_of() -> None:
    found = read(
        "disaster_loss",
        "倒损房屋>倒塌>户",
        "倒损房屋>倒塌>间",
        "农作物>受灾面积（公顷）",
        "直接经济损失（万元）>合计",
    )
    assert fields(found) == ["collapsed", "collapsed_rooms", "crops", "loss"]
    assert fields(read("rescue_team", "负责人>姓名", "队伍情况>名称")) == ["", "name"]


def test_a_title_over_all_columns_is_no_group() -> None:
    title = "2024年隐患排查台账"
    found = read("hazard", f"{title}>乡镇", f"{title}>时间", f"{title}>隐患内容")
    assert fields(found) == ["area", "record_date", "description"]


def test_facets_tell_the_numbers_of_one_row_apart() -> None:
    found = read(
        "hazard", "乡镇", "发现一般隐患", "其中已整改", "整改率", "发现重大隐患", "其中已整改", "整改率"
    )
    minor, major = (("level", "一般"),), (("level", "重大"),)
    assert [column.facets for column in found.columns] == [(), minor, minor, (), major, major, ()]
    assert fields(found)[1:] == [
        "quantity_found",
        "quantity_rectified",
        "",
        "quantity_found",
        "quantity_rectified",
        "",
    ]
    assert found.repeated == ()


def test_the_same_header_twice_is_left_to_the_user() -> None:
    headers = ("乡镇", "隐患内容", "其中已整改", "其中已整改")
    assert read("hazard", *headers).repeated == ("其中已整改",)
    chosen = read("hazard", *headers, given={"#3": "quantity_rectified"})
    assert chosen.repeated == ()
    assert roles(chosen)[2:] == [Role.SECOND, Role.FIELD]


def test_goods_that_come_and_go_in_one_row_are_left_to_the_user() -> None:
    assert read("supply_movement", "物资名称", "入库数量", "出库数量").repeated
    assert not read("supply_movement", "物资名称", "申请数量", "调拨数量", "实发数量").repeated


def test_columns_that_are_nothing_but_words_count_by_them() -> None:
    found = read("activity", "乡镇/部门", "防汛", "森林火灾", "其他", "合计（场）", "参与人次")
    assert roles(found)[4] is Role.TOTAL
    assert dict(found.columns[1].facets) == {"hazard_type": "防汛", "type": "应急演练"}
    assert fields(found) == ["reporter", "sessions", "sessions", "sessions", "", "participants"]
    assert fields(read("activity", "名称", "防汛")) == ["title", ""]


def test_totals_are_compared_and_parts_of_a_whole_are_told_from_the_rest() -> None:
    assert roles(read("hazard", "隐患总数", "一般隐患（条）", "重大隐患（条）"))[0] is Role.TOTAL
    whole = read("hazard", "发现隐患数", "其中：重大隐患数")
    assert roles(whole) == [Role.FIELD, Role.FIELD]
    assert (whole.columns[1].target.name, whole.columns[1].facets) == ("quantity_found", (("level", "重大"),))
    trained = read("activity", "参训人数", "其中：企业负责人培训人数")
    assert trained.columns[1].role is Role.UNKNOWN


def test_last_years_figures() -> None:
    found = read("accident", "行业", "本期起数", "去年同期起数", "同比")
    assert roles(found) == [Role.FIELD, Role.FIELD, Role.EARLIER, Role.COMPUTED]
    years = read("accident", "行业", "2024年>起数", "2023年>起数")
    assert roles(years) == [Role.FIELD, Role.FIELD, Role.EARLIER]


def test_new_and_running_totals() -> None:
    found = read("response_tally", "乡镇", "转移人数", "累计转移人数")
    assert [dict(column.facets) for column in found.columns[1:]] == [{"basis": "当日新增"}, {"basis": "累计"}]


def test_two_numbers_in_one_cell() -> None:
    houses, hurt, lost = (
        read("disaster_loss", "倒房（户/间）").columns[0],
        read("response_tally", "伤亡（人）").columns[0],
        read("response_tally", "死亡/失踪").columns[0],
    )
    assert (houses.target.field.name, houses.target.second.name) == ("collapsed", "collapsed_rooms")
    assert (hurt.target.field.name, hurt.target.second.name) == ("deaths", "injured")
    assert (lost.target.field.name, lost.target.second.name) == ("deaths", "missing")


def test_goods_outputs_and_steps_as_columns() -> None:
    goods = targets_of("supply_movement").with_wide({"棉被": "棉被"})
    found = read_header(goods, {0: ["接收单位"], 1: ["棉被（床）"], 2: ["照明灯（盏）"], 3: ["合计"]})
    assert fields(found) == ["receiver", "supply_line.quantity@棉被", "", ""]
    assert roles(found)[2:] == [Role.UNKNOWN, Role.TOTAL]
    assert fields(read("activity", "悬挂条幅（幅）")) == ["activity_output.quantity@横幅"]
    steps = read("response", "启动（Ⅳ）", "升Ⅲ", "提升至二级时间", "降级", "结束", "响应级别", "升降级情况")
    assert fields(steps) == [
        "response_step.at@启动，Ⅳ", "response_step.at@提升，Ⅲ", "response_step.at@提升，Ⅱ",
        "response_step.at@降低", "end_at", "response_step.level@启动", "response_step.at",
    ]  # fmt: skip


def test_the_same_word_in_different_company() -> None:
    assert fields(read("hazard", "单位", "隐患描述")) == ["place", "description"]
    assert fields(read("hazard", "单位", "排查隐患数", "已整改数"))[0] == "reporter"
    assert fields(read("hazard", "发现问题", "整改期限"))[0] == "description"
    assert fields(read("hazard", "发现问题", "已整改数", "整改率"))[0] == "quantity_found"
    assert roles(read("supply_movement", "品名", "单位", "数量"))[1] is Role.COMPUTED
    assert fields(read("supply_movement", "单位", "备注"))[0] == "receiver"
    assert fields(read("supply_movement", "品名", "数量", "合计（元）"))[2] == "supply_line.value"


def test_roles_that_every_ledger_has() -> None:
    found = read("rescue_team", "序号", "记录标识", "名称", "联系电话", "身份证号", "退回原因")
    assert roles(found) == [Role.NUMBER, Role.UID, Role.FIELD, Role.PERSONAL, Role.PERSONAL, Role.COMPUTED]


def test_the_users_mapping_goes_before_everything() -> None:
    given = {"甲": "quantity_found@重大", "隐患内容": "", "#2": "owner"}
    found = read("hazard", "甲", "隐患内容", "乙", given=given)
    assert fields(found) == ["quantity_found", "", "owner"]
    assert found.columns[0].facets == (("level", "重大"),)
    step = read("response", "何时", given={"何时": "response_step.at@提升，Ⅲ"})
    assert step.columns[0].target.sets == (("action", "提升"), ("level", "Ⅲ"))
    output = read("activity", "几份", given={"几份": "activity_output.quantity@横幅"})
    assert output.columns[0].target.sets == (("item", "横幅"),)


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("hazard", ("序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "备注")),
        ("response_tally", ("乡镇", "下沉干部", "转移户数", "转移人数", "备注")),
        ("disaster_loss", ("乡镇", "受灾人口", "转移人口", "倒房间数", "直接经济损失")),
        ("rescue_team", ("乡镇", "队伍名称", "人数", "成立时间")),
        ("facility", ("乡镇", "避灾点名称", "建成时间")),
        ("accident", ("行业", "起数", "死亡", "受伤", "直接经济损失")),
        ("fund", ("乡镇", "文号", "金额（万元）", "用途")),
        ("meeting", ("会议名称", "时间", "参会人数")),
    ],
)
def test_the_score_finds_the_ledger(kind: str, headers: tuple[str, ...]) -> None:
    scores = {name: read(name, *headers).score for name in LEDGERS}
    assert max(scores, key=scores.__getitem__) == kind


def test_a_table_of_something_else_scores_nothing() -> None:
    assert max(read(name, "姓名", "工资", "奖金").score for name in LEDGERS) <= 0


@pytest.mark.parametrize(
    "headers",
    [
        ("乡镇", "1月>排查数", "1月>整改数", "2月>排查数", "2月>整改数"),
        ("乡镇", "一季度>排查数", "二季度>排查数"),
        ("行业", "盖洋镇>排查数", "胡坊镇>排查数"),
    ],
)
def test_one_of_several_months_or_townships_does_not_stand_for_all(headers):
    assert read("hazard", *headers).repeated


@pytest.mark.parametrize(
    "headers",
    [
        ("乡镇", "5月>排查数", "1-5月>排查数"),
        ("乡镇", "本月>排查数", "累计>排查数"),
        ("乡镇", "5月>排查数", "同比>排查数"),
    ],
)
def test_a_running_total_beside_a_month_is_no_other_month(headers):
    assert not read("hazard", *headers).repeated


def test_a_unit_before_the_goods_is_whose_they_are():
    assert fields(read("supply_movement", "单位", "日期", "物资名称", "单位", "数量"))[0] == "receiver"
    assert roles(read("supply_movement", "单位", "日期", "物资名称", "单位", "数量"))[3] is Role.COMPUTED
    assert fields(read("supply_movement", "乡镇", "单位", "物资名称", "数量"))[:2] == ["area", ""]


def test_people_under_a_heading_of_people_are_those_struck():
    assert "affected" in fields(read("disaster_loss", "乡镇", "人口（人）>受灾", "人口（人）>紧急转移安置"))


def test_the_sum_of_money_from_several_sources_is_the_amount():
    assert fields(read("fund", "乡镇", "中央资金", "省级资金", "县级配套", "合计", "下拨日期"))[4] == "amount"
    assert "amount" not in fields(read("fund", "乡镇", "户数", "人数", "合计"))
