"""报送: which ledger is owed how often by whom, who has reported, and what is sent to those who have not."""
