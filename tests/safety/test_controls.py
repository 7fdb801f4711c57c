"""Controls: the same harness has to find what a program loses that lacks one of the safeguards."""

from __future__ import annotations

import random

import pytest

from tests.safety import deeds, program
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, wished
from tests.safety.deeds import DAMAGED, LOST
from tests.safety.runs import cut_off, killed, recording

_OFTEN = wished("cuts", 600) // 4
_EARLY = 1500


@pytest.mark.parametrize(
    ("weak", "cuts"),
    [
        pytest.param(("synchronous=off",), 8, id="off-few"),
        pytest.param(("synchronous=off",), _OFTEN, id="off-many", marks=LONG),
        pytest.param(("journal_mode=wal", "synchronous=normal"), _OFTEN, id="wal-many", marks=LONG),
        pytest.param(("synchronous=normal",), _OFTEN, id="normal-many", marks=LONG),
        pytest.param(("journal_mode=delete", "locking_mode=normal"), _OFTEN, id="delete-many", marks=LONG),
    ],
)
def test_lost_saves_are_noticed(
    weak: tuple[str, ...], cuts: int, draw: random.Random, reached: Reached
) -> None:
    program.need_shim()
    outcome = cut_off(deeds.SAVES, cuts, draw, weak)
    found = [fault for _, fault in outcome.faults]
    name = ", ".join(weak)
    reached(
        f"CONTROL power cut: {name}", outcome.tried, told=outcome.told, faults=found, seconds=outcome.seconds
    )
    assert any(fault.kind in (LOST, DAMAGED) for fault in found)


@pytest.mark.parametrize(
    ("weak", "kind", "kills"),
    [
        pytest.param("late", LOST, 40, id="late-many", marks=LONG),
        pytest.param("journal_mode=memory", DAMAGED, 40, id="memory-many", marks=LONG),
    ],
)
def test_kills_are_noticed(weak: str, kind: str, kills: int, draw: random.Random, reached: Reached) -> None:
    program.need_shim()
    changes = recording(deeds.SAVES, (weak,)).changes[:_EARLY]
    outcome = killed(deeds.SAVES, program.moments(draw, changes, kills), draw, (weak,))
    found = [fault for _, fault in outcome.faults]
    reached(f"CONTROL kill: {weak}", outcome.tried, told=outcome.told, faults=found, seconds=outcome.seconds)
    assert any(fault.kind == kind for fault in found)
