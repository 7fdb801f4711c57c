"""Deeds done once to see what they change on the disk, and done again to be killed."""

from __future__ import annotations

import copy
import functools
import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.safety import recorded
from tests.safety.deeds import LEFT, Deed, Fault, acknowledged
from tests.safety.disk import Disk
from tests.safety.program import LEDGER, Kill, Run, run, scratch
from tests.safety.recorded import SAID, Change

_LONGEST_RECOVERY = 40
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Recording:
    """A deed done undisturbed.  before: the disk at its start.  changes: what it did.  seconds: how long it took."""

    before: Disk
    changes: Sequence[Change]
    seconds: float


@dataclass
class Outcome:
    """What came of many kills or cuts."""

    tried: int
    told: int
    faults: list[tuple[str, Fault]]
    """(when, what)."""
    seconds: float

    def __str__(self) -> str:
        return "\n".join(f"{when}: {fault}" for when, fault in self.faults[:20])


@functools.cache
def recording(deed: Deed, weak: tuple[str, ...] = ()) -> Recording:
    """The deed, recorded; weak: see weakened.py."""
    with tempfile.TemporaryDirectory(prefix="mingxi-safety-") as own:
        folder = _prepared(deed, Path(own))
        before = Disk(folder)
        log = Path(own) / "log"
        done = run(folder, deed.arguments(folder), stdin=deed.stdin, log=log, weak=weak, program=deed.program)
        assert done.code == 0, done.complaint
        changes = recorded.read(log)
        assert recorded.said(changes) == done.said
        return Recording(before, changes, done.seconds)


def killed(deed: Deed, kills: Sequence[Kill], draw: random.Random, weak: tuple[str, ...] = ()) -> Outcome:
    """The deed, killed at each of these moments, on a fresh folder each time; a quarter again in the recovery."""
    started = time.monotonic()
    outcome = Outcome(0, 0, [], 0.0)
    for kill in kills:
        with tempfile.TemporaryDirectory(prefix="mingxi-safety-") as own:
            folder = _prepared(deed, Path(own))
            done = run(
                folder, deed.arguments(folder), stdin=deed.stdin, kill=kill, weak=weak, program=deed.program
            )
            _undisturbed_is_well(done)
            if kill.change and draw.random() < 0.25:
                run(folder, ["verify"], kill=Kill(draw.randint(1, _LONGEST_RECOVERY)))
            outcome.faults += [(f"killed {kill}", fault) for fault in deed.faults(folder, done.said)]
            outcome.told += len(acknowledged(done.said))
            outcome.tried += done.killed
    outcome.seconds = time.monotonic() - started
    return outcome


def cut_off(deed: Deed, cuts: int, draw: random.Random, weak: tuple[str, ...] = ()) -> Outcome:
    """The power cut that many times while the deed is done; at each cut one state that the disk may be in."""
    started = time.monotonic()
    seen = recording(deed, weak)
    outcome = Outcome(0, 0, [], 0.0)
    for place, disk in _at(seen, sorted(_places(seen, cuts, draw))):
        with tempfile.TemporaryDirectory(prefix="mingxi-safety-") as own:
            folder = Path(own) / "台账"
            disk.found(draw, folder)
            said = recorded.said(seen.changes[:place])
            faults = [one for one in deed.faults(folder, said if deed.durable else b"") if not _rubbish(one)]
        outcome.faults += [
            (f"power cut after change {place} of {len(seen.changes)}", fault) for fault in faults
        ]
        outcome.told += len(acknowledged(said))
        outcome.tried += 1
    outcome.seconds = time.monotonic() - started
    return outcome


def _rubbish(fault: Fault) -> bool:
    """A journal that was never synced may be rubbish, which the program puts aside: it might be somebody's."""
    return fault.kind == LEFT and fault.what.startswith(f"{LEDGER}-journal-")


def _places(seen: Recording, cuts: int, draw: random.Random) -> list[int]:
    """Where to cut: half of them right after something was said or a name was changed, where most is at stake."""
    tense = [
        number
        for number, change in enumerate(seen.changes, 1)
        if change.what in (SAID, recorded.RENAME, recorded.UNLINK)
    ]
    chosen = [draw.choice(tense) if tense and draw.random() < 0.5 else 0 for _ in range(cuts)]
    return [place or draw.randint(1, len(seen.changes)) for place in chosen]


def _at(seen: Recording, places: Sequence[int]) -> Iterator[tuple[int, Disk]]:
    disk, made = copy.deepcopy(seen.before), 0
    for place in places:
        for change in seen.changes[made:place]:
            disk.make(change)
        made = place
        yield place, disk


def _undisturbed_is_well(done: Run) -> None:
    """What was not killed in time has ended as it should."""
    assert done.killed or done.code == 0, done.complaint


_templates: dict[Deed, Path] = {}


def _prepared(deed: Deed, place: Path) -> Path:
    """The deed's folder, as it is before; made once and copied."""
    template = _templates.get(deed)
    if template is None:
        template = scratch() / "台账"
        template.mkdir()
        deed.prepare(template)
        _templates[deed] = template
    return Path(shutil.copytree(template, place / "台账"))
