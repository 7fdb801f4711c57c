"""Dataclasses whose methods are compiled when they are first called.

Python writes the methods of a dataclass as text and compiles each of them with the class, six for a frozen one; a run
calls few of them.  For the hundreds of classes of this program that takes longer than loading all else in their
modules.  Other packages' dataclasses are made as ever, and so are all where a later Python makes them otherwise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

_PACKAGE = f"{__package__}."
_NAME = "_create_fn"
"""What makes one method out of its text, in Python 3.11 and 3.12."""
_KIND = "_is_type"
"""What looks whether an annotation says that a name is no field of each object; asked three times for each name."""
_SPECIAL = ("ClassVar", "InitVar", "KW_ONLY")


def _sparing(make: Callable[..., Any]) -> Callable[..., Any]:
    """`make`, later for the methods of our own classes."""

    def create(name: str, args: Any, body: Any, **more: Any) -> Any:
        names = more.get("globals")
        if names is None or not str(names.get("__name__")).startswith(_PACKAGE):
            return make(name, args, body, **more)
        made: Any = None

        def later(self: Any, *given: Any, **named: Any) -> Any:
            nonlocal made
            if made is None:
                made = make(name, args, body, **more)
                made.__qualname__ = later.__qualname__
            for cls in type(self).__mro__:
                if cls.__dict__.get(name) is later:
                    setattr(cls, name, made)
            return made(self, *given, **named)

        later.__name__ = name
        return later

    return create


def _glancing(look: Callable[..., bool]) -> Callable[..., bool]:
    """`look`, which takes an annotation apart, only where one of ours has a word that it looks for."""

    def is_type(annotation: str, cls: type, *more: Any) -> bool:
        first, second, third = _SPECIAL
        if (
            first not in annotation
            and second not in annotation
            and third not in annotation
            and cls.__module__.startswith(_PACKAGE)
        ):
            return False
        return look(annotation, cls, *more)

    return is_type


def install() -> None:
    """Make them so from now on."""
    for name, quicker in ((_NAME, _sparing), (_KIND, _glancing)):
        python = getattr(dataclasses, name, None)
        if python is not None and python.__module__ == dataclasses.__name__:
            setattr(dataclasses, name, quicker(python))
