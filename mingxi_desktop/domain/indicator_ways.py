"""Ways to count, in the words of a clerk: what each ledger can be asked, with which fields and which wordings.

Somebody who defines an indicator chooses a way; which aggregate that is does not concern her.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.indicator_rules import PICKED
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.references import ENTERPRISE
from mingxi_desktop.domain.wording import Value, printed


class Way(StrEnum):
    """A way to count.  The shares are aggregates with a target."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    TALLY = "tally"
    LATEST = "latest"
    STATE = "state"
    STATE_AREAS = "state_areas"
    RATIO = "ratio"
    SHARE = "share"
    STATE_SHARE = "state_share"
    AREAS_SHARE = "areas_share"
    PICK = "pick"
    DAY = "day"
    YEARS = "years"
    EVENT = "event"
    TYPHOON = "typhoon"


_SHARES: Mapping[Way, Aggregate] = MappingProxyType(
    {
        Way.SHARE: Aggregate.SUM,
        Way.STATE_SHARE: Aggregate.STATE,
        Way.AREAS_SHARE: Aggregate.STATE_AREAS,
    }
)
SHARES = frozenset(_SHARES)
SUMMING = frozenset({Way.SUM, Way.TALLY, Way.LATEST, Way.STATE, Way.SHARE, Way.STATE_SHARE})
"""Ways that add fields up."""
WITH_FIELD = SUMMING | {Way.DISTINCT, Way.PICK}
TIMELESS = frozenset({Way.STATE, Way.STATE_AREAS, Way.STATE_SHARE, Way.AREAS_SHARE, Way.YEARS, Way.RATIO})
"""Ways that look at a day, or at other indicators, and so have no years of their own."""
PERCENT = frozenset({Way.RATIO, *_SHARES})

_WORDS: Mapping[Way, str] = MappingProxyType(
    {
        Way.SUM: "把数量相加",
        Way.COUNT: "数有几条记录",
        Way.DISTINCT: "数有几家、几个（去掉重复）",
        Way.TALLY: "累计取最后一期，再合计",
        Way.LATEST: "每次灾害只取最后一报，再合计",
        Way.STATE: "截止日期还在的，把数量相加",
        Way.STATE_AREAS: "截止日期有几个乡镇有",
        Way.RATIO: "占比：甲指标 ÷ 乙指标",
        Way.SHARE: "相加后占应完成数的百分比",
        Way.STATE_SHARE: "还在的数量占应建数的百分比",
        Way.AREAS_SHARE: "有的乡镇占应建数的百分比",
        Way.PICK: "取最大一条记录的内容",
        Way.DAY: "取最早的一天",
        Way.YEARS: "连续几年都有",
        Way.EVENT: "最大一次过程的起止日期",
        Way.TYPHOON: "台风的编号和名称",
    }
)
_HELP: Mapping[Way, str] = MappingProxyType(
    {
        Way.SUM: "如 全年排查隐患多少条、参加多少人。汇总的一条记录里写着 35，就加 35",
        Way.COUNT: "如 启动响应几次。一条记录算一次",
        Way.DISTINCT: "如 帮扶企业几家。同一家去了几次只算一家",
        Way.TALLY: "如 转移群众几人。每个过程每个乡镇：有累计的取最后一期，没有的把当日新增相加",
        Way.LATEST: "如 倒塌房屋几间。核报代替续报，续报代替初报",
        Way.STATE: "如 年底有几支队伍。还没成立的、已撤销的不算",
        Way.STATE_AREAS: "如 几个乡镇有消防站。县直不算乡镇",
        Way.RATIO: "如 整改率 = 已整改数 ÷ 排查数",
        Way.SHARE: "如 完成检查任务的百分之几。应完成数写在下面",
        Way.STATE_SHARE: "如 建队率。应建数写在下面",
        Way.AREAS_SHARE: "如 百分之几的乡镇建了队。应建数写在下面，一般是乡镇个数",
        Way.PICK: "如 规模最大的一次演练是哪天、在哪里",
        Way.DAY: "如 活动是哪天开始的",
        Way.YEARS: "从报告年度往前数，中间断了就不算",
        Way.EVENT: "转移群众最多的一次，如 6.9-6.18",
        Way.TYPHOON: "转移群众最多的一次台风",
    }
)
_UNITS: Mapping[Way, str] = MappingProxyType(
    {
        Way.COUNT: "次", Way.STATE_AREAS: "个", Way.DAY: "日期", Way.YEARS: "年", Way.EVENT: "日期区间",
        Way.TYPHOON: "号",
    }
)  # fmt: skip
_WORDINGS: Mapping[Way, str] = MappingProxyType({Way.DAY: "date", Way.EVENT: "days", Way.TYPHOON: "typhoon"})
_NUMBERS = (
    ("exact", "原数"),
    ("zero", "原数，是 0 写“零”"),
    ("yu:1", "原数，记录是约数才带“余”"),
    ("yu", "原数带“余”"),
    ("yu:10", "去尾到整十，带“余”"),
    ("yu:100", "去尾到整百，带“余”"),
    ("yu:1000", "去尾到整千，带“余”"),
    ("yu:10000", "去尾到整万，带“余”"),
    ("near:10", "凑到整十，不足的写“近”"),
    ("near:100", "凑到整百，不足的写“近”"),
    ("near:1000", "凑到整千，不足的写“近”"),
    ("wan:1", "以万计，1位小数，带“余”"),
    ("about:10", "四舍五入到整十，带“约”"),
    ("about:100", "四舍五入到整百，带“约”"),
    ("about:1000", "四舍五入到整千，带“约”"),
)
_DECIMALS = (
    ("round:0", "四舍五入到整数"),
    ("round:1", "四舍五入到1位小数"),
    ("round:2", "四舍五入到2位小数"),
)
_PERCENTS = (
    ("percent:2", "2位小数"),
    ("percent:1", "1位小数"),
    ("percent:0", "整数"),
    ("floor:10+以上", "去尾到整十，带“以上”"),
    ("floor:5+以上", "去尾到 5 的倍数，带“以上”"),
    ("exact", "不取整"),
)
_OTHERS: Mapping[str, str] = MappingProxyType(
    {"date": "几月几日", "days": "起止日期", "typhoon": "几号台风“名称”", "exact": "原样"}
)
_SAMPLES: Mapping[str, Value] = MappingProxyType(
    {"date": "2024-05-12", "days": "2024-06-09..2024-06-18", "typhoon": "3号“格美”", "exact": "名称"}
)
_SAMPLE, _PART = 1683, Decimal("66.667")
MONEY_UNITS = ("万元", "元")


def words(way: Way, kind: Kind) -> str:
    """The way as a clerk would say it of a ledger."""
    if way is Way.SUM and kind.state:
        return f"当年新增的（按{kind.field(kind.date).label}），把数量相加"
    return _WORDS[way]


def hint(way: Way) -> str:
    """An example of the way, and what it does not count."""
    return _HELP[way]


def ways(kind: Kind) -> tuple[Way, ...]:
    """The ways that fit a ledger, the usual one first."""
    running, staged = (kind.has(name) and kind.has("event") for name in ("basis", "stage"))
    summed = bool(summable(kind)) and not running and not staged
    fits = {
        Way.TALLY: running,
        Way.LATEST: staged,
        Way.STATE: kind.state,
        Way.SUM: summed,
        Way.COUNT: not kind.quantity,
        Way.DISTINCT: bool(countable(kind)),
        Way.STATE_AREAS: kind.state,
        Way.RATIO: True,
        Way.SHARE: summed and not kind.state,
        Way.STATE_SHARE: kind.state,
        Way.AREAS_SHARE: kind.state,
        Way.PICK: bool(summable(kind)),
        Way.DAY: True,
        Way.YEARS: kind.state,
        Way.EVENT: kind.has("end_date"),
        Way.TYPHOON: kind.has("typhoon"),
    }
    return tuple(way for way, fit in fits.items() if fit)


def way_of(indicator: Indicator) -> Way:
    """How an indicator is counted, in the terms that a clerk chooses from."""
    if indicator.target:
        return next(way for way, aggregate in _SHARES.items() if aggregate is indicator.aggregate)
    return Way(indicator.aggregate.value)


def aggregate_of(way: Way) -> Aggregate:
    """What a way is in a definition."""
    return _SHARES[way] if way in _SHARES else Aggregate(way.value)


def summable(kind: Kind) -> tuple[Field, ...]:
    """The fields that can be added up, the ledger's own quantity first."""
    found = [field for field in kind.fields if field.type in NUMERIC]
    return tuple(sorted(found, key=lambda field: field.name != kind.quantity))


def countable(kind: Kind) -> tuple[Field, ...]:
    """The fields whose entries can be counted without repetition, those that name several first."""
    found = [field for field in kind.fields if field.type in (FieldType.REF, FieldType.MULTI_REF)]

    def order(field: Field) -> tuple[bool, bool, bool]:
        several, enterprise = field.type is FieldType.MULTI_REF, field.targets[0] == ENTERPRISE
        return field.name == kind.parent, not several, not enterprise

    return tuple(sorted(found, key=order))


def shown(kind: Kind) -> tuple[Field, ...]:
    """The fields that can be shown of one record."""
    return tuple(field for field in kind.fields if field.type in PICKED and field.stored)


def fields_for(kind: Kind, way: Way) -> tuple[Field, ...]:
    """The fields that a way can be told to look at."""
    if way in SUMMING:
        return summable(kind)
    return {Way.DISTINCT: countable, Way.PICK: shown}[way](kind) if way in WITH_FIELD else ()


def unit_for(way: Way, fields: Sequence[Field]) -> str:
    """The unit that goes without saying; "" where there is none."""
    if way in PERCENT:
        return "%"
    if way in _UNITS:
        return _UNITS[way]
    first = fields[0] if fields else None
    if first is None:
        return ""
    if first.type is FieldType.MONEY:
        return MONEY_UNITS[0]
    if way is Way.DISTINCT:
        return "家" if ENTERPRISE in first.targets else "个"
    if first.type is FieldType.DATE:
        return "日期"
    return first.unit or ("" if first.type in NUMERIC else first.label[:2])


def with_unit(way: Way, fields: Sequence[Field]) -> bool:
    """Whether the unit is printed: a name or a day has none that could be chosen."""
    return way not in _WORDINGS and (way is not Way.PICK or (bool(fields) and fields[0].type in NUMERIC))


def wordings_for(way: Way, fields: Sequence[Field]) -> tuple[tuple[str, str], ...]:
    """(rule, words) of the wordings that fit, the usual one first."""
    if way in PERCENT:
        return _PERCENTS
    only = _WORDINGS.get(way, "")
    if way is Way.PICK and fields and fields[0].type not in NUMERIC:
        only = "date" if fields[0].type is FieldType.DATE else "exact"
    if only:
        return ((only, _OTHERS[only]),)
    whole = all(field.type is FieldType.INT for field in fields) or way not in SUMMING
    return _NUMBERS if whole else (_NUMBERS[0], *_DECIMALS, *_NUMBERS[1:])


def sample(rule: str, way: Way, value: Value, unit: str) -> str:
    """What a wording prints: of the value at hand, or of an example where there is none that shows it."""
    if rule == "zero" and value == 0:
        return printed(0, unit, rule)
    usable = isinstance(value, int | Decimal) and value
    if isinstance(value, str) and value and rule != "typhoon":
        return printed(value, unit, rule)
    if rule in ("date", "days", "typhoon"):
        return printed(_SAMPLES[rule], unit, rule)
    shown_value = value if usable else _PART if way in PERCENT else _SAMPLE
    return printed(shown_value, unit, rule)
