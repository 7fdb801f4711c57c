"""Reading that stops when nobody waits for it any more, so that typing never queues behind old searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mingxi_desktop.storage.stopping import Stopped, stoppable

__all__ = ["Stopped", "Told", "stoppable", "told_amid", "within"]
WHOLE = 100
"""Steps of a work that is told in parts."""
Told = Callable[[int, int], None]
"""(done, in all) of the work; what it raises ends the work."""


def within(told: Told, first: int, last: int) -> Told:
    """Tell the steps of a part of the work as steps of the whole."""
    return lambda done, total: told(first + (last - first) * done // max(total, 1), WHOLE)


@contextmanager
def told_amid(told: Told) -> Iterator[Told]:
    """Reading in which `told` is asked also in the midst of a query.  Not for writing.

    Gives what is to be told of the steps; what `told` raises ends the reading and is raised.
    """
    step = 0, WHOLE
    raised: list[BaseException] = []

    def tell(done: int, total: int) -> None:
        nonlocal step
        step = done, total
        told(done, total)

    def unwanted() -> bool:
        if not raised:
            try:
                told(*step)
            except BaseException as error:  # noqa: BLE001 - it cannot pass through SQLite
                raised.append(error)
        return bool(raised)

    try:
        with stoppable(unwanted):
            yield tell
    except Stopped:
        raise raised[0] from None
    if raised:
        raise raised[0]
