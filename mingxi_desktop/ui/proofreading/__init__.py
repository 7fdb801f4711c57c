"""校稿: the draft with its numbers coloured, the list of them, and choosing what one of them means."""
