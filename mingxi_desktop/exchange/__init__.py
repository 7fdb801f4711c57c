"""Spreadsheets in and out: guard, read, headers, plan, write.  Knows declarations, no ledger file."""
