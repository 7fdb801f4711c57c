"""Which fields of a form matter for what has been typed, and what of a checklist is still open."""

from __future__ import annotations

from collections.abc import Mapping

from mingxi_desktop.domain.fields import Field, Kind, When
from mingxi_desktop.domain.parse import split_multi
from mingxi_desktop.domain.show import show


def default_text(field: Field) -> str:
    """What a new record's form shows in the field."""
    return show(field, field.default, str)


def matters(field: Field, texts: Mapping[str, str]) -> bool:
    """Whether the field matters for a record with these texts; what somebody has filled in always does."""
    if field.when is None or texts.get(field.name, "") not in ("", default_text(field)):
        return True
    return _holds(field.when, texts)


def deciders(kind: Kind) -> frozenset[str]:
    """The fields of a kind on which others depend, or its checklist."""
    conditions = [field.when for field in kind.fields]
    conditions += [kind.checklist.when] if kind.checklist else []
    return frozenset(when[0] for when in conditions if when is not None)


def progress(kind: Kind, texts: Mapping[str, str]) -> tuple[str, bool]:
    """What a form says about the kind's checklist, and whether all is settled; "" where it does not apply."""
    checklist = kind.checklist
    if checklist is None or not _holds(checklist.when, texts):
        return "", True
    missing = [word for name, word in checklist.points.items() if not texts.get(name, "").strip()]
    if missing:
        return f"{checklist.name}：还缺 {'、'.join(missing)}", False
    return f"{checklist.name}：{len(checklist.points)} 项都已落实", True


def _holds(when: When, texts: Mapping[str, str]) -> bool:
    decider, words = when
    return not set(words).isdisjoint(split_multi(texts.get(decider, "")))
