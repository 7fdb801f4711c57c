"""Before the window closes: drafts that the disk has refused would go with it, so they are tried again and asked about.

Forms in front are asked about by their own page; what is meant here was set aside for a look elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mingxi_desktop.ui import ask, drafts
from mingxi_desktop.ui.drafts import Draft

_AGAIN, _WITHOUT = "再存一次", "丢弃草稿，关闭"
_MOST = 3
"""Drafts that are named; the others are counted."""


def may_close(parent: QWidget | None = None) -> bool:
    """Whether every draft is on the disk, or the clerk closes without those that are not; these are gone then."""
    while True:
        lost, reason = drafts.unwritten()
        if not lost:
            return True
        chosen = ask.choose(*question(lost, reason), parent=parent)
        if chosen == 1:
            for draft in lost:
                if draft.place is not None:
                    drafts.discard(draft.place)
            drafts.settle()
            return True
        if chosen != 0:
            return False


def question(lost: Sequence[Draft], reason: str) -> tuple[str, str, tuple[str, str]]:
    """(what is in danger, what of it and what to do, the two ways on besides staying)."""
    from mingxi_desktop.ui.draft_bar import sentence

    named = [sentence(draft) for draft in lost[:_MOST]]
    more = [f"……还有 {len(lost) - _MOST} 份"] if len(lost) > _MOST else []
    what = "\n".join([*named, *more])
    way_on = f"腾出空间再点“{_AGAIN}”；或者点“取消”，回到窗口里接着填。"
    title = f"有 {len(lost)} 份草稿没有存下来，现在关闭就没有了"
    return title, f"{what}\n\n原因：{reason}。{way_on}", (_AGAIN, _WITHOUT)
