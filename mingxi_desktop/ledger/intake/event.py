"""The disaster event that a title names: one of the ledger's, or a new one stored with the table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import IncomingRow, Named, Record
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.period import find_span
from mingxi_desktop.ledger.intake.words import one_word, words_in
from mingxi_desktop.patterns import pattern

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.facts import Context

_QUOTED = pattern(r"[“\"「](\d{1,2}\.\d{1,2}(?:[-—~～]\d{1,2}\.\d{1,2})?)[”\"」]")
_DASHES = pattern(r"[-—–~～至]+")
_TYPHOON = pattern(
    r"(?:第?(\d{1,2})号)?台风[“\"「]([^”\"」]{1,6})[”\"」]|[“\"「]([^”\"」\d]{1,6})[”\"」]台风"
)


def find_event(ledger: Ledger, item: Field, text: str, context: Context) -> None:
    """Set the table's event where the title names it; one that is not there yet is stored with the table."""
    events = ledger.records("disaster_event", ledger.ids(Query("disaster_event")))
    if context.year is not None:
        events = [event for event in events if event.values["record_date"].year == context.year]
    named = _named(events, text)
    if len(named) > 1:
        said = f"标题里不止一个灾害过程（{'、'.join(named)}），没有按标题记"
        context.notices.append(Notice("W_EVENT_CONFLICT", said))
        return
    for name, event in named.items():
        said = f"按标题都记到灾害过程“{name}”"
        context.take(item.name, f"disaster_event:{event.id}", "W_EVENT_FROM_TITLE", said)
        return
    if not item.required:
        return
    quoted, typhoon = _QUOTED.search(text), _TYPHOON.search(text)
    if quoted is not None:
        _new_event(ledger, quoted[1], text, context)
    elif typhoon is not None:
        _new_typhoon(typhoon, text, context)


def _named(events: Sequence[Record], text: str) -> dict[str, Record]:
    """The events whose whole name stands in the text, a name inside another's left out."""
    plain = _DASHES.sub("-", text)
    found: dict[str, Record] = {}
    for event in events:
        name = str(event.values["name"] or "")
        pattern = rf"(?<![\d.\-]){re.escape(_DASHES.sub('-', name))}(?![\d.\-])"
        if name and re.search(pattern, plain):
            found[name] = event
    return {
        name: event
        for name, event in found.items()
        if not any(name != other and name in other for other in found)
    }


def _new_event(ledger: Ledger, name: str, text: str, context: Context) -> None:
    try:
        span = parse.parse_date_range(name, year=context.year).value
    except ParseError:
        return
    kind = one_word(words_in(ledger, kind_of("disaster_event").field("type")), text)
    if span is None or kind is None:
        return
    first, last = span
    _store_before(context, name, kind, first, last if last > first else None)


def _new_typhoon(found: re.Match[str], text: str, context: Context) -> None:
    name = found[2] or found[3]
    span = find_span(text, context.year)
    if span is None:
        return
    number = f"{found[1]}号" if found[1] else ""
    _store_before(context, f"台风“{name}”", "台风", span.last, None, typhoon=f"{number}“{name}”")


def _store_before(
    context: Context,
    name: str,
    kind: str,
    first: datetime.date,
    last: datetime.date | None,
    *,
    typhoon: str = "",
) -> None:
    values: Mapping[str, Any] = {"name": name, "type": kind, "record_date": first, "end_date": last}
    if typhoon:
        values = {**values, "typhoon": typhoon}
    context.before.append(IncomingRow("disaster_event", values))
    span = f"{first}" if last is None else f"{first} 至 {last}"
    said = f"台账里还没有灾害过程“{name}”，按标题一并登记（{kind}，{span}），请核对"
    context.take("event", Named(name), "W_EVENT_ADDED", said)
