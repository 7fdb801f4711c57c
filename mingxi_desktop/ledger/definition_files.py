"""Definitions of indicators as a file for another PC, and what such a file would bring."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.indicator_book import IndicatorBook, sound_book
from mingxi_desktop.domain.indicator_data import DefinitionError, from_table, to_table
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.errors import UserError, disk_reason
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.definition_checks import Checks

FILE_NAME = "指标定义.json"
_FORM, _WITH_VALUES_ALONE, _KEY = 2, 1, "指标定义"
"""A file says the first form that knows all that is in it: 2 has conditions that are more than values."""
_MOST, _MOST_BYTES = 500, 4_000_000
"""Indicators in one file, and its size; more is no file of ours."""


class State(StrEnum):
    """What an indicator of a file would do to the ledger."""

    NEW = "新增"
    REPLACES = "替换"
    SAME = "相同"
    FAULTY = "有错"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An indicator of a file.  label: as it is in the file.  reason: of FAULTY what is wrong, of REPLACES what goes.

    indicator: None where it cannot be taken in.
    """

    label: str
    state: State
    reason: str = ""
    indicator: Indicator | None = None


def written(indicators: Sequence[Indicator]) -> str:
    """The text of a file with these indicators."""
    tables = [to_table(indicator) for indicator in indicators]
    asked = [value for table in tables for wanted in table.get("where", {}).values() for value in wanted]
    form = _FORM if any(isinstance(value, dict) for value in asked) else _WITH_VALUES_ALONE
    return json.dumps({"form": form, _KEY: tables}, ensure_ascii=False, indent=1)


def loaded(path: Path) -> str:
    """The text of a file; UserError where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        return data.decode("utf-8-sig") if len(data) <= _MOST_BYTES else ""
    except UnicodeDecodeError:
        return ""  # no file of ours, which is said when it is looked at
    except OSError as error:
        detail = f"文件：{path}（{disk_reason(error)}）"
        raise UserError("读不了这个文件", detail, "检查文件还在不在，再试一次。") from error


def stored(path: Path, text: str) -> None:
    """Write such a file, whole or not at all; UserError where it cannot be written."""
    save(path, text.encode("utf-8"))


def tables_of(text: str) -> list[dict[str, Any]]:
    """The definitions in a file's text, not yet looked at; UserError where it is no such file."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    tables = data.get(_KEY) if isinstance(data, dict) else None
    if (
        not isinstance(data, dict)
        or not isinstance(tables, list)
        or not all(isinstance(one, dict) for one in tables)
    ):
        raise UserError("这不是指标定义文件", "", "请选用【导出定义】存出来的文件。")
    if data.get("form") not in (_WITH_VALUES_ALONE, _FORM):
        raise UserError("这个指标定义文件是别的版本的程序写的", "", "请升级程序后再导入。")
    if not tables:
        raise UserError("这个文件里没有指标", "", "请检查是不是选错了文件。")
    if len(tables) > _MOST:
        raise UserError(f"文件里的指标超过{_MOST}个", "", "请检查是不是选错了文件。")
    return tables


def incoming(
    tables: Sequence[Mapping[str, Any]], book: IndicatorBook, own: Sequence[Indicator], checks: Checks
) -> tuple[Incoming, ...]:
    """What each definition would do; each is looked at beside those that are there and those sound beside it."""
    found: list[Incoming | Indicator] = []
    sound: list[Indicator] = []
    for table in tables:
        label = str(table.get("label") or table.get("id") or "没有名称")
        try:
            indicator = checks.tidied(from_table(table, label, None))
            if any(other.id == indicator.id for other in sound):
                raise DefinitionError(label, f"编号 {indicator.id} 在文件里有两个", key="id")
            checks.labels([*sound, indicator], book.indicators)
        except DefinitionError as error:
            found.append(Incoming(label, State.FAULTY, error.sentence))
        else:
            sound.append(indicator)
            found.append(indicator)
    _, faults = sound_book(sound, own)
    return tuple(one if isinstance(one, Incoming) else _judged(one, book, faults) for one in found)


def _judged(indicator: Indicator, book: IndicatorBook, faults: Mapping[str, str]) -> Incoming:
    if indicator.id in faults:
        return Incoming(indicator.label, State.FAULTY, faults[indicator.id])
    before = book.by_id.get(indicator.id)
    if before is None:
        return Incoming(indicator.label, State.NEW, "", indicator)
    if before == indicator:
        return Incoming(indicator.label, State.SAME, "", indicator)
    where = "自己定义的" if indicator.id in book.own else "自带的"
    return Incoming(indicator.label, State.REPLACES, f"替换{where}“{before.label}”", indicator)
