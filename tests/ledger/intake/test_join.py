from __future__ import annotations

HEADER = ["单号", "日期", "类型", "乡镇", "接收单位", "品名", "数量"]
SLIP = ["2024-1-22", "调拨", "盖洋镇", "盖洋镇"]


def movements(onlooker, *rows, header=HEADER):
    return onlooker.read([header, *rows], kind="supply_movement")


def lines(found):
    return found.lines("supply_line", "item", "quantity")


def test_rows_of_one_slip_are_one_movement(onlooker):
    found = movements(onlooker, ["1", *SLIP, "棉被", 100], ["1", *SLIP, "毛毯", 10], ["2", *SLIP, "棉被", 5])
    assert lines(found) == [[("棉被", "100"), ("毛毯", "10")], [("棉被", "5")]]


def test_rows_of_one_slip_need_not_follow_each_other(onlooker):
    found = movements(onlooker, ["1", *SLIP, "棉被", 100], ["2", *SLIP, "棉被", 5], ["1", *SLIP, "毛毯", 10])
    assert lines(found) == [[("棉被", "100"), ("毛毯", "10")], [("棉被", "5")]]


def test_without_numbers_rows_of_the_same_day_and_place_are_one_movement(onlooker):
    rows = [[*SLIP, "棉被", 100], [*SLIP, "毛毯", 10], ["2024-1-23", *SLIP[1:], "毛毯", 1]]
    found = movements(onlooker, *rows, header=HEADER[1:])
    assert lines(found) == [[("棉被", "100"), ("毛毯", "10")], [("毛毯", "1")]]


def test_the_same_goods_again_are_no_line_of_that_movement_and_are_asked(onlooker):
    found = movements(onlooker, [*SLIP, "棉被", 100], [*SLIP, "棉被", 10], header=HEADER[1:])
    assert lines(found) == [[("棉被", "100")]]
    assert "请核对哪一行对" in found.message("W_DUP_IN_FILE")


def test_a_wrong_line_keeps_its_whole_slip_back(onlooker):
    rows = [["1", *SLIP, "棉被", 100], ["1", *SLIP, "毛毯", "若干"], ["2", *SLIP, "棉被", 5]]
    found = movements(onlooker, *rows)
    assert lines(found) == [[("棉被", "5")]]
    assert [row for row, *_ in found.faults] == [3]
    assert found.skipped == [(2, "和它在一起的行有错误，整张单子没有导入")]
