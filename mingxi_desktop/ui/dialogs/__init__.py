"""Dialogs: start, import, trash, history, batches, settings, about."""
