"""Stock from movements: opening, in, out, counted, left; never typed."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.stock_sheet import State
from mingxi_desktop.storage import stock
from tests.ui.small import put

DAY = datetime.date(2024, 12, 31)


def moved(ledger: Ledger, day: str, kind: str, quantity: str, value: str = "") -> int:
    """A movement of quilts."""
    receiver = {"receiver": "盖洋镇"} if kind == "调拨" else {}
    texts = {"record_date": day, "type": kind, "area": "县直", **receiver}
    line = {"item": "棉被", "quantity": quantity, **({"value": value} if value else {})}
    return put(ledger, "supply_movement", texts, {"supply_line": [line]})


def test_what_is_left_on_a_day_is_opening_and_what_was_moved_since(ledger: Ledger) -> None:
    moved(ledger, "2023-02-01", "购入", "100", "10000")
    moved(ledger, "2023-05-01", "调拨", "30")
    moved(ledger, "2024-01-05", "接收调入", "50.5")
    moved(ledger, "2024-02-05", "盘点", "2")
    out = moved(ledger, "2024-06-09", "调拨", "40")
    moved(ledger, "2024-06-10", "发放", "40")
    late = moved(ledger, "2025-01-02", "移交队伍", "9")
    ledger.delete("supply_movement", [moved(ledger, "2024-07-01", "报废", "60")])
    quilt = next(entry.ref for entry in ledger.entries("item") if entry.name == "棉被")
    store = ledger._store
    (sums,) = stock.sums(store, DAY).values()
    assert sums == stock.Sums(
        Decimal(70), Decimal("50.5"), Decimal(40), Decimal(2), Decimal("82.5"), Decimal(100)
    )
    assert stock.sums(store, datetime.date(2024, 1, 4))[quilt].left == 70
    assert stock.sums(store, datetime.date(2022, 1, 1)) == {}
    assert [(line.type, line.signed) for line in stock.lines_of(store, quilt, DAY)] == [
        ("接收调入", Decimal("50.5")), ("盘点", 2), ("调拨", -40),
    ]  # fmt: skip
    assert stock.movements_of(store, quilt, ("调拨",), (datetime.date(2024, 1, 1), DAY)) == [out]
    assert late in stock.movements_of(store, quilt, ("移交队伍",), (None, datetime.date(2025, 12, 31)))


def test_more_out_than_in_is_a_negative_stock(ledger: Ledger) -> None:
    moved(ledger, "2024-06-09", "调拨", "40")
    (sums,) = stock.sums(ledger._store, DAY).values()
    assert (sums.left, sums.price) == (-40, None)


def test_a_movement_that_is_deleted_moved_nothing(ledger: Ledger) -> None:
    def left(day: str) -> dict[str, Decimal]:
        rows = ledger.stock(datetime.date.fromisoformat(day))
        return {row.entry.name: row.sums.left for row in rows if row.moved}

    moved(ledger, "2024-06-01", "购入", "100")
    gone = moved(ledger, "2024-06-02", "调拨", "30")
    moved(ledger, "2024-06-03", "发放", "30")
    moved(ledger, "2024-06-04", "报废", "5")
    moved(ledger, "2024-06-05", "盘点", "2")
    assert left("2024-06-09") == {"棉被": 67}
    assert left("2024-06-02") == {"棉被": 70}
    ledger.delete("supply_movement", [gone])
    assert left("2024-06-09") == {"棉被": 97}


def states(ledger: Ledger, day: datetime.date = DAY) -> dict[str, State]:
    """Supply → how it stands at the end of a day."""
    return {row.entry.name: row.state for row in ledger.stock(day)}


def test_what_never_came_in_is_below_its_floor_once_a_store_is_kept(ledger: Ledger) -> None:
    moved(ledger, "2023-05-01", "调拨", "1")
    assert states(ledger)["帐篷"] is State.UNWATCHED, "who notes only what goes out keeps no store"
    moved(ledger, "2024-02-01", "购入", "500")
    found = states(ledger)
    assert (found["棉被"], found["帐篷"], found["方便面"]) == (State.ENOUGH, State.SHORT, State.UNWATCHED)
    assert states(ledger, datetime.date(2024, 1, 31))["帐篷"] is State.UNWATCHED


def test_what_is_not_used_any_more_need_not_be_bought(ledger: Ledger) -> None:
    moved(ledger, "2024-02-01", "购入", "60")
    assert states(ledger)["棉被"] is State.SHORT
    quilt = next(entry for entry in ledger.entries("item") if entry.name == "棉被")
    ledger.save_entry(replace(quilt, active=False))
    assert states(ledger)["棉被"] is State.UNWATCHED
    moved(ledger, "2024-02-02", "调拨", "61")
    assert states(ledger)["棉被"] is State.NEGATIVE
