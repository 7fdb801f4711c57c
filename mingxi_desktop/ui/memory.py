"""Memory that large work has let go: back to the system, where the allocator does not do so by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

_THRESHOLD, _LARGE = -3, 1 << 20
"""The number of glibc's setting, and the bytes from which a piece comes from the system and goes back by itself."""


def give_back() -> None:
    """Have glibc give back what is free, which it keeps between small pieces otherwise; others are left alone."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], object] | None:
    """glibc's own function; None where the program runs with another allocator."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # once something has taken long

    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim"):
        return None
    library.mallopt(_THRESHOLD, _LARGE)  # else it rises with the largest piece there was, and lists stay
    trim: Callable[[int], object] = library.malloc_trim
    return trim
