"""proofread: every number of a draft against the records."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mingxi_desktop.app.call import (
    DONE,
    REFUSED,
    Call,
    Verb,
    as_of_argument,
    cut_off,
    output_argument,
    year_argument,
)
from mingxi_desktop.app.output import table
from mingxi_desktop.report.proofreading.model import Checked, Verdict
from mingxi_desktop.report.proofreading.telling import NAMES, WRONG, counts, summary, written


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="草稿", help="要校对的文件：.docx、.txt 或有文字的 .pdf")
    year_argument(parser, required=True)
    as_of_argument(parser)
    output_argument(parser, "标注稿，结尾 .docx；原稿不动", required=False)


def _proofread(call: Call) -> int:
    from mingxi_desktop.ledger.reports import proof_choices, proof_files

    args = call.args
    source, path = Path(args.draft), call.target(proof_files.WORD) if args.output else None
    with call.ledger() as ledger:
        draft = proof_files.read(ledger, source)
        call.out.note(f"正在校对{draft.name}……")
        checked = proof_choices.proofread(ledger, draft, args.year, cut_off(call))
        if path is not None:
            proof_files.write_marked(ledger, path, source, draft, checked)
    document = {
        "numbers": [_number_json(one) for one in checked],
        "counts": {verdict.value: many for verdict, many in counts(checked).items()},
        "marked": path,
    }
    saved = f"\n标注稿：{path}" if path is not None else ""
    call.out.answer(document, f"{_listing(checked)}{summary(checked)}{saved}")
    return REFUSED if any(one.verdict in WRONG for one in checked) else DONE


def _number_json(one: Checked) -> dict[str, Any]:
    """A number; what contradicts itself differs, and says with what."""
    contradicts = one.verdict is Verdict.CONTRADICTS
    return {
        "text": one.amount.text,
        "value": one.amount.value,
        "start": one.amount.start,
        "end": one.amount.end,
        "sentence": one.sentence,
        "indicator": one.indicator or None,
        "expected": one.expected or None,
        "verdict": (Verdict.DIFFERS if contradicts else one.verdict).value,
        "contradicts": one.reason if contradicts else None,
        "label": one.label or None,
        "unit": one.amount.unit,
        "reason": one.reason or None,
    }


def _listing(checked: tuple[Checked, ...]) -> str:
    """What is wrong, then what is not known; what agrees is only counted."""
    rows = [
        [NAMES[verdict], written(one.amount), one.expected, one.label, one.reason or one.sentence.strip()]
        for verdict in NAMES
        for one in checked
        if one.verdict is verdict and verdict is not Verdict.AGREES
    ]
    return f"{table(['结论', '草稿', '台账', '指标', '说明'], rows, 60)}\n" if rows else ""


VERBS = (Verb("proofread", "把草稿里的每个数和台账核对", _declare, _proofread),)
