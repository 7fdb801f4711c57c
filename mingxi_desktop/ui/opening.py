"""The dialogs that a menu opens, each loaded when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingxi_desktop.ui.tab_window import TabWindow


def openings(window: TabWindow) -> None:
    """Totals of years without records."""
    from mingxi_desktop.ui.dialogs.openings import OpeningsDialog

    OpeningsDialog(window.context, parent=window).exec()


def holidays(window: TabWindow) -> None:
    """Open the dialog with the holidays and worked weekends of each year."""
    from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog

    HolidaysDialog(window.context, window).exec()


def deadline_table(window: TabWindow) -> None:
    """Open the dialog with the table of deadlines and limits."""
    from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog

    DeadlinesDialog(window.context, window).exec()


def areas(window: TabWindow) -> None:
    """The townships and villages of the county."""
    from mingxi_desktop.ui.dialogs.areas import AreasDialog

    AreasDialog(window.context, window).exec()


def examples(window: TabWindow) -> None:
    """Files to try the import with."""
    from mingxi_desktop.ui.example_files import write_examples

    write_examples(window.context, window)


def batches(window: TabWindow) -> None:
    """What was imported, to be taken back."""
    from mingxi_desktop.ui.dialogs.batches import BatchesDialog

    BatchesDialog(window.context, window).exec()


def about(window: TabWindow) -> None:
    """Version, data file, fonts and licences."""
    from mingxi_desktop.ui.dialogs.about import AboutDialog

    AboutDialog(window.context, window).exec()


def campaigns(window: TabWindow) -> None:
    """Which campaigns belong to the yearly total of hazards."""
    from mingxi_desktop.ui.dialogs.campaigns import CampaignsDialog

    CampaignsDialog(window.context, window).exec()


def exported(window: TabWindow) -> None:
    """What left the ledger with numbers of people in it."""
    from mingxi_desktop.ui.dialogs.exported import ExportedDialog

    ExportedDialog(window.context, window).exec()


def password(window: TabWindow) -> None:
    """The opening password, and when the window locks by itself."""
    from mingxi_desktop.ui.dialogs.password import PasswordDialog

    PasswordDialog(window.context, window).exec()


def lock(window: TabWindow) -> None:
    """Cover the window until the password is given; without one it is offered to set one."""
    from mingxi_desktop.ui import ask
    from mingxi_desktop.ui.idle import Lock

    own = window.context.findChild(Lock)
    if own is not None and own.ready:
        own.lock()
    elif ask.question("还没有设置口令，不能锁定", "锁定以后要用口令打开。", yes="设置口令…", parent=window):
        password(window)


def show_personal(_: TabWindow) -> None:
    """Numbers of people whole or masked, in all of the window."""
    from mingxi_desktop.ui import veil

    veil.current().lift(not veil.current().lifted)


def export_all(window: TabWindow) -> None:
    """All ledgers into one workbook."""
    from mingxi_desktop.ui.handing_over import export_all

    export_all(window.context, window)


def handover(window: TabWindow) -> None:
    """Everything in one file, for whoever takes over."""
    from mingxi_desktop.ui.handing_over import hand_over

    hand_over(window.context, window)


def encryption(window: TabWindow) -> None:
    """Encrypting the ledger file."""
    from mingxi_desktop.ui.dialogs.encryption import open_encryption

    open_encryption(window.context, window)
