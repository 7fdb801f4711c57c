from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as some

from mingxi_desktop.ledger.demo.chance import Chance, later


@given(some.integers(0, 5000), some.lists(some.floats(0.1, 9), min_size=1, max_size=30), some.integers(0, 3))
def test_parts_add_up_and_none_is_too_small(total, weights, least):
    total += least * len(weights)
    parts = Chance("parts").split(total, weights, least=least)
    assert sum(parts) == total
    assert min(parts) >= least


def test_what_has_no_weight_gets_nothing():
    assert Chance("weights").split(500, [1, 0, 3])[1] == 0


@given(some.integers(60_000, 900_000))
def test_amounts_add_up_to_the_last_yuan(total):
    amounts = Chance("fines").amounts(total, 150, (200, 500, 1000, 5000, 20_000))
    assert sum(amounts) == total
    assert len(amounts) == 150
    assert sum(amount not in (200, 500, 1000, 5000, 20_000) for amount in amounts) <= 1


def test_equal_seeds_give_equal_numbers():
    first, second = Chance("same"), Chance("same")
    assert [first.whole(0, 10**6) for _ in range(5)] == [second.whole(0, 10**6) for _ in range(5)]
    assert Chance("other").whole(0, 10**6) != Chance("same").whole(0, 10**6)


def test_workdays_are_no_weekends():
    chance = Chance("days")
    days = [chance.workday(2024, month) for month in range(1, 13) for _ in range(20)]
    assert all(day.weekday() < 5 for day in days)
    assert {day.month for day in days} == set(range(1, 13))


def test_later_stops_at_the_last_day():
    day, last = datetime.date(2024, 12, 28), datetime.date(2024, 12, 31)
    assert later(day, 2) == datetime.date(2024, 12, 30)
    assert later(day, 9, last) == last
