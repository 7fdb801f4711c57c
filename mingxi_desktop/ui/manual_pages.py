"""Which page of the clerk's manual is about what on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

START, OVERVIEW = "01-start.md", "01a-overview.md"
CHECKS, REPORTING, DUE, FINDINGS = (
    "01b-checks.md",
    "01c-reporting.md",
    "01d-deadlines.md",
    "01e-findings.md",
)
RECORDS, TABLE, AROUND = "02-records.md", "02a-table.md", "02b-around.md"
FIND, IMPORT = "03-find.md", "04-import.md"
EXPORT, INDICATORS, REPORT, HISTORY = "05-export.md", "06-indicators.md", "07-report.md", "08-history.md"
PROOFREADING, FROZEN, WORDING = "07a-proofreading.md", "07b-frozen.md", "07c-wording.md"
YEARS, DEFINE = "06a-years.md", "06b-define.md"
BACKUP, RECOVERY, MESSAGES, COMMANDS = "09-backup.md", "09a-recovery.md", "10-messages.md", "11-commands.md"
ENCRYPTION, LOCKING = "09b-encryption.md", "09c-password.md"
"""Names of pages."""

PAGE_OF: Mapping[str, str] = MappingProxyType(
    {
        "pages.overview": OVERVIEW,
        "pages.overview_tab": OVERVIEW,
        "pages.checks": CHECKS,
        "checking": CHECKS,
        "pages.reporting": REPORTING,
        "dialogs.campaigns": FINDINGS,
        "pages.deadlines": DUE,
        "dialogs.deadlines": DUE,
        "dialogs.deadline_form": DUE,
        "dialogs.deadline_done": DUE,
        "dialogs.holidays": DUE,
        "todo_list": OVERVIEW,
        "reporting_card": OVERVIEW,
        "pages.ledger": RECORDS,
        "pages.ledger_tab": RECORDS,
        "related": AROUND,
        "view_menu": FIND,
        "pages.stock": AROUND,
        "record_panel": RECORDS,
        "filters": FIND,
        "pages.import_page": IMPORT,
        "importing": IMPORT,
        "pages.indicators": INDICATORS,
        "proof": INDICATORS,
        "pages.report": REPORT,
        "report_body": REPORT,
        "report_chooser": REPORT,
        "report_doubts": REPORT,
        "report_text": REPORT,
        "pages.proofreading": PROOFREADING,
        "proofreading": PROOFREADING,
        "pages.frozen": FROZEN,
        "frozen_changes": FROZEN,
        "dialogs.exported": EXPORT,
        "dialogs.freeze": FROZEN,
        "dialogs.withdraw": FROZEN,
        "wording": WORDING,
        "defining": DEFINE,
        "dialogs.indicator_editor": DEFINE,
        "dialogs.take_in_definitions": DEFINE,
        "dialogs.recovery": RECOVERY,
        "dialogs.years": YEARS,
        "dialogs.opening": YEARS,
        "dialogs.openings": YEARS,
        "pages.charts": YEARS,
        "pages.wording": WORDING,
        "dialogs.about": START,
        "dialogs.batches": IMPORT,
        "dialogs.card_choice": OVERVIEW,
        "dialogs.change_many": TABLE,
        "dialogs.enterprise": AROUND,
        "dialogs.entry": START,
        "dialogs.going_back": HISTORY,
        "dialogs.history": HISTORY,
        "dialogs.lists": START,
        "dialogs.merge": AROUND,
        "cover": LOCKING,
        "dialogs.encryption": ENCRYPTION,
        "dialogs.password": LOCKING,
        "dialogs.unlock": LOCKING,
        "dialogs.paste_cells": TABLE,
        "dialogs.preview": RECORDS,
        "dialogs.print_stock": EXPORT,
        "dialogs.print_table": EXPORT,
        "dialogs.restore": BACKUP,
        "dialogs.restored": BACKUP,
        "dialogs.settings": START,
        "dialogs.start": START,
        "dialogs.trash": HISTORY,
        "dialogs.twin": RECORDS,
    }
)
"""Module of `ui` → the page about the widgets it defines; a package stands for its modules.

A widget may say otherwise itself: by a class attribute or a Qt property `manual` with the name of a page.
"""


def page_of(widget: object) -> str:
    """The page about a widget, by what it says itself or by where its class is defined; "" for none."""
    said = getattr(widget, "manual", "")
    if isinstance(said, str) and said:
        return said
    inside = type(widget).__module__.partition(".ui.")[2]
    return PAGE_OF.get(inside) or PAGE_OF.get(inside.partition(".")[0], "")
