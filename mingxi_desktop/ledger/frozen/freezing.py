"""定稿: versions of a report kept as they were signed, and what has changed since.

A version keeps numbers, text and PDF with a hash over them, and the history's chain covers that hash.  From
then on it is told, number by number, what the records would say now and which of them made the difference.
"""

from __future__ import annotations

import datetime
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.frozen import report as frozen_report
from mingxi_desktop.ledger.frozen.changes import Causes, Difference, Sort, differing
from mingxi_desktop.ledger.frozen.comparing import Comparison
from mingxi_desktop.ledger.frozen.lines import lines_of
from mingxi_desktop.ledger.frozen.numbers import (
    LAST_YEAR,
    Behind,
    Said,
    behind,
    pack,
    parts,
    unpack,
    unpack_records,
)
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.reports.order import ANNUAL, Order
from mingxi_desktop.report.model import Signature, indicator_ids
from mingxi_desktop.report.text import to_text
from mingxi_desktop.storage.frozen import Contents, FrozenRow, FrozenTable, Report

if TYPE_CHECKING:
    from pathlib import Path

    from mingxi_desktop.domain.indicator_book import IndicatorBook
    from mingxi_desktop.ledger.checked import Checked
    from mingxi_desktop.ledger.frozen.report import Look
    from mingxi_desktop.ledger.writing import Writer

_LONGEST_NAME, _LONGEST_REASON = 40, 500
_UNREADABLE = Said("", {}, (), {}, "", 0)


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen version.

    name: of the report (2024年法治政府建设年度报告).  number: 1 for the first of this report.  numbers: how many
    indicators it shows.  unverified: what it left open.  row: the rest, as it is kept.
    """

    row: FrozenRow
    name: str
    number: int
    numbers: int
    pages: int
    unverified: tuple[str, ...]

    @property
    def id(self) -> int:
        """What the other calls take."""
        return self.row.id

    @property
    def in_force(self) -> bool:
        """Whether it was not withdrawn."""
        return self.row.withdrawn_at is None

    @property
    def title(self) -> str:
        """第1版（已撤回）."""
        return f"第{self.number}版{'' if self.in_force else '（已撤回）'}"


@dataclass(frozen=True, slots=True)
class Examined:
    """What there is to know before a report is frozen.

    number: of the version it would be.  unverified: sentences on what stands as 〔待核〕.  hints: other
    warnings.  withdrawn: why the version before was withdrawn; "" for the first.  signed_on: the date
    below the report.
    """

    name: str
    number: int
    unverified: tuple[str, ...]
    hints: tuple[str, ...]
    withdrawn: str
    signed_on: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a frozen version stands to the records: how many of its numbers and figures differ, whether the words do.

    fault: what was done to it outside the program; "" for nothing.
    """

    id: int
    at: str
    by: str
    numbers: int = 0
    figures: int = 0
    wording: bool = False
    fault: str = ""

    @property
    def differs(self) -> bool:
        """Whether the report would be another one today."""
        return bool(self.numbers or self.figures or self.wording or self.fault)

    @property
    def sentence(self) -> str:
        """已定稿（2025-01-23 张三），之后有 3 个数变了."""
        head = f"已定稿（{self.at[:10]} {self.by}）"
        if self.fault:
            return f"{head}，但存着的这一版有问题：{self.fault}"
        said = [f"有 {self.numbers} 个数变了"] if self.numbers else []
        said += [f"有 {self.figures} 张图表变了"] if self.figures and not self.numbers else []
        said += ["报告文字改了"] if self.wording else []
        return f"{head}，之后{'，'.join(said) or '没有变化'}"


@guarded
class FrozenReports:
    """The frozen versions of one ledger."""

    def __init__(self, writer: Writer, ledger: Checked) -> None:
        self._store = writer.store
        self._writer = writer
        self._ledger = ledger
        self._table = FrozenTable(writer.store, writer.journal)
        self._known: dict[tuple[int, str, str], Standing | None] = {}
        self._known_at: tuple[int, datetime.date] | None = None

    # the versions

    def examine(self, order: Order) -> Examined:
        """Look a report over before it is frozen; UserError where a version of it is in force."""
        from mingxi_desktop.ledger.reports import reporting

        name, earlier = self._may(order)
        report = reporting.make(self._ledger, order.plain)
        left = frozen_report.unverified(report, self._book)
        hints = tuple(warning for warning in report.warnings if warning not in left)
        withdrawn = earlier[-1].withdrawn_why if earlier else ""
        signed_on = next(
            (block.date_text for block in report.document.blocks if isinstance(block, Signature)), ""
        )
        return Examined(name, len(earlier) + 1, left, hints, withdrawn, signed_on)

    def freeze(self, order: Order, *, by: str, reason: str = "", despite: bool = False) -> Version:
        """Keep a report as it is now, signed by somebody; one transaction.

        reason: why there is another version.  despite: also where numbers stand as 〔待核〕.  UserError where
        they do and it was not said, and where a version of this report is in force.
        """
        from mingxi_desktop.ledger.reports import reporting

        by, reason = _given(by, "签字人", _LONGEST_NAME), _short(reason, "说明", _LONGEST_REASON)
        order = replace(order, draft=False)
        name, earlier = self._may(order)
        report, pages = reporting.rendered(self._ledger, order)
        left = frozen_report.unverified(report, self._book)
        if left and not despite:
            raise UserError(
                f"{name}里还有 {len(left)} 处〔待核〕，没有定稿",
                "；".join(left),
                "先补齐这些数。确实要这样定稿的：在定稿窗口里勾选“仍然定稿”，命令行加 --despite-warnings。",
            )
        seen = frozen_report.look(self._ledger, order)
        ids = indicator_ids(report.document)
        said = Said(
            ordered=order.as_of.isoformat() if order.as_of else "",
            numbers=frozen_report.numbers(self._ledger, seen.period, ids, seen.shown),
            lines=lines_of(report.document),
            figures=seen.figures,
            wording=seen.wording,
            pages=pages.pages,
            unverified=left,
        )
        contents = Contents(self._packed(said, seen), to_text(report.document), pages.pdf)
        of = Report(order.template, order.year, order.span, seen.period.cut_off.isoformat())
        reason = reason or (f"上一版撤回：{earlier[-1].withdrawn_why}" if earlier else "")
        with self._writer.change(f"定稿 {name} 第{len(earlier) + 1}版（{by}）") as change_set:
            id = self._table.add(of, contents, by, reason, change_set)
        return self.version(id)

    def withdraw(self, id: int, *, by: str, why: str) -> Version:
        """A version is no longer in force; it stays to be seen.  UserError without a reason, and if it already is."""
        by = _given(by, "撤回人", _LONGEST_NAME)
        why = _given(why, "撤回的原因", _LONGEST_REASON)
        version = self.version(id)
        if not version.in_force:
            raise UserError(
                f"{version.name}第{version.number}版已经撤回过了",
                f"{version.row.withdrawn_at} {version.row.withdrawn_by}：{version.row.withdrawn_why}",
                "可以直接重新定稿。",
            )
        with self._writer.change(f"撤回定稿 {version.name} 第{version.number}版：{why}") as change_set:
            self._table.withdraw(id, by, why, change_set)
        return self.version(id)

    def versions(self, year: int) -> list[Version]:
        """All versions of a year, the newest first."""
        rows = self._table.rows(year)
        return [self._version(row, rows) for row in reversed(rows)]

    def version(self, id: int) -> Version:
        """One version; UserError if there is none."""
        row = self._row(id)
        return self._version(row, self._table.rows(row.year))

    def in_force(self, year: int, template: str = ANNUAL, span: str = "") -> Version | None:
        """The version of a report that is in force."""
        rows = self._of(year, template, span)
        return self._version(rows[-1], rows) if rows and rows[-1].withdrawn_at is None else None

    def pdf_of(self, id: int) -> bytes:
        """The very PDF that was frozen; UserError where it is no longer the same."""
        return self._checked(id).pdf

    def text_of(self, id: int) -> str:
        """Its plain text; UserError where it is no longer the same."""
        return self._checked(id).text

    def save(self, id: int, path: Path) -> Path:
        """Write a version's PDF, or its text where the name ends in .txt; whole or not at all."""
        from mingxi_desktop.exchange.writing.files import save

        text = path.suffix.lower() == ".txt"
        save(path, self.text_of(id).replace("\n", "\r\n").encode("utf-8-sig") if text else self.pdf_of(id))
        return path

    def problems(self) -> list[str]:
        """Chinese sentences on versions that are not as they were frozen."""
        rows = {row.id: row for row in self._table.rows()}
        return [f"{self._called(rows.get(id), id)}：{what}" for id, what in self._table.faults()]

    # what has changed since

    def state(self, year: int, template: str = ANNUAL, span: str = "") -> Standing | None:
        """How the version in force stands to the records; None where none is.

        Cheap: no page is set, and nothing is worked out twice while nothing is written.
        """
        asked, now = (year, template, span), (self._table.written(), datetime.date.today())
        if self._known_at != now:
            self._known, self._known_at = {}, now
        if asked not in self._known:
            rows = self._of(*asked)
            in_force = rows and rows[-1].withdrawn_at is None
            self._known[asked] = self._standing(rows[-1]) if in_force else None
        return self._known[asked]

    def _standing(self, row: FrozenRow) -> Standing:
        faults = "、".join(what for _, what in self._table.faults(row.id))
        if faults:
            return Standing(row.id, row.at, row.by, fault=faults)
        said = unpack(self._table.numbers(row.id))
        try:
            seen = frozen_report.look(self._ledger, frozen_report.order_of(row, said))
        except UserError:  # the clerk's wording has faults now: there is no report to compare with
            return Standing(row.id, row.at, row.by, wording=True)
        now = frozen_report.numbers(self._ledger, seen.period, said.numbers, said.shown)
        differ = sum(1 for _, sort in differing(said.numbers, now) if sort is not Sort.RULE)
        figures = len(frozen_report.other_figures(said, seen))
        return Standing(row.id, row.at, row.by, differ, figures, wording=said.wording != seen.wording)

    def changes(self, id: int) -> list[Difference]:
        """What differs from a version now, number by number, with the records behind it; then figures and words."""
        row = self._row(id)
        data = self._checked(id).numbers
        said = unpack(data)
        order = frozen_report.order_of(row, said)
        seen = frozen_report.look(self._ledger, order)
        causes = Causes(self._ledger, self._table, row.change_set)
        records = unpack_records(data, self._store, self._ledger.definitions.book)
        return Comparison(self._ledger, self._store, said, seen).all(order, records, causes)

    # parts

    def _may(self, order: Order) -> tuple[str, list[FrozenRow]]:
        """(name of the report, its withdrawn versions); UserError where one is in force."""
        name = frozen_report.name_of(self._ledger, order.template, order.year, order.span)
        earlier = self._of(order.year, order.template, order.span)
        if earlier and earlier[-1].withdrawn_at is None:
            raise _in_force(name, len(earlier), earlier[-1])
        return name, earlier

    @property
    def _book(self) -> IndicatorBook:
        return self._ledger.definitions.book

    def _packed(self, said: Said, seen: Look) -> bytes:
        """The numbers with the records behind each of them."""
        book, records = self._book, dict[str, Behind]()
        for id in said.numbers:
            for part in parts(id, book):
                if part not in records:
                    records[part] = behind(self._store, book.by_id[part], seen.period)
                if id in said.shown.last_year and part + LAST_YEAR not in records:
                    records[part + LAST_YEAR] = behind(self._store, book.by_id[part], seen.period.last_year)
        ids: dict[str, set[int]] = {}
        for found in records.values():
            for kind, id_ in found:
                ids.setdefault(kind, set()).add(id_)
        return pack(
            said, records, {kind: self._table.uids(kind, sorted(those)) for kind, those in ids.items()}
        )

    def _checked(self, id: int) -> Contents:
        """The contents of a version; UserError where somebody changed them."""
        row = self._row(id)
        faults = "、".join(what for _, what in self._table.faults(id))
        if faults:
            raise UserError(
                f"{self._called(row, id)}：{faults}，没有打开",
                "它和变更历史里记下的校验值不符。",
                "用定稿以前或当时的备份核对；检查整个台账用 verify（工具 → 检查台账）。",
            )
        return self._table.contents(id)

    def _row(self, id: int) -> FrozenRow:
        row = self._table.row(id)
        if row is None:
            raise UserError("没有这一版定稿", f"编号：{id}", "在“年度总结 → 定稿”里看有哪些版本。")
        return row

    def _of(self, year: int, template: str, span: str) -> list[FrozenRow]:
        return [row for row in self._table.rows(year) if (row.template, row.span) == (template, span)]

    def _version(self, row: FrozenRow, rows: list[FrozenRow]) -> Version:
        same = [one.id for one in rows if (one.template, one.span) == (row.template, row.span)]
        try:
            said = unpack(self._table.numbers(row.id))
        except (
            zlib.error,
            ValueError,
            LookupError,
            TypeError,
        ):  # changed outside the program: `faults` says so
            said = _UNREADABLE
        name = frozen_report.name_of(self._ledger, row.template, row.year, row.span)
        return Version(row, name, same.index(row.id) + 1, len(said.numbers), said.pages, said.unverified)

    def _called(self, row: FrozenRow | None, id: int) -> str:
        if row is None:
            return f"第{id}号定稿"
        version = self._version(row, self._table.rows(row.year))
        return f"定稿“{version.name}第{version.number}版”（{row.at[:10]} {row.by}）"


def _in_force(name: str, number: int, row: FrozenRow) -> UserError:
    return UserError(
        f"{name}已经定稿，没有再定",
        f"第{number}版，{row.at} {row.by}",
        "要改就先撤回这一版（写明原因），再重新定稿；撤回的版本仍然看得到。",
    )


def _given(text: str, what: str, longest: int) -> str:
    if not text.strip():
        raise UserError(f"还没有写{what}", "", f"写上{what}再试。")
    return _short(text, what, longest)


def _short(text: str, what: str, longest: int) -> str:
    text = " ".join(text.split())
    if len(text) > longest:
        raise UserError(f"{what}太长", f"现在{len(text)}个字，最多{longest}个", "写短一些。")
    return text
