"""Long lists of records the way a table shows them: its beginning first, or in groups."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage import beginning, forms, sections, sqlite
from mingxi_desktop.storage.store import Store


@guarded
class Lists:
    """What a long table asks for: first ids at once, then all; places of records and groups."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def first_ids(self, query: Query, limit: int) -> array[int] | None:
        """The first of a query's ids, where they can be had much sooner than all of them; else None."""
        return beginning.first_ids(self._store.schema, query, limit)

    @contextmanager
    def at_length(self) -> Iterator[None]:
        """While this lasts, many records are read in an order that is not that of the file.

        Each page has a dozen of them: in the usual room it would be fetched, and deciphered, nearly as often.
        """
        with sqlite.roomy(self._store.database):
            yield

    def columns(
        self, kind: str, names: Sequence[str], ids: Sequence[int], *, trash: bool = False
    ) -> tuple[list[int], list[list[Any]]]:
        """(those of these records that are there, for each field their values in the form of the file)."""
        return forms.columns(self._store.schema, self._store.schema.kinds[kind], names, ids, trash=trash)

    def sectioned(
        self, query: Query, by: Sequence[str], sums: Sequence[str]
    ) -> tuple[array[int], list[sections.Section]]:
        """(the ids of a query group after group, what each group holds); see `sections.sectioned`."""
        return sections.sectioned(self._store.schema, query, by, sums)
