"""Where things lie: delivered resources, the user's data, the log; safe file names, and how a file gets its name."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from pathlib import Path

from mingxi_desktop.errors import UserError

PORTABLE = "MINGXI_PORTABLE"
"""Variable of the environment: "1" where the program is shown from a USB stick; its data then lies beside it."""

_PACKAGE = Path(__file__).resolve().parent
_FOLDER = "MingxiLedger"
_BESIDE = "data"
_NAMELESS = "未命名"
_MOST_CHARACTERS = 120
# Linux allows 255 bytes, and a Chinese character takes three; the rest is for " (2)" and ".tmp".
_MOST_BYTES = 220
_LONGEST_SUFFIX = 10
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Control, format (they can turn the direction of a name round), lone surrogates, line separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TRIES, _PAUSE = 5, 0.2
"""A virus scanner on Windows holds each new file for a moment."""
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

    Shown from a stick (`portable`), it lies beside the program, so that nothing is left on that PC.

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
    if _is_device(name):
        name = "_" + name
    return _shortened(name)


def admit_name(path: Path) -> None:
    """UserError for a name that Windows would not give a file, typed by somebody.

    Nothing else would say so: what is written to aux.txt goes nowhere, to 甲:乙.xlsx into a hidden part of 甲.
    """
    name = path.name
    bad = sorted({char for char in name if char in _FORBIDDEN or unicodedata.category(char) == "Cc"})
    if bad:
        wrong = f"名字里不能有 {' '.join(char if char.isprintable() else '控制字符' for char in bad)}"
    elif name.endswith((".", " ")):
        wrong = "名字不能以句点或空格结尾"
    elif _is_device(name):
        wrong = f"“{name.split('.', 1)[0].rstrip()}”是 Windows 留给设备的名字"
    else:
        return
    raise UserError("这个文件名不能用", f"文件：{path}（{wrong}）", f"换一个名字，如“{safe_name(name)}”。")


def give_name(finished: Path, path: Path) -> None:
    """Give a finished file its name, over the one that has it; with a second's patience.

    PermissionError where another program holds that one for longer.
    """
    for left in reversed(range(_TRIES)):
        try:
            finished.replace(path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)


def is_there(path: Path) -> bool:
    """Whether a file or folder is there; not, where its disk does not answer, like one that BitLocker has locked."""
    return os.path.exists(path)  # noqa: PTH110 - `Path.exists` raises there


def is_file(path: Path) -> bool:
    """The same of a file."""
    return os.path.isfile(path)  # noqa: PTH113 - `Path.is_file` raises there


def portable() -> bool:
    """Whether the program is shown from a USB stick and is to leave nothing on the PC."""
    return os.environ.get(PORTABLE) == "1"


def _is_device(name: str) -> bool:
    """Windows takes "aux", "AUX.txt" and "aux .txt" alike for the device."""
    return name.split(".", 1)[0].rstrip().upper() in _RESERVED


def _data_root() -> Path:
    named = os.environ.get("MINGXI_DATA")
    if named:
        return Path(named)
    if portable():
        return _beside_program() / _BESIDE
    import platformdirs

    return platformdirs.user_data_path(_FOLDER, appauthor=False)


def _beside_program() -> Path:
    """Where the program's folder lies, which an update replaces whole; of a frozen one and a checkout, that folder."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return _PACKAGE.parents[2] if _PACKAGE.parent.name == "site" else _PACKAGE.parent


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
