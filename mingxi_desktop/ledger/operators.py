"""Whom the history names: what the clerk entered, else the user of the computer, and never silently."""

from __future__ import annotations

import getpass

NOBODY = "操作员"
"""What the history says where nobody is known."""
_WHERE = "在“工具 → 设置 → 外观与本机”里填上姓名。"


def system_user() -> str:
    """The user of the computer; "" where there is none, as for a service account."""
    try:
        return getpass.getuser().strip()
    except (OSError, KeyError, ImportError):
        return ""


def operator_of(entered: str) -> str:
    """Whom the history is to name.  entered: what stands in the settings, maybe nothing."""
    return entered.strip() or system_user() or NOBODY


def notice(entered: str) -> str:
    """What to tell while nobody has entered a name; "" once somebody has."""
    if entered.strip():
        return ""
    user = system_user()
    whose = f"电脑的用户名“{user}”" if user else f"“{NOBODY}”"
    return f"还没有填操作人，历史里写的是{whose}。{_WHERE}"
