"""All 81 places of the published report come out of the demonstration's records, and of nothing else."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import demo
from mingxi_desktop.ledger.facade import Ledger
from tests.ledger.demo.reference import evaluate, flattened

with (Path(__file__).parents[2] / "data" / "indicators_2024.csv").open(encoding="utf-8", newline="") as file:
    PLACES = list(csv.DictReader(file))


def _published(place):
    try:
        return Decimal(place["value"])
    except ArithmeticError:
        return place["value"]


def _as_published(value):
    """A day of the ledger is a whole date; the list of published figures has month and day alone."""
    return value[5:] if isinstance(value, str) and len(value) == len("2024-05-12") else value


@pytest.fixture(scope="module")
def records():
    return flattened(demo.rows(2024))


def _built(path):
    counts = demo.build(path, 2024, "明溪县应急管理局")
    with Ledger.open(path) as ledger:
        values = {value.indicator.id: value for value in ledger.indicators(2024)}
        stored = {year: ledger.counts(year) for year in (2023, 2024)}
        bureau = ledger.setting("bureau")
        batches = ledger.batches()
        problems = ledger.verify()
    return counts, values, stored, bureau, batches, problems


def test_records_give_the_published_figures(records):
    for place in PLACES:
        value, text = evaluate(records, place["indicator"], 2024)
        assert text == place["as_printed"], place["no"]
        assert value == _published(place), place["no"]


@pytest.mark.slow
def test_the_ledger_gives_the_published_figures_and_holds_what_was_counted(tmp_path):
    """One test, for building the ledger takes seconds."""
    counts, values, stored, bureau, batches, problems = _built(tmp_path / "示例.mxdb")
    for place in PLACES:
        value = values[place["indicator"]]
        assert value.text == place["as_printed"], place["no"]
        assert _as_published(value.value) == _published(place), place["no"]
        assert value.problem == "", place["no"]
        assert value.records > 0, place["no"]
    assert bureau == "明溪县应急管理局"
    assert counts["hazard"] == stored[2023]["hazard"] + stored[2024]["hazard"]
    assert problems == []
    files = [file for batch in batches for file in batch.files]
    assert any(file.file == "盖洋镇2024年6月隐患台账.xlsx" and file.sheet == "隐患台账" for file in files)


def test_an_existing_file_stays_as_it_is(tmp_path):
    path = tmp_path / "示例.mxdb"
    Ledger.create(path).close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="已经存在"):
        demo.build(path, 2024, "明溪县应急管理局")
    assert path.read_bytes() == before


def test_another_year_gives_the_same_figures():
    records = flattened(demo.rows(2019))
    for place in PLACES:
        value, text = evaluate(records, place["indicator"], 2019)
        assert text == place["as_printed"], place["indicator"]
        if place["indicator"] == "rainstorm_event":
            assert value == "2019-06-09..2019-06-18"
        else:
            assert value == _published(place)


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_year_that_cannot_be_shown_is_refused(year, tmp_path):
    with pytest.raises(UserError, match=f"{year}年"):
        demo.build(tmp_path / "示例.mxdb", year, "明溪县应急管理局")
    assert not (tmp_path / "示例.mxdb").exists()


def test_the_year_before_stands_beside_it(records):
    values = {}
    missing = []
    for name in dict.fromkeys(place["indicator"] for place in PLACES):
        try:
            values[name] = evaluate(records, name, 2023)[0]
        except (ValueError, ZeroDivisionError):
            missing.append(name)
    assert missing == []
    same = [name for name, value in values.items() if value == evaluate(records, name, 2024)[0]]
    assert len(same) <= 6
    assert values["hazards_found"] == 1502
    # Twelve of that year's hazards were put right in the January after it.
    assert values["hazards_rectified"] == 1490
