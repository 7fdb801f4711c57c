"""Spreadsheets as they come from outside, made by code, each with what an import must make of it."""
