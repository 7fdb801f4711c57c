"""Header layouts as townships, offices, platforms and national forms write them, each with what a clerk expects.

data/layouts/KIND.csv: title, header (columns parted by |, rows of one column by >), and for each column the
field: "" for none, name@word for facets and goods, first+second for two numbers in one cell, #total, #earlier.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.vocabulary import delivered_list
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.meaning import read_header
from mingxi_desktop.exchange.recognising.targets import targets_of

FILES = sorted((Path(__file__).parents[2] / "data" / "layouts").glob("*.csv"))
ROWS = [row for path in FILES for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
GOODS = {
    header_key(name)[0]: item["name"]
    for item in delivered_list("items")
    for name in (item["name"], *item["aliases"].split("|"))
    if name
}
INDEXES = {row["kind"]: targets_of(row["kind"]) for row in ROWS}
INDEXES["supply_movement"] = INDEXES["supply_movement"].with_wide(GOODS)
_FEWEST = 10


def said(column: Column) -> str:
    """A column's meaning in the words of the data."""
    if column.role in (Role.TOTAL, Role.EARLIER):
        return f"#{column.role}"
    if column.role is not Role.FIELD or column.target is None:
        return ""
    words = [word for _, word in (*column.target.sets, *column.facets)]
    name = f"{column.target.plain_name}@{'，'.join(words)}" if words else column.target.plain_name
    return f"{name}+{column.target.second.name}" if column.target.second else name


def same(found: str, expected: str) -> bool:
    """Whether two meanings are equal; the order of words does not count."""
    first, second = (text.partition("@") for text in (found, expected))
    return first[0] == second[0] and set(first[2].split("，")) == set(second[2].split("，"))


def columns_of(row: dict[str, str]) -> tuple[Column, ...]:
    """The columns as they are read for the row's ledger."""
    parts = {place: header.split(">") for place, header in enumerate(row["header"].split("|"))}
    return read_header(INDEXES[row["kind"]], parts).columns


@pytest.mark.parametrize("kind", INDEXES)
def test_layouts(kind: str) -> None:
    """All of a ledger at once: a test for each of the hundreds would take longer to report than to run."""
    wrong = []
    for row in ROWS:
        if row["kind"] != kind:
            continue
        wanted = row["fields"].split("|")
        found = [said(column) for column in columns_of(row)]
        assert len(wanted) == len(found), row["title"]
        wrong += [
            (row["title"], header, expected, meaning)
            for header, expected, meaning in zip(row["header"].split("|"), wanted, found, strict=True)
            if not same(meaning, expected)
        ]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_ledger_has_its_layouts(path: Path) -> None:
    assert sum(1 for row in ROWS if row["kind"] == path.stem) >= _FEWEST
