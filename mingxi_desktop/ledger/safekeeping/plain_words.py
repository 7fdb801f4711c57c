"""What is wrong with a ledger file, for the clerk."""

from __future__ import annotations

from collections.abc import Sequence

_STRUCTURE = "文件结构："


def in_plain_words(problems: Sequence[str]) -> list[str]:
    """What was found, without SQLite's many English lines on the structure: they are one Chinese sentence."""
    english = [problem for problem in problems if _is_english(problem)]
    rest = [problem for problem in problems if not _is_english(problem)]
    lines = sum(problem.count("\n") + 1 for problem in english)
    return [*([f"文件的内部结构坏了（{lines} 处），有的页读不出来"] if lines else []), *rest]


def _is_english(problem: str) -> bool:
    return problem.startswith(_STRUCTURE) and problem.removeprefix(_STRUCTURE).isascii()
