from __future__ import annotations

import random
from array import array

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage import in_turn


def in_turn_of(found, sort=()):
    days, numbers = [day for day, _ in found], array("q", [number for _, number in found])
    return list(in_turn.ids(Query("hazard", sort=sort), in_turn.by_day(days, numbers)))


@pytest.mark.parametrize(
    ("sort", "descending"), [((), True), ((("record_date", True),), True), ((("record_date", False),), False)]
)
def test_records_come_by_day_and_by_number_however_they_were_found(sort, descending):
    found = [(20240105, 7), (20240301, 2), (0, 4), (20240105, 3), (20240105, 9), (0, 1), (20240301, 5)]
    assert in_turn_of(found, sort) == [record for _, record in sorted(found, reverse=descending)]


def test_nothing_found_is_an_empty_list():
    assert in_turn_of([]) == []


@pytest.mark.parametrize("seed", range(5))
def test_any_records_are_as_if_sorted(seed):
    chance = random.Random(seed)
    numbers = [*chance.sample(range(1, 1 << 40), 60), (1 << 32) - 1]
    found = [(chance.choice((0, 20231231, 20240101, 20240229)), number) for number in numbers]
    assert in_turn_of(found) == [number for _, number in sorted(found, reverse=True)]


@pytest.mark.parametrize("seed", range(5))
def test_those_chosen_stay_in_the_order_of_all(seed):
    chance = random.Random(seed)
    ordered = array("q", chance.sample(range(1, 500), chance.choice((0, 1, 200))))
    chosen = array("q", chance.sample(ordered, len(ordered) // 2))
    assert list(in_turn.met(ordered, chosen)) == [number for number in ordered if number in chosen]
