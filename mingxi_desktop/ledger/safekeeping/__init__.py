"""Keeping the file safe: backups, packages for a successor, ways back from them, proofs and repair."""
