"""Lists of ids come out of SQLite's text as they went into it, in four bytes each where these are enough."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Sequence
from typing import Any

import peewee
import pytest

from mingxi_desktop.storage import gathering
from mingxi_desktop.storage.gathering import abreast, gathered, joined, numbers

_MOST = 89_999_999
"""The largest id that has eight digits with what is added to it."""


def text_of(ids: Sequence[int]) -> str:
    return json.dumps([number + gathering._ADDED for number in ids], separators=(",", ":"))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 8, 9, 63, 64, 65, 200])
def test_any_ids_are_read_in_pieces(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_PIECE", 8)
    chance = random.Random(count)
    ids = [chance.choice((1, _MOST, chance.randint(1, _MOST))) for _ in range(count)]
    found = numbers(text_of(ids))
    assert (found.tolist(), found.typecode) == (ids, gathering.NARROW)


@pytest.mark.parametrize("large", [_MOST + 1, 10**9, (1 << 32) - 1, 1 << 32, 1 << 62])
@pytest.mark.parametrize("place", [0, 3, 8, 20])
def test_ids_with_more_digits_are_read_as_well(
    large: int, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_PIECE", 8)
    ids = list(range(1, 21))
    ids.insert(place, large)
    assert numbers(text_of(ids)).tolist() == ids


def test_numbers_of_other_lengths_that_make_up_for_each_other_are_not_mistaken() -> None:
    for ids in ([10**8, -1], [10**9, -9_000_000], [-9_999_999, -9_999_999, 10**9], [-1, 10**8]):
        assert numbers(text_of(ids)).tolist() == ids


def test_the_file_gives_them_in_the_order_of_the_query() -> None:
    database = peewee.SqliteDatabase(":memory:")
    database.execute_sql("CREATE TABLE record (id INTEGER PRIMARY KEY, day INTEGER)")
    rows = [(1, 20240301), (20_000, 20240105), (5_000_000_000, 20240209)]
    database.execute_sql(
        "INSERT INTO record VALUES (?, ?), (?, ?), (?, ?)", [part for row in rows for part in row]
    )
    record: Any = peewee.Table("record", ("id", "day")).bind(database)
    ordered = record.select(record.id, record.day).order_by(record.day)
    days, ids = abreast(database, ordered, ("day", "id"))
    assert (days.tolist(), ids.tolist()) == ([20240105, 20240209, 20240301], [20_000, 5_000_000_000, 1])
    assert gathered(database, record.select(record.id).where(record.id < 0)).tolist() == []
    assert gathered(database, record.select(record.id).where(record.id < 9)).typecode == gathering.NARROW
    database.close()


def test_lists_one_after_another_take_four_bytes_an_id_where_these_are_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "_PIECE", 2)
    few, wide, large = array("I", [3, 1]), array("q", [7, 5, 6]), array("q", [1 << 32])
    found = joined([few, wide, few])
    assert (found.tolist(), found.typecode) == ([3, 1, 7, 5, 6, 3, 1], gathering.NARROW)
    assert joined([few, large]).tolist() == [3, 1, 1 << 32]
    assert joined([]).tolist() == []
