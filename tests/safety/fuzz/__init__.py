"""Inputs that nobody meant to be read, at every entrance of the program."""
