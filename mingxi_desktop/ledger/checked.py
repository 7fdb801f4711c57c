"""A ledger with what its checks say: what reports are made from, which print the reasons of what was accepted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mingxi_desktop.ledger.core import Core

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checks.running import Checks


class Checked(Core):
    """The checks look at records and indicators alone, never at what is made of them."""

    @cached_property
    def checks(self) -> Checks:
        """What may be counted twice, contradicts itself or is owed."""
        from mingxi_desktop.ledger.checks.running import Checks

        return Checks(self, self._writer, self._undoer)
