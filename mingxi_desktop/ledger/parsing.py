"""From typed text to values, field by field, with what was assumed and what does not parse."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Field, FieldType, Finding, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import INDICATOR, ITEM
from mingxi_desktop.domain.units import fits_unit
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.ledger.plain_values import PLAIN, SEVERAL, Outcome, Source, nothing, read_plain
from mingxi_desktop.storage.store import Store

_LEVELS = "response_level"
"""The vocabulary whose words are levels of a response, written in many ways."""
_COUNTED = frozenset({ITEM, INDICATOR})
"""Lists whose entries are counted in one fixed unit each."""


class Parser:
    """Parses what forms, tables, the command line and imports hand in as text (or cell values)."""

    def __init__(self, store: Store, names: NameFinder) -> None:
        self._store = store
        self._names = names

    def choices(self, vocabulary: str) -> tuple[str, ...]:
        """Delivered words and the clerk's own."""
        words = self._store.references.words(vocabulary)
        return (*delivered()[vocabulary].values, *words) if words else delivered()[vocabulary].values

    def parse(
        self, kind: Kind, texts: Mapping[str, Any], year: int | None = None
    ) -> tuple[dict[str, Any], list[Finding]]:
        """(values of the fields that parse, findings).  An empty text gives None.

        Errors have the code of the ParseError, assumptions are warnings W_ASSUMED.
        """
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        units: dict[str, str] = {}
        near: datetime.date | None = None
        for field in sorted(_fields(kind, texts), key=lambda field: field.type is not FieldType.DATE):
            raw = texts[field.name]
            if raw is None or (isinstance(raw, str) and not tidy(raw)):
                values[field.name] = () if field.type in SEVERAL else None
                continue
            try:
                parsed = self.read(kind, field, raw, Source(year, near))
            except ParseError as error:
                findings.append(Finding(field.name, str(error), "error", error.code))
                continue
            values[field.name] = parsed.value
            if field.name in (kind.date, "record_date"):
                near = _day(parsed.value) or near
            if parsed.unit:
                units[field.name] = parsed.unit
            findings += self._said(kind, field, parsed, values, texts)
        findings += self._unit_clash(kind, values, units)
        return values, findings

    def read(self, kind: Kind, field: Field, raw: Any, source: Source) -> Parsed[Any]:
        """The value of one filled text or cell.  Raises ParseError."""
        if field.type in PLAIN:
            return read_plain(kind, field, raw, source)
        text = tidy(str(raw))
        if (
            source.sheet
            and not field.required
            and parse.is_blank_mark(text)
            and not self._is_word(field, text)
        ):
            return nothing(field, text)
        if field.type is FieldType.CHOICE:
            return self._choice(field, text)
        if field.type is FieldType.MULTI:
            return parse.match_choices(text, self.choices(field.choices), _synonyms(field))
        if field.type is FieldType.REF:
            return self._reference(field, text, source.near)
        if field.type is FieldType.MULTI_REF:
            return self._references(field, text, source.near)
        return Parsed(text)

    def outcome(self, kind: Kind, field: Field, raw: Any, source: Source) -> Outcome:
        """The same, a ParseError returned: raised out of the facade it would pass for a damaged file."""
        try:
            return self.read(kind, field, raw, source)
        except ParseError as error:
            return error

    def _is_word(self, field: Field, text: str) -> bool:
        """Whether a text like 无 is a word of the field's own vocabulary."""
        return bool(field.choices) and (text in self.choices(field.choices) or text in _synonyms(field))

    def _choice(self, field: Field, text: str) -> Parsed[str]:
        if field.choices == _LEVELS:
            return parse.parse_level(text)
        return parse.match_choice(text, self.choices(field.choices), _synonyms(field))

    def _references(
        self, field: Field, text: str, near: datetime.date | None
    ) -> Parsed[tuple[str | Named, ...]]:
        every = self._names.every(field, text)
        if every:
            return Parsed(every, f"“{_short(text)}”按全部{len(every)}个乡镇")
        parts = parse.split_known(text, lambda part: self._names.find(field, part, near) is not None)
        found = [self._reference(field, part, near) for part in parts]
        said = dict.fromkeys(parsed.assumed for parsed in found if parsed.assumed)
        values = tuple(dict.fromkeys(parsed.value for parsed in found if parsed.value is not None))
        return Parsed(values, "；".join(said))

    def _reference(self, field: Field, text: str, near: datetime.date | None) -> Parsed[str | Named]:
        found = self._names.read(field, text, near)
        if found.value is not None:
            return Parsed(found.value, found.assumed, unit=found.unit)
        if self._names.grows(field):
            return Parsed(Named(text))
        message = f"“{_short(text)}”：没有这个{field.label}。{self._names.known(field)}"
        raise ParseError("E_REFERENCE", message)

    @staticmethod
    def _said(
        kind: Kind, field: Field, parsed: Parsed[Any], values: dict[str, Any], texts: Mapping[str, Any]
    ) -> list[Finding]:
        said = []
        if parsed.approx:
            if kind.has("approx") and not texts.get("approx"):
                values["approx"] = parsed.approx
            said.append(Finding(field.name, f"按约数记：{parsed.approx}", "warning", "W_APPROX"))
        if parsed.assumed:
            said.append(Finding(field.name, parsed.assumed, "warning", "W_ASSUMED"))
        return said

    def _unit_clash(self, kind: Kind, values: Mapping[str, Any], units: Mapping[str, str]) -> list[Finding]:
        """What an entry is counted in is fixed: 100件棉被 is refused where 棉被 go by 床."""
        counted = [field.name for field in kind.fields if _COUNTED.intersection(field.targets)]
        number, unit = kind.quantity, units.get(kind.quantity)
        if not counted or unit is None:
            return []
        if counted[0] not in values:
            message = f"单位随{kind.field(counted[0]).label}定，只改{kind.field(number).label}时只写数字"
            return [Finding(number, message, "error", "E_UNIT")]
        entry = self._store.references.get(str(values[counted[0]]))
        if entry is None or not entry.unit or fits_unit(unit, (entry.unit,)):
            return []
        message = f"{entry.name}按“{entry.unit}”计，不能写“{unit}”；请换算后再填"
        return [Finding(number, message, "error", "E_UNIT")]


def _synonyms(field: Field) -> Mapping[str, str]:
    return delivered()[field.choices].spellings


def _fields(kind: Kind, texts: Mapping[str, Any]) -> list[Field]:
    unknown = [name for name in texts if not kind.has(name)]
    if unknown:
        known = "、".join(f"{field.name}（{field.label}）" for field in kind.fields if field.editable)
        raise UserError(
            f"{kind.label}没有“{unknown[0]}”这个字段", "", f"可用的字段：{known}", field=unknown[0]
        )
    return [kind.field(name) for name in texts]


def _day(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
