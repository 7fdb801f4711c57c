"""The rows of a child table that are typed while the form is being saved."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest

STORED = [("棉被", "120"), ("折叠床", "40"), ("帐篷", "30"), ("毛毯", "1,000")]
TYPED = [("棉被", "150"), ("折叠床", "40"), ("帐篷", "35"), ("毛毯", "1,000"), ("棉大衣", "5")]


def stored(ledger: Ledger) -> tuple[list[tuple[str, str]], int]:
    """The rows in the file, and how many are in its trash."""
    kept = ledger.children("supply_movement", 1)["supply_line"]
    lines = [(row.shown["item"], row.shown["quantity"]) for row in kept]
    return lines, ledger.count(Query("supply_line", trash=True))


def test_rows_that_are_typed_while_saving_stay(context, shown) -> None:
    made = RecordPanel(context, kind_of("supply_movement"))
    shown(made, 520, 760)
    made.show_record(1)
    rest(context.worker)
    found: list[tuple[list[tuple[str, str]], int]] = []
    table = made.form.tables["supply_line"]
    model, quantity = table.model, [field.name for field in table.model.columns].index("quantity")
    model.add({"item": "帐篷", "quantity": "30"})
    model.add({"item": "毛毯", "quantity": "1000"})
    made.save()
    model.setData(model.index(0, quantity), "150")
    model.setData(model.index(2, quantity), "35")
    model.add({"item": "棉大衣", "quantity": "5"})
    rest(context.worker)
    context.worker.run(stored, done=found.append)
    rest(context.worker)
    assert [(row.texts["item"], row.texts["quantity"]) for row in table.rows()] == TYPED
    assert made.dirty
    made.save()
    rest(context.worker)
    assert not made.dirty
    context.worker.run(stored, done=found.append)
    rest(context.worker)
    assert found == [(STORED, 0), (TYPED, 0)]


def test_a_row_that_goes_while_the_form_is_refused_takes_its_fault_along(context, shown) -> None:
    made = RecordPanel(context, kind_of("supply_movement"))
    shown(made, 520, 760)
    made.show_record(1)
    rest(context.worker)
    table = made.form.tables["supply_line"]
    table.model.add({"item": "帐篷", "quantity": "很多"})
    made.save()
    table.view.setCurrentIndex(table.model.index(2, 0))
    table.remove_row()
    rest(context.worker)
    assert not table.model.first_fault().isValid()
    table.model.add({"item": "帐篷", "quantity": "很多"})
    made.save()
    table.view.setCurrentIndex(table.model.index(0, 0))
    table.remove_row()
    made.saving.check()
    rest(context.worker)
    assert table.model.first_fault().row() == 1
