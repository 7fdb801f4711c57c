"""Findings about many records say the same of them as findings about few, in less room."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain import concerns
from mingxi_desktop.domain.concerns import About, Concern, Many, Severity


def concern_about(*records: tuple[str, int]) -> Concern:
    return Concern("a", Severity.WARNING, "一", records)


def test_many_records_of_one_kind_are_pairs_like_few(monkeypatch: pytest.MonkeyPatch) -> None:
    records = tuple(("hazard", number) for number in (7, 3, 900_000_000_000, 5))
    few = concern_about(*records)
    monkeypatch.setattr(concerns, "_MANY", 3)
    many = concern_about(*records)
    assert (type(few.records), type(many.records)) == (tuple, Many)
    assert (many, hash(many), many.key) == (few, hash(few), few.key)
    assert (tuple(many.records), many.records[0], many.records[-1]) == (records, records[0], records[-1])
    assert (many.records[1:3], many.records[:0]) == (records[1:3], ())
    assert (("hazard", 5) in many.records, ("fund", 5) in many.records) == (True, False)
    assert many != concern_about(*records[::-1])


def test_records_of_several_kinds_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concerns, "_MANY", 2)
    records = (("hazard", 1), ("hazard", 2), ("fund", 1))
    assert concern_about(*records).records is not None
    assert type(concern_about(*records).records) is tuple


def test_each_record_has_its_findings_in_their_order() -> None:
    one, two, three = (Concern(code, Severity.WARNING, code) for code in "abc")
    about = About([one, two, three], {9: (0,), 2: (2, 1), 5: (0,), 7: (0, 2)})
    assert dict(about) == {2: (three, two), 5: (one,), 7: (one, three), 9: (one,)}
    assert about[5] is about[9]
    assert [about.get(number) for number in (1, 3, 10)] == [None] * 3
    assert (len(about), bool(about), bool(About([], {}))) == (4, True, False)
