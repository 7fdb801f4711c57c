from __future__ import annotations

import csv
import datetime
import shutil
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child, Named
from mingxi_desktop.ledger import Ledger, exporting, importing
from mingxi_desktop.ledger.importing import Settings
from mingxi_desktop.ledger.stopping import Stopped

pytestmark = pytest.mark.usefixtures("one_child")

LEDGERS = [
    "disaster_event", "inspection", "fund", "hazard", "enforcement_case", "response", "response_tally", "meeting",
    "disaster_loss", "supply_movement", "activity", "rescue_team", "facility", "accident", "manual_entry",
]  # fmt: skip
"""In an order in which references find what they point to."""


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2024, month, number)


def fill(ledger: Ledger) -> None:
    """One or two awkward records of every kind."""
    areas = [entry.ref for entry in ledger.entries("area")]
    items = [entry.ref for entry in ledger.entries("item")]
    orgs = [entry.ref for entry in ledger.entries("org")]

    def add(kind: str, children: dict[str, Any] | None = None, **values: Any) -> None:
        ledger.add(kind, values, children=children or {})

    add(
        "inspection", record_date=day(3, 1), area=areas[0], type="双随机",
        enterprises=(Named("甲公司"), Named("乙公司（明溪）")), visits=2, participants=(orgs[0], orgs[1]),
    )  # fmt: skip
    add(
        "hazard", {"hazard_step": [Child({"record_date": day(3, 2), "action": "下达整改", "person": "李四"})]},
        record_date=day(3, 1), area=areas[0], place=Named("甲公司"), description="=1+1\n第二行", level="重大",
        owner="张三", plan="立即整改", rectify_fund=1_234_567, due_date=day(4, 1), inspection="inspection:1",
        campaign=("大排查大整治", "生命通道·拆窗破网"), in_total=False,
    )  # fmt: skip
    add(
        "hazard", record_date=day(3, 5), area=areas[1], description="'+abc", quantity_found=1155,
        granularity="汇总", note="合计：@x",
    )  # fmt: skip
    add(
        "enforcement_case", record_date=day(3, 5), area=areas[1], party=Named("丙"), cause="未记录",
        measure=("警告", "罚款"), fine=1_000_050, decision_date=day(5, 1), case_no="（明）应急罚〔2024〕5号",
    )  # fmt: skip
    add("disaster_event", record_date=day(6, 9), end_date=day(6, 18), type="暴雨洪涝", area=areas[-1])
    steps = [
        Child(
            {
                "action": "启动",
                "level": "Ⅳ",
                "at": datetime.datetime(2024, 6, 9, 8),
                "doc_no": "明汛电〔2024〕11号",
            }
        ),
        Child({"action": "提升", "level": "Ⅲ", "at": datetime.datetime(2024, 6, 13, 17, 30)}),
    ]
    add(
        "response", {"response_step": steps}, type="防暴雨", area=areas[-1], event="disaster_event:1",
        start_at=datetime.datetime(2024, 6, 9, 8), end_at=datetime.datetime(2024, 6, 19, 12),
    )  # fmt: skip
    add(
        "response_tally", event="disaster_event:1", record_date=day(6, 13), area=areas[0], basis="累计",
        cadres=80, evacuees=100, deaths=0,
    )  # fmt: skip
    add(
        "meeting",
        record_date=day(6, 1),
        area=areas[-1],
        type="会商",
        topic="会商",
        townships=(areas[0], areas[2]),
    )
    add(
        "disaster_loss", event="disaster_event:1", record_date=day(6, 13), area=areas[0], stage="初报",
        affected=1203, crops=Decimal("37.3333"), loss=12_000_000,
    )  # fmt: skip
    add(
        "fund",
        record_date=day(7, 31),
        area=areas[-1],
        direction="争取",
        purpose="自然灾害救灾",
        amount=135_000_000,
    )
    add(
        "fund", record_date=day(8, 31), area=areas[-1], direction="争取", purpose="防汛物资", amount=35_000_000,
        parent="fund:1",
    )  # fmt: skip
    lines = [
        Child({"item": items[0], "quantity": Decimal(40), "value": 123_400, "note": "线"}),
        Child({"item": items[1], "quantity": Decimal("2.5")}),
    ]
    add(
        "supply_movement", {"supply_line": lines}, record_date=day(1, 22), area=areas[0], receiver=areas[0],
        type="调拨", doc_no="DB2024-03", fund="fund:1", event="disaster_event:1", beneficiaries=30,
    )  # fmt: skip
    add(
        "supply_movement", {"supply_line": [Child({"item": items[0], "quantity": Decimal(40)})]},
        record_date=day(1, 22), area=areas[1], receiver=areas[1], type="调拨",
    )  # fmt: skip
    outputs = [
        Child({"item": "横幅", "quantity": 15}),
        Child({"item": "宣传资料", "quantity": 3000, "approx": "余"}),
    ]
    add(
        "activity", {"activity_output": outputs}, record_date=day(5, 12), area=areas[0], type="宣传活动",
        title="防灾减灾日", participants=200, approx="余", campaign=("防灾减灾日",),
    )  # fmt: skip
    add(
        "rescue_team",
        name="雪峰镇队",
        type="乡镇综合",
        area=areas[0],
        headcount=30,
        from_date=datetime.date(2019, 1, 1),
    )
    add("facility", name="归化公园", type="宣教阵地", area=areas[0], from_date=datetime.date(2022, 1, 1))
    add(
        "accident", record_date=day(6, 30), area=areas[0], field="消防", grade="一般", cases=4, loss=1_250_000
    )
    indicator = ledger.entries("indicator")[0].ref
    add(
        "manual_entry",
        record_date=day(6, 30),
        area=areas[-1],
        indicator=indicator,
        value=Decimal("12.5"),
        basis="统计",
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "账.mxdb"
    with Ledger.create(path) as ledger:
        fill(ledger)
    return path


@pytest.fixture
def ledger(filled, tmp_path):
    with Ledger.open(shutil.copy(filled, tmp_path / "账.mxdb")) as ledger:
        yield ledger


def content(ledger: Ledger, kind: str) -> list[Any]:
    """Every record of a kind as people see it, with its uid and its children; but for the source."""

    def seen(record: Any) -> dict[str, str]:
        return {name: text for name, text in record.shown.items() if name != "source_ref"}

    found = []
    for record in ledger.records(kind, ledger.ids(Query(kind, sort=(("id", False),)))):
        children = ledger.children(kind, record.id)
        found.append(
            (record.uid, seen(record), {name: [seen(row) for row in rows] for name, rows in children.items()})
        )
    return found


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", LEDGERS)
def test_importing_an_export_again_changes_nothing(ledger, tmp_path, kind, ending):
    path = tmp_path / f"导出.{ending}"
    count = exporting.export(ledger, Query(kind), path)
    assert count == len(content(ledger, kind)) > 0
    before = content(ledger, kind)
    found = importing.preview(ledger, [path], Settings(kind=kind))
    result = importing.commit(ledger, found)
    assert (found.ready, found.rejected, result.batch) == (0, [], None)
    assert [warning for sheet in found.sheets for warning in sheet.warnings] == []
    assert content(ledger, kind) == before


@pytest.mark.parametrize("sort", [(("id", False),), ()], ids=["oldest first", "newest first"])
def test_an_empty_ledger_gets_everything_back_from_the_exports(ledger, tmp_path, sort):
    with Ledger.create(tmp_path / "新.mxdb") as new:
        for kind in LEDGERS:
            path = tmp_path / f"{kind}.xlsx"
            exporting.export(ledger, Query(kind, sort=sort), path)
            found = importing.preview(new, [path], Settings(kind=kind))
            importing.commit(new, found)
            assert found.rejected == []
            there, back = (sorted(content(one, kind), key=lambda one: one[0]) for one in (ledger, new))
            assert back == there


def test_a_changed_export_shows_the_differences_and_stores_nothing(ledger, tmp_path):
    path = tmp_path / "导出.xlsx"
    exporting.export(ledger, Query("hazard", sort=(("id", False),)), path)
    book = openpyxl.load_workbook(path)
    sheet = book["隐患"]
    column = [cell.value for cell in sheet[2]].index("整改责任人") + 1
    sheet.cell(3, column).value = "王五"
    book.save(path)
    book.close()
    found = importing.preview(ledger, [path], Settings(kind="hazard"))
    (warning,) = [warning for sheet in found.sheets for warning in sheet.warnings]
    assert (warning.code, warning.row) == ("W_CHANGED", 3)
    assert "张三" in warning.message
    assert "王五" in warning.message
    assert found.ready == 0


@pytest.mark.parametrize("kind", ["hazard", "supply_movement", "inspection"])
def test_records_that_are_read_in_parts_are_written_as_at_once(ledger, tmp_path, monkeypatch, kind):
    exporting.export(ledger, Query(kind), tmp_path / "once.csv")
    monkeypatch.setattr(exporting, "_CHUNK", 1)
    exporting.export(ledger, Query(kind), tmp_path / "parts.csv")
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "once.csv").read_bytes()


def test_an_export_gives_its_room_back(ledger, tmp_path):
    def room() -> int:
        return ledger._store.database.execute_sql("PRAGMA cache_size").fetchone()[0]

    before, seen = room(), []
    columns = ledger.lists.columns
    ledger.lists.columns = lambda *args, **more: (seen.append(room()), columns(*args, **more))[1]
    exporting.export(ledger, Query("hazard"), tmp_path / "o.csv")
    assert (len(seen), room()) == (1, before)
    assert -seen[0] > -before


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_export_stopped_while_it_is_put_together_leaves_no_file(ledger, tmp_path, ending):
    told = []

    def stop_at_the_end(done, total):
        told.append(done)
        if done == total:
            raise Stopped

    with pytest.raises(Stopped):
        exporting.export(ledger, Query("hazard"), tmp_path / f"隐患{ending}", told=stop_at_the_end)
    assert len(told) > 1
    assert not list(tmp_path.glob("隐患*"))


def test_what_is_in_the_trash_is_exported_if_asked_for(ledger, tmp_path):
    ledger.delete("hazard", [1])
    for trash, texts in ((False, ["''+abc"]), (True, ["'=1+1\n第二行"])):
        exporting.export(ledger, Query("hazard", trash=trash), tmp_path / "o.csv")
        with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["隐患描述"] for row in csv.DictReader(file)] == texts


def test_a_record_in_the_trash_does_not_come_back_by_itself(ledger, tmp_path):
    path = tmp_path / "导出.xlsx"
    exporting.export(ledger, Query("accident"), path)
    ledger.delete("accident", [1])
    found = importing.preview(ledger, [path], Settings(kind="accident"))
    assert found.ready == 0
    assert "回收站" in found.sheets[0].skipped[0].reason


def test_an_export_holds_real_dates_numbers_and_money_in_yuan(ledger, tmp_path):
    path = tmp_path / "导出.xlsx"
    exporting.export(ledger, Query("enforcement_case", year=2024), path)
    book = openpyxl.load_workbook(path)
    sheet = book["执法案件"]
    cells = dict(zip((cell.value for cell in sheet[2]), (cell.value for cell in sheet[3]), strict=True))
    assert (cells["序号"], cells["罚款（元）"], cells["决定日期"]) == (
        1,
        10000.5,
        datetime.datetime(2024, 5, 1),
    )
    assert cells["措施"] == "警告、罚款"
    assert sheet["A1"].value == "明溪县应急管理局执法案件台账（2024年）"
    book.close()


@pytest.mark.parametrize("kind", LEDGERS)
def test_what_is_printed_is_wide_enough_to_read(ledger, tmp_path, kind):
    exporting.export(ledger, Query(kind), tmp_path / "o.xlsx")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book.worksheets[0]
    columns = [column for column in sheet.column_dimensions.values() if not column.hidden]
    printed = sum((column.max - column.min + 1) * column.width for column in columns)
    assert printed < 200  # an A4 page across takes 140 characters at full size
    book.close()


def test_goods_stand_one_row_per_line(ledger, tmp_path):
    path = tmp_path / "导出.xlsx"
    assert exporting.export(ledger, Query("supply_movement", sort=(("id", False),)), path) == 2
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == [1, 1, 2]
    book.close()


@pytest.mark.parametrize("end", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", [kind.name for kind in kinds.ALL if kind.parent])
def test_a_child_table_exported_by_itself_changes_nothing_when_it_comes_back(ledger, tmp_path, kind, end):
    path = tmp_path / f"导出.{end}"
    assert exporting.export(ledger, Query(kind), path) > 0
    parent = kinds.kind_of(kind).parent_kind
    before = content(ledger, parent)
    for settings in (Settings(), Settings(kind=parent)):
        found = importing.preview(ledger, [path], settings)
        assert (found.ready, found.rejected) == (0, [])
        (sheet,) = found.sheets
        assert (sheet.kind, sheet.read) == (kind, len(sheet.skipped))
        assert "台账中已有这一行" in sheet.skipped[0].reason
        assert importing.commit(ledger, found).changes is None
    assert content(ledger, parent) == before


def test_a_row_added_to_a_child_table_by_itself_is_refused(ledger, tmp_path):
    path = tmp_path / "导出.csv"
    exporting.export(ledger, Query("hazard_step"), path)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["2", "2024-0001", "2024-03-03", "复查合格", "", "", "雪峰镇"])
    found = importing.preview(ledger, [path], Settings(kind="hazard"))
    assert [(fault.row, fault.code) for fault in found.rejected] == [(3, "E_PARENT")]
    assert "不能离开隐患单独导入" in found.rejected[0].message


@pytest.mark.parametrize("kind", [kind.name for kind in kinds.ALL if not kind.parent])
def test_templates_are_written_and_recognised(ledger, tmp_path, kind):
    path = tmp_path / "模板.xlsx"
    exporting.template(ledger, kind, path)
    found = importing.preview(ledger, [path], Settings(kind=kind))
    assert found.rejected == []
    assert [sheet.sheet for sheet in found.sheets if not kinds.kind_of(sheet.kind).parent] == [
        kinds.kind_of(kind).label
    ]
    assert [warning for sheet in found.sheets for warning in sheet.warnings] == []


def test_a_filled_template_with_steps_on_the_second_sheet_comes_in(ledger, tmp_path):
    path = tmp_path / "模板.xlsx"
    exporting.template(ledger, "response", path)
    book = openpyxl.load_workbook(path)
    main, steps = book["应急响应"], book["响应变更"]
    heads = {cell.value.strip("*"): cell.column for cell in main[1]}
    for header, value in {
        "序号": 7,
        "响应类型": "防台风",
        "乡镇": "县直",
        "启动时间": "2024-7-26 8:00",
    }.items():
        main.cell(2, heads[header]).value = value
    heads = {cell.value.strip("*"): cell.column for cell in steps[1]}
    for header, value in {"所属序号": 7, "动作": "启动", "级别": "四级", "时间": "2024年7月26日8时"}.items():
        steps.cell(2, heads[header]).value = value
    book.save(path)
    book.close()
    found = importing.preview(ledger, [path], Settings(kind="response"))
    assert found.rejected == []
    importing.commit(ledger, found)
    new = content(ledger, "response")[-1]
    assert (new[1]["top_level"], len(new[2]["response_step"])) == ("Ⅳ", 1)


def test_steps_of_no_record_are_wrong(ledger, tmp_path):
    path = tmp_path / "模板.xlsx"
    exporting.template(ledger, "response", path)
    book = openpyxl.load_workbook(path)
    book["响应变更"].append([3, "启动", "Ⅳ", "2024-7-26 8:00"])
    book.save(path)
    book.close()
    found = importing.preview(ledger, [path], Settings(kind="response"))
    assert [fault.code for fault in found.rejected] == ["E_PARENT"]
