"""The facade: everything the program can do, without Qt."""

from mingxi_desktop.domain.county import DELIVERED
from mingxi_desktop.ledger.facade import Ledger

DEFAULT_BUREAU = DELIVERED.bureau
"""Of the demonstration year."""

__all__ = ["DEFAULT_BUREAU", "Ledger"]
