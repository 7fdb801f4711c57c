"""What happens to the ledger when the program is killed or the power is cut, seen from outside the program."""
