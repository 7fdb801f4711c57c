"""Files at records in the form: what the tests of it have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.inputs.files import FilesInput
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest


def opener(context, shown) -> Callable[..., RecordPanel]:
    """Makes a panel of hazards that shows a record, or a new one."""

    def make(record: int | None = None) -> RecordPanel:
        made = RecordPanel(context, kind_of("hazard"))
        shown(made, 520, 760)
        if record is None:
            made.start_new()
        else:
            made.show_record(record)
        rest(context.worker)
        return made

    return make


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def evidence(panel: RecordPanel) -> FilesInput:
    found = panel.form.inputs["evidence"]
    assert isinstance(found, FilesInput)
    return found


def attached(context, record: int) -> list[str]:
    found: list[list[str]] = []
    context.worker.run(
        lambda ledger: [one.name for one in ledger.attachments("hazard", record)], done=found.append
    )
    rest(context.worker)
    return found[0]
