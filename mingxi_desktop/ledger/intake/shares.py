"""A row that counts several things at once: which numbers belong to which of its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mingxi_desktop.domain.fields import NUMERIC, Kind
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.exchange.recognising.layout import Facets
from mingxi_desktop.ledger.intake.part import Part

FOUND, RECTIFIED = "quantity_found", "quantity_rectified"


def with_rest(kind: Kind, common: Part, groups: Mapping[Facets, Part]) -> dict[Facets, Part]:
    """By facets: the groups, and one for what a total has beyond them: 隐患总数12、其中重大1 are 11 others.

    Its facets are empty: what it is of, the declaration's default says.  Raises ParseError where the parts
    are more than the total.
    """
    name = kind.quantity
    total = common.values.get(name) if name else None
    if not total:
        return dict(groups)
    rest = total - sum(part.values.get(name) or 0 for part in groups.values())
    if rest < 0:
        raise ParseError("E_PART", f"其中各项加起来比“{kind.field(name).label}”{total}还多，请核对")
    own: dict[Facets, Part] = {(): Part(values={name: rest}, filled={name})} if rest else {}
    return {**own, **groups}


def shares(kind: Kind, common: Part, groups: Mapping[Facets, Part]) -> tuple[list[dict[str, Any]], list[str]]:
    """(for each group what it gets of the numbers that the row has only once, names of those it shares).

    Numbers that are of all groups together go to the first.  Raises ParseError where nobody can say.
    """
    numbers = {
        name: value
        for name, value in common.values.items()
        if value is not None and name != kind.quantity and kind.field(name).type in NUMERIC
    }
    found: list[dict[str, Any]] = [{} for _ in groups]
    if not found:
        return found, []
    done = numbers.get(RECTIFIED)
    if done is not None and len(groups) > 1:
        numbers.pop(RECTIFIED)
        quantities = [part.values.get(FOUND) or 0 for part in groups.values()]
        if done not in (0, sum(quantities)):
            message = f"“{done}”没有分开写各是多少，分不清各整改了几条；请在表里分开填写"
            raise ParseError("E_SPLIT", message)
        for share, quantity in zip(found, quantities, strict=True):
            share[RECTIFIED] = quantity if done else 0
    found[0].update(numbers)
    return found, list(numbers) if len(groups) > 1 else []


def first_with(common: Part, part: Part) -> Part:
    """The first record's part, with the child rows that the row has only once."""
    return replace(part, lines=[*common.lines, *part.lines], outputs=[*common.outputs, *part.outputs])
