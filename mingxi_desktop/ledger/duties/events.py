"""How long disaster events go on, as far as daily reports are asked for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.periods import Often, Period, day_period, event_period
from mingxi_desktop.ledger.event_names import event_label
from mingxi_desktop.storage.reported import EventDays

LONGEST = 60
"""Days after which an event without an end is over, though a response to it has never been ended."""
SILENT = 3
"""Days without any report after which an event without an end and without a response is over."""
_FLOODS = ("暴雨洪涝", "台风")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Going:
    """A disaster event.  area: where, as a reference.  goes_on: a flood or typhoon that is not over yet."""

    ref: str
    label: str
    area: str
    first: datetime.date
    last: datetime.date
    goes_on: bool


def spans(events: Sequence[EventDays], today: datetime.date) -> list[Going]:
    """The events with their last day, as far as it is known today."""
    found = []
    for event in events:
        last = max(_last(event, today), event.first)
        label = event_label({"name": event.name, "type": event.type, "typhoon": event.typhoon})
        goes_on = last >= today and event.type in _FLOODS
        found.append(Going(event.ref, label, event.area, event.first, last, goes_on))
    return found


def going_of(event: Going, often: Often) -> tuple[Period, ...]:
    """The periods of an event: its days, or all of it."""
    if often is Often.EVENT:
        return (event_period(event.ref, event.label, event.first, event.last),)
    number = (event.last - event.first).days + 1
    return tuple(day_period(event.first + place * _DAY, event.ref) for place in range(number))


def _last(event: EventDays, today: datetime.date) -> datetime.date:
    """As entered; else until today while a response goes on or reports come, else the last day told of."""
    if event.end is not None:
        return event.end
    told = max(event.told or event.first, event.first)
    if event.responding:
        return max(told, min(today, event.first + LONGEST * _DAY))
    return max(told, today) if today - told <= SILENT * _DAY else told
