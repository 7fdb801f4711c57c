"""What a report's words claim and its numbers do not bear out, and differences that the clerk has explained.

The delivered wording chooses by conditions what it may say; the clerk's own may say anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mingxi_desktop.domain.concerns import Acceptance, Concern
from mingxi_desktop.domain.indicators import Aggregate, IndicatorValue
from mingxi_desktop.report.model import Document, Paragraph, Run
from mingxi_desktop.report.values import disagreements

if TYPE_CHECKING:
    from mingxi_desktop.ledger.checked import Checked

_Pair = tuple[str, str]
"""Ids of what was found and what of it was put right."""
_BOTH = re.compile(
    r"(?:排查|发现|查出|查处|检查)出?(?:并|和|及|与|、)?整改(?:了|到位|完成|销号)?[^，。；：、]{0,12}$"
)
"""Before a number: 排查整改问题隐患1683条 says that all of them were put right."""
_ALL = re.compile(
    r"全部(?:得到|完成|按期|按时)?(?:整改|销号|治理|拆除)|(?:均|都)已?(?:得到|完成|按期)?整改|动态清零|应改尽改|应拆尽拆"
)
_NOT_YET = re.compile(r"确保|力争|推动|督促|务必|尚未|没有|未|将|要|直至|直到")
"""Beside it: it is wanted, not claimed."""
_NOBODY = re.compile(r"零伤亡|零死亡|[无没][有]?(?:发生|造成|出现)?(?:任何)?(?:一人|人员)(?:死亡|伤亡)")
_ACCIDENT = "事故"
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_CLAUSE = re.compile(r"[，。；：！？]")


def explained(ledger: Checked, year: int) -> tuple[tuple[Concern, Acceptance], ...]:
    """The findings of a year that still hold and were accepted with a reason; nothing is looked for without any."""
    return ledger.checks.look(year).accepted if ledger.checks.accepted(year) else ()


def checked(
    warnings: Sequence[str],
    document: Document,
    values: Mapping[str, IndicatorValue],
    accepted: Sequence[tuple[Concern, Acceptance]],
) -> tuple[str, ...]:
    """The warnings without those of differences that are explained, with those of claims that do not hold."""
    from mingxi_desktop.ledger.checks.whole import agreeing

    pairs = [agreeing.pair_of(concern) for concern, _ in accepted if concern.code == agreeing.CODE]
    settled = {
        sentence
        for pair in pairs
        for sentence in disagreements([values[id] for id in sorted(pair) if id in values], values)
    }
    left = [warning for warning in warnings if warning not in settled]
    return tuple(dict.fromkeys([*left, *_claims(document, values)]))


def _claims(document: Document, values: Mapping[str, IndicatorValue]) -> Iterator[str]:
    """A sentence for each claim that the numbers do not bear out."""
    pairs = _pairs(values)
    hurt = [value for value in values.values() if value.indicator.complete]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from _all_put_right(block, values, pairs)
            yield from _nobody_hurt(block, hurt)


def _pairs(values: Mapping[str, IndicatorValue]) -> dict[str, _Pair]:
    """Indicator → the pair that it belongs to: of hazards that must agree, and the two parts of a rate."""
    found: dict[str, _Pair] = {}
    for value in values.values():
        item = value.indicator
        pair = (
            (item.agrees_with, item.id) if item.kind == "hazard" and item.until and item.agrees_with else None
        )
        if (
            item.aggregate is Aggregate.RATIO
            and item.of in values
            and values[item.of].indicator.kind == "hazard"
        ):
            pair = (item.per, item.of)
        if pair is not None and set(pair) <= values.keys():
            found |= dict.fromkeys((*pair, item.id), pair)
    return found


def _all_put_right(
    block: Paragraph, values: Mapping[str, IndicatorValue], pairs: Mapping[str, _Pair]
) -> Iterator[str]:
    """排查整改 before a number of hazards, or 全部整改 after one, where not all were put right."""
    clause = ""
    pair: _Pair | None = None
    for run in (*block.runs, Run("。")):
        if run.indicator in pairs:
            pair = pairs[run.indicator]
            if run.aspect == "value" and _BOTH.search(clause):
                yield from _untrue(f"{clause}{run.text}{values[run.indicator].indicator.unit}", pair, values)
        *whole, clause = _CLAUSE.split(clause + run.text)
        for said in whole:
            if pair is not None and _ALL.search(said) and not _NOT_YET.search(said):
                yield from _untrue(said, pair, values)


def _untrue(said: str, pair: _Pair, values: Mapping[str, IndicatorValue]) -> Iterator[str]:
    found, done = (values[id] for id in pair)
    if found.value != done.value or found.problem or done.problem:
        unit = found.indicator.unit
        yield (
            f"报告写着“{said}”，但{found.indicator.label}是{found.text or '—'}{unit}、{done.indicator.label}是"
            f"{done.text or '—'}{unit}，两个数相等才能这样写；请改成“排查…，已整改…”"
        )


def _nobody_hurt(block: Paragraph, hurt: Collection[IndicatorValue]) -> Iterator[str]:
    """零伤亡 in words, where it is not certain that nobody was."""
    for sentence in _SENTENCE.findall("".join(run.text for run in block.runs)):
        claim = _NOBODY.search(sentence)
        if claim is None or _ACCIDENT in sentence:
            continue
        for value in hurt:
            if value.value != 0 or value.problem:
                why = value.problem or f"{value.indicator.label}是{value.text}{value.indicator.unit}"
                yield f"报告写着“{claim.group()}”，但{why}；每个乡镇对每次过程都报了0才能这样写"
