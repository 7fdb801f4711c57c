"""Rows of new records: what is remembered of earlier ones changes neither the row nor the state hash."""

from __future__ import annotations

import datetime
from decimal import Decimal

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.storage.incoming import Incoming
from mingxi_desktop.storage.schema import link_fields, stored_fields
from mingxi_desktop.storage.shapes import state_hash, stored

VALUES = {
    FieldType.TEXT: "“引号”\n换行",
    FieldType.INT: 0,
    FieldType.DECIMAL: Decimal("76.026"),
    FieldType.MONEY: 1350,
    FieldType.DATE: datetime.date(2024, 6, 9),
    FieldType.DATETIME: datetime.datetime(2024, 6, 9, 8, 30),
    FieldType.BOOL: False,
    FieldType.CHOICE: "一般",
    FieldType.MULTI: ("罚款", "警告"),
    FieldType.MULTI_REF: ("campaign:3", "campaign:1"),
}


def value_of(field: Field) -> object:
    return f"{field.targets[0]}:7" if field.type is FieldType.REF else VALUES.get(field.type)


def test_rows_and_hashes_are_those_of_each_record_alone():
    for kind in kinds.ALL:
        fields = (*stored_fields(kind), *link_fields(kind))
        full = {field.name: value_of(field) for field in reversed(fields)}
        half = {field.name: full[field.name] if n % 2 else None for n, field in enumerate(fields)}
        incoming = Incoming(kind)
        empty = dict.fromkeys(full)
        for records in ([full], [full, half, full, {**half, "uid": "ab"}, empty]):
            columns, states = incoming.columns(Abreast.of(records))
            for place, values in enumerate(records):
                forms = {field.name: stored(field, values[field.name]) for field in fields}
                row = {field.name: columns[field.name][place] for field in stored_fields(kind)}
                assert row == {field.name: forms[field.name] for field in stored_fields(kind)}
                assert states[place] == state_hash(kind, forms, deleted=False)
