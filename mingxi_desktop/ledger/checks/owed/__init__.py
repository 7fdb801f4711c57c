"""What is owed: reports, rectifications, rechecks, drills."""
