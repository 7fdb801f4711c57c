"""What the window itself asks the ledger; these functions run on the database thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.ledger import Ledger

if TYPE_CHECKING:
    from mingxi_desktop.domain.query import Query


def around(ledger: Ledger) -> tuple[str, list[int]]:
    """Bureau and years."""
    return ledger.setting("bureau"), ledger.years()


def state(ledger: Ledger) -> tuple[str, str, list[int]]:
    """What undo and redo would do, and the years."""
    return masked(ledger.undo_sentence), masked(ledger.redo_sentence), ledger.years()


def parents(ledger: Ledger, query: Query) -> Query:
    """The ledger's query for the parents of child rows."""
    from mingxi_desktop.domain.query import Query  # the window shows before anybody asks

    kind = kind_of(query.kind)
    found = {
        int(record.values[kind.parent].rpartition(":")[2])
        for record in ledger.records(query.kind, ledger.ids(query))
        if record.values.get(kind.parent)
    }
    # No ids at all would mean every record.
    return Query(kind.parent_kind, ids=tuple(sorted(found)) or (0,))
