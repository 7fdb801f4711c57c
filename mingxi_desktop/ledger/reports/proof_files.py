"""Drafts to be proofread: read from their files, and written back marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.report.proofreading import drafts
from mingxi_desktop.report.proofreading.marked import marked
from mingxi_desktop.report.proofreading.model import Checked, Draft

WORD = ".docx"


def read(_ledger: Ledger, path: Path) -> Draft:
    """The draft in a Word document, text file or PDF.  UserError for anything else."""
    return drafts.read(path)


def pasted(_ledger: Ledger, text: str) -> Draft:
    """The draft that was pasted.  UserError where there is none."""
    return drafts.pasted(text)


def write_marked(
    _ledger: Ledger, path: Path, source: Path | None, draft: Draft, checked: Sequence[Checked]
) -> Path:
    """Write the marked draft as .docx; gives the path.

    source: the file of the draft, None for a pasted one.  UserError where the draft has changed since, and
    where the file cannot be written; the clerk's own draft is never written over.
    """
    if path.suffix.lower() != WORD:
        raise UserError(
            f"标注稿不能存成“{path.suffix or path.name}”", f"文件：{path}", "请把文件名的结尾改成.docx。"
        )
    if source is not None and path.exists() and path.samefile(source):
        raise UserError("标注稿不能盖掉草稿本身", f"文件：{path}", "请换一个文件名，草稿要留着。")
    save(path, marked(source, draft, checked))
    return path
