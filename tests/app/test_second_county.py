"""A made-up county set up through settings alone: its year from spreadsheets to the printed report.

Nothing of Mingxi is left in it but the program's own name.
"""

from __future__ import annotations

import datetime
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from mingxi_desktop import APP_NAME
from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.writing.plain_book import PlainSheet, write_plain
from mingxi_desktop.ledger import area_list

from .conftest import Run

pytestmark = pytest.mark.usefixtures("one_child")
YEAR = 2024
COUNTY, BUREAU = "江西省赣州市云山市", "云山市应急管理和防灾减灾局"
AREAS = (
    ("云山市乡镇和村居一览表", "", "", ""),
    ("序号", "乡镇（街道）", "村（社区）", "区划代码"),
    (1, "云峰镇", "东山村", "360799100201"),
    (2, "", "西山村", "360799100202"),
    (3, "白石乡", "新村", "360799101201"),
    (4, "城中街道", "中山社区", "360799001001"),
    (5, "", "新村", "360799001002"),
    ("合计", "3个", "5个", ""),
)
HAZARDS = ("日期", "乡镇（街道）", "单位名称", "行业领域", "存在问题", "发现数量", "已整改")


def day(month: int, number: int) -> datetime.date:
    return datetime.date(YEAR, month, number)


@pytest.fixture
def county(run: Run, reading: ReadingProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Calls the program on a new ledger of the county, which has been told its townships; answers as JSON."""
    monkeypatch.setattr(area_list, "ReadingProcess", lambda: nullcontext(reading))
    db, areas = tmp_path / "云山.mxdb", tmp_path / "云山市名单.xlsx"
    write_plain(
        areas, [PlainSheet("名单", AREAS, (Merged(0, 0, 0, 3), Merged(2, 1, 3, 1), Merged(5, 1, 6, 1)))]
    )

    def call(*arguments: object) -> Any:
        answer = run(*arguments, "--db", db, "--json")
        assert answer.code == 0, answer.text + answer.err
        return answer.json

    call("new", "--county", COUNTY)
    call("settings", f"单位名称={BUREAU}")
    call("areas", areas)
    return call


def sheets(folder: Path) -> list[Path]:
    """What the townships and a department sent in the year."""
    rows = (
        (day(3, 5), "云峰镇", "惠民超市", "消防", "通道堵塞", 2, 2),
        (day(6, 9), "江西省赣州市云山市白石乡", "红星茶厂", "工贸", "电线老化", 3, 1),
        (day(9, 1), "城中街道办事处", "老街饭店", "消防", "燃气软管老化", 1, 1),
        (day(9, 2), "中山社区", "光明网吧", "消防", "违规住人", 4, 4),
        (day(9, 3), "市直", "市医院", "消防", "灭火器过期", 5, 5),
    )
    drills = (
        ("日期", "乡镇", "演练名称", "演练类型", "参加人数", "填报单位"),
        (day(5, 12), "全市", "地震应急疏散演练", "地震", 120, "云山市应急局"),
        (day(6, 8), "白石", "山洪转移演练", "防汛", 80, "白石乡政府"),
    )
    totals = (
        ("云山市2024年精准帮扶检查汇总表",),
        ("乡镇", "日期", "检查次数", "检查单位数"),
        ("云峰镇", day(11, 5), 6, 6),
        ("城中", day(11, 5), 4, 4),
        ("云山市", day(11, 5), 10, 10),
    )
    files = {"云山隐患.xlsx": (HAZARDS, *rows), "云山演练.xlsx": drills, "云山检查.xlsx": totals}
    for name, table in files.items():
        write_plain(folder / name, [PlainSheet("表", table)])
    return [folder / name for name in files]


def test_its_year_from_spreadsheets_to_the_printed_report(county: Run, tmp_path: Path) -> None:
    hazards, drills, checks = sheets(tmp_path)
    for file, kind in ((hazards, "hazard"), (drills, "activity"), (checks, "inspection")):
        (table,) = county("import", file, "--kind", kind, "--year", YEAR)["files"]
        assert table["rejected"] == []
    records = county("list", "hazard")["records"]
    placed = sorted((record["quantity_found"], record["area"]) for record in records)
    assert placed == [(1, "城中街道"), (2, "云峰镇"), (3, "白石乡"), (4, "城中街道"), (5, "县直")]
    found = {one["indicator"]: one["value"] for one in county("indicators", "--year", YEAR)}
    assert found["hazards_found"] == 15
    assert found["drills"] == 2

    pdf, book = tmp_path / "总结.pdf", tmp_path / "隐患.xlsx"
    county("report", "--year", YEAR, "-o", pdf, "--fonts", "bundled")
    county("export", "hazard", "--year", YEAR, "-o", book)
    with pypdfium2.PdfDocument(pdf) as document:
        printed = "".join(page.get_textpage().get_text_bounded() for page in document)
    rows = openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
    for text in (printed, "\n".join(str(cell) for row in rows for cell in row)):
        told = "".join(text.split())
        assert BUREAU in told
        assert "明溪" not in told.replace(APP_NAME, "")
    verdicts = [one["verdict"] for one in county("proofread", pdf, "--year", YEAR)["numbers"]]
    assert verdicts.count("agrees") > 5
    assert "differs" not in verdicts


def test_its_file_holds_no_other_countys_names(county: Run, tmp_path: Path) -> None:
    assert county("areas")["county"] == COUNTY
    inside = {one["area"]: one["villages"] for one in county("areas")["areas"]}
    assert inside == {
        "县直": [],
        "云峰镇": ["东山村", "西山村"],
        "白石乡": ["新村"],
        "城中街道": ["中山社区", "新村"],
    }
    package = tmp_path / "全部.xlsx"
    county("backup", "--workbook", "-o", package)
    with zipfile.ZipFile(package) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert "云山市公安局" in whole
    assert "云山市城中街道办事处" in whole
    assert not [name for name in ("明溪县", "雪峰镇", "盖洋", "三明") if name in whole]
