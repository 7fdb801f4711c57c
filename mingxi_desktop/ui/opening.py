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
    """The table of holidays."""
    from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog

    HolidaysDialog(window.context, window).exec()


def deadline_table(window: MainWindow) -> None:
    """The table of deadlines."""
    from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog

    DeadlinesDialog(window.context, window).exec()


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
