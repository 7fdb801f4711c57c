"""What is made of the values of a column, once for values that stand in many rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_KEPT = 4_000


def made_of(make: Callable[[Any], Any], *, distinct: bool) -> Callable[[Any], Any]:
    """The same as `make`, which is asked once for a value that stands in many rows.

    distinct: no value comes twice, so that remembering them would only take time.
    """
    return make if distinct else _MadeOnce(make).__getitem__


class _MadeOnce(dict[Any, Any]):
    """Value → what was made of it, kept as long as not too many others came since."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        if len(self) >= _KEPT:
            self.clear()
        made = self[value] = self._make(value)
        return made
