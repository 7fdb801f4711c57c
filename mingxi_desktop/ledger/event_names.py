"""How a disaster event is called in a chart or a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingxi_desktop.domain import wording
from mingxi_desktop.patterns import pattern

_DAYS_ONLY = pattern(r"[\d.\-—~～]+")


def event_label(values: Mapping[str, Any]) -> str:
    """3号台风“格美” for a typhoon; a name of days alone gets the kind of disaster: 6.9-6.18暴雨洪涝."""
    if values.get("typhoon"):
        return wording.printed(values["typhoon"], rule="typhoon")
    name = str(values["name"])
    return f"{name}{values['type']}" if _DAYS_ONLY.fullmatch(name) else name
