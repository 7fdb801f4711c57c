"""Rows whose cells nobody expects, in every format: each filled cell is stored or told, none is blank in silence."""

from __future__ import annotations

import datetime
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import biff, books, others, rows
from tests.safety.counts import few_and_many, wished
from tests.safety.fuzz import filled
from tests.safety.fuzz.conftest import Fed
from tests.safety.fuzz.serving import Said, Served
from tests.safety.program import LEDGER

_TEXTS = (
    "\u200b", "　", "\ud800", "a\x00b", "_x0000_", "\x07", "-", "/", "无", "0", "00", "1e3", "1e400",
    "-1", "３", "３.5", "3,028处", "76.026万", "99999999999999999999", "2024-02-30", "2024-13-01",
    "9999-12-31", "0001-01-01", "6.31", "2.29", "1900-02-29", "二〇二四年六月九日", "去年", "#REF!",
    "#N/A", "=1+1", "+1", "@x", "√", "是", "TRUE", "甲" * 300, "甲\n乙", "\u202eabc", "𠮷", "<b>x</b>",
    "&amp;", '"', "'2024-06-09", "12:30", "45000", "45000.75", "盖洋镇、雪峰镇", "合计", "小计", "明溪县",
    "一般/重大", "3/2", "约3", "3余", "NULL", "N/A", "nan", "None", "\t3", "3 \xa0",
)  # fmt: skip
_VALUES = (
    0, -1, 2.5, 1e308, 2**53, 2**63, -0.0, 45000, 2958466, 60, True, 1e-300, datetime.date(1900, 3, 1),
    datetime.date(9999, 12, 31), datetime.date(2024, 2, 29),
)  # fmt: skip
_EMPTY = frozenset(" \t\r\n\xa0\u3000\u200b\ufeff\u202e")
_NOTHING = frozenset({"-", "/", "无", "null", "n/a", "none", "—", "nan"})
"""What clerks write for nothing."""
_FIELDS = (
    "record_date area place description level quantity_found quantity_rectified due_date rectified_date note"
).split()


def _xlsx(table: Sequence[Sequence[Any]], draw: random.Random) -> bytes:
    """By hand, with formulas that have no value and merged cells that overlap, now and then."""
    merged = ""
    if draw.random() < 0.2:
        first, last = sorted(draw.sample(range(2, 9), 2))
        cells = (f"B{first}:C{last}", f"C{first}:D{last}")
        merged = "".join(f'<mergeCell ref="{place}"/>' for place in cells)
        merged = f'<mergeCells count="2">{merged}</mergeCells>'
    made = [
        [("f", "1+1", draw.choice((None, "", cell))) if draw.random() < 0.02 else cell for cell in row]
        for row in table
    ]
    inside = books.rows_xml(made)
    return books.packed(books.parts(books.sheet_xml(inside, after=merged)))


_MAKERS: dict[str, Callable[[Sequence[Sequence[Any]], random.Random], bytes]] = {
    "xlsx": _xlsx,
    "xls": lambda table, _: biff.xls(table),
    "ods": lambda table, _: others.ods(others.table_xml(table)),
    "csv": lambda table, draw: others.delimited(
        table, draw.choice(",\t;"), draw.choice(("utf-8-sig", "gb18030"))
    ),
    "html": lambda table, _: others.html(table),
    "xml": lambda table, _: others.xml2003(table),
}


@pytest.mark.parametrize("tries", few_and_many(2, wished("tries", 300), 2))
def test_no_filled_cell_is_blank_in_silence(
    tries: int, program: Served, tmp_path: Path, draw: random.Random, feeding: Callable[[str], Fed]
) -> None:
    fed = feeding("cells of every sort")
    sound = filled.ledger().read_bytes()
    while fed.tried < tries:
        fed.tried += 1
        table = [rows.HEAD, *(_strange(row, draw) for row in rows.lines(6))]
        form = draw.choice(list(_MAKERS))
        data = _made(form, table, draw)
        if data is None:
            continue
        work = tmp_path / "fed" / "work"
        work.mkdir(parents=True)
        path, db = work / f"表.{form}", work / LEDGER
        path.write_bytes(data)
        db.write_bytes(sound)
        wish = ["--kind", "hazard", "--year", "2024", "--accept-valid"]
        said = program.call("import", str(path), *wish, "--db", str(db))
        if fed.judge(said, data, path.name):
            stored = program.call("list", "hazard", "--limit", "1000", "--db", str(db))
            lost = _silent(said, stored, table) if fed.judge(stored, data, path.name) else []
            if lost:
                fed.fault(f"{lost}; it said {said.text[:600]}", data, path.name)
            fed.taken += said.code == 0
        shutil.rmtree(work)
    fed.end()


def _made(form: str, table: Sequence[Sequence[Any]], draw: random.Random) -> bytes | None:
    """None for what the format has no way to hold."""
    try:
        return _MAKERS[form](table, draw)
    except (UnicodeEncodeError, ValueError, OverflowError):
        return None


def _strange(row: list[Any], draw: random.Random) -> list[Any]:
    changed = list(row)
    for place in draw.sample(range(1, len(row)), draw.choice((0, 1, 1, 2, 3))):
        changed[place] = draw.choice(_TEXTS) if draw.random() < 0.7 else draw.choice(_VALUES)
    return changed


def _silent(said: Said, stored: Said, table: Sequence[Sequence[Any]]) -> list[str]:
    """The filled cells of mapped columns of which there is neither a value nor a word."""
    lost = []
    for file in said.document.get("files", ()):
        records = {
            int(record["source_ref"].rpartition("第")[2].removesuffix("行")): record
            for record in stored.document["records"]
            if str(record["source_ref"]).startswith(f"{file['file']} ")
        }
        told = [item for part in ("rejected", "skipped", "warnings") for item in file[part]]
        for number, row in enumerate(table[1:], 2):
            for header, cell in zip(table[0], row, strict=True):
                field = file["mapping"].get(header)
                if any(_names(item, number, header) for item in told):
                    continue
                if (
                    field in _FIELDS
                    and _filled(cell)
                    and records.get(number, {}).get(field) in (None, "", [])
                ):
                    lost.append(f"{header} of row {number}: {cell!r}")
    return lost if said.document.get("files") and any(f["header_row"] for f in said.document["files"]) else []


def _filled(cell: Any) -> bool:
    text = "" if cell is None else str(cell).replace("_x0000_", "")  # in a workbook a NUL, which nobody sees
    return bool(set(text) - _EMPTY) and text.strip().lower() not in _NOTHING


def _names(item: Any, row: int, header: str) -> bool:
    """Whether something said is about this row, or about this column of all rows."""
    text = f"{item.get('message', '')}{item.get('reason', '')}"
    whole = item.get("row") is None and (item.get("column") == header or f"“{header}”" in text)
    return item.get("row") == row or whole or f"第{row}行" in text or f"、{row}" in text
