"""Files such as townships send them, to try the import with: of the ledger's own townships, all of it made up."""
