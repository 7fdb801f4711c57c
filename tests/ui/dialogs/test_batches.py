"""Imports taken back weeks later: what goes, what gets its old values, what stays and why."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs import batches as batches_module
from mingxi_desktop.ui.dialogs.batches import BatchesDialog, TakenBack, TakenBackDialog, take_back
from mingxi_desktop.ui.listing import Listing

DAY = datetime.date(2024, 6, 9)


def hazard(place: str, found: int = 1) -> dict:
    return {
        "record_date": DAY,
        "area": "area:1",
        "description": f"{place}应急照明损坏",
        "quantity_found": found,
    }


def bring(ledger, *rows: IncomingRow) -> tuple[int, list[int]]:
    """Import rows; (batch, ids of the new records)."""
    changes = ledger.store(
        list(rows),
        [BatchFile("甲.xlsx", "6月", "hazard", len(rows))],
        sentence=f"导入 隐患 {len(rows)} 条（甲.xlsx）",
    )
    return changes.batch, [record for kind, record in changes.added if kind == "hazard"]


def new(place: str) -> IncomingRow:
    return IncomingRow("hazard", hazard(place), "甲.xlsx", 3)


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """What was asked; every question is answered with yes."""
    texts: list[str] = []

    def question(title: str, text: str = "", *, yes: str, **_: object) -> bool:
        texts.append(f"{title}{text}{yes}")
        return True

    monkeypatch.setattr(ask, "question", question)
    return texts


@pytest.fixture
def shown(monkeypatch) -> list[TakenBackDialog]:
    """The reports that came up."""
    dialogs: list[TakenBackDialog] = []

    def note(dialog: TakenBackDialog) -> None:
        dialogs.append(dialog)

    monkeypatch.setattr(batches_module.TakenBackDialog, "exec", note)
    return dialogs


def test_what_was_replaced_gets_its_old_values_back(real, settle, on_ledger, asked, shown) -> None:
    old = on_ledger(lambda ledger: ledger.add("hazard", hazard("甲厂")).added[0][1])
    replaced = IncomingRow("hazard", hazard("甲厂", 5), "甲.xlsx", 4, replaces=old)
    on_ledger(bring, replaced, new("乙厂"))
    dialog = BatchesDialog(real)
    settle()
    dialog.undo()
    settle()
    assert "共 2 条" in asked[0]
    assert "替换过的恢复原来的内容" in asked[0]
    (report,) = shown
    taken = on_ledger(lambda ledger: ledger.records("hazard", [old])[0].values["quantity_found"])
    assert taken == 1
    assert on_ledger(lambda ledger: ledger.count(Query("hazard"))) == 1
    assert not report.findChildren(Listing)
    dialog.reject()


def test_the_report_says_what_stays_who_changed_it_and_what(real, settle, on_ledger, asked, shown) -> None:
    batch, ids = on_ledger(bring, new("甲厂"), new("乙厂"), new("丙厂"))
    on_ledger(lambda ledger: ledger.edit("hazard", ids[0], {"description": "后来改过的"}))
    on_ledger(lambda ledger: ledger.delete("hazard", [ids[1]]))
    taken = on_ledger(take_back, batch)
    assert (taken.reversed, taken.restored, taken.kept, taken.failed) == (1, 0, 2, 0)
    assert taken.sentence == "撤销了 1 条，保留 2 条"
    reasons = {record: reason for _, _, record, reason in taken.left}
    assert any("王小敏" in reason and "隐患描述" in reason for reason in reasons.values())
    assert any("回收站" in reason for reason in reasons.values())
    report = TakenBackDialog(taken)
    lines = report.findChild(Listing).lines.lines
    assert {line.texts[0] for line in lines} == {"保留"}
    report.reject()


def test_numbers_are_told_apart() -> None:
    taken = TakenBack(3, 2, 1, 1, (), changes=None)
    assert taken.sentence == "撤销了 5 条（其中 2 条恢复了原来的内容），保留 1 条，1 条没有撤成"


def test_a_batch_that_was_taken_back_cannot_be_again(real, settle, on_ledger, asked, shown) -> None:
    batch, _ = on_ledger(bring, new("甲厂"))
    on_ledger(take_back, batch)
    dialog = BatchesDialog(real)
    settle()
    assert dialog.table.lines.lines[0].texts[5] == "已撤销"
    assert not dialog._undo.isEnabled()
    dialog.undo()
    settle()
    assert not shown
    dialog.reject()
