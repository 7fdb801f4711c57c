"""The indicators to choose from: found by words, pinyin and initials, those used last first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings

from mingxi_desktop import texts
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.ui.wording.faces import FACT_NAMES, Faces

_KEPT, _MOST = "wording/recent", 12
_OTHERS = "其他"
_FACTS, _CHARTS = "报告本身", "图号"
_IN_ORDER, _IN_ANY = 2, 4
"""So many initials find a name that has others between them, or has them in another order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be put into the text.  source: as it is written down.  part: what it belongs to."""

    source: str
    label: str
    part: str
    value: str = ""
    unit: str = ""
    id: str = ""
    search: str = ""


def candidates(faces: Faces) -> tuple[Candidate, ...]:
    """Indicators in the order of the report, then what the report says of itself, then numbers of charts."""
    known = faces.known
    found = [_of_indicator(faces, indicator) for indicator in known.book.indicators]
    for name, label in FACT_NAMES.items():
        value = faces.face(f"{{{name}}}").value
        found.append(_found(f"{{{name}}}", label, _FACTS, "" if value == label else value))
    for name, title in known.charts.items():
        found.append(_found(f"{{{name}}}", f"图号：{title}", _CHARTS))
    return tuple(found)


def _of_indicator(faces: Faces, indicator: Indicator) -> Candidate:
    source = f"{{{indicator.id}}}"
    value = faces.face(source).value
    unit = "" if value.endswith(indicator.unit) else indicator.unit
    return _found(source, indicator.label, indicator.section or _OTHERS, value, unit, indicator.id)


def _found(source: str, label: str, part: str, value: str = "", unit: str = "", id: str = "") -> Candidate:
    return Candidate(source, label, part, value, unit, id, texts.search_text((label, id, part)))


def fitting(all_of_them: Sequence[Candidate], query: str, recent: Sequence[str]) -> list[Candidate]:
    """Those that fit a query; without one all, in either case those used last first, then names that begin so.

    Where none fits, those whose names have all its characters or initials: 重大隐患 and zdyh find 重大事故隐患.
    """
    found = [one for one in all_of_them if texts.matches(query, one.search)]
    if not found:
        found = [one for one in all_of_them if _nearly(query, one)]
    order: Mapping[str, int] = {source: place for place, source in enumerate(recent)}
    start = query.strip()
    return sorted(
        found,
        key=lambda one: (
            order.get(one.source, len(order)),
            bool(start) and not one.label.startswith(start),
        ),
    )


def _nearly(query: str, one: Candidate) -> bool:
    """Whether a name has every character that was typed; of initials two in this order, or four in any."""
    typed = texts.fold("".join(query.split()))
    if typed.isascii():
        return any(_has_initials(typed, spoken) for spoken in _initials(one.label))
    return set(typed) <= set(texts.fold(one.label))


def _initials(label: str) -> list[str]:
    """The initials of a name, one for each of its characters, in each of its readings."""
    return [spoken for spoken in texts.search_text((label,)).split() if len(spoken) == len(label)]


def _has_initials(typed: str, spoken: str) -> bool:
    left = iter(spoken)
    if len(typed) >= _IN_ORDER and all(sign in left for sign in typed):
        return True
    return len(typed) >= _IN_ANY and Counter(typed) <= Counter(spoken)


def recent(settings: QSettings) -> list[str]:
    """What was put in last on this PC, the latest first."""
    kept: Any = settings.value(_KEPT)
    if isinstance(kept, str):
        return [kept]
    return [str(one) for one in kept] if isinstance(kept, list) else []


def remember(settings: QSettings, source: str) -> None:
    """Put first what was used now."""
    settings.setValue(_KEPT, [source, *(one for one in recent(settings) if one != source)][:_MOST])
