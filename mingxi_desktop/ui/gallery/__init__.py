"""Every view of the program, one after the other: for the pictures, and for the audit of the tests."""
