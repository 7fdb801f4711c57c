"""The trace annex: each number with its rule, its records and their files, added up where they are many."""

from __future__ import annotations

import datetime
from decimal import Decimal

from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import Contribution, IndicatorValue, Trace
from mingxi_desktop.report.annex import ITEMISED, Basis, annex, value_text
from mingxi_desktop.report.model import Paragraph, Style, Table, block_runs, cell_runs


def record(
    number: int,
    *,
    area: str = "盖洋镇",
    date: str = "2024-03-01",
    adds: str | None = "1",
    file: str = "盖洋镇3月",
) -> Contribution:
    return Contribution(
        "hazard",
        number,
        f"隐患{number}",
        date,
        area,
        Decimal(adds) if adds else None,
        f"{file}.xlsx · 台账 · 第{number}行" if file else "",
    )


def trace(
    name: str, records: list[Contribution], value: object = Decimal(3), text: str = "3", **more: str
) -> Trace:
    given = IndicatorValue(by_id()[name], value, text, len(records), **more)
    return Trace(given, "把“发现数”相加。", tuple(records))


def cells(table: Table) -> list[list[str]]:
    return [
        ["".join(run.text for run in cell_runs(cell)) for cell in row] for row in (table.header, *table.rows)
    ]


def tables(*traces: Trace, **more) -> list[list[list[str]]]:
    """What was counted, the overview, one table for each indicator, the files."""
    return [cells(block) for block in annex(traces, **more).blocks if isinstance(block, Table)]


def test_the_head_says_what_the_numbers_were_computed_from():
    seal = "0123456789abcdef" * 4
    basis = Basis(datetime.date(2024, 12, 31), 6968, seal)
    found = dict(tables(trace("hazards_found", [record(1), record(2)]), basis=basis)[0])
    assert found["截止日期"] == "2024年12月31日"
    assert found["台账记录总数"] == "6968条"
    assert found["所依据的记录"].startswith("2条")
    assert found["变更历史校验值"].replace(" ", "") == seal


def test_overview_lists_every_indicator_with_typed_numbers():
    attachment = annex([trace("hazards_found", [record(1)], Decimal(1683), "1683", last_year_text="1502")])
    assert (attachment.label, attachment.title) == ("附件", "指标溯源")
    overview = [block for block in attachment.blocks if isinstance(block, Table)][1]
    assert cells(overview)[1] == ["1", "排查问题隐患数", "1683条", "1", "1", "1502"]
    runs = [(run.indicator, run.aspect) for run in block_runs(overview) if run.indicator]
    assert runs == [("hazards_found", "value"), ("hazards_found", "last_year")]


def test_few_records_are_listed_with_what_they_add():
    found = tables(trace("hazards_found", [record(1, adds="2"), record(2)]))[2]
    assert found == [
        ["日期", "乡镇", "记录", "计入", "来源"],
        ["2024-03-01", "盖洋镇", "隐患1", "2", "盖洋镇3月.xlsx · 台账 · 第1行"],
        ["2024-03-01", "盖洋镇", "隐患2", "1", "盖洋镇3月.xlsx · 台账 · 第2行"],
        ["合计", "", "2条记录", "3", ""],
    ]


def test_where_nothing_is_added_up_no_sum_is_shown():
    found = tables(trace("assisted_enterprises", [record(1, adds=None)]))[2]
    assert found[0] == ["日期", "乡镇", "记录", "来源"]
    assert len(found) == 2


def test_many_records_are_added_up_by_township_and_month():
    many = [
        record(n, area=("盖洋镇", "胡坊镇")[n % 2], date=f"2024-{n % 3 + 1:02}-05", adds="1.5")
        for n in range(20)
    ]
    found = tables(trace("fines", many))[2]
    assert found[0] == ["乡镇", "1月", "2月", "3月", "合计", "来源文件"]
    assert [row[0] for row in found[1:]] == ["盖洋镇", "胡坊镇", "合计"]
    assert found[-1][-2] == "30"
    for row in found[1:]:
        assert sum(map(Decimal, row[1:-2])) == Decimal(row[-2])


def test_townships_stand_in_the_order_of_the_list():
    many = [record(n, area=("夏坊乡", "", "盖洋镇")[n % 3]) for n in range(20)]
    blocks = annex([trace("hazards_found", many)], areas=("雪峰镇", "盖洋镇", "夏坊乡")).blocks
    table = [block for block in blocks if isinstance(block, Table)][2]
    assert [row[0] for row in cells(table)[1:]] == ["盖洋镇", "夏坊乡", "（未填）", "合计"]


def test_every_file_has_a_number_and_every_township_names_its_files():
    many = [
        record(n, area=area, file=f"{area}{month}月")
        for n, (area, month) in enumerate([("盖洋镇", m) for m in (10, 2, 1, 3)] * 3 + [("雪峰镇", 5)] * 3)
    ]
    many.append(record(99, area="雪峰镇", file=""))
    *_, by_area, files = tables(trace("hazards_found", many), areas=("雪峰镇", "盖洋镇"))
    assert [(row[0], row[-1]) for row in by_area[1:]] == [
        ("雪峰镇", "1、 录入"),
        ("盖洋镇", "2—5"),
        ("合计", ""),
    ]
    assert [row[:2] for row in files[1:]] == [
        ["1", "雪峰镇5月.xlsx"],
        ["2", "盖洋镇1月.xlsx"],
        ["3", "盖洋镇2月.xlsx"],
        ["4", "盖洋镇3月.xlsx"],
        ["5", "盖洋镇10月.xlsx"],
        ["", "直接录入（没有来源文件）"],
    ]
    assert files[1][2:] == ["台账", "3", "1"]


def test_a_ratio_is_proved_by_the_two_indicators_it_is_made_of():
    parts = [trace("hazards_found", [record(1)]), trace("hazards_rectified", [record(1)])]
    ratio = trace("hazard_rectification_rate", [record(1)], Decimal("99.76"), "99.76%")
    blocks = annex([*parts, ratio]).blocks
    assert len([block for block in blocks if isinstance(block, Table)]) == 5
    assert any(isinstance(block, Paragraph) and "记录见第2项和第1项" in block.text for block in blocks)
    # Alone it shows its records itself.
    assert len(tables(ratio)) == 4


def test_full_lists_every_record():
    many = [record(n) for n in range(ITEMISED + 5)]
    assert len(tables(trace("hazards_found", many), full=True)[2]) == ITEMISED + 5 + 2


def test_rule_count_and_problem_are_said():
    given = trace("flood_casualties", [record(1)], None, "", problem="夏坊乡没有报齐")
    blocks = annex([given]).blocks
    notes = [block.text for block in blocks if isinstance(block, Paragraph) and block.style is Style.NOTE]
    assert notes == ["把“发现数”相加。记录1条，来源文件1个。待核：夏坊乡没有报齐。"]
    assert value_text(given.value) == "—"


def test_units_that_the_value_brings_are_not_repeated():
    assert value_text(trace("hazard_rectification_rate", [], Decimal("99.76"), "99.76%").value) == "99.76%"
    assert value_text(trace("fines", [], Decimal("76.026"), "76.026").value) == "76.026万元"
    assert value_text(trace("flood_casualties", [], 0, "零").value) == "0人"
    assert value_text(trace("chemical_drill", [], "2024-10-22", "10月22日").value) == "10月22日"
