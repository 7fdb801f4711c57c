"""What the import page asks of the database thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mingxi_desktop.domain.references import ORG
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import ImportResult, Preview

SheetKey = tuple[Path, str]
"""A sheet of a file."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the user wants read.

    by_sheet: for a sheet, column letters with 列 → field name, "" leaves the column out.
    """

    paths: tuple[Path, ...]
    kind: str
    reporter: str = ""
    year: int | None = None
    by_sheet: dict[SheetKey, dict[str, str]] = field(default_factory=dict)


def reporters(ledger: Ledger) -> list[str]:
    """The names of who sends files."""
    return [entry.name for entry in ledger.entries(ORG)]


def look(
    ledger: Ledger, request: Request, stopped: Callable[[], bool], progress: Callable[[int, int], None]
) -> Preview:
    """Read and check the files."""
    return importing.preview(
        ledger,
        request.paths,
        kind=request.kind,
        reporter=request.reporter,
        year=request.year,
        by_sheet=request.by_sheet,
        cancelled=stopped,
        progress=progress,
    )


def store(ledger: Ledger, found: Preview) -> ImportResult:
    """Store the right rows; the user has seen the others and leaves them out."""
    return importing.commit(ledger, found, accept_valid=True)


def returned(_ledger: Ledger, found: Preview, folder: Path) -> list[Path]:
    """Write the marked copies to send back."""
    return importing.write_returned(found, folder)
