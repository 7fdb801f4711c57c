"""Where a list of people begins: a header with names and more about people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.headers import header_parts
from mingxi_desktop.exchange.recognising.personal import is_personal_header
from mingxi_desktop.exchange.recognising.targets import is_number_header
from mingxi_desktop.patterns import pattern

_NAME = pattern(
    r"姓名|名字|(?:学员|人员|队员|群众|职工|党员|村民|驾驶员|参训人员?|参会人员|参加人员|受训人员?)姓名|"
    r"(?:学员|参训人员?|参会人员|参加人员|领取人|受助人|救助对象|户主|转移(?:人员|群众|对象))(?:姓名|名单)?"
)
_ID = pattern(r"身份证|身份号码|证件号")
_ABOUT_PEOPLE = pattern(
    r"(?:工作|所在|所属)?(?:单位|部门|科室|企业)(?:名称)?|组别?|班组|小组|"
    r"职务|职称|岗位|工种|队内职务|特长|技能|与户主关系|(?:家庭|转移)?人口(?:数)?|证书(?:编号|名称)?|培训类别|"
    r"安置(?:点|方式|地点|去向)"
)
_PLACES = pattern(r"(?:所在|所属)?(?:乡镇|乡|镇|村|社区|村居|行政村)(?:名称)?")
_AREA_HEADERS = (
    re.compile(r"(?:所属|所在)?(?:乡镇|镇|乡|乡\(镇\))(?:名称)?|镇村"),
    re.compile(r"(?:所属|所在)?(?:行政)?村(?:居|社区|名|委会)?|社区"),
    re.compile(r"(?:工作|所在|所属)?(?:单位|部门)(?:名称)?"),
)
_MEMBERS = pattern(r"(?:家庭|转移|安置|受灾|本户)?(?:人口|人数)(?:数)?")
_FEWEST = 2
_SHARE = 0.4
_FIRST_COLUMNS = 4
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class NameColumns:
    """One set of columns of a list; a sign-in sheet often has two side by side.

    number: that of ID numbers.  members: how many people a household has.  others: all but 序号 and 备注.
    """

    name: int
    number: int | None
    area: int | None
    members: int | None
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListHead:
    """A header of a list of people.  headers: column → text."""

    top: int
    bottom: int
    headers: Mapping[int, str]
    blocks: tuple[NameColumns, ...]


def list_heads(sheet: Sheet) -> Iterator[ListHead]:
    """Header rows of lists of people; a header repeated on the next page is left out."""
    last: dict[int, str] | None = None
    below = -1
    for top, row in enumerate(sheet.rows[:_LOOKED_AT]):
        named = [column for column, cell in enumerate(row) if isinstance(cell, str) and names_people(cell)]
        if not named or top <= below:
            continue
        bottom = max(
            (area.bottom for area in sheet.merged if area.top == top and area.left in named), default=top
        )
        bottom = min(bottom, len(sheet.rows) - 1)
        headers = {
            place: "".join(texts) for place, texts in header_parts(sheet, top, bottom - top + 1).items()
        }
        blocks = _columns_of(headers)
        if not blocks:
            continue
        if headers != last:
            yield ListHead(top, bottom, headers, blocks)
        last, below = headers, bottom


def _columns_of(headers: Mapping[int, str]) -> tuple[NameColumns, ...]:
    """The sets of columns, when the header is mostly about people."""
    keys = {column: header_key(text)[0] for column, text in headers.items()}
    names = [column for column, key in keys.items() if _NAME.fullmatch(key)]
    told = [
        column for column, key in keys.items() if not is_number_header(key) and key not in ("备注", "说明")
    ]
    about = [column for column in told if _is_about_people(keys[column])]
    places = [column for column in told if _PLACES.fullmatch(keys[column])]
    if not names or len(about) < _FEWEST or len(about) + len(places) < _SHARE * len(told):
        return ()
    if told.index(names[0]) >= _FIRST_COLUMNS:
        return ()
    limits = [
        0,
        *(_begin(keys, before, name) for before, name in pairwise(names)),
        max(keys) + 1,
    ]
    blocks = []
    for name, first, after in zip(names, limits, limits[1:], strict=False):
        others = tuple(column for column in told if first <= column < after)
        own = {column: keys[column] for column in others if column != name}
        number = next((column for column, key in own.items() if _ID.search(key)), None)
        blocks.append(
            NameColumns(name, number, _column(own, _AREA_HEADERS), _column(own, (_MEMBERS,)), others)
        )
    return tuple(blocks)


def _begin(keys: Mapping[int, str], before: int, name: int) -> int:
    """Where the columns of the second of two sets begin: at its 序号, else at its name."""
    return next(
        (column for column in range(before + 1, name) if is_number_header(keys.get(column, ""))), name
    )


def _is_about_people(key: str) -> bool:
    return bool(_NAME.fullmatch(key) or _ABOUT_PEOPLE.fullmatch(key) or is_personal_header(key))


def _column(keys: Mapping[int, str], patterns: Sequence[re.Pattern[str]]) -> int | None:
    """The first column whose header fits the first pattern that any fits."""
    fitting = (column for pattern in patterns for column, key in keys.items() if pattern.fullmatch(key))
    return next(fitting, None)


@lru_cache(maxsize=4096)
def names_people(header: str) -> bool:
    """Whether the header is that of a column of names."""
    return _NAME.fullmatch(header_key(header)[0]) is not None
