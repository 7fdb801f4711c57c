"""Text for finding and for laying out: pinyin search text, search needles, display width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from mingxi_desktop import paths
from mingxi_desktop.patterns import pattern

_BREAKS = frozenset("。；，、！？：,;!?:|/\n\t\r ")
_APOSTROPHES = pattern(r"(?<=[a-z])['’](?=[a-z])")
# Lower-case letters beside Chinese are pinyin typed half-way (gai洋); LED灯 stays one word.
_MIXED = pattern(r"(?<=[a-z]{2})(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z]{2})")
_HALF_TYPED = pattern(r"(?<![0-9A-Za-z])[a-z]{2,}(?![0-9A-Za-z])")
_INITIAL = pattern(r"(?<=[\u3400-\u9fff])[a-z](?![a-z])|(?<![a-z])[a-z](?=[\u3400-\u9fff])")
_REMARKS = pattern(r"\A(?:#.*\n)+")
_SPELLED = pattern(r"([^a-z])([a-z]*)")
_SPOKEN = pattern(r"[a-z\u3400-\u9fff]+")
_PIECES = pattern(r"([\x00-\x7f、。\ud800]+)")
"""What no word of the dictionary reaches across; kept as a piece of its own."""
_BETWEEN = "\ud800"
"""Stands between texts that are heard together: half a character, which none has that can be stored."""
_SHORT_NAME = 4
_CACHED_LENGTH = 24
_TOGETHER = 1_000
"""So many texts are heard at a time: their readings take several times their room."""
Heard = tuple[str, tuple[str, ...]]
"""A folded part, and its readings with their initials."""

# Readings of surnames and of place names that the dictionary's first reading misses.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "朴": "piao", "尉": "yu", "盖": "ge",
    "乐": "yue", "查": "zha", "翟": "zhai", "盛": "sheng", "员": "yun", "种": "chong", "召": "shao", "覃": "qin",
    "缪": "miao", "冼": "xian", "折": "she", "黑": "he", "长": "chang", "逄": "pang", "幺": "yao", "隗": "wei",
}  # fmt: skip
_PLACES = {"长汀": ("chang", "ting"), "厦门": ("xia", "men"), "长乐": ("chang", "le"), "大坝": ("da", "ba")}


class _Syllables(dict[int, str]):
    """Code point → syllable for `str.translate`, filled as characters turn up.

    A letter or digit stands for itself, punctuation that ends a word for a blank, the rest for nothing.
    """

    def __missing__(self, code: int) -> str:
        syllable = _first_reading(code)
        self[code] = syllable
        return syllable


class _Initials(dict[int, str]):
    """Code point → first letter of its syllable; letters, digits and blanks as in `_Syllables`."""

    def __missing__(self, code: int) -> str:
        initial = _SYLLABLES[code][:1]
        self[code] = initial
        return initial


_SYLLABLES = _Syllables({ord(_BETWEEN): _BETWEEN})
_INITIALS = _Initials({ord(_BETWEEN): _BETWEEN})


def search_text(parts: Iterable[str]) -> str:
    """What a record is found by: its texts in lower case, then their pinyin, then the initials.

    盖洋镇 gives "盖洋镇 gaiyangzhen gyz".  A word with another reading than its characters' usual ones
    (银行, a surname) is there in both.  Made for LIKE with the needles of `needles`.
    """
    return together(list(map(heard, parts)))


def heard(part: str) -> Heard:
    """What a search text says of one of its parts: the folded part and what it sounds like, "" and nothing for ""."""
    if part.isascii():
        return part.lower(), ()
    return _cached_sounds(part) if len(part) <= _CACHED_LENGTH else _sounds(part)


def all_heard(parts: Sequence[str]) -> list[Heard]:
    """`heard` for each of several texts: pieces that many of them have are read once."""
    if len(parts) == 1 or all(map(str.isascii, parts)):
        return list(map(heard, parts))
    folded = fold(_BETWEEN.join(parts))
    pieces = _PIECES.split(folded)
    signs = pieces[1::2]
    kept = {sign: sign if sign.isalnum() else sign.translate(_SYLLABLES) for sign in dict.fromkeys(signs)}
    between = [*map(kept.__getitem__, signs), ""]
    spoken = list(zip(pieces[::2], [*(sign[0] == _BETWEEN for sign in signs), True], strict=True))
    known = {piece: _heard_piece(*piece) for piece in dict.fromkeys(spoken)}
    readings = list(map(known.__getitem__, spoken))
    usual, initials = (_put_together(readings, side, between) for side in (0, 1))
    otherwise, their_initials = usual, initials
    if any(reading[2] != reading[0] for reading in known.values()):
        otherwise, their_initials = (_put_together(readings, side, between) for side in (2, 3))
    return [
        heard(part)
        if len(text) <= _SHORT_NAME or text.isascii()
        else (text, (one, two) if one == other else (one, two, other, their))
        for part, text, one, two, other, their in zip(
            parts, folded.split(_BETWEEN), usual, initials, otherwise, their_initials, strict=True
        )
    ]


def _put_together(readings: Sequence[Sequence[str]], side: int, between: Sequence[str]) -> list[str]:
    """One side of the readings of all pieces, with what stands between them, text by text."""
    both = zip([reading[side] for reading in readings], between, strict=True)
    return "".join(chain.from_iterable(both)).split(_BETWEEN)


def together(parts: Sequence[Heard]) -> str:
    """The search text of parts that were heard one by one."""
    spoken = dict.fromkeys(chain.from_iterable([sounds for _, sounds in parts]))
    return " ".join([*[folded for folded, _ in parts if folded], *spoken])


def search_texts(columns: Sequence[Sequence[str]]) -> list[str]:
    """`search_text` for each of several records.  columns: the first part of each of them, the second, and so on."""
    folded, spoken, sounding = list[list[str]](), list[list[str]](), list[dict[str, Heard]]()
    for column in columns:
        distinct = list(dict.fromkeys(column))
        parts = list(chain.from_iterable(map(all_heard, _pieces(distinct))))
        folded.append(_each(column, distinct, [f" {part}" if part else "" for part, _ in parts]))
        if any(sounds for _, sounds in parts):
            said = [" ".join(["", *dict.fromkeys(sounds)]) for _, sounds in parts]
            spoken.append(_each(column, distinct, said))
            sounding.append(dict(zip(distinct, parts, strict=True)))
    found = [text[1:] for text in map("".join, zip(*folded, *spoken, strict=True))]
    for alike in _alike(sounding):  # what two parts of a record sound like is said once
        for place, parts_of in enumerate(zip(*columns, strict=True)):
            if not alike.isdisjoint(parts_of):
                found[place] = search_text(parts_of)
    return found


def _pieces(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + _TOGETHER] for start in range(0, len(texts), _TOGETHER))


def _each(column: Sequence[str], distinct: Sequence[str], made: list[str]) -> list[str]:
    """For each text of a column what was made of it.  distinct: each of them once; made: of these."""
    if len(distinct) == len(column):
        return made
    return list(map(dict(zip(distinct, made, strict=True)).__getitem__, column))


def _alike(columns: Sequence[Mapping[str, Heard]]) -> Iterator[set[str]]:
    """Of each column the texts that sound like one of an earlier column."""
    seen = set[str]()
    for heard_in in columns:
        sounds = set(chain.from_iterable([sounds for _, sounds in heard_in.values()]))
        if twice := seen & sounds:
            yield {text for text, (_, said) in heard_in.items() if not twice.isdisjoint(said)}
        seen |= sounds


def needles(query: str) -> list[str]:
    """The texts that must all be in a record's search text: the query's words, folded like it.

    Chinese, full pinyin and initials may be mixed (盖洋 xf, gai洋, 盖y镇): lower-case letters beside
    Chinese are a needle of their own, so gai洋 asks for gai and 洋 in any order; a single letter is an
    initial, so 盖y镇 asks for 盖, 镇 and gyz.  Signs that LIKE takes for wildcards are left as they are:
    whoever builds the pattern escapes them.
    """
    found: dict[str, None] = {}
    for word in unicodedata.normalize("NFKC", query).split():
        pieces = _MIXED.split(word) if _HALF_TYPED.search(word) else [word]
        for part in (part for piece in pieces for part in _with_initials(piece)):
            folded = fold(part).strip()
            needle = _APOSTROPHES.sub("", folded).replace("ü", "v")
            if needle:
                found[needle] = None
    return list(found)


def _with_initials(piece: str) -> list[str]:
    """盖y镇 as 盖, 镇 and the initials of the whole; any other text as it is."""
    if not (_SPOKEN.fullmatch(piece) and _INITIAL.search(piece)):
        return [piece]
    return [*filter(None, _INITIAL.split(piece)), piece.translate(_INITIALS)]


def matches(query: str, search: str) -> bool:
    """Whether a `search_text` holds every needle of the query; an empty query matches all."""
    return all(needle in search for needle in needles(query))


def fold(text: str) -> str:
    """Lower case, compatibility forms (full width, Ⅳ, ①) as plain ones: how search sees a text."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).lower()


def wide_len(text: str) -> int:
    """Columns the text takes in a Chinese font: 2 for wide and ambiguous characters, 0 for marks."""
    if text.isascii():
        return len(text)
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def _sounds(part: str) -> tuple[str, tuple[str, ...]]:
    """The folded part, and its readings with their initials, each once."""
    folded = fold(part)
    if folded.isascii():
        return folded, ()
    usual = initials = otherwise = their_initials = ""
    pieces = _PIECES.split(folded)
    for place, piece in enumerate(pieces):
        if piece.isascii():
            said = piece if piece.isalnum() else piece.translate(_SYLLABLES)
            usual += said
            initials += said
            otherwise += said
            their_initials += said
        else:
            reading = _heard_piece(piece, place == len(pieces) - 1)
            usual += reading[0]
            initials += reading[1]
            otherwise += reading[2]
            their_initials += reading[3]
    other = (otherwise, their_initials) if otherwise != usual else ()
    return folded, (usual, initials, *other, *_as_surname(folded))


_cached_sounds = lru_cache(maxsize=20_000)(_sounds)


def _reading(piece: str, last: bool) -> tuple[str, str, str, str]:
    """The usual reading of a piece and its initials; the same by known words.  Pieces of texts come again and again."""
    usual = piece.translate(_SYLLABLES), piece.translate(_INITIALS)
    changed = _by_words(piece, last=last)
    return usual + (_with(piece, changed) if changed else usual)


_cached_reading = lru_cache(maxsize=20_000)(_reading)


def _heard_piece(piece: str, last: bool) -> tuple[str, str, str, str]:
    return (_cached_reading if len(piece) <= _CACHED_LENGTH else _reading)(piece, last)


def _as_surname(part: str) -> tuple[str, ...]:
    """The reading of a folded part that is a person's name, with its initials, if the surname is read otherwise."""
    surname = _SURNAMES.get(part[0]) if len(part) <= _SHORT_NAME else None
    if surname is None or surname == _SYLLABLES[ord(part[0])]:
        return ()
    return _with(part, {**_by_words(part), 0: surname})


def _with(part: str, changed: dict[int, str]) -> tuple[str, str]:
    """The reading of a part with other syllables at some places, and its initials."""
    syllables = [changed.get(place) or _SYLLABLES[ord(sign)] for place, sign in enumerate(part)]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def _by_words(part: str, *, last: bool = True) -> dict[int, str]:
    """Place → syllable where a word of the dictionary is read otherwise than character by character.

    last: nothing comes after the part.  There a word counts like the longer ones that begin with its characters.
    """
    words, shapes = _odd_words()
    changed: dict[int, str] = {}
    if shapes.keys().isdisjoint(part):
        return changed
    for place, sign in enumerate(part):
        for length, offset in shapes.get(sign, ()):
            start = place - offset
            if start < 0 or (start + length > len(part) and not last):
                continue
            syllables = words.get(part[start : start + length])
            if syllables:
                if syllables[offset]:
                    changed[place] = syllables[offset]
                break
    return changed


@lru_cache(maxsize=1)
def _odd_words() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[int, int], ...]]]:
    """Words not read character by character, and per character where it stands in how long a word.

    A word has a syllable for each character, "" where it is the usual one.  Longer words come first.
    """
    words: dict[str, tuple[str, ...]] = {}
    for line in _delivered("words.txt").splitlines():
        pairs = _SPELLED.findall(line)
        words["".join(sign for sign, _ in pairs)] = tuple(syllable for _, syllable in pairs)
    for word, said in _PLACES.items():
        pairs = list(zip(word, said, strict=True))
        words[word] = tuple("" if one == _SYLLABLES[ord(sign)] else one for sign, one in pairs)
    shapes: dict[str, set[tuple[int, int]]] = {}
    for word, syllables in words.items():
        for offset, syllable in enumerate(syllables):
            if syllable:
                shapes.setdefault(word[offset], set()).add((len(word), offset))
    return words, {sign: tuple(sorted(places, reverse=True)) for sign, places in shapes.items()}


def _first_reading(code: int) -> str:
    """The usual syllable of a character, without tone; ü as v."""
    sign = chr(code)
    if not sign.isascii():
        table = _characters()
        place = table.find(sign)
        if place >= 0:
            start = table.rfind("\n", 0, place) + 1
            return table[start : table.index(" ", start)]
    return sign if sign.isalnum() else " " if sign in _BREAKS else ""


@lru_cache(maxsize=1)
def _characters() -> str:
    """A line for each syllable: the syllable, a blank, the characters read so.

    Kept as the text it is: a search for the few thousand characters that ever turn up (10 µs each, once) takes
    less than making a dictionary of all 42,000.
    """
    return _delivered("characters.txt")


def _delivered(name: str) -> str:
    """A file of pypinyin's data as `dev.py readings` wrote it, without the remarks at its head."""
    text = (paths.resources() / "pinyin" / name).read_text(encoding="utf-8")
    return _REMARKS.sub("", text)
