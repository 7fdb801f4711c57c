"""A report to set in type, and its pages, made once for all tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingxi_desktop.report import fonts, pdf
from mingxi_desktop.report.model import Chart, Document
from tests.report import sample


@pytest.fixture(scope="session")
def bundled() -> fonts.FontSet:
    """The fonts that come with the program."""
    return fonts.resolve(bundled_only=True)


@pytest.fixture(scope="session")
def chart() -> Chart:
    """A chart as the charts room makes them."""
    return sample.make_chart()


@pytest.fixture(scope="session")
def document(chart: Chart) -> Document:
    """Six pages or so."""
    return sample.make_document(chart)


@pytest.fixture(scope="session")
def rendered(document: Document, bundled: fonts.FontSet) -> pdf.Rendered:
    """The document as PDF."""
    return pdf.render(document, bundled)


@pytest.fixture(scope="session")
def set_text(bundled: fonts.FontSet) -> Callable[..., pdf.Rendered]:
    """Renders blocks as a document without a title."""

    def rendering(*blocks, **more) -> pdf.Rendered:
        return pdf.render(Document("", tuple(blocks), **more), bundled)

    return rendering
