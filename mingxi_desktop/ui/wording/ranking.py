"""The indicators to choose from: found by words, pinyin and initials, those used last first."""

from __future__ import annotations

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
    """Those that fit a query; without one all, in either case those used last first, then names that begin so."""
    found = [one for one in all_of_them if texts.matches(query, one.search)]
    order: Mapping[str, int] = {source: place for place, source in enumerate(recent)}
    start = query.strip()
    return sorted(
        found,
        key=lambda one: (
            order.get(one.source, len(order)),
            bool(start) and not one.label.startswith(start),
        ),
    )


def recent(settings: QSettings) -> list[str]:
    """What was put in last on this PC, the latest first."""
    kept: Any = settings.value(_KEPT)
    return [kept] if isinstance(kept, str) else [str(one) for one in kept or ()]


def remember(settings: QSettings, source: str) -> None:
    """Put first what was used now."""
    settings.setValue(_KEPT, [source, *(one for one in recent(settings) if one != source)][:_MOST])
