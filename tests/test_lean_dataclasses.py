"""Dataclasses of the program are made without their methods, and behave as any others when these are asked for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import Any, ClassVar

import pytest

from mingxi_desktop import lean_dataclasses
from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.references import Entry

ROOT = Path(__file__).parents[1]


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    """Made by Python alone: it is not of the program's package."""

    number: int
    names: tuple[str, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)
    most: ClassVar[int] = 3


@pytest.fixture(scope="module")
def lean() -> Any:
    """The same class, as it were one of the program's."""
    names = dict(vars(sys.modules[Plain.__module__]), __name__=f"{lean_dataclasses._PACKAGE}lean")
    module = type(sys)(names["__name__"])
    module.__dict__.update(names)
    sys.modules[module.__name__] = module
    body = {"__annotations__": Plain.__annotations__, "__module__": module.__name__, "__doc__": Plain.__doc__}
    body |= {"__qualname__": "Plain", "names": (), "more": dataclasses.field(default_factory=dict), "most": 3}
    module.Plain = dataclasses.dataclass(frozen=True, slots=True)(type("Plain", (), body))
    yield module.Plain
    del sys.modules[module.__name__]


@pytest.mark.skipif(not hasattr(dataclasses, "_create_fn"), reason="this Python makes dataclasses otherwise")
def test_a_method_is_compiled_when_it_is_first_called() -> None:
    asked = "from mingxi_desktop.domain.concerns import Concern as c, Severity as s"
    code = f"{asked}; a = c.__init__; c('a', s.INFO, ''); b = c.__init__; print(a is b, c.__eq__.__code__.co_name)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == ["False", "later"]


def test_they_behave_like_any_others(lean: Any) -> None:
    one, same, other = lean(1, ("a",)), lean(number=1, names=("a",)), lean(2)
    assert one == same != other
    assert one != Plain(1, ("a",))
    assert repr(other) == repr(Plain(2)) == repr(lean(2))
    assert other.more == {}
    assert other.more is not lean(2).more
    assert dataclasses.replace(one, number=2, names=()) == other
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert lean.__match_args__ == Plain.__match_args__ == ("number", "names", "more")
    assert lean.most == Plain.most
    for _ in range(2):
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.number = 3
        with pytest.raises(dataclasses.FrozenInstanceError):
            del one.number
        with pytest.raises(
            TypeError, match=r"Plain\.__init__\(\) missing 1 required positional argument: 'number'"
        ):
            lean()
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)
    assert lean.__init__.__qualname__ == "Plain.__init__"


def test_subclasses_and_hashes() -> None:
    class Louder(Entry):
        """Not a dataclass itself."""

    assert Louder("area", "胡坊镇") == Louder("area", "胡坊镇") != Entry("area", "胡坊镇")
    concern = Concern("code", Severity.INFO, "甲")
    assert hash(concern) == hash(Concern("code", Severity.INFO, "甲"))
    assert isinstance(Concern.__init__, FunctionType)


def test_a_second_time_changes_nothing() -> None:
    made = getattr(dataclasses, "_create_fn", None)
    lean_dataclasses.install()
    assert getattr(dataclasses, "_create_fn", None) is made
