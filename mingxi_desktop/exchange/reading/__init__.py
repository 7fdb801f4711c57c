"""Files in: what they are, the guard before them, and the process that takes them apart."""

FLAG = "--read-spreadsheets"
"""How a frozen program, which has no `-m`, is told to be that process (`reader`)."""
PLACES = "I"
"""How `array` knows the numbers that say where cells stand."""
