"""Trash, history, import batches: what happened to records, and taking it back."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs import batches as batches_module
from mingxi_desktop.ui.dialogs.batches import BatchesDialog
from mingxi_desktop.ui.dialogs.going_back import GoingBackDialog
from mingxi_desktop.ui.dialogs.history import HistoryDialog
from mingxi_desktop.ui.dialogs.trash import TrashDialog

DAY = datetime.date(2024, 6, 9)


def hazard(place: str, description: str = "应急照明损坏") -> dict:
    return {"record_date": DAY, "area": "area:1", "description": f"{place}{description}", "quantity_found": 1}


def add_hazards(ledger, *places: str) -> list[int]:
    return [ledger.add("hazard", hazard(place)).added[0][1] for place in places]


def test_deleted_records_come_back(qtbot, real, settle, on_ledger) -> None:
    first, second, _ = on_ledger(add_hazards, "甲厂", "乙厂", "丙厂")
    on_ledger(lambda ledger: ledger.delete("hazard", [first, second]))
    dialog = TrashDialog(real, "hazard")
    settle()
    lines = dialog.table.lines.lines
    assert {line.key for line in lines} == {("hazard", first), ("hazard", second)}
    assert all("王小敏" in line.texts for line in lines)
    assert any("甲厂" in line.texts[3] for line in lines)
    dialog.table.selectAll()
    with qtbot.waitSignal(real.changed) as told:
        dialog.restore()
    settle()
    assert len(told.args[0].added) == 2
    assert not dialog.table.lines.lines
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 3
    dialog.reject()


def test_search_narrows_the_trash(real, settle, on_ledger) -> None:
    ids = on_ledger(add_hazards, "甲厂", "乙厂")
    on_ledger(lambda ledger: ledger.delete("hazard", ids))
    dialog = TrashDialog(real)
    settle()
    dialog._search.setText("yichang")
    dialog._read()
    settle()
    assert [line.key for line in dialog.table.lines.lines] == [("hazard", ids[1])]
    dialog.reject()


def test_an_empty_trash_says_where_else_to_look(real, settle, on_ledger) -> None:
    on_ledger(lambda ledger: ledger.delete("hazard", add_hazards(ledger, "甲厂")))
    dialog = TrashDialog(real, "fund")
    settle()
    assert dialog.table._empty == "资金没有删除的记录。别的台账的，选“全部台账”看。"
    dialog._kinds.setCurrentIndex(0)
    settle()
    assert len(dialog.table.lines.lines) == 1
    dialog.reject()


def test_a_closed_trash_hears_nothing_any_more(qtbot, real, settle, on_ledger) -> None:
    dialog = TrashDialog(real)
    settle()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as faults:
        real.changed.emit(on_ledger(lambda ledger: ledger.add("hazard", hazard("甲厂"))))
        settle()
    assert not faults


def test_history_tells_who_changed_what(real, settle, on_ledger) -> None:
    (record,) = on_ledger(add_hazards, "甲厂")
    on_ledger(lambda ledger: ledger.edit("hazard", record, {"description": "<b>消防</b>栓没水"}))
    dialog = HistoryDialog(real, "hazard", record)
    settle()
    newest, oldest = dialog.sentences()
    assert "王小敏" in newest
    assert "“甲厂应急照明损坏”改为“<b>消防</b>栓没水”" in newest
    assert "新增" in oldest
    dialog.reject()


def test_going_back_shows_what_changes_and_is_one_step(qtbot, real, settle, on_ledger, monkeypatch) -> None:
    (record,) = on_ledger(add_hazards, "甲厂")
    on_ledger(lambda ledger: ledger.edit("hazard", record, {"description": "改坏了", "owner": "王五"}))
    dialog = HistoryDialog(real, "hazard", record)
    settle()
    newest, first = dialog._shown
    assert (newest.back, first.back) == (False, True)
    back = GoingBackDialog(real, "hazard", record, first, dialog)
    assert not back._back.isEnabled()
    settle()
    assert [line.texts for line in back.table.lines.lines] == [
        ("隐患描述", "改坏了", "甲厂应急照明损坏"),
        ("整改责任人", "王五", "（空）"),
    ]
    with qtbot.waitSignal(real.changed) as told:
        back.go_back()
    settle()
    assert told.args[0].sentence.startswith("恢复 隐患 ")
    assert len(dialog._shown) == 3, "the history tells of it at once"
    assert "甲厂应急照明损坏" in dialog.sentences()[0]
    assert on_ledger(lambda ledger: ledger.get("hazard", record).shown["owner"]) == ""
    on_ledger(lambda ledger: ledger.undo())
    assert on_ledger(lambda ledger: ledger.get("hazard", record).shown["owner"]) == "王五"
    dialog.reject()


def test_going_back_that_is_refused_says_why_and_stays(real, settle, on_ledger) -> None:
    (record,) = on_ledger(add_hazards, "甲厂")
    on_ledger(lambda ledger: ledger.edit("hazard", record, {"code": "A-1"}))
    on_ledger(lambda ledger: ledger.edit("hazard", record, {"code": "A-2"}))
    on_ledger(lambda ledger: ledger.add("hazard", hazard("乙厂") | {"code": "A-1"}))
    dialog = HistoryDialog(real, "hazard", record)
    settle()
    back = GoingBackDialog(real, "hazard", record, dialog._shown[1])
    settle()
    back.go_back()
    settle()
    assert back.message.startswith("没有恢复：")
    assert "“A-1”" in back.message
    assert on_ledger(lambda ledger: ledger.get("hazard", record).shown["code"]) == "A-2"
    back.reject()
    dialog.reject()


def import_two(ledger) -> tuple[int, list[int]]:
    rows = [IncomingRow("hazard", hazard(place), "甲.xlsx", 3) for place in ("甲厂", "乙厂")]
    changes = ledger.store(
        rows, [BatchFile("甲.xlsx", "6月", "hazard", 2)], sentence="导入 隐患 2 条（甲.xlsx）"
    )
    return changes.batch, [record for _, record in changes.added]


def test_taking_an_import_back_keeps_what_was_edited(qtbot, real, settle, on_ledger, monkeypatch) -> None:
    batch, ids = on_ledger(import_two)
    on_ledger(lambda ledger: ledger.edit("hazard", ids[0], {"description": "后来改过的"}))
    shown = []

    def note(dialog) -> None:
        shown.append(dialog)

    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    monkeypatch.setattr(batches_module.TakenBackDialog, "exec", note)
    dialog = BatchesDialog(real)
    settle()
    assert dialog.table.current() == batch
    assert dialog.files.lines.lines[0].texts == ("甲.xlsx", "6月", "隐患", "2")
    dialog.undo()
    settle()
    assert on_ledger(lambda ledger: list(ledger.ids(Query("hazard")))) == [ids[0]]
    (told,) = shown
    left = told.findChild(batches_module.Listing).lines.lines
    assert [line.texts[0] for line in left] == ["保留"]
    assert "王小敏" in left[0].texts[3]
    assert not dialog._undo.isEnabled()
    dialog.reject()


def test_enter_shows_the_records_of_a_batch(qtbot, real, settle, on_ledger) -> None:
    batch, _ = on_ledger(import_two)
    dialog = BatchesDialog(real)
    settle()
    with qtbot.waitSignal(real.query_wanted) as wanted:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert wanted.args == [Query("hazard", batch=batch)]


@pytest.mark.parametrize("made", [TrashDialog, BatchesDialog])
def test_empty_ones_say_what_to_do(real, settle, made) -> None:
    dialog = made(real)
    settle()
    assert "。" in dialog.table._empty
    dialog.reject()


def test_the_history_of_a_deleted_record_offers_no_way_back(real, settle, on_ledger) -> None:
    (first,) = on_ledger(add_hazards, "甲厂")
    on_ledger(lambda ledger: ledger.edit("hazard", first, {"quantity_found": 2}))
    dialog = HistoryDialog(real, "hazard", first)
    settle()

    def ways_back() -> list[QPushButton]:
        found = dialog.findChildren(QPushButton)
        return [one for one in found if one.isVisibleTo(dialog) and one.accessibleName().startswith("回到")]

    assert len(ways_back()) == 1
    on_ledger(lambda ledger: ledger.delete("hazard", [first]))
    dialog._read()
    settle()
    assert not ways_back()
    assert "回收站" in dialog._count.text()
    dialog.reject()
