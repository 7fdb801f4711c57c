"""Words of a vocabulary inside a text: a title, a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.vocabulary import delivered

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


def words_in(ledger: Ledger, item: Field) -> dict[str, str]:
    """The words that mean a choice, synonyms and the clerk's own included."""
    words = {word: word for word in ledger.choices(item)}
    words.update(
        {spelled: word for spelled, word in delivered()[item.choices].synonyms.items() if len(spelled) > 1}
    )
    return {spelled: word for spelled, word in words.items() if word != "其他"}


def one_word(words: Mapping[str, str], text: str) -> str | None:
    """The choice whose name or synonym stands in the text, if it is the only one; the longest counts."""
    inside = [word for word in words if word in text]
    longest: Iterable[str] = (
        word for word in inside if not any(word != other and word in other for other in inside)
    )
    found = {words[word] for word in longest}
    return found.pop() if len(found) == 1 else None
