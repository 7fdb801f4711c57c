"""Each message of the program stands in the manual, with what it means and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mingxi_desktop

PACKAGE = Path(mingxi_desktop.__file__).parent
MANUAL = PACKAGE.parent / "resources" / "manual"
FAULTS = re.compile(r"\b(?:UserError|PasswordError|DamagedError|PlaceError|disk_fault)\(")
ANY = "\0"
"""Stands in a title for what is put in while the program runs."""
MOST = 0.55
"""So much of a title's own words must stand in a row for the row to be about it."""


def titles() -> dict[str, str]:
    """Title → where it is raised, for every fault of the world that the code says in words of its own."""
    found: dict[str, str] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "gallery" in file.parts or not FAULTS.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and FAULTS.match(f"{_name(node.func)}("):
                for title in _texts(node.args[0]):
                    if re.search("[一-鿿]{2}", title):
                        found.setdefault(title, f"{file.relative_to(PACKAGE)}:{node.lineno}")
    return found


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _texts(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else ANY for part in value.values)
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)


def rows() -> list[list[str]]:
    """The messages in the tables of the pages about them, each as the parts around its ……"""
    found = []
    for page in sorted(MANUAL.glob("10*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.startswith("| "):
                parts = re.split("……", line.split("|")[1])
                found.append([part for part in map(str.strip, parts) if part])
    return found


def tells(row: list[str], title: str) -> bool:
    """Whether a row of the manual is about a title."""
    said = sum(len(part) for part in row)
    return all(part in title for part in row) and said >= MOST * len(title.replace(ANY, ""))


def test_every_message_stands_in_the_manual() -> None:
    told, known = rows(), titles()
    assert len(known) > 200
    missing = [f"{title.replace(ANY, '……')}  ({where})" for title, where in known.items()
               if not any(tells(row, title) for row in told)]  # fmt: skip
    assert not missing, "no row in resources/manual/10*.md:\n" + "\n".join(missing)
