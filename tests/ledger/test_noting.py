"""期初数: entered, changed and taken back, each as one step that can be undone, and told in the history."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.openings import Opening
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger

Add = Any
SOURCE = "2023年年度总结第3页"


def kept(ledger: Ledger) -> dict[tuple[str, int], str]:
    return {(one.indicator, one.year): one.value for one in ledger.notes.openings()}


def test_one_total_goes_through_its_life(ledger: Ledger) -> None:
    done = ledger.notes.set_opening("hazards_found", 2023, "1,500条", SOURCE)
    assert done.sentence == "登记2023年期初数 排查问题隐患数 1500条"
    assert ledger.notes.opening("hazards_found", 2023) == Opening("hazards_found", 2023, "1500", SOURCE)
    changed = ledger.notes.set_opening("hazards_found", 2023, "1502", SOURCE)
    assert changed.sentence == "修改2023年期初数 排查问题隐患数 1500条 → 1502条"
    assert ledger.undo_sentence == changed.sentence
    ledger.notes.remove_opening("hazards_found", 2023)
    assert kept(ledger) == {}
    for now in ("1502", "1500"):
        ledger.undo()
        assert kept(ledger) == {("hazards_found", 2023): now}
    ledger.undo()
    assert kept(ledger) == {}
    ledger.redo()
    assert kept(ledger) == {("hazards_found", 2023): "1500"}
    assert ledger.verify() == []


def test_a_whole_report_is_entered_in_one_step(ledger: Ledger) -> None:
    entries = {"hazards_found": ("1500", SOURCE), "hazard_rectification_rate": ("99.2%", SOURCE)}
    assert ledger.notes.set_openings(2023, entries).sentence == "2023年期初数 登记 2 个"
    done = ledger.notes.set_openings(2023, {"hazards_found": ("", ""), "drills": ("104", SOURCE)})
    assert done.sentence == "2023年期初数 登记 1 个、删除 1 个"
    ledger.undo()
    ledger.undo()
    assert kept(ledger) == {}
    with pytest.raises(UserError, match="不能作应急演练次数的期初数"):
        ledger.notes.set_openings(2023, {"hazards_found": ("1500", SOURCE), "drills": ("许多", SOURCE)})
    assert kept(ledger) == {}, "all or none"


def test_nothing_new_is_no_change(ledger: Ledger) -> None:
    ledger.notes.set_opening("hazards_found", 2023, "1500", SOURCE)
    before = ledger.undo_sentence
    ledger.notes.set_opening("hazards_found", 2023, "1500条", SOURCE)
    assert ledger.undo_sentence == before
    with pytest.raises(UserError, match="来源还空着"):
        ledger.notes.set_opening("hazards_found", 2023, "1501", " ")


def test_undo_does_not_undo_what_was_changed_since(ledger: Ledger) -> None:
    ledger.notes.set_opening("hazards_found", 2023, "1500", SOURCE)
    ledger.notes.kept.set_opening(ledger._journal, Opening("hazards_found", 2023, "7", SOURCE), 1)
    with pytest.raises(UserError, match="后来又改过"):
        ledger.undo()
    assert kept(ledger) == {("hazards_found", 2023): "7"}


def test_totals_of_an_own_indicator_outlive_it(ledger: Ledger) -> None:
    own = Indicator("own_fire", "消防隐患数", "hazard", Aggregate.SUM, "条", where={"field": ("消防",)})
    ledger.definitions.save(own)
    ledger.notes.set_opening("own_fire", 2023, "12", SOURCE)
    ledger.definitions.remove("own_fire")
    left = ledger.notes.openings()[0]
    assert ledger.notes.opening_label(left) == "own_fire（指标已删除）"
    ledger.notes.remove_opening("own_fire", 2023)
    assert kept(ledger) == {}


def test_the_report_compares_with_it_until_there_are_records(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=10)
    ledger.notes.set_opening("hazards_found", 2023, "8", SOURCE)
    value = ledger.indicators(2024, only=["hazards_found"])[0]
    assert (value.last_year, value.last_year_source, value.change) == (8, "opening", 2)
    half = ledger.indicators(2024, datetime.date(2024, 6, 30), only=["hazards_found"])[0]
    assert half.last_year is None, "a total of a whole year is nothing to hold a half against"
    add("hazard", quantity_found=3, record_date=datetime.date(2023, 6, 1))
    assert ledger.indicators(2024, only=["hazards_found"])[0].last_year == 3
