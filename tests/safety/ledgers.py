"""Ledgers of many records, made quickly."""

from __future__ import annotations

import datetime
from pathlib import Path

from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ledger import Ledger


def filled(path: Path, records: int) -> Path:
    """A closed ledger with so many hazards, all from one import."""
    with Ledger.create(path, operator="张三") as ledger:
        area = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
        rows = [
            IncomingRow(
                "hazard",
                {
                    "record_date": datetime.date(2024, 6, 9),
                    "area": area,
                    "field": "消防",
                    "description": f"第{number}条隐患，消防通道堵塞，配电箱未接地",
                },
                row=number,
            )
            for number in range(1, records + 1)
        ]
        ledger.store(rows, [BatchFile("a.xlsx", "表1", "hazard", records)], sentence="导入 a.xlsx")
    return path
