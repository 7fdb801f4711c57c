"""From typed text to values, field by field, with what was assumed and what does not parse."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.fields import Field, FieldType, Finding, Kind
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.parse import Parsed
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import INDICATOR, ITEM
from mingxi_desktop.domain.units import fits_unit
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.names import NameFinder
from mingxi_desktop.storage.store import Store

_COUNTED = frozenset({ITEM, INDICATOR})
"""Lists whose entries are counted in one fixed unit each."""


class Parser:
    """Parses what forms, tables, the command line and imports hand in as text (or cell values)."""

    def __init__(self, store: Store, names: NameFinder) -> None:
        self._store = store
        self._names = names

    def choices(self, vocabulary: str) -> tuple[str, ...]:
        """Delivered words and the clerk's own."""
        return (*delivered()[vocabulary].values, *self._store.references.words(vocabulary))

    def parse(
        self, kind: Kind, texts: Mapping[str, Any], year: int | None = None
    ) -> tuple[dict[str, Any], list[Finding]]:
        """(values of the fields that parse, findings).  An empty text gives None.

        Errors have code E_PARSE (or what the parser says), assumptions are warnings W_ASSUMED.
        """
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        units: dict[str, str] = {}
        near: datetime.date | None = None
        for field in sorted(_fields(kind, texts), key=lambda field: field.type is not FieldType.DATE):
            raw = texts[field.name]
            if raw is None or (isinstance(raw, str) and not tidy(raw)):
                values[field.name] = () if field.type in (FieldType.MULTI, FieldType.MULTI_REF) else None
                continue
            try:
                parsed = self._one(field, raw, year, near)
            except ValueError as error:
                findings.append(Finding(field.name, str(error), "error", "E_PARSE"))
                continue
            values[field.name] = parsed.value
            if field.name in (kind.date, "record_date"):
                near = _day(parsed.value) or near
            if parsed.unit:
                units[field.name] = parsed.unit
            findings += self._said(kind, field, parsed, values, texts)
        findings += self._unit_clash(kind, values, units)
        return values, findings

    def _one(self, field: Field, raw: Any, year: int | None, near: datetime.date | None) -> Parsed[Any]:
        kind = field.type
        if kind is FieldType.DATE:
            return parse.parse_date(raw, year=year)
        if kind is FieldType.DATETIME:
            return parse.parse_datetime(raw, year=year)
        if kind is FieldType.INT:
            return parse.parse_int(raw, units=(field.unit,) if field.unit else ())
        if kind is FieldType.DECIMAL:
            return parse.parse_decimal(raw, units=(field.unit,) if field.unit else ())
        if kind is FieldType.MONEY:
            return parse.parse_money(raw)
        if kind is FieldType.BOOL:
            return parse.parse_bool(raw)
        text = tidy(str(raw))
        if kind is FieldType.CHOICE:
            return parse.match_choice(text, self.choices(field.choices), delivered()[field.choices].synonyms)
        if kind is FieldType.MULTI:
            return self._multi(field, text)
        if kind is FieldType.REF:
            return Parsed(self._reference(field, text, near))
        if kind is FieldType.MULTI_REF:
            found = [self._reference(field, part, near) for part in parse.split_multi(text)]
            return Parsed(tuple(dict.fromkeys(found)))
        return Parsed(text)

    def _multi(self, field: Field, text: str) -> Parsed[tuple[str, ...]]:
        words = self.choices(field.choices)
        synonyms = delivered()[field.choices].synonyms
        if text in words or text in synonyms:
            return Parsed((synonyms.get(text, text),))
        found = [parse.match_choice(part, words, synonyms).value for part in parse.split_multi(text)]
        return Parsed(tuple(dict.fromkeys(word for word in found if word)))

    def _reference(self, field: Field, text: str, near: datetime.date | None) -> str | Named:
        found = self._names.find(field, text, near)
        if found is not None:
            return found
        if self._names.grows(field):
            return Named(text)
        raise ValueError(f"“{_short(text)}”：没有这个{field.label}。{self._names.known(field)}")

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
