"""``govlint lsp``: the language server, for editors to start."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from govlint.commands import Parser
from govlint.reporters import Language

USAGE = "[选项]", "[options]"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.option(
        "--stdio",
        action="store_true",
        zh="经标准输入输出通信（本来如此，为编辑器而设）",
        en="talk through standard input and output (it does anyway; for editors that say so)",
    )
    parser.option(
        "--baseline",
        metavar="FILE",
        zh="不显示基线文件中已知的问题（文件由 govlint baseline 生成）",
        en="without the findings that a file of govlint baseline knows",
    )


def run(arguments: Namespace) -> int:
    """Serve until the client is gone."""
    from govlint.lsp.options import Options
    from govlint.lsp.server import protocol_streams, serve

    lang: Language = arguments.lang
    baseline = None if arguments.baseline is None else Path(arguments.baseline)
    serve(Options(lang, baseline=baseline), *protocol_streams())
    return 0
