"""``govlint docs``: each pack's README.md, written from its rules' pages, and the schema of the configuration beside them."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from govlint.commands import Parser, complain
from govlint.commands.config_schema import stale_schema
from govlint.docs import PageError, stale_readmes
from govlint.hooks import Plugins
from govlint.own import OWN_RULES
from govlint.reporters import shown_path
from govlint.rule import Rule

USAGE = "[--check] [文件夹]", "[--check] [FOLDER]"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "folder",
        nargs="?",
        default=".",
        metavar=parser.say("文件夹", "FOLDER"),
        zh="规则包所在的文件夹（默认当前文件夹）",
        en="the folder that the packs are in (default: this one)",
    )
    parser.option(
        "--check",
        action="store_true",
        zh="只核对，不写文件；有出入则退出状态为 1",
        en="only compare: status 1 where they differ",
    )


def run(arguments: Namespace) -> int:
    """Write or compare them."""
    english = arguments.lang == "en"
    plugins = Plugins.installed()
    rules, root = plugins.rules(), Path(arguments.folder)
    ours = [rule for rule in rules if _lies_below(rule, root)]
    try:
        stale = {**stale_readmes(rules, root), **stale_schema((*ours, *OWN_RULES), plugins.kinds(), root)}
    except PageError as error:
        complain(str(error))
        return 2
    for path, text in stale.items():
        shown = shown_path(str(path))
        if arguments.check:
            complain(f"{shown} is out of date: run govlint docs" if english else f"{shown} 已过期，请运行 govlint docs")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"{shown} written" if english else f"已写入 {shown}")
    for failure in plugins.failures:
        complain(f"{failure.plugin}: {failure.error}")
    return 2 if plugins.failures else int(arguments.check and bool(stale))


def _lies_below(rule: Rule, root: Path) -> bool:
    file = getattr(sys.modules[rule.check.__module__], "__file__", None)
    return file is not None and Path(file).resolve().is_relative_to(root.resolve())
