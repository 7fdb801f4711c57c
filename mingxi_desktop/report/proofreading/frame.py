"""Whose a draft is, and of which year: what holds for every number in it."""

from __future__ import annotations

from dataclasses import dataclass

from mingxi_desktop.patterns import pattern

_BODIES = r"应急管理局|应急局|安全生产委员会|安委会|人民政府|防汛抗旱指挥部|减灾委"
_BUREAU = pattern(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}?[县市区旗州])(?:{_BODIES})")
_TITLE_PLACE = pattern(
    rf"(?m)^\s*(?:关于)?(?P<place>[\u4e00-\u9fff]{{2,4}}[县市区旗])"
    rf"(?=(?:{_BODIES}|(?:19|20)\d\d|关于|防汛|安全|应急))"
)
_OWN = pattern(r"[全我]([县市区旗])")
_PLACE = pattern(rf"(?P<place>[\u4e00-\u9fff]{{2,3}}[县市区旗])(?=(?:{_BODIES}|委|政府|局))")
_NO_NAMES = (
    "全",
    "我",
    "本",
    "各",
    "该",
    "县",
    "市",
    "区",
    "先进",
    "兄弟",
    "外",
    "和",
    "及",
    "与",
    "按照",
    "向",
    "邻",
)
_HEAD = 240
_TITLE = pattern(r"报告|总结|情况|汇报|材料|简报|月报")
_YEAR = pattern(r"(?<!\d)((?:19|20)\d{2})\s*年")
_COMPARES = pattern(
    r"(?:较|比|同|由|从)(?:去年|上年)|[（(](?:去年|上年)|(?:去年|上年)[为的]?\d|同比|上年同期|去年同期"
)
_DATED = "(?:{0}年|{1}年)\\s*(?:1|2|3|一|二|三)月"
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a whole draft.

    year: that it reports on.  home: names of the county the ledger is of.  own_level: 县, 市 or 区, whose 全县 is
    the ledger's own.  places: townships of the ledger.  late: 去年 is the report's year, since the draft is dated
    the year after and compares with nothing.  stranger: name of the place it is of, if that is another one.
    month: with which the report ends.
    """

    year: int
    home: tuple[str, ...] = ()
    own_level: str = "县"
    places: tuple[str, ...] = ()
    late: bool = False
    stranger: str = ""
    month: int = 12


def frame_of(
    text: str, year: int, *, bureau: str = "", places: tuple[str, ...] = (), month: int = 12
) -> Frame:
    """The frame of a draft.  year: of the ledger's report; bureau: whose ledger it is ("" where nobody said)."""
    named = _BUREAU.match(bureau)
    place = named["place"] if named else ""
    home = (place, place[:-1]) if place else ()
    of_year = _title_year(text, year)
    after = str(of_year + 1)
    dated = pattern(_DATED.format(after, after.translate(_CHINESE_DIGITS))).search(text)
    return Frame(
        year=of_year,
        home=home,
        own_level=place[-1:] or "县",
        places=places,
        late=dated is not None and _COMPARES.search(text) is None,
        stranger=_stranger(text, home) if home else "",
        month=month,
    )


def _title_year(text: str, year: int) -> int:
    """The year that the draft's title names; the ledger's where it names none, or that one among others."""
    for line in text[:_HEAD].splitlines()[:4]:
        years = [int(found) for found in _YEAR.findall(line)]
        if years and _TITLE.search(line) and len(line) < 60:
            return year if year in years else years[0]
    return year


def _stranger(text: str, home: tuple[str, ...]) -> str:
    """The place whose report it is, if that is not the ledger's own."""
    head = [found["place"] for form in (_BUREAU, _TITLE_PLACE) for found in form.finditer(text[:_HEAD])]
    names = [name for name in head if not name.startswith(_NO_NAMES)]
    if names:
        return "" if any(home[1] in name for name in names) or home[1] in text[:_HEAD] else names[0]
    if home[1] in text:
        return ""
    others = [found["place"] for found in _PLACE.finditer(text)]
    others = [name for name in others if not name.startswith(_NO_NAMES)]
    if len(others) > 2:
        return max(others, key=others.count)
    levels = [found[1] for found in _OWN.finditer(text)]
    foreign = len(levels) > 1 and home[0][-1] not in levels and "市" not in levels
    return f"别的{levels[0]}" if foreign else ""
