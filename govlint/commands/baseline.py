"""``govlint baseline``: note what is found now, so that ``govlint check --baseline`` reports only what comes new."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from govlint.baseline import as_text
from govlint.batch import check_paths
from govlint.commands import Parser, complain
from govlint.commands.check import choices, declare_scope
from govlint.config import Configuration
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError
from govlint.own import FAILURES
from govlint.reporters import shown_path
from govlint.writing import NotWrittenError, remove_left_over, replace_file

USAGE = "[选项] 路径…", "[options] PATH…"

_FILE = "govlint-baseline.json"


def options(parser: Parser) -> None:
    """Declare the options."""
    declare_scope(parser)
    parser.option(
        "-o",
        "--output",
        metavar="FILE",
        default=_FILE,
        zh=f"写入的文件（默认 {_FILE}）",
        en=f"the file (default: {_FILE})",
    )


def run(arguments: Namespace) -> int:
    """Check and write the file; nothing is written where something could not be checked."""
    english = arguments.lang == "en"
    if not arguments.paths:
        raise ConfigError("没有给出要检查的文件或文件夹", "no file or folder to check")
    plugins = Plugins.installed()
    configuration = Configuration.of(plugins, choices(arguments))
    reports = list(check_paths(arguments.paths, plugins, configuration, jobs=arguments.jobs))
    failures = [each for report in reports for each in report.diagnostics if each.rule in FAILURES]
    for failure in failures:
        said = failure.english if english else failure.message
        complain(f"{shown_path(failure.path) or 'govlint'}: {said}")
    if failures:
        complain("nothing was written" if english else "没有写入")
        return 2
    path = Path(arguments.output)
    text, count = as_text(reports, path.absolute().parent)
    try:
        if path.is_file():
            file = path.resolve()
            remove_left_over(file.parent)
            replace_file(file, text.encode(), file.stat())
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    except NotWrittenError as error:
        raise ConfigError(f"无法写入 {path}：{error}", f"{path} cannot be written: {error.english}") from error
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法写入 {path}：{why}", f"{path} cannot be written: {why}") from error
    shown = shown_path(str(path))
    print(f"{shown} written: {count} known findings" if english else f"已写入 {shown}：已知问题 {count} 个")
    return 0
