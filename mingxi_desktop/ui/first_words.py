"""What is said once a ledger is open: that it is not the newest one, where it lies only for now, a clock set back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

if TYPE_CHECKING:
    from mingxi_desktop.ledger.safekeeping.identity import Passed

RESTORE, CONFIRM = "用最近的备份恢复…", "确认用这一份"
TITLE = "台账文件不是最新的一份"
LATER = "▲ 台账文件不是最新的一份，下次打开还会问：备份里有它没有的变更"


def tell(context: Context) -> None:
    """Say it, as soon as the ledger has time for the question."""

    def said(notice: str) -> None:
        if notice:
            context.said.emit(f"▲ {notice}")

    def looked(passed: Passed | None) -> None:
        if passed is not None:
            _settle(context, passed)

    context.read(_notice, done=said, owner=context, priority=Priority.LAST)
    context.read(_passed, done=looked, owner=context, priority=Priority.LAST)


def text_of(passed: Passed) -> str:
    """What the question says."""
    return (
        f"{passed.sentence}。\n\n"
        f"“{RESTORE.rstrip('…')}”：先看看那份备份里多了什么，再决定；现在的文件会改名保留。\n"
        f"“{CONFIRM}”：接着用打开的这一份，变更历史里记一笔，以后不再问；备份都还在。"
    )


def _settle(context: Context, passed: Passed) -> None:
    """Ask which one is the ledger; unanswered, it is asked at the next opening."""
    from mingxi_desktop.ledger.safekeeping import overtaken
    from mingxi_desktop.ui import ask

    chosen = ask.choose(TITLE, text_of(passed), (RESTORE, CONFIRM))
    if chosen == 0:
        context.page_wanted.emit("restore")
    elif chosen == 1:
        context.write(overtaken.confirm, owner=context)
    else:
        context.said.emit(LATER)


def _passed(ledger: Ledger) -> Passed | None:
    from mingxi_desktop.ledger.safekeeping import overtaken  # once the window shows

    return overtaken.look(ledger)


def _notice(ledger: Ledger) -> str:
    from mingxi_desktop.ledger import clock, places

    return "；".join(filter(None, (places.warning(ledger.path), clock.notice(ledger))))
