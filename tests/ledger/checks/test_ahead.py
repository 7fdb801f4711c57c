"""An import judged before it is accepted, of which nothing is left, and right after it is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import importing
from mingxi_desktop.ledger.checks import ahead, running
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.importing import Choice, Doubt, SheetPreview
from mingxi_desktop.ledger.intake.arrivals import Origin
from mingxi_desktop.ledger.storing import Arriving
from tests.ledger.conftest import Add
from tests.ledger.importing_cases import Desk

HEADER = ["日期", "乡镇", "单位名称", "隐患内容", "发现数量"]


def _twice(scope: Scope) -> Iterable[Concern]:
    """A check for these tests: the same text in several townships is one hazard."""
    alike: dict[str, list[int]] = {}
    ids = scope.ledger.ids(Query("hazard", year=scope.year, sort=(("id", False),)))
    for record in scope.ledger.records("hazard", ids):
        alike.setdefault(record.values["description"], []).append(record.id)
    for text, numbers in alike.items():
        if len(numbers) > 1:
            which = "、".join(f"#{number}" for number in numbers)
            refs = tuple(("hazard", number) for number in numbers)
            yield Concern("twice", Severity.WARNING, f"“{text}”记了{len(numbers)}遍：{which}", refs)


def _owed(scope: Scope) -> Iterable[Concern]:
    """Another: something is always owed."""
    count = scope.ledger.count(Query("hazard", year=scope.year))
    yield Concern("owed", Severity.INFO, f"{count}条没有复查", facts=(count,))


def _many(scope: Scope) -> Iterable[Concern]:
    """Another: names no records."""
    count = scope.ledger.count(Query("hazard", year=scope.year))
    if count > 2:
        yield Concern("many", Severity.ERROR, f"{count}条太多", subject="hazard", facts=(count,))


def _cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    gone = tuple(number for _, number in concern.records[1:])
    return (Cure("合并为一条", f"合并{len(gone) + 1}条", (Trash("hazard", gone),)),)


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """These checks instead of the program's own."""
    made = (("twice", _twice, _cures), ("owed", _owed), ("many", _many))
    all_ = tuple(Check(code, "", "", ("hazard",), *functions) for code, *functions in made)
    monkeypatch.setattr(running, "every", lambda: all_)


def row(text: str, area: str = "盖洋镇", day: str = "2024-6-9") -> list[object]:
    return [day, area, "甲厂", text, 1]


def left(desk: Desk) -> dict[str, object]:
    """All that a trial could leave behind, in the file and in memory."""
    ledger = desk.ledger
    store = ledger._store
    return {
        "file": ledger.path.read_bytes(),
        "history": ledger.history_hash(),
        "batches": ledger.batches(),
        "counts": ledger.counts(2024),
        "years": ledger.years(),
        "found": list(ledger.ids(Query("hazard", search="guoqi"))),
        "enterprises": [entry.name for entry in store.references.all("enterprise")],
        "undo": ledger.undo_sentence,
        "sound": ledger.verify(),
    }


def test_nothing_of_a_trial_is_left(desk: Desk) -> None:
    desk.take([HEADER, row("堵塞")])
    before = left(desk)
    found = desk.read([HEADER, row("灭火器过期"), row("堵塞", "胡坊镇", "2023-6-9")], kind="hazard").found
    ahead.look(desk.ledger, found)
    assert left(desk) == before
    ledger = desk.ledger
    assert ledger.get("hazard", 1).shown["code"] == "2024-0001"
    with pytest.raises(UserError):
        ledger.get("hazard", 2)
    assert ledger.title("hazard", 2) == "（已不存在）"
    importing.commit(ledger, found)
    assert desk.records("hazard", "code") == ["2024-0001", "2024-0002", "2023-0001"]
    assert ledger.verify() == []


def test_what_was_worked_out_on_trial_is_not_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def asks(scope: Scope) -> Iterable[Concern]:
        scope.ledger.frozen.state(2024)
        seen.append(scope.store.database.connection().total_changes)
        return ()

    desk.take([HEADER, row("灭火器过期")])
    monkeypatch.setattr(running, "every", lambda: (Check("asks", "", "", ("hazard",), asks),))
    ahead.look(desk.ledger, desk.read([HEADER, row("堵塞")], kind="hazard").found)
    assert len(seen) == 2
    assert desk.ledger._store.database.connection().total_changes not in seen


def test_rows_are_named_by_their_place_and_records_by_their_number(desk: Desk) -> None:
    desk.take([HEADER, row("堵塞"), row("旧账"), row("旧账", day="2024-6-10")])
    found = desk.read(
        [HEADER, row("未见过"), row("堵塞", "胡坊镇"), row("堵塞", "夏阳乡")], kind="hazard"
    ).found
    (coming,) = ahead.look(desk.ledger, found)
    assert coming.message == "“堵塞”记了3遍：#1、第3行、第4行"
    assert [origin.row for origin in coming.origins] == [3, 4]
    assert coming.there == (("hazard", 1),)
    assert [line.source.rpartition(" · ")[2] for line in coming.lines] == ["第3行", "第4行", "第2行"]
    assert [cure.label for cure in coming.cures] == ["合并为一条"]


def test_only_what_the_import_brings_about_is_told(desk: Desk) -> None:
    desk.take([HEADER, row("漏电"), row("漏电", "胡坊镇")])
    found = desk.read([HEADER, row("短路")], kind="hazard").found
    (many,) = ahead.look(desk.ledger, found)
    assert (many.concern.code, many.origins) == ("many", ())
    importing.commit(desk.ledger, found)
    # That there is too much is known by now, and that three are owed is no news.
    assert ahead.look(desk.ledger, desk.read([HEADER, row("缺水")], kind="hazard").found) == ()


def test_after_storing_the_same_is_told_of_the_records(desk: Desk) -> None:
    desk.take([HEADER, row("堵塞")])
    found = desk.read([HEADER, row("堵塞", "胡坊镇")], kind="hazard").found
    (before,) = ahead.look(desk.ledger, found)
    result = importing.commit(desk.ledger, found)
    assert result.arrival is not None
    (after,) = result.arrival.concerns(desk.ledger)
    assert (after.concern, after.origins[0].place) == (before.concern, "表.xlsx 第2行")
    assert after.message == "“堵塞”记了2遍：#1、#2"
    (cure,) = desk.ledger.checks.cures(after.concern, after.year)
    desk.ledger.checks.cure(cure)
    assert result.arrival.concerns(desk.ledger) == ()


def test_what_the_preview_holds_back_is_not_told_twice(desk: Desk) -> None:
    desk.take([HEADER, row("堵塞")])
    found = desk.read([HEADER, row("堵塞")], kind="hazard").found
    assert [item.doubt for item in found.sheets[0].doubtful] == [Doubt.SAME]
    assert ahead.look(desk.ledger, found) == ()
    found.choose([Doubt.SAME], Choice.ADD)
    assert [one.concern.code for one in ahead.look(desk.ledger, found)] == ["twice"]


def test_rows_left_out_can_be_taken_all_the_same(desk: Desk) -> None:
    found = desk.read([HEADER, row("堵塞"), row("堵塞", "胡坊镇"), row("短路")], kind="hazard").found
    many, twice = ahead.look(desk.ledger, found)
    assert [one.concern.severity for one in (many, twice)] == [Severity.ERROR, Severity.WARNING]
    ahead.leave_out(twice, twice.origins[1:])
    assert found.ready == 2
    assert ahead.look(desk.ledger, found) == ()
    (table,) = found.sheets
    assert [(item.row, item.reason) for item in table.skipped] == [(3, "“堵塞”记了2遍：第2行、第3行")]
    found.choose([Doubt.TWICE], Choice.ADD)
    assert [one.concern.code for one in ahead.look(desk.ledger, found)] == ["many", "twice"]
    ahead.leave_out(twice, ahead.look(desk.ledger, found)[1].origins[1:])
    assert found.ready == 2
    importing.commit(desk.ledger, found)
    assert desk.records("hazard", "area") == ["盖洋镇", "盖洋镇"]


def test_a_finding_accepted_for_the_same_records_is_not_told(desk: Desk, add: Add) -> None:
    add("hazard", description="堵塞")
    number = add("hazard", description="堵塞", area="胡坊镇")
    ledger = desk.ledger
    (known,) = (one for one in ledger.checks.find(2024, datetime.date.today()) if one.code == "twice")
    ledger.checks.accept(known, 2024, "两处")
    ledger.edit("hazard", number, {"description": "短路"})
    day = datetime.date(2024, 6, 9)
    again = IncomingRow("hazard", {"record_date": day, "description": "堵塞"}, "表", 2, replaces=number)
    arrival = ahead.Arrival(ledger, [Origin(again, SheetPreview(Path("表.xlsx"), "", "hazard"))])
    ledger.store(Arriving(arrival.rows, arrival.took_place), [], sentence="导入")
    assert [one.code for one in ledger.checks.find(2024, datetime.date.today())] == ["twice", "owed"]
    assert [one.concern.code for one in arrival.concerns(ledger)] == []


def test_a_row_that_the_ledger_refuses_is_told_and_nothing_is_left(desk: Desk) -> None:
    desk.take([HEADER, row("堵塞")])
    found = desk.read([HEADER, row("短路")], kind="hazard").found
    found.sheets[0].rows[0].values["code"] = "2024-0001"
    before = left(desk)
    with pytest.raises(UserError, match="已经用过"):
        ahead.look(desk.ledger, found)
    assert left(desk) == before


def test_a_trial_can_be_stopped_at_any_step(desk: Desk) -> None:
    found = desk.read([HEADER, row("短路")], kind="hazard").found

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ahead.look(desk.ledger, found, stop)
    assert desk.ledger.counts()["hazard"] == 0
