"""Tables of records as printed: what is read, which conditions are named, groups, sums and limits."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import query_words, table_printing
from mingxi_desktop.ledger.sections import sectioned
from mingxi_desktop.ledger.table_printing import Groups, Wanted
from tests.ledger.conftest import DAY, DEFAULTS, NOON, day

COLUMNS = (("code", 80), ("area", 80), ("description", 200), ("quantity_found", 60))
Y24 = Query("hazard", year=2024)


@pytest.fixture
def hazards(add):
    """Six hazards: 盖洋镇 four with 1 to 4, 沙溪乡 two with 10 and 20; newest first in the table."""
    return [
        add("hazard", area=area, record_date=day(place), quantity_found=found, description=f"第{found}处<b>&")
        for place, (area, found) in enumerate(
            [("盖洋镇", 1), ("盖洋镇", 2), ("沙溪乡", 10), ("盖洋镇", 3), ("沙溪乡", 20), ("盖洋镇", 4)]
        )
    ]


def area_of(ledger, name: str) -> str:
    return next(entry.ref for entry in ledger.entries("area") if entry.name == name)


def test_a_table_is_read_as_it_is_shown(ledger, hazards) -> None:
    query = Query("hazard", year=2024, sort=(("quantity_found", True),))
    found = table_printing.table(ledger, Wanted(query, COLUMNS, "2024年隐患台账"))
    assert [row[2] for row in found.rows] == [f"第{n}处<b>&" for n in (20, 10, 4, 3, 2, 1)]
    assert [(column.header, column.unit, column.width, column.right) for column in found.columns] == [
        ("编号", "", 80, False),
        ("乡镇", "", 80, False),
        ("隐患描述", "", 200, False),
        ("发现数", "条", 60, True),
    ]
    assert found.totals == {3: "40"}
    assert found.conditions == "共 6 条"
    assert found.office == "明溪县应急管理局"
    assert found.printed == f"打印日期：{datetime.date.today().isoformat()}"


def test_only_the_selected_ones_in_the_order_of_the_table(ledger, hazards) -> None:
    chosen = (hazards[0], hazards[4], 9_999)
    found = table_printing.table(ledger, Wanted(Y24, COLUMNS, "", selected=chosen))
    assert [row[3] for row in found.rows] == ["20", "1"]
    assert found.totals == {3: "21"}
    assert found.conditions == "选中的 2 条"


def test_groups_come_with_their_subtotals(ledger, hazards) -> None:
    groups = sectioned(ledger, Y24, ("area",))
    found = table_printing.table(ledger, Wanted(Y24, COLUMNS, "", Groups(groups)))
    assert {(one.label, one.start, one.count, one.totals[3]) for one in found.sections} == {
        ("盖洋镇", 0 if groups.headings[0].label == "盖洋镇" else 2, 4, "10"),
        ("沙溪乡", 4 if groups.headings[0].label == "盖洋镇" else 0, 2, "30"),
    }
    for one in found.sections:
        assert {row[1] for row in found.rows[one.start : one.start + one.count]} == {one.label}
    keys = groups.headings[0].keys
    closed = table_printing.table(ledger, Wanted(Y24, COLUMNS, "", Groups(groups, {keys})))
    assert [one.closed for one in closed.sections] == [True, False]


def test_groups_keep_to_what_is_selected_and_still_there(ledger, hazards) -> None:
    groups = sectioned(ledger, Y24, ("area",))
    ledger.delete("hazard", [hazards[5]])
    ledger.edit("hazard", hazards[4], {"quantity_found": 25})
    few = table_printing.table(
        ledger, Wanted(Y24, COLUMNS, "", Groups(groups), selected=(hazards[0], hazards[1]))
    )
    assert [(one.label, one.start, one.count, one.totals) for one in few.sections] == [
        ("盖洋镇", 0, 2, {3: "3"})
    ]


def test_every_kind_prints_all_its_columns(ledger, add) -> None:
    add("hazard", hazard_step=[{"record_date": DAY, "action": "下达整改"}])
    add("response", response_step=[{"action": "启动", "level": "Ⅳ", "at": NOON}])
    add("supply_movement", supply_line=[{"item": "棉被", "quantity": 12}])
    add("activity", activity_output=[{"item": "宣传资料", "quantity": 5}])
    event = f"disaster_event:{add('disaster_event', name='6·9暴雨')}"
    more = {
        "response_tally": {"event": event, "evacuees": 12},
        "disaster_loss": {"event": event},
        "fund": {"amount": 7_600_000},
        "rescue_team": {"name": "某队", "from_date": DAY},
        "facility": {"name": "某站", "from_date": DAY},
        "manual_entry": {"indicator": "行政许可", "value": 3},
    }
    for kind in ALL:
        query = Query(kind.name)
        if not ledger.count(query):
            add(kind.name, **more.get(kind.name, {}))
        columns = [(field.name, field.width) for field in kind.fields]
        printed = table_printing.pdf(ledger, Wanted(query, columns, query_words.title(query)))
        assert (printed.rendered.pages, printed.left_out) == (1, ()), kind.name


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Y24, []),
        (Y24.with_where("area", ("盖洋镇",)), ["乡镇：盖洋镇"]),
        (Y24.with_where("area", ("盖洋镇", "沙溪乡", None)), ["乡镇：盖洋镇、沙溪乡、（空）"]),
        (Y24.with_where("field", (EMPTY,)), ["行业领域：（空）"]),
        (Y24.with_where("record_date", Range(datetime.date(2024, 6, 1), datetime.date(2024, 6, 30))), ["月份：6月"]),
        (
            Y24.with_where("record_date", Range(datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))),
            ["月份：4月至6月"],
        ),
        (
            Y24.with_where("record_date", Range(datetime.date(2024, 6, 3), datetime.date(2024, 6, 30))),
            ["日期：2024-06-03 至 2024-06-30"],
        ),
        (Y24.with_where("record_date", Range(low=datetime.date(2024, 6, 3))), ["日期：2024-06-03 起"]),
        (Y24.with_where("due_date", Range(high=datetime.date(2024, 6, 3))), ["整改期限：到 2024-06-03 止"]),
        (Y24.with_where("quantity_found", Range(3, None)), ["发现数：3条 及以上"]),
        (Y24.with_where("quantity_found", Range(None, 12)), ["发现数：12条 及以下"]),
        (Y24.with_where("status", ("逾期",)), ["状态：逾期"]),
        (Query("hazard", search=" 消防 ", batch=3, ids=(1, 2), trash=True), [
            "回收站里的", "搜索“消防”", "导入批次：3", "指定的 2 条",
        ]),
        (Query("response", 2024).with_where(
            "start_at", Range(datetime.datetime(2024, 6, 9, 8), datetime.datetime(2024, 6, 9, 8))
        ), ["启动时间：2024-06-09 08:00"]),
    ],
)  # fmt: skip
def test_conditions_in_words(ledger, query, words) -> None:
    named = tuple(
        (name, tuple(area_of(ledger, value) if value else value for value in wanted))
        if name == "area" else (name, wanted)
        for name, wanted in query.where
    )  # fmt: skip
    where = Query(query.kind, query.year, query.search, named, (), query.trash, query.batch, query.ids)
    assert query_words.conditions(ledger, where) == words


def test_the_title_names_year_and_ledger() -> None:
    assert query_words.title(Y24) == "2024年隐患台账"
    assert query_words.title(Query("fund")) == "资金台账"
    assert kind_of("fund").label == "资金"
    assert set(DEFAULTS) == {kind.name for kind in ALL}


def test_too_many_are_refused_with_a_way_out(ledger, hazards, monkeypatch) -> None:
    monkeypatch.setattr(table_printing, "MOST", 5)
    with pytest.raises(UserError, match="6 条记录太多") as caught:
        table_printing.table(ledger, Wanted(Y24, COLUMNS, ""))
    assert "导出" in caught.value.hint
    assert table_printing.table(ledger, Wanted(Y24, COLUMNS, "", selected=tuple(hazards[:2]))).rows


def test_the_file_is_written_whole(ledger, hazards, tmp_path) -> None:
    printed = table_printing.pdf(ledger, Wanted(Y24, COLUMNS, "2024年隐患台账"))
    path = table_printing.write(printed.rendered.pdf, tmp_path / "台账.pdf")
    assert path.read_bytes() == printed.rendered.pdf
    with pytest.raises(UserError):
        table_printing.write(b"", tmp_path / "没有" / "台账.pdf")
