"""Counts by option, and the numbers that a run reached."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.safety import program
from tests.safety.deeds import DAMAGED, LEFT, LOST, Fault

Reached = Callable[..., None]


@pytest.fixture(scope="session", autouse=True)
def nothing_left() -> Iterator[None]:
    """What the tests share goes when they end; an interpreter that xdist ends calls no atexit."""
    yield
    program.clear()


@pytest.fixture
def reached() -> Reached:
    """Note what a test reached, for the table of `dev.py test --safety`: see `_reach`."""
    return _reach


def _reach(
    what: str, tried: int, *, told: int = 0, faults: Sequence[Fault] = (), seconds: float = 0.0
) -> None:
    """One line, or a part of one: lines of the same `what` are added up.

    tried: kills, cuts, flips …  told: what the program had said was done.  faults: what was found wrong.
    """
    place = os.environ.get("MINGXI_SAFETY_NUMBERS")
    if place is None:
        return
    kinds = [fault.kind for fault in faults]
    line = {
        "what": what,
        "tried": tried,
        "told": told,
        "lost": kinds.count(LOST),
        "damaged": kinds.count(DAMAGED),
        "left": kinds.count(LEFT),
        "seconds": seconds,
    }
    with Path(place).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(line, ensure_ascii=False)}\n")


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> random.Random:
    """Chance, the same in every run of the same seed; another for each test."""
    return random.Random(f"{os.environ.get('MINGXI_SAFETY_SEED', '1')} {request.node.name}")
