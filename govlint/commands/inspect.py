"""``govlint inspect``: what was understood of a report."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from govlint.commands import Parser, known_kind, output_style
from govlint.engine import parse
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError
from govlint.source import SourceError

USAGE = "[选项] 文件", "[options] FILE"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "path", metavar=parser.say("文件", "FILE"), zh="Markdown 或 HTML 文件", en="a Markdown or HTML file"
    )
    parser.option("--tokens", action="store_true", zh="列出各句的词及其位置", en="the words of each sentence, too")
    parser.option("--json", action="store_true", zh="输出 JSON", en="print JSON")
    parser.option(
        "--kind", metavar="KIND", zh="报告种类（默认依标题判断）", en="kind of report (default: by the title)"
    )


def run(arguments: Namespace) -> int:
    """Print it. A document that could not be read to its end has status 2."""
    try:
        kind = None if arguments.kind is None else known_kind(arguments.kind, Plugins.installed())
        document = parse(Path(arguments.path), kind=kind)
    except SourceError as error:
        raise ConfigError(str(error), error.english, path=error.path) from error
    from govlint.inspect import as_json, as_text, understood

    data = understood(document, tokens=arguments.tokens)
    if arguments.json:
        as_json(data, sys.stdout)
    else:
        as_text(data, sys.stdout, output_style(arguments, sys.stdout))
    return 2 if document.troubles else 0
