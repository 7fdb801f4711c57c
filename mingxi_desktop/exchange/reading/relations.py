"""Which parts of an Office package belong to its workbook."""

from __future__ import annotations

import posixpath
from xml.parsers import expat

from mingxi_desktop.exchange.reading.package import Package


class Relations:
    """The relations of a workbook part: their ids → names of parts; and the parts with shared strings."""

    def __init__(self, package: Package, workbook: str) -> None:
        self.targets: dict[str, str] = {}
        self._folder = posixpath.dirname(workbook)
        found = {name for name in package.names if posixpath.basename(name).startswith("sharedstrings.")}
        self._strings = found
        part = posixpath.join(self._folder, "_rels", posixpath.basename(workbook) + ".rels")
        if package.has(part):
            parser = expat.ParserCreate()
            parser.StartElementHandler = self._relation
            package.parse(part, parser)
        self.strings = sorted(part for part in self._strings if package.has(part))

    def _relation(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
        path = posixpath.normpath(path)
        self.targets[attributes.get("Id", "")] = path
        if attributes.get("Type", "").endswith("/sharedStrings"):
            self._strings.add(path.casefold())


def workbook_part(package: Package, name: str) -> str:
    """The part with this name that is nearest to the root."""
    return min(
        (part for part in package.names if posixpath.basename(part) == name),
        key=lambda part: (part != f"xl/{name}", len(part), part),
    )
