"""What an import has done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain.records import Changes

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checks.ahead import Arrival


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What `commit` did.  changes: None when nothing was stored, and then `reason` says why.

    arrival: what the checks can be asked about what was stored.
    """

    changes: Changes | None
    reason: str = ""
    arrival: Arrival | None = None

    @property
    def batch(self) -> int | None:
        """The batch by which the import can be taken back."""
        return self.changes.batch if self.changes else None
