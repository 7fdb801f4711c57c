"""The compound files (OLE) that xls, et and password-protected workbooks are: finding a stream by its name."""

from __future__ import annotations

import struct
from array import array

from mingxi_desktop.exchange.reading.refusal import RefusedError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_DIFAT_IN_HEADER = 109
_MOST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MINI = 64


class Compound:
    """The streams of a compound file.  Raises RefusedError where the chains do not hold together."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise RefusedError("E_DAMAGED")
        self._data = memoryview(data)
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise RefusedError("E_DAMAGED")
        self._size = 1 << shift
        fields = struct.unpack_from("<5I", data, 44)
        first_directory, self._cutoff = fields[1], fields[3]
        first_mini_fat = fields[4]
        self._fat = self._allocation(data)
        directory = self._chain(first_directory)
        self._streams: dict[str, tuple[int, int]] = {}
        root = (_MOST_SECTOR, 0)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            name, kind, start, size = _entry(directory[at : at + _ENTRY], wide=shift != 9)
            if kind == _ROOT:
                root = (start, size)
            elif kind == _STREAM:
                self._streams.setdefault(name, (start, size))
        self._mini = self._chain(root[0]) if root[1] else b""
        self._mini_fat = _numbers(self._chain(first_mini_fat)) if self._mini else array("I")

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams, storages aside."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream.  KeyError where there is none."""
        start, size = self._streams[name]
        if size >= self._cutoff:
            found = self._chain(start)
        else:
            found = self._mini_chain(start)
        if len(found) < size:
            raise RefusedError("E_DAMAGED", "文件不完整，可能没有传完")
        return found[:size]

    def _sector(self, number: int) -> memoryview:
        at = (number + 1) * self._size
        if number >= _MOST_SECTOR or at >= len(self._data):
            raise RefusedError("E_DAMAGED", "文件不完整，可能没有传完")
        return self._data[at : at + self._size]

    def _allocation(self, data: bytes) -> array[int]:
        """The table of which sector follows which."""
        listed = list(struct.unpack_from(f"<{_DIFAT_IN_HEADER}I", data, 76))
        more, count = struct.unpack_from("<II", data, 68)
        for _ in range(min(count, len(data) // self._size + 1)):
            numbers = _numbers(bytes(self._sector(more)))
            listed += numbers[:-1]
            more = numbers[-1]
        used = [number for number in listed if number < _MOST_SECTOR]
        if len(used) > len(data) // self._size + 1:
            raise RefusedError("E_DAMAGED")
        return _numbers(b"".join(bytes(self._sector(number)) for number in used))

    def _chain(self, sector: int) -> bytes:
        parts: list[memoryview] = []
        while sector < _MOST_SECTOR:
            parts.append(self._sector(sector))
            if sector >= len(self._fat) or len(parts) > len(self._fat):
                raise RefusedError("E_DAMAGED")
            sector = self._fat[sector]
        return b"".join(parts)

    def _mini_chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _MOST_SECTOR:
            if sector >= len(self._mini_fat) or len(parts) > len(self._mini_fat):
                raise RefusedError("E_DAMAGED")
            parts.append(self._mini[sector * _MINI : (sector + 1) * _MINI])
            sector = self._mini_fat[sector]
        return b"".join(parts)


def _entry(entry: bytes, *, wide: bool) -> tuple[str, int, int, int]:
    """(name, kind, first sector, size) of a directory entry."""
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
    start, size, high = struct.unpack_from("<III", entry, 116)
    return name, entry[66], start, size | (high << 32 if wide else 0)


def _numbers(data: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
