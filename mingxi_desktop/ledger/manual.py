"""The clerk's manual: our own Markdown files and two pages that the declarations write, as pages and as a book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingxi_desktop import __version__, paths
from mingxi_desktop.domain.handbook import handbook, indicator_handbook
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.reports.rule_sources import sentences

RULES, FIELDS = "12-rules", "13-fields"
"""Names of the pages that are written at run time, the last ones."""
TITLE = ("明溪应急台账", "使用手册")

_SOFT_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f\s])")
"""A line that goes on: between Chinese signs Markdown would put a blank there."""
_MARKS = re.compile(r"\]\([^)]*\)|[\\*`|#\[]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page.  name: what links and F1 call it.  text: Markdown."""

    name: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The text without Markdown's marks, for searching."""
        return _MARKS.sub("", self.text)


def folder() -> Path:
    """Where the files lie."""
    return paths.resources() / "manual"


@cache
def pages() -> tuple[Page, ...]:
    """All pages in order."""
    files = sorted(folder().glob("*.md"))
    texts = {path.name: _SOFT_BREAK.sub("", path.read_text(encoding="utf-8")) for path in files}
    texts |= {RULES: indicator_handbook(sentences()), FIELDS: handbook()}
    return tuple(Page(name, _title(text), text) for name, text in texts.items())


def write(path: Path) -> int:
    """Write the manual as a PDF, whole or not at all; how many pages it has.

    It is set in the delivered fonts, so that it is the same on every PC. UserError where it cannot be written.
    """
    from mingxi_desktop.report.booklet.book import Leaf, bind
    from mingxi_desktop.report.fonts import resolve

    leaves = [Leaf(page.name, page.title, page.text) for page in pages()]
    book = bind((*TITLE, f"版本 {__version__}"), leaves, folder(), resolve(bundled_only=True))
    save(path, book.pdf)
    return book.pages


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()
