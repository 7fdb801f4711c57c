"""Headers as texts: key, unit and notes told apart, and the words that do not change what a header means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.patterns import pattern

LONGEST = 40
"""Characters of a key beyond which a text is no header but data or an explanation."""
_MOST = 3 * LONGEST

_LEADING = pattern(
    r"^\s*(?:[（(]\s*[\d一二三四五六七八九十]{1,2}\s*[）)](?=.)|[①-⑳]|[一二三四五六七八九十]{1,2}[、．.])"
)
_LISTING = pattern(r"[（(][^（）()]+[/、,，;；或|][^（）()]+[）)]")
_CODE = pattern(r"[甲乙丙丁戊己]|\(?\d{1,2}\)?|[①-⑳]")
"""What stands under the headers of statistical forms: 甲 乙 1 2 3."""
_BRACKET = pattern(r"\(([^()]*)\)")
_UNIT_LABEL = pattern(r"^(?:计量|金额)?单位(?=.)|^(?:按|以)|(?:计|为单位)$")
_UNIT_AT_END = pattern(
    r"(?<=[额失资金款费价值投入])(?:/)?(亿元|百万元|万元|千元|元)$|(?<=.{2})/(亿元|万元|千元|元|人|户|间|条|项|家|个|公顷|亩)$"
)
_NOTE = pattern(
    r"必填|选填|可不填|多选|单选|下拉|格式|填写|请填|填报说明|如[:：]?|例|年\W?月\W?日|yyyy|年月日|以.+为准|"
    r"精确到|截[至止].+|保留.位|含.+|不含.+|公章|盖章|签章|是[/、或]否|有[/、或]无|附.+|详见|见附|同上|√"
)
_WHEN = (
    "其中 本月 本次 本期 本周 本年度 本年 当月 当年 今年 全年 年度 本季度 本季 本日 累计 截至目前 截止目前 截至当前 "
    "目前 截至 截止 合计 总共 共计 全县 全乡 全镇 现有"
).split()
_HOW = "实际 具体 主要 相关 基本 有关 各类 相应 已经 开展 组织".split()
_TIMES = r"20\d\d年(?:度)?|\d{1,2}(?:-\d{1,2})?月份?|[一二三四上下前]+(?:季度|半年)|第[一二三四]季度"
_WHEN_WORD = pattern("|".join((*sorted(_WHEN, key=len, reverse=True), _TIMES)))
_QUALIFIER = pattern("|".join((*sorted((*_WHEN, *_HOW), key=len, reverse=True), _TIMES)))
QUALIFIERS = f"(?:{_QUALIFIER.pattern})"

RATE = pattern(
    r"率$|率\(|同比|环比|占比|比例|比重|增减|增长|增幅|降幅|百分比|±|比上年|比去年|比上月|较上|较去|排名|得分|考核"
)
EARLIER = pattern(r"去年|上年度?|上一年度?|同期|往年|前一年")
_EARLIER_WORDS = pattern(r"(?:(?:去年|上年度?|上一年度?|往年|前一年)(?:同期)?|同期)[的数]?")
TOTAL = frozenset("合计 小计 总计 总数 共计 总和 合计数 总 计 总量 总计数 合共 累计合计".split())
PART = pattern(r"^(?:其中|内[:：]?|含)")
GENERIC = frozenset(
    """
    数量 数 人数 户数 间数 次数 个数 总数 名称 时间 日期 单位 金额 类型 类别 编号 情况
    内容 面积 级别 等级 状态 地点 地址 项目 资金 备注 人员 方式 措施 问题 结果 主题 对象
    种类 性质 形式 企业 部门 起 伤 亡 转移 启动 结束 终止 单位名称 说明 企业名称 责任单位
    责任人 期限 时限 完成时间 完成日期 文号 用途 来源 方向 类 人次 场次 物资 物品 品名
    去向 隐患 领域 行业 总人数 总金额 编码 数目 总额 预案 程序 专项 行动 受灾 规模 性别 处罚
    内容描述 开始时间 结束时间 开始日期 结束日期 组长 领导 场所 月份
    """.split()
)
"""Headers that mean something only on their own or with what stands over them, never inside a longer text."""
GROUP = pattern(r"(?:基本)?(?:信息|情况|统计|数据|明细|详情|内容|一览|登记|概况|指标|工作)+(?:表|栏)?$")

_PEOPLE_UNITS = frozenset({"人", "名", "位", "人次"})
_HOUSE_UNITS = frozenset({"户", "户次", "间", "栋", "幢"})
_FIRM_UNITS = frozenset({"家", "家次"})
_MONEY_UNITS = frozenset({"元", "千元", "万元", "百万元", "亿元"})
_LAND_UNITS = frozenset({"亩", "公顷", "平方米", "平方公里", "万亩", "千公顷"})
_TIME_UNITS = frozenset({"年", "月", "日", "天", "小时", "分钟", "学时", "课时"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a header.

    key: what is compared.  unit: "" if it names none.  bracket: what stood in a bracket that is neither
    unit nor note.  plain: the key without that bracket.  bare_unit: the text was nothing but a unit.
    listing: a bracket holds several words, as where a form gives the words to choose from.
    """

    key: str
    unit: str = ""
    bracket: str = ""
    plain: str = ""
    bare_unit: bool = False
    note: bool = False
    listing: bool = False


@lru_cache(maxsize=16_384)
def text_of(raw: str) -> Text:
    """What a header text says, its unit and notes taken off."""
    key, unit = header_key(_LEADING.sub("", raw))
    if _CODE.fullmatch(key):
        return Text("", note=True)
    if not unit and is_unit(_unit_words(key)):
        return Text("", _unit_words(key), bare_unit=True)
    kept = ""
    for bracket in _BRACKET.findall(key):
        words = _unit_words(bracket)
        if is_unit(words):
            unit = unit or words
        elif not _NOTE.search(bracket):
            kept = kept or bracket
            continue
        key = key.replace(f"({bracket})", "", 1)
    if not key:
        return Text("", unit, note=True)
    ending = _UNIT_AT_END.search(key)
    if ending and not unit:
        unit = ending[1] or ending[2]
        key = key[: ending.start()]
    plain = key.replace(f"({kept})", "", 1) if kept else key
    note = bool(kept) and not plain
    return Text(key, unit, kept, plain, note=note, listing=_LISTING.search(raw) is not None)


def _unit_words(text: str) -> str:
    return _UNIT_LABEL.sub("", text.strip("() ")).replace("、", "/").replace("或", "/").strip("()")


@lru_cache(maxsize=16_384)
def without_qualifiers(key: str) -> str:
    """The key without 本月, 累计, 其中 and the like; 主要单位 is not any 单位."""
    rest = _QUALIFIER.sub("", key)
    return _WHEN_WORD.sub("", key) if rest in GENERIC else rest


def without_earlier(key: str) -> str:
    """The key without the words that make it last year's: 去年同期, 上年."""
    return _EARLIER_WORDS.sub("", key)


def is_total(key: str) -> bool:
    """Whether the text says nothing but that it sums: 合计, 总计."""
    return key in TOTAL


def family(unit: str) -> str:
    """What kind of things a unit counts; "" for none."""
    for name, units in (
        ("people", _PEOPLE_UNITS), ("houses", _HOUSE_UNITS), ("firms", _FIRM_UNITS), ("money", _MONEY_UNITS),
        ("land", _LAND_UNITS), ("time", _TIME_UNITS),
    ):  # fmt: skip
        if unit in units:
            return name
    return "things" if unit else ""


@dataclass(frozen=True)
class Path:
    """The texts over one column from top to bottom, without units and notes of their own; the same for all ledgers.

    header: all of them as one text.  part: one begins with 其中.  rate: the lowest is a rate or comparison.
    """

    texts: tuple[Text, ...]
    unit: str
    header: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What is compared, from top to bottom."""
        return tuple(text.key for text in self.texts)

    @cached_property
    def whole(self) -> str:
        """The keys of all header rows over a column as one text, from the top."""
        return "".join(self.keys)

    @cached_property
    def part(self) -> bool:
        """Whether it is said to be a part of the number at its left."""
        return any(PART.match(key) for key in self.keys)

    @cached_property
    def rate(self) -> bool:
        """Whether any of the texts speaks of a rate or a comparison."""
        return any(RATE.search(key) for key in self.keys)

    @cached_property
    def earlier(self) -> bool:
        """Whether it holds the figures of an earlier year."""
        return EARLIER.search(self.whole) is not None and RATE.search(self.whole) is None

    @cached_property
    def spellings(self) -> tuple[tuple[str, int], ...]:
        """The path as one key, then its lower parts, then again without qualifiers and brackets; with a rank."""
        found: dict[str, int] = {}
        for rank, spell in enumerate((_key, _plain, _unqualified, _plain_unqualified, _listed)):
            spelled = [spell(text) for text in self.texts]
            for start in range(len(spelled)):
                key = "".join(spelled[start:])
                if key and key not in found and (start == 0 or self.may_stand_alone(start)):
                    found[key] = rank * _RANK + start
        return tuple(found.items())

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The keys without what changes nothing; "" where a text was nothing else."""
        return tuple(map(_plain_unqualified, self.texts))

    def may_stand_alone(self, start: int) -> bool:
        """Whether the lower parts mean the same without the upper ones."""
        upper = self.keys[:start]
        if any(_PLANNED.search(key) for key in upper):
            return False
        lower = "".join(self.keys[start:])
        return lower not in GENERIC or all(GROUP.search(key) or _NEUTRAL.fullmatch(key) for key in upper)


_RANK = 1000
LISTED = 4 * _RANK
"""Rank from which on a key is without the words to choose from: 类型（购入、调拨、发放）."""
_PLANNED = pattern(r"计划|目标|未|拟|应急?检|任务数|剩余|库存|逾期|需要|上月|上期|上周|昨日")
_NEUTRAL = pattern(rf"(?:{QUALIFIERS}|情况|数据|统计|信息|如下|[:、的/])*")
_DROPPED = pattern(
    rf"(?:{QUALIFIERS}|街道|场所|企业|个人|部门|单位|项目|名称|日期|时间|村|社区|乡镇|全称|姓名|职务|及职务|公司|点|安全|"
    r"事故|一般|重大|初报|续报|核报|桌面|实战|简易|普通|较大|及|或|和|与|/|、|,|等|级|表述|简要|条款|次|数|人|人民币|规格|型号|"
    r"已整改|未整改|整改中|已完成|未完成|是|否|有|无)*"
)


def _key(text: Text) -> str:
    return text.key


def _plain(text: Text) -> str:
    return text.plain if _may_drop(text.bracket) else text.key.replace("(", "").replace(")", "")


def _unqualified(text: Text) -> str:
    return without_qualifiers(text.key)


def _plain_unqualified(text: Text) -> str:
    return without_qualifiers(_plain(text))


def _listed(text: Text) -> str:
    return text.plain if text.listing else text.key


@lru_cache(maxsize=4096)
def _may_drop(bracket: str) -> bool:
    """Whether what stands in a bracket does not change the meaning."""
    return not bracket or _DROPPED.fullmatch(bracket) is not None


@lru_cache(maxsize=16_384)
def path_of(parts: tuple[str, ...]) -> Path:
    """The path of the texts over a column."""
    header = " ".join("".join(part.split()) for part in parts)
    if len(header) > _MOST:
        return Path((), "", header)
    texts = [text_of(part) for part in parts]
    below = (
        texts[1:] if len(texts) > 1 and texts[0].bare_unit else texts
    )  # 单位：个 is said of the whole table
    unit = next((text.unit for text in reversed(below) if text.unit), "")
    named = tuple(text for text in texts if not text.bare_unit and not text.note)
    if not named and texts and texts[-1].bare_unit:  # 场次, 人次: a unit word that is all there is
        return Path((Text(unit, "", "", unit),), "", header)
    return Path(named, unit, header)
