"""Files made wrong: in their bytes, in the entries of a package, in the text of a part."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

Change = Callable[[bytes, random.Random], bytes]

_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
_MOST = 20_000_000
"""A package that says to be larger is not unpacked."""
_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_NUMBERS = (
    "-1 0 1e308 1E400 -0 nan inf 2147483648 99999999999999999999999999 0.1e-320 60 2958466 -693594 1e15 256 1048577 "
    "16385 65536"
).split()
_TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"&#xD800;", b"&#0;", b"&x;", b"&amp", b"<![CDATA[",
    b"]]>", b"<!--", b'<!DOCTYPE a [<!ENTITY x "y">]>', b'encoding="utf-16"', b'encoding="gb2312"', b"\r", b"\t\t",
    b'"', b"'", b",", b"\xa3\xac", b"XFD1048576", b"ZZZ99999999999", b"A0", b"#REF!", b"_x0000_", b"\xf0\x9f\x98\x80",
    b"9" * 400, b"<a>" * 300, b"=1+1", b"\xe2\x80\xae", b"1900-02-29", b"9999-12-31T23:59:59", b"0000-00-00",
)  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The file with one to three things wrong; a package mostly in its parts."""
    ways: list[Change] = [in_bytes]
    if zipfile.is_zipfile(io.BytesIO(data)):
        ways = [in_bytes, in_package, in_package, in_package]
    for _ in range(draw.choice((1, 1, 2, 3))):
        data = draw.choice(ways)(data, draw)
    return data


def in_bytes(data: bytes, draw: random.Random) -> bytes:
    """Bits flipped, pieces cut, doubled, moved, overwritten, put in."""
    return draw.choice((_flip, _flip, _cut, _double, _overwrite, _number, _insert, _end))(data, draw)


def _span(data: bytes, draw: random.Random) -> tuple[int, int]:
    start = draw.randrange(len(data) + 1)
    most = draw.choice((4, 64, 1024, len(data)))
    return start, min(len(data), start + draw.randint(1, max(1, most)))


def _flip(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8, 64)) if data else 0):
        changed[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _cut(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    return data[:start] + data[end:]


def _end(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _double(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[start:end] * draw.choice((1, 1, 2, 50)) + data[at:]


def _overwrite(data: bytes, draw: random.Random) -> bytes:
    start, end = _span(data, draw)
    sign = draw.choice((b"\x00", b"\xff", b" ", bytes([draw.randrange(256)])))
    return data[:start] + sign * (end - start) + data[end:]


def _number(data: bytes, draw: random.Random) -> bytes:
    size = draw.choice((1, 2, 4))
    value = (draw.choice(_INTEGERS) & (256**size - 1)).to_bytes(size, "little")
    at = draw.randrange(len(data) + 1)
    return data[:at] + value + data[at + size :]


def _insert(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(_TOKENS) + data[at:]


def in_text(data: bytes, draw: random.Random) -> bytes:
    """A part of a package, or a page: numbers made absurd, elements doubled, moved and taken out."""
    return draw.choice((_absurd, _absurd, _element, _attribute, _swap, _insert))(data, draw)


def _absurd(data: bytes, draw: random.Random) -> bytes:
    return _at_one(rb"(?<=[>\"])-?[0-9][0-9.]*(?=[<\"])", draw.choice(_NUMBERS).encode(), data, draw)


def _element(data: bytes, draw: random.Random) -> bytes:
    found = _one(rb"<[^<>]*>[^<>]*(?:</[^<>]*>)?", data, draw)
    if found is None:
        return data
    return data[: found.start()] + found[0] * draw.choice((0, 0, 2, 3)) + data[found.end() :]


def _attribute(data: bytes, draw: random.Random) -> bytes:
    with_it = draw.choice(
        (b"", b' r="A1"', b' t="e"', b' t="s"', b' t="d"', b' t="b"', b' s="9999"', b' x="&lt;"')
    )
    return _at_one(rb' [\w:]+="[^"<>]*"', with_it, data, draw)


def _swap(data: bytes, draw: random.Random) -> bytes:
    """The same element twice, with another's text."""
    one, other = (_one(rb"(?<=>)[^<>]+(?=</)", data, draw) for _ in range(2))
    if one is None or other is None:
        return data
    return data[: one.start()] + other[0] + data[one.end() :]


def _one(pattern: bytes, data: bytes, draw: random.Random) -> re.Match[bytes] | None:
    found = list(re.finditer(pattern, data))
    return draw.choice(found) if found else None


def _at_one(pattern: bytes, value: bytes, data: bytes, draw: random.Random) -> bytes:
    found = _one(pattern, data, draw)
    return data if found is None else data[: found.start()] + value + data[found.end() :]


def in_package(data: bytes, draw: random.Random) -> bytes:
    """An entry changed and everything packed anew, so that the checksums are right; or names and entries wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if not listed or sum(entry.file_size for entry in listed) > _MOST:
                return in_bytes(data, draw)
            entries = [(entry.filename, archive.read(entry)) for entry in listed]
    except _BROKEN:
        return in_bytes(data, draw)
    place = draw.randrange(len(entries))
    name, inside = entries[place]
    what = draw.random()
    if what < 0.7:
        entries[place] = name, (in_bytes if draw.random() < 0.3 else in_text)(inside, draw)
    elif what < 0.78:
        del entries[place]
    elif what < 0.86:
        entries.append((name, in_text(inside, draw)))
    elif what < 0.94:
        entries[place] = draw.choice(("../", "/", "A:\\", "x" * 300, name.upper(), "xl\\")) + name, inside
    else:
        draw.shuffle(entries)
    return packed(entries, draw.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def packed(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The entries as a package, names doubled or not."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that is there already
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, data in entries:
                archive.writestr(name, data)
    return file.getvalue()
