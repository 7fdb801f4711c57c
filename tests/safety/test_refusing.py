"""Everything that writes, with the disk full, over the quota or failing after each of its writes."""

from __future__ import annotations

import errno
import tempfile
import time
from pathlib import Path

import pytest

from tests.safety import refusing, steps
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, wished
from tests.safety.deeds import Fault
from tests.safety.steps import STEPS

_EACH = wished("refusals", 12)
"""Places at which each step is refused, for each of the three reasons fewer."""
_WAYS = ((errno.ENOSPC, 1), (errno.EDQUOT, 4), (errno.EIO, 1))
"""Error numbers, and how many times fewer places each is tried at."""
_TOO_LONG = {"demo": 4000}
"""Steps that are not done undisturbed first, and about how many changes they make."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=LONG, id=name) for name in STEPS])
def test_nothing_is_half_done_whatever_the_disk_refuses(name: str, tmp_path: Path, reached: Reached) -> None:
    tried, found, seconds = refused(name, tmp_path, _EACH)
    reached("disk refuses", tried, told=tried, faults=[fault for _, fault in found], seconds=seconds)
    assert not found, "\n".join(f"{where}: {fault}" for where, fault in found)


@pytest.mark.parametrize("name", ["define", "opening password"])
def test_a_disk_that_was_full_before(name: str, tmp_path: Path) -> None:
    step = STEPS[name]
    folder = steps.prepared(step, tmp_path)
    done = refusing.do(folder, step, at=1, fault=errno.ENOSPC)
    assert done.code == 1
    assert refusing.faults(folder, step, done, errno.ENOSPC) == []


def refused(name: str, place: Path, most: int) -> tuple[int, list[tuple[str, Fault]], float]:
    """(how often it was tried, what was found wrong and where, seconds)."""
    began = time.monotonic()
    step = STEPS[name]
    tried = 0
    found: list[tuple[str, Fault]] = []
    for number, fewer in _WAYS:
        room = number in refusing.FULL
        total = _TOO_LONG.get(name) or refusing.changes_of(step, _made(place / str(number)), room=room)
        for at in refusing.spread(total, max(2, most // fewer)):
            with tempfile.TemporaryDirectory(dir=place) as own:
                folder = steps.prepared(step, Path(own))
                done = refusing.do(folder, step, at=at, fault=number)
                where = f"{errno.errorcode[number]} at change {at} of {total}"
                found += [(where, fault) for fault in refusing.faults(folder, step, done, number)]
                tried += 1
    return tried, found, time.monotonic() - began


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
