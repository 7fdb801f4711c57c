"""Changing XML as text: what is not touched stays as it was, byte for byte.

For the parts of spreadsheet packages that programs write; they have no CDATA, and no element inside one of
its own name where these functions are used.
"""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape, quoteattr

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = r"(?:[A-Za-z_][\w.\-]*:)?"


@cache
def element(name: str) -> re.Pattern[str]:
    """Finds elements by local name.  Groups: prefix, attributes, content (None for <name/>)."""
    return re.compile(
        rf"<(?P<prefix>{_PREFIX}){name}(?P<attributes>(?:\s[^<>]*?)?)(?:/>|>(?P<content>.*?)</(?P=prefix){name}\s*>)",
        re.DOTALL,
    )


@cache
def start_tag(name: str) -> re.Pattern[str]:
    """Finds start tags by local name, those of empty elements included.  Groups: prefix, attributes."""
    return re.compile(rf"<(?P<prefix>{_PREFIX}){name}(?P<attributes>(?:\s[^<>]*?)?)/?>")


@cache
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attribute(text: str, name: str) -> str | None:
    """The value of an attribute (as written, entities and all) in a tag or in its attributes."""
    found = _attribute(name).search(text)
    return None if found is None else found[1] if found[1] is not None else found[2]


def number(text: str, name: str, default: int = 0) -> int:
    """The value of an attribute that is a whole number."""
    value = attribute(text, name) or ""
    return int(value) if value.isdigit() and len(value) < 10 else default


def with_attributes(tag: str, **values: str | int | None) -> str:
    """The start tag with other attributes; None takes one away."""
    for name, value in values.items():
        tag = _attribute(name).sub("", tag, count=1)
        if value is not None:
            end = -2 if tag.endswith("/>") else -1
            tag = f"{tag[:end].rstrip()} {name}={quoteattr(str(value))}{tag[end:]}"
    return tag


def changed(text: str, start: int = 0, **values: str | int | None) -> str:
    """The text with other attributes in the tag that begins at a place."""
    end = text.index(">", start) + 1
    return text[:start] + with_attributes(text[start:end], **values) + text[end:]


def escaped(text: str) -> str:
    """Text as the content of an element; what XML cannot hold is left out."""
    return escape(_ILLEGAL.sub("", text))


def insert_before_end(text: str, name: str, content: str) -> str:
    """Put content before the last end tag of an element; an empty element is opened for it.

    ValueError when there is none.
    """
    ends = list(re.finditer(rf"</{_PREFIX}{name}\s*>", text))
    if ends:
        return text[: ends[-1].start()] + content + text[ends[-1].start() :]
    found = element(name).search(text)
    if found is None:
        raise ValueError(name)
    opened = text[found.start() : found.end() - 2].rstrip()
    return f"{text[: found.start()]}{opened}>{content}</{found['prefix']}{name}>{text[found.end() :]}"
