"""The first rows of a list are those of the whole list, and come from a few records of an index."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.storage import beginning, select
from mingxi_desktop.storage.schema import Schema
from tests.bench.hazards import YEAR

HAZARD = kind_of("hazard")
SHOWN = [field.name for field in HAZARD.fields if field.column or field.filter]
JUNE = Range(datetime.date(YEAR, 6, 1), datetime.date(YEAR, 6, 30))
FILTERS: tuple[tuple[tuple[str, Any], ...], ...] = (
    (), (("area", ("area:2", "area:3")),), (("level", ("一般",)), ("area", ("area:2",))), (("record_date", JUNE),),
    (("status", ("逾期",)), ("record_date", JUNE)), (("owner", ("王某",)),), (("place", (None,)),),
)  # fmt: skip
SORTS = ((), *[((name, descending),) for name in (*SHOWN, "owner") for descending in (True, False)])
BY_TWO = (
    (("status", True), ("area", False)),
    (("status", False), ("record_date", True)),
    (("level", False), ("status", True)),
)


def asked(**more: Any) -> Query:
    return Query("hazard", **{"year": YEAR, **more})


@pytest.mark.parametrize("where", FILTERS, ids=lambda where: "-".join(name for name, _ in where))
def test_the_first_rows_are_those_of_the_whole_list(
    schema: Schema, monkeypatch: pytest.MonkeyPatch, where: Any
) -> None:
    for place, sort in enumerate((*SORTS, *BY_TWO)):
        for search in ("", "灭火")[place % 2 :]:
            query = asked(sort=sort, where=where, search=search)
            whole = select.ids(schema, query)
            for walked in (3_000, 40, 7):
                monkeypatch.setattr(beginning, "_WALKED", walked)
                monkeypatch.setattr(beginning, "_PASSED", walked)
                first = beginning.first_ids(schema, query, 30)
                assert first is None or (first and first == whole[: len(first)]), (query, walked)


def test_every_sort_of_a_year_has_its_first_rows_but_where_no_index_orders_it(schema: Schema) -> None:
    none = {
        sort[0][0] for sort in SORTS if sort and beginning.first_ids(schema, asked(sort=sort), 30) is None
    }
    assert none == {"campaign", "owner"}
    for sort in SORTS[1:]:
        if sort[0][0] not in none:
            assert len(beginning.first_ids(schema, asked(sort=sort), 30) or ()) == 30, sort


def test_where_nothing_is_found_among_the_records_walked_the_list_is_waited_for(schema: Schema) -> None:
    assert beginning.first_ids(schema, asked(search=" "), 5) == select.ids(schema, asked())[:5]
    assert beginning.first_ids(schema, asked(search="不在"), 5) is None
    for other in ({"year": None}, {"ids": (3, 1)}, {"batch": 1}, {"trash": True}):
        assert beginning.first_ids(schema, asked(**other), 5) is None


def test_a_field_of_too_many_values_is_not_put_in_order_for_its_first_rows(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = asked(sort=(("area", False),))
    monkeypatch.setattr(beginning, "_WALKED", 3)
    assert beginning.first_ids(schema, query, 3) is None


def test_records_of_a_place_come_by_its_name_without_a_look_at_all_places(schema: Schema) -> None:
    connection = schema.database.connection()
    asked_for: list[str] = []
    for descending in (True, False):
        query = asked(sort=(("place", descending),))
        whole = select.ids(schema, query)
        connection.set_trace_callback(asked_for.append)
        try:
            assert beginning.first_ids(schema, query, 3) == whole[:3]
        finally:
            connection.set_trace_callback(None)
    [places] = connection.execute("SELECT count(DISTINCT place) FROM hazard").fetchone()
    assert len(asked_for) < places / 2, asked_for


@pytest.mark.parametrize("sort", SORTS, ids=str)
def test_the_first_rows_are_walked_along_an_index_and_never_sorted(schema: Schema, sort: Any) -> None:
    """Each statement seeks in an index with its order, reads single records, or ranks one record of each group."""
    connection = schema.database.connection()
    statements: list[str] = []
    for where in FILTERS[:5:2]:
        connection.set_trace_callback(statements.append)
        try:
            beginning.first_ids(schema, asked(sort=sort, where=where), 30)
        finally:
            connection.set_trace_callback(None)
    for statement in dict.fromkeys(statements):
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()]
        if 'FROM "reference" AS "t1"' in statement:
            continue  # the names of a list, which is short beside its records
        bounded = "LIMIT" in statement or "json_each" in statement or '"id" IN (' in statement
        assert bounded, statement
        assert not [step for step in steps if step.startswith("SCAN t1")], steps
        if "LIMIT" in statement:
            assert not [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step], (statement, steps)
