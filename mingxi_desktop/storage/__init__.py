"""The ledger file: SQLite through peewee."""
