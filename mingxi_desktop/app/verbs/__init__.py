"""The verbs, grouped by what they are about, in the order of the help.

Only the module of the verb that is asked for is loaded, with what it imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from mingxi_desktop.app.call import Verb

_WHERE = {
    "files": "new demo backup restore verify",
    "repairing": "repair",
    "passwords": "password",
    "encrypting": "encrypt",
    "self_check": "self-check",
    "homes": "settings areas",
    "schema": "schema",
    "adding": "add",
    "records": "edit delete restore-record list history",
    "sheets": "import batches undo-import template export exports",
    "example_files": "examples",
    "numbers": "indicators trace",
    "definitions": "define definitions",
    "openings": "opening years",
    "papers": "report brief chart screens manual",
    "proofreading": "proofread",
    "freezing": "freeze changes",
    "checks": "checks",
}
"""Module → the names of its verbs."""


class _Verbs(Mapping[str, Verb]):
    """Name → verb, whose module is loaded when it is first asked for."""

    def __init__(self) -> None:
        self._modules = {name: module for module, names in _WHERE.items() for name in names.split()}

    def __getitem__(self, name: str) -> Verb:
        there: tuple[Verb, ...] = import_module(f"{__name__}.{self._modules[name]}").VERBS
        return next(verb for verb in there if verb.name == name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


VERBS = _Verbs()
