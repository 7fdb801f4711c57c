"""Loss reports: the last one of an event and area counts, once, in the span of the first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain.indicators import IndicatorValue, Period
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import Add, adder_for

JUNE, JULY = Period.month(2024, 6), Period.month(2024, 7)


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(file, operator="张三") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Add:
    """Adds records."""
    return adder_for(ledger)


def loss(add: Add, event: int, stage: str, day: str, area: str = "盖洋镇", **values: Any) -> int:
    """A township's loss report; day: ISO, without the year in 2024."""
    on = datetime.date.fromisoformat(day if len(day) > 5 else f"2024-{day}")
    reference = f"disaster_event:{event}"
    return add("disaster_loss", event=reference, stage=stage, area=area, record_date=on, **values)


def of(ledger: Ledger, period: Period, name: str = "people_affected") -> IndicatorValue:
    """The value, which the records behind it add up to."""
    trace = ledger.prove(name, period)
    if trace.value.value is not None:
        assert sum(item.contributes or 0 for item in trace.records) == trace.value.value
    return trace.value


def test_the_latest_stage_replaces_the_earlier_ones(ledger: Ledger, add: Add) -> None:
    event, other = add("disaster_event"), add("disaster_event", type="台风")
    loss(add, event, "初报", "06-10", affected=100)
    loss(add, event, "核报", "06-12", affected=80)
    loss(add, event, "续报", "06-13", affected=999)  # late, but of an earlier stage
    loss(add, event, "续报", "06-11", affected=90)
    loss(add, event, "初报", "06-10", "夏阳乡", affected=7)
    loss(add, other, "续报", "06-20", affected=5)
    loss(add, other, "续报", "06-21", affected=6)  # the same stage again: the later day
    assert (of(ledger, JUNE).value, of(ledger, JUNE).records) == (80 + 7 + 6, 7)
    said = {
        (item.area, item.date): (item.contributes, item.remark)
        for item in ledger.prove("people_affected", JUNE).records
    }
    assert said["盖洋镇", "2024-06-12"] == (80, "")
    assert said["盖洋镇", "2024-06-13"] == (0, "被后一期代替")
    assert said["夏阳乡", "2024-06-10"] == (7, "")
    known_then = Period.month(2024, 6, datetime.date(2024, 6, 11))
    assert of(ledger, known_then).value == 90 + 7


def test_what_a_report_leaves_out_stays_as_it_was_reported(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    loss(add, event, "初报", "06-10", affected=100, loss=760_260_00, crops=Decimal("1.5"))
    loss(add, event, "核报", "06-12", affected=0)
    assert of(ledger, JUNE).value == 0  # reported as none, which is not nothing reported
    assert of(ledger, JUNE, "direct_losses").value == Decimal("76.026")
    assert of(ledger, JUNE, "crops_affected").value == Decimal("1.5")
    remarks = [item.remark for item in ledger.prove("direct_losses", JUNE).records]
    assert remarks == ["", "没有报这一项"]
    silent = of(ledger, JUNE, "collapsed_homes")
    assert (silent.value, silent.problem) == (None, "没有记录")


def test_a_loss_counts_in_the_span_of_its_first_report_alone(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    loss(add, event, "初报", "06-30", affected=100)
    loss(add, event, "核报", "07-05", affected=120)
    loss(add, event, "初报", "07-01", "夏阳乡", affected=3)
    assert of(ledger, JUNE).value == 100  # as it was known then
    assert of(ledger, JULY).value == 3
    assert of(ledger, Period.of(2024)).value == 120 + 3
    late = add("disaster_event", record_date=datetime.date(2024, 12, 30))
    loss(add, late, "初报", "12-31", affected=10)
    loss(add, late, "核报", "2025-01-08", affected=11)
    assert of(ledger, Period.of(2024)).value == 120 + 3 + 10
    assert of(ledger, Period.of(2025)).value is None
    assert of(ledger, Period.month(2025, 1)).value is None
    first, end, until = datetime.date(2024, 12, 30), datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)
    whole = Period(2024, end, first, late, until)
    assert of(ledger, whole).value == 11


def test_a_report_in_the_trash_replaces_nothing(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    loss(add, event, "初报", "06-10", affected=100)
    gone = loss(add, event, "核报", "06-12", affected=80)
    ledger.delete("disaster_loss", [gone])
    assert of(ledger, JUNE).value == 100


def test_the_rule_says_so(ledger: Ledger) -> None:
    rule = ledger.prove("people_affected", JUNE).rule
    assert "第一报的日期从2024年6月1日到2024年6月30日" in rule
    assert "只取最后一报（核报代替续报，续报代替初报）" in rule
