"""The readable workbook: all ledgers in one, taken back into a new ledger with the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, restoring, whole_book
from tests.ledger.conftest import Add


def test_the_ledgers_come_after_what_they_refer_to() -> None:
    names = [kind.name for kind in whole_book.order()]
    assert names.index("inspection") < names.index("hazard") < names.index("enforcement_case")
    assert names.index("disaster_event") < names.index("disaster_loss")
    assert names.index("rescue_team") < names.index("supply_movement")


@pytest.mark.safety
def test_a_book_becomes_a_ledger_again(ledger: Ledger, add: Add, tmp_path: Path) -> None:
    inspection = add("inspection", enterprises=("甲厂", "乙厂"))
    add("hazard", quantity_found=3, inspection=f"inspection:{inspection}")
    gone = add("hazard", description="删了的")
    ledger.delete("hazard", [gone])
    first = add(
        "supply_movement", supply_line=[{"item": "棉被", "quantity": 5}, {"item": "折叠床", "quantity": 2}]
    )
    ledger.edit("supply_movement", first, {"note": "往来"})
    before = [(one.indicator.id, one.value) for one in ledger.indicators(2024)]
    book = tmp_path / "全部台账.xlsx"
    told: list[tuple[int, int]] = []
    assert whole_book.write(ledger, book, lambda done, total: told.append((done, total))) == 3
    assert told[-1][0] == told[-1][1]
    path = tmp_path / "新" / "台账.mxdb"
    path.parent.mkdir()
    aside, problems = restoring.rebuild(book, path)
    assert (aside, problems) == (None, ())
    with Ledger.open(path) as back:
        assert [(one.indicator.id, one.value) for one in back.indicators(2024)] == before
        assert back.counts() == ledger.counts()
        hazard = back.records("hazard", back.ids(Query("hazard")))[0]
        assert back.title("inspection", int(str(hazard.values["inspection"]).rpartition(":")[2]))
        assert back.verify() == []


def test_a_sheet_that_is_no_book_makes_no_ledger(tmp_path: Path) -> None:
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"no")
    with pytest.raises(UserError, match="没有读到台账"):
        restoring.rebuild(other, tmp_path / "台账.mxdb")
    assert [path.name for path in tmp_path.iterdir()] == ["别的.xlsx"]
