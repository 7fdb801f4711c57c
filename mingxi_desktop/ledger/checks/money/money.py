"""Words for the checks of money, and what makes two records one sum."""

from __future__ import annotations

from mingxi_desktop.domain.concerns import Ref
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.domain.show import money_words
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.money.goods import day_words
from mingxi_desktop.ledger.checks.twice.same_words import document
from mingxi_desktop.storage.checks.both_directions import PAID, Money

KIND = "fund"


def same_document(one: Money, other: Money) -> bool:
    """Whether both name the same 文号, however its brackets are written."""
    return bool(one.doc_no) and document(one.doc_no) == document(other.doc_no)


def money_said(scope: Scope, money: Money, year: int | None = None) -> str:
    """2024年8月26日下拨盖洋镇的15.5万元（自然灾害救灾，明财综〔2024〕32号）; the county is not named."""
    about = "，".join(part for part in (money.purpose, money.doc_no) if part)
    area = scope.store.references.get(f"{AREA}:{money.area}")
    where = area.name if area is not None and area.name != COUNTY_AREA else ""
    who = f"{money.direction}{where}" if money.direction == PAID else f"{where}{money.direction}"
    return f"{day_words(money.day, year)}{who}的{money_words(money.amount)}（{about}）"


def refs_of(*many: Money) -> tuple[Ref, ...]:
    """The records of money as a concern names them."""
    return tuple((KIND, money.id) for money in many)
