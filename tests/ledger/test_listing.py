"""Reference lists and the clerk's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.references import Entry, delivered_entries
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import Add


def test_delivered_lists(ledger: Ledger) -> None:
    areas = ledger.entries("area")
    assert len(areas) == 10
    assert [entry.code for entry in areas if entry.name == "县直"] == ["350421000"]
    villages = ledger.entries("village")
    assert len(villages) == 96
    assert {village.parent for village in villages} <= {area.name for area in areas}
    assert all(entry.unit for entry in ledger.entries("item"))
    names = [(entry.list, entry.name) for entry in delivered_entries()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "name", ["盖洋镇", "盖洋", "盖洋镇人民政府", "明溪县盖洋镇", "350421102", " 盖 洋 镇 "]
)
def test_an_area_by_any_of_its_names(ledger: Ledger, name: str) -> None:
    values, findings = ledger.parse("hazard", {"area": name})
    if name.isdigit():
        name = next(entry.name for entry in ledger.entries("area") if entry.code == name)
        assert ledger.show("hazard", "area", values["area"]) == name
    else:
        assert ledger.show("hazard", "area", values["area"]) == "盖洋镇"
    assert findings == []


def test_own_words(ledger: Ledger) -> None:
    field = kinds.kind_of("hazard").field("campaign")
    changes = ledger.add_choice("campaign", "打非治违")
    assert changes.lists == ("choice:campaign",)
    assert ledger.choices(field)[-1] == "打非治违"
    assert ledger.parse("hazard", {"campaign": "打非治违、大排查大整治"})[0]["campaign"] == (
        "打非治违",
        "大排查大整治",
    )
    for word, sentence in (
        ("打非治违", "已经有“打非治违”"),
        ("大排查大整治", "已经有“大排查大整治”"),
        (" ", "还空着"),
    ):
        with pytest.raises(UserError, match=sentence):
            ledger.add_choice("campaign", word)
    with pytest.raises(UserError, match="不能有“|”".replace("|", r"\|")):
        ledger.add_choice("campaign", "甲|乙")
    with pytest.raises(UserError, match="选项是固定的"):
        ledger.add_choice("hazard_level", "特大")
    with pytest.raises(UserError, match="选项是固定的"):
        ledger.add_choice("no_such", "x")


def test_entries(ledger: Ledger, add: Add) -> None:
    ledger.save_entry(Entry("enterprise", " 宏发木业 ", aliases=("宏发", "宏发")))
    firm = ledger.entries("enterprise")[0]
    assert (firm.name, firm.aliases) == ("宏发木业", ("宏发",))
    add("hazard", place="宏发")
    assert ledger.get("hazard", 1).shown["place"] == "宏发木业"
    with pytest.raises(UserError, match="已经有“宏发木业”") as caught:
        ledger.save_entry(Entry("enterprise", "宏发"))
    assert caught.value.field == "name"
    with pytest.raises(UserError, match="已经有“宏发木业”") as caught:
        ledger.save_entry(Entry("enterprise", "另一家", aliases=("宏发木业有限公司",)))
    assert caught.value.field == "aliases"
    with pytest.raises(UserError, match="没有叫“firms”的名单"):
        ledger.save_entry(Entry("firms", "x"))
    ledger.save_entry(replace(firm, active=False))
    assert ledger.entries("enterprise") == []
    assert len(ledger.entries("enterprise", active_only=False)) == 1
    assert ledger.get("hazard", 1).shown["place"] == "宏发木业"


def test_names_of_signs_alone_are_names_of_their_own(ledger: Ledger, add: Add) -> None:
    add("hazard", place="（）")
    add("hazard", place="【】")
    assert [entry.name for entry in ledger.entries("enterprise")] == ["（）", "【】"]


def test_settings_of_the_ledger(ledger: Ledger) -> None:
    assert ledger.setting("bureau") == "明溪县应急管理局"
    assert ledger.setting("signer", "无") == "无"
    ledger.set_setting("signer", "李四")
    assert ledger.setting("signer") == "李四"
    assert ledger.verify() == []
