"""Words of a vocabulary inside a text: a title, a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.vocabulary import delivered

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_HAZARDS = "(?:事故|火灾|安全生产|安全|生产|风险|问题)*隐患"
_LISTED = (
    "(?:排查|治理|整治|整改|销号|自查|动态|挂牌|督办|基本|信息|登记|情况|问题|清零|管理)*"
    r"(?:台账|清单|统计|汇总|明细|一览|名单|表|册|登记|情况|$|[\s0-9()（）:：、,，;；。共])"
)
"""What follows where the level is that of what is listed: 重大事故隐患专项排查整治行动 is a campaign."""
_NUMBERED = r"^[\s(]*(?:[0-9一二三四五六七八九十]+[).、．\s]+)?"


def words_in(ledger: Ledger, item: Field) -> dict[str, str]:
    """Spelling → the choice it means, synonyms and the clerk's own words included; 其他 left out."""
    words = {word: word for word in ledger.choices(item)}
    words.update(
        {spelled: word for spelled, word in delivered()[item.choices].synonyms.items() if len(spelled) > 1}
    )
    return {spelled: word for spelled, word in words.items() if word != "其他"}


def one_word(words: Mapping[str, str], text: str) -> str | None:
    """The choice whose name or synonym stands in the text, if it is the only one."""
    found = all_words(words, text)
    return found.pop() if len(found) == 1 else None


def all_words(words: Mapping[str, str], text: str) -> set[str]:
    """The choices whose name or synonym stands in the text; of one within another the longest counts."""
    inside = [word for word in words if word in text]
    longest = (word for word in inside if not any(word != other and word in other for other in inside))
    return {words[word] for word in longest}


def level_said(words: Mapping[str, str], text: str) -> str | None:
    """The one level that a title says of the hazards below it: 重大隐患台账; 重大活动 and campaigns are none."""
    said = re.compile(rf"({_either(words)}){_HAZARDS}(?P<listed>(?={_LISTED}))?", re.MULTILINE)
    found = list(said.finditer(text))
    levels = {words[match[1]] for match in found}
    listed = any(match["listed"] is not None for match in found)
    return levels.pop() if listed and len(levels) == 1 else None


def level_of_heading(words: Mapping[str, str], text: str) -> str | None:
    """The level of a heading across the table: 一、重大隐患, （二）一般."""
    said = re.match(rf"{_NUMBERED}({_either(words)})(?:{_HAZARDS})?(?={_LISTED})", text)
    return words[said[1]] if said else None


def _either(words: Mapping[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
