"""Regular expressions that are compiled when they are first used: all of them together take longer than a window."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, later.  re.error comes with the first use, too."""
    return cast("re.Pattern[str]", _Later(text, flags))


class _Later:
    """Stands for a pattern; each of its methods is taken over when it is first asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # Called for what is not there yet only, so the second use costs no more than that of the pattern itself.
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found
