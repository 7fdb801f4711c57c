"""From --year, --search and --where to the records meant."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app.call import words, year_argument
from mingxi_desktop.app.shown import FEN
from mingxi_desktop.app.typed import field_named
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType, Kind
from mingxi_desktop.domain.query import EMPTY, Query, Range, Wanted
from mingxi_desktop.domain.records import Named
from mingxi_desktop.errors import UserError
from mingxi_desktop.patterns import pattern

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger

_OWN = ("id", "uid", "batch")
_TO = ".."
_MONTH = pattern(r"(20[0-9]{2})-([0-9]{1,2})")
_CLOCK = pattern(r"[:：时点T]")
_RANGED = NUMERIC | {FieldType.DATE, FieldType.DATETIME}
_HELP = "只要字段是这个值的；可以写几次，同一字段的几个值任一即可；值为空表示没有填；日期和数可以写 起..止"


def assignment(text: str) -> tuple[str, str]:
    """name=value as (name, value), for argparse."""
    name, sign, value = words(text).partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}”要写成 字段=值")
    return name.strip(), value


def selection_arguments(parser: argparse.ArgumentParser) -> None:
    """--search, --year and --where."""
    parser.add_argument("--search", metavar="文字", type=words, default="", help="文字、拼音或首字母")
    year_argument(parser)
    parser.add_argument(
        "--where", metavar="字段=值", type=assignment, action="append", default=[], help=_HELP
    )


def query_of(
    ledger: Ledger,
    kind: Kind,
    where: Sequence[tuple[str, str]],
    *,
    year: int | None = None,
    search: str = "",
    trash: bool = False,
) -> Query:
    """The query that the options mean; UserError for unknown fields and unreadable values."""
    wanted: dict[str, list[Any]] = {}
    for name, text in where:
        key, values = _condition(ledger, kind, name, text)
        wanted.setdefault(key, []).extend(values)
    return Query(
        kind.name,
        year=year,
        search=search,
        where=tuple((name, _together(kind, name, values)) for name, values in wanted.items()),
        trash=trash,
    )


def _together(kind: Kind, name: str, values: list[Any]) -> Wanted:
    ranges = [value for value in values if isinstance(value, Range)]
    if not ranges:
        return tuple(values)
    if len(values) == 1:
        return ranges[0]
    label = kind.field(name).label
    raise UserError(
        f"{label}写了范围，就只能写一次", f"选项：--where {name}=…", "去掉多出来的再试。", field=name
    )


def _condition(ledger: Ledger, kind: Kind, name: str, text: str) -> tuple[str, list[Any]]:
    if name in _OWN:
        return name, [_own(name, text)]
    base = name.removesuffix(FEN)
    if not kind.has(name) and kind.has(base) and kind.field(base).type is FieldType.MONEY:
        return base, [_own(name, text)]
    item = field_named(kind, name)
    if item.type is FieldType.FILES:
        raise UserError(f"不能按{item.label}筛选", f"选项：--where {name}=…", "换一个字段。", field=name)
    if not text.strip():
        return item.name, [EMPTY]
    if item.type is FieldType.DERIVED:
        return item.name, [_computed(kind, item, text.strip())]
    if item.type in _RANGED and _TO in text:
        low, high = text.split(_TO, 1)
        return item.name, [Range(_end(ledger, kind, item, low), _end(ledger, kind, item, high))]
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return item.name, [_days(ledger, kind, item, text)]
    return item.name, _values(ledger, kind, item, text)


def _own(name: str, text: str) -> Any:
    if name == "uid":
        return text.strip()
    if not re.fullmatch(r"-?[0-9]{1,18}", text.strip()):
        raise UserError(
            f"{name}要写整数，不能是“{text}”", f"选项：--where {name}=…", "改正后再试。", field=name
        )
    return int(text)


def _computed(kind: Kind, item: Field, text: str) -> str:
    """The word of a computed field; UserError where it is none that the field can show."""
    from mingxi_desktop.storage.derived import WORDS

    known = WORDS.get((kind.name, item.name), (text,))
    if text not in known:
        message = f"“{text}”不在可选项中，应为：{'、'.join(known)}"
        raise UserError(
            message, f"{kind.label}“{item.label}”（{item.name}）", "改正后再试。", field=item.name
        )
    return text


def _values(ledger: Ledger, kind: Kind, item: Field, text: str) -> list[Any]:
    parsed, findings = ledger.parse(kind.name, {item.name: text})
    wrong = [found for found in findings if found.severity == "error"]
    if wrong:
        raise UserError(
            wrong[0].message, f"{kind.label}“{item.label}”（{item.name}）", "改正后再试。", field=item.name
        )
    value = parsed[item.name]
    found = value if isinstance(value, tuple) else (value,)
    # A name that no list has: no record can have it.
    return [f"{item.targets[0]}:0" if isinstance(one, Named) else one for one in found]


def _days(ledger: Ledger, kind: Kind, item: Field, text: str) -> Any:
    """One day, one month (2024-06), or one moment."""
    import calendar

    month = _MONTH.fullmatch(text.strip())
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        last = calendar.monthrange(year, number)[1]
        return Range(datetime.date(year, number, 1), datetime.date(year, number, last))
    value = _end(ledger, kind, item, text)
    whole_day = item.type is FieldType.DATETIME and not isinstance(value, datetime.datetime)
    return Range(value, value) if whole_day else value


def _end(ledger: Ledger, kind: Kind, item: Field, text: str) -> Any:
    """One end of a range; a moment without a time of day stands for its day."""
    if not text.strip():
        return None
    (value,) = _values(ledger, kind, item, text)
    if isinstance(value, datetime.datetime) and not _CLOCK.search(text):
        return value.date()
    return value
