from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.exchange.reading.patience import Patience


def over_at(looks: Sequence[tuple[float, float]], already: float = 0.0) -> int | None:
    """Which of the looks (seconds by the clock, of processor time) ends a patience of 28 s."""
    now = [0.0, already]
    patience = Patience(28, lambda: now[1], lambda: now[0])
    for place, (clock, spent) in enumerate(looks):
        now[:] = clock, already + spent
        if patience.over():
            return place
    return None


def evenly(until: int, part: float) -> list[tuple[float, float]]:
    """Looks every half second at a process that gets this part of the processor."""
    return [(place / 2, place / 2 * part) for place in range(2 * until)]


def test_a_process_that_gets_little_of_the_processor_may_go_on() -> None:
    assert over_at(evenly(200, 0.1)) is None


def test_one_that_works_all_the_time_has_28_seconds() -> None:
    found = over_at(evenly(60, 1))
    assert found is not None
    assert 28 <= evenly(60, 1)[found][0] <= 30


def test_what_it_spent_on_earlier_files_does_not_count() -> None:
    assert over_at(evenly(200, 0.1), already=500) is None


def test_one_that_stands_still_is_over_as_soon() -> None:
    looks = [(1, 0.5), *((1 + place / 2, 0.5) for place in range(1, 100))]
    found = over_at(looks)
    assert found is not None
    assert 28 <= looks[found][0] <= 30


def test_one_that_goes_on_without_end_is_over_at_last() -> None:
    found = over_at(evenly(400, 0.05))
    assert found is not None
    assert 280 <= evenly(400, 0.05)[found][0] <= 281


def test_a_computer_that_slept_for_an_hour_is_no_hang() -> None:
    assert over_at([(1, 0.5), (1.5, 0.9), (3601.5, 0.9), (3602, 1.3)]) is None
