"""What `dev.py run` does on a machine without a display: everything the window would show, as files."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools import say
from devtools.environment import Environment

YEAR = "2024"


@dataclass(frozen=True)
class Step:
    """One call of the program. optional: the program may say that it cannot do this yet."""

    title: str
    arguments: tuple[str, ...]
    makes: Path
    optional: bool = False


def run(env: Environment, out: Path) -> int:
    """Make the demonstration year and all that follows from it in `out`; name each file on standard output.

    Returns 0, or 1 when something that must work did not.
    """
    say(f"No display here, so no window. Making the demonstration year and its report in {out} instead.")
    out.mkdir(parents=True, exist_ok=True)
    db = out / f"demo-{YEAR}.mxdb"
    for old in out.glob(f"{db.name}*"):  # the file and what SQLite may have left beside it
        old.unlink()
    failed = False
    for step in _steps(out, db):
        done = _do(env, step)
        failed = failed or not (done or step.optional)
        if not done and step.makes == db:
            break
    return int(failed)


def _steps(out: Path, db: Path) -> list[Step]:
    here = ("--db", str(db))

    def report(name: str, title: str, *more: str, optional: bool = False) -> Step:
        path = out / name
        return Step(title, ("report", "--year", YEAR, *here, *more, "-o", str(path)), path, optional)

    annual = f"annual-report-{YEAR}"
    return [
        Step("demonstration year", ("demo", "--year", YEAR, *here), db),
        report(f"{annual}.pdf", "annual report, PDF"),
        report(f"{annual}.docx", "annual report, Word", optional=True),
        report(f"{annual}.txt", "annual report, text", optional=True),
        report(f"{annual}-with-annex.pdf", "annual report with trace annex", "--annex", optional=True),
        Step("pictures of the window", ("screens", "-o", str(out / "screens"), *here), out / "screens"),
    ]


def _do(env: Environment, step: Step) -> bool:
    """Run a step and say how it went; True when it made what it should."""
    say(f"making: {step.title} ...")
    result = subprocess.run(
        [env.python, "-m", "mingxi_desktop", *step.arguments],
        cwd=env.root,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if result.returncode == 0 and step.makes.exists():
        files = sorted(step.makes.iterdir()) if step.makes.is_dir() else [step.makes]
        print(f"{step.title}:", *files, sep="\n  ", flush=True)
        return True
    reason = (result.stderr.strip() or result.stdout.strip()).replace("\n", "\n  ")
    print(f"{step.title}: not made (exit code {result.returncode})\n  {reason}", flush=True)
    return False
