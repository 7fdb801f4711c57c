"""The time of day at the end of a date: 8时, 20:00, 17时30分, 下午3点半."""

from __future__ import annotations

from dataclasses import dataclass

from mingxi_desktop.domain.parse.result import ParseError, shown
from mingxi_desktop.patterns import pattern

_CLOCK = (
    r"(?:(?P<half{n}>上午|早上|早晨|清晨|凌晨|中午|午后|下午|傍晚|晚上|夜间|夜里|晚|夜|早|全天))?"
    r"(?:(?P<hour{n}>\d{{1,2}})(?::(?P<minute{n}>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?(?P<english{n}>[AaPp][Mm])?"
    r"|[时点](?:(?P<minutes{n}>\d{{1,2}})分?|(?P<word{n}>半|整|许))?))?"
)
_AT_END = pattern(rf"{_CLOCK.format(n='')}(?:[-~—–至到]+{_CLOCK.format(n='_end')})?(?:许|左右)?$")
_NIGHT = ("晚上", "夜间", "夜里", "晚", "夜")
_LATE = frozenset({"午后", "下午", "傍晚", "PM", *_NIGHT})
_NOON, _DAY, _HOUR = 12, 24, 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.  hour is None for 上午 alone; 24 means the end of the day.

    until: a second time followed (9:00-11:30) and was left out.
    """

    hour: int | None
    minute: int = 0
    until: bool = False


def split_clock(text: str) -> tuple[str, Clock | None]:
    """The text without its time of day, and that time (None if it names none).

    Raises ParseError for an impossible time.
    """
    found = _AT_END.search(text)
    if found is None or not found[0] or not (found["half"] or found["hour"]):
        return text, None
    until = bool(found["half_end"] or found["hour_end"])
    date_text = text[: found.start()].rstrip(" ,，T")
    if found["hour"] is None:
        return date_text, Clock(None, until=until)
    hour, half = int(found["hour"]), found["half"] or (found["english"] or "").upper()
    minute = 30 if found["word"] == "半" else int(found["minute"] or found["minutes"] or 0)
    if (hour < _NOON and half in _LATE) or (half == "中午" and hour < 10):
        hour += _NOON
    elif hour == _NOON and half in _NIGHT:
        hour = _DAY
    elif hour == _NOON and half == "AM":
        hour = 0
    if hour > _DAY or minute >= _HOUR or (hour == _DAY and minute):
        raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}里没有这样的时刻，应为0时到24时、0分到59分")
    return date_text, Clock(hour, minute, until)
