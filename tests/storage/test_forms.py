"""Records shown one after another in the form of the file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import share
from mingxi_desktop.storage.forms import Chosen, _columns_statement

DAY = datetime.date(2024, 6, 9)


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with Ledger.open(file) as opened:
        yield opened


def shown(ledger: Ledger, kind: str, names: list[str], **chosen: Any) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    ledger.scan(kind, names, lambda number, forms: found.append((number, *forms)), Chosen(**chosen))
    return found


def store(ledger: Ledger) -> None:
    area = ledger.entries("area")[0].ref
    goods = ledger.entries("item")[0].ref
    hazards = [
        IncomingRow("hazard", {"record_date": day, "area": area, "field": "消防", "description": text})
        for text, day in (("一", DAY), ("二", DAY.replace(month=7)), ("三", DAY.replace(year=2023)))
    ]
    moved = {"record_date": DAY, "type": "报废", "area": area}
    lines = {"supply_line": [{"item": goods, "quantity": 5}]}
    visit = {"record_date": DAY, "area": area, "type": "精准帮扶", "participants": tuple(
        entry.ref for entry in ledger.entries("org")[:2])}  # fmt: skip
    movement = IncomingRow("supply_movement", moved, children=lines)
    ledger.store([*hazards, movement, IncomingRow("inspection", visit)], [], sentence="导入")


def test_only_what_is_chosen_is_shown_as_it_lies_in_the_file(ledger: Ledger) -> None:
    store(ledger)
    names = ["record_date", "description"]
    assert shown(ledger, "hazard", names) == [
        (1, "2024-06-09", "一"),
        (2, "2024-07-09", "二"),
        (3, "2023-06-09", "三"),
    ]
    assert shown(ledger, "hazard", names, days=(DAY, DAY)) == [(1, "2024-06-09", "一")]
    assert [row[0] for row in shown(ledger, "hazard", [], years=(2024, 2024))] == [1, 2]
    assert [row[0] for row in shown(ledger, "hazard", [], years=(2023, 2024), ids=[1, 3])] == [1, 3]
    assert shown(ledger, "supply_line", ["movement", "quantity"], parents=[1]) == [(1, 1, 50_000)]
    assert shown(ledger, "supply_line", ["movement"], parents=[2]) == []
    orgs = tuple(entry.ref for entry in ledger.entries("org")[:2])
    assert shown(ledger, "inspection", ["participants", "enterprises"]) == [(1, orgs, None)]
    uids = [record.uid for record in ledger.records("hazard", [1, 2])]
    assert shown(ledger, "hazard", ["uid", "status"], ids=[2, 1]) == [
        (1, uids[0], "待整改"),
        (2, uids[1], "待整改"),
    ]
    ledger.delete("hazard", [1])
    assert [row[0] for row in shown(ledger, "hazard", [])] == [2, 3]
    assert [row[0] for row in shown(ledger, "hazard", [], ids=[1, 2], trash=True)] == [1]


def plan(ledger: Ledger, names: list[str], **chosen: Any) -> tuple[list[int], list[str]]:
    """The ids of what is shown, and how SQLite finds it."""
    connection = ledger._store.database.connection()
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    found = [row[0] for row in shown(ledger, "hazard", names, **chosen)]
    connection.set_trace_callback(None)
    return found, [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statements[-1]}")]


def test_many_are_read_from_front_to_back_and_few_by_an_index(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(ledger)
    year, month = {"years": (2024, 2024)}, {"days": (DAY, DAY.replace(month=7, day=9))}
    assert plan(ledger, ["place"]) == ([1, 2, 3], ["SCAN t1"])
    for chosen in (year, month):
        assert plan(ledger, ["place"], **chosen) == ([1, 2], ["SCAN t1"])
    monkeypatch.setattr(share, "_SHARE", 1)
    for chosen in (year, month):
        found, [step, *_] = plan(ledger, ["place"], **chosen)
        assert found == [1, 2]
        assert "(deleted_at=? AND year=?" in step
    ledger.delete("hazard", [1])
    assert plan(ledger, ["place"], trash=True)[0] == [1]


def test_records_are_found_by_their_uid_in_the_trash_too(ledger: Ledger) -> None:
    store(ledger)
    uids = [record.uid for record in ledger.records("hazard", [1, 2])]
    ledger.delete("hazard", [2])
    assert ledger.ids_of_uids("hazard", [*uids, "x" * 16]) == {uids[0]: (1, False), uids[1]: (2, True)}


def test_columns_hold_what_a_scan_shows_in_the_order_wanted(ledger: Ledger) -> None:
    store(ledger)
    odd = ["=1", 'a "b" \\ c', "a\0b", "第1行\r\n第2行", "null", "\U0001f600", "[1]"]
    ledger.edit_each(
        "hazard", {number: {"note": "".join(odd), "owner": text} for number, text in enumerate(odd[:3], 1)}
    )
    names = ["uid", "status", "record_date", "owner", "note", "quantity_found", "in_total", "campaign"]
    scanned = {number: forms for number, *forms in shown(ledger, "hazard", names)}
    ledger.delete("hazard", [2])
    wanted = [3, 99, 2, 1]
    found, columns = ledger.lists.columns("hazard", names, wanted)
    assert found == [3, 1]
    assert list(map(list, zip(*columns, strict=True))) == [scanned[3], scanned[1]]
    found, columns = ledger.lists.columns("hazard", names, wanted, trash=True)
    assert (found, [column[0] for column in columns]) == ([2], scanned[2])
    orgs = tuple(entry.ref for entry in ledger.entries("org")[:2])
    assert ledger.lists.columns("inspection", ["type", "participants"], [1]) == ([1], [["精准帮扶"], [orgs]])
    assert ledger.lists.columns("hazard", names, []) == ([], [[] for _ in names])


def test_columns_are_read_in_the_order_of_the_list_and_not_by_an_index(ledger: Ledger) -> None:
    schema = ledger._store.schema
    query = _columns_statement(schema, schema.kinds["hazard"], ["description"], trash=False)
    statement, _ = query.sql()
    plan = ledger._store.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}", ["[3, 1]", 0]).fetchall()
    assert [row[-1].split(" VIRTUAL")[0] for row in plan] == [
        "SCAN wanted",
        "SEARCH t1 USING INTEGER PRIMARY KEY (rowid=?)",
    ]
