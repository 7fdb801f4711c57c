"""A table of any length on paper: as many columns as the page is wide, as many pages as it has rows."""
