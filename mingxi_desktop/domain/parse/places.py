"""Which township a text means: 盖洋, 福建省三明市明溪县盖洋镇, 盖洋镇（红旗村）, 雷西村, 全县."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mingxi_desktop.domain.county import County, is_all_townships, short_area
from mingxi_desktop.domain.parse.result import Parsed, ParseError, shown, squeeze
from mingxi_desktop.domain.parse.words import split_known
from mingxi_desktop.patterns import pattern

_OFFICE = pattern(
    r"(?:人民)?政府|办事处|党委政府|党委|党委、政府|(?:党政|应急|安监|安委|安全|综合|平安|值班|防汛|防指|三防|经济|农业|林业"
    r"|水利|社会|乡村|消防|综治).{0,12}(?:办|办公室|站|所|队|中心|委|股|部)"
)
_VILLAGE_ENDS = pattern(r"(?:社区)?(?:居民委员会|居委会|社区)$|(?:村民委员会|村委会)$")
_COMMUNITY = ("", "居委会", "社区", "居民委员会", "社区居委会", "社区居民委员会")
_VILLAGE = ("", "村", "村委会", "村民委员会")
_SHORTEST = 3
_NOT_ONE = pattern(
    r"^(?:除|不含|不包括|非)|(?:以外|之外|除外)$|等(?:[0-9一二三四五六七八九十两几多]+个?|各)?(?:乡|镇|村|地|社区)"
)
"""Texts with a township's name that mean others, or others too: 除雪峰镇外, 雪峰镇等3个乡镇."""


@dataclass(slots=True)
class Places:
    """The county's townships and villages.

    county: in which they lie.  townships: full names.
    villages: (official name, township) of each village and community.
    """

    county: County
    townships: tuple[str, ...]
    villages: Iterable[tuple[str, str]] = ()
    _of_village: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, township in self.villages:
            for spelling in _spellings(name):
                self._of_village.setdefault(spelling, set()).add(township)

    def township(self, text: str) -> Parsed[str]:
        """The township the text names or lies in; value None if it names none.

        What lies in a township stands for it, and `assumed` says so.  ParseError for several of them.
        """
        whole = squeeze(text)
        if _NOT_ONE.search(whole):
            raise ParseError("E_COMPOUND", f"{shown(text)}说的不是一个乡镇，请写明是哪一个；几个的请分行填写")
        name = self.county.inside(whole) or whole
        several = self._several(name)
        if len(several) > 1:
            message = (
                f"{shown(text)}里不止一个乡镇（{'、'.join(several)}），这里只能填一个；请一个一行分开填写"
            )
            raise ParseError("E_COMPOUND", message)
        if several:
            exact = self.alone(name) == several[0]
            return Parsed(several[0], "" if exact else f"{shown(text)}按“{several[0]}”")
        return self._by_village(text, name)

    def alone(self, text: str) -> str | None:
        """The township of which the text is a name and nothing more: 盖洋, 盖洋镇政府, 明溪县盖洋镇."""
        name = self.county.inside(squeeze(text))
        for township in self.townships:
            for spelling in (township, short_area(township)):
                rest = name.removeprefix(spelling)
                if rest != name and rest in ("", "政府", "人民政府", "办事处"):
                    return township
        return None

    def office(self, text: str) -> str | None:
        """The township whose government or office the text names: 盖洋镇应急办, 盖洋镇党委政府."""
        name = self.county.inside(squeeze(text))
        for township in self.townships:
            for spelling in (township, short_area(township)):
                rest = name.removeprefix(spelling)
                if rest != name and _OFFICE.fullmatch(rest):
                    return township
        return None

    def _several(self, name: str) -> list[str]:
        """The townships a text names, by their full names anywhere or by their short ones as words."""
        parts = split_known(name, lambda part: self.alone(part) is not None)
        found = [township for part in parts for township in [self.alone(part)] if township]
        found += [township for township in self.townships if township in name]
        office = self.office(name)
        return list(dict.fromkeys([*found, *([office] if office else [])]))

    def _by_village(self, text: str, name: str) -> Parsed[str]:
        """By the village the text is or begins with, a short township name before it left out."""
        prefix = next((known for known in self.townships if name.startswith(short_area(known))), "")
        rests = [name] + ([name.removeprefix(short_area(prefix))] if prefix else [])
        for rest in rests:
            towns = self._of_village.get(rest) or self._longest(rest)
            towns = towns & {prefix} if rest is not name else towns
            if len(towns) > 1:
                listed = "、".join(sorted(towns))
                raise ParseError("E_AMBIGUOUS", f"{shown(text)}在{listed}都有，请写明乡镇")
            if towns:
                township = next(iter(towns))
                return Parsed(township, f"{shown(text)}按“{township}”")
        return Parsed(None)

    def _longest(self, text: str) -> set[str]:
        """The townships of the longest village spelling that the text begins with, 村 or 社区 included."""
        known = [name for name in self._of_village if text.startswith(name) and _is_whole(name)]
        return self._of_village[max(known, key=len)] if known else set()


def names_county(text: str, county: County) -> bool:
    """Whether the text means the county as a whole or its own departments: 全县, 县直单位, 各乡镇."""
    return county.is_whole(squeeze(text))


def names_all_townships(text: str) -> bool:
    """Whether the text means every township: 各乡镇, 全县, 9个乡镇."""
    return is_all_townships(squeeze(text))


def core_name(text: str, county: County) -> str:
    """An office's name without province, city and county: 县应急管理局 and 明溪县应急管理局 are one."""
    return county.office(squeeze(text))


def known_offices(names: Mapping[str, str], core: str) -> list[str]:
    """The offices (by spelling → name) of which a `core_name` is a part: 应急局办公室, 消防大队一中队."""
    inside = [name for name in names if len(name) >= _SHORTEST and core.startswith(name)]
    return (
        [names[max(inside, key=len)]] if inside and _PART.fullmatch(core[len(max(inside, key=len)) :]) else []
    )


_PART = pattern(r".{0,8}(?:办公室|办|大队|中队|股|科|室|中心|站|队)")


def _is_whole(spelling: str) -> bool:
    return len(spelling) >= _SHORTEST and spelling.endswith(("村", "社区", "委会", "委员会"))


def _spellings(name: str) -> list[str]:
    """雷西村委会 is also 雷西, 雷西村, 雷西村民委员会; 城东居委会 also 城东社区."""
    found = _VILLAGE_ENDS.search(name)
    core = name[: found.start()] if found else name
    ends = _VILLAGE if found is None or "村" in found[0] else _COMMUNITY
    cores = (core, core.removesuffix("回族")) if core.endswith("回族") else (core,)
    return list(dict.fromkeys((name, *(part + end for part in cores for end in ends))))
