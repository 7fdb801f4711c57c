"""What the benchmark runs, each in a process of its own; each prints what it found as JSON."""
