"""统一社会信用代码 that cannot be one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.names import valid_uscc
from mingxi_desktop.domain.references import ENTERPRISE, Entry
from mingxi_desktop.ledger.checks.check import Check, Cure, Entries, Scope
from mingxi_desktop.ledger.likeness import code
from mingxi_desktop.storage.checks.spellings import records, used

CODE = "credit_code"
_MOST = 20
_OLD, _LENGTH = 15, 18
"""Digits of the registration numbers that codes have replaced; characters of a code."""


def _find(scope: Scope) -> Iterator[Concern]:
    wrong = [
        entry
        for entry in scope.store.references.all(ENTERPRISE, active_only=False)
        if entry.code and not _is_right(entry)
    ]
    uses = used(scope.store, ENTERPRISE, [entry.ref for entry in wrong], scope.year)
    for entry in wrong:
        if entry.ref in uses and uses[entry.ref].of_year:
            yield Concern(
                CODE,
                Severity.ERROR,
                f"“{entry.name}”的统一社会信用代码“{entry.code}”不对：{_why(entry)}，"
                "代码不对就认不出它的别的写法；请对照营业执照改正",
                tuple(records(scope.store, ENTERPRISE, entry.ref, scope.year, _MOST)),
                entry.ref,
                (entry.code,),
            )


def _is_right(entry: Entry) -> bool:
    signs = "".join(entry.code.split())
    return valid_uscc(signs) or (len(signs) == _OLD and signs.isdigit())


def _why(entry: Entry) -> str:
    mended = code(entry)
    if valid_uscc(mended):
        return f"应是{mended}"
    if len(mended) != _LENGTH:
        return f"应有{_LENGTH}位，现在是{len(mended)}位"
    return "最后一位校验码和前面的对不上，有一位写错了"


def _cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    entry = scope.store.references.get(concern.subject)
    if entry is None or not valid_uscc(code(entry)):
        return ()
    right = replace(entry, code=code(entry))
    return (Cure("改正代码", f"改正信用代码 {entry.name} {entry.code}→{right.code}", (Entries((right,)),)),)


CHECK = Check(
    CODE,
    "信用代码不对",
    "统一社会信用代码是18位，最后一位是校验码；代码对，同一家企业的不同写法就认得出来。",
    tuple(kind.name for kind in kinds.ALL if any(ENTERPRISE in field.targets for field in kind.fields)),
    _find,
    _cures,
)
