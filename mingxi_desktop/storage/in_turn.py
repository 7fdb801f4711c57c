"""Lists put in order beside SQLite, which takes longer to sort many records, or look them up, than to find them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import compress, islice
from operator import le
from typing import Any

import peewee

from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage.gathering import joined
from mingxi_desktop.storage.schema import Schema


def is_by_day(query: Query) -> bool:
    """Whether a query asks for the usual order, or for the other way round."""
    return query.sort in ((), (("record_date", True),), (("record_date", False),))


def day(schema: Schema, query: Query) -> Any:
    """The day of a record as a number by which it sorts; 0 without a day."""
    written = peewee.fn.REPLACE(schema.table[query.kind].record_date, "-", "")
    return peewee.fn.IFNULL(written.cast("INTEGER"), 0)


def by_day(days: Iterable[int], found: array[int]) -> dict[int, array[int]]:
    """Day → ids, from the day of each of these records.

    Records of a day come together as they are found, and a file has few days: sorting a million numbers takes twice
    as long, and nobody else has Python meanwhile.
    """
    apart: dict[int, array[int]] = {}
    for of_record, number in zip(days, found, strict=True):
        if of_record not in apart:
            apart[of_record] = found[:0]
        apart[of_record].append(number)
    return apart


def ids(query: Query, days: Mapping[int, array[int]]) -> array[int]:
    """The ids of records in the order that the query asks for.  days: those of each day, however they were found."""
    ordered = joined(_rising(days[one]) for one in sorted(days))
    if not query.sort or query.sort[0][1]:
        ordered.reverse()
    return ordered


def met(ordered: array[int], chosen: array[int]) -> array[int]:
    """Those of some ids that were chosen, in their order.  chosen: none but some of them."""
    marked = bytearray(max(ordered, default=0) + 1)
    for number in chosen:
        marked[number] = 1
    return array(ordered.typecode, compress(ordered, map(marked.__getitem__, ordered)))


def _rising(numbers: array[int]) -> array[int]:
    """Numbers in order, as they are already where the table was read from front to back."""
    if all(map(le, numbers, islice(numbers, 1, None))):
        return numbers
    return array(numbers.typecode, sorted(numbers))
