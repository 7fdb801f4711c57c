"""What is wrong with a ledger file, without SQLite's English."""

from __future__ import annotations

from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words


def test_what_is_found_is_told_in_plain_words() -> None:
    found = [
        "文件结构：*** in database main ***\nOn tree page 194 cell 0: Extends off end of page",
        "文件结构：索引 hazard_uid 和记录对不上",
        "隐患 #3 不见了",
    ]
    assert in_plain_words(found) == ["文件的内部结构坏了（2 处），有的页读不出来", *found[1:]]
    assert in_plain_words([]) == []
