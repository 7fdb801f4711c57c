"""Qt's enumerations made in a sixth of the time: a start makes two hundred of them, with 3,200 members.

PySide has Python make each from a list of names and numbers.  For every member Python then looks whether it is
something special: a method, a reserved name, a value of several parts.  Plain names and numbers are none of that, so
they are made members here as Python would have done it.  Whatever is not plain is left to Python, and so are all of a
sort that this Python makes otherwise: one of each is compared first.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

_SORTS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_SAMPLE = [("Nothing", 0), ("One", 1), ("Two", 2), ("Both", 3), ("AlsoTwo", 2)]
_ITS_OWN = {"__dict__", "__weakref__", "__module__", "__qualname__"}
"""What each class has of its own."""
_USUAL = {"type": None, "start": 1, "boundary": enum.KEEP}
"""What PySide says beside the names."""


class _Maker:
    """Makes the enumerations of one sort."""

    def __init__(self, sort: Any, sample: Any) -> None:
        """sample: one that Python made of `_SAMPLE`."""
        self._sort = sort
        self._flags = issubclass(sort, enum.Flag)
        self._new = int.__new__ if issubclass(sort, int) else lambda made, _: object.__new__(made)
        self._taken = {"", "mro"}.union(*(vars(base) for base in sort.__mro__))
        known = {*_ITS_OWN, *sample.__members__}
        self._names = {name: value for name, value in vars(sample).items() if name not in known}
        self._empty = [(name, type(it)) for name, it in self._names.items() if type(it) in (list, dict)]

    def make(self, class_name: str, names: list[tuple[str, int]], module: str | None) -> Any:
        """The enumeration; None where Python has to look closer."""
        held: dict[str, Any] = {name: kind() for name, kind in self._empty}
        members, by_value, in_order = held["_member_map_"], held["_value2member_map_"], held["_member_names_"]
        namespace = {**self._names, **held, "__module__": module}
        made: Any = type.__new__(enum.EnumType, class_name, (self._sort,), namespace)
        for name, value in names:
            member = by_value.get(value)
            if member is None:
                member = by_value[value] = self._new(made, value)
                member._value_ = value
                member._name_ = name
                member.__objclass__ = made
                member._sort_order_ = len(in_order)
                if not self._flags or value.bit_count() == 1:
                    in_order.append(name)
            members[name] = member
        if len(members) != len(names) or not self._taken.isdisjoint(members):
            return None
        if self._flags and not _summed_up(made):
            return None
        for name, member in members.items():
            type.__setattr__(made, name, member)
        return made


def _summed_up(flags: Any) -> bool:
    """Note which bits there are; False where a number is below zero or they are in no order."""
    singles = [flags._member_map_[name]._value_ for name in flags._member_names_]
    every = 0
    for value in flags._value2member_map_:
        every |= value
    flags._flag_mask_, flags._singles_mask_ = every, sum(singles)
    flags._all_bits_ = (1 << every.bit_length()) - 1
    return every >= 0 and singles == sorted(singles)


def _alike(one: Any, other: Any) -> bool:
    """Whether two enumerations of the same name and members have all else alike as well."""

    def told(of: Any) -> list[Any]:
        names = [name for name in vars(of) if name not in _ITS_OWN]
        members = [
            sorted((name, repr(it)) for name, it in vars(member).items())
            for member in of.__members__.values()
        ]
        return [*sorted((name, repr(getattr(of, name))) for name in names), *members]

    return told(one) == told(other)


def _made_here(create: Callable[..., Any]) -> Callable[..., Any]:
    """`create`, which is Python's own, quicker for what is plain."""
    makers: dict[Any, _Maker | None] = {}

    def maker(sort: Any) -> _Maker | None:
        if sort not in makers:
            sample = create(sort, "Sample", _SAMPLE, module=__name__, boundary=enum.KEEP)
            made = _Maker(sort, sample)
            makers[sort] = made if _alike(sample, made.make("Sample", _SAMPLE, __name__)) else None
        return makers[sort]

    @wraps(create)
    def made_here(sort: Any, class_name: str, names: Any, **more: Any) -> Any:
        # As Python: that of whoever asked for the enumeration.
        module = more.pop("module", None) or sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001
        plain = (
            sort in _SORTS
            and type(names) is list
            and more == {**_USUAL, "qualname": None}
            and all(type(one) is tuple and one[0][:1] != "_" and type(one[1]) is int for one in names)
        )
        use = maker(sort) if plain else None
        made = use.make(class_name, names, module) if use is not None else None
        return create(sort, class_name, names, module=module, **more) if made is None else made

    return made_here


def install() -> None:
    """Make them so from now on."""
    create = vars(enum.EnumType)["_create_"]
    if not hasattr(create, "__wrapped__"):
        enum.EnumType._create_ = _made_here(create)  # type: ignore[attr-defined]
