"""Making one record of several reports of one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Child, Record
from mingxi_desktop.domain.references import ORG
from mingxi_desktop.ledger.checks import telling
from mingxi_desktop.ledger.checks.check import Children, Cure, Edit, Scope, Step, Trash
from mingxi_desktop.storage.checks.pointing import pointing

_OWN = frozenset({"code", "source_ref", "area", "reporter", "record_date", "granularity", "uid"})
"""What stays as the record that is kept has it."""
_PEOPLE = ("staff", "participants", "attendance")
_OUTPUT = "activity_output"


def cures(scope: Scope, kind: str, ids: Sequence[int]) -> tuple[Cure, ...]:
    """合并为一条: the county's or the fullest record stays, with what the others add."""
    records = sorted(scope.ledger.records(kind, ids), key=lambda record: _rank(scope, record))
    if len(records) < 2:
        return ()
    kept, others = records[0], records[1:]
    declared = kind_of(kind)
    numbers = tuple(record.id for record in others)
    steps: list[Step] = [Trash(kind, numbers)]
    values = _merged(scope, declared, kept, others)
    if values:
        steps.append(Edit(kind, {kept.id: values}))
    steps += [
        Edit(name, {key: {field: f"{kind}:{kept.id}"} for key in pointers})
        for (name, field), pointers in pointing(scope.store, kind, numbers).items()
    ]
    if kind == "activity":
        steps += _outputs(scope, kept, others)
    title = scope.ledger.title(kind, kept.id)
    sentence = f"把{declared.label} {len(records)} 条合并为一条 {title}：保留{kept.shown['area']}的一条"
    return (Cure("合并为一条", sentence, tuple(steps)),)


def _rank(scope: Scope, record: Record) -> tuple[bool, int, int]:
    """The county's own first, then the fullest, then the oldest."""
    filled = sum(1 for value in record.values.values() if value not in (None, "", ()))
    return record.values["area"] != telling.county(scope), -filled, record.id


def _merged(scope: Scope, kind: Kind, kept: Record, others: Sequence[Record]) -> dict[str, Any]:
    """What becomes another value in the record that is kept."""
    records = (kept, *others)
    values: dict[str, Any] = {}
    for field in kind.fields:
        name = field.name
        if name in _OWN or field.type in (FieldType.DERIVED, FieldType.FILES):
            continue
        given = [record.values[name] for record in records if record.values[name] not in (None, "", ())]
        if field.type in (FieldType.MULTI_REF, FieldType.MULTI):
            values[name] = tuple(dict.fromkeys(one for several in given for one in several))
        elif field.type is FieldType.INT and name in _PEOPLE and given:
            values[name] = _people(scope, kept, name, given)
        elif given:
            values[name] = given[0]
    _took_part(scope, kind, records, values)
    if kind.has("visits"):
        values["visits"] = _visits(scope, records, values["enterprises"])
    return {name: value for name, value in values.items() if value != kept.values[name]}


def _people(scope: Scope, kept: Record, name: str, given: Sequence[int]) -> int:
    """What all report alike was counted together; of the county's own report it is the whole; else it is added."""
    own = kept.values[name]
    if own is not None and kept.values["area"] == telling.county(scope):
        return int(own)
    return given[0] if len(set(given)) == 1 else sum(given)


def _visits(scope: Scope, records: Sequence[Record], seen: Sequence[str]) -> int | None:
    """Firms that each visited by itself are added, the same ones are not; never less than the firms there are.

    Of the county's own report it is the whole.
    """
    given = [record.values["visits"] for record in records if record.values["visits"] is not None]
    own = records[0].values["visits"]
    if own is not None and records[0].values["area"] == telling.county(scope):
        return max(int(own), len(seen))
    lists = [set(record.values["enterprises"]) for record in records if record.values["enterprises"]]
    apart = len(lists) > 1 and sum(map(len, lists)) == len(seen)
    visits = sum(given) if apart else max(given, default=0)
    return max(visits, len(seen)) if given else None


def _took_part(scope: Scope, kind: Kind, records: Sequence[Record], values: dict[str, Any]) -> None:
    """Who reported the others took part, and so did their townships."""
    county = telling.county(scope)
    if kind.has("townships"):
        areas = [str(record.values["area"]) for record in records if record.values["area"] != county]
        values["townships"] = tuple(dict.fromkeys([*values["townships"], *areas]))
        values["area"] = county or records[0].values["area"]
    elif kind.has("participants") and kind.field("participants").type is FieldType.MULTI_REF:
        values["participants"] = tuple(dict.fromkeys([*values["participants"], *_who(scope, records)]))
    else:
        places = [str(record.shown["area"]) for record in records if record.values["area"] != county]
        said, told = str(values.get("note") or ""), f"参加：{'、'.join(dict.fromkeys(places))}"
        if not all(place in said for place in places):
            values["note"] = f"{said}；{told}" if said else told


def _who(scope: Scope, records: Sequence[Record]) -> list[str]:
    """The department or township of each report: who sent it, else the office of the township it is of."""
    found = []
    for record in records:
        office = scope.store.references.find(ORG, str(record.shown["area"]))
        reference = record.values["reporter"] or (office.ref if office else None)
        if reference is not None:
            found.append(str(reference))
    return found


def _outputs(scope: Scope, kept: Record, others: Sequence[Record]) -> list[Step]:
    """What the others handed out goes to the one that is kept, the same only once."""
    own = scope.ledger.children("activity", kept.id)[_OUTPUT]
    rows = [Child(row.values, row.id) for row in own]
    known = {_said(row.values) for row in own}
    for record in others:
        for row in scope.ledger.children("activity", record.id)[_OUTPUT]:
            if _said(row.values) not in known:
                known.add(_said(row.values))
                rows.append(
                    Child({name: row.values[name] for name in ("item", "quantity", "approx", "note")})
                )
    return [Children("activity", kept.id, {_OUTPUT: rows})] if len(rows) > len(own) else []


def _said(values: Mapping[str, Any]) -> tuple[Any, Any]:
    return values["item"], values["quantity"]
