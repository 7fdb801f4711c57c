"""The names of the parts of the first tab, as their small tabs show them."""

TODAY, CHECKS, REPORTING, DEADLINES = "今天", "核对", "报送", "期限"
