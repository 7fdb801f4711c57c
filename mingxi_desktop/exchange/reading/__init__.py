"""Files in: what they are, the guard before them, and the process that takes them apart."""
