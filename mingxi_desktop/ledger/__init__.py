"""The facade: everything the program can do, without Qt."""

from mingxi_desktop.ledger.facade import DEFAULT_BUREAU, Ledger

__all__ = ["DEFAULT_BUREAU", "Ledger"]
