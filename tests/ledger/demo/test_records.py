"""The demonstration's records are such as a bureau could have: valid, in order, plausible."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from mingxi_desktop.domain import kinds, vocabulary
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.kinds.response import chain_findings
from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.records import Named
from mingxi_desktop.domain.references import GROWING, delivered_entries
from mingxi_desktop.ledger import demo
from mingxi_desktop.ledger.demo.plan import last_year, this_year
from tests.ledger.demo.reference import TOWNSHIPS, flattened

SHAPES = {
    FieldType.TEXT: str,
    FieldType.INT: int,
    FieldType.DECIMAL: Decimal,
    FieldType.MONEY: int,
    FieldType.DATE: datetime.date,
    FieldType.DATETIME: datetime.datetime,
    FieldType.BOOL: bool,
    FieldType.CHOICE: str,
    FieldType.MULTI: tuple,
    FieldType.REF: Named,
    FieldType.MULTI_REF: tuple,
}


@pytest.fixture(scope="module")
def rows():
    return list(demo.rows(2024))


@pytest.fixture(scope="module")
def records(rows):
    return flattened(rows)


def _of(records, kind, year=None):
    return [
        seen.values
        for seen in records
        if seen.kind == kind and (year is None or seen.values["record_date"].year == year)
    ]


def test_the_demonstration_comes_out_the_same_every_time(rows):
    assert list(demo.rows(2024)) == rows


def test_values_have_the_shapes_of_their_fields(rows):
    for row in rows:
        tables = [
            (row.kind, row.values),
            *((kind, item) for kind, items in row.children.items() for item in items),
        ]
        for name, values in tables:
            kind = kinds.kind_of(name)
            for key, value in values.items():
                field = kind.field(key)
                assert field.editable or key == "source_ref"
                if value is None:
                    continue
                assert isinstance(value, SHAPES[field.type]), (name, key, value)
                if field.choices:
                    words = value if isinstance(value, tuple) else (value,)
                    assert set(words) <= set(vocabulary.delivered()[field.choices].values), (name, key, value)
                if field.minimum is not None:
                    assert value >= field.minimum, (name, key, value)


def test_what_is_required_is_there_and_the_rules_hold(rows):
    for row in rows:
        kind = kinds.kind_of(row.kind)
        full = {field.name: field.default for field in kind.fields} | dict(row.values)
        for field in kind.fields:
            if field.required and field.type is not FieldType.DERIVED:
                assert full[field.name] not in (None, ""), (row.kind, field.name)
        found = [finding for rule in kind.rules if (finding := rule(full))]
        assert found == [], row.values


def test_what_is_referred_to_came_before(rows):
    known = defaultdict(set)
    for entry in delivered_entries():
        known[entry.list] |= {normal_name(entry.name), *(normal_name(alias) for alias in entry.aliases)}
    for row in rows:
        kind = kinds.kind_of(row.kind)
        for key, value in row.values.items():
            for named in value if isinstance(value, tuple) else (value,):
                if isinstance(named, Named):
                    targets = kind.field(key).targets
                    found = any(normal_name(named.name) in known[target] for target in targets)
                    assert found or GROWING & set(targets), (row.kind, key, named)
        title = [getattr(row.values.get(part), "name", row.values.get(part)) for part in kind.title]
        known[row.kind] |= {normal_name(" ".join(map(str, title))), normal_name(str(title[0]))}


def test_rows_know_the_file_they_came_from(rows):
    sent = [row for row in rows if row.row]
    assert len(sent) > len(rows) * 0.99
    places = Counter(row.values["source_ref"] for row in sent)
    assert max(places.values()) == 1
    assert all(row.values["source_ref"].endswith(f"{row.sheet} · 第{row.row}行") for row in sent)


def test_hazards_come_one_by_one_from_everywhere_all_year(records):
    hazards = _of(records, "hazard", 2024)
    itemised = [values for values in hazards if values["in_total"]]
    assert len(itemised) == 1683
    assert {values["quantity_found"] for values in itemised} == {1}
    assert {values["area"] for values in itemised} == {*TOWNSHIPS, "县直"}
    assert {values["record_date"].month for values in itemised} == set(range(1, 13))
    assert len({values["field"] for values in itemised}) >= 12
    assert len({values["description"] for values in itemised}) > 60
    assert len({values["place"] for values in itemised if "place" in values}) >= 100
    silent = {(values["area"], values["record_date"].month) for values in itemised}
    assert {(area, month) for area in TOWNSHIPS for month in range(1, 13)} - silent == {("枫溪乡", 11)}
    totals = [values for values in hazards if not values["in_total"]]
    assert {values["granularity"] for values in totals} == {"汇总"}


def test_major_hazards_have_all_five_points_and_their_steps(rows):
    majors = [row for row in rows if row.kind == "hazard" and row.values["level"] == "重大"]
    assert len(majors) == 73 + last_year(2024).major_hazards
    for row in majors:
        assert all(
            row.values[name] for name in ("owner", "plan", "rectify_fund", "due_date", "emergency_plan")
        )
        steps = row.children["hazard_step"]
        assert [step["action"] for step in steps if step["action"] != "延期"] == [
            "下达整改",
            "整改反馈",
            "复查合格",
            "销号",
        ]
        days = [step["record_date"] for step in steps]
        assert days[0] == row.values["record_date"]
        assert days[-1] == row.values["rectified_date"] == max(days)


def test_codes_and_numbers_are_used_once(rows):
    for kind, field in (
        ("hazard", "code"),
        ("inspection", "code"),
        ("fund", "code"),
        ("enforcement_case", "case_no"),
        ("supply_movement", "doc_no"),
    ):
        used = Counter(row.values[field] for row in rows if row.kind == kind and row.values.get(field))
        assert max(used.values()) == 1


def test_firms_differ_but_for_their_spelling(records):
    spelled = {name for values in _of(records, "inspection") for name in values.get("enterprises", ())}
    assert len({normal_name(name) for name in spelled}) < len(spelled)


def test_two_types_of_response_ran_at_once_on_24_july(records):
    running = [
        values
        for values in _of(records, "response", 2024)
        if values["start_at"] <= datetime.datetime(2024, 7, 24, 17) < values["end_at"]
    ]
    assert {values["type"] for values in running} == {"防台风", "防暴雨"}
    by_chain = defaultdict(list)
    for seen in records:
        if seen.kind == "response_step":
            by_chain[id(seen.parent)].append(seen.values)
    assert len(by_chain) == 4 + 3
    for steps in by_chain.values():
        assert chain_findings(steps) == []
        assert steps[-1]["action"] == "终止"
    notices = [step["doc_no"] for steps in by_chain.values() for step in steps]
    assert notices.count("明汛电〔2024〕11号") == 2


def test_running_totals_never_fall_and_never_stand_beside_increments(records):
    groups = defaultdict(list)
    for values in _of(records, "response_tally"):
        groups[values["event"], values["area"]].append(values)
    assert {group[0]["basis"] for group in groups.values()} == {"累计", "当日新增"}
    for group in groups.values():
        assert len({values["basis"] for values in group}) == 1
        if group[0]["basis"] == "累计":
            moved = [values["evacuees"] for values in sorted(group, key=lambda values: values["record_date"])]
            assert moved == sorted(moved)


def test_totals_and_single_rows_are_not_mixed(records):
    found = defaultdict(set)
    for seen in records:
        values = seen.values
        if kinds.kind_of(seen.kind).parent:
            continue
        subject = (
            values.get("type"),
            values.get("hazard_type"),
            values.get("category"),
            values.get("reporter"),
        )
        day = values["record_date"]
        found[seen.kind, values["area"], day.year, day.month, subject].add(values["granularity"])
    # Only the county's own teams stand in one list one by one and as totals of departments.
    mixed = {key[0] for key, granularity in found.items() if len(granularity) > 1}
    assert mixed <= {"rescue_team"}


def test_the_store_never_runs_dry_and_ends_as_planned(records):
    moves = [seen for seen in records if seen.kind == "supply_line"]
    stock = Counter()
    ends = {}
    for seen in sorted(
        moves, key=lambda seen: (seen.parent["record_date"], seen.parent["type"] not in INCOMING)
    ):
        ends.setdefault(2023, None)
        if seen.parent["record_date"].year == 2024 and ends[2023] is None:
            ends[2023] = dict(stock)
        if seen.parent["type"] in INCOMING:
            stock[seen.values["item"]] += seen.values["quantity"]
        elif seen.parent["type"] in OUTGOING:
            stock[seen.values["item"]] -= seen.values["quantity"]
            assert stock[seen.values["item"]] >= 0, seen
    for plan, left in ((last_year(2024), ends[2023]), (this_year(2024), stock)):
        assert {item: left[item] for item in plan.left} == plan.left


def test_parts_of_a_grant_are_no_more_than_the_whole(records):
    funds = {values["code"]: values for values in _of(records, "fund") if "code" in values}
    parts = defaultdict(int)
    for values in funds.values():
        if "parent" in values:
            parts[values["parent"]] += values["amount"]
    assert parts
    assert all(amount <= funds[code]["amount"] for code, amount in parts.items())


def test_fines_are_usual_amounts(records):
    fines = [values["fine"] for values in _of(records, "enforcement_case", 2024) if "fine" in values]
    assert sum(fines) == 76_026_000
    assert len(set(fines)) >= 10
    assert sum(fine % 10_000 != 0 for fine in fines) <= 1 or min(fines) >= 20_000
    assert max(fines) <= 10_000_000


def test_last_reports_of_losses_replace_earlier_ones(records):
    stages = defaultdict(dict)
    for values in _of(records, "disaster_loss"):
        stages[values["event"], values["area"]][values["stage"]] = values["loss"]
    assert any(set(found) == {"初报", "续报", "核报"} for found in stages.values())
    for found in stages.values():
        if "核报" in found:
            assert found["初报"] <= found["续报"] <= found["核报"]
