"""The store: never below nothing, and as the sheets say."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import found, ids
from tests.ledger.checks.money.test_both_legs import june
from tests.ledger.conftest import Add

NEGATIVE, BALANCE = "stock_negative", "stock_balance"


def moved(add: Add, type_: str, day: int, quantity: int, balance: int | None = None, **more: Any) -> int:
    """A movement of quilts in June, with what the sheet says was left."""
    receiver = "盖洋镇" if type_ == "调拨" else None
    line = {"item": "棉被", "quantity": quantity, "balance": balance}
    values = {"area": "县直", "type": type_, "receiver": receiver, "record_date": june(day), **more}
    return add("supply_movement", supply_line=[line], **values)


def test_more_went_out_than_was_there(ledger: Ledger, add: Add) -> None:
    moved(add, "购入", 1, 50)
    moved(add, "调拨", 2, 40)
    out = [moved(add, "调拨", 5, 20), moved(add, "报废", 5, 5)]
    moved(add, "购入", 9, 100)
    (concern,) = found(ledger, NEGATIVE)
    assert ids(concern) == out
    assert concern.message == (
        "2024年6月5日调拨棉被20床、报废棉被5床以后，棉被算出的库存是-15床，不可能少于零：漏登了入库，或有一次出库记了两遍"
    )
    (later,) = found(ledger, NEGATIVE, 2025) or [None]
    assert later is None, "what came in since made it good"


def test_in_and_out_on_one_day_and_stocks_that_nobody_keeps(ledger: Ledger, add: Add) -> None:
    moved(add, "调拨", 5, 20)
    assert found(ledger, NEGATIVE) == [], "nothing was ever registered as come in"
    moved(add, "购入", 5, 20)
    assert found(ledger, NEGATIVE) == []
    moved(add, "发放", 6, 20, area="盖洋镇")
    assert found(ledger, NEGATIVE) == [], "what townships give out is not in the store"


def test_the_first_line_whose_balance_is_another(ledger: Ledger, add: Add) -> None:
    moved(add, "购入", 1, 50, 50)
    moved(add, "调拨", 2, 20, 30)
    moved(add, "调拨", 3, 5, 35)
    moved(add, "接收调入", 3, 10, 40)  # within a day the order of the sheet may be another
    assert found(ledger, BALANCE) == []
    wrong = moved(add, "调拨", 8, 10, 20)
    moved(add, "调拨", 9, 10, 10)
    (concern,) = found(ledger, BALANCE)
    assert ids(concern) == [wrong]
    assert concern.message == (
        "棉被2024年6月8日调拨后，表上的结存是20床，按收发算出的库存是25床，少了5床："
        "这一笔以前漏登了出库，或有一次入库记了两遍"
    )


def test_what_was_there_before_the_sheet_began(ledger: Ledger, add: Add) -> None:
    first = moved(add, "购入", 1, 50, 80)
    (concern,) = found(ledger, BALANCE)
    assert ids(concern) == [first]
    assert concern.message.endswith("多了30床：像是年初的结存没有登记，补一条盘点")
    moved(add, "盘点", 1, 30, record_date=june(1).replace(month=1))
    assert found(ledger, BALANCE) == []
