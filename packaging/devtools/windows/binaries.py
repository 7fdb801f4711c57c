"""Which libraries the Windows programs and libraries of a folder ask for: pruning must not take one of them away."""

from __future__ import annotations

import fnmatch
import struct
from collections.abc import Iterator
from pathlib import Path

_SUFFIXES = frozenset({".dll", ".exe", ".pyd"})
_OF_WINDOWS = (
    *"advapi32 authz bcrypt bcryptprimitives comdlg32 crypt32 d3d9 d3d11 d3d12 dnsapi dwmapi dwrite dxgi".split(),
    *"gdi32 icuuc imm32 iphlpapi kernel32 mpr netapi32 ntdll ole32 oleaut32 pdh powrprof psapi rpcrt4".split(),
    *"secur32 setupapi shell32 shlwapi uiautomationcore user32 userenv uxtheme version winhttp winmm".split(),
    *"winspool.drv ws2_32 wtsapi32 api-ms-win-*".split(),
)
"""What our parts use of that which every Windows from 10 (1809) on has itself; a new one is looked up and added."""
_X64 = 0x8664


def missing(folder: Path) -> list[str]:
    """A sentence for each library that is asked for and lies neither in the folder nor in Windows.

    Also for each file that is not for 64-bit PCs.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _SUFFIXES]
    there = {path.name.lower() for path in files}
    found = []
    for path in files:
        data = path.read_bytes()
        if _machine(data) != _X64:
            found.append(f"{path.name} is not for 64-bit Windows")
        found += [
            f"{path.name} asks for {name}"
            for name in imports(data)
            if name not in there and not _of_windows(name)
        ]
    return found


def imports(data: bytes) -> Iterator[str]:
    """The libraries, in small letters, that a Windows program or library names in its import table."""
    header = _header(data)
    sections, optional = struct.unpack_from("<H12xH", data, header + 6)
    table = [
        struct.unpack_from("<8x4I", data, header + 24 + optional + 40 * each) for each in range(sections)
    ]

    def place(address: int) -> int:
        """Where in the file lies what will be at an address of memory."""
        for size, start, stored, offset in table:
            if start <= address < start + max(size, stored):
                return int(address - start + offset)
        raise ValueError(f"no section for {address:#x}")

    (wide,) = struct.unpack_from("<H", data, header + 24)
    directories = header + 24 + (112 if wide == 0x20B else 96)
    (address,) = struct.unpack_from("<I", data, directories + 8)
    entry = place(address) if address else len(data)
    while entry < len(data):
        (name,) = struct.unpack_from("<I", data, entry + 12)
        if not name:
            return
        start = place(name)
        yield data[start : data.index(b"\0", start)].decode("ascii").lower()
        entry += 20


def _of_windows(name: str) -> bool:
    return any(fnmatch.fnmatchcase(name.removesuffix(".dll"), known) for known in _OF_WINDOWS)


def _machine(data: bytes) -> int:
    (machine,) = struct.unpack_from("<H", data, _header(data) + 4)
    return int(machine)


def _header(data: bytes) -> int:
    (place,) = struct.unpack_from("<I", data, 0x3C)
    return int(place)
