"""What makes a row the same thing as a record: the kind's key, or what a total is the total of."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.kinds.common import AGGREGATE
from mingxi_desktop.ledger.intake.forms import forms_of, of_file

_TOTALS = frozenset({"response_tally", "disaster_loss", "manual_entry"})
"""Ledgers of figures: a record is a total of its day, whatever its granularity says."""
_BY_AREA = frozenset({"fund", "meeting"})
"""Ledgers where each township has a record of its own that says the same."""
_WORDS = (FieldType.TEXT, FieldType.REF, FieldType.MULTI_REF)
_BESIDE = frozenset({"area", "reporter"})
_QUALITY = frozenset({"approx", "granularity"})
"""Choices that say how sure a number is, not what it counts."""

Key = tuple[tuple[Hashable, ...], tuple[Hashable, ...]]
"""Forms of the fields that are compared as they are, and of the texts."""


class Identity:
    """By which fields rows and records of a kind are recognised.

    plain: fields compared as they are.  texts: texts compared folded.  loose: texts of a total, which count
    only if the table has them: others are the program's own words.  words: fields of which one must be
    filled, otherwise a row is only recognised by all that it says.
    """

    def __init__(
        self,
        plain: Sequence[Field],
        texts: Sequence[Field],
        loose: Sequence[Field] = (),
        words: Sequence[str] = (),
    ) -> None:
        self.plain = tuple(plain)
        self.texts = tuple(texts)
        self.loose = tuple(loose)
        self._words = tuple(words)
        self._plain_forms = [of_file(field) for field in plain]
        self._text_forms = [of_file(field) for field in texts]
        self._as_it_lies = not any(field.type in (FieldType.MULTI, FieldType.MULTI_REF) for field in plain)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields in the order in which `of_file` takes their forms."""
        return tuple(field.name for field in (*self.plain, *self.texts))

    @property
    def dated(self) -> bool:
        """Whether rows of different days are different."""
        return any(field.name == "record_date" for field in self.plain)

    def of_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[Key]:
        """The key of each row's values."""
        plain, texts = (
            [forms_of(field, [values.get(field.name, field.default) for values in rows]) for field in told]
            for told in (self.plain, self.texts)
        )
        return list(zip(_tuples(plain, len(rows)), _tuples(texts, len(rows)), strict=True))

    def of_file(self, forms: tuple[Any, ...]) -> tuple[Hashable, ...]:
        """The plain part of a record's key, from the forms in the file."""
        if self._as_it_lies:
            return forms[: len(self.plain)]
        return tuple([take(form) for take, form in zip(self._plain_forms, forms, strict=False)])

    def texts_of_file(self, forms: tuple[Any, ...]) -> tuple[Hashable, ...]:
        """The texts among `forms`, those behind the plain ones, in the form for comparing."""
        rest = forms[len(self.plain) :]
        return tuple([take(form) for take, form in zip(self._text_forms, rest, strict=True)])

    def vague(self, values: Mapping[str, Any]) -> bool:
        """Whether the row has nothing that tells it from others of its day and place."""
        return bool(self._words) and not any(values.get(name) for name in self._words)


def _tuples(columns: Sequence[Sequence[Hashable]], number: int) -> Iterable[tuple[Hashable, ...]]:
    return zip(*columns, strict=True) if columns else repeat((), number)


def is_total(kind: Kind, values: Mapping[str, Any]) -> bool:
    """Whether a row is the total of several things."""
    return are_totals(kind, [values])[0]


def are_totals(kind: Kind, records: Sequence[Mapping[str, Any]]) -> list[bool]:
    """`is_total` for the values of each of several rows."""
    if kind.name in _TOTALS or not kind.has("granularity"):
        return [kind.name in _TOTALS] * len(records)
    usual = kind.field("granularity").default
    return [values.get("granularity", usual) == AGGREGATE for values in records]


@cache
def identity_of(kind: Kind, total: bool) -> Identity:
    """How rows of a kind are recognised, single things or totals."""
    return _of_total(kind) if total else _of_single(kind)


def _of_single(kind: Kind) -> Identity:
    names = [*kind.key, *(("area",) if kind.name in _BY_AREA else ()), "granularity"]
    key = [field for field in map(kind.field, names) if not field.inherited]
    words = tuple(field.name for field in key if field.type in _WORDS and field.name not in _BESIDE)
    plain = [field for field in key if field.type is not FieldType.TEXT]
    return Identity(plain, [field for field in key if field.type is FieldType.TEXT], words=words)


def _of_total(kind: Kind) -> Identity:
    """Its day, its area and whatever it is sorted by; what it is called is often the program's own text."""
    names = [kind.date, "area", *(() if kind.name in _TOTALS else ("granularity",))]
    names += [
        field.name for field in kind.fields if _sorts(field) or (field.name in kind.key and _points(field))
    ]
    plain = tuple(kind.field(name) for name in dict.fromkeys(names))
    loose = tuple(kind.field(name) for name in kind.key if kind.field(name).type is FieldType.TEXT)
    return Identity(plain, (), loose)


def _sorts(field: Field) -> bool:
    return field.type in (FieldType.CHOICE, FieldType.MULTI) and field.name not in _QUALITY


def _points(field: Field) -> bool:
    return field.type in (FieldType.REF, FieldType.MULTI_REF)
