"""The commands, one module each, and what their command lines have in common."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from io import TextIOBase
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO

from govlint.hooks import Plugins
from govlint.mistakes import ConfigError, did_you_mean
from govlint.own import OWN_RULES
from govlint.reporters import Language, Style, shown_path
from govlint.rule import Rule

_USAGE = 2
_PHRASES = (
    (r"argument (?P<name>.+): expected one argument", "选项 {name} 需要一个值", "{name} needs a value"),
    (r"argument (?P<name>.+): ignored explicit argument .*", "选项 {name} 不带值", "{name} takes no value"),
    (r"the following arguments are required: (?P<name>.+)", "缺少参数：{name}", "missing: {name}"),
    (r"argument (?P<name>.+?): (?P<what>.+)", "选项 {name}：{what}", "{name}: {what}"),
)
"""What argparse says, and how we say it."""


class Parser(argparse.ArgumentParser):
    """A command's options. Errors are :class:`ConfigError`, texts are in the language of the run."""

    def __init__(self, command: str, usage: str, lang: Language) -> None:
        super().__init__(
            prog=f"govlint {command}",
            usage=f"govlint {command} {usage}",
            formatter_class=argparse.RawTextHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self.flags: list[str] = []
        self._arguments = self.add_argument_group(self.say("参数", "arguments"))
        self._options = self.add_argument_group(self.say("选项", "options"))

    def say(self, message: str, english: str) -> str:
        """One of the two, by language."""
        return english if self.lang == "en" else message

    def argument(self, name: str, *, zh: str, en: str, **rest: Any) -> None:
        """Add a positional argument with its help in both languages."""
        self._arguments.add_argument(name, help=self.say(zh, en), **rest)

    def option(self, *flags: str, zh: str, en: str, **rest: Any) -> None:
        """Add an option with its help in both languages."""
        self.flags.extend(flags)
        self._options.add_argument(*flags, help=self.say(zh, en), **rest)

    def choice(self, *values: str) -> Callable[[str], str]:
        """A type for an option that takes one of ``values``."""

        def chosen(value: str) -> str:
            if value not in values:
                near, english = did_you_mean(value, values)
                raise argparse.ArgumentTypeError(
                    self.say(
                        f"不能是 {value}，可选：{'、'.join(values)}{near}",
                        f"can't be {value}: it is one of {', '.join(values)}{english}",
                    )
                )
            return value

        chosen.choices = values  # type: ignore[attr-defined]
        return chosen

    def count(self, value: str) -> int:
        """A type for an option that takes a number from 1."""
        if not (value.isascii() and value.isdigit() and int(value)):
            raise argparse.ArgumentTypeError(
                self.say(f"应为正整数，而不是 {value}", f"takes a number from 1, not {value}")
            )
        return int(value)

    def format_help(self) -> str:
        """The help text."""
        return super().format_help().replace("usage: ", self.say("用法：", "Usage: "), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong as a :class:`ConfigError`."""
        for phrase, chinese, english in _PHRASES:
            if found := re.fullmatch(phrase, message):
                raise ConfigError(chinese.format(**found.groupdict()), english.format(**found.groupdict()))
        raise ConfigError(message, message)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The parsed arguments; options and paths may stand in any order."""
        namespace, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            flag = unknown[0].partition("=")[0]
            if flag.startswith("-"):
                near, english = did_you_mean(flag, self.flags)
                raise ConfigError(f"没有选项 {flag}{near}", f"no option {flag}{english}")
            raise ConfigError(f"多余的参数：{unknown[0]}", f"one argument too many: {unknown[0]}")
        return namespace


def command_parser(name: str, lang: Language) -> Parser:
    """The options of a command, with those that all commands have."""
    module = _module(name)
    parser = Parser(name, module.USAGE[lang == "en"], lang)
    module.options(parser)
    parser.option(
        "--lang",
        zh="zh（默认）或 en",
        en="zh (default) or en",
        metavar="zh|en",
        type=parser.choice("zh", "en"),
        default="zh",
    )
    parser.option(
        "--color",
        zh="着色：auto（默认，仅在终端上）、always 或 never",
        en="auto (default: on a terminal), always or never",
        metavar="auto|always|never",
        type=parser.choice("auto", "always", "never"),
        default="auto",
    )
    parser.option("-h", "--help", zh="显示本帮助", en="show this help", action="help")
    return parser


def _module(name: str) -> Any:
    return importlib.import_module(f"govlint.commands.{name.replace('-', '_')}")


def run(name: str, arguments: Sequence[str], lang: Language) -> int:
    """Run the command ``name`` and return its exit status; wrong usage and configuration is a message and status 2."""
    try:
        parser = command_parser(name, lang)
        status: int = _module(name).run(parser.parse(arguments))
    except ConfigError as error:
        complain(_located(error, lang))
        if error.path is None:
            complain(f"see govlint {name} --help" if lang == "en" else f"用法见 govlint {name} --help")
        return _USAGE
    except SystemExit as stop:  # --help
        return int(stop.code or 0)
    return status


def output_style(arguments: argparse.Namespace, out: TextIO | BinaryIO | Path) -> Style:
    """How to write to ``out``: with colours and excerpts on a terminal, or where they were asked for."""
    if isinstance(out, Path) or not isinstance(out, TextIOBase):
        return Style(lang=arguments.lang)
    color = use_color(arguments.color, out)
    excerpt = color or out.isatty()
    return Style(lang=arguments.lang, color=color, excerpt=excerpt, width=_width() if excerpt else 80)


def _width() -> int:
    """The terminal's, in cells."""
    import shutil

    return shutil.get_terminal_size().columns


def installed_rules(plugins: Plugins) -> list[Rule]:
    """The rules of the plugins and the engine's own, by id."""
    return sorted((*plugins.rules(), *OWN_RULES), key=lambda rule: rule.id)


def known_kind(kind: str | None, plugins: Plugins) -> str | None:
    """The kind of report that was asked for, ``None`` for ``auto``. Raises :class:`ConfigError` for one that no plugin knows."""
    kinds = [known.id for known in plugins.kinds()]
    if kind in (None, "auto"):
        return None
    if kind not in kinds:
        near, english = did_you_mean(kind, kinds)
        raise ConfigError(
            f"没有报告种类 {kind}，可选：{'、'.join(kinds)}{near}",
            f"no kind of report {kind}: it is one of {', '.join(kinds)}{english}",
        )
    return kind


def _located(error: ConfigError, lang: Language) -> str:
    """The error's message behind the file and line that it is about, if it is about one."""
    message = error.english if lang == "en" else str(error)
    if error.path is None:
        return message
    line = "" if error.line is None else f":{error.line}"
    return f"{shown_path(error.path)}{line}: {message}"


def complain(message: str) -> None:
    """Say something about the run, on standard error."""
    print(f"govlint: {message}", file=sys.stderr)


def use_color(choice: str, stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``, for a value of ``--color``; NO_COLOR and dumb terminals are respected."""
    if choice == "auto":
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"
