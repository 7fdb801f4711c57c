from __future__ import annotations

import gc

from mingxi_desktop.ledger.collecting import held, no_collecting


def test_what_came_meanwhile_is_not_searched_when_it_ends() -> None:
    searched: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        searched.append(info["generation"])

    was = gc.isenabled()
    gc.collect()
    gc.enable()
    gc.callbacks.append(note)
    try:
        with no_collecting():
            assert held()
            made = [[number] for number in range(100_000)]
        more = [[number] for number in range(100)]
        assert gc.isenabled()
    finally:
        gc.callbacks.remove(note)
        if not was:
            gc.disable()
    assert not held()
    assert searched == []
    assert len(made) + len(more) == 100_100
