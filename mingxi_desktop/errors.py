"""The world's faults, told apart from our own bugs."""

from __future__ import annotations


class UserError(Exception):
    """A fault of the world, said in Chinese: what happened, where, and what to do next.

    title: one short sentence, what happened.  detail: where and why.  hint: the next step.
    field: name of the field at fault, where there is one.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "", *, field: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.field = field

    def __str__(self) -> str:
        return "\n".join(part for part in (self.title, self.detail, self.hint) if part)
