"""A clock that jumps: the order is that of the numbers, and nothing that is needed goes."""

from __future__ import annotations

import datetime
import random
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from mingxi_desktop.domain import stamp
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger, clock, todos
from mingxi_desktop.ledger.safekeeping import backup_names
from mingxi_desktop.ledger.safekeeping.backup_names import FLAWED, Named
from mingxi_desktop.ledger.safekeeping.retention import superfluous
from tests.ledger.conftest import Add

YEAR = datetime.timedelta(days=365)
Jump = Callable[[datetime.timedelta], None]


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Jump:
    """Set the clock of the PC forward or back."""
    away = [datetime.timedelta()]

    class Set(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Set:
            return super().now(tz) + away[0]

    module = types.SimpleNamespace(**{**vars(datetime), "datetime": Set})
    for one in (stamp, backup_names):
        monkeypatch.setattr(one, "datetime", module)

    def by(span: datetime.timedelta) -> None:
        away[0] += span

    return by


def test_backups_go_by_their_numbers(ledger: Ledger, add: Add, jump: Jump) -> None:
    made: list[Path] = []
    for way in (10 * YEAR, -20 * YEAR, 5 * YEAR):
        add("hazard")
        jump(way)
        made.append(ledger.backup())
    there = ledger.backups.there()
    assert [one.path for one in there] == made[::-1], (
        "the newest is the one made last, whatever day its name says"
    )


def test_retention_throws_no_real_day_out(tmp_path: Path) -> None:
    """Years of working days, with a clock that jumps up to ten years either way, thinned out after each backup."""
    draw = random.Random(7)
    strange = 0
    for _ in range(20):
        kept: list[Named] = []
        day, away, real = datetime.datetime(2024, 1, 2, 17), datetime.timedelta(), {}
        for number in range(1, 120):
            day += datetime.timedelta(days=draw.choice((0, 1, 1, 3)), minutes=7)
            if draw.random() < 0.1:
                away = draw.choice((-1, 1)) * draw.randrange(1, 3650) * datetime.timedelta(days=1)
                strange += 1
            elif draw.random() < 0.5:
                away = datetime.timedelta()
            good = draw.random() < 0.7
            named = Named(
                tmp_path / str(number), "台账", "3f2a", number, day + away, "00", "" if good else FLAWED
            )
            kept.append(named)
            real[number] = day.date()
            gone = superfluous(kept)
            kept = [one for one in kept if one not in gone]
            numbers = [one.number for one in kept]
            assert number in numbers, "the one just made"
            assert sum(one.good for one in kept) >= min(3, sum(one.good for one in kept + gone))
            assert {*range(number, max(0, number - 2), -1)} & {*numbers}
        days = {real[one.number] for one in kept}
        assert len(days & {*sorted(set(real.values()))[-5:]}) >= 3, "of the last real days most are there"
    assert strange > 100


def test_the_history_stays_in_order(ledger: Ledger, add: Add, jump: Jump) -> None:
    number = add("hazard")
    for turn, way in enumerate((10 * YEAR, -20 * YEAR, 5 * YEAR)):
        jump(way)
        ledger.edit("hazard", number, {"note": f"第{turn}次"})
    told = [str(entry.changes) for entry in ledger.history("hazard", number)]
    assert [f"第{turn}次" in told[turn + 1] for turn in range(3)] == [True] * 3
    assert ledger.verify() == []
    ledger.undo()
    assert ledger.get("hazard", number).values["note"] == "第1次"
    assert ledger.count(Query("hazard")) == 1


def test_a_clock_behind_the_ledger_is_told_until_the_next_change(
    ledger: Ledger, add: Add, jump: Jump
) -> None:
    assert clock.notice(ledger) == ""
    add("hazard")
    assert clock.notice(ledger) == ""
    jump(datetime.timedelta(minutes=-2))
    assert clock.notice(ledger) == "", "clocks are set a little by the network"
    jump(-10 * YEAR)
    assert "请核对" in clock.notice(ledger)
    add("hazard")
    assert clock.notice(ledger) == ""


def test_the_reminder_of_backups_is_not_absurd(ledger: Ledger, add: Add, jump: Jump) -> None:
    add("hazard")
    jump(10 * YEAR)
    ledger.backup()
    said = todos._last_backup(ledger, datetime.date.today())[0]
    assert "请核对电脑的日期" in said.sentence
    assert said.severity == todos.SOON
    jump(-10 * YEAR)
    ledger.backup()
    said = todos._last_backup(ledger, datetime.date.today())[0]
    assert ("今天" in said.sentence, said.severity) == (True, todos.GOOD)
