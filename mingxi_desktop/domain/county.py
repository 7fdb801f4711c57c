"""The county whose ledger it is: what stands before names and says nothing inside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mingxi_desktop.patterns import pattern

COUNTY = "county"
"""The setting of a ledger file that names its county, with or without what that lies in: 福建省三明市明溪县."""
_NAME = pattern(
    r"(?P<province>.+?(?:省|自治区))?(?P<city>.+?(?:市|自治州|地区|盟))?(?P<name>.{2,}?[县市区旗]|[^省市区]县)",
    re.DOTALL,
)
_LEVEL = pattern(r"(?:自治县|自治旗|[县市区旗])$")
_ABOVE = pattern(r"(?:自治区|自治州|地区|[省市盟])$")
_TOWN = pattern(r"(?:.族乡|街道办事处|街道|[镇乡])$")
_TOWNS = r"(?:乡镇|镇乡|乡\(镇\)|镇街|乡镇、?\(?街道\)?)"
_OFFICES = {"县": "县", "市": "市(?!场|政|容)", "区": "区(?!域)", "旗": "旗"}
"""What an office's short name begins with: 县应急局, 市应急局; 市场监管局 begins with none."""


class County(NamedTuple):
    """A county, district or city without districts.

    name: 明溪县.  above: the province and the city it lies in, outermost first, as far as they are known.
    """

    name: str
    above: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> County:
        """From its name as it is set: 福建省三明市明溪县, 明溪县.  ValueError where it is none."""
        found = _NAME.fullmatch("".join(text.split()))
        if found is None:
            raise ValueError(f"“{text}”不是县（市、区）的名称")
        above = tuple(part for part in (found["province"], found["city"]) if part)
        return cls(found["name"], above)

    @property
    def whole(self) -> str:
        """The name with what it lies in: 福建省三明市明溪县."""
        return "".join((*self.above, self.name))

    @property
    def level(self) -> str:
        """县, 市, 区 or 旗: 全市 is this county where it is a city."""
        return self.name[-1] if self.name[-1] in _OFFICES else "县"

    @property
    def short(self) -> str:
        """明溪; the whole name where it would be one character."""
        return _shortened(_LEVEL, self.name)

    @property
    def bureau(self) -> str:
        """What its bureau is called unless it is set otherwise."""
        return f"{self.name}应急管理局"

    @property
    def shorts(self) -> tuple[str, ...]:
        """明溪, 三明, 福建: by which names tell whose they are, the nearest first."""
        return (self.short, *(_shortened(_ABOVE, part) for part in reversed(self.above)))

    @property
    def places(self) -> tuple[str, ...]:
        """What may stand before any name inside the county, outermost first: 福建省, 福建 and so on."""
        names = (*self.above, self.name)
        return tuple(word for pair in zip(names, reversed(self.shorts), strict=True) for word in pair)

    def inside(self, name: str) -> str:
        """The name without the county's and what the county lies in before it."""
        return _before(self).sub("", name)

    def office(self, name: str) -> str:
        """An office's name without the county's or its level: 县应急管理局 and 明溪县应急管理局 are one."""
        left = self.inside(name)
        return _of_level(self.level).sub("", left) or left

    def is_whole(self, name: str) -> bool:
        """Whether the text means the county as a whole or its own departments: 全县, 县直单位, 各乡镇."""
        return _whole(self).fullmatch(name) is not None

    def area_aliases(self, area: str) -> tuple[str, ...]:
        """盖洋镇 is also written 盖洋, 盖洋镇人民政府, 盖洋镇政府, 明溪县盖洋镇."""
        return (short_area(area), area_office(area), _short_office(area), f"{self.name}{area}")

    def office_aliases(self, area: str) -> tuple[str, ...]:
        """The spellings of a township's office: 盖洋镇政府, 盖洋镇, 明溪县盖洋镇人民政府, 明溪县盖洋镇."""
        return (_short_office(area), area, f"{self.name}{area_office(area)}", f"{self.name}{area}")


def short_area(name: str) -> str:
    """A township's name without its kind: 盖洋镇 is 盖洋, 城中街道 is 城中."""
    return _shortened(_TOWN, name)


def area_office(name: str) -> str:
    """Who reports for a township: 盖洋镇人民政府, 城中街道办事处."""
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def _short_office(name: str) -> str:
    return f"{name}办" if name.endswith("街道") else f"{name}政府"


def is_all_townships(text: str) -> bool:
    """Whether the text means every township: 各乡镇, 全县, 9个乡镇."""
    return _all().fullmatch(text) is not None


def _shortened(ending: re.Pattern[str], name: str) -> str:
    left = ending.sub("", name)
    return left if len(left) > 1 else name


@lru_cache(maxsize=8)
def _before(county: County) -> re.Pattern[str]:
    parts = zip((*county.above, county.name), reversed(county.shorts), strict=True)
    optional = "".join(
        f"(?:{re.escape(short)}(?:{re.escape(name.removeprefix(short))})?)?" for name, short in parts
    )
    return re.compile(f"^{optional}")


@lru_cache(maxsize=8)
def _of_level(level: str) -> re.Pattern[str]:
    return re.compile(f"^(?:县|{_OFFICES[level]})")


@lru_cache(maxsize=8)
def _whole(county: County) -> re.Pattern[str]:
    level, short = f"[县{county.level}]", re.escape(county.short)
    ending = re.escape(county.name.removeprefix(county.short))
    return re.compile(
        rf"(?:{short})?(?:全{level}(?:各?{_TOWNS})?|{level}级|{level}本级|{level}直)(?:各?(?:单位|部门|机关))?"
        rf"|各{_TOWNS}|(?:[0-9一二三四五六七八九十两]+个|所有|全部){_TOWNS}|{short}(?:{ending})?"
    )


@lru_cache(maxsize=1)
def _all() -> re.Pattern[str]:
    return re.compile(
        rf"(?:全[县市区旗])?(?:各|[0-9一二三四五六七八九十两]+个|所有|全部)?{_TOWNS}|全[县市区旗]"
    )


def county_of(setting: str) -> County:
    """The county that a ledger file names, also one set when nothing checked it; the delivered one where it is none."""
    try:
        found = County.of(setting)
    except ValueError:
        return County(setting) if setting.strip() else DELIVERED
    return DELIVERED if found.name == DELIVERED.name and not found.above else found


DELIVERED = County("明溪县", ("福建省", "三明市"))
"""The county of the delivered lists of townships and villages, and of every ledger that names no other."""
