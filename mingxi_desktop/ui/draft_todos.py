"""What the first page says of what was left unfinished. Mostly nothing was: what tells of it is loaded late."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.todos import SOON, Todo
from mingxi_desktop.ui import drafts


def unfinished_todos(ledger: Ledger) -> list[Todo]:
    """What is to be done about the drafts of a ledger, and about an import that the program did not finish."""
    found = draft_todos(ledger.path)
    if drafts.import_place(ledger.path).exists():
        from mingxi_desktop.ui.importing import unfinished

        found = [*unfinished.todos(ledger), *found]
    return found


def draft_todos(path: Path) -> list[Todo]:
    """What is to be done about the drafts of a ledger file; the target puts one into the form of its ledger."""
    found = drafts.pending(path)
    if not found:
        return []
    from mingxi_desktop.ui.draft_bar import sentence

    return [Todo(SOON, sentence(draft), "继续填写", target=_target(draft)) for draft in found]


def _target(draft: drafts.Draft) -> str:
    return f"drafts:{draft.kind}:{draft.place.name if draft.place is not None else ''}"
