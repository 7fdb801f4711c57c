"""Whose a draft is, and of which year: what holds for every number in it."""

from __future__ import annotations

from dataclasses import dataclass

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import common

_BODIES = r"应急管理局|应急局|安全生产委员会|安委会|人民政府|防汛抗旱指挥部|减灾委"
_BUREAU = pattern(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}?[县市区旗州])(?:{_BODIES})")
_TITLE_PLACE = pattern(
    rf"(?m)^\s*(?:关于)?(?P<place>[\u4e00-\u9fff]{{2,4}}[县市区旗])"
    rf"(?=(?:{_BODIES}|(?:19|20)\d\d|关于|防汛|安全|应急))"
)
_OWN = pattern(r"[全我]([县市区旗])")
_PLACE = pattern(rf"(?P<place>[\u4e00-\u9fff]{{2,3}}[县市区旗])(?=(?:{_BODIES}|委|政府|局))")
_OTHER_BODY = pattern(
    r"(?m)^\s*(?:关于)?(?P<body>[\u4e00-\u9fff]{0,6}?[县市区旗州](?P<name>[\u4e00-\u9fff、]{1,14}?"
    r"(?:局|委员会|厅|办公室|中心|大队|支队|法院|检察院|镇|乡|街道)(?:人民政府|办事处)?))(?=(?:关于)?(?:19|20|二〇)|关于|年度|法治|依法|工作)"
)
_OWN_BODIES = ("应急", "安全生产", "安委", "防汛", "减灾", "防灾", "防灭火")
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
_TITLE = pattern(r"报告|总结|小结|情况|汇报|材料|简报|月报")
_LONGEST_TITLE = 60
_ONE_MONTH = pattern(r"(?<![\d至—-])\d{1,2}月份?(?=工作|月报|安全|情况|防汛|应急|简报|小结)")
_ONE_EVENT = pattern(
    r"\d{1,2}[.·月]\d{1,2}日?\s*(?:[-—~至到]+\s*\d{1,2}[.·月]?\d{0,2}日?)?[”\"]?(?:持续性?|特大|大)?(?:强降雨|暴雨|降雨|洪涝|台风)"
    r"|\d{1,2}号(?:强|超强)?台风[“\"‘]?[^，。\s]{0,6}[”\"’]?|台风[“\"‘][^”\"’]{1,6}[”\"’]"
)
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
    the ledger's own.  above: province and city that it lies in.  places: townships of the ledger.
    late: 去年 is the report's year, since the draft is dated the year after and compares with nothing.
    stranger: name of the place it is of, if that is another one.
    month: with which the report ends.  partial: the part of the year its title names, where the report ends with
    another month.  beside: indicators that a report of its kind does not show.
    """

    year: int
    home: tuple[str, ...] = ()
    own_level: str = "县"
    above: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    late: bool = False
    stranger: str = ""
    month: int = 12
    partial: str = ""
    beside: frozenset[str] = frozenset()


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
        partial=_title_part(text, month),
    )


def _title_year(text: str, year: int) -> int:
    """The year that the draft's title names; the ledger's where it names none, or that one among others."""
    for line in text[:_HEAD].splitlines()[:4]:
        years = [int(found) for found in _YEAR.findall(line)]
        if years and _TITLE.search(line) and len(line) < _LONGEST_TITLE:
            return year if year in years else years[0]
    return year


def _title_part(text: str, month: int) -> str:
    """上半年, 一季度 or 6月份 of a title, unless the report ends with that month and begins with the year."""
    for line in text[:_HEAD].splitlines()[:4]:
        if not _TITLE.search(line) or len(line) >= _LONGEST_TITLE:
            continue
        for word, last in common().sections["time"]["part_of_year"].items():
            if word in line:
                return word if last != month else ""
        one = _ONE_MONTH.search(line) or _ONE_EVENT.search(line)
        if one:
            return one[0]
    return ""


def _stranger(text: str, home: tuple[str, ...]) -> str:
    """The place whose report it is, if that is not the ledger's own."""
    for line in text[:_HEAD].splitlines()[:4]:
        other = _OTHER_BODY.match(line) if _TITLE.search(line) and len(line) < _LONGEST_TITLE else None
        if other and not any(word in other["name"] for word in _OWN_BODIES):
            return other["body"]
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
