"""A frozen version held against the report of today: its numbers, its charts and tables, its words."""

from __future__ import annotations

from collections.abc import Mapping

from mingxi_desktop.ledger.checked import Checked
from mingxi_desktop.ledger.frozen import report as frozen_report
from mingxi_desktop.ledger.frozen.changes import Cause, Causes, Difference, Sort, differing, worded
from mingxi_desktop.ledger.frozen.lines import lines_of, other_words
from mingxi_desktop.ledger.frozen.numbers import LAST_YEAR, Behind, Figure, Said, behind, parts
from mingxi_desktop.ledger.frozen.report import Look, other_figures
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.storage.store import Store

_NONE = "（没有）"
_NO_FIGURE = Figure("", {})


class Comparison:
    """What a version says beside what the report would say now."""

    def __init__(self, ledger: Checked, store: Store, said: Said, seen: Look) -> None:
        self._ledger = ledger
        self._store = store
        self._said = said
        self._seen = seen
        self._book = ledger.definitions.book

    def all(self, order: Order, records: Mapping[str, Behind], causes: Causes) -> list[Difference]:
        """Every difference: numbers in the order of the report, then charts and tables, then words.

        records: what was behind each number, by indicator and indicator@last_year.
        """
        found = self._numbers(records, causes)
        found += self._figures(causes, {self._kind(one.id) for one in found})
        return found + self._words(order, numbers=bool(found))

    def _numbers(self, records: Mapping[str, Behind], causes: Causes) -> list[Difference]:
        said, seen = self._said, self._seen
        now = frozen_report.numbers(self._ledger, seen.period, said.numbers, said.shown)
        found = []
        for id, sort in differing(said.numbers, now):
            told = id in now and sort is not Sort.RULE
            behind_it = self._behind(id, records, causes, last=sort is Sort.LAST_YEAR) if told else ()
            found.append(worded(id, sort, said.numbers[id], now.get(id), behind_it))
        return found

    def _behind(
        self, id: str, records: Mapping[str, Behind], causes: Causes, *, last: bool
    ) -> tuple[Cause, ...]:
        """The records that made a number differ, each once; of a ratio those of both its parts."""
        period, mark = (self._seen.period.last_year, LAST_YEAR) if last else (self._seen.period, "")
        found: dict[tuple[str, int], Cause] = {}
        for part in parts(id, self._book):
            if part + mark in records:
                indicator = self._book.by_id[part]
                after = behind(self._store, indicator, period)
                before = records[part + mark]
                # The rule may be one of another ledger now.
                for name in dict.fromkeys(name for name, _ in (*before, *after)):
                    kind = self._store.schema.kinds[name]
                    for cause in causes.of(indicator, kind, _of(name, before), _of(name, after)):
                        found.setdefault((cause.kind, cause.id), cause)
        return tuple(found.values())

    def _figures(self, causes: Causes, counted: set[str]) -> list[Difference]:
        """Charts and tables; those of ledgers whose numbers differ follow from these."""
        kinds = self._store.schema.kinds
        found = []
        for name in other_figures(self._said, self._seen):
            then = self._said.figures.get(name, _NO_FIGURE)
            now = self._seen.figures.get(name, _NO_FIGURE)
            rows = [
                row
                for row in dict.fromkeys((*then.rows, *now.rows))
                if then.rows.get(row) != now.rows.get(row)
            ]
            of = self._seen.kinds.get(name, frozenset())
            follows = not of.isdisjoint(counted)
            year = self._seen.period.year
            behind_it = (
                () if follows else tuple(one for kind in of for one in causes.within(kinds[kind], year))
            )
            old, new = (
                "；".join(f"{row} {one.rows.get(row, '没有')}" for row in rows) for one in (then, now)
            )
            caption = now.caption or then.caption
            found.append(Difference(Sort.CHART, name, caption, old, new, records=behind_it, follows=follows))
        return found

    def _words(self, order: Order, *, numbers: bool) -> list[Difference]:
        """Lines in which more than a number differs; by themselves, or because a number chose another wording."""
        reworded = self._said.wording != self._seen.wording
        if not reworded and not numbers:
            return []
        from mingxi_desktop.ledger.reports import reporting

        now = lines_of(reporting.make(self._ledger, order).document)
        note = "" if reworded else "文字没有人改；数变了，换成了另一种说法。"
        return [
            Difference(Sort.TEXT, "", "报告文字", old or _NONE, new or _NONE, note=note, follows=not reworded)
            for old, new in other_words(self._said.lines, now)
        ]

    def _kind(self, id: str) -> str:
        """The ledger an indicator is read from; "" where there is no such indicator any more."""
        return frozen_report.kind_of(id, self._book.by_id) if id in self._book.by_id else ""


def _of(kind: str, records: Behind) -> Behind:
    """Those of one ledger."""
    return {ref: adds for ref, adds in records.items() if ref[0] == kind}
