"""The pages of the clerk's manual: our own Markdown files, and two that the declarations write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.domain.handbook import handbook, indicator_handbook

START, RECORDS, FIND, IMPORT = "01-start.md", "02-records.md", "03-find.md", "04-import.md"
EXPORT, INDICATORS, REPORT, HISTORY = "05-export.md", "06-indicators.md", "07-report.md", "08-history.md"
BACKUP, MESSAGES, COMMANDS = "09-backup.md", "10-messages.md", "11-commands.md"
RULES, FIELDS = "12-rules", "13-fields"
"""Names of pages; the last two are written at run time."""

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
    texts |= {RULES: indicator_handbook(), FIELDS: handbook()}
    return tuple(Page(name, _title(text), text) for name, text in texts.items())


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()
