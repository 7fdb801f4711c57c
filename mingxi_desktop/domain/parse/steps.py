"""Changes of a response level in one cell: 6月13日17时升Ⅲ级，6月17日8时降为Ⅳ级."""

from __future__ import annotations

import datetime as dt
import re

from mingxi_desktop.domain.parse.dates import parse_datetime
from mingxi_desktop.domain.parse.result import (
    Parsed,
    ParseError,
    is_blank_mark,
    join_sentences,
    shown,
    squeeze,
)
from mingxi_desktop.domain.parse.words import parse_level
from mingxi_desktop.patterns import pattern

Step = tuple[str, str, dt.datetime]
"""Action (启动, 提升, 降低, 终止), level (Ⅰ to Ⅳ; "" for a 终止 that names none), moment."""

_RANKS = "ⅣⅢⅡⅠ"
_ROMAN = str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"})
_LEVEL = r"(?:IV|I{1,3}|[1-4一二三四](?=级))级?"
_ACTIONS = {
    "启动": "启动", "提升": "提升", "升级": "提升", "上调": "提升", "升": "提升", "降低": "降低", "降级": "降低",
    "下调": "降低", "降": "降低", "终止": "终止", "结束": "终止", "解除": "终止", "调整": "", "转为": "",
}  # fmt: skip
_STEP = pattern(
    rf"(?P<before>[^,;、]*?)(?:[由从将](?:防汛|应急)?(?P<old>{_LEVEL})(?:应急)?(?:响应)?)?(?P<action>{'|'.join(_ACTIONS)})"
    rf"(?:至|到|为|成)?(?:防汛|防暴雨|防台风|抗旱|应急)?(?P<new>{_LEVEL})?(?:防汛|应急)?(?:响应)?"
    r"(?:\((?P<after>[^()]*)\))?",
    re.IGNORECASE,
)
_SEPARATORS = pattern(r"[,;、。\n→]+")
_RUN_ON = pattern(r"(?<=[级应])(?=\d{1,4}[年月.])")
_MONTH = pattern(r"((?:\d{4}年)?\d{1,2}月)\d")
_DAY_FIRST = pattern(r"\d{1,2}日")


def parse_steps(raw: str | None, *, year: int | None = None) -> Parsed[list[Step]]:
    """The changes a cell lists, in its order.

    A later date may leave out the month that the one before has said.  Raises ParseError, also for
    调整 where one cannot see whether it goes up or down.
    """
    lines = [squeeze(line) for line in (raw or "").splitlines()]
    text = "\n".join(filter(None, lines)).translate(_ROMAN)
    if not text or is_blank_mark(text):
        return Parsed([] if text else None)
    steps: list[Step] = []
    said: list[str] = []
    month = ""
    pieces = [part for piece in _SEPARATORS.split(text) if piece for part in _RUN_ON.split(piece)]
    for piece in pieces:
        found = _STEP.fullmatch(piece)
        if found is None:
            raise _no_step(raw)
        moment_text = found["before"] or found["after"] or ""
        if month and _DAY_FIRST.match(moment_text):
            moment_text = month + moment_text
        named = _MONTH.match(moment_text)
        month = named[1] if named else month
        moment = parse_datetime(moment_text, year=year)
        if moment.value is None:
            raise _no_step(raw)
        level = _level(found["new"]) or ""
        before = _level(found["old"]) or (steps[-1][1] if steps else "")
        steps.append((_action(raw, found["action"], before, level), level, moment.value))
        said.append(moment.assumed)
    return Parsed(steps, join_sentences(*dict.fromkeys(said)))


def _level(text: str | None) -> str | None:
    return parse_level(text).value if text else None


def _action(raw: str | None, word: str, before: str, level: str) -> str:
    """The action meant, checked against the level before where that is known."""
    action = _ACTIONS[word]
    if action != "终止" and not level:
        raise ParseError("E_STEP", f"{shown(raw)}没有写响应级别，应写成 6月13日17时升Ⅲ级")
    if action in ("启动", "终止"):
        return action
    if not before and action:
        return action
    if not before or before == level:
        raise ParseError("E_AMBIGUOUS", f"{shown(raw)}看不出是提升还是降低，请写明“提升”或“降低”")
    really = "提升" if _RANKS.index(level) > _RANKS.index(before) else "降低"
    if action and action != really:
        raise ParseError(
            "E_AMBIGUOUS", f"{shown(raw)}写的是{action}，级别却是从{before}级到{level}级，请核对"
        )
    return really


def _no_step(raw: str | None) -> ParseError:
    return ParseError("E_STEP", f"{shown(raw)}看不出响应怎样变更，应写成 6月13日17时升Ⅲ级，6月17日8时降为Ⅳ级")
