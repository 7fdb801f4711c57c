"""Yes and no, levels, choices, several words in one cell."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse.result import (
    LONGEST,
    Parsed,
    ParseError,
    is_error_cell,
    join_sentences,
    shown,
    squeeze,
)
from mingxi_desktop.patterns import pattern

RawWord = str | int | float | None
"""What a cell or a form may hand over for a word (bool is among them by inheritance)."""

_YES = frozenset((
    "√", "✓", "✔", "☑", "✅", "v", "是", "有", "对", "已", "真", "是的", "y", "yes", "t", "true", "1", "1.0",
))  # fmt: skip
_NO = frozenset((
    "×", "✗", "✘", "❌", "✕", "╳", "x", "□", "☐", "否", "无", "未", "非", "不", "不是", "没有", "没", "错", "假",
    "n", "no", "f", "false", "0", "0.0",
))  # fmt: skip
_DONE = (
    r"(?:经|全部|当场|现场)*(?:整改|销号|完成|启用|落实|复查|办结|结案|缴款|缴纳|缴|建成|建|签订|开展|上报|配备|通过"
    r"|达标|逾期|挂牌|公示|公开|报送|处理|验收|投用|到位|闭环|立行立改|改正){1,2}(?:到位|完毕|完成|闭环)?"
)
_HAS_DONE = pattern(
    rf"(?:(?:均|都|全部|当场|现场)?已{_DONE}|(?:全部)?(?:整改|销号)(?:完成|完毕|到位)|完成(?:整改|销号)?|启用|在用"
    r"|(?:全部|均)(?:整改|销号|完成|闭环)(?:整改)?|(?:整改|销号)(?:完成|完毕)?(?:并)?复查合格)"
)
_NOT_DONE = pattern(rf"(?:尚?未|没有|待)(?!全部){_DONE}|停用|未用")
_UNDER_WAY = pattern(r"(?:正在)?(?:整改|办理|处理)中|正在(?:整改|办理|处理)")
_REMARK = pattern(r"(?<=.)\((.+)\)$")
_DOUBLED = pattern(r"[√✓✔]?(是|有)[√✓✔]?|[×✗✘]?(否|无)[×✗✘]?")
_ENDS = "。.;,"
_TICK, _BOX = "[☑√✓✔■]", "[□☐]"
_BOXES_YES = pattern(rf"(?:{_TICK}[是有]{_BOX}[否无]|[是有]{_TICK}[否无]{_BOX})")
_BOXES_NO = pattern(rf"(?:{_BOX}[是有]{_TICK}[否无]|[是有]{_BOX}[否无]{_TICK})")

_RESPONSE = r"(?:防汛|防暴雨|防台风?|抗旱|防洪|救灾|救助|自然灾害|森林防火|低温雨雪|应急|响应|启动)*"
_LEVEL = pattern(
    rf"{_RESPONSE}(IV|I{{1,3}}|[1-4]|[一二三四]|[壹贰叁肆])级?{_RESPONSE}(?:\(.{{2,6}}\))?", re.IGNORECASE
)
_LEVELS_NAMED = pattern(r"(?<![IV])(?:IV|I{1,3})(?![IV])|[1-4一二三四](?=级)", re.IGNORECASE)
_COLOUR = pattern(r"[红橙黄蓝]色?(?:预警)?")
_ROMAN = str.maketrans(
    {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "ⅰ": "I", "ⅱ": "II", "ⅲ": "III", "ⅳ": "IV"}
)
_LEVELS = {
    word: level
    for level, words in {"Ⅰ": "I 1 一 壹", "Ⅱ": "II 2 二 贰", "Ⅲ": "III 3 三 叁", "Ⅳ": "IV 4 四 肆"}.items()
    for word in words.split()
}

_SEPARATORS = frozenset(";；、,，/|\n+")
_OPEN, _CLOSE = "(（[〔【《“", ")）]〕】》”"
_AND = pattern(r"以及|和|及|与|\s+")
_NEGATIONS = "非不未无没"
_LISTED = 12
_SHORTEST = 2


def parse_bool(raw: RawWord) -> Parsed[bool]:
    """Yes or no: √ × 是 否 有 无 Y N 1 0 已整改 未销号 ☑是□否.  Raises ParseError for anything else."""
    if raw is None or isinstance(raw, bool):
        return Parsed(raw)
    if not isinstance(raw, str):
        if raw in (0, 1):
            return Parsed(raw == 1)
        raise _no_bool(raw)
    text = squeeze(raw).casefold().rstrip(_ENDS)
    if not text:
        return Parsed(None)
    if len(text) > LONGEST:
        raise _no_bool(raw)
    remark = _REMARK.search(text)
    said = _yes_or_no(text)
    if said is None and remark:
        said = _yes_or_no(text[: remark.start()])
        if said is not None:
            return Parsed(said, f"括号里的“{remark[1]}”没有计入")
    if said is not None:
        return Parsed(said)
    if _UNDER_WAY.fullmatch(text):
        return Parsed(False, f"{shown(raw)}按“否”")
    raise _no_bool(raw)


def _yes_or_no(text: str) -> bool | None:
    """What a folded text says; None if it is neither."""
    doubled = _DOUBLED.fullmatch(text)
    if doubled or text in _YES or _HAS_DONE.fullmatch(text) or _BOXES_YES.fullmatch(text):
        return not doubled or bool(doubled[1])
    if text in _NO or _NOT_DONE.fullmatch(text) or _BOXES_NO.fullmatch(text):
        return False
    return None


def parse_level(raw: RawWord) -> Parsed[str]:
    """The level of a response, as Ⅰ Ⅱ Ⅲ Ⅳ: from IV, 四级, 4级, 4, Ⅳ级应急响应.  Raises ParseError."""
    if raw is None:
        return Parsed(None)
    if isinstance(raw, float) and math.isfinite(raw) and raw.is_integer():
        raw = int(raw)
    text = squeeze(str(raw)).translate(_ROMAN)
    if not text:
        return Parsed(None)
    found = _LEVEL.fullmatch(text) if len(text) <= LONGEST else None
    if found is None and len(_LEVELS_NAMED.findall(text)) > 1:
        raise ParseError("E_COMPOUND", f"{shown(raw)}写了不止一个级别，这里只能填一个")
    if _COLOUR.fullmatch(text):
        message = f"{shown(raw)}是预警的颜色，不是响应级别，请填Ⅰ、Ⅱ、Ⅲ、Ⅳ之一"
        raise ParseError("E_AMBIGUOUS", message)
    if found is None or isinstance(raw, bool):
        raise ParseError("E_LEVEL", f"{shown(raw)}不是响应级别，应为Ⅰ、Ⅱ、Ⅲ、Ⅳ之一（也可写四级、4级、IV）")
    return Parsed(_LEVELS[found[1].upper()])


def match_choice(raw: str, choices: Sequence[str], synonyms: Mapping[str, str] | None = None) -> Parsed[str]:
    """The one choice that is meant.

    The same word, a synonym, or the only choice that contains the input or is contained in it
    (一般隐患 → 一般, 燃气 → 城镇燃气), which `assumed` says.

    synonyms: other words → choice; "" for words that mean none, though a choice's name is in them
    (水上交通 is not 道路交通).  Raises ParseError naming the choices.
    """
    key = _folded(raw)
    if not key:
        return Parsed(None)
    words = _words(tuple(choices), tuple((synonyms or {}).items()))
    if words.get(key):
        return Parsed(words[key])
    if is_error_cell(raw):
        raise ParseError("E_CELL_ERROR", f"单元格里是公式的错误值{shown(raw)}，请在原表中改正")
    found = _contained(key, words) or _containing(key, words)
    found = [] if "" in found else found
    if len(found) == 1:
        return Parsed(found[0], f"{shown(raw)}按“{found[0]}”")
    if _several(raw, words):
        raise ParseError("E_COMPOUND", f"{shown(raw)}写了{_listed(_several(raw, words))}，这里只能填一项")
    if found:
        raise ParseError("E_CHOICE", f"{shown(raw)}可能是{_listed(found)}，请写全")
    raise ParseError("E_CHOICE", f"{shown(raw)}不在可选项中，应为：{_listed(choices)}")


def match_choices(
    raw: str, choices: Sequence[str], synonyms: Mapping[str, str] | None = None
) -> Parsed[tuple[str, ...]]:
    """Every choice that is meant, each as in `match_choice`: 罚款;警告 · 警告、罚款 · 罚款和警告."""
    words = _words(tuple(choices), tuple((synonyms or {}).items()))
    found: dict[str, None] = {}
    said: list[str] = []
    for part in split_known(raw, lambda word: _folded(word) in words):
        parsed = match_choice(part, choices, synonyms)
        if parsed.value is not None:
            found[parsed.value] = None
        said.append(parsed.assumed)
    return Parsed(tuple(found), join_sentences(*dict.fromkeys(said)))


def split_known(raw: str, known: Callable[[str], object]) -> list[str]:
    """The words of a cell, split as in `split_multi` and, if every part is known, at 和, 及, 与 and blanks.

    A cell that is known as a whole is one word.
    """
    text = tidy(raw)
    if (text.isalnum() and not _AND.search(text)) or known(text):
        return [text]
    parts: list[str] = []
    for piece in split_multi(raw):
        smaller = [part for part in map(tidy, _AND.split(piece)) if part]
        split = len(smaller) > 1 and not known(piece) and all(known(part) for part in smaller)
        parts += smaller if split else [piece]
    return list(dict.fromkeys(parts))


def split_multi(raw: str) -> list[str]:
    """The words of a cell that holds several: split at ; 、 , / + | and line breaks, not in brackets.

    Each is tidied; empty ones and repetitions are left out, the order stays.
    """
    pieces, depth, start = [], 0, 0
    text = tidy(raw)
    for place, sign in enumerate(text):
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif sign in _SEPARATORS and not depth:
            pieces.append(text[start:place])
            start = place + 1
    pieces.append(text[start:])
    return list(dict.fromkeys(piece for piece in map(tidy, pieces) if piece))


def _no_bool(raw: object) -> ParseError:
    if is_error_cell(raw):
        return ParseError("E_CELL_ERROR", f"单元格里是公式的错误值{shown(raw)}，请在原表中改正")
    return ParseError("E_BOOL", f"{shown(raw)}看不出是“是”还是“否”，请填“是”或“否”（√、× 也可以）")


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", squeeze(text)).casefold()


@lru_cache(maxsize=256)
def _words(choices: tuple[str, ...], synonyms: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Folded word → choice; a choice's own name goes before any synonym."""
    named = {_folded(word): choice for word, choice in synonyms}
    return named | {_folded(choice): choice for choice in choices}


def _several(raw: str, words: Mapping[str, str]) -> list[str]:
    """The different choices a cell lists, if it is nothing but a list of them; else none."""
    parts = [_folded(part) for part in split_known(raw, lambda word: _folded(word) in words)]
    found = _unique(words[part] for part in parts if words.get(part))
    return found if len(found) > 1 and all(words.get(part) for part in parts) else []


def _contained(key: str, words: Mapping[str, str]) -> list[str]:
    """Choices named inside the input, the longest where one lies in another; none beside a 非 or 不."""
    inside = [word for word in words if word in key]
    longest = [word for word in inside if not any(word != other and word in other for other in inside)]
    if any(sign in key.replace(word, "") for word in longest for sign in _NEGATIONS):
        return []
    return _unique(words[word] for word in longest)


def _containing(key: str, words: Mapping[str, str]) -> list[str]:
    """Choices whose own name holds the input; a single character is too little to go by.

    煤矿 is not 非煤矿山, and a synonym that holds the input may be about something else.
    """
    if len(key) < _SHORTEST:
        return []
    named = [word for word, choice in words.items() if key in word and word == _folded(choice)]
    return _unique(
        words[word] for word in named if not any(sign in word.replace(key, "") for sign in _NEGATIONS)
    )


def _unique(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _listed(choices: Sequence[str]) -> str:
    shown_choices = "、".join(choices[:_LISTED])
    return shown_choices if len(choices) <= _LISTED else f"{shown_choices}等{len(choices)}项"
