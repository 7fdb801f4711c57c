"""Records of a long list, fetched in pages as they come into view; the oldest pages are forgotten."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui.jobs import Job, Priority, Worker

PAGE = 50
_MOST_PAGES = 32
"""A record takes 3 kilobytes: so many pages hold about as much of a large ledger as a county has in a year."""
_AT_ONCE = 2
_MOST_WANTED = 6
"""Pages that were passed while scrolling are not worth fetching: only the last few are."""


class Pages(QObject):
    """The records of `ids`, by row."""

    arrived = Signal(int, int)
    """First and last row that are there now."""

    def __init__(self, kind: str, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._worker = worker
        self._generation = 0
        self.ids = array("q")
        self._pages: OrderedDict[int, list[Record]] = OrderedDict()
        self._stale: OrderedDict[int, list[Record]] = OrderedDict()
        self._wanted: list[int] = []
        self._coming: dict[int, Job] = {}

    def set_ids(self, ids: array[int]) -> None:
        """Another list of records: nothing of the old one is kept."""
        self._forget()
        self._stale.clear()
        self.ids = ids

    def extend(self, ids: array[int]) -> None:
        """A longer list that begins like the present one: what is there already stays."""
        whole = len(self.ids) // PAGE
        self.ids = ids
        for pages in (self._pages, self._stale):
            for page in [page for page in pages if page >= whole]:
                del pages[page]
        if whole in self._coming:
            self._coming.pop(whole).cancel()

    def begin(self, records: list[Record]) -> None:
        """The first pages, which came along with the list."""
        for page in range(-(-len(records) // PAGE)):
            self._pages[page] = records[page * PAGE : (page + 1) * PAGE]
            self._stale.pop(page, None)

    def forget_records(self) -> None:
        """The same list, but records may have changed: shown until the new ones arrive."""
        stale = OrderedDict(self._pages)
        self._forget()
        self._stale = stale

    def record(self, row: int) -> Record | None:
        """The record of a row, or None while it is on its way."""
        page = row // PAGE
        found = self._pages.get(page)
        if found is None:
            self._want(page)
            found = self._stale.get(page)
        else:
            self._pages.move_to_end(page)
        place = row - page * PAGE
        return found[place] if found is not None and place < len(found) else None

    def _forget(self) -> None:
        self._generation += 1
        for job in self._coming.values():
            job.cancel()
        self._coming.clear()
        self._wanted.clear()
        self._pages.clear()

    def _want(self, page: int) -> None:
        if page in self._coming:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-_MOST_WANTED]
        self._fetch()

    def _fetch(self) -> None:
        """Fetch the page that was asked for last."""
        while self._wanted and len(self._coming) < _AT_ONCE:
            page, generation = self._wanted.pop(), self._generation
            ids = self.ids[page * PAGE : (page + 1) * PAGE]
            self._coming[page] = self._worker.run(
                _records,
                self._kind,
                ids,
                done=partial(self._arrived, page, generation),
                ended=partial(self._ended, page, generation),
                owner=self,
                priority=Priority.VISIBLE,
            )

    def _arrived(self, page: int, generation: int, found: list[Record]) -> None:
        if generation != self._generation:
            return
        self._pages[page] = found
        self._stale.pop(page, None)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        self.arrived.emit(page * PAGE, page * PAGE + len(found) - 1)

    def _ended(self, page: int, generation: int) -> None:
        if generation == self._generation:
            self._coming.pop(page, None)
            self._fetch()


def _records(ledger: Any, kind: str, ids: array[int]) -> list[Record]:
    return list(ledger.records(kind, ids))
