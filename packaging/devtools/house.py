"""The map of the house: the package's import graph and sizes, measured; `house_drawing` makes a picture of them.

The graph is grimp's, the one on which lint-imports judges the layers; those are read from pyproject.toml. Run by the
environment's Python (`python -m devtools.house`), which has grimp.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

from devtools import house_drawing, say
from devtools.environment import ROOT
from devtools.house_parts import Part, Room

PACKAGE = "mingxi_desktop"
PICTURE = ROOT / "packaging" / "developers" / "house.svg"


def layers() -> list[list[str]]:
    """The names of the parts, from the top down, as the contract has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (contract,) = (entry for entry in contracts if entry["id"] == "layers")
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def measured() -> list[list[Part]]:
    """Every part as it is today, in its layer."""
    import grimp

    graph = grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)
    within: defaultdict[str, Counter[str]] = defaultdict(Counter)
    outside: defaultdict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        package, part = _place(module)
        if package != PACKAGE:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            package, other = _place(imported)
            if package != PACKAGE:
                outside[part].add(package)
            elif other not in (part, ""):
                within[part][other] += 1
    return [[_measure(name, within[name], outside[name]) for name in layer] for layer in layers()]


def arrows(house: list[list[Part]]) -> set[tuple[str, str]]:
    """(part, part below it that it imports), without those that a longer way along other arrows leads to as well."""
    below = {part.name: set(part.imports) for layer in house for part in layer}

    def reached(name: str) -> set[str]:
        return {far for near in below[name] for far in {near, *reached(near)}}

    return {
        (name, near)
        for name, nears in below.items()
        for near in nears
        if not any(near in reached(other) for other in nears - {near})
    }


def write() -> None:
    """Draw the picture anew."""
    house = measured()
    PICTURE.write_text(house_drawing.svg(house, arrows(house)), encoding="utf-8", newline="\n")
    say(f"wrote {PICTURE.relative_to(ROOT)}")


def _place(module: str) -> tuple[str, str]:
    """(package, part): of mingxi_desktop.ui.table.view the part is ui."""
    package, _, rest = module.partition(".")
    return package, rest.partition(".")[0]


def _measure(name: str, imports: Counter[str], libraries: set[str]) -> Part:
    place = ROOT / PACKAGE / name
    alone = not place.is_dir()
    files = [place.with_suffix(".py")] if alone else sorted(place.rglob("*.py"))
    inside = sorted((("" if alone else _room(place, file)), file) for file in files)
    rooms = []
    for room, group in groupby(inside, key=lambda entry: entry[0]):
        lengths = [len(file.read_text(encoding="utf-8").splitlines()) for _, file in group]
        rooms.append(Room(room, len(lengths), sum(lengths)))
    head = files[0] if alone else place / "__init__.py"
    said = ast.get_docstring(ast.parse(head.read_text(encoding="utf-8"))) or ""
    return Part(
        name,
        said.partition("\n")[0],
        tuple(rooms),
        dict(sorted(imports.items(), key=lambda entry: (-entry[1], entry[0]))),
        tuple(sorted(libraries - sys.stdlib_module_names)),
    )


def _room(place: Path, file: Path) -> str:
    parts = file.relative_to(place).parts
    return parts[0] if len(parts) > 1 else ""


if __name__ == "__main__":
    write()
