"""Conditions of a query as JSON and back, for what is remembered between two sessions."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from mingxi_desktop.domain.query import Query, Range, Wanted

_DAY, _TIME, _NUMBER = "day", "time", "number"


def to_text(query: Query) -> str:
    """What a query asks for, without kind, year and order.

    Ranges of days within the query's year keep month and day only: the same view fits every year.
    """
    where = {name: _plain(wanted, query.year) for name, wanted in query.where}
    return json.dumps({"search": query.search, "where": where}, ensure_ascii=False)


def from_text(text: str, kind: str, year: int | None) -> Query:
    """The query that `to_text` wrote, for a year; what cannot be read asks for nothing."""
    try:
        found = json.loads(text) if text else {}
        where = tuple((str(name), _wanted(one, year)) for name, one in found.get("where", {}).items())
        return Query(kind, year=year, search=str(found.get("search", "")), where=where)
    except (ValueError, TypeError, AttributeError, KeyError, InvalidOperation):
        return Query(kind, year=year)


def _plain(wanted: Wanted, year: int | None) -> Any:
    if isinstance(wanted, Range):
        return {"low": _mark(wanted.low, year), "high": _mark(wanted.high, year)}
    return [_mark(value, None) for value in wanted]


def _wanted(plain: Any, year: int | None) -> Wanted:
    if isinstance(plain, dict):
        return Range(_value(plain["low"], year), _value(plain["high"], year))
    return tuple(_value(value, year) for value in plain)


def _mark(value: Any, year: int | None) -> Any:
    """JSON knows texts, whole numbers, yes and no; the rest says what it is."""
    if isinstance(value, datetime.datetime):
        return {_TIME: value.isoformat()}
    if isinstance(value, datetime.date):
        return {_DAY: value.strftime("%m-%d") if value.year == year else value.isoformat()}
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    return value


def _value(plain: Any, year: int | None) -> Any:
    if not isinstance(plain, dict):
        if plain is not None and not isinstance(plain, str | int | bool):
            raise TypeError(plain)
        return plain
    ((sort, text),) = plain.items()
    if sort == _DAY:
        return _day(text, year) if len(text) == len("MM-DD") else datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text) if sort == _TIME else Decimal(text)


def _day(text: str, year: int | None) -> datetime.date:
    """The end of February is another day in a leap year."""
    month, day = (int(part) for part in text.split("-"))
    at = year or datetime.date.today().year
    last = (datetime.date(at + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(at, month, last if month == 2 and day >= 28 else day)
