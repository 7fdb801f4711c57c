"""Whose ledger it is: another county's name, its townships and villages from a list."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from mingxi_desktop.domain.county import County
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ORG, VILLAGE
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.writing.plain_book import PlainSheet, write_plain
from mingxi_desktop.ledger import Ledger, area_list
from tests.ledger.conftest import Add

CLOUD = County.of("江西省赣州市云山县")
LIST = "云峰镇：东山村、西山村\n白石乡、城中街道：新村\n"


def test_a_list_is_read_as_it_is_typed_or_copied() -> None:
    typed = area_list.from_text(LIST)
    assert [name for name, _ in typed.townships] == ["云峰镇", "白石乡", "城中街道"]
    assert [(one.name, one.township) for one in typed.villages] == [
        ("东山村", "云峰镇"), ("西山村", "云峰镇"), ("新村", "城中街道"),
    ]  # fmt: skip
    assert area_list.from_text(typed.text) == typed
    copied = area_list.from_text(
        "乡镇\t村（社区）\n云峰镇\t东山村\n\t西山村\n白石乡\n城中街道\t新村\n合计\t3\n"
    )
    assert copied == typed


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("东山村", "第1行：“东山村”前面没有写"),
        ("云峰镇\n\n白石", "第3行：“白石”看不出"),
        ("云峰镇：<b>", "看不出"),
    ],
)
def test_a_line_that_cannot_be_read_keeps_all_back(ledger: Ledger, text: str, fault: str) -> None:
    found = area_list.from_text(text)
    assert fault in found.faults[0]
    with pytest.raises(UserError, match="没有存"):
        ledger.home.take_in(found)
    assert len(ledger.entries(AREA)) == 10


def test_a_spreadsheet_with_merged_townships_and_codes(
    reading: ReadingProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(area_list, "ReadingProcess", lambda: nullcontext(reading))
    path = tmp_path / "名单.xlsx"
    rows = (("云山县行政区划名单",), ("序号", "乡镇", "村居", "代码"), (1, "云峰镇", "东山村", "360799100201"),
            (2, None, "西山村", "360799100202"), ("合计", "1个", "2个", None))  # fmt: skip
    write_plain(path, [PlainSheet("表", rows, (Merged(2, 1, 3, 1),))])
    found = area_list.from_file(path)
    assert found.townships == (("云峰镇", ""),)
    assert [one.code for one in found.villages] == ["360799100201", "360799100202"]
    write_plain(path, [PlainSheet("表", [["姓名"], ["张三"]])])
    with pytest.raises(UserError, match="没有读到乡镇"):
        area_list.from_file(path)


def test_a_ledger_goes_over_to_another_county(ledger: Ledger, add: Add) -> None:
    kept = add("hazard", area="盖洋镇", reporter="明溪县水利局")
    wanted = area_list.from_text(LIST)
    ledger.home.rename(CLOUD)
    assert sum(entry.list == AREA for entry in ledger.home.compared(wanted).stopped) == 9
    ledger.home.take_in(wanted, only=True)
    assert [entry.name for entry in ledger.entries(AREA)] == [COUNTY_AREA, "云峰镇", "白石乡", "城中街道"]
    assert [entry.name for entry in ledger.entries(VILLAGE)] == ["东山村", "西山村", "新村"]
    names = {name for entry in ledger.entries(ORG) for name in (entry.name, *entry.aliases)}
    assert {"云山县水利局", "云山应急局", "城中街道办事处"} <= names
    assert not [name for name in names if "明溪" in name or "盖洋" in name]
    record = ledger.get("hazard", kept)
    shown = [ledger.show("hazard", name, record.values[name]) for name in ("area", "reporter")]
    assert shown == ["盖洋镇", "云山县水利局"], "what records point to stays"
    values, findings = ledger.parse("hazard", {"area": "江西省赣州市云山县白石乡", "reporter": "城中街道办"})
    assert ledger.show("hazard", "area", values["area"]) == "白石乡"
    assert not [one for one in findings if one.severity == "error"]
    assert ledger.verify() == []
    again = ledger.home.compared(wanted)
    assert not again.added
    assert not again.stopped
