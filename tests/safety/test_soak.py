"""The window driven at random for minutes (tests/soak): no fault, no word of Qt, a sound ledger, memory that stays."""

from __future__ import annotations

import os
import re

import pytest

from tests.safety.conftest import Reached
from tests.safety.counts import LONG
from tests.safety.deeds import DAMAGED, LEFT, Fault
from tests.soak.driven import drive

_MINUTES = float(os.environ.get("MINGXI_SAFETY_MINUTES", "2"))
_SEED = int(os.environ.get("MINGXI_SAFETY_SEED", "1"))
_MOST_GROWTH = 60
"""Megabytes a minute after the first one, when every page has been made."""


@pytest.mark.parametrize("seed", [pytest.param(_SEED + more, marks=LONG) for more in range(2)])
def test_the_window_stands_the_monkey(seed: int, reached: Reached) -> None:
    done = drive(_MINUTES, seed, longest=_MINUTES * 60 + 1800)
    found = re.search(r"seed \d+: ([\d,]+) actions in (\d+) s, memory ([\d ]+) MB", done.said)
    assert found is not None, done.story
    memory = [int(size) for size in found[3].split()]
    faults = [Fault(DAMAGED, done.story)] if done.code else []
    if len(memory) > 3 and memory[-1] - memory[1] > _MOST_GROWTH * (len(memory) - 2):
        faults.append(Fault(LEFT, f"memory {memory} MB"))
    tried = int(found[1].replace(",", ""))
    reached("actions in the window at random", tried, told=tried, faults=faults, seconds=float(found[2]))
    assert not faults, f"memory {memory} MB\n{done.story}"
