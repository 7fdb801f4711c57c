"""Inputs that pick from lists the form itself knows: indicators, words, groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Field, FieldType
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.inputs.choice import MultiChoiceInput, fitting
from mingxi_desktop.ui.inputs.popup import Row
from mingxi_desktop.ui.inputs.reference import MultiRefInput
from mingxi_desktop.ui.inputs.sources import Sources
from mingxi_desktop.ui.inputs.suggest import SuggestInput


class PickInput(SuggestInput):
    """One of several things with a name, found by its words, pinyin or initials."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """name: for people who hear the screen."""
        super().__init__(parent)
        self._keys: dict[str, str] = {}
        led_by_editor(self)
        self.bind(Field("pick", name, FieldType.TEXT), Sources(self))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, words); words differ."""
        self._keys = {said: key for key, said in options}

    def key(self) -> str:
        """The key of what stands there; "" for nothing, and for what is not offered."""
        return self._keys.get(self.text(), "")

    def set_key(self, key: str) -> None:
        """Show the words of a key."""
        self.set_text(next((said for said, one in self._keys.items() if one == key), ""))

    def ask_for(self, query: str) -> None:
        self.offer([Row(said) for said in fitting(tuple(self._keys), query)], query)


class FreeInput(PickInput):
    """A word of one's own, or one of those offered."""

    def takes_new(self) -> bool:
        return True


class WordsInput(PickInput):
    """Several of the things offered, with 、 between them."""

    multiple = True

    def ask_for(self, query: str) -> None:
        self.offer([Row(said, checked=self.ticks(said)) for said in fitting(tuple(self._keys), query)], query)


class KnownWordsInput(MultiChoiceInput):
    """Words of a vocabulary that are there: a condition does not add any."""

    def takes_new(self) -> bool:
        return False


class TextsInput(SuggestInput):
    """Texts to look for, with ； between them: a text may hold 、 itself."""

    with_button = False

    def ask_for(self, query: str) -> None:
        """Nothing is offered: a part of a text is wanted."""

    def takes_new(self) -> bool:
        return True

    def words(self) -> list[str]:
        return [part.strip() for part in self.text().replace(";", "；").split("；") if part.strip()]


def values_input(field: Field, sources: Sources, groups: Sequence[str] | None, parent: QWidget) -> Input:
    """An input for the values that a condition wants of a field.

    groups: those of supplies where the condition is about them, not about the field.
    """
    made = _values_input(field, sources, groups, parent)
    led_by_editor(made)
    return made


def led_by_editor(made: Input) -> None:
    """Tab goes by the editor alone: Qt cannot put a widget with a proxy into another place of the order."""
    made.setFocusProxy(None)  # type: ignore[arg-type]  # the stub does not know that Qt takes it


def _values_input(field: Field, sources: Sources, groups: Sequence[str] | None, parent: QWidget) -> Input:
    plain = replace(field, required=False, help="", default=None, unit="")
    if groups is not None:
        made = WordsInput(f"{field.label}类别", parent)
        made.set_options([(group, group) for group in groups])
        return made
    if field.type in (FieldType.CHOICE, FieldType.MULTI):
        words = KnownWordsInput(parent)
        words.bind(replace(plain, type=FieldType.MULTI), sources)
        return words
    if field.type is FieldType.REF:
        # Conditions name the entries of one list.
        refs = MultiRefInput(parent)
        refs.bind(replace(plain, type=FieldType.MULTI_REF, targets=field.targets[:1]), sources)
        return refs
    texts = TextsInput(parent)
    texts.bind(plain, Sources(parent))
    return texts
