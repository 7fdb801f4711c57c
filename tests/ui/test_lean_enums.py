"""Qt's enumerations made by the program are what Python would have made."""

from __future__ import annotations

import copy
import enum
import json
import pickle
import subprocess
import sys
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from mingxi_desktop.ui import lean_enums

ROOT = Path(__file__).parents[2]
PYTHON = unwrap(vars(enum.EnumType)["_create_"])
SORTS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
PLAIN = [("First", 1), ("Second", 2), ("Both", 3), ("AlsoSecond", 2), ("Nothing", 0), ("Eighth", 8)]
LEAN = "from mingxi_desktop.ui import lean_qt"
TOLD = """
import json
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

def told(one):
    members = [(name, member.name, member.value, repr(member)) for name, member in one.__members__.items()]
    names = sorted(name for name in vars(one) if name not in ("__dict__", "__weakref__"))
    return [one.__module__, one.__qualname__, [member.name for member in one], members, names]

both = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
kinds = (Qt.Key, Qt.AlignmentFlag, Qt.WindowType, Qt.ItemDataRole, QEvent.Type, QFrame.Shape, QLocale.Country)
said = [repr(both), repr(~both), repr(Qt.Key(65)), str(Qt.Key.Key_A | 0), repr(Qt.KeyboardModifier(5 << 25))]
said += [repr(QSizePolicy().horizontalPolicy()), repr(Qt.AlignmentFlag(4097))]
print(json.dumps([[told(one) for one in kinds], said]))
"""


def _made(sort: Any, names: Any = PLAIN, **more: Any) -> tuple[Any, list[str]]:
    """(the enumeration, the names of those that Python was asked to make)."""
    asked: list[str] = []

    def create(sort: Any, class_name: str, *rest: Any, **others: Any) -> Any:
        asked.append(class_name)
        return PYTHON(sort, class_name, *rest, **others)

    usual = {"module": __name__, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}
    return lean_enums._made_here(create)(sort, "Made", names, **{**usual, **more}), asked


@pytest.mark.parametrize("sort", SORTS)
def test_they_have_all_that_pythons_own_have(sort: Any) -> None:
    made, asked = _made(sort)
    own = PYTHON(sort, "Made", PLAIN, module=__name__, boundary=enum.KEEP)
    assert asked == ["Sample"]
    assert lean_enums._alike(own, made)
    assert [*made.__members__] == [name for name, _ in PLAIN]
    assert made.AlsoSecond is made.Second is made(2) is made["Second"]
    assert made.First in made
    assert [member.name for member in made] == [member.name for member in own]
    assert made.Second.name == "Second"
    assert made.Second.value == 2
    assert copy.deepcopy(made.First) is made.First
    assert hash(made.First) == hash(own.First)
    with pytest.raises(AttributeError):
        made.First = 5
    with pytest.raises(TypeError, match="cannot extend"):
        PYTHON(made, "More", [("One", 1)], module=__name__)
    if issubclass(sort, enum.Flag):
        assert repr(made.First | made.Eighth) == repr(own.First | own.Eighth)
        assert repr(~made.First) == repr(~own.First)
        assert repr(made(20)) == repr(own(20))
    else:
        with pytest.raises(ValueError, match="20 is not a valid"):
            made(20)


@pytest.mark.parametrize("sort", SORTS)
def test_without_members_it_can_be_built_upon(sort: Any) -> None:
    made, asked = _made(sort, [])
    assert asked == ["Sample"]
    assert not made.__members__
    assert PYTHON(made, "More", [("One", 1)], module=__name__).One.value == 1


@pytest.mark.parametrize(
    ("sort", "names", "more"),
    [
        (enum.Enum, "One Two", {}),
        (enum.Enum, [("One", "1")], {}),
        (enum.Enum, [("One", True)], {}),
        (enum.IntEnum, [("name", 1), ("value", 2)], {}),
        (enum.IntEnum, [("real", 1)], {}),
        (enum.Enum, [("_one", 1)], {}),
        (enum.StrEnum, [("One", "1")], {}),
        (enum.Flag, [("Two", 2), ("One", 1)], {}),
        (enum.IntFlag, [("All", -1)], {}),
        (enum.Enum, PLAIN, {"type": int}),
        (enum.Flag, PLAIN, {"boundary": enum.STRICT}),
    ],
)
def test_what_is_not_plain_is_left_to_python(sort: Any, names: Any, more: dict[str, Any]) -> None:
    made, asked = _made(sort, names, **more)
    assert asked[-1] == "Made"
    own = PYTHON(sort, "Made", names, **{"module": __name__, "boundary": enum.KEEP, **more})
    assert lean_enums._alike(own, made)


def test_a_python_that_makes_them_otherwise_makes_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lean_enums, "_alike", lambda *_: False)
    assert _made(enum.Enum)[1] == ["Sample", "Made"]


def test_those_of_qt_are_as_without_us() -> None:
    told = []
    for first in (LEAN, ""):
        done = subprocess.run(
            [sys.executable, "-c", f"{first}\n{TOLD}"],
            cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told.append(json.loads(done.stdout))
    assert told[0] == told[1]


def test_a_member_goes_through_pickle_where_its_class_is_found() -> None:
    made, _ = _made(enum.IntEnum)
    made.__qualname__ = "Made"
    globals()["Made"] = made
    try:
        assert pickle.loads(pickle.dumps(made.Second)) is made.Second
    finally:
        del globals()["Made"]


def test_a_second_time_changes_nothing() -> None:
    lean_enums.install()
    before = vars(enum.EnumType)["_create_"]
    lean_enums.install()
    assert vars(enum.EnumType)["_create_"] is before
