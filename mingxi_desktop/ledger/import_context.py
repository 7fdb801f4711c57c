"""What a sheet says outside its table: year, place, unit, reporter, and facts that have no column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import IncomingRow, Named
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.headers import Layout
from mingxi_desktop.exchange.plan import Notice

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|(?=[.\-/]))")
_UNTIL = re.compile(r"截[至止到]?((?:\d{2,4}年)?\d{1,2}[月.]\d{1,2}[日号]?)")
_REPORTER = re.compile(r"(?:填报|报送|上报|报告|编制)(?:单位|部门)[(盖公章)]*:([^()\s:]+)")
_UNIT = re.compile(r"(?:金额)?单位:?[(]?(元|千元|万元|亿元)[)]?")
_QUOTED = re.compile(r"[“\"「](\d{1,2}\.\d{1,2}(?:-\d{1,2}\.\d{1,2})?)[”\"」]")
_PLAIN_SHEET = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_DATED_BY_TITLE = ("response_tally", "disaster_loss")


@dataclass(slots=True)
class Context:
    """What holds for all rows of a sheet.

    values: field → value for fields without a column.  notices: what to tell about them.
    before: records that have to be stored first (a disaster event that the title names).
    """

    year: int | None = None
    money_unit: str = "元"
    values: dict[str, Any] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    before: list[IncomingRow] = field(default_factory=list)

    def take(self, name: str, value: Any, code: str, message: str) -> None:
        """Use a value for every row, and say so."""
        self.values[name] = value
        self.notices.append(Notice(code, message))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a sheet comes from.  lines: title texts; given_*: what the user said."""

    lines: tuple[str, ...]
    sheet: str
    stem: str
    given_year: int | None = None
    given_reporter: str = ""

    @property
    def all_texts(self) -> str:
        """Everything that may hold a fact about the whole sheet."""
        sheet = "" if _PLAIN_SHEET.fullmatch(self.sheet) else self.sheet
        return fold_width("\n".join((*self.lines, sheet, self.stem)))


def context_of(ledger: Ledger, kind: Kind, layout: Layout, around: Surroundings) -> Context:
    """Gather what holds for the whole sheet."""
    text = around.all_texts
    context = Context(around.given_year or _only(_YEAR.findall(text), int))
    unit = _UNIT.search(fold_width("\n".join(around.lines)))
    if unit:
        context.money_unit = unit[1]
    missing = [item for item in kind.fields if layout.column_of(item.name) is None]
    for item in missing:
        if item.name == "area":
            _area(ledger, kind, around, context)
        elif item.name == "reporter":
            _reporter(ledger, kind, around, context)
        elif item.name == "event":
            _event(ledger, item, text, context)
        elif item.type is FieldType.CHOICE and item.required and item.default is None:
            _choice(ledger, item, text, context)
        elif item.name == "record_date" and kind.name in _DATED_BY_TITLE:
            _date(text, context)
    return context


def _only(found: Iterable[Any], convert: Any = lambda value: value) -> Any:
    """The one value that was found; None if there is none or more than one."""
    values = {convert(value) for value in found}
    return values.pop() if len(values) == 1 else None


def _area(ledger: Ledger, kind: Kind, around: Surroundings, context: Context) -> None:
    """The township named by the sheet, else by the title, the reporter, the file."""
    names = {alias: entry for entry in ledger.entries(AREA) for alias in (entry.name, *entry.aliases)}
    for text in (around.sheet, "\n".join(around.lines), around.given_reporter, around.stem):
        entry = _only(names[name].ref for name in names if name in text)
        if entry is not None:
            shown = ledger.show(kind.name, "area", entry)
            context.take(
                "area", entry, "W_AREA_ASSUMED", f"表里没有乡镇一列，按工作表名或标题都记为“{shown}”"
            )
            return


def check_reporter(ledger: Ledger, kind: Kind, name: str) -> None:
    """UserError when the reporter whom the user named is not in the list."""
    if not name or not kind.has("reporter"):
        return
    values, findings = ledger.parse(kind.name, {"reporter": name})
    if not values.get("reporter"):
        known = findings[0].message.partition("。")[2] if findings else ""
        raise UserError(f"没有这个填报单位：{name}", known, "先在名单里登记这个单位，再导入。")


def _reporter(ledger: Ledger, kind: Kind, around: Surroundings, context: Context) -> None:
    named = _REPORTER.search(fold_width("\n".join(around.lines)))
    name = around.given_reporter or (named[1] if named else "")
    if not name:
        return
    known = ledger.parse(kind.name, {"reporter": name})[0].get("reporter")
    if known:
        context.values["reporter"] = known
    else:
        message = f"表头写的填报单位“{name}”不在名单里，没有记填报单位"
        context.notices.append(Notice("W_REPORTER_UNKNOWN", message))


def _choice(ledger: Ledger, item: Field, text: str, context: Context) -> None:
    """A word of the vocabulary that the title uses, if it is the only one."""
    words: dict[str, str] = {word: word for word in ledger.choices(item)}
    words.update(delivered()[item.choices].synonyms)
    inside = [word for word in words if word in text]
    longest = [word for word in inside if not any(word != other and word in other for other in inside)]
    found = _only(words[word] for word in longest)
    if found is not None:
        context.take(item.name, found, "W_FROM_TITLE", f"表里没有{item.label}一列，按标题都记为“{found}”")


def _date(text: str, context: Context) -> None:
    found = _UNTIL.search(text)
    if found is None:
        return
    try:
        parsed = parse.parse_date(found[1], year=context.year)
    except ParseError:
        return
    if parsed.value is not None:
        said = f"（{parsed.assumed}）" if parsed.assumed else ""
        message = f"表里没有日期一列，按标题都记为{parsed.value}{said}"
        context.take("record_date", parsed.value, "W_DATE_FROM_TITLE", message)


def _event(ledger: Ledger, item: Field, text: str, context: Context) -> None:
    """The disaster event that the title names; one that is not there yet is stored with the sheet."""
    events = ledger.records("disaster_event", ledger.ids(Query("disaster_event")))
    named = [event for event in events if event.values["name"] and event.values["name"] in text]
    if context.year is not None:
        named = [event for event in named if event.values["record_date"].year == context.year] or named
    if named:
        ref = f"disaster_event:{named[0].id}"
        context.take(item.name, ref, "W_EVENT_FROM_TITLE", f"按标题都记到灾害过程“{named[0].values['name']}”")
        return
    quoted = _QUOTED.search(text)
    if quoted is not None and item.required:
        _new_event(ledger, quoted[1], text, context)


def _new_event(ledger: Ledger, name: str, text: str, context: Context) -> None:
    try:
        span = parse.parse_date_range(name, year=context.year).value
    except ParseError:
        return
    from mingxi_desktop.domain.kinds import kind_of

    told = Context()
    _choice(ledger, kind_of("disaster_event").field("type"), text, told)
    if span is None or "type" not in told.values:
        return
    first, last = span
    values: Mapping[str, Any] = {
        "name": name,
        "type": told.values["type"],
        "record_date": first,
        "end_date": last if last > first else None,
    }
    context.before.append(IncomingRow("disaster_event", values))
    message = (
        f"台账里还没有灾害过程“{name}”，按标题一并登记（{values['type']}，{_span(first, last)}），请核对"
    )
    context.take("event", Named(name), "W_EVENT_ADDED", message)


def _span(first: datetime.date, last: datetime.date) -> str:
    return f"{first}" if first == last else f"{first} 至 {last}"
