"""Running totals that are added together."""
