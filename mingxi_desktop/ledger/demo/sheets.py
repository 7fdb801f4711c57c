"""Records as they come in: in files of townships and departments, or typed by the clerk."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingxi_desktop.domain.records import IncomingRow, Named

COUNTY = "县直"
BUREAU = "明溪县应急管理局"
FEN = 100
_FIRST_ROW = 3
"""Below a title and a header."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One record before it has a place in a file."""

    kind: str
    values: Mapping[str, Any]
    children: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date:
        """The record's date."""
        day: datetime.date = self.values["record_date"]
        return day


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file: its name, sheet, kind and rows."""

    name: str
    sheet: str
    kind: str
    rows: tuple[IncomingRow, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files that were taken in together; without files, records that the clerk typed one by one."""

    sentence: str
    files: tuple[SentFile, ...] = ()
    typed: tuple[IncomingRow, ...] = ()

    @property
    def rows(self) -> tuple[IncomingRow, ...]:
        """All its records in order."""
        return (*(row for file in self.files for row in file.rows), *self.typed)


def draft(kind: str, day: datetime.date, area: str, **values: Any) -> Draft:
    """A record of a day and an area; texts in `reporter` name the reporter."""
    reporter = values.pop("reporter", None)
    children = values.pop("children", {})
    full = {"record_date": day, "area": Named(area), **values}
    if reporter:
        full["reporter"] = Named(reporter)
    return Draft(kind, full, children)


def government(area: str) -> str:
    """Who reports for an area."""
    return BUREAU if area == COUNTY else f"{area}人民政府"


def sent(name: str, sheet: str, drafts: Sequence[Draft]) -> SentFile:
    """The file in which these records (of one kind) came, each with its place in it."""
    rows = tuple(
        IncomingRow(
            draft.kind,
            {**draft.values, "source_ref": f"{name} · {sheet} · 第{number}行"},
            sheet,
            number,
            draft.children,
        )
        for number, draft in enumerate(drafts, _FIRST_ROW)
    )
    return SentFile(name, sheet, drafts[0].kind, rows)


def taken_in(sentence: str, *files: SentFile) -> Delivery:
    """Files that were dropped on the import together, as one batch."""
    return Delivery(sentence, files)


def typed(sentence: str, drafts: Sequence[Draft]) -> Delivery:
    """Records that the clerk typed herself, without any file."""
    rows = tuple(IncomingRow(item.kind, item.values, children=item.children) for item in drafts)
    return Delivery(sentence, typed=rows)


def by_quarter(drafts: Sequence[Draft], subject: str, sheet: str, sender: str) -> list[Delivery]:
    """One department's records, sent at the end of each quarter."""
    deliveries = []
    for quarter in range(1, 5):
        mine = [item for item in drafts if (item.day.month + 2) // 3 == quarter]
        if mine:
            name = f"{sender}{mine[0].day.year}年{quarter}季度{subject}"
            deliveries.append(taken_in(f"导入 {name}", sent(f"{name}.xlsx", sheet, mine)))
    return deliveries
