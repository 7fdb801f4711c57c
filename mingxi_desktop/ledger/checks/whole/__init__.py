"""Numbers of the whole that must agree, and what was set or signed."""
