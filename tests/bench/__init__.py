"""How fast the program is, beside others that do part of the same; run by hand."""
