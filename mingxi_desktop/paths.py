"""Where things lie: delivered resources, the user's data, the log; and safe file names."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_FOLDER = "MingxiLedger"
_NAMELESS = "未命名"
_MOST_CHARACTERS = 120
# Linux allows 255 bytes, and a Chinese character takes three; the rest is for " (2)" and ".tmp".
_MOST_BYTES = 220
_LONGEST_SUFFIX = 10
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Control, format (they can turn the direction of a name round), lone surrogates, line separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
    | {port + digit for port in ("COM", "LPT") for digit in "0123456789¹²³"}
)


def resources() -> Path:
    """Folder of the delivered icons, styles, lists and templates; the same in every kind of install.

    A frozen build and a wheel hold it inside the package, a checkout (and an editable install) beside it.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if getattr(sys, "frozen", False) and frozen:
        return Path(frozen) / "mingxi_desktop" / "resources"
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def data_dir() -> Path:
    """The user's own data folder, made if needed; the environment's MINGXI_DATA goes before it.

    Where the system knows such rights, a folder made now is for this user alone. Raises OSError where the folder
    cannot be made.
    """
    folder = _data_root()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def default_db() -> Path:
    """The ledger file that opens when none is named; it need not exist."""
    return data_dir() / "明溪应急台账.mxdb"


def log_dir() -> Path:
    """Folder of the log files, made if needed. Raises OSError where it cannot be made."""
    folder = data_dir() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def safe_name(text: str) -> str:
    r"""A file name from any text, good on Windows and Linux alike; the ending is kept.

    `< > : " / \ | ? *` become _, invisible characters go, device names (aux, com1.txt …) get a leading _,
    trailing dots and spaces go; nothing left gives 未命名. At most 120 characters and 220 bytes of UTF-8.
    """
    seen = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    name = "".join("_" if char in _FORBIDDEN else char for char in seen).strip().rstrip(". ")
    if not name:
        return _NAMELESS
    # Windows takes "aux", "AUX.txt" and "aux .txt" alike for the device.
    if name.split(".", 1)[0].rstrip().upper() in _RESERVED:
        name = "_" + name
    return _shortened(name)


def _data_root() -> Path:
    named = os.environ.get("MINGXI_DATA")
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path(_FOLDER, appauthor=False)


def _shortened(name: str) -> str:
    """The name within the limits, cut before its suffix."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    ending = dot + suffix
    stem = stem[: _MOST_CHARACTERS - len(ending)]
    room = _MOST_BYTES - len(ending.encode("utf-8"))
    stem = stem.encode("utf-8")[:room].decode("utf-8", "ignore")
    return (stem + ending).rstrip(". ")
