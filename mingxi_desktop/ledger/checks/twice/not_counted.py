"""Taking records out of the total, with the reason in their note."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.checks.check import Edit, Scope


def not_counted(scope: Scope, kind: Kind, ids: Sequence[int], why: str) -> Edit:
    """These records no longer count in the total.  why: added to what their note says."""
    values = {}
    for record in scope.ledger.records(kind.name, ids):
        note = "；".join(filter(None, (record.values.get("note"), why)))
        values[record.id] = {"in_total": False, "note": note}
    return Edit(kind.name, values)
