from __future__ import annotations

import datetime
import gc
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.exchange.recognising.plan import PlanRow
from mingxi_desktop.ledger import Ledger, importing
from mingxi_desktop.ledger.importing import Settings, Wish
from tests.exchange.workbooks import DATA, xlsx

EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
HEADER = ["序号", "排查日期", "乡镇", "单位或地点", "隐患内容", "隐患等级", "发现数量", "已整改数量"]


pytestmark = pytest.mark.usefixtures("one_child")


@pytest.fixture
def hazards(tmp_path):
    """Writes a hazard workbook with these rows below the usual header."""

    def write(
        *rows: list[Any],
        name: str = "隐患.xlsx",
        header: list[str] = HEADER,
        above: tuple[list[Any], ...] = (),
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(xlsx([*above, header, *rows]))
        return path

    return write


def row(
    number=1,
    day="2024-06-09",
    area="盖洋镇",
    place="加油站",
    text="灭火器过期",
    level="一般",
    found=1,
    done=0,
):
    return [number, day, area, place, text, level, found, done]


def stored(ledger: Ledger, kind: str) -> list[Any]:
    return ledger.records(kind, ledger.ids(Query(kind, sort=(("id", False),))))


def settings(kind: str = "hazard", *, mapping: dict[str, str] | None = None, **more: Any) -> Settings:
    """The ledger and whatever else the user says; mapping: header → field."""
    return Settings(kind=kind, everywhere=Wish(columns=mapping or {}), **more)


def take(
    ledger: Ledger, path: Path, kind: str = "hazard", *, accept_valid: bool = False, **more: Any
) -> dict[str, Any]:
    found = importing.preview(ledger, [path], settings(kind, **more))
    result = importing.commit(ledger, found, accept_valid=accept_valid)
    return importing.to_json(found, result)


def test_what_was_read_goes_with_the_preview(ledger, hazards) -> None:
    """In a cycle it would stay until a search of everything."""
    path = hazards(row(), row(2, found="x", text="二"))
    before = _rows_there()
    found = importing.preview(ledger, [path], settings())
    assert found.ready
    del found
    assert _rows_there() == before


def _rows_there() -> int:
    return sum(isinstance(one, PlanRow) for one in gc.get_objects())


def shown(record: Any, name: str) -> Any:
    value = record.values.get(name)
    if value in (None, ()):
        return None
    return value if isinstance(value, int) else record.shown[name]


@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if "values" in entry])
def test_reference_files_give_exactly_the_expected_records(ledger, name):
    entry = EXPECTED[name]
    done = take(ledger, DATA / name, entry["kind"], accept_valid=True, year=2024)
    records = stored(ledger, entry["kind"])
    if entry["kind"] == "supply_movement":
        records = [
            line
            for record in records
            for line in ledger.children("supply_movement", record.id)["supply_line"]
        ]
        fields = ["record_date", "area", "item", "quantity"]
    else:
        fields = list(entry["values"][0])
    found = [tuple(str(shown(record, field)) for field in fields) for record in records]
    wanted = [tuple(str(value.get(field)) for field in fields) for value in entry["values"]]
    assert sorted(found) == sorted(wanted)
    bad = [
        (fault["row"], fault["code"], fault["column"]) for file in done["files"] for fault in file["rejected"]
    ]
    assert bad == [(fault["row"], fault["code"], fault["column"]) for fault in entry.get("rows_bad", [])]


@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if "refused" in entry])
def test_refused_files_leave_the_ledger_file_as_it_was(ledger, name):
    before = ledger.path.read_bytes()
    done = take(ledger, DATA / name, EXPECTED[name]["kind"], accept_valid=True)
    assert done["batch"] is None
    assert done["files"][0]["rejected"][0]["code"] == EXPECTED[name]["refused"]
    assert ledger.path.read_bytes() == before


def test_titles_totals_and_signatures_are_skipped_with_the_reason(ledger):
    done = take(ledger, DATA / "a02_hazards_title_total_signature.xlsx")
    (file,) = done["files"]
    assert (file["header_row"], file["read"], file["imported"]) == (4, 14, 12)
    assert file["skipped"] == [
        {"row": 1, "reason": "标题行"},
        {"row": 2, "reason": "标题行"},
        {"row": 17, "reason": "合计行（合计）"},
        {"row": 18, "reason": "落款行"},
    ]
    assert "张三" not in json.dumps([record.shown["note"] for record in stored(ledger, "hazard")])


def test_every_record_knows_its_file_sheet_and_row(ledger):
    take(ledger, DATA / "a01_hazards_clean.xlsx")
    assert stored(ledger, "hazard")[0].values["source_ref"] == "a01_hazards_clean.xlsx · Sheet1 · 第2行"


def test_one_wrong_row_keeps_everything_back_until_the_right_ones_are_accepted(ledger, hazards):
    path = hazards(row(), row(2, day="2024-02-30"), row(3, area="火星镇", text="二"))
    done = take(ledger, path)
    assert done["batch"] is None
    assert done["files"][0]["imported"] == 0
    assert stored(ledger, "hazard") == []
    faults = done["files"][0]["rejected"]
    assert [(fault["row"], fault["field"], fault["value"]) for fault in faults] == [
        (3, "record_date", "2024-02-30"),
        (4, "area", "火星镇"),
    ]
    assert faults[0]["code"] == "E_DATE_IMPOSSIBLE"
    assert all("第" in fault["message"] and fault["column"] in fault["message"] for fault in faults)
    done = take(ledger, path, accept_valid=True)
    assert (done["files"][0]["imported"], len(stored(ledger, "hazard"))) == (1, 1)


def test_rules_of_the_declaration_hold_for_imports(ledger, hazards):
    done = take(ledger, hazards(row(found=1, done=5), row(2, found=0, text="二")))
    codes = [fault["code"] for fault in done["files"][0]["rejected"]]
    assert codes == ["E_PART", "E_RANGE"]


def test_a_batch_is_taken_back_in_one_go(ledger):
    done = take(ledger, DATA / "a01_hazards_clean.xlsx")
    reversal = ledger.undo_import(done["batch"])
    assert len(reversal.reversed) == 12
    assert stored(ledger, "hazard") == []


def test_the_same_file_again_is_recognised_and_changes_nothing(ledger):
    take(ledger, DATA / "a01_hazards_clean.xlsx")
    done = take(ledger, DATA / "a01_hazards_clean.xlsx")
    codes = [warning["code"] for warning in done["files"][0]["warnings"]]
    assert codes[0] == "W_FILE_SEEN"
    assert codes.count("W_DUP_IN_DB") == 12
    assert (done["batch"], len(stored(ledger, "hazard"))) == (None, 12)


def test_a_row_twice_in_the_files_comes_in_once(ledger, hazards):
    first, second = (
        hazards(row(), row(2), name="一.xlsx"),
        hazards(row(), row(3, text="另一处"), name="二.xlsx"),
    )
    found = importing.preview(ledger, [first, second], settings("hazard"))
    assert [len(sheet.rows) for sheet in found.sheets] == [1, 1]
    codes = [warning.code for sheet in found.sheets for warning in sheet.warnings]
    assert [code for code in codes if "DUP" in code] == ["W_DUP_IN_FILE"] * 2
    importing.commit(ledger, found)
    assert len(stored(ledger, "hazard")) == 2
    assert len(ledger.batches()) == 1


def test_approximate_numbers_are_said_and_marked(ledger, tmp_path):
    path = tmp_path / "宣传.xlsx"
    path.write_bytes(
        xlsx(
            [
                ["日期", "乡镇", "类型", "名称", "参加人数"],
                ["2024-5-12", "盖洋", "宣传", "防灾减灾日", "200余人"],
            ]
        )
    )
    done = take(ledger, path, "activity")
    (record,) = stored(ledger, "activity")
    assert (record.values["participants"], record.values["approx"], record.shown["area"]) == (
        200,
        "余",
        "盖洋镇",
    )
    assert "W_APPROX" in [warning["code"] for warning in done["files"][0]["warnings"]]


def test_a_header_in_mu_is_converted_and_said(ledger, tmp_path):
    ledger_rows = [
        ["灾害过程", "日期", "乡镇", "报次", "农作物受灾（亩）"],
        ["6.9-6.18", "2024-6-13", "盖洋镇", "初报", 560],
    ]
    path = tmp_path / "灾情.xlsx"
    path.write_bytes(xlsx(ledger_rows))
    ledger.add(
        "disaster_event", {"name": "6.9-6.18", "type": "暴雨洪涝", "record_date": datetime.date(2024, 6, 9)}
    )
    done = take(ledger, path, "disaster_loss")
    assert stored(ledger, "disaster_loss")[0].values["crops"] == Decimal("37.3333")
    assert "W_UNIT_CONVERTED" in [warning["code"] for warning in done["files"][0]["warnings"]]


def test_signs_for_nothing_are_zero_only_where_a_number_may_be_missing(ledger, tmp_path):
    path = tmp_path / "日报.xlsx"
    title = ["“6.9-6.18”强降雨统计表（截至2024年6月13日）"]
    path.write_bytes(
        xlsx(
            [
                title,
                ["乡镇", "下沉干部", "转移人数", "死亡"],
                ["盖洋镇", 80, "/", "无"],
                ["胡坊镇", 1, None, None],
            ]
        )
    )
    take(ledger, path, "response_tally")
    first, second = stored(ledger, "response_tally")
    assert (first.values["evacuees"], first.values["deaths"], first.values["basis"]) == (0, 0, "累计")
    assert (second.values["evacuees"], second.values["deaths"]) == (None, None)
    assert [event.values["name"] for event in stored(ledger, "disaster_event")] == ["6.9-6.18"]


def test_two_sheets_of_one_event_register_it_once(ledger, tmp_path):
    paths = []
    for number, area in enumerate(("盖洋镇", "胡坊镇")):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(xlsx([["“6.9-6.18”强降雨（截至2024年6月13日）"], ["乡镇", "转移人数"], [area, 5]]))
        paths.append(path)
    importing.commit(ledger, importing.preview(ledger, paths, settings("response_tally")))
    assert len(stored(ledger, "disaster_event")) == 1
    assert len(stored(ledger, "response_tally")) == 2


def test_hidden_sheets_are_offered_and_can_be_named(ledger):
    path = DATA / "a14_hazards_sheets_by_township.xlsx"
    warnings = [warning for file in take(ledger, path)["files"] for warning in file["warnings"]]
    assert [warning["code"] for warning in warnings if "上年数据" in warning["message"]] == ["W_HIDDEN_SHEET"]
    take(ledger, path, sheet="上年数据")
    assert len(stored(ledger, "hazard")) == 19
    assert take(ledger, path, sheet="没有")["files"][0]["rejected"][0]["code"] == "E_NO_SHEET"


def test_a_missing_file_is_refused_by_name(ledger, tmp_path):
    assert take(ledger, tmp_path / "没有.xlsx")["files"][0]["rejected"][0]["code"] == "E_NO_FILE"


def test_a_dry_run_says_what_would_be_stored(ledger, hazards):
    found = importing.preview(ledger, [hazards(row(), row(2, found="x", text="二"))], settings("hazard"))
    assert importing.to_json(found)["files"][0]["imported"] == 0
    assert importing.to_json(found, accept_valid=True)["files"][0]["imported"] == 1
    assert stored(ledger, "hazard") == []


def test_corrected_in_the_returned_copy_only_the_missing_rows_come_in(ledger, hazards, tmp_path):
    import openpyxl

    path = hazards(row(), row(2, found="若干", text="二"))
    found = importing.preview(ledger, [path], settings("hazard"))
    importing.commit(ledger, found, accept_valid=True)
    (returned,) = importing.write_returned(found, tmp_path / "退回")
    book = openpyxl.load_workbook(returned)
    assert book.active["G3"].comment is not None
    assert "若干" in book.active["I3"].value
    book.active["G3"] = 3
    book.save(returned)
    book.close()
    done = take(ledger, returned)
    assert done["files"][0]["imported"] == 1
    assert [record.values["quantity_found"] for record in stored(ledger, "hazard")] == [1, 3]


def test_what_an_empty_cell_is_taken_for_is_said_in_words(ledger, hazards):
    file = hazards([*row(), ""], header=[*HEADER, "是否计入总数"])
    found = importing.preview(ledger, [file], settings("hazard"))
    (notice,) = (item for item in found.sheets[0].warnings if item.column == "是否计入总数")
    assert notice.message == "第2行的“计入总数”空着，按是"


def test_the_reasons_in_a_returned_file_are_for_who_sent_it(ledger, hazards, tmp_path):
    import openpyxl

    rows = [["灭火器过期", 1, "若干"], ["通道堵塞", 1, 0]]
    path = hazards(*rows, header=["隐患内容", "发现数量", "已整改数量"])
    found = importing.preview(ledger, [path], settings("hazard"))
    (returned,) = importing.write_returned(found, tmp_path / "退回")
    book = openpyxl.load_workbook(returned)
    reasons = f"{book.active['D2'].value}\n{book.active['D3'].value}"
    book.close()
    assert "“已整改数量”（C2）" in reasons
    assert "要填写乡镇；表里没有这一列，请加上这一列，填好再报" in reasons
    assert "工作表" not in reasons
    assert "第3行" not in reasons


def test_an_import_is_given_up_inside_a_file(ledger, hazards):
    """Asked once before the file is read and again as its rows are: the second time it is cancelled."""
    path = hazards(*(row(number, text=f"第{number}条") for number in range(1, 20)))
    sheets = importing.preview(ledger, [path], settings("hazard")).sheets
    assert len(sheets[0].rows) == 19
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(sys._getframe(1).f_code.co_name == "read_all")
        return asked[-1]

    found = importing.preview(ledger, [path], settings("hazard"), cancelled=cancelled)
    assert any(asked)
    assert found.ready == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_no_text_comes_in(desk):
    path = desk.folder / os.fsdecode("6月".encode("gb18030") + b".csv")
    path.write_text("日期,乡镇,隐患描述\n2024-06-09,盖洋镇,电线老化\n", encoding="utf-8")
    desk.take(path, kind="hazard")
    (source,) = desk.records("hazard", "source_ref")
    assert source.endswith("?.csv · 第2行")
    assert [file.file for batch in desk.ledger.batches() for file in batch.files] == [
        source.partition(" · ")[0]
    ]
