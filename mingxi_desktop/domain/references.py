"""Reference lists: what the fields of records point to besides other records.

All entries live in one table; an entry is named by `list:id`.  Lists: area (townships and 县直),
village, org (reporters and departments), enterprise (units, places, persons; grows by itself),
item (supplies, one fixed unit each), indicator (figures kept by hand), and one list `choice:NAME`
for the words that the clerk added to the vocabulary NAME.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from mingxi_desktop.domain.county import DELIVERED, County, area_office

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
_CODE = "350421000"
"""Of the county of the delivered lists."""


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


def area_entries(county: County, areas: Sequence[tuple[str, str]]) -> list[Entry]:
    """(name, code) of townships → their entries, with the spellings that files have for them."""
    return [Entry(AREA, name, code=code, aliases=county.area_aliases(name)) for name, code in areas]


def office_entries(county: County, areas: Iterable[str]) -> list[Entry]:
    """Who reports for these townships."""
    return [Entry(ORG, area_office(name), aliases=county.office_aliases(name)) for name in areas]


def county_aliases(county: County) -> tuple[str, ...]:
    """The spellings of 县直 in files from the townships and offices of this county."""
    level = county.level
    own = () if level == "县" else (f"{level}直", f"{level}级", f"{level}本级", f"全{level}")
    return ("县级", "县本级", county.name, "全县", *own)


def delivered_entries(county: County = DELIVERED) -> list[Entry]:
    """The reference lists that a new ledger file starts with.

    Those of another county than that of the delivered lists have no townships and villages yet.
    """
    from mingxi_desktop.domain.vocabulary import delivered_list  # for a new file only

    here = county.name == DELIVERED.name
    areas = [(row["name"], row["code"]) for row in delivered_list("areas")] if here else []
    names = {code: name for name, code in areas}
    villages = [
        Entry(VILLAGE, row["name"], code=row["code"], parent=names[row["township_code"]])
        for row in (delivered_list("villages") if here else ())
    ]
    whole = Entry(AREA, COUNTY_AREA, code=_CODE if here else "", aliases=county_aliases(county))
    orgs = [_department(row, county) for row in delivered_list("orgs")]
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
    offices = office_entries(county, (name for name, _ in areas))
    return [*area_entries(county, areas), whole, *villages, *orgs, *offices, *items, *figures]


def _department(row: Mapping[str, str], county: County) -> Entry:
    """A department of the county: {county}, {short} and {level} in the delivered list are its own."""
    words = {"county": county.name, "short": county.short, "level": county.level}
    return Entry(ORG, row["name"].format(**words), aliases=_aliases(row["aliases"].format(**words)))
