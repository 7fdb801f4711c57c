"""The power is cut: simulated from the program's own system calls, see disk.py."""

from __future__ import annotations

import random

import pytest

from tests.safety import deeds, program
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, few_and_many, wished
from tests.safety.deeds import Deed
from tests.safety.runs import cut_off

_OFTEN = wished("cuts", 600)
_EACH = max(4, _OFTEN // 15)


@pytest.mark.parametrize("cuts", few_and_many(8, _OFTEN, parts=2))
def test_what_was_said_to_be_saved_is_there(cuts: int, draw: random.Random, reached: Reached) -> None:
    _cut(deeds.SAVES, cuts, draw, reached)


_SHORT = [pytest.param(deed, 2, id=f"{deed.name}-few") for deed in (deeds.IMPORT, deeds.RESTORE)]
_LONG = [
    pytest.param(deed, _EACH, id=f"{deed.name}-many", marks=LONG)
    for deed in deeds.ALL
    if deed is not deeds.SAVES
]


@pytest.mark.parametrize(("deed", "cuts"), [*_SHORT, *_LONG])
def test_everything_else_is_whole_or_not_at_all(
    deed: Deed, cuts: int, draw: random.Random, reached: Reached
) -> None:
    _cut(deed, cuts, draw, reached)


def _cut(deed: Deed, cuts: int, draw: random.Random, reached: Reached) -> None:
    program.need_shim()
    outcome = cut_off(deed, cuts, draw)
    found = [fault for _, fault in outcome.faults]
    reached(
        f"power cut: {deed.name}", outcome.tried, told=outcome.told, faults=found, seconds=outcome.seconds
    )
    assert not outcome.faults, str(outcome)
