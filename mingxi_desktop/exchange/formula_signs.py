"""Texts of csv cells that a spreadsheet program would take for formulas."""

from __future__ import annotations

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A csv cell that begins with one of these gets an apostrophe when we write it; reading takes it off."""


def protect(text: str) -> str:
    """A text that no spreadsheet program will take for a formula; `unprotect` gives it back."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def unprotect(text: str) -> str:
    """The text without the apostrophe that `protect` put before it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS) else text
