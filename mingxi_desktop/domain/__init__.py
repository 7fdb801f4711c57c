"""What the program is about, with the standard library alone."""
