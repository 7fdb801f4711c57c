"""核对: its page with what was found and with what was explained, a record with its strip, the dialogs."""

from __future__ import annotations

from collections.abc import Iterator

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.ui.checking.accept import AcceptDialog
from mingxi_desktop.ui.checking.concerns import Concerns
from mingxi_desktop.ui.checking.narrow import ACCEPTED
from mingxi_desktop.ui.checking.printing import PrintConcernsDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.part_names import CHECKS

_MADE_UP = Concern(
    "", Severity.WARNING, "盖洋镇2024年6月的隐患既有逐条（12条）又有汇总（1条，合计15），相加会把15条算两遍"
)
_TITLE = "核对清单"


def checks(stage: Stage) -> Iterator[View]:
    """The page over the records at hand, and what asks for a reason; nothing is stored."""
    window = stage.window
    found = _look(stage)
    window.go("checks")
    page = window.checks_page()
    assert page is not None
    stage.settle()
    page.card.read_now()
    yield stage.view(f"概览-{CHECKS}")
    page.narrow.show_accepted(accepted=True)
    yield stage.view(f"概览-{CHECKS}-{ACCEPTED}")
    page.narrow.show_accepted(accepted=False)
    first = next((concern for concern in found if concern.records), None)
    if first is not None:
        window.show_record(*first.records[0])
        yield stage.view("有疑点的记录")
    one = first or _MADE_UP
    context = window.context
    yield from stage.dialog("接受疑点", lambda: AcceptDialog(context, one, context.year, window))
    yield from stage.dialog(
        "打印核对清单", lambda: PrintConcernsDialog(context, [(one, "")], _TITLE, "", window)
    )


def _look(stage: Stage) -> tuple[Concern, ...]:
    """The open findings, looked for now rather than when nothing else is going on."""
    concerns = Concerns.of(stage.window.context)
    concerns.look(Priority.NORMAL)
    stage.settle()
    return concerns.now.looked.open if concerns.now is not None else ()
