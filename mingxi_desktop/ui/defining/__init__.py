"""Defining indicators: the parts of the editor, in the words of a clerk."""
