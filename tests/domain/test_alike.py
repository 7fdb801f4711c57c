"""Names compared without what says nothing in the county, and one character apart."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.alike import core, one_apart
from mingxi_desktop.domain.county import DELIVERED


@pytest.mark.parametrize(
    "name",
    [
        "甲木业",
        "甲木业有限公司",
        "明溪县甲木业公司",
        "福建省三明市甲木业（明溪）",
        "明溪甲木业有限责任公司",
        " 甲木业 ",
    ],
)
def test_places_and_kinds_of_company_say_nothing(name: str) -> None:
    assert core(name, DELIVERED.places) == "甲木业"


def test_a_name_that_is_nothing_else_stays() -> None:
    assert core("明溪县", DELIVERED.places) == "明溪县"
    assert core("公司", DELIVERED.places) == "公司"


def test_typing_errors_are_told_from_numbers_and_directions() -> None:
    names = [
        "便民购物超市",
        "便民购务超市",
        "便民购物大超市",
        "一号石料场",
        "二号石料场",
        "河东加油站点",
        "河西加油站点",
        "甲厂",
        "乙厂",
    ]
    assert set(one_apart(names)) == {("便民购务超市", "便民购物超市")}
    assert set(one_apart(["城关农资经营部", "城关农资经营门部"])) == {("城关农资经营部", "城关农资经营门部")}


def test_of_names_alike_by_chance_only_slips_of_the_pen_are_sure() -> None:
    names = [
        "鑫源木业", "鑫原木业", "鑫泉木业",
        "福瑞祥加油站", "福和祥加油站",
        "大森林竹木工艺品厂", "大森木竹木工艺品厂",
        "大森林木业一厂", "大森林木业厂", "大森林木业分厂",
        "城关农资门市部", "城关农资市部",
    ]  # fmt: skip
    assert set(one_apart(names, sure=True)) == {
        ("鑫原木业", "鑫源木业"),
        ("大森木竹木工艺品厂", "大森林竹木工艺品厂"),
        ("城关农资市部", "城关农资门市部"),
    }
