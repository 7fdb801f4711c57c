"""Records that stand twice: typed or sent again, beside their total, by several townships, under other names."""
