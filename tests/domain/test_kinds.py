"""Every ledger is declared as data/ledgers.csv (kind, field, type, required, choices, targets) describes it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import NUMERIC, FieldType, Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.storage.schema import VERSION

_TEXT = (Path(__file__).parents[1] / "data" / "ledgers.csv").read_text(encoding="utf-8")
FACTS = list(csv.DictReader(_TEXT.splitlines()))
OF_KINDS = [row for row in FACTS if row["kind"] != "*"]
EVERYWHERE = [row for row in FACTS if row["kind"] == "*"]

TYPES = {"int,int": {FieldType.INT}, "ref/text": {FieldType.REF}}
"""Two numbers in one column of the file are two fields here; names of persons grow the list they come from."""
TARGETS = {"import_batch": ""}
"""Links of the file to what is no field of a record."""


FIELDS = {f"{kind.name}.{field.name}": field for kind in kinds.ALL for field in kind.fields}
"""Hundreds: a test for each would take longer to report than to run."""
each_kind = pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)


def test_all_ledgers_are_there() -> None:
    assert set(kinds.names()) == {row["kind"] for row in OF_KINDS}


def test_fields_as_described() -> None:
    for fact in OF_KINDS:
        kind = kinds.kind_of(fact["kind"])
        assert (kind.label, kind.tab) == (fact["label"], fact["tab"])
        field = kind.field(fact["field"])
        assert field.type in TYPES.get(fact["type"], {fact["type"]}), fact
        if field.type is not FieldType.DERIVED:
            # A row of a child table always belongs to a record, whose date and area it takes.
            assert field.required == (fact["required"] == "Y" or field.name == kind.parent), fact
        if fact["targets"] and fact["targets"] not in TARGETS:
            assert field.targets == tuple(fact["targets"].split("/")), fact


def test_choices_as_described() -> None:
    described = [row for row in OF_KINDS if row["choices"] and row["type"] in ("choice", "multi")]
    assert described
    for fact in described:
        field = kinds.kind_of(fact["kind"]).field(fact["field"])
        words = [word.strip() for part in fact["choices"].split(" + ") for word in part.split("/")]
        named = [word for word in words if word and not word.startswith(("(", "…"))]
        vocabulary = delivered()[field.choices]
        assert set(named) <= set(vocabulary.values), fact
        assert vocabulary.open or "(user list)" not in words, fact


@each_kind
def test_every_record_says_who_where_when_and_whence(kind: Kind) -> None:
    for fact in EVERYWHERE:
        field = kind.field(fact["field"])
        assert field.type == fact["type"]
        if not field.inherited:
            assert field.required == (fact["required"] == "Y")


@each_kind
def test_labels_differ(kind: Kind) -> None:
    labels = [field.label for field in kind.fields]
    assert len(set(labels)) == len(labels)
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)


@each_kind
def test_a_header_means_one_field(kind: Kind) -> None:
    meant: dict[str, str] = {}
    for field in kind.fields:
        for header in field.headers:
            key, _ = header_key(header)
            assert key, header
            assert meant.setdefault(key, field.name) == field.name, header


@each_kind
def test_what_a_kind_names_exists(kind: Kind) -> None:
    stored = {field.name for field in kind.fields if field.stored}
    assert kind.title
    assert set(kind.title) <= stored
    assert set(kind.key) <= {field.name for field in kind.fields}
    assert kind.key
    assert set(kind.unique) <= stored
    assert kind.date in stored
    if kind.quantity:
        assert kind.field(kind.quantity).type in NUMERIC
    if kind.code_field:
        assert kind.field(kind.code_field).auto
        assert kind.code_field in kind.unique
    if kind.parent:
        parent = kind.field(kind.parent)
        assert parent.type is FieldType.REF
        assert parent.required
        assert kinds.kind_of(kind.parent_kind).tab == kind.tab
        inherited = {field.name for field in kind.fields if field.inherited}
        assert inherited <= {field.name for field in kinds.kind_of(kind.parent_kind).fields}


def test_every_field_is_whole() -> None:
    for name, field in FIELDS.items():
        chosen = field.type in (FieldType.CHOICE, FieldType.MULTI)
        assert field.choices in delivered() if chosen else not field.choices, name
        if field.type in (FieldType.REF, FieldType.MULTI_REF):
            assert field.targets, name
            assert set(field.targets) <= {*LABELS, *kinds.names()}, name
        else:
            assert not field.targets, name
        assert not field.total or field.type in NUMERIC, name
        assert field.label == field.label.strip() != "", name
        assert field.since <= VERSION, name


def test_defaults_are_values() -> None:
    for name, field in FIELDS.items():
        if field.default is None:
            continue
        if field.type is FieldType.CHOICE:
            assert field.default in delivered()[field.choices].values, name
        elif field.type is FieldType.BOOL:
            assert field.default in (True, False), name
        else:
            assert field.type is FieldType.INT, name
            assert field.default >= (field.minimum or 0), name


def test_vocabularies() -> None:
    for vocabulary in delivered().values():
        assert len(set(vocabulary.values)) == len(vocabulary.values) > 0
        assert all("|" not in word and word == word.strip() != "" for word in vocabulary.values)
        assert set(vocabulary.synonyms.values()) <= set(vocabulary.values)
        assert not set(vocabulary.synonyms) & set(vocabulary.values)
        for words in vocabulary.marked.values():
            assert set(words) <= set(vocabulary.values)
    used = {field.choices for kind in kinds.ALL for field in kind.fields if field.choices}
    assert used == set(delivered())


def test_tabs() -> None:
    assert kinds.TABS == ("概览", "隐患排查", "防汛响应", "救灾调拨", "培训演练", "力量与其他", "年度总结")
    shown = {tab: [kind.name for kind in kinds.of_tab(tab)] for tab in kinds.TABS}
    assert shown == {
        "概览": [],
        "隐患排查": ["hazard", "inspection", "enforcement_case"],
        "防汛响应": ["disaster_event", "response", "response_tally", "meeting", "disaster_loss"],
        "救灾调拨": ["supply_movement", "fund"],
        "培训演练": ["activity"],
        "力量与其他": ["rescue_team", "facility", "accident", "manual_entry"],
        "年度总结": [],
    }
    assert [kind.name for kind in kinds.children_of("hazard")] == ["hazard_step"]


def test_what_a_child_inherits_has_no_header_of_its_own() -> None:
    step = kinds.kind_of("response_step")
    assert step.field("record_date").inherited
    assert step.field("record_date").headers == ("日期",)
