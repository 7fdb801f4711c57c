"""定稿: versions of a report kept as they were signed, and what has changed since."""
