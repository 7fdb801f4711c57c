"""What is set for a ledger and kept in its file: how each text is read, kept all or none; whom the history names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.county import COUNTY, County
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import operators
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.ledger.home import Home


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a ledger file that a person may write.

    key: under which the file keeps it.  empty: what holds while it is not set, in words.  read: from what is typed,
    never empty, to what is kept; ValueError with a Chinese sentence.  hint: how to write it.  cleared: what is kept
    once it is taken back.
    """

    key: str
    label: str
    empty: str
    read: Callable[[str], str]
    hint: str = "写短一些"
    cleared: str = ""


def _words(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"有 {len(text)} 个字，最多 {most} 个字")
        return text

    return read


def _county(text: str) -> str:
    return County.of(_words(30)(text)).whole


def _day(text: str) -> str:
    day = parse.parse_date(text).value
    return day.isoformat() if isinstance(day, datetime.date) else ""


def _number(text: str) -> str:
    found = parse.parse_int(text).value
    if found is None or found < 0:
        raise ValueError("不能小于 0")
    return str(found)


_INTEGER = "写一个整数，或空着"
BUREAU = "bureau"
SETTINGS = (
    Setting(BUREAU, "单位名称", "印在标题上", _words(50)),
    Setting("signer", "落款单位", "空着就用单位名称", _words(50)),
    Setting(
        COUNTY,
        "县（市、区）",
        "连省、市一起写，如 福建省三明市明溪县",
        _county,
        "写全称，如 福建省三明市明溪县",
    ),
    Setting(
        "report.sign_date", "成文日期", "如 2025-01-23；空着按次年1月23日", _day, "如 2025-01-23，或空着"
    ),
    Setting("target.county_pump_teams", "县级水泵队应建数", "空着按 1 支", _number, _INTEGER, "1"),
    Setting("target.township_pump_teams", "乡镇水泵队应建数", "空着按乡镇个数", _number, _INTEGER, "0"),
)
"""In the order of the settings dialog; 0 townships stand for as many as there are."""
BY_KEY: Mapping[str, Setting] = {one.key: one for one in SETTINGS}


def read(key: str, text: str, before: str = "") -> str:
    """What is kept of a typed text; before: what is kept now.  UserError, with `field`, where it cannot be."""
    setting, text = BY_KEY[key], text.strip()
    if not text:
        if key in (BUREAU, COUNTY) and (before or key == BUREAU):
            raise UserError(f"{setting.label}不能空着", "", f"写上{setting.label}，再试一次。", field=key)
        return setting.cleared if before else ""
    try:
        return setting.read(text)
    except ValueError as error:
        raise UserError(f"{setting.label}：{error}", "", setting.hint, field=key) from error


@guarded
class Preferences:
    """The settings of one ledger file, changed together."""

    def __init__(self, store: Store, home: Callable[[], Home]) -> None:
        self._store = store
        self._home = home

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep several settings in one transaction; another county's name goes to all that bears the old one."""
        rest = dict(values)
        if county := rest.pop(COUNTY, ""):
            self._home().rename(County.of(county))
        if rest:
            with self._store.writing():
                for key, value in rest.items():
                    self._store.set_setting(key, value)

    def sign_as(self, operator: str) -> None:
        """Whom the history names from now on; "" for the user of the computer."""
        self._store.operator = operators.operator_of(operator)
