"""The editor of a report's wording: one document whose numbers, conditions and charts are chips."""
