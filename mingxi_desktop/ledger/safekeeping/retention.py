"""Which backups may go: two days all, then one for each of 14 days, 8 weeks and 24 months, three good ones always.

Days are counted as they occur in the backups' names, newest number first, and not from today: so a clock that was
set back or forward adds a strange day to the row, and throws no real one out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from mingxi_desktop.ledger.safekeeping.backup_names import Named, ordered

WHOLE_DAYS, DAYS, WEEKS, MONTHS = 2, 14, 8, 24
LEAST_GOOD = 3


def superfluous(backups: Sequence[Named]) -> list[Named]:
    """Those of one ledger's backups that need not be kept; never one of the newest or of an earlier version."""
    newest = ordered(one for one in backups if one.number)
    keep: set[Named] = set(newest[:1])
    days = _spans(newest, lambda one: one.at.date())
    for span in days[:WHOLE_DAYS]:
        keep.update(span)
    weeks = _spans(newest, lambda one: one.at.date().isocalendar()[:2])
    months = _spans(newest, lambda one: (one.at.year, one.at.month))
    for spans, most in ((days, DAYS), (weeks, WEEKS), (months, MONTHS)):
        for span in spans[:most]:
            keep.update(_last_good(span))
    keep.update([one for one in newest if one.good][:LEAST_GOOD])
    return [one for one in newest if one not in keep]


def _spans(newest: Sequence[Named], span_of: Callable[[Named], Hashable]) -> list[list[Named]]:
    """The backups of each day (week, month), the spans in the order in which the newest backups have them."""
    found: dict[Hashable, list[Named]] = {}
    for one in newest:
        found.setdefault(span_of(one), []).append(one)
    return list(found.values())


def _last_good(span: Sequence[Named]) -> list[Named]:
    """The last of a span, and the last good one if that is another."""
    return [*span[:1], *[one for one in span if one.good][:1]]
