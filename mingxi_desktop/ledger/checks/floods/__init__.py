"""Floods: stages of losses, chains of responses, and what a report may say of casualties."""
