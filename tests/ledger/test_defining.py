"""Indicators of the clerk's own: checked, kept, used at once, undone, and handed on as a file."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from mingxi_desktop.domain.indicator_book import delivered_book, fresh_id
from mingxi_desktop.domain.indicator_wanted import Between, Other
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.references import CHOICE_PREFIX, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.defining import Definitions
from mingxi_desktop.ledger.definition_files import State

FIRE = Indicator(
    "xfyh",
    "消防隐患数",
    "hazard",
    Aggregate.SUM,
    "条",
    fields=("quantity_found",),
    where={"field": ("消防",)},
)
RATE = Indicator(
    "xfyhzb", "消防隐患占比", "hazard", Aggregate.RATIO, "%", "percent:1", of="xfyh", per="hazards_found"
)
YEAR = Period.of(2024)


@pytest.fixture
def definitions(ledger) -> Definitions:
    """The room, with undo told of what it does."""
    made = Definitions(
        ledger._store, ledger._writer, ledger._measurer.prove, ledger._parser.choices, ledger._undoer
    )
    ledger.__dict__["definitions"] = made
    return made


def values(ledger) -> dict[str, object]:
    return {one.indicator.id: one.value for one in ledger.measure(YEAR)}


def fault(definitions, indicator, **changes) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        definitions.check(replace(indicator, **changes))
    return caught.value.field, str(caught.value)


def test_a_new_indicator_is_tried_out_kept_used_and_undone(ledger, add, definitions) -> None:
    add("hazard", quantity_found=12)
    add("hazard", quantity_found=4, field="城镇燃气")
    trace = definitions.try_out(FIRE, YEAR)
    assert (trace.value.value, len(trace.records)) == (12, 1)
    assert "行业领域为“消防”" in trace.rule
    assert "xfyh" not in values(ledger)
    assert definitions.save(FIRE, new=True).sentence == "新增 指标 消防隐患数"
    definitions.save(RATE, new=True)
    assert (values(ledger)["xfyh"], values(ledger)["xfyhzb"]) == (12, 75)
    assert ledger.trace("xfyhzb", 2024).rule.startswith("消防隐患占比 = 消防隐患数 ÷ 排查问题隐患数。")
    assert ledger.undo_sentence == "新增 指标 消防隐患占比"
    ledger.undo()
    ledger.undo()
    assert "xfyh" not in values(ledger)
    ledger.redo()
    assert definitions.book.own == {"xfyh"}
    assert definitions.book.get("xfyh") == FIRE
    assert not ledger.verify()


def test_a_delivered_one_is_changed_and_put_back(ledger, add, definitions) -> None:
    add("hazard", quantity_found=1683)
    delivered = definitions.book.get("hazards_found")
    definitions.save(replace(delivered, wording="near:100"))
    assert definitions.book.changed == {"hazards_found"}
    assert ledger.indicators(2024, only=["hazards_found"])[0].text == "近1700"
    assert definitions.remove("hazards_found").sentence == "恢复自带的 指标 排查问题隐患数"
    assert definitions.book.get("hazards_found") == delivered
    ledger.undo()
    assert definitions.book.get("hazards_found").wording == "near:100"
    definitions.save(delivered)
    assert not definitions.book.changed
    with pytest.raises(UserError, match="自带的指标，不能删除"):
        definitions.remove("hazards_found")


def test_one_that_others_are_made_of_stays(definitions) -> None:
    definitions.save(FIRE)
    definitions.save(RATE)
    with pytest.raises(UserError, match="还被别的指标用着") as caught:
        definitions.remove("xfyh")
    assert "消防隐患占比" in caught.value.detail
    with pytest.raises(UserError):
        definitions.save(replace(FIRE, id="other"), was="xfyh")
    # The delivered rate could not be made of it any more.
    day = replace(definitions.book.get("hazards_found"), aggregate=Aggregate.DAY, fields=(), unit="日期")
    with pytest.raises(UserError, match="不是数"):
        definitions.save(day)
    definitions.remove("xfyh", "xfyhzb")
    assert not definitions.book.own


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"id": "hazards by area"}, "id", "编号"),
        ({"id": "event"}, "id", "另有用处"),
        ({"label": "消防 隐患"}, "label", "空格"),
        ({"label": "长" * 41}, "label", "最多40字"),
        ({"label": "排查问题隐患数"}, "label", "已经有叫"),
        ({"where": {"field": ("采矿",)}}, "where.field", "不是行业领域的选项"),
        ({"where": {"area": ("盖样镇",)}}, "where.area", "名单里没有“盖样镇”"),
        ({"where": {"status": ("逾期",)}}, "where.status", "不是直接填写的"),
        ({"where": {"due_date": ("2024-01-01",)}}, "where.due_date", "填没填"),
        ({"where": {"area": (Other("盖样镇"),)}}, "where.area", "名单里没有“盖样镇”"),
        ({"where": {"inspection": ("一次检查",)}}, "where.inspection", "填没填"),
        ({"where": {"area.group": ("甲",)}}, "where.area.group", "用不上"),
        ({"fields": ("rectify_fund",)}, "unit", "元或万元"),
        ({"years": 10**9}, "years", "年限"),
        ({"names": True, "kind": "meeting", "fields": (), "where": None, "unit": "次"}, "names", "没有名称"),
        ({"kind": "response_tally", "fields": ("evacuees",), "where": None}, "aggregate", "算法"),
        (
            {"kind": "supply_line", "fields": (), "where": {"item.group": ("没有的",)}},
            "where.item.group",
            "没有一样",
        ),
    ],
)
def test_what_cannot_be_evaluated_is_refused_at_its_key(definitions, changes, field, said) -> None:
    at, sentence = fault(definitions, FIRE, **changes)
    assert (at, said in sentence) == (field, True), sentence
    assert not definitions.book.own


def test_every_condition_of_every_ledger_can_be_evaluated_or_is_refused(ledger, definitions) -> None:
    refused = []
    for kind in ledger._store.schema.kinds.values():
        for field in kind.fields:
            one = Indicator("x", "试", kind.name, Aggregate.DAY, "日期", "date", where={field.name: (None,)})
            try:
                definitions.try_out(one, YEAR)
            except UserError as error:
                refused.append((field.stored, error.field == f"where.{field.name}"))
    assert set(refused) == {(False, True)}


def test_words_and_entries_of_the_clerks_own_are_taken(ledger, definitions) -> None:
    ledger.save_entry(Entry(f"{CHOICE_PREFIX}industry", "采矿"))
    definitions.save(replace(FIRE, where={"field": ("采矿",), "area": ("盖洋", None)}))
    assert definitions.book.get("xfyh").where["area"] == ("盖洋镇", None)
    word = next(entry for entry in ledger.entries(f"{CHOICE_PREFIX}industry") if entry.name == "采矿")
    ledger.save_entry(replace(word, active=False))
    definitions._texts = None
    assert "xfyh" in definitions.book.by_id  # the records still have the word


def test_a_definition_that_cannot_be_used_takes_no_other_down(ledger, definitions) -> None:
    definitions.save(FIRE)
    definitions.save(RATE)
    table = ledger._store.schema.indicator
    with ledger._store.writing():
        gone = json.loads(definitions._kept()["xfyh"]) | {"fields": ["gone_since"]}
        table.update(definition=json.dumps(gone)).where(table.id == "xfyh").execute()
        table.insert(id="torn", definition="{").execute()
        changed = {
            "id": "hazards_found",
            "label": "隐患",
            "kind": "hazard",
            "aggregate": "day",
            "unit": "日期",
        }
        table.insert(id="hazards_found", definition=json.dumps(changed)).execute()
    assert values(ledger)["hazards_found"] is None
    assert definitions.book == delivered_book()
    reasons = {one.id: one.reason for one in definitions.unusable}
    assert set(reasons) == {"xfyh", "xfyhzb", "torn", "hazards_found"}
    assert "gone_since" in reasons["xfyh"]
    assert fresh_id("消防隐患", definitions.desk().taken) == "xfyh2"
    definitions.remove(*reasons)
    assert not definitions.unusable
    ledger.undo()
    assert len(definitions.unusable) == 4


def test_a_file_shows_what_it_would_bring(ledger, definitions) -> None:
    definitions.save(FIRE)
    definitions.save(RATE)
    text = definitions.export_text()
    assert [one.state for one in definitions.read(text)] == [State.SAME, State.SAME]
    definitions.remove("xfyhzb", "xfyh")
    assert [one.state for one in definitions.read(text)] == [State.NEW, State.NEW]
    data = json.loads(text)
    first, second = data["指标定义"]
    more = [
        {**first, "label": "另一个"},
        {**first, "id": "zzz", "label": "字段不对", "fields": ["owner"]},
        {**second, "id": "yyy", "label": "指空了", "per": "nobody"},
        {
            "id": "hazards_found",
            **{key: value for key, value in first.items() if key != "id"},
            "label": "改名的",
        },
        {"id": 5},
    ]
    data["指标定义"] += more
    found = definitions.read(json.dumps(data))
    assert [str(one.state) for one in found] == ["新增", "新增", "有错", "有错", "有错", "替换", "有错"]
    assert "替换自带的“排查问题隐患数”" in found[5].reason
    definitions.take_in([one.indicator for one in found if one.indicator is not None])
    assert definitions.book.own == {"xfyh", "xfyhzb"}
    assert definitions.book.changed == {"hazards_found"}
    ledger.undo()
    assert not definitions.book.own


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"指标定义": [1]}', '{"form": 3, "指标定义": [{}]}', "[" * 100_000]
)
def test_other_files_are_refused(definitions, text) -> None:
    with pytest.raises(UserError):
        definitions.read(text)


def test_a_number_of_one_month_and_of_several_years(ledger, add, definitions) -> None:
    for year, month in ((2024, 6), (2024, 7), (2022, 6)):
        add("hazard", quantity_found=10, record_date=datetime.date(year, month, 9))
    assert definitions.try_out(FIRE, Period.month(2024, 6)).value.value == 10
    assert definitions.try_out(replace(FIRE, years=3), YEAR).value.value == 30


def counted(definitions, **where) -> tuple[object, list[int]]:
    """The value under these conditions and what each record behind it adds."""
    trace = definitions.try_out(
        replace(FIRE, where={name.replace("__", "."): wanted for name, wanted in where.items()}), YEAR
    )
    return trace.value.value, sorted(int(one.contributes) for one in trace.records)


def test_ranges_of_days_and_numbers_either_end_open(add, definitions) -> None:
    for number, due, fund in (
        (1, None, None),
        (2, "2024-05-01", 100),
        (4, "2024-09-30", 1_000_050),
        (8, "2025-02-01", 5),
    ):
        day = due and datetime.date.fromisoformat(due)
        first = datetime.date(2024, 1, 9)
        add("hazard", quantity_found=number, due_date=day, rectify_fund=fund, record_date=first)
    assert counted(definitions, due_date=(Between("2024-05-01", "2024-09-29"),)) == (2, [2])
    assert counted(definitions, due_date=(Between("2024-09-30"),)) == (12, [4, 8])
    assert counted(definitions, due_date=(Between("", "2024-09-30"),)) == (6, [2, 4])
    assert counted(definitions, due_date=(Between("05-01", "09-30"),)) == (6, [2, 4])
    assert counted(definitions, due_date=(Between("10-01", "05-01"),)) == (10, [2, 8])
    assert counted(definitions, due_date=(Between("2025-01-01"), None)) == (9, [1, 8])
    assert counted(definitions, quantity_found=(Between("2", "4"),)) == (6, [2, 4])
    assert counted(definitions, rectify_fund=(Between("10000.5"),)) == (4, [4])
    assert counted(definitions, rectify_fund=(Between("", "1"),), due_date=(Between("2024-05-01"),)) == (
        10,
        [2, 8],
    )
    assert counted(definitions, due_date=(Other(None),)) == (14, [2, 4, 8])


def test_a_range_of_moments_goes_by_their_days(add, definitions) -> None:
    for day in (9, 10):
        at = datetime.datetime(2024, 6, day, 20, 30)
        add("response", start_at=at, end_at=at + datetime.timedelta(hours=1))
    times = Indicator(
        "x", "次数", "response", Aggregate.COUNT, "次", where={"start_at": (Between("", "2024-06-09"),)}
    )
    assert definitions.try_out(times, YEAR).value.value == 1


def test_what_must_not_be_there_and_empty_fields(add, definitions) -> None:
    add("hazard", quantity_found=1, area="盖洋镇", description="灯坏", supervision="县")
    add("hazard", quantity_found=2, area="雪峰镇", description="灯坏，已修好", supervision="市")
    add("hazard", quantity_found=4, area="夏坊乡", description="堵塞", supervision=None)
    assert counted(definitions, area=(Other("盖洋"), Other("雪峰镇"))) == (4, [4])
    assert counted(definitions, supervision=(Other("县"),)) == (6, [2, 4])
    assert counted(definitions, supervision=(Other("县"), Other(None))) == (2, [2])
    assert counted(definitions, description=("~灯", Other("~修好"))) == (1, [1])
    assert counted(definitions, description=(Other("堵塞"),)) == (3, [1, 2])
    assert counted(definitions, supervision=("县", None, Other("市"))) == (5, [1, 4])


def test_of_what_belongs_to_it_and_of_its_entry(add, definitions) -> None:
    for kind, item, number in (("调拨", "棉被", 1), ("发放", "棉被", 2), ("调拨", "消防水泵", 4)):
        add("supply_movement", type=kind, supply_line=[{"item": item, "quantity": number}])
    lines = Indicator("x", "件数", "supply_line", Aggregate.SUM, "件", fields=("quantity",))
    for where, value in (
        ({"parent.type": (Other("发放"),)}, 5),
        ({"item": (Other("棉被"),)}, 4),
        ({"item.group": (Other("救助物资"),)}, 4),
        ({"parent.record_date": (Between("2025-01-01"),)}, 0),
    ):
        assert definitions.try_out(replace(lines, where=where), YEAR).value.value == value, where


def test_words_that_several_of_are_named(add, definitions) -> None:
    for measures in (("责令停产停业",), ("责令停产停业", "警告"), ("责令限期改正",)):
        add("enforcement_case", measure=measures)
    cases = Indicator(
        "x",
        "件",
        "enforcement_case",
        Aggregate.SUM,
        "件",
        fields=("cases",),
        where={"measure": (Other("警告"),)},
    )
    assert definitions.try_out(cases, YEAR).value.records == 2


def test_such_conditions_are_kept_undone_and_handed_on(ledger, add, definitions) -> None:
    where = {"due_date": (Between("05-01", "09-30"),), "area": (Other("盖洋"), Other(None))}
    add("hazard", quantity_found=3, due_date=datetime.date(2024, 7, 1), area="雪峰镇")
    plain = definitions.export_text(["hazards_found"])
    assert json.loads(plain)["form"] == 1  # older programs take it, too
    definitions.save(replace(FIRE, where=where), new=True)
    assert values(ledger)["xfyh"] == 3
    assert definitions.book.get("xfyh").where["area"] == (Other("盖洋镇"), Other(None))
    text = definitions.export_text()
    assert json.loads(text)["form"] == 2  # which programs that do not know it refuse
    ledger.undo()
    assert "xfyh" not in definitions.book.by_id
    (found,) = definitions.read(text)
    assert found.state is State.NEW
    definitions.take_in([found.indicator])
    assert values(ledger)["xfyh"] == 3
    assert not ledger.verify()


def test_what_a_later_program_asks_is_kept_and_said(ledger, definitions) -> None:
    definitions.save(FIRE)
    table = ledger._store.schema.indicator
    with ledger._store.writing():
        later = json.loads(definitions._kept()["xfyh"]) | {"where": {"field": [{"nearly": "消防"}]}}
        table.update(definition=json.dumps(later)).where(table.id == "xfyh").execute()
    assert "请升级程序" in definitions.unusable[0].reason
    assert "xfyh" not in definitions.book.by_id
    assert "nearly" in definitions._kept()["xfyh"]
