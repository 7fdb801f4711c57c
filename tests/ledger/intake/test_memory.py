from __future__ import annotations

import datetime
import json

import pytest

from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.ledger.intake import memory as import_memory
from mingxi_desktop.ledger.intake.memory import forget, recall, remember, remembered
from mingxi_desktop.ledger.intake.wish import Wish

HEADERS = ["序号", "日 期", "数量（条）", "数量（条）", "情况"]


def columns(headers=HEADERS, first=0):
    return [Column(first + place, header, Role.UNKNOWN) for place, header in enumerate(headers)]


def test_what_was_said_comes_back_for_the_same_layout(ledger):
    remember(
        ledger,
        "盖洋镇人民政府",
        "hazard",
        columns(),
        Wish("hazard", {"情况": "description", "D列": "quantity_rectified"}),
    )
    found = recall(ledger, "盖洋镇人民政府", columns())
    assert (found.kind, found.columns) == ("hazard", {"D列": "quantity_rectified", "E列": "description"})
    assert found.sentence == f"按{datetime.date.today()}记住的对应读（盖洋镇人民政府）"
    assert recall(ledger, "盖洋镇人民政府", columns(HEADERS[::-1])) is None
    assert recall(ledger, "盖洋镇人民政府", columns(HEADERS[:-1])) is None


def test_a_table_moved_sideways_is_the_same_layout(ledger):
    remember(ledger, "", "hazard", columns(), Wish(columns={"D列": ""}))
    other = columns(["序号：", "日期", "*数量（条）", "数 量（条）", "情\n况"], first=1)
    assert recall(ledger, "", other).columns == {"E列": ""}


def test_the_reporters_own_goes_before_the_newest(ledger):
    remember(ledger, "甲", "hazard", columns(), Wish(columns={"情况": "description"}))
    remember(ledger, "乙", "hazard", columns(), Wish(columns={"情况": "note"}))
    assert recall(ledger, "甲", columns()).columns == {"E列": "description"}
    assert recall(ledger, "丙", columns()).columns == {"E列": "note"}


def test_later_words_are_added_and_another_ledger_starts_anew(ledger):
    remember(ledger, "甲", "hazard", columns(), Wish(columns={"情况": "description", "C列": "note"}))
    remember(ledger, "甲", "hazard", columns(), Wish(columns={"C列": "quantity_found"}))
    assert recall(ledger, "甲", columns()).columns == {"C列": "quantity_found", "E列": "description"}
    remember(ledger, "甲", "inspection", columns(), Wish("inspection"))
    assert (recall(ledger, "甲", columns()).kind, recall(ledger, "甲", columns()).columns) == (
        "inspection",
        {},
    )


def test_nothing_said_is_not_kept(ledger):
    remember(ledger, "甲", "hazard", columns(), Wish(values={"area": "盖洋镇"}))
    assert ledger.setting("import.memory") == ""
    assert recall(ledger, "甲", columns()) is None


def test_it_can_be_listed_and_forgotten(ledger):
    remember(ledger, "甲", "hazard", columns(), Wish(columns={"情况": "description"}))
    remember(ledger, "乙", "hazard", columns(["乙", "表", *"一二三四五六"]), Wish("hazard"))
    assert [(item.reporter, item.headers) for item in remembered(ledger)] == [
        ("乙", "乙、表、一、二、三、四…"), ("甲", "序号、日 期、数量（条）、数量（条）、情况"),
    ]  # fmt: skip
    assert remembered(ledger)[1].columns == {"E列": "description"}
    forget(ledger, remembered(ledger)[0])
    assert [item.reporter for item in remembered(ledger)] == ["甲"]


def test_only_the_newest_are_kept(ledger, monkeypatch):
    monkeypatch.setattr(import_memory, "MOST", 3)
    for number in range(5):
        remember(ledger, f"甲{number}", "hazard", columns(), Wish("hazard"))
    assert [item.reporter for item in remembered(ledger)] == ["甲4", "甲3", "甲2"]


@pytest.mark.parametrize(
    "damaged", ["{", "7", '{"a": 1}', "[1, null, {}]", '[{"kind": "no", "columns": {}}]']
)
def test_damaged_values_are_passed_over(ledger, damaged):
    ledger.set_setting("import.memory", damaged)
    assert recall(ledger, "甲", columns()) is None
    remember(ledger, "甲", "hazard", columns(), Wish("hazard"))
    assert recall(ledger, "甲", columns()).kind == "hazard"


def test_fields_that_are_gone_are_passed_over(ledger):
    names = {
        "A列": "gone",
        "B列": "supply_line.item",
        "C列": "supply_line.quantity@棉被",
        "D列": "x.item",
        "E列": "note",
    }
    remember(ledger, "甲", "supply_movement", columns(), Wish(columns=names))
    assert recall(ledger, "甲", columns()).columns == {
        "B列": "supply_line.item", "C列": "supply_line.quantity@棉被", "E列": "note",
    }  # fmt: skip


def test_places_beyond_the_table_are_passed_over(ledger):
    remember(ledger, "甲", "hazard", columns(), Wish(columns={"情况": "note"}))
    stored = json.loads(ledger.setting("import.memory"))
    stored[0]["columns"] = {"9": ["J列", "note"], "-1": ["A列", "note"]}
    ledger.set_setting("import.memory", json.dumps(stored))
    assert recall(ledger, "甲", columns()).columns == {}


def test_a_remembered_layout_of_unknown_headers(desk):
    rows = [["何时", "乡镇", "谁", "什么"], ["2024-6-9", "盖洋", "王五", "漏电"]]
    path = desk.file(rows)
    desk.take(
        path, by_table={(path, "Sheet1", 0): Wish("hazard", {"何时": "record_date", "什么": "description"})}
    )
    found = desk.read([rows[0], ["2024-7-9", "盖洋", "王五", "漏气"]])
    assert found.ready("description") == ["漏气"]
