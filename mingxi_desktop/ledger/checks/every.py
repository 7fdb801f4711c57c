"""All checks, in the order in which their findings are told."""

from __future__ import annotations

from mingxi_desktop.ledger.checks.check import Check


def every() -> tuple[Check, ...]:
    """The checks of the program; loaded when they are first wanted."""
    from mingxi_desktop.ledger.checks.floods import casualties, loss_stages, response_chains
    from mingxi_desktop.ledger.checks.money import (
        both_directions,
        both_legs,
        distributed_more,
        part_beside_whole,
        parts_and_whole,
        stock_agrees,
        stock_negative,
    )
    from mingxi_desktop.ledger.checks.owed import (
        drills_owed,
        extension,
        major_incomplete,
        overdue,
        recheck_due,
        response_open,
        response_without_tally,
        unreported,
    )
    from mingxi_desktop.ledger.checks.series import cumulative
    from mingxi_desktop.ledger.checks.twice import (
        credit_code,
        found_again,
        joint_action,
        left_open,
        mixed_granularity,
        over_new_year,
        recorded_twice,
        spellings,
        total_rows,
    )
    from mingxi_desktop.ledger.checks.whole import (
        agreeing,
        campaign_in_total,
        changed_after_freeze,
        indicator_adds_both,
        parts,
        rates,
    )

    return (
        cumulative.CHECK,
        mixed_granularity.CHECK,
        recorded_twice.CHECK,
        joint_action.CHECK,
        both_legs.CHECK,
        distributed_more.CHECK,
        both_directions.CHECK,
        parts_and_whole.CHECK,
        part_beside_whole.CHECK,
        indicator_adds_both.CHECK,
        loss_stages.CHECK,
        response_chains.CHECK,
        found_again.CHECK,
        over_new_year.CHECK,
        spellings.CHECK,
        credit_code.CHECK,
        total_rows.CHECK,
        campaign_in_total.CHECK,
        changed_after_freeze.CHECK,
        agreeing.CHECK,
        casualties.CHECK,
        rates.CHECK,
        parts.CHECK,
        stock_negative.CHECK,
        stock_agrees.CHECK,
        unreported.CHECK,
        overdue.CHECK,
        left_open.CHECK,
        recheck_due.CHECK,
        extension.CHECK,
        major_incomplete.CHECK,
        response_without_tally.CHECK,
        response_open.CHECK,
        drills_owed.CHECK,
    )
