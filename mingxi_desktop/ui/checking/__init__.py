"""核对 in the window: what the checks have found, at its place: list and card, badges, the strip above a form."""
