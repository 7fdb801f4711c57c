"""A new ledger file: the lists of its county, its bureau, and the letters that its backups know it by."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.domain.county import County
from mingxi_desktop.ledger import places
from mingxi_desktop.ledger.safekeeping import identity
from mingxi_desktop.storage.store import Store


def founded(path: Path, bureau: str, operator: str, county: County) -> Store:
    """The open file; UserError if there is one already or none may lie there.  bureau: "" for the county's own."""
    places.admit_new(path)
    store = Store.create(path, operator, county=county)
    try:
        with store.writing():
            store.set_setting("bureau", bureau or county.bureau)
        identity.name(store)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)  # a ledger without its bureau is half a new one
        raise
    return store
