"""The demonstration ledger: all records of a year and of the year before, stored as they would come in."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from mingxi_desktop.domain.records import BatchFile, Child, IncomingRow
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.demo import (
    cases,
    floods,
    funds,
    hazards,
    inspections,
    meetings,
    others,
    publicity,
    strength,
    supplies,
    training,
)
from mingxi_desktop.ledger.demo.plan import Plan, last_year, this_year
from mingxi_desktop.ledger.demo.sheets import Delivery
from mingxi_desktop.ledger.facade import Ledger

PUBLISHED_YEAR = 2024
_FIRST_YEAR = 2015
"""Teams are up to twelve years old, and the ledger begins with 2000."""


def deliveries(year: int = PUBLISHED_YEAR) -> Iterator[Delivery]:
    """Everything that came in, what is referred to before what refers to it."""
    before, now = last_year(year), this_year(year)
    yield from strength.deliveries(year)
    for plan, left in ((before, {}), (now, before.left)):
        yield from _year(plan, left)


def rows(year: int = PUBLISHED_YEAR) -> Iterator[IncomingRow]:
    """All records of the demonstration, with their children."""
    for delivery in deliveries(year):
        yield from delivery.rows


def build(
    path: Path, year: int, bureau: str, *, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> dict[str, int]:
    """Create a ledger file with the demonstration; returns kind → how many records it holds.

    It has one backup, of all of it: a hundred of a ledger half made would be of no use, and half a gigabyte.
    progress: told (records stored, records in all); what it raises ends the work, and no file is left.
    UserError if the file exists or the year cannot be shown (not over yet, or too long ago).
    """
    _check_year(year)
    counted: Counter[str] = Counter()
    waiting = list(deliveries(year))
    total = sum(len(delivery.rows) for delivery in waiting)
    ledger = Ledger.create(path, bureau=bureau)
    try:
        with ledger:
            done = 0
            for delivery in waiting:
                progress(done, total)
                _take_in(ledger, delivery)
                done += len(delivery.rows)
                for row in delivery.rows:
                    counted[row.kind] += 1
                    counted.update({kind: len(items) for kind, items in row.children.items()})
            progress(total, total)
            ledger.backup()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return dict(counted)


def _year(plan: Plan, left: dict[str, int]) -> Iterator[Delivery]:
    finds = hazards.found(plan)
    checks, inspected = inspections.deliveries(plan, finds)
    yield from floods.events(plan)
    yield from funds.deliveries(plan)
    yield from checks
    yield from hazards.deliveries(plan, finds, inspected)
    yield from cases.deliveries(plan, finds)
    yield from meetings.deliveries(plan)
    yield from floods.tallies(plan)
    yield from floods.losses(plan)
    yield from supplies.deliveries(plan, left)
    yield from training.deliveries(plan)
    yield from publicity.deliveries(plan)
    yield from others.deliveries(plan)


def _take_in(ledger: Ledger, delivery: Delivery) -> None:
    if delivery.files:
        files = [BatchFile(file.name, file.sheet, file.kind, len(file.rows)) for file in delivery.files]
        ledger.store(delivery.rows, files, sentence=delivery.sentence, backed_up=False)
    for row in delivery.typed:
        children = {kind: [Child(item) for item in items] for kind, items in row.children.items()}
        ledger.add(row.kind, row.values, children=children)


def _check_year(year: int) -> None:
    latest = datetime.date.today().year - 1
    if not _FIRST_YEAR <= year <= latest:
        raise UserError(
            f"不能生成{year}年的示例台账",
            f"示例要有一整年的记录，年度只能是{_FIRST_YEAR}到{latest}。",
            f"换一个年度，如 {PUBLISHED_YEAR}。",
        )
