"""What a row says other than a record, field by field, the rows of its child tables included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.exchange.recognising.targets import inline_child
from mingxi_desktop.ledger.intake.forms import agreeing, emptied, given, of_file, of_values
from mingxi_desktop.ledger.intake.result import Difference
from mingxi_desktop.storage.forms import Chosen

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger
    from mingxi_desktop.ledger.intake.rows import ReadRow

Forms = dict[str, Hashable]
"""Forms of a record by field name, for comparing."""
Lines = Sequence[Mapping[str, Any]]

_INDUSTRY = "field"


class Candidates:
    """Records that rows may be: their values, as far as the rows say something of these fields."""

    def __init__(self, ledger: Ledger, kind: Kind, more: Sequence[str]) -> None:
        self._ledger = ledger
        self._kind = kind
        self._more = more
        self._emptied = emptied(kind)
        self._compared = {name: of_values(kind.field(name)) for name in self._emptied if name != "source_ref"}
        self._forms: dict[int, Forms] = {}
        self._children: dict[str, dict[int, list[Forms]]] = {}

    def load(self, ids: Sequence[int], rows: Sequence[ReadRow]) -> None:
        """Read the records of these ids (instead of those before) for comparing them with the rows."""
        given_here = {name for row in rows for name in row.values}
        names = list(dict.fromkeys([*self._more, "approx", *sorted(given_here)]))
        names = [name for name in names if name in self._compared]
        self._forms = {}
        self._children = {}
        if not ids:
            return
        forms = [of_file(self._kind.field(name)) for name in names]

        def take(number: int, found: tuple[Any, ...]) -> None:
            self._forms[number] = {
                name: form(value) for name, form, value in zip(names, forms, found, strict=True)
            }

        self._ledger.scan(self._kind.name, names, take, Chosen(ids=ids))
        for name in dict.fromkeys(name for row in rows for name in children_of(self._kind, row)):
            self._load_children(kinds.kind_of(name), ids)

    def _load_children(self, kind: Kind, parents: Sequence[int]) -> None:
        names = [field.name for field in kind.fields if field.stored and not field.inherited]
        place = names.index(kind.parent)
        forms = [of_file(kind.field(name)) for name in names]
        into = self._children.setdefault(kind.name, {})

        def take(_: int, found: tuple[Any, ...]) -> None:
            line = {name: form(value) for name, form, value in zip(names, forms, found, strict=True)}
            into.setdefault(found[place], []).append(line)

        self._ledger.scan(kind.name, names, take, Chosen(parents=parents))

    def form(self, number: int, name: str) -> Hashable:
        """What a record has in a field, for comparing."""
        return self._forms[number].get(name)

    def __contains__(self, number: int) -> bool:
        return number in self._forms

    def differing(self, row: ReadRow, number: int, *, but: frozenset[str] = frozenset()) -> list[str]:
        """The fields and child tables in which a record is other than the row.  but: fields not to look at."""
        forms = self._forms[number]
        found = []
        for name, value in row.values.items():
            compare = self._compared.get(name)
            if compare is None or name in but:
                continue
            form = compare(value)
            if agreeing(form, forms.get(name)) or (form is None and not self._emptied[name]):
                continue
            if not self._same_name(value, form, name, forms.get(name)):
                found.append(name)
        if "approx" in self._compared and "approx" not in row.values:
            said = given(self._kind, row.values).get("approx")
            found += ["approx"] if said not in (None, forms.get("approx")) else []
        for name, lines in children_of(self._kind, row).items():
            if not same_lines(kinds.kind_of(name), lines, self._children.get(name, {}).get(number, ())):
                found.append(name)
        return found

    def items(self, number: int) -> frozenset[Hashable]:
        """What the supply lines of a movement are of, as references; empty for other kinds."""
        child = inline_child(self._kind)
        lines = self._children.get(child.name, {}).get(number, ()) if child else ()
        return frozenset(line.get("item") for line in lines)

    def _same_name(self, value: Any, form: Hashable, name: str, there: Hashable) -> bool:
        """Whether a name that waits to be resolved is that of what the record points to."""
        if isinstance(value, Named) and there is not None:
            ref = there if isinstance(there, str) else f"{self._kind.field(name).targets[0]}:{there}"
            return normal_name(self._ledger.show(self._kind.name, name, ref)) == normal_name(value.name)
        if isinstance(value, tuple) and isinstance(there, frozenset) and isinstance(form, frozenset):
            if not any(isinstance(ref, Named) for ref in value) or not all(isinstance(x, str) for x in there):
                return False
            named = {
                ("name", normal_name(self._ledger.show(self._kind.name, name, (ref,))))
                for ref in there - form
            }
            return named == form - there
        return False

    def told(self, row: ReadRow, record: Record, names: Sequence[str]) -> tuple[Difference, ...]:
        """The differences as a person reads them."""
        children = children_of(self._kind, row)
        found = []
        for name in names:
            if name in children:
                found.append(self._told_lines(kinds.kind_of(name), record, children[name]))
                continue
            field = self._kind.field(name)
            value = given(self._kind, row.values)[name]
            found.append(Difference(name, field.label, record.shown.get(name, ""), self.shown(name, value)))
        return tuple(found)

    def _told_lines(self, kind: Kind, record: Record, lines: Lines) -> Difference:
        there = self._ledger.children(self._kind.name, record.id).get(kind.name, [])
        old = "、".join(
            " ".join(filter(None, (line.shown[name] for name in _telling(kind)))) for line in there
        )
        new = "、".join(
            " ".join(
                filter(
                    None, (shown_value(self._ledger, kind, name, line.get(name)) for name in _telling(kind))
                )
            )
            for line in lines
        )
        return Difference(kind.name, kind.label, old, new)

    def shown(self, name: str, value: Any) -> str:
        """A value of a row as text."""
        return shown_value(self._ledger, self._kind, name, value)


def children_of(kind: Kind, row: ReadRow) -> dict[str, Lines]:
    """The rows of child tables that a row brings, by child kind."""
    inline = inline_child(kind)
    found: dict[str, Lines] = {name: lines for name, lines in row.children.items() if lines}
    if inline is not None and row.lines:
        found[inline.name] = row.lines
    return found


def rows_differ(kind: Kind, one: ReadRow, other: ReadRow) -> list[str]:
    """The fields and child tables in which two rows say different things.

    The industry of an earlier row may be the program's own word by now; a row that names none says nothing else.
    """
    found = []
    for name in dict.fromkeys((*one.values, *other.values)):
        if name in emptied(kind) and name != "source_ref":
            form = of_values(kind.field(name))
            default = kind.field(name).default
            if name == _INDUSTRY and (name not in one.values or name not in other.values):
                continue
            if form(one.values.get(name, default)) != form(other.values.get(name, default)):
                found.append(name)
    ours, theirs = children_of(kind, one), children_of(kind, other)
    for name in dict.fromkeys((*ours, *theirs)):
        child = kinds.kind_of(name)
        if _counted(child, ours.get(name, ())) != _counted(child, theirs.get(name, ())):
            found.append(name)
    return found


def shown_value(ledger: Ledger, kind: Kind, name: str, value: Any) -> str:
    """A value of a row as text; a name that is not listed yet is shown as it stands."""
    if isinstance(value, Named):
        return value.name
    if isinstance(value, tuple) and any(isinstance(ref, Named) for ref in value):
        return "、".join(
            shown_value(ledger, kind, name, ref if isinstance(ref, Named) else (ref,)) for ref in value
        )
    return ledger.show(kind.name, name, value)


def same_lines(kind: Kind, lines: Lines, there: Sequence[Forms]) -> bool:
    """Whether the rows of a child table say what a record's rows say, in any order."""
    names = sorted({name for line in lines for name in given(kind, line)} - {"source_ref"})
    forms = {name: of_values(kind.field(name)) for name in names}
    ours = Counter(tuple(forms[name](given(kind, line).get(name)) for name in names) for line in lines)
    theirs = Counter(tuple(line.get(name) for name in names) for line in there)
    if ours == theirs:
        return True
    left = list((theirs - ours).elements())
    for line in (ours - theirs).elements():  # perhaps only masked
        like = next((one for one in left if all(map(agreeing, line, one))), None)
        if like is None:
            return False
        left.remove(like)
    return not left


def _counted(kind: Kind, lines: Lines) -> Counter[frozenset[tuple[str, Hashable]]]:
    return Counter(
        frozenset((name, of_values(kind.field(name))(value)) for name, value in given(kind, line).items())
        for line in lines
    )


def _telling(kind: Kind) -> tuple[str, ...]:
    """What names a row of a child table, but for its record."""
    names = dict.fromkeys((*kind.title, *kind.key))
    return tuple(name for name in names if name != kind.parent and not kind.field(name).inherited)
