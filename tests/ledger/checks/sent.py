"""Records as files of townships bring them, without reading a file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from tests.ledger.conftest import DEFAULTS, filled

TOTAL = {"granularity": "汇总"}


def scope_of(ledger: Ledger, year: int = 2024) -> Scope:
    """A year as it is looked at in the next January."""
    return Scope(ledger, ledger._store, year, datetime.date(year + 1, 1, 10))


def sent(
    ledger: Ledger, file: str, rows: Sequence[Mapping[str, Any]], kind: str = "hazard", sheet: str = "表1"
) -> list[int]:
    """Store what a file brings, as one batch; returns the ids."""
    incoming = [
        IncomingRow(
            kind,
            {
                **filled(ledger, kind, {**DEFAULTS[kind], **row}),
                "source_ref": f"{file} · {sheet} · 第{number}行",
            },
            sheet,
            number,
        )
        for number, row in enumerate(rows, 3)
    ]
    changes = ledger.store(incoming, [BatchFile(file, sheet, kind, len(rows))], sentence=f"导入 {file}")
    return [number for name, number in changes.added if name == kind]
