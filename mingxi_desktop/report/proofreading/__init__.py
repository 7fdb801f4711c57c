"""Reading a draft of the report: its numbers, the indicators they stand for, and what the records say."""
