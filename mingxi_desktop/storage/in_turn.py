"""Lists put in order beside SQLite, which takes longer to sort many records, or look them up, than to find them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import compress, islice
from operator import le
from typing import Any

import peewee

from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage.schema import Schema

_BITS = 32
"""Below these bits of a day stands the number of a record."""
_NUMBER = (1 << _BITS) - 1


def is_by_day(query: Query) -> bool:
    """Whether a query asks for the usual order, or for the other way round."""
    return query.sort in ((), (("record_date", True),), (("record_date", False),))


def dated(schema: Schema, query: Query) -> Any:
    """Day and id of a record in one number, by which it sorts as by both."""
    table = schema.table[query.kind]
    day = peewee.fn.REPLACE(table.record_date, "-", "").cast("INTEGER")
    return peewee.fn.IFNULL(day, 0) * (1 << _BITS) + table.id


def ids(query: Query, found: Iterable[int]) -> array[int]:
    """The ids of such numbers in the order that the query asks for.

    Records of a day come together as they are found, and a file has few days: sorting a million numbers takes twice
    as long, and nobody else has Python meanwhile.
    """
    days: dict[int, array[int]] = {}
    for number in found:
        day = number >> _BITS
        if day not in days:
            days[day] = array("q")
        days[day].append(number & _NUMBER)
    ordered = array("q")
    for day in sorted(days):
        ordered.extend(_rising(days[day]))
    if not query.sort or query.sort[0][1]:
        ordered.reverse()
    return ordered


def met(ordered: array[int], chosen: array[int]) -> array[int]:
    """Those of some ids that were chosen, in their order.  chosen: none but some of them."""
    marked = bytearray(max(ordered, default=0) + 1)
    for number in chosen:
        marked[number] = 1
    return array("q", compress(ordered, map(marked.__getitem__, ordered)))


def _rising(numbers: array[int]) -> array[int]:
    """Numbers in order, as they are already where the table was read from front to back."""
    if all(map(le, numbers, islice(numbers, 1, None))):
        return numbers
    return array("q", sorted(numbers))
