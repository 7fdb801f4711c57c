"""Writes the whole corpus into a folder: python -m tests.corpus.build FOLDER."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.corpus.expect import Case

MODULES = (
    "a_shapes",
    "a_values",
    "a_traps",
    "a_totals",
    "a_more",
    "a_dirt",
    "a_lists",
    "a_snares",
    "b_floods",
    "b_money",
    "b_people",
    "b_checks",
    "b_sums",
    "b_more",
    "b_snares",
    "b_parts",
    "c_text",
    "c_packages",
    "c_office",
    "c_exports",
    "d_broken",
    "d_bombs",
    "d_strange",
    "d_tricks",
    "townships",
)


@cache
def cases() -> dict[str, Case]:
    """Every case by its file name."""
    found = [case for name in MODULES for case in import_module(f"tests.corpus.{name}").CASES]
    named = {case.name: case for case in found}
    assert len(named) == len(found), "two cases have the same name"
    return named


def build(folder: Path) -> None:
    """Write every file of the corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases().values():
        (folder / case.name).write_bytes(case.data())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
