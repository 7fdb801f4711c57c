"""All checks, in the order in which their findings are told."""

from __future__ import annotations

from mingxi_desktop.ledger.checks.check import Check


def every() -> tuple[Check, ...]:
    """The checks of the program; loaded when they are first wanted."""
    return ()
