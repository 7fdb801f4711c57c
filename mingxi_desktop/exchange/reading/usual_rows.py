"""Rows of an xlsx sheet as nearly every program writes them: known to be whole without a parser.

One pattern over many rows takes half the time that expat takes for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mingxi_desktop.exchange.cells import letters

_TEXT = rb"[^<&\]\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_WORDS = rb"%b(?:&(?:amp|lt|gt|quot|apos|#[1-9]\d{2,3}|#[1-4]\d{4}|#65[0-4]\d\d|#1\d{5});%b)*+" % (
    _TEXT,
    _TEXT,
)
"""Chinese characters by number are of these, all of which are characters."""
_VALUE = rb'<v>%b</v>|<is><t(?: xml:space="preserve")?+>%b</t></is>' % (_WORDS, _WORDS)
_CELL = rb'(?: s="\d{1,5}")?+(?: t="(?:s|n|b|str|inlineStr)")?+(?:/>|>(?:%b)?+</c>)' % _VALUE
_ROWS = re.compile(rb'(?:<row r="(\d{1,7})"[^<>&]*+>(?:<c r="[A-Z]{1,3}\1"%b)*+</row>)++' % _CELL)
_HEAD = re.compile(rb'<row r="\d{1,7}"([^>]*+)>')
_ATTRIBUTE = re.compile(
    rb" (spans|s|customFormat|ht|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph|x14ac:dyDescent)"
    rb'="[^"<>&\x00-\x1f]*+"| (hidden)="(?:0|false)"'
)
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)""")
_NO_CHARACTERS = "\ufffe\uffff"


def may_be_usual(begin: bytes) -> bool:
    """Whether a sheet that begins so is in UTF-8, as these rows have to be."""
    told = _ENCODING.match(begin)
    return told is None or told[1].lower() == b"utf-8"


def are_usual(rows: bytes) -> bool:
    """Whether these bytes, from the beginning of a row to the end of another, are well-formed and nothing but rows.

    Each has a number, and cells of that number with a value that is no error, no formula and of one piece, or none.
    False where it is not certain.
    """
    return _ROWS.fullmatch(rows) is not None and are_usual_heads(_HEAD.findall(rows)) and are_text(rows)


@lru_cache(maxsize=16)
def rows_of(columns: int) -> re.Pattern[bytes]:
    """A usual row with cells in the first so many columns, in their order, as far as it is seen from one row.

    Groups: its number, what else it says of itself, and of each column the cell's XML behind its name.
    """
    cells = (rb'(?:<c r="%b\1"(%b))?+' % (letters(column).encode(), _CELL) for column in range(columns))
    return re.compile(rb'<row r="(\d{1,7})"([^<>&]*+)>%b</row>' % b"".join(cells))


def are_usual_heads(heads: Iterable[bytes]) -> bool:
    """Whether nothing is wrong or remarkable with what rows say of themselves behind their numbers."""
    return all(map(_is_usual_head, set(heads)))


def are_text(rows: bytes) -> bool:
    """Whether rows are in UTF-8 and of characters alone."""
    try:
        text = rows.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(sign in text for sign in _NO_CHARACTERS)


@lru_cache(maxsize=1024)
def _is_usual_head(attributes: bytes) -> bool:
    names = _ATTRIBUTE.findall(attributes)
    return not _ATTRIBUTE.sub(b"", attributes) and len(set(names)) == len(names)
