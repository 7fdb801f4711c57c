"""定稿: a version stays as it was signed; what changes after it is told, with the record and the person."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Period
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.frozen import numbers as frozen_numbers
from mingxi_desktop.ledger.frozen.changes import Difference, Sort, Way
from mingxi_desktop.ledger.frozen.freezing import Version
from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ledger.reports.order import Order
from tests.ledger.test_defining import FIRE
from tests.ledger.unprinted import draw_nothing, set_no_pages

YEAR = 2024
MARCH, AUGUST, LAST_MARCH = 1, 2, 3
"""Ids of the hazards."""


@pytest.fixture(autouse=True)
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for pages that nobody looks at."""
    set_no_pages(monkeypatch)


@pytest.fixture(scope="module")
def frozen_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hazards of two years, a stock of records around them, and the report of 2024 frozen."""
    path = tmp_path_factory.mktemp("frozen") / "frozen.mxdb"
    with pytest.MonkeyPatch.context() as patch, Ledger.create(path, operator="李四") as ledger:
        draw_nothing(patch)
        for year, month in ((2024, 3), (2024, 8), (2023, 3)):
            ledger.add("hazard", hazard(ledger, datetime.date(year, month, 5)))
        with pytest.raises(UserError, match="〔待核〕"):
            ledger.frozen.freeze(Order(YEAR), by="张三")
        ledger.frozen.freeze(Order(YEAR), by=" 张三 ", despite=True)
    return path


@pytest.fixture
def ledger(frozen_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it, in which 王五 goes on working."""
    path = tmp_path / "台账.mxdb"
    shutil.copyfile(frozen_file, path)
    with Ledger.open(path, operator="王五") as opened:
        yield opened


def hazard(ledger: Ledger, day: datetime.date, found: int = 10) -> dict[str, object]:
    area = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
    return {
        "record_date": day, "area": area, "field": "消防", "description": f"灭火器过期{day}",
        "granularity": "汇总", "quantity_found": found, "quantity_rectified": found,
    }  # fmt: skip


def in_force(ledger: Ledger) -> Version:
    found = ledger.frozen.in_force(YEAR)
    assert found is not None
    return found


def changes(ledger: Ledger) -> dict[tuple[str, Sort], Difference]:
    return {(one.id, one.sort): one for one in ledger.frozen.changes(in_force(ledger).id)}


def words(ledger: Ledger) -> str:
    standing = ledger.frozen.state(YEAR)
    return standing.sentence if standing else ""


def test_a_version_keeps_what_was_signed_with_a_hash_that_anybody_can_work_out(ledger):
    version = in_force(ledger)
    row, pdf = version.row, ledger.frozen.pdf_of(version.id)
    kept = ledger._store.schema.frozen.get()
    assert pdf.startswith(b"%PDF")
    assert "全年排查问题隐患20条" in ledger.frozen.text_of(version.id)
    assert row.sha256 == hashlib.sha256(bytes(kept.numbers) + kept.text.encode() + pdf).hexdigest()
    assert (row.by, row.as_of, version.number, version.in_force) == ("张三", "2024-12-31", 1, True)
    assert version.pages >= 1
    assert version.unverified
    assert words(ledger).endswith("张三），之后没有变化")
    assert changes(ledger) == {}
    assert ledger.verify() == []
    assert ledger.frozen.problems() == []


def test_freezing_is_in_the_history_and_no_undo_step(ledger):
    sets = ledger._store.schema.change_set
    sentence = sets.select(sets.sentence).order_by(sets.id.desc()).tuples().first()[0]
    assert sentence == "定稿 2024年法治政府建设年度报告 第1版（张三）"
    ledger.frozen.withdraw(in_force(ledger).id, by="王五", why="有误")
    assert ledger.undo_sentence == ""
    assert ledger._journal.check() == []


def test_each_number_that_differs_is_told_with_the_records_and_who_changed_them(ledger):
    ledger.edit("hazard", MARCH, {"quantity_found": 13})
    ledger.delete("hazard", [AUGUST])
    fresh = ledger.add("hazard", hazard(ledger, datetime.date(2024, 9, 1), 5)).added[0][1]
    told_now = changes(ledger)
    found = told_now["hazards_found", Sort.NUMBER]
    assert (found.frozen, found.now, found.difference) == ("20", "18", "-2")
    told = [(one.id, one.way, one.before, one.after, one.by, one.sentence) for one in found.records]
    assert told == [
        (MARCH, Way.CHANGED, 10, 13, "王五", "计入 10→13"),
        (AUGUST, Way.REMOVED, 10, None, "王五", "不再计入（原计 10）"),
        (fresh, Way.ADDED, None, 5, "王五", "新计入 5"),
    ]
    assert all(one.at for one in found.records)
    rate = told_now["hazard_rectification_rate", Sort.NUMBER]
    assert rate.difference.endswith("个百分点")
    assert {one.id for one in rate.records} == {MARCH, AUGUST, fresh}
    assert "之后有 3 个数变了" in words(ledger)
    for _ in range(3):
        ledger.undo()
    assert changes(ledger) == {}


def test_what_only_a_chart_shows_is_told_too(ledger):
    ledger.edit("hazard", MARCH, {"record_date": datetime.date(2024, 4, 5)})
    (one,) = changes(ledger).values()
    assert one.sort is Sort.CHART
    assert "3月 排查数10条" in one.frozen
    assert "4月 排查数10条" in one.now
    assert [(cause.id, cause.by) for cause in one.records] == [(MARCH, "王五")]
    assert "图表变了" in words(ledger)


def test_a_chart_that_changes_with_its_numbers_follows_from_them(ledger):
    ledger.delete("hazard", [MARCH])
    charts = [one for one in changes(ledger).values() if one.sort is Sort.CHART]
    assert charts
    assert all(one.follows for one in charts)


def test_last_year_is_part_of_the_report_where_it_is_compared(ledger):
    ledger.edit("hazard", LAST_MARCH, {"quantity_found": 16, "quantity_rectified": 16})
    found = changes(ledger)
    assert {id for id, sort in found if sort is Sort.LAST_YEAR} >= {"hazards_found"}
    one = found["hazards_found", Sort.LAST_YEAR]
    assert (one.frozen, one.now) == ("10", "16")
    assert [(cause.id, cause.sentence) for cause in one.records] == [(LAST_MARCH, "计入 10→16")]


def test_other_words_are_told_though_all_numbers_are_the_same(ledger):
    ledger.set_setting("bureau", "某县应急管理局")
    found = ledger.frozen.changes(in_force(ledger).id)
    assert found
    assert {one.sort for one in found} == {Sort.TEXT}
    assert not any(one.follows for one in found)
    assert any("某县应急管理局" in one.now and "明溪县应急管理局" in one.frozen for one in found)
    assert words(ledger).endswith("之后报告文字改了")


def test_a_reworded_section_is_told_as_it_was_and_as_it_is(ledger):
    wording = narrating.own_wording(ledger, Order(YEAR)).now
    first = replace(wording.sections[0], text="另一种开头。")
    narrating.save(ledger, Order(YEAR), replace(wording, sections=(first, *wording.sections[1:])))
    found = [one for one in ledger.frozen.changes(in_force(ledger).id) if "另一种开头。" in one.now]
    assert [one.sort for one in found] == [Sort.TEXT]


def test_an_indicator_with_another_rule_is_told(ledger):
    indicator = ledger.definitions.book.get("hazards_found")
    ledger.definitions.save(replace(indicator, label="隐患总数"))
    assert changes(ledger)["hazards_found", Sort.RULE].now == "隐患总数"
    ledger.definitions.save(replace(indicator, where={**(indicator.where or {}), "field": ("危化品",)}))
    one = changes(ledger)["hazards_found", Sort.NUMBER]
    assert one.frozen == "20"
    assert "口径" in one.note


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("pdf", b"%PDF-other", "PDF"),
        ("text", "别的文字", "文字"),
        ("numbers", b"x", "数字"),
        ("by", "赵六", "签字人"),
        ("change_set", 1, "签字人"),
    ],
)
def test_a_version_changed_outside_the_program_is_named(ledger, column, value, named):
    id = in_force(ledger).id
    with ledger._store.writing():
        ledger._store.schema.frozen.update({column: value}).execute()
    (problem,) = ledger.frozen.problems()
    assert named in problem
    assert "第1版" in problem
    for look in (ledger.frozen.pdf_of, ledger.frozen.text_of, ledger.frozen.changes):
        with pytest.raises(UserError, match="被改动过"):
            look(id)
    assert named in words(ledger)


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [("numbers", "'abc'", "数字"), ("text", "x'ff'", "文字"), ("pdf", "'abc'", "PDF")],
)
def test_a_version_whose_parts_became_other_types_is_named(ledger, column, value, named):
    id = in_force(ledger).id
    with ledger._store.writing():
        ledger._store.database.execute_sql(f"UPDATE frozen SET {column} = {value}")
    (problem,) = ledger.frozen.problems()
    assert f"{named}被改动过" in problem
    assert ledger.verify() == [problem]
    assert [version.id for version in ledger.frozen.versions(YEAR)] == [id]
    assert "被改动过" in words(ledger)


def test_a_version_of_no_report_that_there_is_is_named_and_listed(ledger):
    id = in_force(ledger).id
    with ledger._store.writing():
        ledger._store.schema.frozen.update({"template": "zzz", "span": "x"}).execute()
    assert "zzz第1版" in ledger.verify()[0]
    assert [version.id for version in ledger.frozen.versions(YEAR)] == [id]


def test_a_version_taken_out_or_put_in_outside_the_program_is_named(ledger):
    table = ledger._store.schema.frozen
    row = table.select().dicts().first()
    with ledger._store.writing():
        table.insert({**row, "id": 7}).execute()
        table.delete().where(table.id == row["id"]).execute()
    problems = ledger.frozen.problems()
    assert len(problems) == 2
    assert any("不见了" in one for one in problems)
    assert any("不是本程序定的稿" in one for one in problems)


def test_a_version_is_withdrawn_with_a_reason_and_another_one_follows(ledger):
    first = in_force(ledger)
    with pytest.raises(UserError, match="已经定稿"):
        ledger.frozen.freeze(Order(YEAR), by="张三", despite=True)
    with pytest.raises(UserError, match="原因"):
        ledger.frozen.withdraw(first.id, by="王五", why=" ")
    assert ledger.frozen.withdraw(first.id, by="王五", why="3月报错").title == "第1版（已撤回）"
    assert ledger.frozen.in_force(YEAR) is None
    assert words(ledger) == ""
    with pytest.raises(UserError, match="已经撤回过"):
        ledger.frozen.withdraw(first.id, by="王五", why="再来")
    ledger.edit("hazard", MARCH, {"quantity_found": 12})
    second = ledger.frozen.freeze(Order(YEAR), by="张三", reason="更正3月", despite=True)
    assert [one.title for one in ledger.frozen.versions(YEAR)] == ["第2版", "第1版（已撤回）"]
    assert second.row.reason == "更正3月"
    assert changes(ledger) == {}
    assert [one.now for one in ledger.frozen.changes(first.id) if one.id == "hazards_found"] == ["22"]
    assert ledger.frozen.problems() == ledger.verify() == []


def test_reports_of_another_template_are_versions_of_their_own(ledger):
    version = ledger.frozen.freeze(Order(YEAR, template="monthly", month=8), by="张三", despite=True)
    assert version.number == 1
    assert version.name.startswith("2024年8月")
    ledger.edit("hazard", MARCH, {"quantity_found": 11})
    assert ledger.frozen.changes(version.id) == []
    ledger.edit("hazard", AUGUST, {"quantity_found": 11})
    assert "hazards_found" in {one.id for one in ledger.frozen.changes(version.id)}


def test_records_of_later_years_change_nothing(ledger):
    ledger.add("hazard", hazard(ledger, datetime.date(2025, 3, 1)))
    assert changes(ledger) == {}
    assert ledger.count(Query("hazard", year=2025)) == 1


def entered(ledger: Ledger, value: str) -> dict[str, object]:
    texts = {
        "record_date": "2024-06-30",
        "area": "县直",
        "indicator": "行政许可",
        "value": value,
        "basis": "统计",
    }
    values, findings = ledger.parse("manual_entry", texts)
    assert findings == []
    return values


def test_what_a_record_adds_is_in_the_unit_of_the_number(ledger):
    id = ledger.add("manual_entry", entered(ledger, "20")).added[0][1]
    permits = ledger.definitions.book.by_id["permits"]
    assert frozen_numbers.behind(ledger._store, permits, Period.of(YEAR)) == {("manual_entry", id): 20}


def test_what_older_versions_kept_in_ten_thousandths_is_read_in_the_unit(ledger):
    book, number = ledger.definitions.book, ("manual_entry", 7)
    said = frozen_numbers.Said("", {}, (), {}, "", 1)
    found = {"permits": {number: Decimal(20)}, "hazards_found": {("hazard", 1): Decimal(20)}}
    now = frozen_numbers.pack(said, found, {})
    assert frozen_numbers.unpack_records(now, ledger._store, book) == found
    head, records = zlib.decompress(now).decode().split("\n")
    old = records.replace('"in_unit":true,', "").replace(
        '[["manual_entry",[7],["20"]]]', '[["manual_entry",[7],["0.002"]]]'
    )
    assert old != records
    before = zlib.compress(f"{head}\n{old}".encode())
    assert frozen_numbers.unpack_records(before, ledger._store, book) == found


def test_an_indicator_that_counts_another_ledger_by_now_names_the_records_of_both(
    ledger: Ledger, add
) -> None:
    ledger.frozen.withdraw(in_force(ledger).id, by="王五", why="补充")
    ledger.definitions.save(FIRE, new=True)
    order = Order(2024)
    wording = narrating.own_wording(ledger, order).now
    first, *others = wording.sections
    first = replace(first, text=first.text + "\n本年消防隐患{xfyh}条。")
    narrating.save(ledger, order, replace(wording, sections=(first, *others)))
    found = add("hazard", quantity_found=12)
    responses = (add("response"), add("response", type="防台风"))
    version = ledger.frozen.freeze(order, by="李四", despite=True)
    counted = replace(FIRE, kind="response", aggregate=Aggregate.COUNT, fields=(), unit="起", where=None)
    ledger.definitions.save(counted)
    number = next(item for item in ledger.frozen.changes(version.id) if item.id == FIRE.id)
    named = {(item.kind, item.id): item.way for item in number.records}
    assert named["hazard", found] is Way.REMOVED
    assert [named["response", item] for item in responses] == [Way.ADDED, Way.ADDED]
    assert {(kind, way) for (kind, _), way in named.items()} == {
        ("hazard", Way.REMOVED),
        ("response", Way.ADDED),
    }
