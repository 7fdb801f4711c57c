"""What every record must obey: required fields, ranges, words, names; codes and what is filled in."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType, Finding
from mingxi_desktop.domain.records import Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import DAY, NOON, Add, day, refused

# Every field


def test_required_fields_are_asked_for(ledger: Ledger) -> None:
    for kind in kinds.ALL:
        values = {item.name: item.default for item in kind.fields if item.default is not None}
        for field in kind.fields:
            if not field.required or not field.editable or field.auto or kind.parent:
                continue
            found = ledger.check(kind.name, {**values, field.name: None})
            if field.name == "area" and kind.name in ("disaster_event", "response", "meeting", "fund"):
                assert not [item for item in found if item.field == "area"], kind.name  # the county's own
                continue
            asked = Finding(field.name, f"要填写{field.label}", "error", "E_REQUIRED")
            assert asked in found, f"{kind.name}.{field.name}"


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
        add,
        "disaster_loss",
        "crops",
        "最多四位小数",
        event=f"disaster_event:{event}",
        crops=Decimal("1.00001"),
    )


def test_texts_and_words(ledger: Ledger, add: Add) -> None:
    error = refused(add, "hazard", "description", "有2001个字，最多2000个字", description="长" * 2001)
    assert "隐患描述" in error.detail
    with pytest.raises(UserError) as caught:
        add("hazard", field="航天")
    error = caught.value
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
    with pytest.raises(UserError, match="“2024-0001”这一年已经用过"):
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
    ledger.edit("response", number, {"start_at": NOON + datetime.timedelta(days=200)})
    assert ledger.get("response", number).values["record_date"] == day(200)
    case = add("enforcement_case", record_date=None, decision_date=DAY)
    assert ledger.get("enforcement_case", case).values["record_date"] == DAY
    hazard = ledger.get("hazard", add("hazard"))
    assert (hazard.values["level"], hazard.values["quantity_found"], hazard.values["in_total"]) == (
        "一般",
        1,
        True,
    )


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


def test_children_take_from_their_parent() -> None:
    for kind in kinds.ALL:
        for field in kind.fields:
            taken = kind.parent and field.type is not FieldType.DERIVED
            assert not field.inherited or taken, f"{kind.name}.{field.name}"
