"""Taking an import back that changed records: old values return, unless somebody edited them since."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import rows
from tests.ledger.conftest import DAY, Add
from tests.ledger.test_history import everything
from tests.ledger.test_storing import hazard, row, store

GOODS = {"record_date": DAY, "type": "调拨", "receiver": "盖洋镇", "area": "盖洋镇"}


def replaced(ledger: Ledger, number: int, **values: Any) -> int:
    """Batch that replaced a hazard."""
    return store(ledger, hazard(ledger, number, **values)).batch or 0


def test_old_values_and_child_rows_come_back(ledger: Ledger, add: Add) -> None:
    lines = [{"item": "棉被", "quantity": 5}, {"item": "毛毯", "quantity": 6}]
    goods = add("supply_movement", supply_line=lines)
    number = add("hazard", quantity_found=2, campaign=("大排查大整治",))
    before = everything(ledger)
    changes = store(
        ledger,
        hazard(ledger, number, quantity_rectified=1, record_date=datetime.date(2023, 5, 1), campaign=()),
        hazard(ledger, description="二"),
        row(ledger, "supply_movement", goods, 5, **{**GOODS, "record_date": datetime.date(2024, 7, 1)},
            supply_line=[{"item": "棉被", "quantity": 8}, {"item": "帐篷", "quantity": 1}]),
    )  # fmt: skip
    after = everything(ledger)
    done = ledger.undo_import(changes.batch or 0)
    assert everything(ledger) == before
    assert (done.kept, done.failed) == ((), ())
    assert set(done.reversed) == {
        ("hazard", number), ("hazard", 2), ("supply_movement", goods),
        ("supply_line", 1), ("supply_line", 2), ("supply_line", 3),
    }  # fmt: skip
    assert ("supply_line", 2) in done.changes.added
    assert ("hazard", number) in done.changes.changed
    assert ledger.batches()[0].state == "reversed"
    ledger.undo()
    assert (everything(ledger), ledger.batches()[0].state) == (after, "active")
    ledger.redo()
    assert (everything(ledger), ledger.batches()[0].state) == (before, "reversed")
    assert ledger.verify() == []


def test_undo_and_redo_of_a_replacing_import(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    before = everything(ledger)
    batch = replaced(ledger, number, owner="王五")
    after = everything(ledger)
    ledger.undo()
    assert (everything(ledger), ledger.batches()[0].state) == (before, "reversed")
    ledger.redo()
    assert (everything(ledger), ledger.batches()[0].state) == (after, "active")
    done = ledger.undo_import(batch)  # what undo and redo did is no edit
    assert (everything(ledger), done.kept, done.failed) == (before, (), ())


def test_a_record_edited_since_is_kept_with_who_when_and_what(ledger: Ledger, add: Add) -> None:
    numbers = [add("hazard", description=text) for text in ("一", "二", "三")]
    rows = [
        hazard(ledger, number, owner="王五", description=text)
        for number, text in zip(numbers, "一二三", strict=True)
    ]
    batch = store(ledger, *rows).batch or 0
    ledger.edit("hazard", numbers[0], {"quantity_found": 3, "note": "补"})
    ledger.edit("hazard", numbers[1], {"note": "误"})
    ledger.undo()
    ledger.delete("hazard", [numbers[2]])
    done = ledger.undo_import(batch)
    assert done.reversed == (("hazard", numbers[1]),)
    ((kind, kept, reason),) = done.kept
    assert (kind, kept) == ("hazard", numbers[0])
    assert "张三" in reason
    assert "发现数、备注" in reason
    assert str(datetime.date.today()) in reason
    ((_, failed, why),) = done.failed
    assert failed == numbers[2]
    assert "已经在回收站里" in why
    assert [ledger.get("hazard", number).shown["owner"] for number in numbers] == ["王五", "", "王五"]


def test_two_batches_on_one_record_are_taken_back_from_the_last(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    before = everything(ledger)
    first = replaced(ledger, number, owner="甲")
    second = replaced(ledger, number, owner="乙")
    done = ledger.undo_import(first)
    assert f"导入批次{second}" in done.kept[0][2]
    assert "整改责任人" in done.kept[0][2]
    ledger.undo()
    assert [batch.state for batch in ledger.batches()] == ["active", "active"]
    ledger.undo_import(second)
    assert ledger.get("hazard", number).shown["owner"] == "甲"
    ledger.undo_import(first)
    assert everything(ledger) == before


def test_a_record_an_import_added_and_another_replaced(ledger: Ledger) -> None:
    first = store(ledger, hazard(ledger)).batch or 0
    second = replaced(ledger, 1, owner="乙")
    assert ledger.get("hazard", 1).batch == first
    assert f"导入批次{second}" in ledger.undo_import(first).kept[0][2]
    ledger.undo()
    ledger.undo_import(second)
    ledger.undo_import(first)
    assert ledger.count(Query("hazard")) == 0


def test_old_values_that_no_longer_fit_are_told(ledger: Ledger, add: Add) -> None:
    number = add("hazard", code="A-1")
    batch = replaced(ledger, number, code="A-2")
    add("hazard", code="A-1", description="二")
    done = ledger.undo_import(batch)
    assert done.reversed == ()
    assert "不能放回原来的值：编号“A-1”这一年已经用过" in done.failed[0][2]
    assert ledger.get("hazard", number).shown["code"] == "A-2"


@pytest.mark.parametrize("what", ["line edited", "line added", "line gone"])
def test_a_movement_and_its_lines_stay_together(ledger: Ledger, add: Add, what: str) -> None:
    goods = add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    batch = store(ledger, row(ledger, "supply_movement", goods, **GOODS, beneficiaries=9,
                              supply_line=[{"item": "棉被", "quantity": 8}])).batch or 0  # fmt: skip
    if what == "line edited":
        ledger.edit("supply_line", 1, {"value": 100})
    elif what == "line added":
        ledger.edit("supply_movement", goods, {}, children={
            "supply_line": [Child({}, 1), Child({"item": ledger.entries("item")[0].ref, "quantity": 1})]})  # fmt: skip
    else:
        ledger.delete("supply_line", [1])
    done = ledger.undo_import(batch)
    assert done.reversed == ()
    left = {pair[:2] for pair in (*done.kept, *done.failed)}
    assert left == {("supply_movement", goods), ("supply_line", 1)}
    assert ledger.get("supply_movement", goods).shown["beneficiaries"] == "9"


def test_what_an_import_added_goes_without_being_worded(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = store(ledger, hazard(ledger), hazard(ledger, description="二")).batch or 0
    worded: list[str] = []
    shown = rows.show
    monkeypatch.setattr(rows, "show", lambda field, *rest: worded.append(field.name) or shown(field, *rest))
    assert len(ledger.undo_import(batch).reversed) == 2
    assert worded == []
