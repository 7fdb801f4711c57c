"""What a column can be told to mean: fields, fields of one kind of thing (重大), goods, steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mingxi_desktop.domain.fields import NUMERIC, FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.exchange.recognising.layout import Column, Role
from mingxi_desktop.exchange.recognising.targets import WIDE, Target, importable, targets_of
from mingxi_desktop.ui.inputs.choice import fitting

OUT = "（不导入）"
_NOT_FACETS = frozenset({"granularity", "approx", "campaign"})
_SECTIONS = {"supply_line": "物资", "activity_output": "产出", "response_step": "响应"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice.  name: target name for mappings, "" leaves the column out."""

    name: str
    text: str


def offers(kind: str, goods: Sequence[str] = ()) -> list[Offer]:
    """Everything a column of the ledger can mean, in the order of the form; goods: names of supplies."""
    return [*_fixed(kind), *(_wide(kind, goods) if WIDE.get(kind) == "supply_line" else ())]


def name_of(column: Column) -> str:
    """The name of what a column was understood to mean; "" if it is not taken in."""
    if column.role is not Role.FIELD or column.target is None:
        return ""
    words = "，".join(word for _, word in column.facets)
    return f"{column.target.name}@{words}" if words else column.target.name


def find(given: Sequence[Offer], text: str) -> Offer | None:
    """The choice that is meant: exactly, or the only one that fits."""
    exact = next((offer for offer in given if offer.text == text), None)
    if exact is not None or not text:
        return exact
    hits = fitting(tuple(offer.text for offer in given), text)
    return next((offer for offer in given if offer.text == hits[0]), None) if len(hits) == 1 else None


@cache
def _fixed(kind: str) -> tuple[Offer, ...]:
    declared = kind_of(kind)
    targets = [target for target in targets_of(kind).by_name.values() if importable(target.field)]
    made = [Offer("", OUT), *(Offer(target.name, _text(target)) for target in targets)]
    made += _facets(declared)
    if WIDE.get(kind) == "activity_output":
        made += _wide(kind, delivered()["output_item"].values)
    if WIDE.get(kind) == "response_step":
        made += _steps()
    return tuple(dict.fromkeys(made))


def _text(target: Target) -> str:
    prefix = "明细 · " if target.child else ""
    star = "（必填）" if target.field.required and not target.sets else ""
    return f"{prefix}{target.label}{star}"


def _facets(kind: Kind) -> list[Offer]:
    """发现数（重大）: a number of one word of a choice."""
    numbers = [field for field in kind.fields if field.type in NUMERIC and importable(field) and field.total]
    words = [
        word
        for field in kind.fields
        if field.type is FieldType.CHOICE and field.name not in _NOT_FACETS and field.choices in delivered()
        for word in delivered()[field.choices].values
    ]
    return [Offer(f"{field.name}@{word}", f"{field.label}（{word}）") for word in words for field in numbers]


def _wide(kind: str, words: Sequence[str]) -> list[Offer]:
    child = WIDE[kind]
    return [Offer(f"{child}.quantity@{word}", f"{_SECTIONS[child]} · {word}") for word in words]


def _steps() -> list[Offer]:
    levels, actions = delivered()["response_level"].values, delivered()["response_action"].values
    return [
        Offer(f"response_step.at@{action}，{level}", f"响应 · {action}（{level}）")
        for action in actions
        for level in levels
    ]
