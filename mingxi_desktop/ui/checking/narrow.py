"""Which findings are listed: open or accepted ones, by severity, ledger and township, by words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mingxi_desktop import texts
from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui import style
from mingxi_desktop.ui.checking.concerns import Findings
from mingxi_desktop.ui.search_line import SearchLine
from mingxi_desktop.ui.shapes import literal, toggle
from mingxi_desktop.ui.tick_menu import counted

_TYPING = 200
OPEN, ACCEPTED = "待处理", "已说明"
_LETTERS = re.compile("[A-Za-z]")
_MOST_HEARD = 1_000
"""Among more findings than this pinyin finds nothing."""
_Words = Callable[[Concern], Iterable[str]]


class ChoiceChip(QToolButton):
    """台账：隐患 ▾ — a menu of the words that the findings have, with how many have each."""

    chosen = Signal()
    """Other words are wanted."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.wanted: tuple[str, ...] = ()
        self._counts: list[tuple[str, int]] = []
        style.set_state(self, "chip", value=True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._tell()

    def offer(self, counts: Sequence[tuple[str, int]]) -> None:
        """The words there are."""
        self._counts = list(counts)
        self._tell()

    def clear(self) -> None:
        """Want all of them, without telling."""
        self.wanted = ()
        self._tell()

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.addAction("全部").triggered.connect(lambda: self._choose(()))
        self._menu.addSeparator()
        for (word, _), text in zip(self._counts, counted(self._counts), strict=True):
            action = self._menu.addAction(literal(text))
            action.setCheckable(True)
            action.setChecked(word in self.wanted)
            action.triggered.connect(partial(self._toggle, word))

    def _toggle(self, word: str) -> None:
        rest = tuple(one for one in self.wanted if one != word)
        self._choose(rest if word in self.wanted else (*rest, word))

    def _choose(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        shown = "、".join(self.wanted[:2]) + (f" 等{len(self.wanted)}项" if len(self.wanted) > 2 else "")
        text = f"{self._label}：{shown}" if self.wanted else self._label
        self.setText(literal(text))
        self.setAccessibleName(f"按{self._label}筛选：{text}")
        style.set_state(self, "active", bool(self.wanted))


class Narrow(QObject):
    """The inputs above the list, and what they leave of the findings."""

    changed = Signal()
    """Other findings are wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._findings: Findings | None = None
        self.open = toggle(OPEN, "segment", partial(self.show_accepted, accepted=False), parent)
        self.accepted = toggle(ACCEPTED, "segment", partial(self.show_accepted, accepted=True), parent)
        self.open.setChecked(True)
        self.search = SearchLine("搜索疑点", "搜索疑点", parent)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._words: dict[ChoiceChip, _Words] = {
            ChoiceChip("程度", parent): lambda one: (one.severity.label,),
            ChoiceChip("台账", parent): _ledgers,
            ChoiceChip("乡镇", parent): self._areas,
        }
        for chip in self.chips:
            chip.chosen.connect(self._narrow)

    @property
    def chips(self) -> tuple[ChoiceChip, ...]:
        """程度, 台账, 乡镇."""
        return tuple(self._words)

    @property
    def shows_accepted(self) -> bool:
        """Whether the explained ones are listed."""
        return self.accepted.isChecked()

    @property
    def narrowed(self) -> bool:
        """Whether not all are listed."""
        return bool(self.search.text().strip() or any(chip.wanted for chip in self.chips))

    @property
    def conditions(self) -> str:
        """What is wanted, in words, for the head of a printed list; "" for everything."""
        said = [chip.text() for chip in self.chips if chip.wanted]
        search = self.search.text().strip()
        return "；".join([*said, f"搜索“{search}”"] if search else said)

    def show_accepted(self, *, accepted: bool) -> None:
        """List the explained ones, or those to be dealt with."""
        self.open.setChecked(not accepted)
        self.accepted.setChecked(accepted)
        self._offer()
        self.changed.emit()

    def clear(self) -> None:
        """All of them."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._typing.stop()
        for chip in self.chips:
            chip.clear()
        self._narrow()

    def _narrow(self) -> None:
        """The words of each chip are those that the others leave."""
        self._offer()
        self.changed.emit()

    def take(self, findings: Findings | None) -> None:
        """Other findings: the words of the chips are theirs."""
        self._findings = findings
        open_ones, accepted = (
            (len(findings.looked.open), len(findings.looked.accepted)) if findings else (0, 0)
        )
        for one, name, count in ((self.open, OPEN, open_ones), (self.accepted, ACCEPTED, accepted)):
            one.setText(f"{name} {count:,}")
            one.setAccessibleName(one.text())
        self._offer()

    def left(self) -> list[Concern]:
        """The findings to be listed."""
        return self._found(self._chosen())

    def _chosen(self, but: ChoiceChip | None = None) -> list[Concern]:
        """What the chips leave.  but: one that is of no account."""
        found = self._all()
        for chip, words in self._words.items():
            if chip.wanted and chip is not but:
                wanted = set(chip.wanted)
                found = [one for one in found if not wanted.isdisjoint(words(one))]
        return found

    def _found(self, found: list[Concern]) -> list[Concern]:
        """Those in which the words searched for stand."""
        search = self.search.text().strip()
        # The sounds of thousands of sentences take seconds: they are worked out only for what is typed in letters.
        shown = texts.search_text if _LETTERS.search(search) and len(found) <= _MOST_HEARD else _folded
        wanted_ones = texts.needles(search)
        return [one for one in found if _holds(shown(self._said(one)), wanted_ones)] if wanted_ones else found

    def _all(self) -> list[Concern]:
        if self._findings is None:
            return []
        looked = self._findings.looked
        return [one for one, _ in looked.accepted] if self.shows_accepted else list(looked.open)

    def _offer(self) -> None:
        everything = self._all()
        order = [one.label for one in Severity]
        known = {chip: _counted(everything, words) for chip, words in self._words.items()}
        for chip, counts in known.items():
            chip.wanted = tuple(word for word in chip.wanted if word in counts)
        for place, (chip, words) in enumerate(self._words.items()):
            others = any(other.wanted for other in self._words if other is not chip)
            left = _counted(self._chosen(but=chip), words) if others else known[chip]
            listed = left.most_common() + [(word, 0) for word in chip.wanted if word not in left]
            chip.offer(sorted(listed, key=lambda pair: order.index(pair[0])) if place == 0 else listed)
            chip.setVisible(len(known[chip]) > 1 or bool(chip.wanted))

    def _areas(self, concern: Concern) -> Iterable[str]:
        return self._findings.areas.get(concern.key, ()) if self._findings is not None else ()

    def _said(self, concern: Concern) -> list[str]:
        assert self._findings is not None
        why = self._findings.acceptance(concern.key) if self.shows_accepted else None
        return [concern.message, self._findings.label(concern.code), why.reason if why else ""]


def _counted(concerns: Sequence[Concern], words: _Words) -> Counter[str]:
    """How many findings have each word."""
    return Counter(word for one in concerns for word in dict.fromkeys(words(one)))


def _holds(text: str, needles: Sequence[str]) -> bool:
    return all(needle in text for needle in needles)


def _folded(parts: Iterable[str]) -> str:
    return texts.fold(" ".join(parts))


def _ledgers(concern: Concern) -> Iterable[str]:
    return (kind_of(kind).label for kind, _ in concern.records)
