"""``govlint cache``: where reports are kept for the next run, and removing them."""

from __future__ import annotations

from argparse import Namespace

from govlint import cache
from govlint.commands import Parser

USAGE = "info|clear", "info|clear"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "action",
        nargs="?",
        default="info",
        metavar="info|clear",
        type=parser.choice("info", "clear"),
        zh="info（默认）：缓存的位置和大小；clear：清空",
        en="info (default): where it is and how large; clear: remove all",
    )


def run(arguments: Namespace) -> int:
    """Say what is kept, or remove it."""
    folder = cache.cache_folder()
    english = arguments.lang == "en"
    if arguments.action == "clear":
        files, size = cache.clear(folder)
        print(
            f"{files} files, {_megabytes(size)}: removed" if english else f"已清除 {files} 个文件，{_megabytes(size)}"
        )
        return 0
    files, size = cache.size(folder)
    print(folder)
    print(f"{files} files, {_megabytes(size)}" if english else f"{files} 个文件，{_megabytes(size)}")
    return 0


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
