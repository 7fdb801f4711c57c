"""Files attached to a record: killed, cut off from its power, what was said to be attached is there and whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.safety import deeds, program
from tests.safety.conftest import Reached
from tests.safety.counts import few_and_many, wished
from tests.safety.deeds import LOST, Deed, Fault
from tests.safety.program import LEDGER
from tests.safety.runs import cut_off, killed, recording

_FILES = 4


def _prepared(folder: Path) -> None:
    deeds.filled(folder)
    for number in range(_FILES):
        (folder / f"照片{number}.jpg").write_bytes(bytes([number]) * 3000)


def _attached(folder: Path, said: bytes) -> list[Fault]:
    """A file that is at the record is whole, which the ledger's own check finds; those that were said are."""
    with deeds.opened(folder / LEDGER) as (ledger, found):
        there = [one.name for one in ledger.attachments("hazard", 1)]
        told = deeds.acknowledged(said)
        found += [Fault(LOST, name) for name in told if name not in there]
        if len(there) > len(told) + 1:
            found.append(Fault(LOST, f"{there}, {told} said to be attached"))
    return found


ATTACH = Deed(
    "attach",
    _prepared,
    lambda folder: [str(folder / f"照片{number}.jpg") for number in range(_FILES)],
    _attached,
    kept=("照片?.jpg", "附件/*"),
    program="tests.safety.attaching_program",
)


@pytest.mark.parametrize("kills", few_and_many(2, wished("kills", 1000) // 20))
def test_attached_files_outlast_kills(kills: int, draw: random.Random, reached: Reached) -> None:
    program.need_shim()
    outcome = killed(ATTACH, program.moments(draw, recording(ATTACH).changes, kills), draw)
    _judge("kill", outcome, reached)


@pytest.mark.parametrize("cuts", few_and_many(4, wished("cuts", 600) // 4))
def test_attached_files_outlast_power_cuts(cuts: int, draw: random.Random, reached: Reached) -> None:
    program.need_shim()
    _judge("power cut", cut_off(ATTACH, cuts, draw), reached)


def _judge(what, outcome, reached: Reached) -> None:
    faults = [fault for _, fault in outcome.faults]
    reached(f"{what}: attach", outcome.tried, told=outcome.told, faults=faults, seconds=outcome.seconds)
    assert not outcome.faults, str(outcome)
    assert outcome.tried
