"""Charts: what is shown (`data`) and how it is drawn (`draw`), for paper and screen alike."""
