"""Command line and start of the window: the two thin faces over the ledger facade."""
