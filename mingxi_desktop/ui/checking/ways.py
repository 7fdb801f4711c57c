"""The buttons of a finding's card in words: what a cure does, which records go with it, where a door leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtWidgets import QPushButton

from mingxi_desktop.ledger.checks.check import Cure, Trash
from mingxi_desktop.ledger.concern_list import RecordLine
from mingxi_desktop.ui import style

_REMOVING = ("删除", "移入回收站")
_COUNT = re.compile("(（[^（）]*）|[ 0-9,]+条)$")
"""How many go, at the end of a label."""
_LONGEST, _END = 24, 9
"""Signs on a button, and how many of them are the end of a longer text."""
_MOST_NAMED = 6
"""So many of the records that go are named before they go."""
_DOORS: Mapping[str, str] = MappingProxyType(
    {
        "remind": "看谁没有报",
        "freeze": "看定稿与变化",
        "indicator": "打开这个指标",
        "stock": "看库存",
        "new": "去登记",
    }
)
"""First word of a target → what the button that leads there says."""


class CureButton(QPushButton):
    """Does what a cure says; what that is stands beside it and is read out with it."""

    def __init__(self, cure: Cure, clicked: Callable[[], object], *, first: bool) -> None:
        """first: whether it is the main button of the page."""
        super().__init__(f"{_short(cure.label)}…" if cure.removes else _short(cure.label))
        self.setAccessibleName(f"{cure.label}：{cure.sentence}")
        self.setAutoDefault(False)
        style.set_state(self, "primary", first)
        self.clicked.connect(lambda *_: clicked())


def _short(text: str) -> str:
    """The names of files can be long; the sentence beside the button has them in full."""
    text = text if len(text) <= _LONGEST else _COUNT.sub("", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - _END]}…{text[-_END:]}"


def way_of(target: str) -> str:
    """What the button says that leads to a target, as `MainWindow.go` knows it."""
    return _DOORS.get(target.partition(":")[0], "去处理")


def verb_of(cure: Cure) -> str:
    """What the button that removes records says: the verb and how many go."""
    verb = _COUNT.sub("", cure.label)
    says_so = any(word in verb for word in _REMOVING)
    return f"{verb} {cure.removes:,} 条" if says_so else f"{verb}并删除 {cure.removes:,} 条"


def what_goes(cure: Cure, lines: Sequence[RecordLine]) -> str:
    """What is said before records are removed: what the cure does, and which they are.  lines: those known."""
    gone = {(step.kind, id) for step in cure.steps if isinstance(step, Trash) for id in step.ids}
    named = [line.sentence for line in lines if (line.kind, line.id) in gone]
    shown = named[:_MOST_NAMED]
    more = cure.removes - len(shown)
    told = [f"移入回收站的 {cure.removes:,} 条："] if shown else []
    rest = [f"……另有 {more:,} 条"] if shown and more else []
    last = "可以从回收站恢复，也可以撤消（Ctrl+Z）。"
    return "\n".join([cure.sentence, *told, *shown, *rest, last])
