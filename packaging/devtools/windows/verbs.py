"""dev.py windows build, test, lock."""

from __future__ import annotations

import argparse
from pathlib import Path

from devtools.environment import Environment
from devtools.windows import building, trial
from devtools.windows.parts import Parts


def run(env: Environment, arguments: list[str]) -> int:
    """Do what the first argument says; DevError where it cannot be done."""
    parser = argparse.ArgumentParser(prog="dev.py windows")
    verbs = parser.add_subparsers(dest="verb", required=True)
    build = verbs.add_parser("build", help="make the setup program, the offline kit and the portable program")
    build.add_argument(
        "--python-zip", type=Path, metavar="FILE", help="an official embeddable Python for Windows"
    )
    build.add_argument("--sha256", metavar="HEX", help="its hash as published")
    verbs.add_parser("test", help="try it all under Wine")
    verbs.add_parser("lock", help="write the lists of packages and hashes anew")
    asked = parser.parse_args(arguments)
    if asked.verb == "lock":
        Parts(env).lock()
        return 0
    if asked.verb == "build":
        if bool(asked.python_zip) != bool(asked.sha256):
            parser.error("--python-zip and --sha256 belong together")
        building.make(env, (asked.python_zip, asked.sha256) if asked.python_zip else None)
        return 0
    return trial.run(env)
