"""The money of the checks: what was won, paid out and put in, and what is a part of what."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from mingxi_desktop.storage.store import Store

WON, PAID, INVESTED = "争取", "下拨", "投入"


@dataclass(frozen=True, slots=True)
class Money:
    """A record of money.

    area, reporter: numbers of the entries, 0 for none.  amount: in 分.  parent: the number of the whole it is a
    part of, 0 for none; lost: whether that is in the trash.
    """

    id: int
    direction: str
    day: datetime.date
    area: int
    reporter: int
    purpose: str
    amount: int
    doc_no: str
    note: str
    parent: int
    lost: bool
    batch: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one direction that a record of money has.  amount: of the whole; total: of the parts, in 分."""

    whole: int
    whole_direction: str
    day: datetime.date
    amount: int
    direction: str
    total: int
    parts: tuple[int, ...]


def moneys(store: Store, years: Sequence[int]) -> list[Money]:
    """The records of money of some years, in the order of their days."""
    fund = store.schema.table["fund"]
    whole = fund.alias("whole")
    query = (
        fund.select(
            fund.id,
            fund.direction,
            fund.record_date,
            fund.area,
            fund.reporter,
            fund.purpose,
            fund.amount,
            fund.doc_no,
            fund.note,
            fund.parent,
            whole.deleted_at,
            fund.batch,
        )
        .join(whole, peewee.JOIN.LEFT_OUTER, on=(fund.parent == whole.id))
        .where(fund.deleted_at.is_null() & fund.year.in_(list(years)))
        .order_by(fund.record_date, fund.id)
    )
    return [
        Money(
            number,
            direction or "",
            datetime.date.fromisoformat(day),
            area or 0,
            reporter or 0,
            purpose or "",
            amount or 0,
            doc_no or "",
            note or "",
            parent or 0,
            bool(lost),
            batch or 0,
        )
        for number, direction, day, area, reporter, purpose, amount, doc_no, note, parent, lost, batch in (
            store.schema.database.execute(query)
        )
    ]


def exceeding(store: Store, year: int) -> list[Parts]:
    """Records of money of which the parts of one direction are more than the whole; one of them is of the year."""
    fund = store.schema.table["fund"]
    whole = fund.alias("whole")
    total = peewee.fn.SUM(fund.amount)
    one_of_year = peewee.fn.MAX(peewee.Case(None, ((fund.year == year, 1),), 0))
    query = (
        fund.select(
            whole.id,
            whole.direction,
            whole.record_date,
            whole.amount,
            fund.direction,
            total,
            peewee.fn.GROUP_CONCAT(fund.id),
        )
        .join(whole, on=(fund.parent == whole.id))
        .where(fund.deleted_at.is_null() & whole.deleted_at.is_null())
        .group_by(whole.id, fund.direction)
        .having((total > whole.amount) & ((whole.year == year) | (one_of_year == 1)))
        .order_by(whole.record_date, whole.id)
    )
    return [
        Parts(
            number,
            whole_direction,
            datetime.date.fromisoformat(day),
            amount,
            direction,
            summed,
            tuple(sorted(int(part) for part in str(parts).split(","))),
        )
        for number, whole_direction, day, amount, direction, summed, parts in (
            store.schema.database.execute(query)
        )
    ]
