"""Reports of a ledger: the days, the words, the charts and tables; and drafts held against its numbers."""
