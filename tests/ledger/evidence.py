"""Files to attach to records, and what is attached."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.ledger import Ledger

PHOTO = b"\xff\xd8 photo" * 1000


def made(path: Path, content: bytes) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def folder(ledger: Ledger) -> Path:
    """The attachment folder."""
    return ledger.path.parent / "附件"


def copies(ledger: Ledger) -> list[str]:
    """Every file in the attachment folder."""
    found = (item for item in folder(ledger).rglob("*") if item.is_file())
    return sorted(item.relative_to(folder(ledger)).as_posix() for item in found)


def names(ledger: Ledger, number: int = 1, kind: str = "hazard") -> list[str]:
    """What is attached to a record."""
    return [item.name for item in ledger.attachments(kind, number)]
