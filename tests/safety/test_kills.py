"""The program is killed (SIGKILL, as by the task manager) in the middle of what it does."""

from __future__ import annotations

import random

import pytest

from tests.safety import deeds, program
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, few_and_many, wished
from tests.safety.deeds import Deed
from tests.safety.program import Kill
from tests.safety.runs import killed, recording

_OFTEN = wished("kills", 1000)
_EACH = max(4, _OFTEN // 50)
_EARLY = 1500
"""Changes among which a save is killed: later ones are like them and take longer to wait for."""


@pytest.mark.parametrize("kills", few_and_many(3, _OFTEN, parts=4))
def test_what_was_said_to_be_saved_is_there(kills: int, draw: random.Random, reached: Reached) -> None:
    outcome = killed(deeds.SAVES, [_moment(draw) for _ in range(kills)], draw)
    reached("kill: save", outcome.tried, told=outcome.told, faults=_only(outcome), seconds=outcome.seconds)
    assert not outcome.faults, str(outcome)
    assert outcome.tried > kills * 0.8
    assert outcome.told > kills


def _moment(draw: random.Random) -> Kill:
    """Most a while after the first answer, some while it starts, some at a change of the disk."""
    way = draw.random()
    if way < 0.1:
        return Kill(seconds=draw.uniform(0.01, 1.0))
    if way < 0.4 and program.shim() is not None:
        return draw.choice(program.moments(draw, recording(deeds.SAVES).changes[:_EARLY], 3))
    return Kill(seconds=draw.uniform(0.0001, 0.3), answered=True)


_SHORT = [pytest.param(deed, 1, id=f"{deed.name}-few") for deed in (deeds.IMPORT, deeds.RESTORE)]
_LONG = [
    pytest.param(deed, _EACH, id=f"{deed.name}-many", marks=LONG)
    for deed in deeds.ALL
    if deed is not deeds.SAVES
]


@pytest.mark.parametrize(("deed", "kills"), [*_SHORT, *_LONG])
def test_everything_else_is_whole_or_not_at_all(
    deed: Deed, kills: int, draw: random.Random, reached: Reached
) -> None:
    """At every change of the disk, as far as there are so few; the long run also at moments of the clock."""
    program.need_shim()
    seen = recording(deed)
    chosen = program.moments(draw, seen.changes, kills)
    if kills >= _EACH:
        chosen += [Kill(seconds=draw.uniform(0.1, seen.seconds)) for _ in range(kills // 4)]
    outcome = killed(deed, chosen, draw)
    reached(
        f"kill: {deed.name}", outcome.tried, told=outcome.told, faults=_only(outcome), seconds=outcome.seconds
    )
    assert not outcome.faults, str(outcome)
    assert outcome.tried


def _only(outcome):
    return [fault for _, fault in outcome.faults]
