"""The program that is fed, and the counting of what it said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.safety.conftest import Reached
from tests.safety.deeds import DAMAGED, Fault
from tests.safety.fuzz.serving import Said, Served


@pytest.fixture
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """The command line: in a process of its own in the long run, in this one for the few tries of the ordinary run."""
    long = request.node.get_closest_marker("safety") is not None
    with Served(tmp_path / "fed" / "home", here=not long) as served:
        yield served


@dataclass
class Fed:
    """What came of many inputs.  keep: a folder for the inputs that found a fault."""

    what: str
    keep: Path
    reached: Reached
    tried: int = 0
    taken: int = 0
    faults: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def fault(self, what: str, given: bytes, name: str) -> None:
        """Something that must not happen, and the input that made it happen."""
        self.keep.mkdir(parents=True, exist_ok=True)
        kept = self.keep / f"{self.tried:05}-{name}"
        kept.write_bytes(given)
        self.faults.append(f"{kept}: {what[-1500:]}")

    def judge(self, said: Said, given: bytes, name: str) -> bool:
        """Note a fault of an answer; whether there is none."""
        if said.fault:
            self.fault(said.fault, given, name)
        return not said.fault

    def end(self) -> None:
        """For the table of numbers; fails where there were faults."""
        faults = [Fault(DAMAGED, text) for text in self.faults]
        seconds = time.monotonic() - self.began
        self.reached(f"fed: {self.what}", self.tried, told=self.taken, faults=faults, seconds=seconds)
        assert not self.faults, "\n\n".join(self.faults[:8])


@pytest.fixture
def feeding(tmp_path: Path, reached: Reached) -> Callable[[str], Fed]:
    """`Fed` of that name; its faulty inputs are kept in the test's folder."""
    return lambda what: Fed(what, tmp_path / "faulty", reached)
