"""State hashes that SQLite's JSON gives are those that Python's gives, byte for byte."""

from __future__ import annotations

import sqlite3

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.storage.shapes import hash_of_text, said_in_sql, state_hash

EVERY_SIGN = "".join(map(chr, range(0x250))) + "“盖洋镇”\u2028\ufffd\uffff😀/\\\\\"'"
FORMS = [
    {"note": EVERY_SIGN, "level": "", "quantity_found": 0, "code": None},
    {"note": None, "level": "重大", "quantity_found": -(2**63), "code": "\x00"},
    {"note": None, "level": None, "quantity_found": 2**63 - 1, "code": 'null,"note":null'},
    {"note": None, "level": None, "quantity_found": None, "code": None},
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("deleted", [False, True])
def test_both_say_the_same_of_a_record(form: dict[str, object], deleted: bool) -> None:
    kind, names = kind_of("hazard"), sorted(FORMS[0])
    columns = ", ".join(f'? AS "{name}"' for name in names)
    connection = sqlite3.connect(":memory:")
    try:
        said = f"SELECT {said_in_sql(names)} FROM (SELECT {columns})"
        (text,) = connection.execute(said, [form[name] for name in names]).fetchone()
    finally:
        connection.close()
    assert hash_of_text(kind, text[1:], deleted=deleted) == state_hash(kind, form, deleted)
