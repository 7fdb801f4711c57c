"""A ledger whose backups know of more than its file: looked at when it is opened, settled by the clerk."""

from __future__ import annotations

from contextlib import suppress

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.safekeeping import identity
from mingxi_desktop.ledger.safekeeping.identity import Passed


def look(ledger: Core) -> Passed | None:
    """The backups that have more; a ledger of an earlier version gets its owner first.  None where all is well."""
    store = ledger._store  # noqa: SLF001 - a part of the facade
    with suppress(UserError):  # of a disk that takes nothing more: what is there may still be looked at
        identity.name(store)
    return identity.passed(store)


def confirm(ledger: Core) -> Changes:
    """Go on with the file as it is; noted in its history."""
    store = ledger._store  # noqa: SLF001 - a part of the facade
    found = identity.passed(store, thoroughly=True)
    if found is None:
        return Changes("台账和备份接得上")
    with ledger._writer.change(identity.CONFIRMED) as change_set:  # noqa: SLF001
        identity.settle(store, ledger._journal, change_set, found)  # noqa: SLF001
    return Changes(identity.CONFIRMED)
