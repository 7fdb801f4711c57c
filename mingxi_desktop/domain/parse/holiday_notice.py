"""The State Council's yearly notice on holidays, pasted as text → the holidays of the year."""

from __future__ import annotations

import datetime
import re

from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.workdays import Holiday, YearOff

_YEAR = re.compile(r"关于(\d{4})年|(\d{4})年(?:元旦|部分节假日)")
_NUMBER = re.compile(r"国办发明电\s*〔\d{4}〕\s*\d+\s*号")
_ITEM = re.compile(
    r"[一二三四五六七八九十]、\s*([^:：\n]{2,12}?)\s*[:：](.*?)(?=[一二三四五六七八九十]、|\Z)", re.DOTALL
)
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_OFF = re.compile(rf"{_DATE}(?:\s*至\s*{_DATE})?\s*放假")
_ON = re.compile(rf"((?:{_DATE}[、，,和\s]*)+)上班")
_ONE = re.compile(_DATE)


def read_notice(text: str, year: int) -> YearOff | None:
    """What the notice says; None where no holidays are found in it.  ValueError for a day that is none.

    year: of a text that does not name its year.
    """
    plain = _BRACKETS.sub("", fold_width(text))
    named = _YEAR.search(plain)
    year = int(named[1] or named[2]) if named else year
    off: list[Holiday] = []
    on: list[datetime.date] = []
    for name, said in _ITEM.findall(plain):
        found = _OFF.search(said)
        if found is None:
            continue
        first = _date(year, 0, *found.groups()[:3])
        last = _date(first.year, first.month, *found.groups()[3:]) if found[6] else first
        off.append(Holiday(name, first, last))
        for days in _ON.findall(said):
            on += _days(year, days[0])
    if not off:
        return None
    number = _NUMBER.search(plain)
    source = "".join(number[0].split()) if number else f"国务院办公厅关于{year}年部分节假日安排的通知"
    return YearOff(year, tuple(off), tuple(sorted(on)), source)


def _days(year: int, said: str) -> list[datetime.date]:
    found: list[datetime.date] = []
    for parts in _ONE.findall(said):
        found.append(_date(year, found[-1].month if found else 0, *parts))
    return found


def _date(year: int, month: int, *said: str | None) -> datetime.date:
    """A day of the notice; year and month are those said before, where it leaves them out."""
    own_year, own_month, day = said
    return datetime.date(int(own_year or year), int(own_month or month), int(day or 0))
