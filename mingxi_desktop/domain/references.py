"""Reference lists: what the fields of records point to besides other records.

All entries live in one table; an entry is named by `list:id`.  Lists: area (townships and 县直),
village, org (reporters and departments), enterprise (units, places, persons; grows by itself),
item (supplies, one fixed unit each), indicator (figures kept by hand), and one list `choice:NAME`
for the words that the clerk added to the vocabulary NAME.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mingxi_desktop.domain.vocabulary import delivered_list

AREA, VILLAGE, ORG, ENTERPRISE, ITEM, INDICATOR = "area", "village", "org", "enterprise", "item", "indicator"
LABELS: Mapping[str, str] = MappingProxyType(
    {AREA: "乡镇", VILLAGE: "村居", ORG: "单位", ENTERPRISE: "企业/场所", ITEM: "物资", INDICATOR: "其他指标"}
)
KEPT = MappingProxyType(
    {
        "campaign": "专项行动",
        "holiday": "节假日",
        "deadline": "期限",
        "limit": "期限天数",
        "deadline_done": "已办",
        "duty": "报送任务",
    }
)
"""Lists that no field points to: what is set for a campaign, the tables of holidays, deadlines and duties."""
GROWING = frozenset({ENTERPRISE})
"""Lists to which a name that is not there yet is added when a record uses it."""

CHOICE_PREFIX = "choice:"
COUNTY_AREA = "县直"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list.

    id: 0 until stored.  name: as printed.  aliases: other spellings.  code: official code, if any.
    unit: the fixed unit of an item.  group: the group of an item.  parent: name of the area of a village.
    extra: further attributes (e.g. "floor" of an item).  active: offered for new records.
    """

    list: str
    name: str
    id: int = 0
    code: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    group: str = ""
    parent: str = ""
    active: bool = True
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """How records point to the entry."""
        return f"{self.list}:{self.id}"


def _aliases(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _area_aliases(name: str) -> tuple[str, ...]:
    """盖洋镇 is also written 盖洋, 盖洋镇人民政府, 盖洋镇政府."""
    short = name.rstrip("镇乡")
    return (short, f"{name}人民政府", f"{name}政府", f"明溪县{name}")


def delivered_entries() -> list[Entry]:
    """The reference lists that a new ledger file starts with."""
    areas = [
        Entry(AREA, row["name"], code=row["code"], aliases=_area_aliases(row["name"]))
        for row in delivered_list("areas")
    ]
    names = {entry.code: entry.name for entry in areas}
    areas.append(Entry(AREA, COUNTY_AREA, code="350421000", aliases=("县级", "县本级", "明溪县", "全县")))
    villages = [
        Entry(VILLAGE, row["name"], code=row["code"], parent=names[row["township_code"]])
        for row in delivered_list("villages")
    ]
    orgs = [Entry(ORG, row["name"], aliases=_aliases(row["aliases"])) for row in delivered_list("orgs")]
    items = [
        Entry(
            ITEM,
            row["name"],
            unit=row["unit"],
            group=row["group"],
            aliases=_aliases(row["aliases"]),
            extra={"floor": row["floor"]} if row["floor"] else {},
        )
        for row in delivered_list("items")
    ]
    figures = [Entry(INDICATOR, row["name"], unit=row["unit"]) for row in delivered_list("manual_indicators")]
    return [*areas, *villages, *orgs, *items, *figures]
