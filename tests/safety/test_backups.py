"""Promises 5 and 6 at full size: the demonstration year out and in again, and a restore of 20,000 records."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from mingxi_desktop.ledger import DEFAULT_BUREAU, Ledger, demo, whole_book
from mingxi_desktop.ledger.safekeeping import restoring
from mingxi_desktop.ledger.safekeeping.restore_preview import difference
from tests.bench import hazards
from tests.safety.conftest import Reached

pytestmark = [pytest.mark.safety, pytest.mark.timeout(900)]
_RECORDS, _SECONDS = 20_000, 10


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "台账.mxdb"
    demo.build(path, demo.PUBLISHED_YEAR, DEFAULT_BUREAU)
    return path


def test_the_demonstration_year_comes_back_from_its_workbook(
    year: Path, tmp_path: Path, reached: Reached
) -> None:
    book, path = tmp_path / "全部台账.xlsx", tmp_path / "台账.mxdb"
    with Ledger.open(year) as ledger:
        numbers = {y: [(v.indicator.id, v.value, v.text) for v in ledger.indicators(y)] for y in (2023, 2024)}
        counts = ledger.counts()
        whole_book.write(ledger, book)
    _, problems = restoring.rebuild(book, path)
    assert problems == ()
    with Ledger.open(path) as back:
        assert back.counts() == counts
        for y, before in numbers.items():
            assert [(v.indicator.id, v.value, v.text) for v in back.indicators(y)] == before
        assert back.verify() == []
    reached(
        "workbook of the demonstration year taken back, indicators equal", sum(map(len, numbers.values()))
    )


def test_going_back_with_20000_records_takes_ten_seconds_at_most(tmp_path: Path, reached: Reached) -> None:
    path = Path(shutil.copyfile(hazards.ledger_of(_RECORDS), tmp_path / "台账.mxdb"))
    with Ledger.open(path) as ledger:
        backup = ledger.backups.make().path
        ledger.delete("hazard", list(range(1, 501)))
        began = time.monotonic()
        assert "找回 500 条" in difference(ledger, backup).sentence
        looked = time.monotonic() - began
    began = time.monotonic()
    restoring.restore(backup, path)
    taken = time.monotonic() - began
    assert looked < 2
    assert taken < _SECONDS
    reached(f"restore of {_RECORDS} records", 1, seconds=taken)
    reached(f"preview of a restore of {_RECORDS} records", 1, seconds=looked)
