"""What a sheet holds: its tables, the meaning of their headers, which rows are data."""
