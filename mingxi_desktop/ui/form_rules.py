"""Which fields a form shows only when they matter, in one table."""

from __future__ import annotations

from collections.abc import Mapping

from mingxi_desktop.domain.parse import split_multi

_MAJOR = ("level", ("重大",))
_DRILL = ("type", ("应急演练",))

_WHEN: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("hazard", "rectify_fund"): _MAJOR,
    ("hazard", "emergency_plan"): _MAJOR,
    ("hazard", "supervision"): _MAJOR,
    ("activity", "drill_form"): _DRILL,
    ("activity", "hazard_type"): _DRILL,
    ("activity", "evaluation"): _DRILL,
    ("disaster_event", "typhoon"): ("type", ("台风",)),
    ("enforcement_case", "fine"): ("measure", ("罚款",)),
    ("supply_movement", "receiver"): ("type", ("调拨", "移交队伍", "发放")),
    ("supply_movement", "beneficiaries"): ("type", ("发放", "调拨")),
    ("supply_movement", "fund"): ("type", ("购入", "接收调入")),
}
"""(kind, field) → (field that decides, words of which it must hold one)."""


def matters(kind: str, field: str, texts: Mapping[str, str]) -> bool:
    """Whether the field matters for a record with these texts; what is filled always does."""
    condition = _WHEN.get((kind, field))
    if condition is None or texts.get(field):
        return True
    decider, words = condition
    return not set(words).isdisjoint(split_multi(texts.get(decider, "")))


def deciders(kind: str) -> frozenset[str]:
    """The fields of a kind on which others depend."""
    return frozenset(decider for (name, _), (decider, _) in _WHEN.items() if name == kind)
