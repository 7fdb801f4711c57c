"""Short words for declaring fields, so that a declaration reads like the ledger's own handbook."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType

_MEMO: dict[str, Any] = {"long": True, "personal": True, "max_length": 2000, "width": 28}


def text(name: str, label: str, **more: Any) -> Field:
    """A text of one line, in which anything may stand, numbers of people too."""
    return Field(name, label, FieldType.TEXT, **{"personal": True, **more})


def code(name: str, label: str, **more: Any) -> Field:
    """A text of one line that names a thing or a paper: no number in it is a person's."""
    return Field(name, label, FieldType.TEXT, **more)


def memo(name: str, label: str, **more: Any) -> Field:
    """A text of several lines, up to 2,000 characters."""
    return Field(
        name,
        label,
        FieldType.TEXT,
        **{**_MEMO, **more},
    )


def count(name: str, label: str, unit: str, **more: Any) -> Field:
    """A whole number, 0 or more unless said otherwise, right-aligned and summed."""
    return Field(
        name, label, FieldType.INT, **{"unit": unit, "minimum": 0, "total": True, "width": 9, **more}
    )


def decimal(name: str, label: str, unit: str, **more: Any) -> Field:
    """A number with up to four decimals."""
    settings = {"unit": unit, "minimum": 0, "total": True, "width": 10, **more}
    return Field(name, label, FieldType.DECIMAL, **settings)


def money(name: str, label: str, **more: Any) -> Field:
    """An amount in 元, held in 分."""
    settings = {"unit": "元", "minimum": 0, "total": True, "width": 14, **more}
    return Field(name, label, FieldType.MONEY, **settings)


def date(name: str, label: str, **more: Any) -> Field:
    """A day."""
    return Field(name, label, FieldType.DATE, **{"width": 11, **more})


def moment(name: str, label: str, **more: Any) -> Field:
    """A day and a time, to the minute."""
    return Field(name, label, FieldType.DATETIME, **{"width": 17, **more})


def flag(name: str, label: str, **more: Any) -> Field:
    """Yes or no."""
    return Field(name, label, FieldType.BOOL, **{"width": 8, **more})


def choice(name: str, label: str, choices: str, **more: Any) -> Field:
    """One word of a vocabulary."""
    return Field(name, label, FieldType.CHOICE, choices=choices, **more)


def multi(name: str, label: str, choices: str, **more: Any) -> Field:
    """Several words of a vocabulary."""
    return Field(name, label, FieldType.MULTI, choices=choices, **{"width": 20, **more})


def ref(name: str, label: str, *targets: str, **more: Any) -> Field:
    """A pointer to one entry of a reference list or to one record."""
    return Field(name, label, FieldType.REF, targets=targets, **{"width": 16, **more})


def refs(name: str, label: str, *targets: str, **more: Any) -> Field:
    """Pointers to several entries of a reference list."""
    return Field(name, label, FieldType.MULTI_REF, targets=targets, **{"width": 24, **more})


def derived(name: str, label: str, **more: Any) -> Field:
    """Computed from the record, never typed."""
    return Field(name, label, FieldType.DERIVED, **more)
