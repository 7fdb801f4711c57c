from __future__ import annotations

import pytest

from mingxi_desktop.domain.records import Named


def test_of_each_name_there_is_one_object_which_cannot_be_changed() -> None:
    one = Named("宏达" + "厂")
    assert one is Named("宏达厂")
    assert {one: 1}[Named("宏达厂")] == 1
    assert one != Named("宏达")
    assert repr(one) == "Named(name='宏达厂')"
    with pytest.raises(AttributeError):
        one.name = "别的"
