"""What is done for the safety of a ledger when its window closes: a backup if anything changed, a readable copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.ledger.safekeeping import backups
from mingxi_desktop.ledger.safekeeping.backups import Made
from mingxi_desktop.ledger.stopping import Told

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


def back_up(ledger: Ledger, reason: str = backups.CLOSING, told: Told = lambda _d, _t: None) -> Made | None:
    """A backup, unless the newest one has everything already; UserError where it cannot be made.

    What `told` raises leaves none; then there is one half an hour after the next start.
    """
    own = ledger.backups
    return own.make(reason, told=told) if own.changed() else None


def readable_file(ledger: Ledger) -> Path:
    """Where the readable workbook lies: with the backups."""
    return ledger.backups.folder / f"{ledger.path.stem}-全部台账.xlsx"


def write_readable(ledger: Ledger, told: Told = lambda _d, _t: None) -> str:
    """Write the readable workbook anew, where it is wanted; why it could not be, "" otherwise.

    What `told` raises leaves the one of last time.
    """
    from mingxi_desktop.ledger import whole_book

    if ledger.setting(backups.READABLE) == "0":
        return ""
    path = readable_file(ledger)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_book.write(ledger, path, told)
    except UserError as error:
        return f"全部台账的表格没有更新：{error.title}（{error.detail}）"
    except OSError as error:
        return f"全部台账的表格没有更新：{disk_reason(error, path)}"
    return ""
