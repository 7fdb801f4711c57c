"""What the records of each ledger must obey, in the sentences the clerk reads (product.md, ledgers.csv)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow, Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import DAY, NOON, Add, day, refused, warned

HOUR = datetime.timedelta(hours=1)
FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 1, "ab")


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
    rows = [Child({"action": what, "record_date": on}) for what, on in (("销号", DAY), ("复查合格", day(2)))]
    with pytest.raises(UserError, match="已经销号，之后不能再有动作") as caught:
        ledger.edit("hazard", hazard, {}, children={"hazard_step": rows})
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
    error = refused(add, "enforcement_case", "case_no", "这一年已经用过", case_no="闽明应急罚〔2024〕1号")
    assert "闽明应急罚〔2024〕1号" in error.title
    add("enforcement_case", case_no="闽明应急罚〔2024〕1号", record_date=day(400))
    add("supply_movement", doc_no="07")
    refused(add, "supply_movement", "doc_no", "“07”这一年已经用过", doc_no="07")


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
    with pytest.raises(UserError, match=r"时间要比上一步晚|第一步要是“启动”"):
        ledger.edit("response_step", rows[0].id, {"at": NOON + 9 * HOUR})
    with pytest.raises(UserError, match="“启动”只能有一次"):
        ledger.add(
            "response_step", {"response": f"response:{number}", **steps(CHAIN[0])[0], "at": NOON + 5 * HOUR}
        )
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
    assert "两种口径不会相加" in next(item for item in found if item.code == "W_MIXED_BASIS").message


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
    error = refused(
        add,
        "supply_movement",
        "quantity",
        "数量要大于0",
        supply_line=[{**line, "quantity": Decimal(5)}, line],
    )
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
