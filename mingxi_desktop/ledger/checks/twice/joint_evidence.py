"""What speaks for two reports of different places being about one action; the rules of each ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from mingxi_desktop.domain.county import short_area
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ORG
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.checks.joint_action import Action

_JOINT = pattern(r"联合|联动|协同|跨乡|跨镇|跨区|片区|连片|[两二三四]乡|[两二三四]镇")
_FOR_ALL = pattern(r"全县|县委|县政府|县防|县安委|县应急|传达|贯彻|视频")
_LED_BY_ONE = pattern(r"联合|领导")
"""Types of inspections of which one leader does one in a day; an inspector goes to several firms."""
_ROUNDS = frozenset({"日常巡查", "精准帮扶"})
"""Types of inspections of which one person does several in a day, in several places."""
_PUBLICITY = "宣传"
_CALL = "点对点调度"
_LONG_TITLE = 10
_SUMMED_FROM = 30
"""From this day of the month on, reports without a detail may be sums of the month."""
_NOTHING_ELSE = "没有写各自不同的内容"


@dataclass(frozen=True)
class Side:
    """A report, the townships that it names (its own too where it does), and whether it is the county's own."""

    action: Action
    named: frozenset[str]
    county: bool
    naming: Naming

    @cached_property
    def title(self) -> str:
        """What the action is called, for comparing; "" where it is not."""
        return normal_name(self.action.title) if self.action.title else ""

    @cached_property
    def bare_title(self) -> str:
        """The same without names of townships."""
        return self.naming.without_places(self.action.title)

    @property
    def shared(self) -> list[object]:
        """What another report of the same action would say too."""
        own = self.action
        units = own.linked.get("participants")
        said = (own.who, self.title, own.venue, own.note, units, own.linked.get("townships"))
        together = self.named | {own.area}
        return [*filter(None, said), *own.linked.get("enterprises", ()), *([together] if self.named else ())]


Rule = Callable[[Side, Side], str]
"""(one, other of another place) → the reason in Chinese why they are one action; "" if nothing says so."""


class Naming:
    """Knows the townships and their governments by name."""

    def __init__(self, scope: Scope) -> None:
        areas = scope.store.references.all(AREA, active_only=False)
        self._names = {entry.ref: entry.name for entry in areas if entry.name != COUNTY_AREA}
        orgs = scope.store.references.all(ORG, active_only=False)
        self._governments = {
            org.ref: ref for org in orgs for ref, name in self._names.items() if org.name.startswith(name)
        }

    def side(self, action: Action) -> Side:
        """A report of an action with the places that its text, townships and participants name."""
        text = f"{action.title}\n{action.note}\n{action.venue}"
        named = {ref for ref, name in self._names.items() if name in text}
        named |= {self._governments[org] for org in _of(action, "participants") if org in self._governments}
        county = action.area not in self._names
        return Side(action, frozenset(named | _of(action, "townships")), county, self)

    def without_places(self, text: str) -> str:
        """The text without names of townships."""
        for name in self._names.values():
            text = text.replace(name, "").replace(short_area(name), "")
        return normal_name(text) if text else ""


def _inspection(one: Side, other: Side) -> str:
    a, b = one.action, other.action
    led = bool(a.who) and normal_name(a.who) == normal_name(b.who)
    units = _of(a, "participants")
    together = len(units) > 1 and units == _of(b, "participants")
    seen, seen_too = _of(a, "enterprises"), _of(b, "enterprises")
    if a.day != b.day:
        noted = a.note == b.note and _JOINT.search(a.note)
        shared = together or _mutual(one, other) or seen & seen_too or noted
        return "带队领导相同" if led and shared else ""
    if _mutual(one, other):
        return "写明由几个乡镇一起参加"
    if _LED_BY_ONE.search(a.type) or (_JOINT.search(a.note) and _JOINT.search(b.note)):
        return _joint_inspection(one, other, led=led, together=together)
    if seen and seen_too and not seen & seen_too:
        return ""
    if seen and seen == seen_too and (led or not (a.who and b.who)):
        return "受检企业相同"
    alike = a.note == b.note != "" or _same_numbers(a, b)
    if led and (together or alike):
        return "带队人和其他内容相同"
    apart = a.type in _ROUNDS or seen or seen_too or a.note != b.note or _differing_numbers(a, b)
    return f"带队人都是{a.who}" if led and not apart and not _one_list(a, b) else ""


def _joint_inspection(one: Side, other: Side, *, led: bool, together: bool) -> str:
    a, b = one.action, other.action
    if led:
        return f"带队领导都是{a.who}"
    if a.who and b.who:
        return ""
    if _of(a, "enterprises") & _of(b, "enterprises"):
        return "受检企业相同"
    if together:
        return "参与单位相同"
    if _one_named(one, other):
        return "写明对方也参加"
    if a.note and a.note == b.note:
        return "备注相同"
    if _same_numbers(a, b):
        return "人次、家次相同"
    return _NOTHING_ELSE if _bare(a) and _bare(b) and not _one_list(a, b) else ""


def _meeting(one: Side, other: Side) -> str:
    a, b = one.action, other.action
    places = _of(a, "townships")
    same_topic = bool(one.title) and one.title == other.title
    if a.day != b.day:
        return "主题和调度乡镇相同" if same_topic and places and places == _of(b, "townships") else ""
    if a.who and b.who and a.who != b.who:
        return ""
    convened = bool(a.who) and a.who == b.who
    if same_topic and (convened or a.type == _CALL or _FOR_ALL.search(a.title) or _JOINT.search(a.title)):
        return "主题相同"
    if same_topic and _same_numbers(a, b):
        return "主题和人数相同"
    if places and places == _of(b, "townships"):
        return "调度乡镇相同"
    if _one_named(one, other) and (convened or a.type == _CALL):
        return "调度乡镇写着对方"
    close = not (a.title and b.title) or one.bare_title == other.bare_title
    if convened and close and (a.type == _CALL or not (a.title or b.title)):
        return f"都是{a.who}召集"
    if a.type == _CALL and _bare(a) and _bare(b) and not a.title and not b.title and not _one_list(a, b):
        return _NOTHING_ELSE
    return ""


def _activity(one: Side, other: Side) -> str:
    a, b = one.action, other.action
    same = one.title == other.title
    joint = any(_JOINT.search(f"{side.title}{side.note}") for side in (a, b))
    venue = bool(a.venue) and normal_name(a.venue) == normal_name(b.venue)
    if a.day != b.day:
        return "名称和地点相同" if same and joint and venue else ""
    close = same or one.bare_title == other.bare_title
    if joint and close:
        return "名称写明是联合的"
    if venue and close:
        return "名称和地点相同"
    if joint and (_mutual(one, other) or (venue and _one_named(one, other))):
        return "写明由几个乡镇一起参加"
    if same and a.numbers[0] and a.numbers[0] == b.numbers[0]:
        return "名称和参加人数相同"
    county = (one.county or other.county) and _PUBLICITY not in a.type
    return "县直也报了同名的一次" if same and county and len(a.title) >= _LONG_TITLE else ""


def _of(action: Action, field: str) -> frozenset[str]:
    return action.linked.get(field, frozenset())


def _mutual(one: Side, other: Side) -> bool:
    """Whether each names the other's township, or both the same two or more."""
    crossed = other.action.area in one.named and one.action.area in other.named
    return crossed or len(one.named & other.named) > 1


def _one_named(one: Side, other: Side) -> bool:
    return other.action.area in one.named or one.action.area in other.named


def _same_numbers(one: Action, other: Action) -> bool:
    """Whether both report people or visits, and nothing that differs."""
    both = [
        (x, y) for x, y in zip(one.numbers, other.numbers, strict=True) if x is not None and y is not None
    ]
    return bool(both) and all(x == y for x, y in both)


def _differing_numbers(one: Action, other: Action) -> bool:
    return any(
        x != y for x, y in zip(one.numbers, other.numbers, strict=True) if x is not None and y is not None
    )


def _bare(action: Action) -> bool:
    """Whether a report says nothing but that it took place on a day in the middle of a month."""
    said = action.who or action.note or any(action.numbers) or action.linked
    return not said and action.day.day < _SUMMED_FROM


def _one_list(one: Action, other: Action) -> bool:
    """Whether both come from one sheet, where each row is an action of its own."""
    return bool(one.file) and one.file == other.file


RULES: Mapping[str, Rule] = MappingProxyType(
    {"inspection": _inspection, "meeting": _meeting, "activity": _activity}
)
"""Ledger → its rule."""
