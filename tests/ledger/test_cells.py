"""Blocks of cells: what they would become, why some cannot, and one step that stores and takes them back."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, cells, clipboard

HAZARD = kind_of("hazard")


def shown(ledger: Ledger, number: int, *names: str, kind: str = "hazard") -> list[str]:
    record = ledger.get(kind, number)
    return [record.shown[name] for name in names]


def test_a_block_is_read_checked_and_stored_in_one_step(ledger, add) -> None:
    one, two = add("hazard", quantity_found=5), add("hazard", quantity_found=3)
    texts = {
        one: {"owner": "张三", "quantity_rectified": "４", "rectified_date": "6.20", "level": "一般"},
        two: {"owner": "张三", "quantity_rectified": "9", "rectified_date": "改天", "place": "某新木业"},
    }
    found = cells.preview(ledger, "hazard", texts, 2024)
    refused = {(cell.record, cell.field.name): cell.error for cell in found.refused}
    assert set(refused) == {(two, "quantity_rectified"), (two, "rectified_date")}
    assert "已整改数不能大于发现数" in refused[two, "quantity_rectified"]
    assert found.sound == 5
    assert found.same == 1
    new = {(cell.record, cell.field.name): cell.new for cell in found.cells if not cell.error}
    assert new[one, "rectified_date"] == "2024-06-20"
    assert new[two, "place"] == "某新木业（新登记）"
    assert shown(ledger, one, "owner") == [""], "a preview stores nothing"
    changes = cells.store(ledger, found, "粘贴")
    assert changes.sentence == "粘贴 隐患 2 条"
    assert shown(ledger, one, "owner", "quantity_rectified") == ["张三", "4"]
    assert shown(ledger, two, "place", "quantity_rectified") == ["某新木业", "0"]
    ledger.undo()
    assert shown(ledger, one, "owner", "quantity_rectified") == ["", "0"]
    assert shown(ledger, two, "place") == [""]


def test_what_speaks_against_a_whole_record_is_said_of_its_cells(ledger, add) -> None:
    plain = add("hazard")
    found = cells.preview(ledger, "hazard", {plain: {"level": "重大"}}, 2024)
    [cell] = found.refused
    assert "整改责任人" in cell.error
    assert not found.values
    assert cells.store(ledger, found, "粘贴") is None
    code, other = ledger.get("hazard", plain).shown["code"], add("hazard")
    twice = cells.preview(ledger, "hazard", {plain: {"code": "X"}, other: {"code": "X"}}, 2024)
    assert [cell.record for cell in twice.refused] == [other]
    taken = cells.preview(ledger, "hazard", {other: {"code": code}}, 2024)
    assert "已经用过" in taken.refused[0].error


def test_what_the_program_computes_is_refused_unless_it_stands_there_already(ledger, add) -> None:
    number = add("hazard")
    status = ledger.get("hazard", number).shown["status"]
    assert cells.preview(ledger, "hazard", {number: {"status": status}}, 2024).same == 1
    assert cells.preview(ledger, "hazard", {number: {"status": "逾期"}}, 2024).refused


def test_filling_down_copies_values_and_names_who_refuses(ledger, add) -> None:
    top = add("hazard", owner="张三", campaign=("大排查大整治",), quantity_found=5, quantity_rectified=5)
    rest = [add("hazard", quantity_found=9), add("hazard", quantity_found=6)]
    changes = cells.fill(ledger, "hazard", top, rest, ["owner", "campaign", "status", "quantity_rectified"])
    assert changes.sentence == "向下填充 隐患 2 条"
    for number in rest:
        assert shown(ledger, number, "owner", "campaign", "quantity_rectified") == [
            "张三",
            "大排查大整治",
            "5",
        ]
    assert cells.fill(ledger, "hazard", top, rest, ["owner"]) is None
    ledger.undo()
    assert shown(ledger, rest[0], "owner") == [""]
    small = add("hazard", quantity_found=2)
    with pytest.raises(UserError) as caught:
        cells.fill(ledger, "hazard", top, [*rest, small], ["owner", "quantity_rectified"])
    assert ledger.get("hazard", small).shown["code"] in caught.value.detail
    assert shown(ledger, rest[0], "owner") == [""], "all or nothing"
    with pytest.raises(UserError):
        cells.fill(ledger, "hazard", top, rest, ["status"])


def test_emptying_refuses_what_is_required(ledger, add) -> None:
    one, two = add("hazard", owner="张三"), add("hazard", owner="李四", note="备注")
    with pytest.raises(UserError) as caught:
        cells.empty(ledger, "hazard", {one: ["owner", "level"]})
    assert caught.value.title == "隐患等级必须填写，不能清空"
    assert shown(ledger, one, "owner") == ["张三"]
    changes = cells.empty(ledger, "hazard", {one: ["owner"], two: ["owner", "note", "status"]})
    assert changes.sentence == "清空单元格 隐患 2 条"
    assert shown(ledger, two, "owner", "note") == ["", ""]
    assert cells.empty(ledger, "hazard", {one: ["owner"]}) is None


def test_selected_numbers_add_up_and_empty_cells_do_not_count(ledger, add) -> None:
    ids = [add("hazard", quantity_found=number, rectify_fund=fund) for number, fund in ((5, 100), (2, None))]
    add("hazard", quantity_found=90)
    blocks = ledger.blocks
    found, fund = blocks.sums("hazard", ids, ["quantity_found", "rectify_fund"])
    assert (found.count, found.total, found.average) == (2, 7, 3.5)
    assert (fund.count, fund.total) == (1, 100)
    assert blocks.sums("hazard", [], ["quantity_found"]) == []
    assert blocks.words("hazard", ids, "level") == [("一般", 2)]
    assert blocks.words("hazard", ids, "campaign") == [("", 2)]


def test_a_block_of_the_clipboard_goes_where_a_spreadsheet_would_put_it() -> None:
    fields = [HAZARD.field(name) for name in ("level", "status", "quantity_found", "note")]
    text = clipboard.read_block('一般\t待整改\t"3"\r\n重大\t\t"第一行\n第二行"\r\n'.encode(), html=False)
    assert text == [["一般", "待整改", "3"], ["重大", "", "第一行\n第二行"]]
    placed = clipboard.placed(text, HAZARD, [7, 8], fields, (1, 1))
    assert placed.texts == {
        7: {"level": "一般", "quantity_found": "3"},
        8: {"level": "重大", "quantity_found": "第一行\n第二行"},
    }
    assert placed.notes == ("状态由程序算出，没有粘贴",)
    page = '<meta charset="utf-8"><table><tr><td>隐患等级</td></tr><tr><td>一般</td></tr></table>'
    rows = clipboard.read_block(page.encode(), html=True)
    twice = clipboard.placed(rows, HAZARD, [7, 8, 9], fields[:1], (2, 1))
    assert twice.texts == {7: {"level": "一般"}, 8: {"level": "一般"}}, "the header is none of it"
    over = clipboard.placed([["a", "b"], ["c", "d"]], HAZARD, [7], [HAZARD.field("note")], (1, 1))
    assert over.texts == {7: {"note": "a"}}
    assert len(over.notes) == 2
    with pytest.raises(UserError):
        clipboard.read_block(b"<html>nothing</html>", html=True)


def test_a_day_that_would_be_emptied_is_refused_in_its_cell(ledger, add) -> None:
    number = add("hazard")
    found = cells.preview(ledger, "hazard", {number: {"record_date": "", "code": "2024-0100"}}, 2024)
    assert [(cell.field.name, cell.error) for cell in found.refused] == [("record_date", "要填写日期")]
    assert found.values == {number: {"code": "2024-0100"}}
