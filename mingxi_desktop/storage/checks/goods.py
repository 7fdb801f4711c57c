"""What goods the movements of the store are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import among

Goods = dict[int, int]
"""Item id → quantity, in ten-thousandths."""


def goods_of(schema: Schema, movements: Sequence[int]) -> defaultdict[int, Goods]:
    """Movement → its goods; movements without lines have none."""
    table = schema.table["supply_line"]
    where = table.deleted_at.is_null() & among(table.movement, movements)
    found: defaultdict[int, Goods] = defaultdict(dict)
    for movement, item, quantity in schema.database.execute(
        table.select(table.movement, table.item, table.quantity).where(where)
    ):
        goods = found[movement]
        goods[item] = goods.get(item, 0) + (quantity or 0)
    return found
