"""``govlint completion``: a script that makes a shell complete commands, options and their values."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from govlint.cli import COMMANDS
from govlint.commands import Parser, command_parser, installed_rules
from govlint.hooks import Plugins
from govlint.reporters import Language, reporters

USAGE = "bash|zsh", "bash|zsh"

_SHELLS = ("bash", "zsh")
_FILES = frozenset({"paths", "path", "output", "config", "baseline"})
_FOLDERS = frozenset({"folder"})
"""Destinations of options and arguments that name files and folders."""


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "shell",
        metavar="bash|zsh",
        type=parser.choice(*_SHELLS),
        zh='命令行环境，例如在 ~/.bashrc（zsh 为 ~/.zshrc，compinit 之后）中写：eval "$(govlint completion bash)"',
        en='the shell; in ~/.bashrc (or ~/.zshrc, behind compinit), for one: eval "$(govlint completion bash)"',
    )


def run(arguments: Namespace) -> int:
    """Print the script."""
    print(script(arguments.shell, Plugins.installed(), arguments.lang))
    return 0


def script(shell: str, plugins: Plugins, lang: Language) -> str:
    """The script for a shell, with the rules, kinds and formats that there are."""
    import shtab

    rules = [rule.id for rule in installed_rules(plugins)]
    packs = sorted({rule.partition("/")[0] for rule in rules})
    values = {
        "rule": rules,
        "select": [*packs, *rules],
        "ignore": [*packs, *rules],
        "kind": ["auto", *(kind.id for kind in plugins.kinds())],
        "output_format": list(reporters()),
    }
    root = argparse.ArgumentParser(prog="govlint", add_help=False)
    root.add_argument("-V", "--version", action="version", help="版本" if lang == "zh" else "the version")

    def made(*, prog: str, **_: Any) -> Parser:
        parser = command_parser(prog.rpartition(" ")[2], lang)
        for action in parser._actions:
            _complete(action, values, shtab.FILE, shtab.DIRECTORY)
        return parser

    commands = root.add_subparsers(prog="govlint", parser_class=made)  # type: ignore[call-overload]
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.english if lang == "en" else command.message)
    for action in command_parser("check", lang)._actions:
        if action.option_strings:
            _complete(action, values, shtab.FILE, shtab.DIRECTORY)
            root._add_action(action)
    return shtab.complete(root, shell)


def _complete(
    action: argparse.Action,
    values: Mapping[str, Sequence[str]],
    file: Mapping[str, Any],
    folder: Mapping[str, Any],
) -> None:
    """Tell what may stand behind an option, or for an argument."""
    choices = getattr(action.type, "choices", None) or values.get(action.dest)
    if choices and not action.choices:
        action.choices = list(choices)
    elif action.dest in _FILES:
        action.complete = file  # type: ignore[attr-defined]
    elif action.dest in _FOLDERS:
        action.complete = folder  # type: ignore[attr-defined]
