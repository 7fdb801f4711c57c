"""Delivered TOML files.  What one says is kept as JSON, as Python keeps its own modules once they are compiled.

Python reads TOML slowly: the vocabularies and the indicators take a twentieth of the time until the first page.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_DAY = "\0day"
"""In what is kept: the key of a date, which JSON does not know; TOML has no such character."""
_DAY_KEPT = json.dumps(_DAY).encode()


def read(path: Path) -> dict[str, Any]:
    """What the file says, key → value.

    OSError, UnicodeDecodeError, TOMLDecodeError (a ValueError) where it cannot be read.
    """
    text, kept = path.read_bytes(), _kept(path)
    with suppress(OSError, ValueError):  # none yet, or half of one
        mark, said = kept.read_bytes().split(b"\n", 1)
        if mark == _mark(text, said):
            hook = _with_day if _DAY_KEPT in said else None  # most have none
            known: dict[str, Any] = json.loads(said, object_hook=hook)
            return known
    import tomllib

    known = tomllib.loads(text.decode("utf-8"))
    if not sys.dont_write_bytecode:
        # A folder that only the administrator writes to is no fault, nor are times, which are no JSON.
        with suppress(OSError, TypeError):
            said = json.dumps(known, ensure_ascii=False, default=_day).encode()
            _keep(_mark(text, said) + b"\n" + said, kept)
    return known


def _day(value: object) -> dict[str, str]:
    if type(value) is not datetime.date:
        raise TypeError
    return {_DAY: value.isoformat()}


def _with_day(table: dict[str, Any]) -> object:
    return datetime.date.fromisoformat(table[_DAY]) if _DAY in table else table


def _mark(text: bytes, said: bytes) -> bytes:
    """Of both, so that what was damaged on the disk is not taken for what the file says."""
    return sha256(text + b"\0" + said).hexdigest().encode()


def _kept(path: Path) -> Path:
    """Where Python would keep it if it were a module."""
    return Path(cache_from_source(str(path))).with_suffix(".json")


def _keep(text: bytes, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        part.write_bytes(text)
        part.replace(kept)
    except OSError:
        part.unlink(missing_ok=True)
        raise
