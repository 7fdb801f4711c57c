"""The county whose ledger it is, by its whole name."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.county import DELIVERED, County, area_office, county_of, short_area


@pytest.mark.parametrize(
    ("text", "above", "name", "short"),
    [
        ("福建省三明市明溪县", ("福建省", "三明市"), "明溪县", "明溪"),
        ("云山县", (), "云山县", "云山"),
        ("福建省泉州市石狮市", ("福建省", "泉州市"), "石狮市", "石狮"),
        ("荆州市沙市区", ("荆州市",), "沙市区", "沙市"),
        ("市中区", (), "市中区", "市中"),
        (
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗",
            ("内蒙古自治区", "呼伦贝尔市"),
            "鄂温克族自治旗",
            "鄂温克族",
        ),
        ("天津市蓟县", ("天津市",), "蓟县", "蓟县"),
    ],
)
def test_a_county_by_its_name(text: str, above: tuple[str, ...], name: str, short: str) -> None:
    county = County.of(text)
    assert (county.above, county.name, county.short, county.whole) == (above, name, short, text)


@pytest.mark.parametrize("text", ["", "云山", "应急管理局"])
def test_what_is_no_county(text: str) -> None:
    with pytest.raises(ValueError, match="不是县"):
        County.of(text)


def test_what_old_files_say() -> None:
    assert county_of("") is county_of("明溪县") is DELIVERED
    assert county_of("云山").name == "云山"


def test_a_city_without_districts_has_its_own_level() -> None:
    city = County.of("福建省泉州市石狮市")
    assert all(map(city.is_whole, ("全市", "市直单位", "石狮市", "全县", "12个乡镇(街道)")))
    assert not any(map(city.is_whole, ("市医院", "明溪县")))
    offices = ("石狮市应急局", "市应急局", "福建省泉州市石狮市应急局", "应急局")
    assert {city.office(name) for name in offices} == {"应急局"}
    assert city.office("市场监管局") == city.office("石狮市市场监管局") == "市场监管局"


def test_townships_of_all_kinds() -> None:
    names = ("盖洋镇", "城关乡", "城中街道", "青水畲族乡")
    assert [short_area(name) for name in names] == ["盖洋", "城关", "城中", "青水"]
    assert [area_office(name) for name in names[1:3]] == ["城关乡人民政府", "城中街道办事处"]
