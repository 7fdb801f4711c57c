from __future__ import annotations

import pytest

TITLE = ["2024年6月隐患汇总"]
LEVELS = ["乡镇", "一般隐患（条）", "重大隐患（条）", "已整改（条）"]
WHOLE = ["乡镇", "发现隐患数", "其中重大隐患数"]
NUMBERS = ("level", "quantity_found", "quantity_rectified")


def look(onlooker, *rows):
    return onlooker.read([TITLE, *rows], kind="hazard")


def test_what_a_whole_has_beyond_its_part_is_a_record_too(onlooker):
    found = look(onlooker, WHOLE, ["盖洋镇", 12, 1])
    assert found.ready("level", "quantity_found") == [(None, 11), ("重大", 1)]


def test_a_whole_that_is_nothing_but_its_part_gives_one_record(onlooker):
    assert look(onlooker, WHOLE, ["盖洋镇", 2, 2]).ready("level", "quantity_found") == [("重大", 2)]


def test_a_whole_without_parts_gives_one_record(onlooker):
    assert look(onlooker, WHOLE, ["盖洋镇", 12, 0]).ready("level", "quantity_found") == [(None, 12)]


def test_parts_that_are_more_than_the_whole_are_a_fault(onlooker):
    found = look(onlooker, WHOLE, ["盖洋镇", 1, 2])
    assert [(row, code) for row, _, code in found.faults] == [(3, "E_PART")]
    assert "加起来比“发现数”1还多" in found.message("E_PART")


def test_all_rectified_is_all_of_each_level(onlooker):
    assert look(onlooker, LEVELS, ["盖洋镇", 5, 1, 6]).ready(*NUMBERS) == [("一般", 5, 5), ("重大", 1, 1)]


def test_none_rectified_is_none_of_each_level(onlooker):
    assert look(onlooker, LEVELS, ["盖洋镇", 3, 1, 0]).ready(*NUMBERS) == [("一般", 3, 0), ("重大", 1, 0)]


def test_some_rectified_of_one_level_are_of_that_level(onlooker):
    assert look(onlooker, LEVELS, ["盖洋镇", 3, 0, 2]).ready(*NUMBERS) == [("一般", 3, 2)]


def test_some_rectified_of_several_levels_are_asked_apart(onlooker):
    found = look(onlooker, LEVELS, ["盖洋镇", 3, 1, 2])
    assert found.ready(*NUMBERS) == []
    assert found.faults == [(3, "已整改（条）", "E_SPLIT")]
    assert "请在表里分开填写" in found.message("E_SPLIT")


def test_a_header_with_a_colon_is_no_title(onlooker):
    found = onlooker.read(
        [["2024年6月隐患汇总"], ["乡镇", "隐患总数", "其中：重大隐患"], ["盖洋镇", 12, 1]], kind="hazard"
    )
    assert found.ready("level", "quantity_found") in ([(None, 11), ("重大", 1)], [])


@pytest.mark.parametrize(
    "header", [["隐患总数", "其中重大"], ["隐患总数", "其中重大隐患"], ["发现数量", "重大隐患"]]
)
def test_a_part_of_a_whole(onlooker, header):
    found = onlooker.read([["2024年6月隐患汇总"], ["乡镇", *header], ["盖洋镇", 12, 1]], kind="hazard")
    assert found.ready("level", "quantity_found") in ([(None, 11), ("重大", 1)], [])


def test_people_stand_beside_what_they_took_part_in(onlooker):
    header = ["乡镇", "应急演练（场）", "参演人数", "宣传活动（场）", "参加人数"]
    found = onlooker.read([["2024年6月活动统计"], header, ["盖洋镇", 5, 300, 3, 200]], kind="activity")
    assert found.ready("type", "sessions", "participants") in (
        [("应急演练", 5, 300), ("宣传活动", 3, 200)],
        [],
    )
