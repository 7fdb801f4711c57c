"""Text and pages lead to each other: where on the pages a place of the text is, and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from mingxi_desktop.report.pdf import Heading
from mingxi_desktop.ui.page_view import PageView
from mingxi_desktop.ui.wording.commands import Commands
from mingxi_desktop.ui.wording.editor import WordingEdit
from mingxi_desktop.ui.wording.sections import headings, place_of

Place = tuple[int, float]
"""Page from 1, and pt from its top."""

_TOP, _AREA = 105.0, 638.0
"""Where the lines of a page begin, and how much of it they take, in pt."""
_LINE, _SIGNS = 29.6, 28
"""Pitch of the lines in pt, and characters to the line."""
_ABOVE = 24
"""Points of the page above a heading that is gone to."""


class Follower:
    """Moves one of the two to where the other is."""

    def __init__(self, edit: WordingEdit, view: PageView, commands: Commands) -> None:
        self._edit = edit
        self._view = view
        self._commands = commands
        self._printed: Sequence[Heading] = ()
        self.typed = False
        """Whether the pages have to go to what has been typed, once they are there."""

    def pages_made(self, printed: Sequence[Heading]) -> None:
        """The view has other pages, with these headings."""
        self._printed = printed
        if self.typed and self._edit.hasFocus():
            self._view.keep_in_sight(*self._here())
        self.typed = False

    def _here(self) -> Place:
        """Where on the pages the cursor is: at the number beside it, of those that are near by."""
        here = self._edit.textCursor().position()
        about = on_pages(self._edit.document(), here, self._printed)
        block = self._edit.document().findBlock(here)
        beside = [at for at, _ in self._edit.chips() if self._edit.document().findBlock(at) == block]
        for at in sorted(beside, key=lambda at: abs(at - here)):
            found = self._view.places_of(self._edit.faces.indicator_of(self._edit.chip(at)))
            if found:
                return min(found, key=lambda place: abs(_depth(place) - _depth(about)))
        return about

    def to_pages(self, position: int) -> None:
        """The pages go to the number of a chip."""
        indicator = self._edit.faces.indicator_of(self._edit.chip(position))
        self._view.select(indicator)
        if indicator:
            self._view.reveal(indicator)

    def to_number(self, indicator: str) -> bool:
        """The text goes to the next chip of a number after the cursor, round the end; whether there is one."""
        faces = self._edit.faces
        found = [
            at for at, source in self._edit.chips() if indicator and faces.indicator_of(source) == indicator
        ]
        if found:
            here = self._edit.textCursor().selectionStart()
            position = next((at for at in found if at > here), found[0])
            self._edit.select(position, position + 1)
        return bool(found)

    def to_section(self, place: int) -> None:
        """Text and pages go to a section; one without a heading has none on the pages either."""
        self._commands.go_to(place)
        heading = heading_of(self._edit.document(), place, self._printed)
        if heading is not None:
            self._view.go_to(heading.page, max(heading.y - _ABOVE, 0))
        else:
            self._view.go_to(1)

    def begin_at(self, indicator: str, heading: int) -> None:
        """The text goes to a number; where it does not have it, to what stands below a printed heading (from 0)."""
        section = section_of(self._edit.document(), heading)
        if self.to_number(indicator):
            chip = self._edit.selected_chip()
            self.to_pages(chip)
            self._edit.go_to(chip + 1)  # behind it: typing must not replace the number
        elif section >= 0:
            self.to_section(section)
        self._edit.setFocus()
        self.typed = True  # pages that are still being made go there, too


def heading_of(document: QTextDocument, section: int, printed: Sequence[Heading]) -> Heading | None:
    """The printed heading of a section, or of the one before it that has one; None before the first."""
    named = sum(1 for block in headings(document)[: section + 1] if block.text().strip())
    return printed[named - 1] if 0 < named <= len(printed) else None


def section_of(document: QTextDocument, heading: int) -> int:
    """The section with that printed heading, counted from 0; -1 where there is none."""
    named = [place for place, block in enumerate(headings(document)) if block.text().strip()]
    return named[heading] if 0 <= heading < len(named) else -1


def on_pages(document: QTextDocument, position: int, printed: Sequence[Heading]) -> Place:
    """About where a position is printed."""
    section = place_of(document, position)
    start = heading_of(document, section, printed)
    blocks = headings(document)
    if section < 0:
        return 1, 0.0
    begin, signs = _down(start), position - blocks[section].position()
    if section + 1 == len(blocks):
        return _place(begin + signs / _SIGNS * _LINE)
    after = heading_of(document, section + 1, printed)
    whole = blocks[section + 1].position() - blocks[section].position()
    if after is start:
        return _place(begin + signs / _SIGNS * _LINE)
    return _place(begin + (_down(after) - begin) * signs / max(whole, 1))


def _down(heading: Heading | None) -> float:
    """How far down a heading is, all pages counted as one; the first lines follow the title."""
    return (heading.page - 1) * _AREA + max(heading.y - _TOP, 0) if heading is not None else 3 * _LINE


def _depth(place: Place) -> float:
    page, y = place
    return (page - 1) * _AREA + y


def _place(down: float) -> Place:
    page, rest = divmod(down, _AREA)
    return int(page) + 1, _TOP + rest
