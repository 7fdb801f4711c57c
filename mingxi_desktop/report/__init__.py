"""The report: document model, layout on the grid, PDF and text."""
