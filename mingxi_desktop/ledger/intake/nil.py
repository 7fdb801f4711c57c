"""Texts by which a row reports that there was nothing: 本月未发现隐患, 未开展演练."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.parse import is_blank_mark, may_be_blank_marks
from mingxi_desktop.domain.parse.result import squeeze
from mingxi_desktop.patterns import pattern

_WHEN = (
    r"(?:[本当该这](?:年|季|月|周|旬|期|日|次)(?:度|份|内)?|(?:第?[一二三四1-4]季|上半年|下半年)度?"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
    r"|(?:经|在)?(?:现场|认真|全面|自查|自|排查|检查|摸排|核查|巡查)(?:后|中|时)?"
    r"|目前|暂时|暂|均|尚|当前|今日|此次|我(?:乡|镇|局|单位)|[,:])*"
)
_FIND = "(?:发现|排查出|检查出|查出|排查到|检查到|新增|发生|出现|存在|有|见)"
_ANY = (
    "(?:任何|新的|新增|相关|明显|安全|生产|重大|一般|各类|火灾|消防|行政|处罚|违法|违规|事故|问题|隐患|情况|异常|行为|风险"
    "|[和及或、])*"
)
_THING = f"{_ANY}(?:问题|隐患|情况|异常|事项|案件|事件|行为|风险|事故|处罚)"
_DO = "(?:开展|组织|召开|举办|举行|实施|进行|参加|安排|办理|立案)"
_DONE = (
    "(?:任何|相关|各类|安全|生产|应急|消防|防汛|森林|防火|宣传|教育|专题|工作|行政|执法)*"
    "(?:演练|培训|宣传|活动|会议|会商|学习|工作|处罚|案件)+(?:活动|工作)?"
)
_END = r"(?:$|(?<![无有])[,。;:!(](?!.*(?:但|不过|除|仅|存在|需|应|尚|另|整改)))"
"""What follows after a comma may tell more, but nothing that was found after all."""
_ZERO = "零(?:报告?|隐患|新增|事故|上报)|0隐患"
_FOUND = pattern(rf"{_WHEN}(?:{_ZERO}|(?:未|没有?|无)(?:{_FIND}+(?:{_THING})?|{_THING}|有)|没有|无){_END}")
_HELD = pattern(
    rf"{_WHEN}(?:{_ZERO}|(?:未|没有?|无)(?:(?:{_FIND}|{_DO})+(?:{_THING}|{_DONE})?|{_THING}|{_DONE})|没有|无){_END}"
)
_LONGEST = 80
_WORDS = pattern("[无未没零0]")
_BEGINS = pattern(
    r"\s*(?:[无没零本当该这一二三四五六七八九十上经在现认全自排检摸核巡目暂均尚今此我]|第[一二三四1-4]季|[1-4]季|0隐"
    r"|(?:1[0-2]|0?[1-9])月|未[发排检查新出存有见开组召举实进参安办立演培宣会学工处任相各生应消防森教专行执])"
)
"""How such texts begin: of many descriptions few have to be looked at."""

FOUND = "description"
_WHAT_IS_HELD = ("title", "topic", "sessions", "times")
TELLING = (FOUND, "title", "topic", "cause", "name")
"""The fields whose text says what a record is of."""


def says_nothing(text: str | None, name: str = FOUND) -> bool:
    """Whether the text of a field says that there was nothing, or says nothing.  name: the field's.

    未开展应急演练 is a hazard or an offence; of what is held it says that it was not.
    """
    return not text or is_blank_mark(text) or says_so(text, name)


def says_so(text: str, name: str = FOUND) -> bool:
    """Whether the text of a field says in words that there was nothing."""
    if len(text) > _LONGEST or _BEGINS.match(text) is None or _WORDS.search(text) is None:
        return False
    plain = squeeze(text)
    return (_HELD if name in _WHAT_IS_HELD else _FOUND).match(plain) is not None


def is_stroke(kind: Kind, item: Field, cell: object) -> bool:
    """Whether a cell has a sign for nothing, or says in the place of the ledger's number that there was nothing."""
    if not isinstance(cell, str):
        return False
    counts = item.name == kind.quantity
    return is_blank_mark(cell) or (counts and says_so(cell, FOUND if kind.has(FOUND) else item.name))


def one_says_nothing(texts: Sequence[str | None]) -> bool:
    """Whether one of many descriptions `says_nothing`."""
    said = [text for text in texts if text]
    if len(said) < len(texts) or any(map(is_blank_mark, may_be_blank_marks(said))):
        return True
    return any(map(says_so, filter(_BEGINS.match, said)))
