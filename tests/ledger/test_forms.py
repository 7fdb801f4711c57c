"""A form's texts become a record, or findings beside their fields."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms

GOOD = {"record_date": "6-9", "area": "盖洋镇", "field": "消防", "description": "通道堵塞"}
MOVEMENT = {"record_date": "6-10", "type": "调拨", "area": "盖洋镇", "receiver": "盖洋镇"}


def save(ledger: Ledger, kind: str, record: int | None, texts, rows=None, year=2024, chosen=None):
    return forms.save(ledger, kind, record, texts, chosen or {}, rows or {}, year)


def found(ledger: Ledger, kind: str, saved: forms.Saved) -> forms.Found:
    """The record that a form was stored as."""
    assert saved.changes is not None
    assert saved.id is not None
    return forms.look(ledger, kind, saved.id)


def carried_out(ledger: Ledger, do: Callable[[], object]) -> list[str]:
    """The statements that SQLite carried out meanwhile."""
    statements: list[str] = []
    connection = ledger._store.database.connection()
    connection.set_trace_callback(statements.append)
    do()
    connection.set_trace_callback(None)
    return statements


def faults(entered: forms.Entered) -> dict[str, str]:
    return {item.field: item.message for item in entered.findings if item.severity in ("error", "entry")}


def test_a_new_record_comes_back_as_stored(ledger: Ledger) -> None:
    saved = save(ledger, "hazard", None, GOOD)
    assert saved.changes is not None
    assert saved.changes.added == (("hazard", saved.id),)
    record, children = found(ledger, "hazard", saved)
    assert record.shown["record_date"] == "2024-06-09"
    assert record.shown["code"] == "2024-0001"
    assert children == {"hazard_step": []}
    assert not saved.entered.refused


def test_what_is_stored_is_checked_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    first = save(ledger, "hazard", None, GOOD).id
    monkeypatch.setattr(forms, "notes", lambda *_: asked.append("notes"))
    monkeypatch.setattr(Ledger, "check", lambda *_, **__: asked.append("check"))
    assert save(ledger, "hazard", first, {"owner": "张三"}).changes is not None
    assert not asked, "the ledger checks what it stores"


def test_a_new_record_is_stored_in_one_transaction(ledger: Ledger) -> None:
    statements = carried_out(ledger, lambda: save(ledger, "hazard", None, GOOD))
    assert statements.count("COMMIT") == 1, "each is written to the disk before it is said to be stored"


def test_an_edit_names_the_year_only_with_the_day(ledger: Ledger) -> None:
    """Every index of a ledger has the year: one that is named, though it stays, is written anew in all of them."""
    first = save(ledger, "hazard", None, GOOD).id
    assert "year" not in written(ledger, first, {"owner": "张三"})
    assert "year" in written(ledger, first, {"record_date": "2023-06-09"})
    assert [ledger.count(Query("hazard", year=year)) for year in (2023, 2024)] == [1, 0]


def test_a_search_text_is_made_anew_only_with_what_it_says(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    assert "search" not in written(ledger, first, {"quantity_found": "7", "due_date": "2024-07-09"})
    assert "search" in written(ledger, first, {"owner": "张三"})
    assert ledger.count(Query("hazard", search="zhangsan")) == 1
    assert ledger.verify() == []


def written(ledger: Ledger, record: int | None, texts: dict[str, str]) -> list[str]:
    """The columns of a hazard that an edit of it writes."""
    statements = carried_out(ledger, lambda: save(ledger, "hazard", record, texts))
    (update,) = (one for one in statements if one.startswith('UPDATE "hazard"'))
    return re.findall(r'"(\w+)" =', update.partition(" WHERE ")[0])


def test_between_the_form_and_its_commit_only_what_is_needed_is_asked(ledger: Ledger) -> None:
    """Somebody waits: what was read while the form was checked is not read again."""
    first = save(ledger, "hazard", None, GOOD).id
    forms.enter(ledger, "hazard", first, {"note": "甲"}, {}, {}, 2024)
    statements = carried_out(ledger, lambda: save(ledger, "hazard", first, {"note": "甲"}))
    assert statements[0] == "BEGIN IMMEDIATE"
    assert statements[-1] == "COMMIT"
    verbs = [one.partition(" ")[0] for one in statements]
    assert verbs.count("SELECT") == 4, "the code's twin, the record's mark, its block, the digest's rows"
    assert verbs.count("INSERT") + verbs.count("UPDATE") == 6
    assert "PRAGMA" not in verbs


def test_what_another_change_made_of_a_record_is_what_an_edit_begins_with(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    assert ledger.get("hazard", first).shown["owner"] == ""
    ledger.edit("hazard", first, {"owner": "张三"})
    ledger.undo()
    ledger.edit("hazard", first, {"owner": "李四"})
    assert ledger.history("hazard", first)[-1].changes == {"owner": ("", "李四")}
    assert ledger.get("hazard", first).shown["owner"] == "李四"
    ledger.delete("hazard", [first])
    with pytest.raises(UserError, match="回收站"):
        ledger.edit("hazard", first, {"owner": "王五"})
    assert ledger.verify() == []


def test_every_fault_is_found_and_nothing_is_stored(ledger: Ledger) -> None:
    texts = {**GOOD, "record_date": "13月1日", "area": "火星镇", "quantity_found": "很多"}
    saved = save(ledger, "hazard", None, texts)
    assert saved.changes is None
    assert {"record_date", "area", "quantity_found"} <= set(faults(saved.entered))
    assert ledger.count(Query("hazard")) == 0
    assert not ledger.undo_sentence


def test_only_what_changed_is_set(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    ledger.edit("hazard", first, {"owner": "张三"})
    saved = save(ledger, "hazard", first, {"category": "电气"})
    shown = found(ledger, "hazard", saved)[0].shown
    assert (shown["owner"], shown["category"]) == ("张三", "电气")
    assert saved.changes is not None
    assert saved.changes.fields == ("category",)


def test_a_rule_broken_by_a_change_stands_at_its_field(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, {**GOOD, "quantity_found": "5"}).id
    saved = save(ledger, "hazard", first, {"quantity_rectified": "6"})
    assert saved.changes is None
    assert "已整改数" in faults(saved.entered)["quantity_rectified"]
    assert ledger.get("hazard", first).shown["quantity_rectified"] == "0"


def test_letters_stand_for_the_one_name_they_fit(ledger: Ledger) -> None:
    saved = save(ledger, "hazard", None, {**GOOD, "area": "gyz"})
    assert found(ledger, "hazard", saved)[0].shown["area"] == "盖洋镇"
    several = forms.enter(ledger, "hazard", None, {**GOOD, "area": "x"}, {}, {}, 2024)
    assert "area" in faults(several)
    none = forms.enter(ledger, "hazard", None, {**GOOD, "area": "qqq"}, {}, {}, 2024)
    assert "area" in faults(none)


def test_what_the_ledger_refuses_is_told_with_all_else_that_is_wrong(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    saved = save(ledger, "hazard", first, {"quantity_rectified": "6", "description": "长" * 5_000})
    assert saved.changes is None
    assert {"quantity_rectified", "description"} <= set(faults(saved.entered))
    assert ledger.undo_sentence.startswith("新增"), "nothing was stored"
    assert ledger.verify() == []


def test_a_chosen_reference_goes_before_what_the_name_would_find(ledger: Ledger) -> None:
    entry = next(entry for entry in ledger.entries("area") if entry.name == "雪峰镇")
    saved = save(ledger, "hazard", None, {**GOOD, "area": "雪峰"}, chosen={"area": (entry.ref,)})
    assert found(ledger, "hazard", saved)[0].values["area"] == entry.ref


def test_rows_are_stored_changed_and_left_out(ledger: Ledger) -> None:
    lines = [(None, {"item": "棉被", "quantity": "120"}), (None, {"item": "毛毯", "quantity": "10"})]
    saved = save(ledger, "supply_movement", None, MOVEMENT, {"supply_line": lines})
    quilts, blankets = found(ledger, "supply_movement", saved)[1]["supply_line"]
    assert (quilts.shown["item"], blankets.shown["quantity"]) == ("棉被", "10")
    changed = [(quilts.id, {"item": "棉被", "quantity": "130"}), (None, {"item": "帐篷", "quantity": "2"})]
    saved = save(ledger, "supply_movement", saved.id, {}, {"supply_line": changed})
    assert [row.shown["quantity"] for row in found(ledger, "supply_movement", saved)[1]["supply_line"]] == [
        "130",
        "2",
    ]
    assert ledger.count(Query("supply_line", trash=True)) == 1
    untouched = save(ledger, "supply_movement", saved.id, {"doc_no": "1号"})
    assert len(found(ledger, "supply_movement", untouched)[1]["supply_line"]) == 2


def test_faults_of_rows_are_told_by_row(ledger: Ledger) -> None:
    lines = [
        (None, {"item": "棉被", "quantity": "120"}),
        (None, {"item": "棉被", "quantity": "许多"}),
        (None, {"item": "毛毯", "quantity": ""}),
        (None, {"item": "帐篷", "quantity": "0"}),
    ]
    saved = save(ledger, "supply_movement", None, MOVEMENT, {"supply_line": lines})
    assert saved.changes is None
    assert saved.entered.refused
    found = {row: [item.field for item in items] for row, items in saved.entered.rows["supply_line"].items()}
    assert found == {1: ["quantity"], 2: ["quantity"], 3: ["quantity"]}
    assert ledger.count(Query("supply_movement")) == 0
    assert ledger.count(Query("supply_line")) == 0


def test_what_rows_get_wrong_together_is_said_on_top(ledger: Ledger) -> None:
    steps = [
        (None, {"action": "启动", "level": "Ⅳ", "at": "2024-06-09 08:00"}),
        (None, {"action": "降低", "level": "Ⅲ", "at": "2024-06-09 20:00"}),
    ]
    texts = {"type": "防暴雨", "start_at": "6.9 8:00"}
    saved = save(ledger, "response", None, texts, {"response_step": steps})
    assert saved.changes is None
    fault = saved.entered.findings[-1]
    assert fault.field == ""
    assert "要低于Ⅳ级" in fault.message
    assert ledger.count(Query("response")) == 0


def test_a_blank_form_has_defaults_and_the_area_used_last(ledger: Ledger) -> None:
    texts = forms.blank(ledger, "hazard", 2023)
    assert texts["record_date"] == "2023-12-31"
    assert texts["level"] == "一般"
    assert "area" not in texts
    saved = save(ledger, "hazard", None, GOOD)
    assert forms.is_worth_remembering(saved)
    forms.remember(ledger, saved, found(ledger, "hazard", saved)[0])
    assert forms.blank(ledger, "hazard", 2023)["area"] == "盖洋镇"
    today = datetime.date.today()
    assert forms.blank(ledger, "hazard", today.year)["record_date"] == today.isoformat()
    assert "record_date" not in forms.blank(ledger, "response", 2023), "it follows from the start"


def test_the_reporter_is_kept_for_the_next_record(ledger: Ledger) -> None:
    reporter = ledger.entries("org")[0].name
    assert "reporter" not in forms.blank(ledger, "hazard", 2024)
    saved = save(ledger, "hazard", None, {**GOOD, "reporter": reporter})
    forms.remember(ledger, saved, found(ledger, "hazard", saved)[0])
    assert forms.blank(ledger, "hazard", 2024)["reporter"] == reporter
    assert "reporter" not in forms.blank(ledger, "activity", 2024)


def test_a_likely_duplicate_is_named_and_led_to(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    found = forms.enter(ledger, "hazard", None, GOOD, {}, {}, 2024).findings
    twin = next(item for item in found if item.code == "W_DUP")
    assert twin.record == ("hazard", first)
    assert twin.message.startswith(f"可能重复：2024-06-09 已登记过“通道堵塞”（#{first}），")
    taken = forms.enter(ledger, "hazard", None, {**GOOD, "code": "2024-0001"}, {}, {}, 2024).findings
    assert next(item for item in taken if item.code == "E_UNIQUE").record == ("hazard", first)


@pytest.mark.parametrize(
    ("texts", "near"),
    [
        ({"description": "消防通道被堵塞。"}, True),
        ({"record_date": "6-10"}, True),
        ({"record_date": "6-11"}, False),
        ({"description": "灭火器过期"}, False),
        ({"description": "2号楼消防通道堵塞"}, False),
        ({"area": "雪峰镇"}, False),
    ],
)
def test_what_is_nearly_the_same_is_pointed_out(ledger: Ledger, texts: dict[str, str], near: bool) -> None:
    first = {**GOOD, "place": "惠民超市", "description": "1号楼消防通道堵塞"}
    plain = {**first, "description": "消防通道堵塞"}
    save(ledger, "hazard", None, first if "2号楼" in texts.get("description", "") else plain)
    found = forms.enter(ledger, "hazard", None, {**plain, **texts}, {}, {}, 2024).findings
    assert ["W_NEAR"] * near == [item.code for item in found if item.record is not None]


def test_what_rows_amount_to(ledger: Ledger) -> None:
    bought = {"record_date": "6-1", "type": "购入", "area": "县直"}
    lines = [(None, {"item": "棉被", "quantity": "100"}), (None, {"item": "毛毯", "quantity": "5"})]
    save(ledger, "supply_movement", None, bought, {"supply_line": lines})
    rows = {
        "supply_line": [(None, {"item": "棉被", "quantity": "30"}), (None, {"item": "毛毯", "quantity": "9"})]
    }
    note = forms.enter(ledger, "supply_movement", None, MOVEMENT, {}, rows, 2024).notes["supply_line"]
    assert note.text == "登记后县级库存：棉被余 70床，▲ 毛毯只有 5件，差 4件"
    assert note.state == "warning"
    less = {"supply_line": [(None, {"item": "棉被", "quantity": "30"})]}
    stored = save(ledger, "supply_movement", None, MOVEMENT, less).id
    again = forms.enter(ledger, "supply_movement", stored, {"doc_no": "1号"}, {}, {}, 2024).notes
    assert again["supply_line"].text == "登记后县级库存：棉被余 70床"
    steps = [
        (None, {"action": "启动", "level": "Ⅳ", "at": "6.9 8:00"}),
        (None, {"action": "提升", "level": "Ⅲ", "at": "6.9 20:00"}),
    ]
    response = {"type": "防暴雨", "start_at": "6.9 8:00"}
    open_ = forms.enter(ledger, "response", None, response, {}, {"response_step": steps}, 2024).notes
    assert open_["response_step"].text == "现为 Ⅲ 级响应（06-09 20:00 起），最高 Ⅲ 级；还没有终止"
    steps.append((None, {"action": "终止", "level": "Ⅲ", "at": "6.11 9:00"}))
    closed = forms.enter(ledger, "response", None, response, {}, {"response_step": steps}, 2024).notes
    assert closed["response_step"].text == "已终止，历时 2 天 1 小时，最高 Ⅲ 级"
    step = {"hazard_step": [(None, {"record_date": "6-20", "action": "销号", "person": "李四"})]}
    texts = {**GOOD, "quantity_found": "5", "quantity_rectified": "3"}
    done = forms.enter(ledger, "hazard", None, texts, {}, step, 2024).notes["hazard_step"]
    assert done.text == "已整改 3 / 发现 5 条；最近一步：06-20 销号，但还有 2 条没有整改"


def test_a_cell(ledger: Ledger) -> None:
    first = save(ledger, "hazard", None, GOOD).id
    assert first is not None
    changes = forms.change_cell(ledger, "hazard", first, "quantity_found", "１２", 2024)
    assert changes.changed == (("hazard", first),)
    forms.change_cell(ledger, "hazard", first, "area", "xfz", 2024)
    assert ledger.get("hazard", first).shown["area"] == "雪峰镇"
    for name, text in (("record_date", "昨天的昨天"), ("quantity_rectified", "13"), ("area", "火星镇")):
        with pytest.raises(UserError) as caught:
            forms.change_cell(ledger, "hazard", first, name, text, 2024)
        assert caught.value.field == name


def test_looking_at_a_record_brings_its_rows(ledger: Ledger) -> None:
    changes = ledger.add(
        "supply_movement",
        ledger.parse("supply_movement", MOVEMENT, year=2024)[0],
        children={
            "supply_line": [
                Child(ledger.parse("supply_line", {"item": "棉被", "quantity": "3"}, year=2024)[0])
            ]
        },
    )
    number = next(number for kind, number in changes.added if kind == "supply_movement")
    record, children = forms.look(ledger, "supply_movement", number)
    assert record.id == number
    assert [row.shown["item"] for row in children["supply_line"]] == ["棉被"]
    with pytest.raises(UserError):
        forms.look(ledger, "hazard", 99)


def test_an_event_whose_first_day_is_emptied_asks_for_it(ledger: Ledger) -> None:
    event = save(ledger, "disaster_event", None, {"record_date": "6-9", "type": "暴雨洪涝"}).id
    saved = save(ledger, "disaster_event", event, {"record_date": ""})
    assert [finding.message for finding in saved.entered.findings] == ["要填写开始日期"]
    with pytest.raises(UserError, match="要填写开始日期"):
        forms.change_cell(ledger, "disaster_event", event or 0, "record_date", "", 2024)
    assert ledger.get("disaster_event", event or 0).shown["name"] == "6.9"
