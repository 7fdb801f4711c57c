"""A small ledger with something of everything that files can be mutated of, made once."""

from __future__ import annotations

import functools
from pathlib import Path

from tests.safety.deeds import ROOT
from tests.safety.fuzz.serving import Served
from tests.safety.program import scratch

_RECORDS = (
    (
        "hazard",
        "record_date=2024-06-09",
        "area=盖洋镇",
        "field=消防",
        "description=消防通道堵塞",
        "quantity_found=3",
    ),
    (
        "hazard",
        "record_date=2024-07-01",
        "area=雪峰镇",
        "field=交通",
        "description=护栏缺失",
        "quantity_found=1",
    ),
    (
        "hazard",
        "record_date=2024-08-20",
        "area=沙溪乡",
        "field=燃气",
        "description=软管老化",
        "quantity_found=2",
    ),
    ("accident", "record_date=2024-03-02", "area=盖洋镇"),
    ("meeting", "record_date=2024-02-01", "name=一季度例会"),
)
DEFINITIONS = (
    '{"form": 1, "指标定义": [{"id": "xfyh", "label": "消防隐患数", "kind": "hazard", "aggregate": "sum", '
    '"fields": ["quantity_found"], "where": {"field": ["消防"]}, "unit": "条"}]}'
)


@functools.cache
def ledger() -> Path:
    """A closed ledger; copy it."""
    folder = scratch()
    path = folder / "台账.mxdb"
    with Served(folder / "home", here=True) as program:
        assert program.call("new", "--db", str(path)).code == 0
        for record in _RECORDS:
            program.call("add", *record, "--db", str(path))
        program.call("edit", "hazard", "2", "description=护栏缺了一段", "--db", str(path))
        program.call("delete", "hazard", "3", "--db", str(path))
        program.call("opening", "hazards_found", "2022", "1395", "--source", "总结", "--db", str(path))
        given = folder / "定义.json"
        given.write_text(DEFINITIONS, encoding="utf-8")
        assert program.call("define", str(given), "--db", str(path)).code == 0
        book = ROOT / "tests" / "data" / "spreadsheets" / "a01_hazards_clean.xlsx"
        assert program.call("import", str(book), "--kind", "hazard", "--db", str(path)).code == 0
    return path


@functools.cache
def made(name: str, *verb: str) -> bytes:
    """What a verb with -o writes from that ledger, under that name."""
    path = scratch() / name
    with Served(path.parent / "home", here=True) as program:
        said = program.call(*verb, "-o", str(path), "--db", str(ledger()))
    assert said.code == 0, said.text
    return path.read_bytes()
