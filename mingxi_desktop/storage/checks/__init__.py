"""What the checks read: grouped queries over the records of a year, a file for each sort of question."""
