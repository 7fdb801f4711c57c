"""The command line: finds the verb, runs it, and puts whatever goes wrong into a sentence and an exit code.

Exit codes: 0 done, 1 refused or found something wrong, 2 wrong usage.  No traceback is ever shown: it goes to
the log file, and the message names that file.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from mingxi_desktop import APP_NAME, __version__, logs, paths, scratch
from mingxi_desktop.app import start
from mingxi_desktop.app.call import DONE, MISUSED, REFUSED, Call, Verb
from mingxi_desktop.app.faults import of_disk
from mingxi_desktop.app.output import Output, abandon_stdout
from mingxi_desktop.app.usage import PROGRAM, Parser, UsageError, add_common
from mingxi_desktop.errors import UserError

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (default: those of the process); returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    unheard = sys.stderr is None  # under pythonw, until the log gives us something to speak into
    logs.set_up(_log_folder())
    out = Output(json="--json" in arguments, quiet="--quiet" in arguments, unheard=unheard)
    try:
        with scratch.own_folder():
            return _guarded(arguments, out)
    except BrokenPipeError:
        abandon_stdout()
        return REFUSED


def _guarded(arguments: list[str], out: Output) -> int:
    """Every fault as a message; only that nobody reads the answer is left to the caller."""
    try:
        return _dispatch(arguments, out)
    except UsageError as error:
        _misused(out, error)
        return MISUSED
    except UserError as error:
        out.error(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        _log.exception("fault of the disk")
        out.error(of_disk(error))
    except KeyboardInterrupt:
        out.error(UserError("已中断", "", "已经保存的内容都在；其余的没有做。"))
    except Exception:  # noqa: BLE001 - the last resort: a bug is logged whole and told in a sentence
        _log.exception("bug")
        out.error(_of_bug())
    return REFUSED


def _dispatch(arguments: list[str], out: Output) -> int:
    args = argparse.Namespace(db=None, json=False, quiet=False, help=False, version=False)
    verb, rest = _split(arguments, args)
    if args.version:
        out.answer({"name": APP_NAME, "version": __version__}, f"{APP_NAME} {__version__}")
        return DONE
    if not verb:
        if args.help:
            out.answer({"verbs": {name: item.help for name, item in _verbs().items()}}, _overview())
            return DONE
        return start.window(Path(args.db) if args.db else None)
    out.unheard = False  # who runs a verb without a console looks at its exit code
    found = _verbs().get(verb)
    if found is None:
        raise UsageError(
            f"没有“{verb}”这个命令；可用的命令：{'、'.join(_verbs())}", _top().format_usage().strip()
        )
    parser = _parser(found)
    if args.help or "-h" in rest or "--help" in rest:
        out.answer({"help": parser.format_help()}, parser.format_help().rstrip())
        return DONE
    parser.read(rest, args)
    _log.info("%s %s", PROGRAM, verb)
    return found.run(Call(args, out))


def _verbs() -> Mapping[str, Verb]:
    """The verbs; loaded when one is asked for, so that the window does not wait for what they need."""
    from mingxi_desktop.app.verbs import VERBS

    return VERBS


def _split(arguments: list[str], args: argparse.Namespace) -> tuple[str, list[str]]:
    """(verb, what follows it); the options before the verb are put into `args`."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] == "--db" else 1
    match arguments[:place]:
        case []:
            pass
        case ["--db", path] if path.strip() and not path.startswith("-"):
            args.db = path  # what a double click gives: the window does not wait for a parser
        case options:
            _top().read(options, args)
    rest = arguments[place:]
    return (rest[0], rest[1:]) if rest else ("", [])


def _top() -> Parser:
    parser = Parser(PROGRAM, f"{APP_NAME}：不写命令就打开窗口。")
    parser.usage = f"{PROGRAM} [--db 文件] [--json] [--quiet] [命令 …]"
    add_common(parser)
    parser.add_argument("--version", action="store_true", default=argparse.SUPPRESS, help="显示版本")
    return parser


def _parser(verb: Verb) -> Parser:
    parser = Parser(f"{PROGRAM} {verb.name}", verb.help)
    verb.declare(parser)
    add_common(parser)
    return parser


def _overview() -> str:
    width = max(map(len, _verbs()))
    lines = "\n".join(f"  {name:<{width}}  {verb.help}" for name, verb in _verbs().items())
    return f"{_top().format_help()}\n命令：\n{lines}\n\n{PROGRAM} 命令 --help 显示一个命令的写法。"


def _misused(out: Output, error: UsageError) -> None:
    hint = f"{error.usage}\n完整说明：{PROGRAM} --help"
    out.error(UserError(error.message, "", hint))


def _of_bug() -> UserError:
    return UserError(
        "程序出错了，这一步没有做完",
        f"经过已记入日志文件：{logs.log_file()}",
        "用 verify 检查台账文件；再出错就把日志文件交给维护人员。",
    )


def _log_folder() -> Path:
    try:
        return paths.log_dir()
    except OSError:  # no data folder to be had: the log must not keep the program from answering
        import tempfile

        return Path(tempfile.gettempdir()) / "mingxi-logs"
