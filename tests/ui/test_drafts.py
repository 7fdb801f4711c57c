"""The files of what is not saved yet: whole or not there, read again, never in the way."""

from __future__ import annotations

import dataclasses
import datetime
import threading

import pytest

from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.draft_bar import sentence
from mingxi_desktop.ui.drafts import Draft

DRAFT = Draft(
    kind="supply_movement",
    record=3,
    uid="ab12",
    updated_at="2024-06-09 08:00:00",
    title="物资收发 #3",
    texts={"note": "第一行\n“第二行”\ud800", "type": "调拨"},
    rows={"supply_line": ((7, {"item": "棉被"}), (None, {"item": "帐篷"}))},
    before={"note": ""},
    rows_before={"supply_line": ((7, {"item": "棉被"}),)},
    chosen={"area": ("area:3",)},
    files=("E:\\照片.jpg",),
    at="2024-06-09 14:32:00",
)


@pytest.fixture
def ledger(tmp_path):
    yield tmp_path / "台账.mxdb"
    drafts.settle()


def test_a_draft_is_read_as_it_was_written(ledger) -> None:
    draft = dataclasses.replace(DRAFT, texts={**DRAFT.texts, "note": "第一行\n“第二行”?"})
    place = drafts.new_place(ledger, draft.kind)
    drafts.keep(DRAFT, place)
    assert drafts.pending(ledger) == [dataclasses.replace(draft, place=place)]
    assert draft.changed == 3
    assert [path.suffix for path in place.parent.iterdir()] == [".json"]
    later = dataclasses.replace(draft, record=None, at="2024-06-10 08:00:00", files=())
    drafts.keep(later, drafts.new_place(ledger, draft.kind))
    assert [one.at for one in drafts.pending(ledger)] == [later.at, draft.at]
    assert drafts.pending(ledger.with_name("别的.mxdb")) == []
    assert drafts.look(ledger, "hazard") == ([], [])
    for one in drafts.pending(ledger):
        drafts.discard(one.place)
    assert drafts.pending(ledger) == []
    assert not (ledger.parent / drafts.FOLDER).exists(), "no empty folders are left"


def test_a_whole_book_pasted_into_a_field_is_read_again(ledger) -> None:
    draft = dataclasses.replace(DRAFT, texts={"note": "隐患" * 1_000_000})
    place = drafts.new_place(ledger, draft.kind)
    drafts.keep(draft, place)
    assert drafts.look(ledger, draft.kind) == ([dataclasses.replace(draft, place=place)], [])


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b'{"form": 9}', b'{"form": 1, "kind": "hazard", "record": "x"}',
                b'{"form": 1, "kind": "nosuch", "record": null}', b"[" * 100_000],
)  # fmt: skip
def test_a_broken_file_is_put_aside_and_told(ledger, content) -> None:
    place = drafts.new_place(ledger, "hazard")
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    assert drafts.pending(ledger) == []
    assert place.exists(), "the ledger's own page tells of it"
    assert drafts.look(ledger, "hazard") == ([], [f"{place.name}.损坏"])
    assert drafts.look(ledger, "hazard") == ([], []), "once"
    assert place.with_name(f"{place.name}.损坏").read_bytes() == content


def test_the_last_word_on_a_draft_counts(ledger) -> None:
    place = drafts.new_place(ledger, "hazard")
    draft = dataclasses.replace(DRAFT, kind="hazard", rows={}, rows_before={}, texts={"note": ""})
    for number in range(50):
        drafts.keep(dataclasses.replace(draft, texts={"note": str(number)}), place)
    assert [one.texts["note"] for one in drafts.pending(ledger)] == ["49"]
    drafts.keep(draft, place)
    drafts.discard(place)
    assert drafts.pending(ledger) == []
    assert not [one for one in threading.enumerate() if one.name == "drafts"]


def test_a_disk_that_refuses_is_told_once(ledger) -> None:
    (ledger.parent / drafts.FOLDER).write_bytes(b"a file where the folder should be")
    drafts.keep(DRAFT, drafts.new_place(ledger, "hazard"))
    drafts.settle()
    assert drafts.fault()
    assert drafts.fault() == ""
    assert drafts.pending(ledger) == []


def test_sentences_on_drafts() -> None:
    day = datetime.date(2024, 6, 9)
    assert sentence(DRAFT, day) == "“物资收发 #3”有没保存完的修改（今天 14:32，改了 3 处）"
    new = dataclasses.replace(DRAFT, kind="hazard", record=None, texts={"note": "楼道里堆了很多木材和杂物"})
    assert sentence(new, day + datetime.timedelta(1)) == (
        "有一份没保存完的隐患“楼道里堆了很多木材和杂物”（昨天 14:32，改了 3 处）"
    )
    typed = {"record_date": "2024-06-09", "description": "楼道堵塞"}
    of_words = dataclasses.replace(new, texts=typed, before=dict.fromkeys(typed, ""))
    assert "“楼道堵塞”" in sentence(of_words, day)
    assert "（2024年6月9日 14:32，" in sentence(new, datetime.date(2025, 1, 2))
