"""Storing an import that replaces records: values, child rows, history, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import BatchFile, Changes, IncomingRow, Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, storing
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage import reference_store
from tests.ledger.conftest import DAY, Add, filled

FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 1, "ab" * 32)


def store(ledger: Ledger, *rows: IncomingRow) -> Changes:
    return ledger.store(list(rows), [FILE], sentence="导入 隐患")


def row(ledger: Ledger, kind: str, replaces: int = 0, number: int = 3, /, **values: Any) -> IncomingRow:
    children = {name: values.pop(name) for name in list(values) if name in ("supply_line", "response_step")}
    children = {name: [filled(ledger, name, item) for item in items] for name, items in children.items()}
    source = "盖洋镇.xlsx · 表1"
    return IncomingRow(kind, filled(ledger, kind, values), source, number, children, replaces)


def hazard(ledger: Ledger, replaces: int = 0, number: int = 3, /, **values: Any) -> IncomingRow:
    known = {"record_date": DAY, "area": "盖洋镇", "field": "消防", "description": "配电箱未接地"}
    return row(ledger, "hazard", replaces, number, **{**known, **values})


def test_a_row_replaces_what_it_says_and_nothing_else(ledger: Ledger, add: Add) -> None:
    number = add("hazard", note="老的", owner="李四", quantity_found=2)
    changes = store(
        ledger, hazard(ledger, number, quantity_rectified=1, note=None), hazard(ledger, description="二")
    )
    assert changes.changed == (("hazard", number),)
    assert changes.added == (("hazard", 2),)
    record = ledger.get("hazard", number)
    shown = record.shown
    assert (shown["quantity_found"], shown["quantity_rectified"]) == ("2", "1")
    assert (shown["note"], shown["owner"]) == ("", "李四")
    assert shown["source_ref"] == "盖洋镇.xlsx · 表1 · 第3行"
    assert (record.batch, ledger.get("hazard", 2).batch) == (None, changes.batch)
    assert ledger.history("hazard", number)[-1].changes["quantity_rectified"] == ("0", "1")
    assert ledger.verify() == []


def test_a_replaced_record_keeps_what_no_record_may_lack(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    store(ledger, hazard(ledger, number, code=None, area=None, quantity_rectified=1))
    shown = ledger.get("hazard", number).shown
    assert (shown["code"], shown["area"], shown["quantity_rectified"]) == ("2024-0001", "盖洋镇", "1")


def test_an_exact_number_takes_the_place_of_an_approximate_one(ledger: Ledger, add: Add) -> None:
    number = add("activity", participants=200, approx="余")
    values = {"record_date": DAY, "area": "县直", "type": "宣传活动", "title": "咨询日", "sessions": 1}
    store(ledger, row(ledger, "activity", number, **values, participants=215))
    shown = ledger.get("activity", number).shown
    assert (shown["participants"], shown["approx"]) == ("215", "准确")


def test_child_rows_are_replaced_and_matched_by_their_key(ledger: Ledger, add: Add) -> None:
    lines = [{"item": "棉被", "quantity": 5, "note": "新"}, {"item": "毛毯", "quantity": 6}]
    number = add("supply_movement", supply_line=lines)
    new = [{"item": "帐篷", "quantity": 2}, {"item": "棉被", "quantity": 8}]
    values = {"record_date": DAY, "type": "调拨", "receiver": "盖洋镇", "area": "盖洋镇"}
    changes = store(ledger, row(ledger, "supply_movement", number, **values, supply_line=new))
    there = ledger.children("supply_movement", number)["supply_line"]
    assert [(one.id, one.shown["item"], one.shown["quantity"], one.shown["note"]) for one in there] == [
        (1, "棉被", "8", "新"), (3, "帐篷", "2", ""),
    ]  # fmt: skip
    assert [one.batch for one in there] == [None, changes.batch]
    assert set(changes.changed) == {("supply_movement", number), ("supply_line", 1)}
    assert (changes.added, changes.removed) == ((("supply_line", 3),), (("supply_line", 2),))
    store(ledger, row(ledger, "supply_movement", number, 9, **values))
    assert len(ledger.children("supply_movement", number)["supply_line"]) == 2


def test_one_refused_row_leaves_everything_as_it_was(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    before, tail = ledger.get("hazard", number), ledger.history_hash()
    with pytest.raises(UserError, match="已整改数不能大于发现数") as caught:
        store(ledger, hazard(ledger, number, owner="王五"), hazard(ledger, description="二", place=Named("新厂")),
              hazard(ledger, 0, 9, description="三", quantity_rectified=7))  # fmt: skip
    assert "表1 第9行" in caught.value.detail
    assert (ledger.get("hazard", number), ledger.history_hash()) == (before, tail)
    assert (ledger.count(Query("hazard")), ledger.entries("enterprise"), ledger.batches()) == (1, [], [])


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [("trash", "这条隐患在回收站里"), ("missing", "没有编号为1的隐患"), ("twice", "有两行要替换同一条记录")],
)
def test_what_cannot_be_replaced_is_said(ledger: Ledger, add: Add, gone: str, sentence: str) -> None:
    if gone != "missing":
        add("hazard")
    if gone == "trash":
        ledger.delete("hazard", [1])
    rows = [
        hazard(ledger, 1, 3, owner="甲"),
        *([hazard(ledger, 1, 4, owner="乙")] if gone == "twice" else []),
    ]
    with pytest.raises(UserError, match=sentence):
        store(ledger, *rows)


def test_a_code_that_a_replaced_record_gives_up_is_free(ledger: Ledger, add: Add) -> None:
    number = add("hazard", code="A-1")
    new = hazard(ledger, 0, 4, code="A-1", description="二")
    store(ledger, hazard(ledger, 0, 2, description="零"), hazard(ledger, number, 3, code="A-2"), new)
    assert [record.shown["code"] for record in ledger.records("hazard", [1, 3])] == ["A-2", "A-1"]
    with pytest.raises(UserError, match="这一年已经用过"):
        store(ledger, hazard(ledger, number, code="A-3"), hazard(ledger, 0, 4, code="A-3", description="三"))


def test_an_incomplete_row_may_replace_as_it_may_be_added(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    changes = store(ledger, hazard(ledger, number, level="重大"))
    assert {item.severity for item in changes.findings} == {"warning"}
    assert ledger.get("hazard", number).shown["level"] == "重大"


def test_of_several_rows_that_are_refused_the_first_is_named(ledger: Ledger) -> None:
    wrong = hazard(ledger, 0, 5, description="")
    worse = IncomingRow("hazard", {**hazard(ledger).values, "nothing": 1}, "表1", 6)
    unknown = hazard(ledger, 0, 7, inspection=Named("没有的"))
    with pytest.raises(UserError) as caught:
        store(ledger, hazard(ledger), wrong, worse, unknown)
    assert "第5行" in caught.value.detail
    with pytest.raises(UserError) as caught:
        store(ledger, hazard(ledger), unknown, wrong, worse)
    assert "第7行" in caught.value.detail
    assert not ledger.ids(Query("hazard"))


def test_rows_that_come_together_are_held_against_each_other(ledger: Ledger, add: Add) -> None:
    add("hazard")
    same = {"place": Named("新的厂")}
    changes = store(
        ledger, hazard(ledger, **same), hazard(ledger, **same), hazard(ledger, description="另一处")
    )
    assert [item.code for item in changes.findings] == ["W_DUP"]
    assert "这次导入里有另一条隐患" in changes.findings[0].message
    codes = [ledger.get("hazard", number).values["code"] for _, number in changes.added]
    assert codes == ["2024-0002", "2024-0003", "2024-0004"]
    with pytest.raises(UserError, match="这一年已经用过") as caught:
        store(ledger, hazard(ledger, description="三"), hazard(ledger, 0, 9, code="2024-0005"))
    assert "第9行" in caught.value.detail
    assert ledger.verify() == []


def test_of_two_alike_one_that_is_replaced_leaves_the_other_to_be_found(ledger: Ledger, add: Add) -> None:
    first, second = add("hazard"), add("hazard")
    before = hazard(ledger, 0, 2, description="零")
    changes = store(ledger, before, hazard(ledger, first, 3, description="一"), hazard(ledger, 0, 4))
    assert [(item.code, item.record) for item in changes.findings] == [("W_DUP", ("hazard", second))]


def test_names_that_are_new_are_written_together_and_known_at_once(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    insert = reference_store.insert_rows
    monkeypatch.setattr(
        reference_store, "insert_rows", lambda *told: written.append(len(told[2])) or insert(*told)
    )
    names = ["甲木业", "乙木业", "甲木业", "丙木业"]
    store(ledger, *(hazard(ledger, 0, number, place=Named(name)) for number, name in enumerate(names, 3)))
    assert written == [3]
    records = ledger.records("hazard", ledger.ids(Query("hazard")))
    assert sorted(record.shown["place"] for record in records) == sorted(names)
    ledger._store.references.forget()
    assert [entry.name for entry in ledger.entries("enterprise")][-3:] == ["甲木业", "乙木业", "丙木业"]


def test_a_name_is_looked_up_once_in_an_import(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    find = NameFinder.find
    monkeypatch.setattr(
        NameFinder,
        "find",
        lambda self, field, name, near: asked.append(name) or find(self, field, name, near),
    )
    monkeypatch.setattr(storing, "_RUN", 1)
    names = ["甲木业", "乙木业", "甲木业", "甲木业"]
    for _ in range(2):
        rows = [hazard(ledger, 0, number, place=Named(name)) for number, name in enumerate(names, 3)]
        asked.clear()
        store(ledger, *rows)
        assert asked == ["甲木业", "乙木业"]
    records = ledger.records("hazard", ledger.ids(Query("hazard")))
    assert sorted(record.shown["place"] for record in records) == sorted(2 * names)


def test_of_a_refused_import_no_name_is_left(ledger: Ledger) -> None:
    known = ledger.entries("enterprise")
    with pytest.raises(UserError):
        store(ledger, hazard(ledger, place=Named("甲木业")), hazard(ledger, place=Named("乙"), level="没有"))
    assert ledger.entries("enterprise") == known
    assert store(ledger, hazard(ledger, place=Named("甲木业"))).lists == ("enterprise",)
