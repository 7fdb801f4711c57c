"""The clerk's manual as a book: our own Markdown, set in type by the engine of the reports."""
