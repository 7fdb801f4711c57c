"""Which rows of a file are new, and which the ledger or the files have already."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import BatchFile, IncomingRow, Named
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.plan import PlanRow
from mingxi_desktop.exchange.recognising.targets import Target, identity
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.intake.known import Known
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, Rejected
from mingxi_desktop.ledger.intake.rows import ReadRow
from tests.ledger.conftest import DAY, DEFAULTS, Add, day, filled

MONTH_END = datetime.date(2024, 6, 30)


def read(
    ledger: Ledger, kind: str, number: int = 3, /, *, uid: str = "", typed: str = "", **values: Any
) -> ReadRow:
    """A row as the reader hands it over.  typed: a text that a column of the table says."""
    lines = [filled(ledger, "supply_line", line) for line in values.pop("lines", ())]
    declared = kind_of(kind)
    columns = [Column(0, name, Role.FIELD, Target(declared.field(name))) for name in typed.split()]
    plan = PlanRow(number, columns, ["x"] * len(columns), uid=uid)
    values = filled(ledger, kind, {**DEFAULTS[kind], **values})
    return ReadRow(plan, declared, values, [number], lines)


def sort(ledger: Ledger, *rows: ReadRow) -> list[Doubtful | None]:
    """For each row the doubt; None for a new one."""
    new, doubtful = Known(ledger).sort(rows, "")
    found = {id(row): doubt for row, doubt in doubtful}
    assert [row for row in rows if id(row) not in found] == new
    return [found.get(id(row)) for row in rows]


def doubts(ledger: Ledger, *rows: ReadRow) -> list[str]:
    return [item.doubt.value if item else "new" for item in sort(ledger, *rows)]


def test_a_row_is_new_the_same_or_changed(ledger: Ledger, add: Add) -> None:
    number = add("hazard", quantity_found=2, note="雨后")
    rows = [
        read(ledger, "hazard", 3, quantity_found=2),
        read(ledger, "hazard", 4, description="另一处"),
        read(ledger, "hazard", 5, area="胡坊镇"),
        read(ledger, "hazard", 6, record_date=day(1)),
    ]
    same, *new = sort(ledger, *rows)
    assert new == [None, None, None]
    assert same is not None
    assert (same.doubt, same.record, same.rows, same.differences) == (Doubt.SAME, number, [3], ())
    assert same.message == "第3行：台账中已有这条记录（#1），内容相同，不用再导入"
    (changed,) = sort(ledger, read(ledger, "hazard", quantity_found=2, quantity_rectified=1, note=None))
    assert changed is not None
    assert (changed.doubt, changed.record) == (Doubt.CHANGED, number)
    assert [(one.field, one.label, one.old, one.new) for one in changed.differences] == [
        ("quantity_rectified", "已整改数", "0", "1"), ("note", "备注", "雨后", ""),
    ]  # fmt: skip
    assert "已整改数台账中是“0”，表中是“1”；备注台账中是“雨后”，表中是“空”" in changed.message
    assert changed.message.endswith("要用表中的内容，请选择替换")


def test_rows_that_say_the_same_are_known_as_a_record_each(ledger: Ledger, add: Add) -> None:
    """Of those taken in though they were repeated, none is said to be missing when the file comes again."""
    numbers = [add("hazard"), add("hazard")]
    rows = [read(ledger, "hazard", number) for number in (3, 4, 5)]
    found = sort(ledger, *rows)
    assert [item.record for item in found if item] == [*numbers, numbers[0]]
    assert [item.doubt for item in found if item] == [Doubt.SAME] * 3


def test_blanks_and_width_do_not_make_a_row_another(ledger: Ledger, add: Add) -> None:
    add("hazard", description="2 号库房（东）配电箱", place="明溪宾馆")
    row = read(ledger, "hazard", description="２号库房(东) 配电箱\n", place="明溪宾馆 ")
    assert doubts(ledger, row) == ["same"]
    assert doubts(ledger, read(ledger, "hazard", description="2号库房（东）配电箱", place="明溪大酒店")) == [
        "new"
    ]


def test_repetitions_in_the_files_say_where_and_what(ledger: Ledger) -> None:
    first = read(ledger, "hazard", 3, place=Named("甲厂有限公司"))
    again = read(ledger, "hazard", 7, place=Named("甲 厂"))
    new, ((row, doubt),) = Known(ledger).sort([first, again], "工作表“一月”")
    assert (new, row) == ([first], again)
    assert doubt == Doubtful(
        Doubt.FILE, [7], "第7行：与第3行重复，内容都相同。没有导入；确实是两件事的，请选择也导入"
    )


def test_a_repetition_on_another_sheet_that_says_otherwise(ledger: Ledger) -> None:
    known = Known(ledger)
    known.sort([read(ledger, "hazard", 3)], "工作表“一月”")
    new, ((_, doubt),) = known.sort([read(ledger, "hazard", 9, quantity_found=4)], "工作表“二月”")
    assert (new, doubt.doubt, doubt.record) == ([], Doubt.FILE, 0)
    assert "第9行：与工作表“一月”第3行重复，是同一条，但发现数那一行是“空”，这一行是“4”" in doubt.message


def test_a_row_that_names_no_industry_does_not_deny_the_one_found_for_its_like(ledger: Ledger) -> None:
    known = Known(ledger)
    first, again = read(ledger, "hazard", 3), read(ledger, "hazard", 9)
    del first.values["field"], again.values["field"]
    known.sort([first], "工作表“一月”")
    first.values["field"] = "危化品"  # as `Industry` judges new rows
    _, ((_, doubt),) = known.sort([again], "工作表“二月”")
    assert "第9行：与工作表“一月”第3行重复，内容都相同。" in doubt.message


def test_two_rows_do_not_replace_the_same_record(ledger: Ledger, add: Add) -> None:
    add("hazard")
    rows = [read(ledger, "hazard", 3, owner="甲"), read(ledger, "hazard", 4, owner="乙")]
    assert doubts(ledger, *rows) == ["changed", "file"]
    record = ledger.get("hazard", 1)
    rows = [
        read(ledger, "hazard", n, owner=who, uid=identity(record.id, record.uid))
        for n, who in ((3, "甲"), (4, "乙"))
    ]
    assert doubts(ledger, *rows) == ["changed", "file"]


def test_a_twin_that_was_let_in_is_recognised_too(ledger: Ledger, add: Add) -> None:
    add("hazard")
    add("hazard", owner="乙")
    rows = [read(ledger, "hazard", 3, owner=None), read(ledger, "hazard", 4, owner="乙")]
    assert [item.record for item in sort(ledger, *rows) if item] == [1, 2]


def test_empty_parts_of_the_key_match_only_empty_ones(ledger: Ledger, add: Add) -> None:
    add("hazard", place="甲厂")
    assert doubts(ledger, read(ledger, "hazard"), read(ledger, "hazard", place="乙厂")) == ["new", "new"]


@pytest.mark.parametrize("kind", ["inspection", "meeting"])
def test_without_words_only_equal_rows_are_the_same(ledger: Ledger, add: Add, kind: str) -> None:
    add(kind, note="甲")
    add(kind, note="乙")
    rows = [read(ledger, kind, n, note=note) for n, note in enumerate(("乙", "丙", "丙", "丁"))]
    assert doubts(ledger, *rows) == ["same", "new", "file", "new"]


def test_each_township_may_get_the_same_amount(ledger: Ledger, add: Add) -> None:
    add("fund", direction="下拨", amount=5_000_000, doc_no="明财〔2024〕3号", area="盖洋镇")
    known = {"direction": "下拨", "amount": 5_000_000, "doc_no": "明财（2024）3号"}
    rows = [read(ledger, "fund", 3, **known, area="胡坊镇"), read(ledger, "fund", 4, **known, area="盖洋镇")]
    assert doubts(ledger, *rows) == ["new", "new"]  # 〔〕 and （） are not the same sign
    rows[1].values["doc_no"] = "明财〔2024〕3号"
    assert doubts(ledger, *rows) == ["new", "same"]


def test_what_the_program_fills_in_counts(ledger: Ledger, add: Add) -> None:
    add("disaster_event", end_date=day(2))
    add("response", event="disaster_event:1")
    event = read(ledger, "disaster_event", end_date=day(2))
    response = read(ledger, "response", area=None)
    assert doubts(ledger, event, response) == ["same", "same"]


def test_totals_are_known_by_day_area_and_what_they_are_sorted_by(ledger: Ledger, add: Add) -> None:
    total = {"record_date": MONTH_END, "granularity": "汇总"}
    add("hazard", **total, quantity_found=40, description="盖洋镇6月汇总")
    major = {"level": "重大", "owner": "李四", "plan": "停业"}
    add("hazard", **total, **major, quantity_found=2, description="盖洋镇6月汇总")
    rows = [
        read(ledger, "hazard", 3, **total, quantity_found=45, description="盖洋镇2024年6月隐患"),
        read(ledger, "hazard", 4, **total, quantity_found=2, level="重大", description="别的说法"),
        read(ledger, "hazard", 5, **total, quantity_found=9, field="工贸", description="盖洋镇6月汇总"),
        read(
            ledger,
            "hazard",
            6,
            **total,
            quantity_found=9,
            campaign=("大排查大整治",),
            description="盖洋镇6月汇总",
        ),
        read(ledger, "hazard", 7, **{**total, "record_date": day(20)}, quantity_found=40),
        read(ledger, "hazard", 8, quantity_found=40, description="盖洋镇6月汇总"),
        read(ledger, "hazard", 9, **total, quantity_found=40, typed="description", description="用电"),
        read(ledger, "hazard", 10, **total, quantity_found=40, typed="description", description="用气"),
    ]
    found = sort(ledger, *rows)
    assert [item.doubt.value if item else "" for item in found] == ["changed", "same", "", "", "", "", "", ""]
    assert found[0] is not None
    assert [one.field for one in found[0].differences] == ["quantity_found"]


def test_a_total_of_another_reporter_is_another_total(ledger: Ledger, add: Add) -> None:
    orgs = [entry.ref for entry in ledger.entries("org")]
    total = {"granularity": "汇总", "description": "汇总", "quantity_found": 4}
    add("hazard", **total, reporter=orgs[0])
    rows = [read(ledger, "hazard", number, **total, **more) for number, more in
            enumerate(({"reporter": orgs[1]}, {"reporter": orgs[0]}, {}))]  # fmt: skip
    assert doubts(ledger, *rows) == ["new", "same", "same"]


def test_tallies_and_losses_by_event_day_area_and_sort(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    add("response_tally", event=event, evacuees=10)
    add("disaster_loss", event=event, affected=10)
    other = f"disaster_event:{add('disaster_event', type='台风')}"
    assert doubts(
        ledger,
        read(ledger, "response_tally", event=event, evacuees=12),
        read(ledger, "response_tally", event=event, evacuees=12, basis="累计"),
        read(ledger, "response_tally", event=other, evacuees=12),
        read(ledger, "disaster_loss", event=event, affected=10),
        read(ledger, "disaster_loss", event=event, affected=10, stage="续报"),
        read(ledger, "response_tally", event=Named("6.20"), evacuees=12),
    ) == ["changed", "new", "new", "same", "new", "new"]  # fmt: skip


def test_movements_by_their_number_else_by_their_goods_too(ledger: Ledger, add: Add) -> None:
    add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}, {"item": "毛毯", "quantity": 6}])
    add("supply_movement", doc_no="D-1", supply_line=[{"item": "棉被", "quantity": 5}])
    quilts, blankets = {"item": "棉被", "quantity": 5}, {"item": "毛毯", "quantity": 6}
    rows = [
        read(ledger, "supply_movement", 3, lines=[blankets, quilts]),
        read(ledger, "supply_movement", 4, lines=[quilts]),
        read(ledger, "supply_movement", 5, lines=[quilts, {**blankets, "quantity": 7}]),
        read(ledger, "supply_movement", 6, lines=[blankets], doc_no="D-1"),
        read(ledger, "supply_movement", 7, lines=[{"item": "帐篷", "quantity": 1}]),
        read(ledger, "supply_movement", 8, lines=[quilts]),
    ]
    found = sort(ledger, *rows)
    assert [item.doubt.value if item else "new" for item in found] == [
        "same",
        "new",
        "changed",
        "changed",
        "new",
        "file",
    ]
    assert found[2] is not None
    (difference,) = found[2].differences
    assert (difference.label, difference.old, difference.new) == (
        "物资明细",
        "棉被 5、毛毯 6",
        "棉被 5、毛毯 7",
    )


def test_rows_of_our_own_exports(ledger: Ledger, add: Add) -> None:
    numbers = [add("hazard", description=text) for text in ("一", "二", "三")]
    marks = [identity(record.id, record.uid) for record in ledger.records("hazard", numbers)]
    ledger.delete("hazard", [numbers[2]])
    rows = [
        read(ledger, "hazard", 3, uid=marks[0], description="一", place=None),
        read(ledger, "hazard", 4, uid=f"999-{marks[1].partition('-')[2]}", description="改了", area="胡坊镇"),
        read(ledger, "hazard", 5, uid=marks[2], description="三"),
        read(ledger, "hazard", 6, uid="7-abcdef", description="别处来的"),
    ]
    same, changed, trashed, foreign = sort(ledger, *rows)
    assert same is not None
    assert same.doubt is Doubt.SAME
    assert changed is not None
    assert (changed.doubt, changed.record) == (Doubt.CHANGED, numbers[1])
    assert {one.field for one in changed.differences} == {"description", "area"}
    assert trashed is not None
    assert "在回收站里" in trashed.message
    assert (trashed.record, foreign, rows[3].values["uid"]) == (0, None, "abcdef")


def test_two_records_of_our_own_export_are_two(ledger: Ledger) -> None:
    rows = [read(ledger, "hazard", line, uid=f"{line}-abcde{line}", description="一") for line in (3, 4)]
    again = read(ledger, "hazard", 5, uid="4-abcde4", description="一")
    first, second, copied = sort(ledger, *rows, again)
    assert (first, second) == (None, None)
    assert copied is not None
    assert copied.doubt is Doubt.FILE


def test_a_corrected_key_is_known_by_the_code(ledger: Ledger, add: Add) -> None:
    add("hazard", code="A-1", description="配电箱没有接地", place="甲厂")
    add("enforcement_case", case_no="明应急罚〔2024〕1号", measure=("罚款",), fine=100_000)
    rows = [
        read(ledger, "hazard", 3, code="A-1", place="甲厂"),
        read(
            ledger, "hazard", 4, code="A-1", area="胡坊镇", place="乙厂"
        ),  # another township's own numbering
        read(ledger, "enforcement_case", 5, case_no="明应急罚〔2024〕1号", measure=("罚款",), fine=200_000),
    ]
    assert doubts(ledger, *rows) == ["changed", "new", "changed"]


def test_a_code_given_twice_in_the_files_is_a_fault_of_the_later_row(ledger: Ledger) -> None:
    rows = [read(ledger, "hazard", n, code="A-1", description=text) for n, text in ((3, "一"), (8, "二"))]
    assert doubts(ledger, *rows) == ["new", "new"]
    (fault,) = rows[1].faults
    assert (fault.row, fault.code, fault.field) == (8, "E_UNIQUE", "code")
    assert "与第3行相同" in fault.message
    assert rows[0].faults == []


def test_what_a_corrected_file_no_longer_has(ledger: Ledger) -> None:
    source = "隐患.xlsx · 表1"
    given = [
        ("一", DAY, "盖洋镇"),
        ("二", DAY, "盖洋镇"),
        ("三", day(1), "盖洋镇"),
        ("四", day(40), "盖洋镇"),
        ("五", DAY, "胡坊镇"),
    ]
    rows = [
        IncomingRow("hazard", filled(ledger, "hazard", {
            **DEFAULTS["hazard"], "description": text, "record_date": date, "area": area}), source, n)
        for n, (text, date, area) in enumerate(given, 3)
    ]  # fmt: skip
    ledger.store(rows, [BatchFile("隐患.xlsx", "表1", "hazard", 5)], sentence="导入")
    known = Known(ledger)
    again = [
        read(ledger, "hazard", 3, description="一", owner="王五"),
        read(ledger, "hazard", 4, description="新的", record_date=day(2)),
    ]
    known.sort(again, "")
    assert [record.shown["description"] for record in known.missing(source, again)] == ["二", "三"]
    assert known.missing("别的.xlsx · 表1", again) == []
    again[1].faults.append(Rejected(4, "", "", "", "E_DATE", ""))  # the row is there, only wrong
    assert [record.shown["description"] for record in known.missing(source, again)] == ["三"]


def test_rows_of_several_ledgers_keep_their_order(ledger: Ledger, add: Add) -> None:
    add("meeting", topic="防汛")
    rows = [
        read(ledger, "meeting", 3, topic="防汛"),
        read(ledger, "hazard", 4),
        read(ledger, "meeting", 5, topic="森防"),
    ]
    new, doubtful = Known(ledger).sort(rows, "")
    assert new == rows[1:]
    assert [row for row, _ in doubtful] == rows[:1]


def test_a_row_that_repeats_one_far_above_it(ledger: Ledger) -> None:
    rows = [read(ledger, "hazard", number, description=f"第{number}处") for number in range(3, 5_003)]
    found = sort(ledger, *rows, read(ledger, "hazard", 5_003, description="第4处"))
    assert found[:-1] == [None] * 5_000
    assert found[-1] is not None
    assert (found[-1].doubt, found[-1].message.partition("，")[0]) == (Doubt.FILE, "第5003行：与第4行重复")
