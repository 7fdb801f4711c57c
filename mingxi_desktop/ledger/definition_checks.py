"""What a definition must obey in a ledger beside the rules of `domain`: names, words and entries that are there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicator_data import DefinitionError, from_table, to_table
from mingxi_desktop.domain.indicator_rules import condition_field
from mingxi_desktop.domain.indicator_wanted import Other
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.names import tidy
from mingxi_desktop.domain.references import ITEM, LABELS
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.store import Store

LONGEST: Mapping[str, int] = MappingProxyType({"label": 40, "unit": 8, "id": 40, "section": 40, "note": 200})
"""Characters of the texts of a definition."""
_NO_LABEL = pattern(r"[\s{}.:：、，。]")
"""What a template would not take for a part of a name."""


class Checks:
    """Checks definitions against one ledger file.  words: name of a vocabulary → its words, own ones too."""

    def __init__(self, store: Store, words: Callable[[str], Collection[str]]) -> None:
        self._store = store
        self._words = words

    def tidied(self, indicator: Indicator) -> Indicator:
        """The indicator with tidy texts and entries by their names; DefinitionError for what is wrong with it."""
        texts: dict[str, Any] = {key: tidy(getattr(indicator, key)) for key in LONGEST}
        found = from_table(to_table(replace(indicator, **texts)), indicator.label or "新指标", self._words)
        for key, most in LONGEST.items():
            if len(getattr(found, key)) > most:
                raise self._fault(found, f"最多{most}字，已写{len(getattr(found, key))}字", key)
        if _NO_LABEL.search(found.label):
            raise self._fault(found, "名称里不能有空格、花括号和 . : 、 ， 。", "label")
        if found.id in self.reserved():
            raise self._fault(found, f"编号 {found.id} 在报告里另有用处，换一个", "id")
        return replace(found, where=self._entries(found)) if found.where else found

    def labels(self, indicators: Sequence[Indicator], others: Sequence[Indicator]) -> None:
        """DefinitionError where one has the name of another one; those of the same id do not count."""
        known: dict[str, str] = {}
        ids = {item.id for item in indicators}
        for item in (*(other for other in others if other.id not in ids), *indicators):
            if item.label in known and item in indicators:
                raise self._fault(item, f"已经有叫“{item.label}”的指标，换一个名称", "label")
            known[item.label] = item.id

    def reserved(self) -> frozenset[str]:
        """Ids that mean something else in a template: facts and charts."""
        # By modules that are not needed before an indicator is defined.
        from mingxi_desktop.ledger.chart_titles import TITLES
        from mingxi_desktop.report.template import FACTS

        return frozenset((*FACTS, *TITLES))

    def _entries(self, indicator: Indicator) -> Mapping[str, tuple[object, ...]]:
        """The conditions with the entries of lists by their present names; DefinitionError for unknown ones."""
        kind = kind_of(indicator.kind)
        settled: dict[str, tuple[object, ...]] = {}
        for name, wanted in (indicator.where or {}).items():
            field = condition_field(kind, name)
            settled[name] = wanted
            if name.partition(".")[2] and not name.startswith("parent."):
                self._check_attributes(indicator, name, wanted)
            elif field.type is FieldType.REF and field.targets[0] in LABELS:
                listed = field.targets[0]
                settled[name] = tuple(self._settled(indicator, name, listed, value) for value in wanted)
        return MappingProxyType(settled)

    def _settled(self, indicator: Indicator, name: str, listed: str, value: object) -> object:
        if isinstance(value, Other):
            return value if value.value is None else Other(self._entry(indicator, name, listed, value.value))
        return None if value is None else self._entry(indicator, name, listed, str(value))

    def _entry(self, indicator: Indicator, name: str, listed: str, value: str) -> str:
        entry = self._store.references.find(listed, value)
        if entry is None:
            raise self._fault(indicator, f"{LABELS[listed]}名单里没有“{value}”", f"where.{name}")
        return entry.name

    def _check_attributes(self, indicator: Indicator, name: str, wanted: Sequence[object]) -> None:
        attribute = name.partition(".")[2]
        entries = self._store.references.all(ITEM, active_only=False)
        known = {getattr(entry, attribute) for entry in entries}
        for value in (one.value if isinstance(one, Other) else one for one in wanted):
            if value not in known:
                raise self._fault(indicator, f"没有一样物资的类别是“{value}”", f"where.{name}")

    def _fault(self, indicator: Indicator, sentence: str, key: str) -> DefinitionError:
        return DefinitionError(indicator.label, sentence, key=key, indicator=indicator.id)
