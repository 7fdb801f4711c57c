"""What a form needs of the ledger: a blank record, checking while typing, saving texts as a record."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Finding
from mingxi_desktop.domain.kinds import children_of, kind_of
from mingxi_desktop.domain.records import Changes, Child, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.running import Note, notes

_KEPT = ("area", "reporter")
"""A pile of papers comes from one place: these are the same in the next record."""
Texts = Mapping[str, str]
ChildTexts = Mapping[str, Sequence[tuple[int | None, Texts]]]
"""Child kind → its rows: (id or None for a new one, texts)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A form's texts as the ledger understands them.

    findings: of the record itself.  rows: child kind → row number → findings.  chosen references
    (from a list) go before what a name alone would find.  notes: child kind → what its rows amount to.
    """

    values: dict[str, Any]
    children: dict[str, list[Child]]
    findings: list[Finding]
    rows: dict[str, dict[int, list[Finding]]] = dataclasses.field(default_factory=dict)
    notes: dict[str, Note] = dataclasses.field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether anything keeps the record from being stored."""
        return any(_bad(item) for item in self.findings) or any(
            _bad(item) for rows in self.rows.values() for found in rows.values() for item in found
        )


Found = tuple[Record, dict[str, list[Record]]]
"""A record and the rows of its child tables."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of saving a form: changes and the record's id, or the findings that refused it.

    entered: of a stored form only what was read is in it: what the checks have to say, `changes` tells.  The record
    as it is stored is not read (`look`): nobody who waits for it to be stored waits for that.
    """

    changes: Changes | None
    id: int | None
    entered: Entered


def _bad(finding: Finding) -> bool:
    return finding.severity in ("error", "entry")


def blank(ledger: Ledger, kind_name: str, year: int) -> dict[str, str]:
    """Texts by field of a new record: defaults, today (or another year's last day), area and reporter used last."""
    kind = kind_of(kind_name)
    today = datetime.date.today()
    day = today if year == today.year else datetime.date(year, 12, 31) if year < today.year else today
    texts = {
        item.name: ledger.show(kind_name, item.name, item.default)
        for item in kind.fields
        if item.default is not None
    }
    if kind.field("record_date").required and not kind.field("record_date").auto:
        texts["record_date"] = day.isoformat()
    for name in _KEPT:
        last = ledger.setting(f"last.{name}.{kind_name}")
        if last and kind.has(name):
            texts[name] = last
    return texts


def look(ledger: Ledger, kind_name: str, record: int) -> Found:
    """A record and the rows of its child tables."""
    return ledger.get(kind_name, record), ledger.children(kind_name, record)


def read(
    ledger: Ledger, kind_name: str, texts: Texts, year: int | None
) -> tuple[dict[str, Any], list[Finding]]:
    """(values, findings) as `Ledger.parse` reads texts; letters (gyz) are taken for the one name they can mean."""
    values, findings = ledger.parse(kind_name, texts, year=year)
    kept = []
    for item in findings:
        field, text = kind_of(kind_name).field(item.field), texts.get(item.field, "")
        spoken = field.type is FieldType.REF and _bad(item) and text.isascii() and text.isalpha()
        found = ledger.candidates(field, text, 2) if spoken else []
        if len(found) == 1:
            values[field.name] = found[0][0]
        else:
            kept.append(item)
    return values, kept


def enter(
    ledger: Ledger,
    kind_name: str,
    record: int | None,
    texts: Texts,
    chosen: Mapping[str, tuple[str, ...]],
    rows: ChildTexts,
    year: int | None,
) -> Entered:
    """Read the texts of a form and check what they mean; nothing is stored.

    texts: the fields to set (of an edit only those that changed).
    """
    form = _form(ledger, kind_name, texts, chosen, rows, year)
    unread = {item.field for item in form.findings if _bad(item)}
    checked = ledger.check(kind_name, form.values, record=record)
    findings = [*form.findings, *(item for item in checked if item.field not in unread)]
    wrong: dict[str, dict[int, list[Finding]]] = {}
    for child_name, items in form.children.items():
        for number, child in enumerate(items):
            found = form.rows[child_name][number]
            found = [*found, *(_missing(ledger, child_name, child.values, found) if child.id is None else ())]
            if any(_bad(item) for item in found):
                wrong.setdefault(child_name, {})[number] = found
    said = notes(ledger, kind_name, record, form.values, form.children)
    return Entered(form.values, form.children, findings, wrong, said)


def _form(
    ledger: Ledger,
    kind_name: str,
    texts: Texts,
    chosen: Mapping[str, tuple[str, ...]],
    rows: ChildTexts,
    year: int | None,
) -> Entered:
    """What the texts mean and which of them mean nothing, all rows among `rows`; nothing is checked yet."""
    kind = kind_of(kind_name)
    values, findings = read(ledger, kind_name, texts, year)
    for name, refs in chosen.items():
        if name in texts and refs:
            values[name] = refs if kind.field(name).type is FieldType.MULTI_REF else refs[0]
            findings = [item for item in findings if item.field != name]
    children: dict[str, list[Child]] = {}
    said: dict[str, dict[int, list[Finding]]] = {}
    for child_name, lines in rows.items():
        children[child_name], said[child_name] = [], {}
        for number, (child_id, child_texts) in enumerate(lines):
            child_values, said[child_name][number] = read(ledger, child_name, child_texts, year)
            children[child_name].append(Child(child_values, child_id))
    return Entered(values, children, findings, said)


def _missing(
    ledger: Ledger, kind_name: str, values: Mapping[str, Any], unread: Sequence[Finding]
) -> list[Finding]:
    """What is wrong with a new row by itself; how it fits the other rows shows when all are stored."""
    others = {kind_of(kind_name).parent, *(item.field for item in unread)}
    return [item for item in ledger.check(kind_name, values) if item.field not in others and _bad(item)]


def save(
    ledger: Ledger,
    kind_name: str,
    record: int | None,
    texts: Texts,
    chosen: Mapping[str, tuple[str, ...]],
    rows: ChildTexts,
    year: int | None,
) -> Saved:
    """Store a form: a new record (record None) or changed fields.  rows: child tables that changed.

    The ledger checks what it stores; only where it refuses, all that is wrong with the form is looked for.
    """
    form = _form(ledger, kind_name, texts, chosen, rows, year)
    if form.refused:
        return Saved(None, record, enter(ledger, kind_name, record, texts, chosen, rows, year))
    try:
        if record is None:
            changes = ledger.add(kind_name, form.values, children=form.children)
        else:
            changes = ledger.edit(kind_name, record, form.values, children=form.children or None)
    except UserError as error:
        entered = enter(ledger, kind_name, record, texts, chosen, rows, year)
        if entered.refused:
            return Saved(None, record, entered)
        if not error.field:
            raise
        # A row's field may be called like one of the record's; what a row got wrong is said on top.
        own = not rows or error.detail.startswith(f"{kind_of(kind_name).label}“")
        message = f"{error.title}（{error.detail}）" if error.detail else error.title
        findings = [*entered.findings, Finding(error.field if own else "", message)]
        return Saved(None, record, Entered(entered.values, entered.children, findings, entered.rows))
    number = changes.added[0][1] if record is None else record
    return Saved(changes, number, form)


def change_cell(
    ledger: Ledger, kind_name: str, record: int, name: str, text: str, year: int | None
) -> Changes:
    """One cell typed into the table; UserError when it does not parse or breaks a rule."""
    values, findings = read(ledger, kind_name, {name: text}, year)
    wrong = next((item for item in findings if _bad(item)), None)
    if wrong is not None:
        label = kind_of(kind_name).field(name).label
        raise UserError(wrong.message, f"{kind_of(kind_name).label} {label}", "请重新填写。", field=name)
    return ledger.edit(kind_name, record, values)


def child_kinds(kind_name: str) -> tuple[str, ...]:
    """The child tables of a ledger by name."""
    return tuple(kind.name for kind in children_of(kind_name))


def is_worth_remembering(saved: Saved) -> bool:
    """Whether a stored form says something that the next blank one begins with."""
    return not saved.entered.values.keys().isdisjoint(_KEPT)


def remember(ledger: Ledger, saved: Saved, record: Record) -> None:
    """Have the next blank form begin with area and reporter of a stored one, which is this record.

    Durable in transactions of its own, which is why nobody who waits for the record to be stored waits for them.
    """
    for name in _KEPT:
        key, shown = f"last.{name}.{record.kind}", record.shown.get(name, "")
        if saved.entered.values.get(name) and ledger.setting(key) != shown:
            ledger.set_setting(key, shown)
