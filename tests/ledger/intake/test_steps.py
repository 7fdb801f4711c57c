from __future__ import annotations

import pytest

COLUMNS = ["类型", "Ⅳ级启动时间", "提升Ⅲ级时间", "降为Ⅳ级时间", "终止时间"]
TEXT = ["响应类型", "启动时间", "响应级别", "响应变更情况", "终止时间"]
START, END = "2024-6-9 12:00", "2024-6-18 20:00"


def chain(onlooker, header, *rows):
    found = onlooker.read([header, *rows], kind="response", year=2024)
    return found, found.lines("response_step", "action", "level", "at")


def test_a_column_for_each_step(onlooker):
    found, steps = chain(onlooker, COLUMNS, ["防暴雨", START, "2024-6-13 17:00", "2024-6-17 8:00", END])
    assert found.faults == []
    assert steps == [
        [
            ("启动", "Ⅳ", "2024-06-09 12:00"),
            ("提升", "Ⅲ", "2024-06-13 17:00"),
            ("降低", "Ⅳ", "2024-06-17 08:00"),
            ("终止", "Ⅳ", "2024-06-18 20:00"),
        ]
    ]


def test_steps_without_a_time_did_not_happen(onlooker):
    _, steps = chain(onlooker, COLUMNS, ["防台风", START, None, "/", END])
    assert [[action for action, *_ in found] for found in steps] == [["启动", "终止"]]


def test_a_text_that_tells_the_steps(onlooker):
    _, steps = chain(onlooker, TEXT, ["防暴雨", START, "Ⅳ级", "6月13日17时升Ⅲ级，17日8时降为Ⅳ级", END])
    assert [step[:2] for step in steps[0]] == [("启动", "Ⅳ"), ("提升", "Ⅲ"), ("降低", "Ⅳ"), ("终止", "Ⅳ")]


@pytest.mark.parametrize("level", ["Ⅳ", "四级", "IV级", 4])
def test_a_level_alone_is_that_of_the_start(onlooker, level):
    _, steps = chain(onlooker, ["响应类型", "启动时间", "级别"], ["防暴雨", START, level])
    assert steps == [[("启动", "Ⅳ", "2024-06-09 12:00")]]


def test_without_any_level_there_are_no_steps(onlooker):
    found, steps = chain(onlooker, ["响应类型", "启动时间", "终止时间"], ["防暴雨", START, END])
    assert found.ready("start_at", "end_at") == [("2024-06-09 12:00", "2024-06-18 20:00")]
    assert steps == [[]]


def test_a_day_without_an_hour_is_its_beginning_and_that_is_said(onlooker):
    found, _ = chain(onlooker, ["响应类型", "启动日期", "级别"], ["防暴雨", "2024-6-9", "Ⅳ"])
    assert found.ready("start_at") == ["2024-06-09 00:00"]
    assert "没有时刻，按0时" in found.message("W_TIME_ASSUMED")


def test_the_document_belongs_to_the_start(onlooker):
    header = ["类型", "Ⅳ级启动时间", "文号", "终止时间"]
    found, _ = chain(onlooker, header, ["防暴雨", START, "明汛电〔2024〕11号", END])
    assert found.lines("response_step", "doc_no") == [[("明汛电〔2024〕11号",), (None,)]]


def test_a_wrong_chain_is_a_fault_of_its_row_only(onlooker):
    header = ["类型", "Ⅳ级启动时间", "提升Ⅲ级时间", "终止时间"]
    wrong, right = (
        ["防暴雨", START, "2024-6-8 17:00", END],
        ["防暴雨", "2024-7-9 12:00", None, "2024-7-18 20:00"],
    )
    found, _ = chain(onlooker, header, wrong, right)
    assert [(row, code) for row, _, code in found.faults] == [(2, "E_CHAIN")]
    assert found.ready("start_at") == ["2024-07-09 12:00"]


@pytest.mark.parametrize(
    ("level", "text", "code"),
    [
        ("Ⅳ级", "7月13日17时调整为Ⅲ级", "E_AMBIGUOUS"),
        ("Ⅲ级", "7月13日17时升为Ⅳ级", "E_CHAIN"),
        ("Ⅳ级→Ⅲ级", None, "E_COMPOUND"),
    ],
)
def test_changes_that_nobody_can_be_sure_of_are_asked(onlooker, level, text, code):
    found, _ = chain(onlooker, TEXT, ["防暴雨", "2024-7-9 12:00", level, text, "2024-7-18 20:00"])
    assert [code for *_, code in found.faults] == [code]


def test_a_raise_from_no_level_is_asked(onlooker):
    header = ["响应类型", "启动时间", "升级时间", "终止时间"]
    found, _ = chain(onlooker, header, ["防暴雨", START, "2024-6-13 17:00", END])
    assert "请写明启动级别" in found.message("E_LEVEL")
