"""Headers that files from outside use for the fields of the ledgers.  They are data (resources/lists), not code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from mingxi_desktop import paths, toml_files
from mingxi_desktop.domain.fields import Field, Kind

COMMON = "common"


@cache
def delivered_headings() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Ledger (or "common") → field → headers, the likelier ones first."""
    data = toml_files.read(paths.resources() / "lists" / "headers.toml")
    return MappingProxyType(
        {
            kind: MappingProxyType({field: tuple(words.split()) for field, words in fields.items()})
            for kind, fields in data.items()
        }
    )


def own_headings(kind: Kind, field: Field) -> tuple[str, ...]:
    """The headers that mean a field of one ledger: its label and synonyms, then those of the list."""
    return (*field.headers, *delivered_headings().get(kind.name, {}).get(field.name, ()))


def common_headings(field: Field) -> tuple[str, ...]:
    """The headers that mean a field in every ledger that has it, where it says nothing else."""
    return delivered_headings()[COMMON].get(field.name, ())
