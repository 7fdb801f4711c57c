"""The history always names somebody, and says so while nobody has entered a name."""

from __future__ import annotations

import getpass

import pytest

from mingxi_desktop.ledger import operators


def test_the_name_entered_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "Administrator")
    assert operators.operator_of(" 王小敏 ") == "王小敏"
    assert operators.notice("王小敏") == ""
    assert operators.operator_of("") == "Administrator"
    assert "“Administrator”" in operators.notice(" ")
    assert "设置" in operators.notice("")


@pytest.mark.parametrize("fault", [OSError, KeyError, ImportError])
def test_a_computer_without_users(monkeypatch: pytest.MonkeyPatch, fault: type[Exception]) -> None:
    def nobody() -> str:
        raise fault

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert operators.operator_of("") == "操作员"
    assert "“操作员”" in operators.notice("")
