"""Cues for an indicator that the clerk made: from its label, its conditions and its unit."""

from __future__ import annotations

from mingxi_desktop.domain import vocabulary
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import Known, Topic, fitting_units

_MEASURE = pattern(
    r"(?:的)?(?:总)?(?:次数|人次|人数|场次|场数|件数|条数|家数|户数|队数|总数|总额|金额|数量|数目|数|日期|时间|名称|价值|总量)$"
)
_ACT = pattern(
    r"调拨|购入|购置|采购|发放|下发|排查|发现|整改|争取|下拨|拨付|投入|开展|组织|举办|召开|建成|新建|打造|签订|悬挂|张贴|出动|发送|编发|制作|播放|救助"
    r"|转移|安置|启动|参加|参与|查处|受理|办理|办结|完成|配备|组建|储备|接收|派出|投放|清理|更换|安装"
)
_SHORTEST = 2


def guessed_topic(known: Known) -> Topic:
    """A topic made of the definition: 救生衣调拨数 is about 救生衣, and surer where 调拨 stands beside it."""
    indicator = known.value.indicator
    core = _MEASURE.sub("", indicator.label)
    things = [part for part in _ACT.split(core) if len(part) >= _SHORTEST] or [core]
    what = {thing: 1.0 for thing in things if len(things) == 1}
    what |= {core: 1.0}
    for word in (*_condition_words(known), *known.words):
        if any(pair in core for pair in _pairs(word)):
            what.setdefault(word, 1.0)
    return Topic(
        known=known,
        what=what,
        act=tuple(dict.fromkeys(_ACT.findall(core))),
        siblings=(indicator.id,),
        units=fitting_units(indicator.unit),
        guess=core,
    )


def _condition_words(known: Known) -> list[str]:
    """The words that the conditions ask for, and other spellings of them."""
    indicator = known.value.indicator
    kind = kind_of(indicator.kind)
    found: list[str] = []
    for name, values in (indicator.where or {}).items():
        words = [value.removeprefix("~") for value in values if isinstance(value, str) and value]
        found += words
        if kind.has(name) and kind.field(name).choices:
            delivered = vocabulary.delivered().get(kind.field(name).choices)
            synonyms = delivered.synonyms if delivered else {}
            found += [
                spelling for spelling, word in synonyms.items() if word in words and len(spelling) > _SHORTEST
            ]
    return [word for word in found if len(word) >= _SHORTEST]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def coverage(core: str, text: str) -> float:
    """Share (0 to 1) of a label's pairs of signs that a text holds: 约谈企业负责人 has most of 企业负责人约谈."""
    pairs = _pairs(core)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
