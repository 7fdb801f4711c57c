"""`python -m tests.bench`, which is `python3 dev.py bench` in an environment that is there already."""

import sys

from tests.bench import command

command.main(sys.argv[1:])
