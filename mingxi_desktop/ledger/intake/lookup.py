"""Looking in the ledger for the records that rows may be, whole files of rows at a time."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.exchange.recognising.targets import uid_of
from mingxi_desktop.ledger.intake.forms import of_file, of_values
from mingxi_desktop.ledger.intake.identity import Identity, Key, identity_of
from mingxi_desktop.storage.forms import Chosen

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.rows import ReadRow

Like = dict[int, list[int]]
"""Place of a row among the rows → ids of the records that have its key, lowest first."""


class Lookup:
    """Finds the records of one kind that rows of an import may be."""

    def __init__(self, ledger: Ledger, kind: Kind) -> None:
        self._ledger = ledger
        self._kind = kind

    def marked(self, rows: Sequence[ReadRow]) -> dict[int, tuple[int, bool]]:
        """Place of a row → the record that the hidden column of our own exports names: (id, in the trash).

        Where the ledger has no such record, the new one is given the uid.
        """
        marks = {index: uid_of(row.plan.uid) for index, row in enumerate(rows) if row.plan.uid}
        if not marks:
            return {}
        known = self._ledger.ids_of_uids(self._kind.name, sorted(set(marks.values())))
        for index, uid in marks.items():
            if uid not in known:
                rows[index].values["uid"] = uid
        return {index: known[uid] for index, uid in marks.items() if uid in known}

    def like(self, rows: Sequence[ReadRow], keys: Sequence[tuple[bool, Key]]) -> Like:
        """The records that rows may be, by their keys."""
        found: Like = {}
        wanted: dict[bool, dict[Key, list[int]]] = {False: {}, True: {}}
        for index, (total, key) in enumerate(keys):
            wanted[total].setdefault(key, []).append(index)
        for total, places in wanted.items():
            if places:
                self._scan(identity_of(self._kind, total), places, rows, found)
        return found

    def _scan(
        self, identity: Identity, wanted: Mapping[Key, Sequence[int]], rows: Sequence[ReadRow], found: Like
    ) -> None:
        plain: set[tuple[Hashable, ...]] = set()
        codes = self._codes(wanted, rows)

        def take(number: int, forms: tuple[Any, ...]) -> None:
            if not plain:  # most files are held against a ledger that has nothing of their days
                plain.update(key[0] for key in wanted)
            start = identity.of_file(forms)
            places: Sequence[int] = ()
            if start in plain:
                places = wanted.get((start, identity.texts_of_file(forms)), ())
            for index in places:
                found.setdefault(index, []).append(number)

        days = _span(identity, wanted)
        self._ledger.scan(self._kind.name, identity.names, take, Chosen(days=days))
        if codes:
            self._by_code(identity, codes, (days[0].year, days[1].year) if days else None, found)

    def _codes(
        self, wanted: Mapping[Key, Sequence[int]], rows: Sequence[ReadRow]
    ) -> dict[tuple[str, Any], list[tuple[int, Key]]]:
        """(field, code) → the rows that have it, with their keys."""
        found: dict[tuple[str, Any], list[tuple[int, Key]]] = {}
        unique = [(name, of_values(self._kind.field(name))) for name in self._kind.unique]
        unique = [(name, form) for name, form in unique if any(row.values.get(name) for row in rows)]
        for key, places in wanted.items() if unique else ():
            for index in places:
                for name, form in unique:
                    code = form(rows[index].values.get(name))
                    if code is not None:
                        found.setdefault((name, code), []).append((index, key))
        return found

    def _by_code(
        self,
        identity: Identity,
        codes: Mapping[tuple[str, Any], Sequence[tuple[int, Key]]],
        years: tuple[int, int] | None,
        found: Like,
    ) -> None:
        """Records that have a row's code and are otherwise the same but for one part of the key: corrected since."""
        unique = self._kind.unique

        def take(number: int, forms: tuple[Any, ...]) -> None:
            for name, code in zip(unique, forms, strict=False):
                named = codes.get((name, of_file(self._kind.field(name))(code)), ())
                rest = forms[len(unique) :]
                there = (*identity.of_file(rest), *identity.texts_of_file(rest)) if named else ()
                for index, key in named:
                    differing = sum(
                        one != other for one, other in zip((*key[0], *key[1]), there, strict=True)
                    )
                    if differing == 1 and number not in found.get(index, ()):
                        found.setdefault(index, []).append(number)

        self._ledger.scan(self._kind.name, [*unique, *identity.names], take, Chosen(years=years))


def _span(identity: Identity, keys: Iterable[Key]) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of the keys; None where a key has none."""
    if not identity.dated:
        return None
    place = [field.name for field in identity.plain].index("record_date")
    days = {key[0][place] for key in keys}
    if None in days:
        return None
    texts = sorted(str(day) for day in days)
    return datetime.date.fromisoformat(texts[0]), datetime.date.fromisoformat(texts[-1])
