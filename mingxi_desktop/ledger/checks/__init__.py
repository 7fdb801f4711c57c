"""核对: what may be counted twice, contradicts itself or is owed; a file for each check, `every` has them all."""
