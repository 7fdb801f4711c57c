"""The readable workbook: all ledgers in one, taken back into a new ledger with the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.domain.county import County
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import AREA, ORG, VILLAGE, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, area_list, whole_book
from mingxi_desktop.ledger.safekeeping import restoring
from tests.ledger.conftest import Add, adder_for


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


@pytest.mark.safety
def test_another_countys_book_becomes_its_ledger_again(tmp_path: Path) -> None:
    county = County.of("江西省赣州市云山县")
    book, path = tmp_path / "全部台账.xlsx", tmp_path / "台账.mxdb"
    with Ledger.create(tmp_path / "旧.mxdb", county=county, bureau="云山县防灾减灾局") as ledger:
        ledger.home.take_in(area_list.from_text("云峰镇：东山村\n白石乡"))
        ledger.save_entry(Entry(ORG, "云山县气象台"))
        adder_for(ledger)("hazard", area="白石乡", reporter="云山县气象台")
        whole_book.write(ledger, book)
    assert restoring.rebuild(book, path) == (None, ())
    with Ledger.open(path) as back:
        assert (back.home.county, back.home.bureau) == (county, "云山县防灾减灾局")
        assert [entry.name for entry in back.entries(AREA, active_only=False)] == ["县直", "云峰镇", "白石乡"]
        assert [(entry.name, entry.parent) for entry in back.entries(VILLAGE)] == [("东山村", "云峰镇")]
        assert back.counts()["hazard"] == 1


def test_a_sheet_that_is_no_book_makes_no_ledger(tmp_path: Path) -> None:
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"no")
    with pytest.raises(UserError, match="没有读到台账"):
        restoring.rebuild(other, tmp_path / "台账.mxdb")
    assert [path.name for path in tmp_path.iterdir()] == ["别的.xlsx"]
