"""A new record with a file: its form has both, and the table shows where it stands."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.pages.ledger import LedgerPage
from tests.ui.small import rest, type_text


def test_a_new_record_with_a_photo_gets_the_cursor_too(context, shown, tmp_path) -> None:
    made = LedgerPage(context, kind_of("hazard"))
    made.refresh()
    shown(made)
    made.start_new()
    rest(context.worker)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    inputs = made.panel.form.inputs
    for name, text in {"record_date": "2024-8-8", "area": "雪峰镇", "description": "新"}.items():
        inputs[name].editor.setFocus()
        inputs[name].editor.selectAll()
        type_text(inputs[name].editor, text)
    inputs["evidence"].add_wanted.emit([photo])
    rest(context.worker)
    made.panel.save()
    rest(context.worker)
    assert inputs["evidence"].text() == "照片.jpg"
    assert made.table.current_id() == 7
