"""The dialogs that a menu opens, each loaded when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingxi_desktop.ui.window import MainWindow


def openings(window: MainWindow) -> None:
    """Totals of years without records."""
    from mingxi_desktop.ui.dialogs.openings import OpeningsDialog

    OpeningsDialog(window.context, parent=window).exec()


def holidays(window: MainWindow) -> None:
    """Open the dialog with the holidays and worked weekends of each year."""
    from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog

    HolidaysDialog(window.context, window).exec()


def deadline_table(window: MainWindow) -> None:
    """Open the dialog with the table of deadlines and limits."""
    from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog

    DeadlinesDialog(window.context, window).exec()


def areas(window: MainWindow) -> None:
    """The townships and villages of the county."""
    from mingxi_desktop.ui.dialogs.areas import AreasDialog

    AreasDialog(window.context, window).exec()


def examples(window: MainWindow) -> None:
    """Files to try the import with."""
    from mingxi_desktop.ui.example_files import write_examples

    write_examples(window.context, window)


def batches(window: MainWindow) -> None:
    """What was imported, to be taken back."""
    from mingxi_desktop.ui.dialogs.batches import BatchesDialog

    BatchesDialog(window.context, window).exec()


def about(window: MainWindow) -> None:
    """Version, data file, fonts and licences."""
    from mingxi_desktop.ui.dialogs.about import AboutDialog

    AboutDialog(window.context, window).exec()


def campaigns(window: MainWindow) -> None:
    """Which campaigns belong to the yearly total of hazards."""
    from mingxi_desktop.ui.dialogs.campaigns import CampaignsDialog

    CampaignsDialog(window.context, window).exec()


def exported(window: MainWindow) -> None:
    """What left the ledger with numbers of people in it."""
    from mingxi_desktop.ui.dialogs.exported import ExportedDialog

    ExportedDialog(window.context, window).exec()


def password(window: MainWindow) -> None:
    """The opening password, and when the window locks by itself."""
    from mingxi_desktop.ui.dialogs.password import PasswordDialog

    PasswordDialog(window.context, window).exec()


def lock(window: MainWindow) -> None:
    """Cover the window until the password is given; without one it is offered to set one."""
    from mingxi_desktop.ui import ask
    from mingxi_desktop.ui.idle import Lock

    own = window.context.findChild(Lock)
    if own is not None and own.ready:
        own.lock()
    elif ask.question("还没有设置口令，不能锁定", "锁定以后要用口令打开。", yes="设置口令…", parent=window):
        password(window)


def show_personal(window: MainWindow) -> None:
    """Numbers of people whole or masked, in all of the window."""
    from mingxi_desktop.ui import veil

    veil.current().lift(window.actions_by_name["personal"].isChecked())


def export_all(window: MainWindow) -> None:
    """All ledgers into one workbook."""
    from mingxi_desktop.ui.handing_over import export_all

    export_all(window)


def handover(window: MainWindow) -> None:
    """Everything in one file, for whoever takes over."""
    from mingxi_desktop.ui.handing_over import hand_over

    hand_over(window)


def encryption(window: MainWindow) -> None:
    """Encrypting the ledger file."""
    from mingxi_desktop.ui.dialogs.encryption import open_encryption

    open_encryption(window)
