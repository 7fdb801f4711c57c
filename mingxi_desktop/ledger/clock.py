"""A clock that is behind the ledger: somebody set it back, or the battery of the PC is empty."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.storage import copies

_LENGTH = len("2024-05-01 08:00:00")
"""Of a time as the history has it, without a zone.  `strptime` would load a package and compile a pattern for it."""
_PATIENCE = datetime.timedelta(minutes=5)
"""What a clock that is set by the network may go back by itself."""


def notice(ledger: Ledger) -> str:
    """One line where the clock is earlier than the ledger's newest change; "" where it is not.

    The next change is noted with the time of the clock, so it is said until then.  Nothing depends on it: the
    order of changes and backups is that of their numbers.
    """
    _, newest = copies.sentences(ledger._store.schema, 0, 1)  # noqa: SLF001 - a part of the facade
    if not newest:
        return ""
    try:
        at, here = (datetime.datetime.fromisoformat(said[:_LENGTH]) for said in (newest[0][0], now()))
    except ValueError:
        return ""
    if at - here < _PATIENCE:
        return ""
    return f"电脑的时间比台账里最后一次变更（{at:%Y-%m-%d %H:%M}）还早，请核对电脑的日期和时间"
