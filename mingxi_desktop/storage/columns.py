"""Columns: how the Python shapes of `domain.fields` lie in SQLite, with CHECK constraints.

peewee enforces no types in SQLite, so each column refuses what its field does not mean.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import peewee

from mingxi_desktop.domain.fields import DECIMAL_SCALE, Field, FieldType

MULTI_MARK = "|"


class DayColumn(peewee.TextField):
    """datetime.date ↔ YYYY-MM-DD."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else value if isinstance(value, str) else value.isoformat()

    def python_value(self, value: Any) -> datetime.date | None:
        return None if value is None else datetime.date.fromisoformat(value)


class MomentColumn(peewee.TextField):
    """datetime.datetime ↔ YYYY-MM-DD HH:MM."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else value if isinstance(value, str) else f"{value:%Y-%m-%d %H:%M}"

    def python_value(self, value: Any) -> datetime.datetime | None:
        return None if value is None else datetime.datetime.fromisoformat(value)


class DecimalColumn(peewee.BigIntegerField):
    """decimal.Decimal ↔ ten-thousandths."""

    def db_value(self, value: Any) -> int | None:
        return None if value is None else int(Decimal(value) * DECIMAL_SCALE)

    def python_value(self, value: Any) -> Decimal | None:
        return None if value is None else (Decimal(value) / DECIMAL_SCALE).normalize() + 0


class MultiColumn(peewee.TextField):
    """tuple of words ↔ |a|b|, so that one word is found by LIKE '%|a|%'."""

    def db_value(self, value: Any) -> str | None:
        if not value:
            return None
        return value if isinstance(value, str) else f"{MULTI_MARK}{MULTI_MARK.join(value)}{MULTI_MARK}"

    def python_value(self, value: Any) -> tuple[str, ...] | None:
        return tuple(value.strip(MULTI_MARK).split(MULTI_MARK)) if value else None


class RefColumn(peewee.BigIntegerField):
    """The reference "area:3" ↔ 3, where the field can point to one list only."""

    def __init__(self, target: str, **more: Any) -> None:
        super().__init__(**more)
        self.target = target

    def db_value(self, value: Any) -> int | None:
        return None if value is None else value if isinstance(value, int) else int(value.rpartition(":")[2])

    def python_value(self, value: Any) -> str | None:
        return None if value is None else f"{self.target}:{value}"


def column(field: Field) -> peewee.Field:
    """The column of a stored field.

    NOT NULL is left to the rules of the kind, so that a later version can demand more of new records
    without refusing old files.
    """
    name = f'"{field.name}"'
    kind = field.type
    checks: list[Any] = []
    if kind is FieldType.DATE:
        checks.append(peewee.Check(f"{name} IS NULL OR {name} IS date({name}, '+0 days')"))
        return DayColumn(null=True, constraints=checks)
    if kind is FieldType.DATETIME:
        checks.append(
            peewee.Check(f"{name} IS NULL OR {name} IS strftime('%Y-%m-%d %H:%M', {name}, '+0 days')")
        )
        return MomentColumn(null=True, constraints=checks)
    if kind is FieldType.REF:
        if len(field.targets) == 1:
            return RefColumn(field.targets[0], null=True, constraints=[_integer(name)])
        return peewee.TextField(null=True)
    if kind is FieldType.MULTI:
        return MultiColumn(null=True)
    if kind in (FieldType.TEXT, FieldType.CHOICE):
        return peewee.TextField(null=True)
    checks.append(_integer(name))
    if field.minimum is not None and kind is not FieldType.BOOL:
        checks.append(peewee.Check(f"{name} >= {field.minimum}"))
    if kind is FieldType.BOOL:
        return peewee.BooleanField(null=True, constraints=[peewee.Check(f"{name} IN (0, 1)")])
    if kind is FieldType.DECIMAL:
        return DecimalColumn(null=True, constraints=checks)
    return peewee.BigIntegerField(null=True, constraints=checks)


def _integer(name: str) -> Any:
    return peewee.Check(f"{name} IS NULL OR typeof({name}) = 'integer'")
