"""resources/pinyin is pypinyin's data in the form the program reads; both files are committed.

pypinyin itself takes 60 MB and half a second to load, for tones and words that are never asked for.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib import metadata

from devtools import say
from devtools.environment import ROOT

_ORIGIN = """\
# {what}
# Written by `dev.py readings` from pypinyin {version} (MIT, see LICENSE.txt): not to be edited.
"""
_CHARACTERS = "Syllable without tone (ü as v), then all characters whose first reading it is."
_WORDS = "Words with the syllable written behind each character that is not read by its first reading."


FOLDER = ROOT / "resources" / "pinyin"


def write() -> None:
    """Write the files anew from the pypinyin that is installed, its licence beside them."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in made().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        say(f"wrote {(FOLDER / name).relative_to(ROOT)}")


def made() -> dict[str, str]:
    """File name → what it has to hold."""
    usual = _usual()
    return {
        "characters.txt": _file(_CHARACTERS, _by_syllable(usual)),
        "words.txt": _file(_WORDS, _odd_words(usual)),
        "LICENSE.txt": _licence(),
    }


def _usual() -> dict[str, str]:
    """Character → the syllable it is read as when nothing else is known."""
    from pypinyin.constants import PINYIN_DICT

    return {chr(code): _plain(marked.split(",", 1)[0]) for code, marked in PINYIN_DICT.items()}


def _by_syllable(usual: dict[str, str]) -> list[str]:
    signs: dict[str, list[str]] = defaultdict(list)
    for sign in sorted(usual):
        signs[usual[sign]].append(sign)
    return [f"{syllable} {''.join(signs[syllable])}" for syllable in sorted(signs)]


def _odd_words(usual: dict[str, str]) -> list[str]:
    """银行 as 银行hang; words that are read character by character are left out."""
    from pypinyin.constants import PHRASES_DICT

    found = []
    for word, marked in PHRASES_DICT.items():
        syllables = [_plain(choices[0]) for choices in marked]
        pairs = list(zip(word, syllables, strict=False))
        # A word with a comma in it has no reading for the comma: such ones are sayings, not names.
        if len(syllables) == len(word) and any(usual.get(sign) != said for sign, said in pairs):
            found.append("".join(sign if usual.get(sign) == said else sign + said for sign, said in pairs))
    return sorted(found)


@lru_cache(maxsize=4096)
def _plain(marked: str) -> str:
    """A syllable without its tone mark: lǜ gives lv."""
    parts = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(sign for sign in parts if sign.isascii())


def _file(what: str, lines: list[str]) -> str:
    head = _ORIGIN.format(what=what, version=metadata.version("pypinyin"))
    return head + "\n".join(lines) + "\n"


def _licence() -> str:
    text = metadata.distribution("pypinyin").read_text("licenses/LICENSE.txt")
    assert text is not None, "pypinyin brings its licence"
    return text.replace("\r\n", "\n")


if __name__ == "__main__":
    write()
