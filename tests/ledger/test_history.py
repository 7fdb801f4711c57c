"""History, trash, undo and redo; a fault in the middle of a save leaves nothing behind."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow, Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.rows import Rows
from tests.ledger.conftest import DAY, NOON, Add

FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 2, "ab" * 32)


def everything(ledger: Ledger, *, trash: bool = False) -> dict[str, list[Any]]:
    """All records as they stand, by kind."""
    found = {}
    for kind in ledger.counts():
        records = ledger.records(kind, ledger.ids(Query(kind, trash=trash)))
        if records:
            found[kind] = [(record.id, dict(record.values)) for record in records]
    return found


def imported(ledger: Ledger, count: int = 2) -> tuple[int, list[int]]:
    """(batch, ids) of an import of hazards."""
    area = ledger.entries("area")[1].ref
    rows = [
        IncomingRow("hazard", {"record_date": DAY, "area": area, "field": "消防", "description": f"第{n}处",
                               "place": Named(f"××企业{n}")}, "表1", n + 2)
        for n in range(count)
    ]  # fmt: skip
    changes = ledger.store(rows, [FILE], sentence=f"导入 隐患 {count} 条")
    assert changes.batch
    return changes.batch, [number for _, number in changes.added]


# history


def test_history_tells_who_when_before_and_after(ledger: Ledger, add: Add) -> None:
    number = add("hazard", quantity_found=3, campaign=("大排查大整治",))
    ledger.edit("hazard", number, {"quantity_rectified": 2, "due_date": DAY})
    ledger.delete("hazard", [number])
    ledger.restore("hazard", [number])
    told = ledger.history("hazard", number)
    assert [entry.action for entry in told] == ["新增", "修改", "删除", "恢复"]
    assert {entry.by for entry in told} == {"张三"}
    assert all(datetime.datetime.fromisoformat(entry.at) for entry in told)
    assert [entry.seq for entry in told] == sorted(entry.seq for entry in told)
    first = told[0].changes
    assert first["quantity_rectified"] == ("", "0")  # as it was then, worked out from the changes since
    assert first["campaign"] == ("", "大排查大整治")
    assert first["area"] == ("", "盖洋镇")
    assert "due_date" not in first
    assert told[1].changes == {"quantity_rectified": ("0", "2"), "due_date": ("", "2024-06-09")}
    assert "已整改数由“0”改为“2”，整改期限由“空”改为“2024-06-09”" in told[1].sentence
    assert told[2].changes == told[3].changes == {}


def test_history_of_lists_of_firms(ledger: Ledger, add: Add) -> None:
    number = add("inspection", enterprises=("甲厂", "乙厂"))
    ledger.edit("inspection", number, {"enterprises": (Named("乙厂"), Named("丙厂"))})
    assert ledger.history("inspection", number)[-1].changes == {"enterprises": ("甲厂、乙厂", "乙厂、丙厂")}


def test_an_edit_that_changes_nothing_is_no_step(ledger: Ledger, add: Add) -> None:
    number = add("hazard")
    sentence = ledger.undo_sentence
    changes = ledger.edit("hazard", number, {"quantity_found": 1})
    assert changes.changed == ()
    assert changes.fields == ()
    assert ledger.undo_sentence == sentence
    assert len(ledger.history("hazard", number)) == 1


def test_changes_say_what_to_look_at_again(ledger: Ledger, add: Add) -> None:
    ids = [add("hazard", description=text) for text in ("一", "二")]
    changes = ledger.edit_each("hazard", {id: {"level": "一般", "quantity_rectified": 1} for id in ids})
    assert changes.changed == (("hazard", ids[0]), ("hazard", ids[1]))
    assert changes.fields == ("quantity_rectified",)
    assert changes.kinds == {"hazard"}
    assert changes.sentence == "修改 隐患 2 条"
    added = ledger.add(
        "hazard",
        {"record_date": DAY, "area": "area:2", "field": "消防", "description": "x", "place": Named("新厂")},
    )
    assert added.lists == ("enterprise",)


# trash


def test_children_go_and_come_back_with_their_parent(ledger: Ledger, add: Add) -> None:
    lines = [{"item": name, "quantity": number} for name, number in (("棉被", 5), ("毛毯", 6), ("帐篷", 7))]
    number = add("supply_movement", supply_line=lines)
    rows = ledger.children("supply_movement", number)["supply_line"]
    ledger.delete("supply_line", [rows[0].id])
    changes = ledger.delete("supply_movement", [number])
    assert changes.removed == (
        ("supply_movement", number), ("supply_line", rows[1].id), ("supply_line", rows[2].id),
    )  # fmt: skip
    assert ledger.counts()["supply_line"] == 0
    gone = ledger.get("supply_movement", number)
    assert gone.deleted_by == "张三"
    assert datetime.datetime.fromisoformat(gone.deleted_at)
    with pytest.raises(UserError, match="在回收站里"):
        ledger.edit("supply_movement", number, {"note": "x"})
    with pytest.raises(UserError, match="在回收站里"):
        ledger.restore("supply_line", [rows[1].id])  # without its parent it has no place
    ledger.restore("supply_movement", [number])
    back = ledger.children("supply_movement", number)["supply_line"]
    assert [row.id for row in back] == [rows[1].id, rows[2].id]  # not the one deleted before
    with pytest.raises(UserError, match="不在回收站里"):
        ledger.restore("supply_movement", [number])


def test_what_others_became_meanwhile_keeps_a_record_in_the_trash(ledger: Ledger, add: Add) -> None:
    number = add("hazard", code="A-1")
    ledger.delete("hazard", [number])
    add("hazard", code="A-1")
    with pytest.raises(UserError, match="“A-1”这一年已经用过"):
        ledger.restore("hazard", [number])
    response = add("response", start_at=NOON)
    ledger.delete("response", [response])
    add("response", start_at=NOON)
    with pytest.raises(UserError, match="还没有终止"):
        ledger.restore("response", [response])


def test_an_incomplete_record_comes_back(ledger: Ledger) -> None:
    area = ledger.entries("area")[0].ref
    values = {"record_date": DAY, "area": area, "field": "工贸", "description": "粉尘", "level": "重大"}
    number = ledger.store([IncomingRow("hazard", values)], [FILE], sentence="导入").added[0][1]
    ledger.delete("hazard", [number])
    ledger.restore("hazard", [number])
    assert not ledger.get("hazard", number).deleted_at


def test_children_follow_what_they_take_from_their_parent(ledger: Ledger, add: Add) -> None:
    number = add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    line = ledger.children("supply_movement", number)["supply_line"][0]
    changes = ledger.edit("supply_movement", number, {"record_date": datetime.date(2023, 1, 2)})
    assert changes.changed == (("supply_movement", number), ("supply_line", line.id))
    assert ledger.get("supply_line", line.id).values["record_date"] == datetime.date(2023, 1, 2)
    assert ledger.count(Query("supply_line", year=2023)) == 1
    assert ledger.verify() == []


def test_a_row_that_is_gone_is_not_lost_in_silence(ledger: Ledger, add: Add) -> None:
    number = add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    with pytest.raises(UserError, match="这一行已经不在了"):
        ledger.edit("supply_movement", number, {}, children={"supply_line": [Child({"quantity": 6}, 99)]})
    assert len(ledger.children("supply_movement", number)["supply_line"]) == 1


def test_deleting_what_others_point_to_is_pointed_out(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    for area in ("盖洋镇", "夏阳乡"):
        add("response_tally", event=f"disaster_event:{event}", area=area)
    add("response", event=f"disaster_event:{event}")
    changes = ledger.delete("disaster_event", [event])
    assert [item.severity for item in changes.findings] == ["warning"]
    assert "应急响应1条、响应统计2条" in changes.findings[0].message
    assert ledger.delete("response", [1]).findings == ()


# undo and redo


def test_undo_and_redo_of_everything(ledger: Ledger, add: Add) -> None:
    states = [everything(ledger)]
    sentences = []

    def done() -> None:
        states.append(everything(ledger))
        sentences.append(ledger.undo_sentence)

    number = add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
    done()
    line = ledger.children("supply_movement", number)["supply_line"][0].id
    ledger.edit(
        "supply_movement", number, {"beneficiaries": 40, "note": "雨后", "record_date": datetime.date(2024, 7, 1)},
        children={"supply_line": [Child({"quantity": 6}, line), Child({"item": "item:137", "quantity": 1})]},
    )  # fmt: skip
    done()
    ids = [add("hazard", description=text, place="甲厂") for text in ("一", "二")]
    states.append(everything(ledger))
    ledger.undo()
    ledger.redo()
    states.pop()
    ledger.undo()
    ledger.undo()
    assert everything(ledger) == states[-1]
    ids = [add("hazard", description="一")]
    done()
    ledger.edit("hazard", ids[0], {"quantity_found": 4, "quantity_rectified": 3})
    done()
    ledger.delete("hazard", ids)
    done()
    ledger.restore("hazard", ids)
    done()
    imported(ledger)
    done()
    for state, sentence in zip(states[-2::-1], sentences[::-1], strict=True):
        assert ledger.undo_sentence == sentence
        changes = ledger.undo()
        assert changes is not None
        assert changes.sentence == f"撤消 {sentence}"
        assert everything(ledger) == state
    assert ledger.undo() is None
    assert ledger.undo_sentence == ""
    for state, sentence in zip(states[1:], sentences, strict=True):
        assert ledger.redo_sentence == sentence
        ledger.redo()
        assert everything(ledger) == state
    assert ledger.redo() is None
    assert ledger.verify() == []


def test_a_new_change_ends_redo(ledger: Ledger, add: Add) -> None:
    add("hazard")
    ledger.undo()
    assert ledger.redo_sentence
    add("hazard", description="另一条")
    assert ledger.redo_sentence == ""
    assert ledger.redo() is None


def test_undo_is_refused_where_the_record_was_changed_since(ledger: Ledger, add: Add) -> None:
    number = add("hazard", quantity_found=3)
    ledger.edit("hazard", number, {"quantity_rectified": 1})
    writer = ledger._writer
    writer.edit(ledger._kind("hazard"), number, {"quantity_rectified": 2}, {})  # by other means
    before = everything(ledger)
    with pytest.raises(UserError, match="不能撤消：这条记录后来又改过") as caught:
        ledger.undo()
    assert "2024-0001，已整改数" in caught.value.detail
    assert everything(ledger) == before
    assert ledger.undo_sentence == "修改 隐患 2024-0001"


def test_the_batch_follows_undo_and_redo(ledger: Ledger) -> None:
    batch, ids = imported(ledger)
    assert ledger.seen_file(FILE.sha256)
    assert ledger.seen_file("") is None
    ledger.undo()
    assert [item.state for item in ledger.batches()] == ["reversed"]
    assert ledger.seen_file(FILE.sha256) is None
    ledger.redo()
    assert [item.state for item in ledger.batches()] == ["active"]
    assert [record.batch for record in ledger.records("hazard", ids)] == [batch, batch]
    ledger.undo()
    assert [item.state for item in ledger.batches()] == ["reversed"]


def test_taking_an_import_back(ledger: Ledger, add: Add) -> None:
    batch, ids = imported(ledger, 3)
    ledger.edit("hazard", ids[1], {"quantity_rectified": 1})
    add("hazard_step", hazard=f"hazard:{ids[2]}")
    result = ledger.undo_import(batch)
    assert result.reversed == (("hazard", ids[0]),)
    reasons = {number: reason for _, number, reason in result.kept}
    assert "张三" in reasons[ids[1]]
    assert "已整改数" in reasons[ids[1]]
    assert "导入后加了隐患整改复查过程" in reasons[ids[2]]
    assert ledger.count(Query("hazard")) == 2
    with pytest.raises(UserError, match="已经撤销过了"):
        ledger.undo_import(batch)
    with pytest.raises(UserError, match="没有编号为77的导入批次"):
        ledger.undo_import(77)
    ledger.undo()  # and that can be undone too
    assert ledger.count(Query("hazard")) == 3
    assert ledger.batches()[0].state == "active"


def test_a_record_and_its_rows_stay_together(ledger: Ledger) -> None:
    area, item = ledger.entries("area")[1].ref, ledger.entries("item")[0].ref
    rows = [
        IncomingRow("supply_movement", {"record_date": DAY, "area": area, "receiver": area, "type": "调拨"},
                    "表1", number, {"supply_line": [{"item": item, "quantity": number}]})
        for number in (3, 4)
    ]  # fmt: skip
    changes = ledger.store(rows, [FILE], sentence="导入")
    line = ledger.children("supply_movement", 1)["supply_line"][0]
    assert line.shown["source_ref"] == "表1 · 第3行"
    ledger.edit("supply_line", line.id, {"value": 100})
    result = ledger.undo_import(changes.batch or 0)
    assert set(result.reversed) == {("supply_movement", 2), ("supply_line", 2)}
    assert {(kind, number) for kind, number, _ in result.kept} == {("supply_movement", 1), ("supply_line", 1)}
    assert ledger.verify() == []


# faults


@pytest.mark.parametrize("place", ["insert_many", "write_added", "seal", "commit"])
def test_a_fault_in_the_middle_leaves_nothing(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    add("hazard")
    before, entries, tail = everything(ledger), ledger.entries("enterprise"), ledger.history_hash()
    calls = []

    def failing(*args: Any, **more: Any) -> Any:
        calls.append(args)
        if place != "write_added" or len(calls) > 1:
            raise RuntimeError("pulled the plug")
        return written(*args, **more)

    owner: Any = {"insert_many": Rows, "write_added": Journal, "seal": Journal}.get(
        place, ledger._store.database
    )
    written = getattr(owner, place)
    with monkeypatch.context() as patch:
        patch.setattr(owner, place, failing)
        with pytest.raises(RuntimeError, match="pulled the plug"):
            add(
                "supply_movement", receiver="盖洋镇", fund=None,
                supply_line=[{"item": "棉被", "quantity": 1}, {"item": "毛毯", "quantity": 1}],
            )  # fmt: skip
        with pytest.raises(RuntimeError, match="pulled the plug"):
            add("hazard", place=Named("没有登记过的厂"), description="二")
    assert calls
    assert everything(ledger) == before
    assert everything(ledger, trash=True) == {}
    assert ledger.entries("enterprise") == entries
    assert ledger.history_hash() == tail
    assert not ledger._store.database.in_transaction()
    number = add("hazard", place=Named("没有登记过的厂"), description="三")
    record = ledger.get("hazard", number)
    assert (record.id, record.shown["code"], record.shown["place"]) == (2, "2024-0002", "没有登记过的厂")
    assert [entry.name for entry in ledger.entries("enterprise")] == ["没有登记过的厂"]
    assert ledger.verify() == []


def test_an_import_is_whole_or_not_at_all(ledger: Ledger) -> None:
    area = ledger.entries("area")[1].ref
    good = {"record_date": DAY, "area": area, "field": "消防", "description": "一", "place": Named("甲厂")}
    rows = [IncomingRow("hazard", good, "表1", 2), IncomingRow("hazard", {**good, "area": None}, "表1", 3)]
    with pytest.raises(UserError, match="要填写乡镇") as caught:
        ledger.store(rows, [FILE], sentence="导入")
    assert "表1 第3行" in caught.value.detail
    assert everything(ledger) == {}
    assert ledger.batches() == []
    assert ledger.entries("enterprise") == []


def test_an_import_notices_its_own_repetitions(ledger: Ledger) -> None:
    area = ledger.entries("area")[1].ref
    row = {"record_date": DAY, "area": area, "field": "消防", "description": "一", "code": "A-1"}
    with pytest.raises(UserError, match="“A-1”这一年已经用过"):
        ledger.store([IncomingRow("hazard", row), IncomingRow("hazard", row)], [FILE], sentence="导入")
    changes = ledger.store(
        [IncomingRow("hazard", row), IncomingRow("hazard", {**row, "code": "A-2"}),
         IncomingRow("hazard", {**row, "code": None, "description": "二"})], [FILE], sentence="导入",
    )  # fmt: skip
    assert [item.code for item in changes.findings] == ["W_DUP"]
    again = ledger.store([IncomingRow("hazard", {**row, "code": None})], [FILE], sentence="导入")
    assert "可能重复：已有一条隐患（#1）" in again.findings[0].message


def test_the_sentence_of_a_change_reaches_the_undo_menu(ledger: Ledger, add: Add) -> None:
    assert isinstance(ledger._writer, Writer)
    add("disaster_event", end_date=DAY)
    assert ledger.undo_sentence == "新增 灾害过程 6.9"


def test_a_restored_row_counts_where_its_record_is_by_now(ledger: Ledger, add: Add) -> None:
    lines = [{"item": "棉被", "quantity": 5}, {"item": "毛毯", "quantity": 6}]
    goods = add("supply_movement", record_date=datetime.date(2023, 6, 9), supply_line=lines)
    (first, _) = ledger.children("supply_movement", goods)["supply_line"]
    ledger.delete("supply_line", [first.id])
    ledger.edit("supply_movement", goods, {"record_date": datetime.date(2024, 7, 1)})
    before = everything(ledger)
    ledger.restore("supply_line", [first.id])
    dates = {line.values["record_date"] for line in ledger.children("supply_movement", goods)["supply_line"]}
    assert dates == {datetime.date(2024, 7, 1)}
    quilts = [ledger.indicators(year, only=["quilts_dispatched"])[0].value for year in (2023, 2024)]
    assert quilts == [None, 5]
    assert ledger.verify() == []
    ledger.undo()
    assert everything(ledger) == before
