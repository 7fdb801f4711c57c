"""When a total and another record may be of the same things."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.same_things import LIKES, like_of, may_hold, things_of

DRILLS = {"type": "应急演练"}


@pytest.mark.parametrize(
    ("kind", "total", "other", "may"),
    [
        ("activity", DRILLS, DRILLS, True),
        ("activity", DRILLS, {"type": "宣传活动"}, False),
        ("activity", {**DRILLS, "hazard_type": "消防"}, DRILLS, True),
        ("activity", {**DRILLS, "hazard_type": "消防"}, {**DRILLS, "hazard_type": "防汛"}, False),
        ("activity", {**DRILLS, "hazard_type": "其他"}, {**DRILLS, "hazard_type": "防汛"}, True),
        ("hazard", {"campaign": ("甲",)}, {"campaign": ("乙", "丙")}, False),
        ("hazard", {"campaign": ("甲",)}, {"campaign": ("乙", "甲")}, True),
        ("hazard", {"campaign": ("甲",)}, {"campaign": ()}, True),
    ],
)
def test_words_tell_things_apart(
    kind: str, total: dict[str, object], other: dict[str, object], may: bool
) -> None:
    like = like_of(kind)
    assert may_hold(things_of(like, total), things_of(like, other)) == may


def test_every_field_is_one_of_its_ledger() -> None:
    for like in LIKES:
        kind = kinds.kind_of(like.kind)
        assert all(kind.has(name) for name in (*like.same, *like.apart, *like.lists, like.text)), kind.name
    assert like_of("response").same == ()
