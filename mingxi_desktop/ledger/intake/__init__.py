"""From recognised tables to records: facts around a table, cells, rows, what is there already."""
