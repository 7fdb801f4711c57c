"""The pinyin that is delivered is what pypinyin says."""

from __future__ import annotations

from devtools import readings


def test_the_files_are_what_pypinyin_says() -> None:
    made = readings.made()
    assert {path.name for path in readings.FOLDER.iterdir()} == made.keys()
    for name, text in made.items():
        assert (readings.FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run dev.py readings"


def test_each_character_stands_once_and_only_odd_words_are_listed() -> None:
    made = readings.made()
    lines = [line for line in made["characters.txt"].splitlines() if not line.startswith("#")]
    said = [(sign, line.partition(" ")[0]) for line in lines for sign in line.partition(" ")[2]]
    assert len(said) == len(dict(said)) > 40_000
    assert dict(said)["绿"] == "lv"
    words = made["words.txt"].splitlines()
    assert "银行hang" in words
    assert "明天" not in words
