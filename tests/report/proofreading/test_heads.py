"""Numbers that stand behind all of their things."""

from __future__ import annotations

import pytest

from mingxi_desktop.report.proofreading.heads import ordered
from mingxi_desktop.report.proofreading.numbers import find
from mingxi_desktop.report.proofreading.sentences import Passage


def read(text: str) -> tuple[str, int]:
    """(the passage as it is read, how many of its numbers are unclear)."""
    made = ordered(Passage(0, text, tuple(find(text))))
    assert [made.passage.text[slice(*made.passage.place(number))] for number in made.passage.numbers] == [
        text[number.amount.start : number.stop] for number in find(text)
    ]
    return made.passage.text, len(made.unclear)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("棉被、棉大衣和毛毯分别为800床、390件和100件。", "棉被800床，棉大衣390件，毛毯100件。"),
        ("调拨的棉被、毛毯分别为800床、100件，救助400人。", "调拨的棉被800床，调拨的毛毯100件，救助400人。"),
        ("企业负责人、一线员工的培训分别达49次、28次。", "企业负责人的培训49次，一线员工的培训28次。"),
        ("下沉的干部和转移的群众分别是63人、28人。", "下沉的干部63人，转移的群众28人。"),
        ("县、乡两级建队率分别为100%和60%以上。", "县级建队率100%，乡级建队率60%以上。"),
        ("排查、整改隐患分别为83条、79条。", "排查隐患83条，整改隐患79条。"),
        ("发放宣传册、倡议书270份、130份。", "发放宣传册270份，倡议书130份。"),
        (
            "49次负责人培训和15场宣贯，到课人员分别为2097人、297人。",
            "49次负责人培训和15场宣贯，到课人员，负责人培训到课人员2097人，宣贯到课人员297人。",
        ),
        (
            "甲班、乙班分别开4期、5期，人数分别为40人、50人。",
            "甲班开4期，乙班开5期，人数，甲班人数40人，乙班人数50人。",
        ),
    ],
)
def test_each_number_is_read_behind_its_own_thing(text, told):
    assert read(text) == (told, 0)


@pytest.mark.parametrize(
    "text",
    ["棉被、毛毯、大衣分别为800床、390床。", "各类物资分别为800件、390件。", "甲、乙分别为8家、9家和7家。"],
)
def test_what_cannot_be_counted_off_is_unclear(text):
    told, unclear = read(text)
    assert told == text
    assert unclear == len(find(text))


@pytest.mark.parametrize(
    "text",
    [
        "分别调拨棉被800床、毛毯100件。",
        "培训分别为49次、2097人。",
        "乡镇、部门开展演练119次、2万人次。",
        "8条",
    ],
)
def test_other_lists_are_left_alone(text):
    assert read(text) == (text, 0)
