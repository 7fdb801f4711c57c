"""What those who act on a record's form ask of the panel around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.forms import Found
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.draft_bar import DraftBar
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.jobs import Job
from mingxi_desktop.ui.record_saving import RecordSaving
from mingxi_desktop.ui.unfinished import Unfinished


class RecordShown(Protocol):
    """One record of a kind in a form, or a new one; see `RecordPanel`."""

    kind: Kind
    bar: DraftBar
    form: RecordForm
    saving: RecordSaving
    unfinished: Unfinished

    @property
    def record_id(self) -> int | None:
        """The stored record shown; None for a new one or none."""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""

    @property
    def leaving(self) -> bool:
        """Whether something else than the record shown is on its way."""

    def may_leave(self, then: Callable[[], object] | None = None) -> bool:
        """Whether something else may be shown; `then` is done later where it may not be yet."""

    def expect(self, job: Job | None, record: int | None = None) -> None:
        """What was asked for last is shown, and nothing that was asked for before."""

    def clear(self) -> None:
        """Show no record."""

    def show_record(self, record: int) -> None:
        """Read a record and show it."""

    def show_found(self, found: Found, typed: Draft | None = None) -> None:
        """Show a stored record.  typed: what stands in the form over it, not saved yet."""

    def show_blank(
        self, texts: Mapping[str, str], typed: Draft | None = None, *, everything: bool = False
    ) -> None:
        """Show a new record with these texts.  typed/everything: as `Unfinished.put_back` has them."""
