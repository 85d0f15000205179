"""The command line: finds the command, runs it, and turns what goes wrong into a message and an exit status.

A command is a module of :mod:`govlint.commands` with ``options(parser)`` and ``run(arguments) -> status``; only the one
that runs is imported. Exit status: 0 nothing at or above ``--fail-on``; 1 findings; 2 bad usage or configuration,
unreadable input, a crash.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TextIO

if TYPE_CHECKING:
    from govlint.reporters import Language

INTERRUPTED = 130
CLOSED_PIPE = 141


class Command(NamedTuple):
    """A command: its name, which is its module's, and what it does (Chinese, English)."""

    name: str
    message: str
    english: str


COMMANDS = (
    Command("check", "检查报告；check 一词可以省略", "check reports; the word check may be left out"),
    Command("rules", "列出全部规则", "list all rules"),
    Command("explain", "显示一条规则的说明", "show the page of a rule"),
    Command("ledger", "列出正文中每个数字的核对情况和依据", "account for every number of a report's prose"),
    Command("inspect", "显示 govlint 从一份报告中读出了什么", "show what was understood of a report"),
    Command("lsp", "语言服务器，由编辑器启动", "the language server, started by editors"),
    Command("init", "在当前文件夹写一份带注释的 govlint.toml", "write a commented govlint.toml here"),
    Command("new", "写一份待填写的报告", "write a report to be filled in"),
    Command("baseline", "记下现有的问题，以后只报告新的", "note what is found now, to be told only what comes new"),
    Command("completion", "输出命令补全脚本", "print a script for shell completion"),
    Command("config-schema", "输出 govlint.toml 的 JSON Schema", "print a JSON schema for govlint.toml"),
    Command(
        "cache", "显示缓存的位置和大小，或者清空缓存", "say where reports are kept for the next run, or remove them"
    ),
    Command("docs", "由规则的文档生成各规则包的 README.md", "write each pack's README.md from its rules' pages"),
)
_NAMES = tuple(command.name for command in COMMANDS)
_COMMON = ("--lang", "--color")
"""Options of all commands that may stand before the command's name, too."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (default: the process's own) and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = _language(arguments)
    for stream in (sys.stdout, sys.stderr):
        _use_utf8(stream)
    try:
        status = _run(arguments, lang)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return _stopped("已中断", "interrupted", lang, INTERRUPTED)
    except OSError as error:
        _silence(sys.stdout)
        why = error.strerror or str(error)
        return _stopped(f"无法写出结果：{why}", f"the output cannot be written: {why}", lang, 2)
    except Exception as error:
        return _crashed(error, lang)
    return status


def console() -> NoReturn:
    """The program: :func:`main`, then leave at once. To take a report apart piece by piece takes as long as reading it."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _run(arguments: list[str], lang: Language) -> int:
    if arguments in (["--version"], ["-V"]):
        from importlib.metadata import version

        print(f"govlint {version('govlint')}")
        return 0
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_overview(lang), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    name, rest = _split(arguments)
    from govlint.commands import run

    return run(name, rest, lang)


def _split(arguments: list[str]) -> tuple[str, list[str]]:
    """The command's name and its arguments; without a name it is ``check``."""
    at = 0
    while at < len(arguments) and arguments[at].partition("=")[0] in _COMMON:
        at += 1 if "=" in arguments[at] else 2
    if at < len(arguments) and arguments[at] in _NAMES:
        return arguments[at], arguments[:at] + arguments[at + 1 :]
    return "check", arguments


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for, known before the arguments are parsed, because parsing has messages."""
    for flag, value in zip(arguments, [*arguments, ""][1:], strict=True):
        if flag == "--lang=en" or (flag == "--lang" and value == "en"):
            return "en"
    return "zh"


def _overview(lang: Language) -> str:
    rows = "\n".join(f"  {name:<14}{english if lang == 'en' else message}" for name, message, english in COMMANDS)
    if lang == "en":
        return (
            "Usage: govlint [check] [options] PATH…\n       govlint COMMAND [options]\n\n"
            f"Commands:\n{rows}\n\n"
            "Options of all commands: --lang zh|en, --color auto|always|never, --help; govlint --version\n"
            "Exit status: 0 nothing found; 1 findings; 2 bad usage, or something could not be checked"
        )
    return (
        "用法：govlint [check] [选项] 路径…\n      govlint 命令 [选项]\n\n"
        f"命令：\n{rows}\n\n"
        "各命令共有的选项：--lang zh|en，--color auto|always|never，--help；版本：govlint --version\n"
        "退出状态：0 没有问题；1 有问题；2 用法有误，或者有内容无法检查"
    )


def _use_utf8(stream: TextIO) -> None:
    """Write UTF-8 to files and pipes whatever the locale; a terminal keeps its encoding, without failing on a character."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    """Let nothing more be written: what is still buffered would fail once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _stopped(message: str, english: str, lang: Language, status: int) -> int:
    with contextlib.suppress(OSError):
        print(f"govlint: {english if lang == 'en' else message}", file=sys.stderr)
    return status


def _crashed(error: Exception, lang: Language) -> int:
    import traceback

    traceback.print_exception(error)
    return _stopped("程序内部错误，请将以上内容反馈给开发者", "internal error: please report the lines above", lang, 2)
