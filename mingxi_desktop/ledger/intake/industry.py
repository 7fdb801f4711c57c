"""The field of industry of new hazards whose table has no column for it: by words of each row, else the default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.result import Doubtful
from mingxi_desktop.ledger.intake.rows import ReadRow, RowReader
from mingxi_desktop.ledger.intake.words import all_words, words_in

_FIELD, _PLACE, _DESCRIPTION = "field", "place", "description"
_OF_ANY_HAZARD = frozenset({"教育", "建设", "建筑", "交通"})
"""Say nothing of the field in a description: 未开展安全教育, 建筑物外墙, 影响交通; in a firm's name they do."""


class Industry:
    """Judges the rows of one table; what it assumed is said once for the table.

    A row that the ledger or the files have already is judged for the case only that it becomes a record of its own:
    the one that is there may say better by now.
    """

    def __init__(self, rows: RowReader, context: Context) -> None:
        self._rows = rows
        self._totals = context.aggregate
        kind = rows.kind
        missing = kind.has(_FIELD) and kind.field(_FIELD).default is not None
        self._missing = missing and rows.column_for(_FIELD) is None

    @cached_property
    def _of_names(self) -> dict[str, str]:
        """Spelling → field of the list; empty for what is none of it: 水上交通 is not 道路交通."""
        item = self._rows.kind.field(_FIELD)
        apart = {spelled: "" for spelled, word in delivered()[item.choices].spellings.items() if not word}
        return {**words_in(self._rows.ledger, item), **apart}

    @cached_property
    def _of_descriptions(self) -> dict[str, str]:
        return {spelled: word for spelled, word in self._of_names.items() if spelled not in _OF_ANY_HAZARD}

    def judge(self, new: Sequence[ReadRow]) -> None:
        """Complete new records in place."""
        judged: list[int] = []
        left: list[int] = []
        for row, word in self._words(new):
            if word:
                row.values[_FIELD] = word
            (judged if word else left).append(row.plan.number)
        default = self._rows.kind.field(_FIELD).default if left else ""
        self._tell("W_FROM_ROW", "按每行的内容判断", judged)
        self._tell(
            "W_FIELD_ASSUMED", f"从内容也看不出，按“{default}”记" if judged else f"都按“{default}”记", left
        )

    def judge_doubtful(self, doubtful: Sequence[tuple[ReadRow, Doubtful]]) -> None:
        """Say of rows in doubt what each would be of as a record of its own."""
        found = {id(row): doubt for row, doubt in doubtful}
        for row, word in self._words([row for row, _ in doubtful]):
            item = self._rows.kind.field(_FIELD)
            said = f"按内容记“{word}”" if word else f"按“{item.default}”记"
            found[id(row)].if_added = {_FIELD: word or item.default}
            found[id(row)].assumed = f"{item.label}{said}"

    def _words(self, rows: Sequence[ReadRow]) -> Iterator[tuple[ReadRow, str]]:
        """The rows that say no field, each with the one that its words name; "" where they name none or several."""
        places: dict[Any, set[str]] = {}
        for row in rows if self._missing else ():
            if row.values.get(_FIELD):
                continue
            place = row.values.get(_PLACE)
            if place not in places:
                places[place] = all_words(self._of_names, self._name(place))
            found = places[place]
            if not self._totals:
                found = found | all_words(self._of_descriptions, row.values.get(_DESCRIPTION) or "")
            yield row, next(iter(found)) if len(found) == 1 else ""

    def _name(self, place: Any) -> str:
        if place is None or isinstance(place, Named):
            return place.name if place else ""
        return self._rows.ledger.show(self._rows.kind.name, _PLACE, place)

    def _tell(self, code: str, said: str, rows: Sequence[int]) -> None:
        if rows:
            label = self._rows.kind.field(_FIELD).label
            text = f"没有“{label}”一列，{said}，请核对（{len(rows)}行，从第{rows[0]}行起）"
            self._rows.notices.append(Notice(code, text, 0, ""))
