"""Reports whose charts are not drawn and whose pages are not set anew, for tests that are about what they say."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.report import pdf

PDF = b"%PDF-1.7 unprinted"
_once = cache(pdf.render)


def draw_nothing(patch: pytest.MonkeyPatch) -> None:
    """Charts are still compared by their figures."""
    patch.setattr(reporting, "drawn_charts", lambda *_, **__: {})


def set_pages_once(patch: pytest.MonkeyPatch) -> None:
    """The same document has its pages at once the second time: they follow from it alone."""
    patch.setattr(pdf, "render", _once)


def set_no_pages(patch: pytest.MonkeyPatch) -> None:
    """Every report is one page of nothing."""
    draw_nothing(patch)

    def rendered(*args: Any) -> tuple[Any, Any]:
        return reporting.make(*args), SimpleNamespace(pdf=PDF, pages=1)

    patch.setattr(reporting, "rendered", rendered)
