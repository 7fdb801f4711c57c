"""What is said of a draft's numbers: the same words on the screen, in the marked draft and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mingxi_desktop.report.proofreading.model import Amount, Checked, Verdict

NAMES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.DIFFERS: "不一致",
        Verdict.CONTRADICTS: "自相矛盾",
        Verdict.UNKNOWN: "未识别",
        Verdict.AGREES: "相符",
    }
)
"""In the order in which they are to be looked at."""
WRONG = frozenset({Verdict.DIFFERS, Verdict.CONTRADICTS})
"""Verdicts that say that the draft is to be changed."""


def written(amount: Amount) -> str:
    """A number as it stands in the draft, with its unit: 1682条, 99.76%, 百分之六十, 400余人, 零."""
    whole = amount.text == "零" or amount.unit in ("%", "‰") or amount.text.endswith(amount.unit)
    return amount.text if whole else f"{amount.text}{amount.unit}"


def sentence(checked: Checked) -> str:
    """The verdict with what it rests on: 不一致：草稿写1682条，台账为1683条（排查问题隐患数）."""
    if checked.reason:
        said = checked.reason
    elif checked.verdict is Verdict.UNKNOWN:
        said = "未找到对应的指标，请人工核对"
    else:
        said = f"草稿写{written(checked.amount)}，台账为{checked.expected}（{checked.label}）"
    return f"{NAMES[checked.verdict]}：{said}"


def counts(checked: Iterable[Checked]) -> dict[Verdict, int]:
    """Verdict → how many numbers have it, those without any too, in the order of `NAMES`."""
    found = Counter(one.verdict for one in checked)
    return {verdict: found[verdict] for verdict in NAMES}


def summary(checked: Iterable[Checked]) -> str:
    """共81个数：不一致3、自相矛盾1、未识别1、相符76."""
    found = counts(checked)
    return f"共{sum(found.values())}个数：" + "、".join(f"{NAMES[one]}{many}" for one, many in found.items())
