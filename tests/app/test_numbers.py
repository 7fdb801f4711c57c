"""indicators, trace, chart and report through the command line, on a handful of records."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop.domain.indicator_data import definitions

from .conftest import Answer, Run

KEYS = {"indicator", "label", "value", "unit", "text", "ledgers", "records", "last_year", "change"}


@pytest.fixture
def year(on: Run) -> Run:
    """Two years with hazards, a fine and a dispatch."""
    for row in (
        (
            "record_date=2024-06-09",
            "area=盖洋镇",
            "description=一",
            "quantity_found=3",
            "quantity_rectified=2",
        ),
        ("record_date=2024-11-09", "area=县直", "description=二"),
        ("record_date=2023-06-09", "area=县直", "description=三", "quantity_found=5"),
    ):
        assert on("add", "hazard", *row).code == 0
    case = ("record_date=2024-06-09", "decision_date=2024-06-09", "area=县直", "party=甲", "cause=乙")
    assert on("add", "enforcement_case", *case, "measure=罚款", "fine_fen=76026000").code == 0
    movement = ("record_date=2024-01-09", "area=县直", "type=调拨", "receiver=盖洋镇")
    assert on("add", "supply_movement", *movement).code == 0
    assert on("add", "supply_line", "movement=#1", "item=棉被", "quantity=800床").code == 0
    return on


def by_id(answer: Answer) -> dict[str, dict[str, object]]:
    assert answer.code == 0
    return {value["indicator"]: value for value in answer.json}


def test_every_indicator_with_last_year_beside_it(year: Run) -> None:
    values = by_id(year("indicators", "--year", "2024"))
    assert len(values) == len(definitions())
    assert all(set(value) >= KEYS for value in values.values())
    found = values["hazards_found"]
    assert {key: found[key] for key in KEYS} == {
        "indicator": "hazards_found",
        "label": "排查问题隐患数",
        "value": 4,
        "unit": "条",
        "text": "4",
        "ledgers": ["hazard"],
        "records": 2,
        "last_year": 5,
        "change": -1,
    }
    fines = values["fines"]
    assert (fines["value"], fines["unit"], fines["text"]) == (76.026, "万元", "76.026")
    assert values["quilts_dispatched"]["ledgers"] == ["supply_movement", "supply_line"]
    assert values["typhoon_event"]["value"] is None
    assert values["typhoon_event"]["problem"]


def test_the_cut_off_date_counts(year: Run) -> None:
    assert by_id(year("indicators", "--year", "2024", "--as-of", "2024-06-30"))["hazards_found"]["value"] == 3
    assert (
        by_id(year("indicators", "--year", "2024", "--as-of", "2024年11月9日"))["hazards_found"]["value"] == 4
    )


@pytest.mark.parametrize("indicator", ["hazards_found", "hazards_rectified", "fines", "quilts_dispatched"])
def test_the_contributions_add_up(indicator: str, year: Run) -> None:
    value = by_id(year("indicators", "--year", "2024"))[indicator]
    trace = year("trace", indicator, "--year", "2024").json
    assert set(trace) >= {"indicator", "rule", "records"}
    assert all(set(item) >= {"kind", "id", "contributes", "source"} for item in trace["records"])
    assert len(trace["records"]) == value["records"]
    total = sum(Decimal(str(item["contributes"])) for item in trace["records"])
    assert total == Decimal(str(value["value"]))
    assert trace["rule"].endswith("。")


def test_people_read_sentences(run: Run, year: Run, db: Path) -> None:
    text = run("indicators", "--year", "2024", "--db", db).text
    assert "罚款金额" in text
    assert "76.026万元" in text
    assert "2023年5条，下降20%" in text
    told = run("trace", "fines", "--year", "2024", "--db", db).text
    assert told.startswith("罚款金额：76.026万元\n“执法案件”台账中")


def test_people_see_the_row_that_a_number_came_from(run: Run, db: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "城关乡人民政府2024年第二季度安全生产隐患排查整治情况登记表（更正）.csv"
    sheet.write_text("日期,乡镇,隐患描述,发现数\n2024-06-09,城关乡,消防通道堵塞,3\n", encoding="utf-8")
    assert run("import", sheet, "--kind", "hazard", "--db", db).code == 0
    told = run("trace", "hazards_found", "--year", "2024", "--db", db).text
    assert f"{sheet.name} · 第2行" in told


@pytest.mark.slow
def test_report_and_chart_are_files_that_change_with_the_records(year: Run, tmp_path: Path) -> None:
    report = tmp_path / "总结.txt"
    answer = year("report", "--year", "2024", "-o", report)
    assert answer.code == 0
    assert set(answer.json) >= {"pages", "indicators", "warnings"}
    assert answer.json["warnings"]
    before = report.read_text(encoding="utf-8-sig")
    year("edit", "hazard", 1, "quantity_found=1230")
    year("report", "--year", "2024", "-o", report)
    after = report.read_text(encoding="utf-8-sig")
    assert "1231" not in before
    assert "1231" in after
    for ending, head in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        path = tmp_path / f"图.{ending}"
        assert year("chart", "hazards_by_month", "--year", "2024", "-o", path).code == 0
        assert path.read_bytes().startswith(head)


def test_a_report_of_an_empty_year_says_in_one_line_what_has_no_records(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "空.mxdb"
    run("new", "--county", "某省某市某县", "--db", ledger)
    answer = run("report", "--year", "2024", "-o", tmp_path / "总结.txt", "--db", ledger)
    told = [line for line in answer.err.splitlines() if "没有记录" in line]
    assert len(told) == 1
    assert "个指标没有记录：安全生产工作会议次数、" in told[0]
