"""Python's own import statement, which PySide takes the place of when it is loaded.

PySide's looks through the source of every module that is imported, for the case that one switches a feature of
PySide on.  None of ours does, and looking takes a tenth of the time of a start, and memory for all sources.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - whatever it does to import statements is done by now


def restore() -> None:
    """From now on modules are imported as without PySide."""
    original = getattr(builtins, "__orig_import__", None)  # where PySide has put it
    if original is not None:
        builtins.__import__ = original
