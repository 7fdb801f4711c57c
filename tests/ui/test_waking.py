"""A jump of the clocks is noticed, whichever of them makes it; and midnight, asleep or awake."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QObject

from mingxi_desktop.ui import waking
from mingxi_desktop.ui.waking import Waking


class Clocks:
    """Seconds by the wall clock and by the other one, and the day."""

    def __init__(self) -> None:
        self.wall, self.steady, self.day = 1_000_000.0, 50.0, datetime.date(2024, 6, 9)

    def pass_(self, wall: float, steady: float) -> None:
        self.wall += wall
        self.steady += steady


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    made = Clocks()

    class Day(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return made.day

    monkeypatch.setattr(waking, "_clocks", lambda: (made.wall, made.steady))
    monkeypatch.setattr(waking.datetime, "date", Day)
    return made


@pytest.mark.parametrize(
    ("wall", "steady", "woke"),
    [(20, 20, 0), (75, 75, 0), (3_600, 20, 1), (3_600, 3_600, 1), (-3_600, 20, 0)],
    ids=["a look", "a busy PC", "asleep, the steady clock stood", "asleep on Windows", "set back"],
)
def test_a_sleep_is_noticed(app, clocks, wall: float, steady: float, woke: int) -> None:
    own = QObject()
    looking, told = Waking(own), []
    looking.woke.connect(lambda: told.append("woke"))
    looking.new_day.connect(lambda: told.append("day"))
    clocks.pass_(wall, steady)
    looking.look()
    assert told == ["woke"] * woke
    looking.look()
    assert told == ["woke"] * woke, "once"


def test_a_new_day_is_told_once(app, clocks) -> None:
    own = QObject()
    looking, told = Waking(own), []
    looking.new_day.connect(lambda: told.append("day"))
    clocks.day = datetime.date(2024, 6, 10)
    looking.look()
    looking.look()
    assert told == ["day"]
