"""What the map of the house shows: its parts with their rooms, sizes and imports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """A sub-package, or all modules that lie in their package itself (name: ""). lines: of its files together."""

    name: str
    modules: int
    lines: int


@dataclass(frozen=True)
class Part:
    """What has a place of its own among the layers: a package or a single module of the top.

    what: first sentence of its docstring.  imports: other part → how many imports of it there are.
    libraries: packages from elsewhere that it imports, without the standard library's.
    """

    name: str
    what: str
    rooms: tuple[Room, ...]
    imports: dict[str, int]
    libraries: tuple[str, ...]

    @property
    def modules(self) -> int:
        """How many files it has."""
        return sum(room.modules for room in self.rooms)

    @property
    def lines(self) -> int:
        """How many lines they have."""
        return sum(room.lines for room in self.rooms)
