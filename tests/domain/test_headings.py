"""The list of headers from outside: it fits the declarations, and a header means one field of a ledger."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.headings import COMMON, delivered_headings, own_headings
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.names import header_key

LISTED = delivered_headings()


def test_the_list_names_ledgers_and_fields() -> None:
    assert set(LISTED) - {COMMON} <= set(kinds.names())
    assert set(LISTED[COMMON]) <= {field.name for field in common_fields()}
    for name, fields in LISTED.items():
        if name == COMMON:
            continue
        known = {field.name for field in kinds.kind_of(name).fields}
        assert {part for field in fields for part in field.split("/")} <= known


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_a_header_means_one_field(kind: Kind) -> None:
    meant: dict[str, str] = {}
    for field in kind.fields:
        for header in own_headings(kind, field):
            key, _ = header_key(header)
            assert key, header
            assert meant.setdefault(key, field.name) == field.name, header


def test_no_header_is_listed_twice() -> None:
    for fields in LISTED.values():
        for words in fields.values():
            assert len(set(words)) == len(words)
