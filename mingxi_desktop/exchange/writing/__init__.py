"""Spreadsheets out: exports, templates, and the user's own file with its errors marked."""
