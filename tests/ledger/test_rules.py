"""What a record must obey, in the sentences the clerk reads (product.md, ledgers.csv)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType, Finding
from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow, Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import DAY, NOON, Add

HOUR = datetime.timedelta(hours=1)
FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 1, "ab")


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def refused(add: Add, kind: str, field: str, sentence: str, **values: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        add(kind, **values)
    assert caught.value.field == field
    assert sentence in caught.value.title
    assert caught.value.hint
    return caught.value


def warned(ledger: Ledger, kind: str, id: int) -> list[Finding]:
    record = ledger.get(kind, id)
    return ledger.check(kind, record.values, record=id)


# Every field


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (kind.name, field.name)
        for kind in kinds.ALL
        for field in kind.fields
        if field.required and field.editable and not field.auto and not kind.parent
    ],
)
def test_required_fields_are_asked_for(ledger: Ledger, kind: str, field: str) -> None:
    wanted = kinds.kind_of(kind).field(field)
    values = {item.name: item.default for item in kinds.kind_of(kind).fields if item.default is not None}
    found = ledger.check(kind, {**values, field: None})
    if field == "area" and kind in ("disaster_event", "response", "meeting", "fund"):
        assert not [item for item in found if item.field == "area"]  # the county's own
        return
    assert Finding(field, f"要填写{wanted.label}", "error", "E_REQUIRED") in found


def test_dates(add: Add) -> None:
    refused(add, "hazard", "record_date", "不能早于2000-01-01", record_date=datetime.date(1999, 12, 31))
    add("hazard", record_date=datetime.date(2000, 1, 1))
    today = datetime.date.today()
    add("hazard", record_date=today + datetime.timedelta(days=1))
    after = today + datetime.timedelta(days=2)
    refused(add, "hazard", "record_date", "还没有到", record_date=after)
    refused(add, "hazard", "due_date", "太远", due_date=today.replace(year=today.year + 31, day=1))


def test_teams_and_buildings_may_be_older_than_the_ledger(ledger: Ledger, add: Add) -> None:
    station = add("facility", name="县消防站", from_date=datetime.date(1986, 5, 1))
    record = ledger.get("facility", station)
    assert record.values["from_date"] == datetime.date(1986, 5, 1)
    assert record.values["record_date"] == datetime.date.today()
    refused(add, "facility", "from_date", "不能早于1900-01-01", name="x", from_date=datetime.date(1899, 1, 1))


def test_numbers(add: Add) -> None:
    refused(add, "hazard", "quantity_found", "不能小于1", quantity_found=0)
    refused(add, "accident", "deaths", "不能是负数", deaths=-1)
    refused(add, "fund", "amount", "太大", amount=10**15)
    event = add("disaster_event")
    refused(
        add, "disaster_loss", "crops", "最多四位小数", event=f"disaster_event:{event}", crops=Decimal("1.00001")
    )


def test_texts_and_words(ledger: Ledger, add: Add) -> None:
    error = refused(add, "hazard", "description", "有2001个字，最多2000个字", description="长" * 2001)
    assert "隐患描述" in error.detail
    error = pytest.raises(UserError, add, "hazard", field="航天").value
    assert error.field == "field"
    assert "行业领域没有“航天”。可选：道路交通、" in error.title
    refused(add, "hazard", "campaign", "没有“不存在的行动”", campaign=("大排查大整治", "不存在的行动"))
    ledger.add_choice("campaign", "打非治违")
    add("hazard", campaign=("大排查大整治", "打非治违"))


def test_unknown_names_are_refused_but_firms_are_registered(ledger: Ledger, add: Add) -> None:
    _, findings = ledger.parse("hazard", {"area": "沙县", "place": "某某木业有限公司"})
    assert [(item.field, item.severity) for item in findings] == [("area", "error")]
    assert "没有这个乡镇" in findings[0].message
    assert "盖洋镇" in findings[0].message
    with pytest.raises(UserError, match="没有这个灾害过程：某次暴雨") as caught:
        ledger.add("response", {"type": "防洪", "start_at": NOON, "event": Named("某次暴雨")})
    assert caught.value.field == "event"
    assert "先登记" in caught.value.hint
    add("hazard", place=Named("某某木业有限公司"))
    add("hazard", place=Named("某某木业（有限公司）"), description="另一处")
    assert [entry.name for entry in ledger.entries("enterprise")] == ["某某木业有限公司"]


def test_references_to_what_is_not_there(ledger: Ledger, add: Add) -> None:
    refused(add, "response", "event", "已不存在", event="disaster_event:99")
    refused(add, "hazard", "area", "不认识", area="org:1")
    refused(add, "hazard", "area", "条目已不存在", area="area:9999")
    event = add("disaster_event")
    ledger.delete("disaster_event", [event])
    refused(add, "response", "event", "在回收站里", event=f"disaster_event:{event}")


def test_values_that_would_be_lost_are_refused(ledger: Ledger, add: Add) -> None:
    refused_name = {"record_date": DAY, "nonsense": 1}
    with pytest.raises(UserError, match="没有“nonsense”这个字段"):
        ledger.add("hazard", refused_name)
    number = add("hazard")
    with pytest.raises(UserError, match="状态由程序算出，不能填"):
        ledger.edit("hazard", number, {"status": "已销号"})
    with pytest.raises(UserError, match="没有叫“hazards”的台账"):
        ledger.add("hazards", {})


# Hazards


def test_hazard_numbers_and_dates(add: Add) -> None:
    add("hazard", quantity_found=3, quantity_rectified=3)
    refused(add, "hazard", "quantity_rectified", "不能大于发现数", quantity_found=3, quantity_rectified=4)
    refused(add, "hazard", "due_date", "不能早于发现日期", due_date=day(-1))
    refused(add, "hazard", "rectified_date", "不能早于发现日期", rectified_date=day(-1))
    add("hazard", due_date=DAY, rectified_date=DAY, description="当天改完")


def test_major_hazards_need_who_and_what(ledger: Ledger, add: Add) -> None:
    refused(add, "hazard", "owner", "重大隐患要写整改责任人", level="重大")
    refused(add, "hazard", "plan", "重大隐患要写整改措施", level="重大", owner="李四")
    number = add("hazard", level="重大", owner="李四", plan="停产整改")
    assert [item.message for item in warned(ledger, "hazard", number)] == [
        "重大隐患“五落实”还缺：资金、时限、预案"
    ]


def test_an_import_keeps_incomplete_major_hazards(ledger: Ledger) -> None:
    area = ledger.entries("area")[0].ref
    values = {"record_date": DAY, "area": area, "field": "工贸", "description": "粉尘", "level": "重大"}
    changes = ledger.store([IncomingRow("hazard", values, "表1", 3)], [FILE], sentence="导入")
    codes = {item.code: item.severity for item in changes.findings}
    assert codes == {"E_NEEDED": "warning", "W_FIVE_POINTS": "warning"}
    number = changes.added[0][1]
    ledger.edit("hazard", number, {"quantity_rectified": 1})  # what it lacked before may still be lacking
    with pytest.raises(UserError, match="不能大于发现数"):
        ledger.edit("hazard", number, {"quantity_rectified": 2})


def test_itemised_means_one(ledger: Ledger, add: Add) -> None:
    one = add("hazard", quantity_found=5)
    assert [item.code for item in warned(ledger, "hazard", one) if item.field == "quantity_found"] == []
    many = add("activity", sessions=3)
    assert "汇总" in warned(ledger, "activity", many)[0].message
    assert warned(ledger, "activity", add("activity", sessions=3, granularity="汇总", title="y")) == []


def test_hazard_steps(ledger: Ledger, add: Add) -> None:
    hazard = add("hazard")
    of = {"hazard": f"hazard:{hazard}"}
    refused(add, "hazard_step", "new_due", "“延期”要写新期限", action="延期", **of)
    refused(add, "hazard_step", "new_due", "只有“延期”才填新期限", action="销号", new_due=day(9), **of)
    add("hazard_step", action="延期", record_date=day(1), new_due=day(30), **of)
    refused(add, "hazard_step", "action", "销号要在它之后", action="销号", record_date=DAY, **of)
    add("hazard_step", action="销号", record_date=day(5), **of)
    refused(add, "hazard_step", "action", "已经销号", action="复查合格", record_date=day(6), **of)
    with pytest.raises(UserError, match="已经销号，之后不能再有动作") as caught:
        rows = [("销号", DAY), ("复查合格", day(2))]
        children = [Child({"action": what, "record_date": on}) for what, on in rows]
        ledger.edit("hazard", hazard, {}, children={"hazard_step": children})
    assert caught.value.field == "action"


# Inspections and cases


def test_visits_cover_the_firms(ledger: Ledger, add: Add) -> None:
    firms = tuple(Named(f"企业{number}") for number in "甲乙丙")
    refused(add, "inspection", "visits", "家次不能少于受检企业数（3家）", enterprises=firms, visits=2)
    number = add("inspection", enterprises=firms, visits=3)
    assert ledger.get("inspection", number).shown["enterprises"] == "企业甲、企业乙、企业丙"


def test_fines(add: Add) -> None:
    refused(add, "enforcement_case", "fine", "要写罚款金额", measure=("罚款",))
    refused(add, "enforcement_case", "measure", "措施里要选“罚款”", measure=("警告",), fine=100)
    add("enforcement_case", measure=("罚款", "警告"), fine=0)
    refused(add, "enforcement_case", "fine", "不能是负数", measure=("罚款",), fine=-1)


def test_days_of_a_case(ledger: Ledger, add: Add) -> None:
    refused(
        add, "enforcement_case", "decision_date", "不能早于立案日期", filed_date=DAY, decision_date=day(-1)
    )
    add("enforcement_case", filed_date=DAY, decision_date=day(90))
    late = add("enforcement_case", cause="超期", filed_date=DAY, decision_date=day(91))
    assert [item.code for item in warned(ledger, "enforcement_case", late)] == ["W_LATE"]


def test_unique_within_a_year(add: Add) -> None:
    add("enforcement_case", case_no="闽明应急罚〔2024〕1号")
    error = refused(add, "enforcement_case", "case_no", "今年已经用过", case_no="闽明应急罚〔2024〕1号")
    assert "闽明应急罚〔2024〕1号" in error.title
    add("enforcement_case", case_no="闽明应急罚〔2024〕1号", record_date=day(400))
    add("supply_movement", doc_no="07")
    refused(add, "supply_movement", "doc_no", "“07”今年已经用过", doc_no="07")


# Floods


def test_events(add: Add) -> None:
    refused(add, "disaster_event", "end_date", "不能早于开始日期", end_date=day(-1))
    refused(add, "disaster_event", "typhoon", "只有灾种是台风", typhoon="3号“格美”")
    add("disaster_event", type="台风", typhoon="3号“格美”", name="格美")


def test_an_event_is_named_by_its_days(ledger: Ledger, add: Add) -> None:
    number = add("disaster_event", end_date=day(9))
    assert ledger.get("disaster_event", number).shown["name"] == "6.9-6.18"
    ledger.edit("disaster_event", number, {"end_date": day(10)})
    assert ledger.get("disaster_event", number).shown["name"] == "6.9-6.19"
    ledger.edit("disaster_event", number, {"name": "端午暴雨"})
    ledger.edit("disaster_event", number, {"end_date": day(9)})
    assert ledger.get("disaster_event", number).shown["name"] == "端午暴雨"


CHAIN = ({"action": "启动", "level": "Ⅳ"}, {"action": "提升", "level": "Ⅲ"}, {"action": "降低", "level": "Ⅳ"})


def steps(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"at": NOON + number * HOUR, **step} for number, step in enumerate(changes)]


@pytest.mark.parametrize(
    ("chain", "field", "sentence"),
    [
        ([{"action": "提升", "level": "Ⅲ"}], "action", "第一步要是“启动”"),
        ([CHAIN[0], CHAIN[0]], "action", "“启动”只能有一次"),
        ([CHAIN[0], {"action": "提升", "level": "Ⅳ"}], "level", "“提升”后的级别要高于Ⅳ级"),
        ([CHAIN[0], {"action": "降低", "level": "Ⅲ"}], "level", "“降低”后的级别要低于Ⅳ级"),
        ([CHAIN[0], {"action": "终止", "level": "Ⅳ"}, CHAIN[1]], "action", "“终止”之后不能再有变更"),
        ([CHAIN[0], {**CHAIN[1], "at": NOON}], "at", "时间要比上一步晚"),
    ],
)
def test_chains(add: Add, chain: list[dict[str, Any]], field: str, sentence: str) -> None:
    refused(add, "response", field, sentence, response_step=steps(*chain))


def test_a_chain_is_checked_whatever_way_it_changes(ledger: Ledger, add: Add) -> None:
    number = add("response", response_step=steps(*CHAIN))
    assert ledger.get("response", number).values["top_level"] == "Ⅲ"
    assert ledger.get("response", number).shown["status"] == "响应中"
    rows = ledger.children("response", number)["response_step"]
    with pytest.raises(UserError, match="第一步要是“启动”"):
        ledger.delete("response_step", [rows[0].id])
    with pytest.raises(UserError, match="时间要比上一步晚|第一步要是“启动”"):
        ledger.edit("response_step", rows[0].id, {"at": NOON + 9 * HOUR})
    with pytest.raises(UserError, match="“启动”只能有一次"):
        ledger.add("response_step", {"response": f"response:{number}", **steps(CHAIN[0])[0], "at": NOON + 5 * HOUR})
    kept = [Child({}, rows[0].id), Child({"level": "Ⅱ"}, rows[1].id)]
    changes = ledger.edit("response", number, {}, children={"response_step": kept})
    assert changes.removed == (("response_step", rows[2].id),)
    assert ledger.get("response", number).values["top_level"] == "Ⅱ"


def test_one_response_of_a_type_at_a_time(add: Add) -> None:
    add("response", start_at=NOON, end_at=NOON + 48 * HOUR)
    refused(add, "response", "start_at", "时间重叠", start_at=NOON + 47 * HOUR)
    add("response", start_at=NOON + 48 * HOUR)  # from the moment the other ends
    refused(add, "response", "start_at", "还没有终止", start_at=NOON + 99 * HOUR)
    add("response", type="防台风", start_at=NOON)  # two types may run at once
    add("response", start_at=NOON, area="盖洋镇")  # and two areas
    refused(add, "response", "end_at", "终止时间要晚于启动时间", type="抗旱", end_at=NOON)


def test_running_totals_do_not_fall_without_a_word(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    tally = {"event": event, "basis": "累计"}
    add("response_tally", record_date=DAY, evacuees=100, **tally)
    refused(add, "response_tally", "evacuees", "比前一期的100人少", record_date=day(1), evacuees=90, **tally)
    add("response_tally", record_date=day(1), evacuees=90, note="10人已返家，重新核定", **tally)
    add("response_tally", record_date=day(1), evacuees=5, area="夏阳乡", **tally)
    found = ledger.check(
        "response_tally", {"event": event, "area": "area:2", "record_date": day(2), "basis": "当日新增"}
    )
    assert "两种口径不会相加" in [item for item in found if item.code == "W_MIXED_BASIS"][0].message


# Supplies and funds


def test_a_dispatch_says_to_whom(add: Add) -> None:
    refused(add, "supply_movement", "receiver", "调拨要写接收单位", receiver=None)
    add("supply_movement", type="购入", receiver=None)


def test_a_supply_has_one_unit(ledger: Ledger, add: Add) -> None:
    values, findings = ledger.parse("supply_line", {"item": "棉被", "quantity": "100件"})
    assert [(item.field, item.code, item.severity) for item in findings] == [("quantity", "E_UNIT", "error")]
    assert findings[0].message == "棉被按“床”计，不能写“件”；请换算后再填"
    values, findings = ledger.parse("supply_line", {"item": "被子", "quantity": "100床"})
    assert findings == []
    assert values["quantity"] == 100
    _, findings = ledger.parse("supply_line", {"quantity": "100件"})
    assert [item.code for item in findings] == ["E_UNIT"]
    _, findings = ledger.parse("manual_entry", {"indicator": "行政许可", "value": "12人"})
    assert "行政许可按“件”计" in findings[0].message


def test_quantities_are_more_than_nothing(ledger: Ledger, add: Add) -> None:
    line = {"item": "棉被", "quantity": Decimal(0)}
    error = refused(add, "supply_movement", "quantity", "数量要大于0", supply_line=[{**line, "quantity": Decimal(5)}, line])
    assert "第2行" in error.detail
    assert set(ledger.counts().values()) == {0}
    refused(add, "fund", "amount", "金额要大于0", amount=0)


def test_parts_of_a_fund(ledger: Ledger, add: Add) -> None:
    whole = add("fund", amount=14_000_00)
    of = {"parent": f"fund:{whole}"}
    part = add("fund", amount=10_000_00, **of)
    refused(add, "fund", "amount", "各部分相加超过了上级项目的金额", amount=4_000_01, **of)
    add("fund", amount=4_000_00, **of)
    with pytest.raises(UserError, match="各部分相加超过了"):
        ledger.edit("fund", part, {"amount": 10_000_01})
    with pytest.raises(UserError, match="金额小于它各部分相加的数") as caught:
        ledger.edit("fund", whole, {"amount": 13_999_99})
    assert caught.value.field == "amount"
    with pytest.raises(UserError, match="上级项目不能是它自己"):
        ledger.edit("fund", whole, {"parent": f"fund:{part}"})


# Training, teams, buildings, losses


def test_only_drills_have_a_form(add: Add) -> None:
    refused(add, "activity", "drill_form", "只有应急演练才填演练形式", drill_form="桌面")
    refused(add, "activity", "hazard_type", "只有应急演练才填", hazard_type="消防")
    refused(add, "activity", "evaluation", "只有应急演练才填", evaluation="好")
    add("activity", type="应急演练", drill_form="实战", hazard_type="消防", evaluation="好")


def test_from_and_to(ledger: Ledger, add: Add) -> None:
    team = {"name": "盖洋救援队", "from_date": DAY}
    refused(add, "rescue_team", "to_date", "撤销日期不能早于成立日期", to_date=day(-1), **team)
    number = add("rescue_team", agreement_date=day(-1), **team)
    assert [item.severity for item in warned(ledger, "rescue_team", number)] == ["warning"]
    refused(add, "facility", "to_date", "停用日期不能早于建成日期", name="站", from_date=DAY, to_date=day(-1))


def test_losses(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    refused(
        add, "disaster_loss", "crops_lost", "绝收面积不能大于受灾面积",
        event=event, crops=Decimal(1), crops_lost=Decimal(2),
    )  # fmt: skip
    number = add("disaster_loss", event=event, affected=10, relocated=11)
    assert [item.field for item in warned(ledger, "disaster_loss", number)] == ["relocated"]


# Codes, defaults, approximations


def test_codes_run_on(ledger: Ledger, add: Add) -> None:
    def code(number: int, kind: str = "hazard") -> str:
        return ledger.get(kind, number).shown["code"]

    first, second = add("hazard"), add("hazard", description="二")
    assert (code(first), code(second)) == ("2024-0001", "2024-0002")
    ledger.delete("hazard", [second])
    assert code(add("hazard", description="三")) == "2024-0003"  # a deleted one's is not given again
    add("hazard", description="自编", code="2024-9999")
    assert code(add("hazard", description="四")) == "2024-10000"
    assert code(add("hazard", description="五", record_date=day(-365))) == "2023-0001"
    add("hazard", description="笔误", code="2024-20240000000001")
    assert code(add("hazard", description="六")) == "2024-10001"
    assert code(add("inspection"), "inspection") == "检2024-0001"
    assert code(add("fund", amount=1), "fund") == "资2024-0001"
    with pytest.raises(UserError, match="“2024-0001”今年已经用过"):
        add("hazard", description="七", code="2024-0001")


def test_codes_run_on_after_a_typed_one_and_a_failed_save(ledger: Ledger, add: Add) -> None:
    add("hazard")
    with pytest.raises(UserError):
        add("hazard", description="")
    add("hazard", code="2024-0002", description="二")
    assert ledger.get("hazard", add("hazard", description="三")).shown["code"] == "2024-0003"


def test_approximations(ledger: Ledger, add: Add) -> None:
    values, findings = ledger.parse("supply_movement", {"beneficiaries": "400余人"})
    assert values == {"beneficiaries": 400, "approx": "余"}
    assert [item.code for item in findings] == ["W_APPROX"]
    values, _ = ledger.parse("activity", {"participants": "60以上", "approx": "余"})
    assert values == {"participants": 60, "approx": "余"}  # what is written beside it holds


def test_what_is_filled_in(ledger: Ledger, add: Add) -> None:
    number = add("response", start_at=NOON)
    record = ledger.get("response", number)
    assert record.values["record_date"] == DAY
    assert record.shown["area"] == "县直"
    ledger.edit("response", number, {"start_at": NOON + 24 * 200 * HOUR})
    assert ledger.get("response", number).values["record_date"] == day(200)
    case = add("enforcement_case", record_date=None, decision_date=DAY)
    assert ledger.get("enforcement_case", case).values["record_date"] == DAY
    hazard = ledger.get("hazard", add("hazard"))
    assert (hazard.values["level"], hazard.values["quantity_found"], hazard.values["in_total"]) == ("一般", 1, True)


def test_empty_is_not_nothing(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    silent = ledger.get("response_tally", add("response_tally", event=event, evacuees=3))
    assert silent.values["deaths"] is None
    assert silent.shown["deaths"] == ""
    told = ledger.get("response_tally", add("response_tally", event=event, deaths=0, record_date=day(1)))
    assert told.values["deaths"] == 0
    assert told.shown["deaths"] == "0"


def test_likely_duplicates_are_pointed_out(ledger: Ledger, add: Add) -> None:
    first = add("hazard")
    found = ledger.check("hazard", {**ledger.get("hazard", first).values, "code": None})
    assert [(item.code, item.severity) for item in found] == [("W_DUP", "warning")]
    assert f"#{first}" in found[0].message
    add("hazard")


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_children_take_from_their_parent(kind: Any) -> None:
    for field in kind.fields:
        assert not field.inherited or (kind.parent and field.type is not FieldType.DERIVED)
