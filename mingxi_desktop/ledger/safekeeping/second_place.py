"""The second place of backups: a USB stick or another disk, kept up while it is there.

What is copied is read back and compared.  Attachments go beside the backups, each content once, as they lie beside
the ledger; so whoever finds the stick has everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.ledger import filing, placing
from mingxi_desktop.ledger.safekeeping.backup_names import Named, backups_in, belongs
from mingxi_desktop.ledger.safekeeping.retention import superfluous


def copy_there(backup: Path, folder: Path) -> Path:
    """Copy a backup into the folder, which must be there; UserError where that fails."""
    target = folder / backup.name
    part = placing.part_of(target)
    try:
        digest = placing.copy(backup, part)
        if placing.digest_of(part) != digest:
            raise UserError(
                "第二份备份读回来不一样，没有留下", f"文件：{target}", "这个U盘或硬盘可能坏了，换一个。"
            )
        placing.settle(part, target)
    except OSError as error:
        hint = "检查U盘或硬盘是否插好；第一份备份已经做好。"
        raise disk_fault("第二份备份没有写成", folder, error, hint) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return target


def thin_out(folder: Path, stem: str, owner: str) -> list[Named]:
    """Take away what of one ledger's backups need not be kept; what went."""
    own = [one for one in backups_in(folder) if belongs(one, stem, owner)]
    gone = []
    for one in superfluous(own):
        with suppress(OSError):  # held by another program: next time
            one.path.unlink()
            gone.append(one)
    return gone


def copy_attachments(ledger: Path, names: Iterable[tuple[str, str]], folder: Path) -> int:
    """Copy the attachments that are not yet beside the backups in a folder; how many were.

    names: (SHA-256, name) of each.  A copy that is missing or spoilt at the ledger is passed over: checking the
    ledger tells of it.  UserError where the folder refuses.
    """
    return carry_attachments(ledger, folder / ledger.name, names)


def carry_attachments(source: Path, target: Path, names: Iterable[tuple[str, str]]) -> int:
    """Copy attachments from beside one ledger file (or backup) to beside another; how many were."""
    copied = 0
    for sha256, name in names:
        there, here = filing.place_of(target, sha256, name), filing.place_of(source, sha256, name)
        if not there.exists() and not filing.fault_of(here, sha256):
            filing.put_in(here, target)
            copied += 1
    return copied
