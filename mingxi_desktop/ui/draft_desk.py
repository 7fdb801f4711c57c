"""Drafts of an earlier day: found when a ledger is first shown, offered above its form, taken up or dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.ledger.forms import Found
from mingxi_desktop.ui import ask, drafts
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.draft_bar import sentence
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.focus import finish_typing
from mingxi_desktop.ui.record_shown import RecordShown


class DraftDesk(QObject):
    """What goes on in the bar of a panel."""

    taken_up = Signal(int)
    """The id of the record that the panel shows now: a draft of it is in the form."""

    def __init__(self, context: Context, panel: RecordShown, parent: QWidget) -> None:
        """parent: what the panel is on the screen; questions are asked over it."""
        super().__init__(parent)
        self._context = context
        self._over = parent
        self._panel = panel
        self._kind = panel.kind
        self._bar = panel.bar
        self._looked = False
        self._wanted = ""
        self._bar.wanted.connect(self.go_on)
        self._bar.unwanted.connect(self.drop)

    def look(self) -> None:
        """Look once for what an earlier run of the program left."""
        if not self._looked:
            self._looked = True
            self._context.read(_look, self._context.path, self._kind.name, done=self._found, owner=self)

    def go_on_with(self, name: str) -> None:
        """Go on with the draft in a file of this name, as soon as it is known what an earlier run left."""
        self._wanted = name
        self.look()
        self._go_on_with_wanted()

    def _go_on_with_wanted(self) -> None:
        for draft in self._bar.drafts:
            if draft.place is not None and draft.place.name == self._wanted:
                self._wanted = ""
                self.go_on(draft)

    def go_on(self, draft: Draft) -> None:
        """Put a draft into the form, where it counts as typed and not saved."""
        if self._panel.may_leave(lambda: self.go_on(draft)):
            self._context.read(
                _record_of,
                draft,
                self._context.year,
                done=lambda found: self._take(draft, *found),
                owner=self,
            )

    def drop(self, draft: Draft) -> None:
        """Throw a draft away, after a question."""
        if ask.question(
            f"丢弃：{sentence(draft)}？",
            "丢弃以后找不回来。",
            yes="丢弃 1 份",
            parent=self._bar,
            danger=True,
        ):
            self._bar.take_off(draft.place)
            own = drafts.folder_of(self._context.path)
            for path in (draft.place, *(Path(file) for file in draft.files)):
                if path is not None and path.parent == own:
                    drafts.discard(path)

    def _compared(self, record: int) -> bool:
        """Show a like record beside what is typed; whether to go there all the same."""
        from mingxi_desktop.ui.dialogs.twin import TwinDialog

        texts = self._panel.form.texts()
        return bool(TwinDialog(self._context, self._kind.name, record, texts, self._over).exec())

    def look_elsewhere(self, kind: str, record: int) -> None:
        """Go to another record without a question: what is typed stays above it, to go on with."""
        panel = self._panel
        finish_typing(panel.form)
        if kind == panel.kind.name and panel.dirty and not self._compared(record):
            return
        if panel.dirty and not panel.saving.busy:
            draft = panel.unfinished.set_aside()
            panel.clear()
            self._bar.offer([draft, *self._bar.drafts])
        self._context.record_wanted.emit(kind, record)

    def _found(self, found: tuple[list[Draft], list[str]]) -> None:
        offered, broken = found
        aside = [draft.place for draft in self._bar.drafts] + [self._panel.unfinished.place]
        self._bar.offer([*self._bar.drafts, *(draft for draft in offered if draft.place not in aside)])
        if broken:
            self._bar.tell(
                f"有 {len(broken)} 份草稿读不出来（台账没有受影响），已改名留在“{drafts.FOLDER}”文件夹。",
                "\n".join(broken),
            )
        self._go_on_with_wanted()

    def _take(self, draft: Draft, found: Found | None, blank: dict[str, str]) -> None:
        panel = self._panel
        self._bar.take_off(draft.place)
        panel.expect(None)
        panel.unfinished.adopt(draft)
        if found is not None:
            panel.show_found(found, draft)
            self.taken_up.emit(found[0].id)
            return
        gone = draft.record is not None
        panel.show_blank({} if gone else blank, draft, everything=gone)
        if gone:
            self._bar.tell(f"原来的“{draft.title}”已经不在台账里了：保存，就成为一条新记录。")


def _look(_: Ledger, path: Path, kind: str) -> tuple[list[Draft], list[str]]:
    return drafts.look(path, kind)


def _record_of(ledger: Ledger, draft: Draft, year: int) -> tuple[Found | None, dict[str, str]]:
    """The record a draft is of, unless it is gone or its number stands for another one now; a blank form."""
    blank = forms.blank(ledger, draft.kind, year)
    if draft.record is None:
        return None, blank
    try:
        found = forms.look(ledger, draft.kind, draft.record)
    except UserError:
        return None, blank
    same = found[0].uid == draft.uid and not found[0].deleted_at
    return (found if same else None), blank
