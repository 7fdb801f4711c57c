"""Tables: the windowed table of a ledger, and the small one of a child table inside a form."""
