"""Reading that nobody needs to wait for: it stops in the midst of a query, and lets others in between two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TypeVar

from mingxi_desktop.storage import cipher

_ROWS = 500
"""Rows of one query between two moments at which others are let in: some milliseconds."""
_Row = TypeVar("_Row")
_unwanted: ContextVar[Callable[[], bool] | None] = ContextVar("unwanted", default=None)
_let_in: ContextVar[Callable[[], None] | None] = ContextVar("let_in", default=None)


class Stopped(Exception):  # noqa: N818 - a wish that was granted, not an error
    """What was being read is no longer wanted."""


@contextmanager
def stoppable(unwanted: Callable[[], bool], let_in: Callable[[], None] | None = None) -> Iterator[None]:
    """Reading that gives up soon after it is no longer wanted, with `Stopped`.  Not for writing.

    let_in: called where others may use the connection meanwhile, to read.
    """
    tokens = _unwanted.set(unwanted), _let_in.set(let_in)
    try:
        yield
    except cipher.faults() as error:
        if unwanted():
            raise Stopped from error
        raise
    finally:
        _unwanted.reset(tokens[0])
        _let_in.reset(tokens[1])


def is_unwanted() -> bool:
    """Whether what is being read now is to be given up: see `stoppable`."""
    asked = _unwanted.get()
    return asked is not None and asked()


def let_others_in() -> None:
    """Between two queries of a long reading, nothing that others see being half made: who waits may read now."""
    let_in = _let_in.get()
    if let_in is not None:
        let_in()


def by_and_by(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows of a long query; others are let in now and then."""
    rows = iter(rows)
    while part := list(islice(rows, _ROWS)):
        yield from part
        let_others_in()
