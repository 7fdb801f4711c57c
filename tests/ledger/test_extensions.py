"""延期: the day that holds follows the last extension, and undo brings it back."""

from __future__ import annotations

import datetime
from typing import Any

from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.extensions import story
from mingxi_desktop.ledger.running import notes
from tests.ledger.conftest import Add, day


def _put_off(at: int, until: int) -> dict[str, Any]:
    return {"action": "延期", "record_date": day(at), "new_due": day(until)}


def _due(ledger: Ledger, number: int) -> datetime.date:
    found: datetime.date = ledger.get("hazard", number).values["due_date"]
    return found


def test_the_day_follows_an_extension_and_undo_brings_both_back(ledger: Ledger, add: Add) -> None:
    number = add("hazard", due_date=day(21))
    add("hazard_step", hazard=f"hazard:{number}", **_put_off(15, 36))
    assert _due(ledger, number) == day(36)
    second = add("hazard_step", hazard=f"hazard:{number}", **_put_off(30, 52))
    assert _due(ledger, number) == day(52)
    assert ledger.deadlines.first_due(number) == day(21)
    ledger.undo()
    assert _due(ledger, number) == day(36)
    ledger.redo()
    assert _due(ledger, number) == day(52)
    ledger.edit("hazard_step", second, {"new_due": day(60)})
    assert _due(ledger, number) == day(60)
    ledger.delete("hazard_step", [second])
    assert _due(ledger, number) == day(36)
    (first,) = ledger.children("hazard", number)["hazard_step"]
    ledger.delete("hazard_step", [first.id])
    assert _due(ledger, number) == day(21), "before the first one it was this day"
    ledger.restore("hazard_step", [first.id])
    assert _due(ledger, number) == day(36)
    assert ledger.verify() == []


def test_in_a_form_all_is_one_step(ledger: Ledger, add: Add) -> None:
    number = add("hazard", due_date=day(21))
    ledger.edit("hazard", number, {}, children={"hazard_step": [Child(_put_off(15, 36))]})
    assert _due(ledger, number) == day(36)
    (kept,) = ledger.children("hazard", number)["hazard_step"]
    later = {"action": "整改反馈", "record_date": day(20)}
    ledger.edit("hazard", number, {"due_date": day(40)})
    ledger.edit("hazard", number, {}, children={"hazard_step": [Child({}, kept.id), Child(later)]})
    assert _due(ledger, number) == day(40), "another step does not move the day"
    for _ in range(3):
        ledger.undo()
    assert _due(ledger, number) == day(21)
    assert not ledger.children("hazard", number)["hazard_step"]


def test_an_import_moves_the_day_too_and_takes_it_back(ledger: Ledger, add: Add) -> None:
    number = add("hazard", due_date=day(21))
    row = IncomingRow("hazard_step", {"hazard": f"hazard:{number}", **_put_off(15, 36)}, "过程.xlsx · 表1", 2)
    stored = ledger.store([row], [BatchFile("过程.xlsx", "表1", "hazard_step", 1)], sentence="导入 过程")
    assert _due(ledger, number) == day(36)
    assert stored.batch is not None
    ledger.undo_import(stored.batch)
    assert _due(ledger, number) == day(21)


def test_how_often_it_was_put_off_is_told_under_the_steps(ledger: Ledger, add: Add) -> None:
    number = add("hazard", due_date=day(21))
    for at, until in ((15, 36), (30, 52)):
        add("hazard_step", hazard=f"hazard:{number}", **_put_off(at, until))
    told = notes(ledger, "hazard", number, {}, {})["hazard_step"].text
    assert told.endswith("；期限延过2次：6-30 → 7-15 → 7-31")
    typed = [Child({}, row.id) for row in ledger.children("hazard", number)["hazard_step"]]
    told = notes(ledger, "hazard", number, {}, {"hazard_step": [*typed, Child(_put_off(50, 230))]})[
        "hazard_step"
    ].text
    assert told.endswith("；期限延过3次：6-30 → 7-15 → 7-31 → 2025-01-25")
    assert story([_put_off(1, 36)], None) == "期限延过1次：→ 7-15"
    assert story([{"action": "延期"}], None) == ""
