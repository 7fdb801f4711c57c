"""How numbers, and figures that count nothing, are written in a Chinese report: the patterns of `numbers`.

Each group of `TOKEN` names what was met.  The order of the groups decides where two fit.
"""

from __future__ import annotations

import re

from mingxi_desktop.domain.units import UNIT_WORDS
from mingxi_desktop.patterns import pattern

NUMERALS = "〇○零一二三四五六七八九两十百千万亿"
"""Signs of numerals as reports use them; those of cheques (伍, 陆) are parts of words here (队伍, 登陆)."""

_C = f"[{NUMERALS}]"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
_EITHER = rf"(?:\d++|{_C}++)"
_UP_TO_31 = rf"(?:\d{{1,2}}|{_C}{{1,3}})"
_DASH = r"(?:-{1,2}|[—–―~～至到－]{1,2})"
_QUOTED_NAME = r"[“\"「‘][^”\"」’\n]{1,8}[”\"」’]"
# Words that begin with a measure word and are none: 23部门, 三方面.
_NO_UNITS = r"部门|方面|点[^位次]|年度|个别|级别|口径|本级|小时候|万一|种类|门类|名单|名额|片区|组织|部署"
_TOO_SHORT = frozenset({"m", "t", "l", "%", "里", "度", "方", "届", "字", "时"})
_SPOKEN = frozenset({"轮", "轮次", "回"})
_UNITS = sorted((UNIT_WORDS - _TOO_SHORT) | _SPOKEN, key=len, reverse=True)
_TIMES = "度(?=启动|召开|发布|组织|下发|提升)"
_UNIT_SIGNS = "".join(sorted({unit[0] for unit in _UNITS if unit[0] > "z"}))

_SKIPPED = (
    r"《[^》\n]{1,80}》",
    r"[〔\[(（]\d{4}[〕\])）]\s*第?\s*\d+\s*号",
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}",
    r"(?<![\d.])\d{1,2}:\d{2}(?!\d)",
    r"(?:7\s*[×xX*]\s*)?24\s*小时|二十四小时",
    r"(?:附件|附图|附表|附录|如图|如表|图|表)\s*\d{1,2}(?![\d.]|[次份张个场])",
    r"\d+(?:\+[\dNnXx]+)+",
    r"[A-Za-z]+[-/]?\d[\d.\-]*",
    r"(?m:^)[ \t　]*(?:[(（]\d{1,2}[)）]|\d{1,2}[)）]|\d{1,2}(?:\.\d{1,2})*[.、．](?!\d))",
    r"(?<!\d)(?:119|110|120|122|12119|12345|12350|12369|12379)(?=消防|平台|热线|电话|举报|报警|指挥|接警|宣传)",
    r"[“\"]\d{1,6}[”\"](?!号)",
    rf"(?<![最邻临])[近前后]\s?{_UP_TO_31}(?:年|天|个月|日)",
    rf"{_UP_TO_31}年(?:行动|计划|规划|方案|攻坚|提升)",
    # A name in quotation marks, unless it is the claim that nobody was hurt.
    r"[“\"‘][^“”\"‘’\n\d]{1,14}[”\"’](?<!死亡[”\"’])(?<!伤亡[”\"’])(?<!亡人[”\"’])",
)
_ZERO = (
    r"(?:零|(?<![\d.,])0)(?=(?:人员)?(?:伤亡|死亡|亡人|失踪))",
    r"无一(?:人|例)?(?=(?:因灾)?(?:伤亡|死亡|失踪))",
    r"(?:无|没有|未(?:发生|造成|出现|有)(?:一[起例])?)(?=(?:因灾)?人员?(?:因灾)?(?:伤亡|死亡))",
)
_TYPHOON = (
    rf"{_UP_TO_31}号(?:超?强)?台风(?:{_QUOTED_NAME})?",
    rf"(?:台风{_QUOTED_NAME}|{_QUOTED_NAME}台风)[(（](?:\d{{4}}年)?(?:今年)?第?\s*\d{{1,2}}号[)）]",
)
_DAYS = (
    rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}[日号]?{_DASH}(?:\d{{1,2}}月)?\d{{1,2}}[日号]",
    rf"{_C}{{1,3}}月{_C}{{1,3}}日?[至到]{_C}{{1,3}}(?:月{_C}{{1,3}})?日",
    rf"(?<![\d.])\d{{1,2}}[.·]\d{{1,2}}{_DASH}\d{{1,2}}[.·]\d{{1,2}}(?![\d.%])",
)
_YEAR = (
    rf"(?:(?:19|20)\d{{2}}年?{_DASH})?(?:19|20)\d{{2}}年(?:度|代|版)?",
    rf"(?<![{NUMERALS}])[一二]{_C}{{3}}年",
    r"(?<!\d)(?:19|20)\d{2}(?=[—–~]|全年|[春夏秋冬])",
)
_MONTH = (
    rf"(?:\d{{1,2}}月?{_DASH})?\d{{1,2}}月(?:份|底|初|末|中旬|上旬|下旬)?",
    rf"{_C}{{1,3}}月(?:份|底|初|末)?",
)
_ORDINAL = (rf"第\s*{_EITHER}(?!年|号(?:超?强)?台风)", rf"{_EITHER}(?:号|#)")
_PERCENT = (
    rf"百分之(?:百|[{NUMERALS}点]+)",
    r"[一二三四五六七八九1-9]成(?:[一二三四五六七八九1-9半])?(?=[以左多的，。；、）)\n]|$)",
)
_RANGE = (rf"{_ARABIC}[%％]?{_DASH}{_ARABIC}[%％]?", rf"{_C}++[至到]{_C}++(?=[{_UNIT_SIGNS}])")
_GROUPS = {
    "typhoon": _TYPHOON,
    "skip": _SKIPPED,
    "zero": _ZERO,
    "days": _DAYS,
    "day": (rf"(?:\d{{4}}年|{_C}{{4}}年)?{_UP_TO_31}月{_UP_TO_31}[日号]",),
    "short": (r"(?<![\d.])\d{1,2}[·•‧・]\d{1,2}(?!\d)", r"(?<=[“\"])\d{1,2}\.\d{1,2}(?=[”\"])"),
    "year": _YEAR,
    "month": _MONTH,
    "ordinal": _ORDINAL,
    "percent": _PERCENT,
    "range": _RANGE,
    "number": (_ARABIC,),
    "chinese": (rf"{_C}+(?:点{_C}+)?",),
}

TOKEN = pattern("|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in _GROUPS.items()))
SCALE = pattern(r"(余|多)?[ 　]?(万亿|千万|百万|亿|万|千|百)?(余|多|来|几)?")
MORE = pattern(r"余|多|来(?=[个人家次条])")
MONEY = pattern(r"[ 　]?(?:人民币)?元")
BEFORE = pattern(
    r"(大约|约为|(?<![签节合条制预相邀公契解特履赴])约|将近|接近|(?<![附邻临])近|超过|超|逾|突破|上(?=[百千万]))[ 　]?$"
)
LESS = pattern(r"(?:不到|不足|不超过|不高于|低于|少于|不少于|不低于|至少)\s?[其于]?$")
AFTER = pattern(r"(?:及以上|以上|左右|上下|有余)")
LIMIT = pattern(r"以下|以内|之内")
UNIT = pattern(
    rf"[ 　]?(?!{_NO_UNITS})(个百分点|百分点|%|‰|{_TIMES}|人·次|期次|{'|'.join(map(re.escape, _UNITS))})"
    r"(?:[(（](次|套|处|个|件|项|名|条|起)[)）])?"
)
DAY_PARTS = pattern(
    rf"(?:(\d{{4}}|{_C}{{4}})年)?(?:(\d{{1,2}}|{_C}{{1,3}})[月.·•‧・])?(\d{{1,2}}|{_C}{{1,3}})[日号]?"
)
DASH = pattern(_DASH)
