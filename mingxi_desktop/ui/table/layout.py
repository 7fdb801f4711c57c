"""Which row of a table shows what: a record, the heading of a group, or the total under all groups."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from mingxi_desktop.ledger.sections import Heading, Sectioned

Keys = tuple[Any, ...]


class Layout:
    """Rows over a list of ids.  Groups can be closed: then only their heading is a row.

    Rows of the open groups follow their headings; nothing is stored per record, so a million need no room.
    """

    def __init__(
        self, found: Sectioned | None = None, total: Heading | None = None, closed: Iterable[Keys] = ()
    ) -> None:
        """total: shown as the last row.  closed: groups of which only the heading is shown."""
        self.found = found or Sectioned(array("q"))
        self.total = total
        self._closed = set(closed)
        self._arrange()

    def like(self, other: Layout) -> bool:
        """Whether each row shows the same record or group."""
        mine, theirs = self.found, other.found
        return mine.ids == theirs.ids and _spans(mine) == _spans(theirs)

    def continues(self, other: Layout) -> bool:
        """Whether the other, a plain list, is the beginning of this one."""
        plain = not (self.found.headings or other.found.headings)
        return plain and self.ids[: len(other.ids)] == other.ids

    @property
    def ids(self) -> array[int]:
        """All ids, those in closed groups included."""
        return self.found.ids

    def __len__(self) -> int:
        return self._rows

    def place(self, row: int) -> int:
        """The place among all ids of a row's record; -1 for a heading, the total or no row."""
        if not self._starts:
            return row if 0 <= row < self._rows else -1
        if not 0 <= row < self._rows:
            return -1
        block = bisect_right(self._starts, row) - 1
        inside = row - self._starts[block] - 1
        heading = self._shown[block]
        return -1 if inside < 0 else heading.start + inside

    def heading(self, row: int) -> Heading | None:
        """The group whose heading the row is; the total for the last row; None for a record."""
        if not self._starts or not 0 <= row < self._rows or self.place(row) >= 0:
            return None
        return self._shown[bisect_right(self._starts, row) - 1]

    def row(self, place: int) -> int:
        """The row of a record by its place among all ids; -1 while its group is closed."""
        if not self._starts:
            return place if 0 <= place < len(self.ids) else -1
        block = bisect_right(self._open_places, place) - 1
        if block < 0:
            return -1
        number = self._open_blocks[block]
        heading = self._shown[number]
        return self._starts[number] + 1 + place - heading.start if place < heading.end else -1

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids of the records in these rows, both included; headings count as nothing."""
        if not self._starts:
            return self.ids[max(first, 0) : last + 1]
        found = self.ids[:0]
        block = max(bisect_right(self._starts, first) - 1, 0)
        while block < len(self._shown) and self._starts[block] <= last:
            heading = self._shown[block]
            if self._opened(block):
                low = heading.start + max(first - self._starts[block] - 1, 0)
                high = min(heading.start + last - self._starts[block], heading.end)
                found.extend(self.ids[low:high])
            block += 1
        return found

    def row_at(self, id: int) -> int:
        """The row of a record; -1 if it is not shown."""
        try:
            return self.row(self.ids.index(id))
        except ValueError:
            return -1

    # opening and closing

    def is_closed(self, heading: Heading) -> bool:
        """Whether only the heading of the group is shown."""
        return heading.keys in self._closed

    def is_total(self, heading: Heading) -> bool:
        """Whether it is the line under all groups."""
        return heading is self.total

    def close(self, keys: Iterable[Keys]) -> None:
        """These groups, and only these, are closed from now on."""
        self._closed = set(keys)
        self._arrange()

    @property
    def closed(self) -> frozenset[Keys]:
        """The groups that are closed."""
        return frozenset(self._closed)

    def groups_of(self, id: int) -> set[Keys]:
        """Keys of the headings that a record stands under, outer and inner."""
        place = self.ids.index(id) if id in self.ids else -1
        return {one.keys for one in self.found.headings if one.start <= place < one.end}

    def _opened(self, block: int) -> bool:
        """Whether the rows after a heading are its records."""
        heading = self._shown[block]
        return (
            self._deepest == heading.level and heading.keys not in self._closed and heading is not self.total
        )

    def _arrange(self) -> None:
        headings = self.found.headings
        self._deepest = max((one.level for one in headings), default=0)
        self._shown: list[Heading] = []
        self._starts: array[int] = array("q")
        self._open_places: array[int] = array("q")
        self._open_blocks: array[int] = array("q")
        row = 0
        for one in headings:
            if one.level and one.keys[:1] in self._closed:
                continue
            self._shown.append(one)
            self._starts.append(row)
            row += 1
            if self._opened(len(self._shown) - 1):
                self._open_places.append(one.start)
                self._open_blocks.append(len(self._shown) - 1)
                row += one.count
        if headings and self.total is not None:
            self._shown.append(self.total)
            self._starts.append(row)
            row += 1
        self._rows = row if headings else len(self.ids)


def _spans(found: Sectioned) -> list[tuple[Keys, int]]:
    return [(one.keys, one.count) for one in found.headings]
