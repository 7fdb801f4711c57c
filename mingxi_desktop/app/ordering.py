"""Which report a command means: --template, --month and --event belong together, and nothing is passed over."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from mingxi_desktop.app.usage import UsageError
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger.reports.order import Order

_MONTHLY = "用法：--template monthly --month 6"
_FLOOD = "用法：--template flood --event 记录号（list disaster_event 里的 id）"


def ordered(year: int, template: str, *, month: int, event: int, as_of: datetime.date | None = None) -> Order:
    """The report.  month, event: 0 for none.

    UserError where there is no such template or the cut-off date lies before the month; UsageError where
    month or event is missing, or is there and the report has none.
    """
    from mingxi_desktop.ledger.reports.narrating import delivered_template
    from mingxi_desktop.ledger.reports.order import Order
    from mingxi_desktop.report.template import Span

    known = delivered_template(template)
    if month and known.span is not Span.MONTH:
        raise UsageError(f"{known.label}不分月份，不能写 --month", _MONTHLY)
    if event and known.span is not Span.EVENT:
        raise UsageError(f"{known.label}不是一次灾害过程的，不能写 --event", _FLOOD)
    if known.span is Span.MONTH and not 1 <= month <= 12:
        raise UsageError(f"{known.label}要写明是几月的：--month 后面写1到12", _MONTHLY)
    if known.span is Span.EVENT and not event:
        raise UsageError(f"{known.label}要写明是哪一次灾害过程的：--event", _FLOOD)
    if month and as_of is not None and as_of < datetime.date(year, month, 1):
        raise UserError(
            f"截止日期{as_of}在{year}年{month}月之前",
            "选项：--as-of",
            "截止日期写这个月里的日子，或者更晚的，再试一次。",
        )
    return Order(year, as_of=as_of, template=template, month=month, event=event)
