"""What a column of a sheet can mean for a ledger: its fields, the lines of its child table, known goods.

The same names are written by templates and exports and looked for in files that come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.headings import common_headings, own_headings
from mingxi_desktop.domain.names import header_key

UID_HEADER = "记录标识"
NUMBER_HEADER = "序号"
PARENT_HEADER = "所属序号"
INLINE = {"supply_movement": "supply_line"}
"""Ledgers whose child rows stand in the same sheet, one row per line."""
WIDE = {"supply_movement": "supply_line", "activity": "activity_output", "response": "response_step"}
"""Ledgers of whose child table one row stands in one cell: goods, outputs, steps as columns."""

_NUMBER_KEYS = frozenset({"序号", "编次", "no", "序", "项次", "行号", "序列", "次序", "序 号", "顺序号"})
_LINE_PREFIX = "明细"
_LINE, _COMMON = 1000, 2000
"""Ranks by which headers of lines give way to the ledger's own, and what all ledgers know to both."""


def identity(number: int, uid: str) -> str:
    """What the hidden column of an export says of a record: its number, for finding it, and its uid."""
    return f"{number}-{uid}"


def uid_of(mark: str) -> str:
    """The uid in what `identity` wrote."""
    return mark.partition("-")[2] or mark


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column fills.

    child: the child table whose field it is; "" for the ledger's own.  sets: what else the header says of
    the child's row: goods, outputs, the step of a response.  second: the field of the second number in
    cells like 1/3 (户/间).
    """

    field: Field
    child: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    second: Field | None = None

    @property
    def plain_name(self) -> str:
        """The field's name; of a child table's field with the child's name before it."""
        return f"{self.child}.{self.field.name}" if self.child else self.field.name

    @property
    def name(self) -> str:
        """Name for mappings: supply_line.quantity@棉被 for goods as a column."""
        words = "，".join(word for _, word in self.sets)
        return f"{self.plain_name}@{words}" if words else self.plain_name

    @property
    def label(self) -> str:
        """Chinese name: 数量（棉被）."""
        words = "，".join(word for _, word in self.sets)
        return f"{self.field.label}（{words}）" if words else self.field.label


@dataclass(frozen=True, slots=True, eq=False)
class TargetIndex:
    """Header keys and what they may mean, the best first.  by_name: by `Target.name`."""

    kind: Kind
    by_key: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    by_name: Mapping[str, Target] = field(default_factory=dict)

    def with_wide(self, items: Mapping[str, str]) -> TargetIndex:
        """The same with rows of the child table as columns; items: header key → word of its `item` field."""
        child = kinds.kind_of(WIDE[self.kind.name])
        quantity = child.field("quantity")
        wide = {
            key: (Target(quantity, child.name, (("item", item),)),)
            for key, item in items.items()
            if key not in self.by_key
        }
        by_name = {target.name: target for (target,) in wide.values()}
        return replace(self, by_key={**wide, **self.by_key}, by_name={**self.by_name, **by_name})


def inline_child(kind: Kind) -> Kind | None:
    """The child table that shares the ledger's sheet."""
    name = INLINE.get(kind.name)
    return kinds.kind_of(name) if name else None


def sheet_children(kind: Kind) -> tuple[Kind, ...]:
    """The child tables that have a sheet of their own."""
    inline = inline_child(kind)
    return tuple(child for child in kinds.children_of(kind.name) if child is not inline)


def importable(target: Field) -> bool:
    """Whether a column can fill the field: it is typed by people, and not a file."""
    return target.editable and target.type is not FieldType.FILES and target.name != "source_ref"


def own_fields(child: Kind) -> tuple[Field, ...]:
    """The fields of a child table that are its own: neither the parent's nor inherited."""
    return tuple(item for item in child.fields if not item.inherited and item.name != child.parent)


def line_label(kind: Kind, item: Field) -> str:
    """Header of a line's field in its ledger's sheet; told apart where the ledger has the same label."""
    return _LINE_PREFIX + item.label if item.label in {own.label for own in kind.fields} else item.label


@cache
def targets_of(kind_name: str) -> TargetIndex:
    """Everything a header can mean for a ledger (or a child table with its own sheet)."""
    kind = kinds.kind_of(kind_name)
    ranked: dict[str, list[tuple[int, Target]]] = {}
    by_name: dict[str, Target] = {}

    def add(target: Target, headers: tuple[str, ...], penalty: int) -> None:
        by_name[target.name] = target
        for rank, header in enumerate(headers):
            ranked.setdefault(header_key(header)[0], []).append((penalty + rank, target))

    fields = own_fields(kind) if kind.parent else kind.fields
    for item in fields:
        add(Target(item), own_headings(kind, item), 0)
        if not kind.parent:
            add(Target(item), common_headings(item), _COMMON)
    child = inline_child(kind)
    for item in own_fields(child) if child else ():
        assert child is not None
        add(Target(item, child.name), (line_label(kind, item), *own_headings(child, item)), _LINE)
    by_key = {
        key: tuple(target for _, target in sorted(found, key=lambda pair: pair[0]))
        for key, found in ranked.items()
    }
    return TargetIndex(kind, by_key, by_name)


def is_number_header(key: str) -> bool:
    """Whether the header is that of the running number."""
    return key in _NUMBER_KEYS
