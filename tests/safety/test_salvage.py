"""Of 20,000 records nearly all are saved from a file with a page gone, without any backup."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.safekeeping import recovering, repairing
from mingxi_desktop.ledger.safekeeping.recovering import Way
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, wished
from tests.safety.deeds import LOST, Fault
from tests.safety.ledgers import filled

PAGE = 4096


@pytest.mark.parametrize(
    ("records", "times"), [pytest.param(20_000, wished("pages", 10), id="many", marks=LONG)]
)
def test_one_page_gone(
    records: int, times: int, tmp_path: Path, draw: random.Random, reached: Reached
) -> None:
    """Any page: a leaf, an inner page, an index, the history, the header."""
    path = filled(tmp_path / "台账.mxdb", records)
    data, most = path.read_bytes(), 100
    for turn in range(times):
        began = time.monotonic()
        page = draw.randrange(len(data) // PAGE) if turn else 0
        path.write_bytes(data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :])
        done = repairing.repair(recovering.examine(path), Way.SALVAGE)
        with Ledger.open(path) as ledger:
            saved = ledger.counts()["hazard"]
            assert ledger.verify() == []
        lost = records - saved
        assert done.kept is not None
        assert done.kept.stat().st_size == len(data)
        assert done.merged is not None
        assert len([loss for loss in done.merged.losses if loss.what == "读不出来"]) == lost
        faults = [Fault(LOST, f"page {page}: {lost} records")] if lost > most else []
        reached(
            "records saved with a page gone",
            records,
            told=saved,
            faults=faults,
            seconds=time.monotonic() - began,
        )
        assert not faults
        for left in path.parent.iterdir():
            if left != path and left.is_file():
                left.unlink()
