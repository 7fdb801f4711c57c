"""What is made of the values of a column is remembered, but for so many only."""

from __future__ import annotations

from mingxi_desktop.exchange.writing.made_once import made_of


def test_a_value_is_made_once_and_many_values_do_not_fill_the_memory() -> None:
    asked: list[int] = []
    made = made_of(lambda value: asked.append(value) or str(value), distinct=False)
    assert [made(value) for value in (1, 2, 1, 2)] == ["1", "2", "1", "2"]
    assert asked == [1, 2]
    for value in range(9_000):
        made(value)
    assert len(made.__self__) < 5_000


def test_nothing_is_remembered_of_values_that_come_once() -> None:
    asked: list[int] = []
    made = made_of(asked.append, distinct=True)
    made(1)
    made(1)
    assert asked == [1, 1]
