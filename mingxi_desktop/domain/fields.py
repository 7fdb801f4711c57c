"""Field and kind: the one declaration from which everything about a ledger follows.

A `Field` says what one column of a ledger means; a `Kind` is a ledger or a child table of one.
Table, form, filters, import template and validation, export, search, totals, history sentences and
the field handbook are all driven by these declarations and by nothing else.

Stored shapes (what a record's values hold in Python, and what the file holds):

=========  =========================  ==========================================
type       value in Python            in the file
=========  =========================  ==========================================
TEXT       str                        TEXT
INT        int                        INTEGER
DECIMAL    decimal.Decimal            INTEGER, ten-thousandths (`DECIMAL_SCALE`)
MONEY      int, in 分                 INTEGER, in 分
DATE       datetime.date              TEXT, YYYY-MM-DD
DATETIME   datetime.datetime          TEXT, YYYY-MM-DD HH:MM
BOOL       bool                       INTEGER 0/1
CHOICE     str                        TEXT
MULTI      tuple[str, ...]            TEXT, |a|b|
REF        str (see `Ref`)            TEXT, list:id
MULTI_REF  tuple[str, ...] of refs    rows of the link table
FILES      tuple[str, ...] of names   rows of the attachment table
DERIVED    str                        computed, never stored as typed
=========  =========================  ==========================================

Empty is None everywhere; empty is never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

DECIMAL_SCALE = 10_000

Values = Mapping[str, Any]
"""The values of one record by field name, in the Python shapes above."""


class FieldType(StrEnum):
    """The thirteen types a field can have."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOL = "bool"
    CHOICE = "choice"
    MULTI = "multi"
    REF = "ref"
    MULTI_REF = "multi-ref"
    FILES = "files"
    DERIVED = "derived"


When = tuple[str, tuple[str, ...]]
"""(field that decides, words of which it must hold one)."""

NUMERIC = frozenset({FieldType.INT, FieldType.DECIMAL, FieldType.MONEY})


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field of a ledger; there is one declaration of it, so it equals only itself.

    name: identifier in code, files and JSON.  label: Chinese name on screen and in headers.
    unit: unit word shown after the value.  choices: name of a vocabulary (`vocabulary.py`).
    targets: reference lists or kinds that a REF or MULTI_REF may point to, first one preferred.
    minimum/maximum: inclusive bounds of a number.  max_length: characters of a text.
    default: value of a new record (None = empty).  synonyms: other headers that mean this field.
    column: shown in the table until the user says otherwise.  width: characters, wide ones count 2.
    filter: offered as a filter chip.  long: a text of several lines.  total: summed in status bar.
    auto: the program fills it when it is empty.  inherited: a child takes it from its parent.
    personal: people's telephone or ID numbers may stand in it, which are shown masked.
    when: it matters only where another field holds one of these words; forms hide it while it does not.
    since: schema version (major, minor) that brought the field.
    """

    name: str
    label: str
    type: FieldType
    unit: str = ""
    required: bool = False
    choices: str = ""
    targets: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 200
    default: Any = None
    help: str = ""
    synonyms: tuple[str, ...] = ()
    column: bool = False
    width: int = 12
    filter: bool = False
    long: bool = False
    total: bool = False
    auto: bool = False
    inherited: bool = False
    personal: bool = False
    when: When | None = None
    since: tuple[int, int] = (1, 0)

    @property
    def stored(self) -> bool:
        """Whether the field has a column in its kind's table."""
        return self.type not in (FieldType.MULTI_REF, FieldType.FILES, FieldType.DERIVED)

    @property
    def editable(self) -> bool:
        """Whether a person types it."""
        return self.type is not FieldType.DERIVED and not self.inherited

    @property
    def headers(self) -> tuple[str, ...]:
        """All headers that mean this field, the label first."""
        return (self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a record: field at fault, a Chinese sentence, and whether it may be stored.

    severity: "error" (refused), "entry" (refused when a person enters it, only pointed out in an import:
    a township's incomplete row is better kept and completed than lost) or "warning" (pointed out).
    record: (kind, id) of another record that the message speaks of.
    """

    field: str
    message: str
    severity: str = "error"
    code: str = "E_RULE"
    record: tuple[str, int] | None = None


Rule = Callable[[Values], Finding | None]
"""A rule of one record alone: looks at the values, returns what is wrong or None."""


class Checklist(NamedTuple):
    """What must all be settled for some records: a form says what is still open.

    when: for which records.  points: field → the word it goes by.  code: of the finding that says the same.
    """

    name: str
    when: When
    points: Mapping[str, str]
    code: str


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A ledger, declared once (or a child table: `parent` names the field that points to its parent's record).

    tab: the tab of the window.  title: fields whose shown values name a record in sentences.
    quantity: the field that indicators sum.  key: fields that make two records likely duplicates.
    unique: text fields whose filled values must differ within a year.
    date: the field that puts a record into a year and under a cut-off date.
    code_prefix: a kind with an automatic code numbers its records prefix + year + 4 digits.
    DERIVED fields are computed by `storage.derived`.
    words: what titles of tables for this ledger speak of.  county: its records are the county's own where
    a table names no township.  checklist: what some of its records need altogether (五落实).
    """

    name: str
    label: str
    tab: str
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    parent: str = ""
    quantity: str = ""
    key: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    date: str = "record_date"
    code_field: str = ""
    code_prefix: str = ""
    help: str = ""
    words: tuple[str, ...] = ()
    county: bool = False
    checklist: Checklist | None = None
    since: tuple[int, int] = (1, 0)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the kind has none."""
        return _by_name(self)[name]

    def has(self, name: str) -> bool:
        """Whether the kind has a field of that name."""
        return name in _by_name(self)

    @property
    def state(self) -> bool:
        """Whether its records are states with from and to dates, counted as at a day (rule 6)."""
        return self.has("from_date")

    @property
    def parent_kind(self) -> str:
        """Name of the kind a child table belongs to; empty for a ledger of its own."""
        return self.field(self.parent).targets[0] if self.parent else ""


@cache
def _by_name(kind: Kind) -> dict[str, Field]:
    return {field.name: field for field in kind.fields}
