"""调拨 and 发放 of the same goods: found however they were written down, linked as one action; more given than sent."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import cure, found, ids
from tests.ledger.conftest import Add

CODE, MORE = "both_legs", "distributed_more"
BUREAU = "明溪县应急管理局"


def june(day: int) -> datetime.date:
    return datetime.date(2024, 6, day)


def goods(**quantities: int) -> list[dict[str, Any]]:
    return [{"item": item, "quantity": quantity} for item, quantity in quantities.items()]


def moved(add: Add, type_: str, day: int, area: str = "盖洋镇", **more: Any) -> int:
    """A movement; its goods are the words that are no fields."""
    fields = {name: more.pop(name) for name in list(more) if name.isascii()}
    if type_ == "调拨":
        fields.setdefault("receiver", "盖洋镇")
    else:
        fields.setdefault("receiver", None)
    values = {"record_date": june(day), "type": type_, "area": area, **fields}
    return add("supply_movement", supply_line=goods(**more), **values)


def test_what_is_given_out_without_a_word_of_its_slip(ledger: Ledger, add: Add) -> None:
    sent = moved(add, "调拨", 3, doc_no="DB2024-011", 棉被=100, 毛毯=20)
    given = [moved(add, "发放", 6, 棉被=60), moved(add, "发放", 9, 棉被=40, 毛毯=20)]
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [*given, sent]
    assert concern.message == (
        "盖洋镇2024年6月6日起2次发放的棉被100床、毛毯20件没有写对应调拨，和6月3日（DB2024-011）调拨给它的"
        "棉被100床、毛毯20件是同一批物资，调拨、发放相加会算两遍"
    )
    assert cure(ledger, CODE, "关联为同一批") == "关联调拨和发放：2次发放的物资来自这次调拨"
    assert {ledger.get("supply_movement", one).values["dispatch"] for one in given} == {
        f"supply_movement:{sent}"
    }
    assert found(ledger, CODE) == []
    assert "关联" in (ledger.undo().sentence)
    assert [ids(one) for one in found(ledger, CODE)] == [ids(concern)]


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ({"area": "县直", "receiver": "盖洋镇人民政府"}, {"receiver": "盖洋镇", "area": "县直"}),
        ({"day": 9}, {}),  # the slip was written later
        ({"day": 5}, {"area": "县直"}),  # only one slip has exactly these goods
        ({"beneficiaries": 40}, {"棉被": 0, "beneficiaries": 40}),
    ],
)
def test_written_down_in_other_ways(ledger: Ledger, add: Add, sent: Any, given: Any) -> None:
    first = moved(add, "调拨", **{"day": 3, "棉被": 80, **sent})
    left = {"day": 6, "棉被": 80, **given}
    second = moved(add, "发放", **{name: value for name, value in left.items() if value})
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [second, first]


def test_over_new_year_and_of_several_slips(ledger: Ledger, add: Add) -> None:
    old = moved(add, "调拨", 1, record_date=datetime.date(2023, 12, 29), 棉被=30)
    january = moved(add, "发放", 1, record_date=datetime.date(2024, 1, 4), 棉被=30)
    sent = [moved(add, "调拨", 3, 毛毯=30), moved(add, "调拨", 5, 毛毯=20)]
    june_ = moved(add, "发放", 8, 毛毯=45)
    assert [ids(one) for one in found(ledger, CODE)] == [[january, old], [june_, *sent[::-1]]]
    assert found(ledger, CODE, 2023) == []


def test_what_is_linked_or_of_others_is_no_finding(ledger: Ledger, add: Add) -> None:
    sent = moved(add, "调拨", 3, 棉被=100)
    moved(add, "发放", 6, dispatch=f"supply_movement:{sent}", beneficiaries=40, 棉被=80)
    moved(add, "发放", 6, "胡坊镇", 棉被=80)
    moved(add, "发放", 7, 方便面=80)
    moved(add, "调拨", 20, 棉被=100)
    assert found(ledger, CODE) == []
    assert found(ledger, MORE) == []


def test_a_link_into_the_trash_is_none(ledger: Ledger, add: Add) -> None:
    sent = [moved(add, "调拨", day, 棉被=100) for day in (3, 4)]
    given = moved(add, "发放", 6, dispatch=f"supply_movement:{sent[0]}", 棉被=80)
    ledger.delete("supply_movement", sent[:1])
    assert [ids(one) for one in found(ledger, CODE)] == [[given, sent[1]]]


def test_a_township_writes_its_own_slip_as_the_county_does(ledger: Ledger, add: Add) -> None:
    county = moved(add, "调拨", 3, reporter=BUREAU, doc_no="DB2024-001", 棉被=100)
    own = moved(add, "调拨", 21, reporter="盖洋镇人民政府", 棉被=100)
    moved(add, "调拨", 22, reporter=BUREAU, doc_no="DB2024-009", 棉被=100)
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [own, county]
    assert "像是乡镇把发放记成了调拨，调拨数会多算棉被100床" in concern.message
    cure(ledger, CODE, "改为发放并关联")
    values = ledger.get("supply_movement", own).values
    assert (values["type"], values["dispatch"]) == ("发放", f"supply_movement:{county}")
    assert found(ledger, CODE) == []


def test_what_a_township_received_is_not_the_countys_stock(ledger: Ledger, add: Add) -> None:
    sent = moved(add, "调拨", 3, "县直", 棉被=100)
    received = moved(add, "接收调入", 4, 棉被=100)
    moved(add, "接收调入", 4, "县直", 棉被=100)
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [received, sent]
    assert concern.message.endswith("记成接收调入会让县级库存多出棉被100床")
    cure(ledger, CODE, "删除乡镇那 1 条")
    assert found(ledger, CODE) == []


def test_more_given_out_than_was_ever_sent(ledger: Ledger, add: Add) -> None:
    sent = [moved(add, "调拨", 3, 棉被=50), moved(add, "调拨", 9, 棉被=50)]
    given = [moved(add, "发放", 5, 棉被=50), moved(add, "发放", 12, 棉被=50), moved(add, "发放", 13, 棉被=20)]
    moved(add, "发放", 13, 方便面=20)
    (concern,) = found(ledger, MORE)
    assert ids(concern) == [given[2], given[1], given[0], *sent[::-1]]
    assert "共发放棉被120床，县里只调拨给它100床，多发了20床" in concern.message
