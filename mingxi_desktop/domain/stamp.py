"""The time as the file has it."""

from __future__ import annotations

import datetime


def now() -> str:
    """The time as the history writes it: YYYY-MM-DD HH:MM:SS, local."""
    return datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S")
