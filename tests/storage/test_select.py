"""Long lists come from indexes alone, in the order that SQLite's own sorting would give them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.storage import derived, gathering, grouping, sections, select, share
from mingxi_desktop.storage.schema import Schema
from tests.bench.hazards import YEAR
from tests.storage.conftest import HAZARDS

HAZARD = kind_of("hazard")
SHOWN = [field for field in HAZARD.fields if field.column or field.filter]
JUNE = Range(datetime.date(YEAR, 6, 1), datetime.date(YEAR, 6, 30))
FILTERS: tuple[tuple[tuple[str, Any], ...], ...] = (
    (), (("area", ("area:2",)),), (("area", ("area:2", "area:3")),), (("level", ("一般",)), ("area", ("area:2",))),
    (("record_date", JUNE),), (("status", ("逾期",)),), (("campaign", ("防汛",)), ("field", ("消防", "工贸"))),
)  # fmt: skip


def asked(**more: Any) -> Query:
    return Query("hazard", **{"year": YEAR, **more})


def plain(schema: Schema, query: Query) -> list[int]:
    """The ids as one statement sorts them."""
    table = schema.table["hazard"]
    rows = (
        table.select(table.id).where(select.condition(schema, query)).order_by(*select.order(schema, query))
    )
    return [row[0] for row in rows.tuples()]


def plan(schema: Schema, query: Any) -> list[str]:
    statement, values = query.sql()
    return [
        row[3] for row in schema.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    ]


@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_as_one_statement_would(schema: Schema, *, descending: bool) -> None:
    for field in SHOWN:
        for where in FILTERS[:3]:
            query = asked(sort=((field.name, descending),), where=where)
            found = select.ids(schema, query)
            assert list(found) == plain(schema, query), field.name
            assert len(found) == select.count(schema, query)


@pytest.mark.parametrize("search", ["", "灭火"])
def test_a_sort_of_some_records_is_that_of_one_statement(
    schema: Schema, monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    """Whether all of the year are listed, or those chosen alone."""
    for where in (*FILTERS, (("owner", ("王某",)),), (("record_date", JUNE), ("level", ("一般",)))):
        for place, field in enumerate(SHOWN):
            query = asked(sort=((field.name, bool(place % 2)),), where=where, search=search)
            expected = plain(schema, query)
            for least in (1, 10**9):
                monkeypatch.setattr(select, "_LOOKED_UP", least)
                assert list(select.ids(schema, query)) == expected, (query, least)


@pytest.mark.parametrize("seed", range(4))
def test_the_records_meant_are_those_that_python_finds(schema: Schema, seed: int) -> None:
    chance = random.Random(seed)
    rows = list(schema.table["hazard"].select().dicts())
    stored = [field.name for field in HAZARD.fields if field.stored]
    for _ in range(60):
        where = tuple(
            (name, drawn(chance, rows, name)) for name in chance.sample(stored, chance.choice((1, 1, 2)))
        )
        expected = sorted(
            (
                (row["record_date"], row["id"])
                for row in rows
                if all(meets(row[name], some) for name, some in where)
            ),
            reverse=True,
        )
        assert list(select.ids(schema, asked(where=where))) == [number for _, number in expected], where


def drawn(chance: random.Random, rows: list[dict[str, Any]], name: str) -> tuple[Any, ...] | Range:
    """Some values that records have, perhaps none among them, or a span of them."""
    values = [row[name] for row in chance.sample(rows, 3)]
    filled = sorted(value for value in values if value is not None)
    if filled and HAZARD.field(name).type is not FieldType.REF and chance.random() < 0.4:
        return Range(chance.choice((None, filled[0])), chance.choice((None, filled[-1])))
    return tuple(
        {value if value is not None else EMPTY for value in values} | {chance.choice((EMPTY, values[0]))}
    )


def meets(value: Any, some: tuple[Any, ...] | Range) -> bool:
    """Whether a value is one of some, or lies in a span."""
    if isinstance(some, Range):
        if some.low is None and some.high is None:
            return True
        within = value is not None and (some.low is None or value >= some.low)
        return within and (some.high is None or value <= some.high)
    return value in some or (value in (None, "") and (EMPTY in some or None in some))


def test_records_sorted_by_an_index_are_not_looked_up_to_see_whether_they_are_meant(schema: Schema) -> None:
    for name in ("description", "quantity_found", "field"):
        query = asked(sort=((name, False),), where=(("area", ("area:2",)),))
        steps = [
            step for step in statements(schema, lambda query=query: select.ids(schema, query)) if "t1" in step
        ]
        assert steps
        assert all("COVERING INDEX" in step for step in steps), steps


def test_a_month_beside_other_filters_is_a_part_of_the_index(schema: Schema) -> None:
    query = asked(where=(("area", ("area:2", "area:3")), ("record_date", JUNE)))
    steps = statements(schema, lambda: select.ids(schema, query))
    assert "record_date>? AND record_date<?" in steps[1], steps


@pytest.mark.parametrize("name", [field.name for field in SHOWN if select.is_grouped(HAZARD, field.name)])
def test_a_sort_by_groups_is_one_walk_along_their_index(schema: Schema, name: str) -> None:
    """The order of the records within a group is that of the index, so that no other plan may be taken."""
    walks = [
        step
        for step in statements(schema, lambda: select.ids(schema, asked(sort=((name, False),))))
        if "t1" in step or "TEMP B-TREE" in step
    ]
    assert len(walks) == 1, walks
    assert f"COVERING INDEX hazard_deleted_at_year_{name}_record_date_id" in walks[0]


@pytest.mark.parametrize("sort", [(), (("record_date", True),), (("record_date", False),)])
@pytest.mark.parametrize(
    "more",
    [{"search": "灭火"}, {"search": "一"}, {"search": "yl 1"}, {"search": "不在"}, {"year": None}, {"ids": (7, 300, 5)}]
    + [{"search": "一", "where": where} for where in FILTERS[1:]],
    ids=str,
)  # fmt: skip
def test_what_is_found_in_the_whole_table_is_not_sorted_by_sqlite(
    schema: Schema, more: Any, sort: Any
) -> None:
    query = asked(sort=sort, **more)
    steps = statements(schema, lambda: select.ids(schema, query))
    assert list(select.ids(schema, query)) == plain(schema, query)
    assert not [step for step in steps if "ORDER BY" in step], steps


def test_groups_of_what_is_found_are_in_order_of_day(schema: Schema) -> None:
    for descending in (True, False):
        query = asked(search="一", sort=(("record_date", descending),))
        parts = select.distributed(schema, query, {"area": schema.column("hazard", "area")})
        ids = plain(schema, query)
        assert sorted(number for part in parts.values() for number in part) == sorted(ids)
        for highest, part in parts.items():
            assert highest == max(part)
            assert list(part) == [number for number in ids if number in set(part)]


@pytest.mark.parametrize("where", FILTERS, ids=lambda where: "-".join(name for name, _ in where))
def test_a_filter_reads_an_index_and_sorts_nothing(schema: Schema, where: Any) -> None:
    table = schema.table["hazard"]
    query = asked(where=where)
    chosen = table.select(table.id).where(select.condition(schema, query))
    steps = plan(schema, chosen.order_by(*select.order(schema, query)))
    assert "COVERING INDEX hazard_deleted_at_year" in steps[0], steps
    assert "(deleted_at=? AND year=?" in steps[0]
    assert not [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("name", [field.name for field in SHOWN if field.stored and field.name != "campaign"])
def test_a_sort_reads_an_index_and_sorts_nothing(schema: Schema, name: str) -> None:
    table = schema.table["hazard"]
    column = schema.column("hazard", name)
    ties = (table.record_date, table.id) if select.is_grouped(HAZARD, name) else (table.id,)
    chosen = table.select(table.id).where(select.condition(schema, asked())).order_by(column, *ties)
    [step] = plan(schema, chosen)
    assert "COVERING INDEX" in step


@pytest.mark.parametrize("name", [field.name for field in SHOWN if select.is_grouped(HAZARD, field.name)])
def test_groups_with_their_sums_read_an_index_alone(schema: Schema, name: str) -> None:
    table = schema.table["hazard"]
    column = schema.column("hazard", name)
    sums = [grouping.raw(schema, HAZARD, field.name) for field in HAZARD.fields if field.total]
    counted = table.select(column, *sums).where(select.condition(schema, asked()) & (table.in_total == 1))
    [step] = plan(schema, counted.group_by(column))
    assert "COVERING INDEX" in step


def statements(schema: Schema, work: Callable[[], object]) -> list[str]:
    """The steps of SQLite's plans of all that is asked meanwhile."""
    asked: list[str] = []
    connection = schema.database.connection()
    connection.set_trace_callback(asked.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [
        row[3]
        for statement in asked
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    ]


@pytest.mark.parametrize("where", FILTERS[1:4], ids=lambda where: "-".join(name for name, _ in where))
@pytest.mark.parametrize("name", ["field", "level", "area"])
def test_a_filter_and_a_sort_by_something_else_look_up_nothing(schema: Schema, where: Any, name: str) -> None:
    query = asked(where=where, sort=((name, False),))
    if all(asked_for != name for asked_for, _ in where):
        steps = statements(schema, lambda: select.ids(schema, query))
        walks = [step for step in steps if "deleted_at" in step]
        assert walks
        assert all("COVERING" in step for step in walks), steps
    assert list(select.ids(schema, query)) == plain(schema, query)


def test_groups_by_two_fields_look_up_nothing(schema: Schema) -> None:
    names = ("count", *(field.name for field in HAZARD.fields if field.total and field.stored))
    for by in (("field", "level"), ("area", "status"), ("area", "record_date")):
        steps = statements(schema, lambda by=by: grouping.grouped(schema, asked(), by, names))
        assert "COVERING" in steps[0], steps
        found = sections.sectioned(schema, asked(), by, names[1:])
        assert [len(found[0])] == [sum(number for _, number, _ in found[1])]
    steps = statements(schema, lambda: grouping.grouped(schema, asked(), ("area", "record_date"), ("count",)))
    assert not [step for step in steps if "TEMP B-TREE" in step], "in the order of the index"


def test_groups_that_no_index_has_are_read_from_front_to_back_where_they_are_most(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first() -> str:
        steps = statements(schema, lambda: grouping.grouped(schema, asked(), ("area", "place"), ("count",)))
        return [step for step in steps if step.startswith(("SCAN t1", "SEARCH t1 USING"))][-1]

    assert first() == "SCAN t1"
    monkeypatch.setattr(share, "_SHARE", 0.5)
    assert first().startswith("SEARCH t1 USING INDEX")


def test_a_search_reads_the_table_from_front_to_back(schema: Schema) -> None:
    table = schema.table["hazard"]
    for where in ((), FILTERS[1], FILTERS[3]):
        step, *_ = plan(
            schema, table.select(table.id).where(select.condition(schema, asked(search="灭火", where=where)))
        )
        assert step.startswith("SCAN")


def test_a_search_asks_for_its_words_first(schema: Schema) -> None:
    """What else is asked of a record is taken apart only of those that have them."""
    table = schema.table["hazard"]
    for where in ((), FILTERS[1], FILTERS[3]):
        text, _ = (
            table.select(table.id).where(select.condition(schema, asked(search="灭火", where=where))).sql()
        )
        assert text.index('"search" LIKE') < min(text.index('"deleted_at"'), text.index('"year"'))


def test_what_is_looked_up_by_one_value_has_an_index(schema: Schema) -> None:
    table = schema.table["hazard"]
    alive = table.deleted_at.is_null()
    for where, index in (
        ((table.year == YEAR) & (table.code == "x"), "hazard_code"),
        (table.place == "enterprise:1", "hazard_place"),
        (select.condition(schema, Query("hazard", year=YEAR, batch=3)), "hazard_batch"),
        (select.condition(schema, Query("hazard", year=YEAR, ids=(1, 2))), "INTEGER PRIMARY KEY"),
    ):
        assert index in plan(schema, table.select(table.note).where(alive & where))[0]
    for kind, field in (("enforcement_case", "hazard"), ("response", "event"), ("supply_movement", "event")):
        other = schema.table[kind]
        where = other.deleted_at.is_null() & (other._meta.fields[field] == 1)
        assert f"({field}=?)" in plan(schema, other.select(other.note).where(where))[0]


def test_months_are_added_up_from_days(schema: Schema) -> None:
    months = grouping.grouped(schema, asked(), ("month",), ("count", "quantity_found"))
    both = grouping.grouped(schema, asked(), ("month", "area"), ("count", "quantity_found"))
    turned = grouping.grouped(schema, asked(), ("area", "month"), ("count", "quantity_found"))
    assert [row[0] for row in months] == list(range(1, 13))
    assert sum(row[1] for row in months) == HAZARDS
    assert sorted(both) == sorted((month, area, *sums) for area, month, *sums in turned)
    steps = statements(schema, lambda: grouping.grouped(schema, asked(), ("area", "month"), ("count",)))
    assert steps[0].startswith("CO-ROUTINE"), "the days"
    assert "COVERING" in steps[1], steps
    assert steps[2].startswith("SCAN"), "of the days, which need no order of their own"
    for month, number, found in months:
        assert [number, found] == [
            sum(column) for column in zip(*[r[2:] for r in both if r[0] == month], strict=True)
        ]


def test_numbers_come_over_in_pieces(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = select.ids(schema, asked())
    monkeypatch.setattr(gathering, "_PIECE", 7)
    assert select.ids(schema, asked()) == whole
    assert len(whole) == HAZARDS
    assert not select.ids(schema, asked(year=1999))


def test_years_are_found_without_reading_records(schema: Schema) -> None:
    assert grouping.years(schema) == [YEAR]


def test_what_is_overdue_in_any_year_is_read_from_the_index_of_what_is_open(schema: Schema) -> None:
    table = schema.table["hazard"]
    query = Query("hazard", where=(("status", ("逾期",)),), sort=(("due_date", False),))
    counted = table.select(table.area, table.due_date).where(select.condition(schema, query))
    scan, *rest = plan(schema, counted.group_by(table.area, table.due_date))
    assert "SCAN t1 USING COVERING INDEX hazard_area_due_date" in scan
    assert not [step for step in rest if "TEMP B-TREE" in step]
    status = derived.expression(schema, "hazard", "status")
    same = table.select(table.id).where(table.deleted_at.is_null() & (status == "逾期"))
    assert 0 < len(same) < HAZARDS
    assert sorted(select.ids(schema, query)) == sorted(row[0] for row in same.tuples())
