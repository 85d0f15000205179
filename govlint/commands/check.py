"""``govlint check``: check files and folders and report what was found."""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from msgspec.structs import replace

from govlint.batch import check_paths, find_files
from govlint.cli import COMMANDS
from govlint.commands import Parser, complain, installed_rules, output_style
from govlint.config import Choices, Configuration
from govlint.engine import Form, Report, check_bytes
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError, did_you_mean
from govlint.own import NO_FILES
from govlint.reporters import Reporter, reporters, shown_path
from govlint.rule import Rule
from govlint.tasks import Prepare

if TYPE_CHECKING:
    from govlint.cache import Cache

USAGE = "[选项] 路径…", "[options] PATH…"

_STDIN = "-"
_COLLECT = 500_000, 50, 50
"""When to look for cycles of garbage: a document is a hundred thousand objects, and hardly any are in one."""
_PROGRESS_AFTER = 1.0
_PROGRESS_EVERY = 0.1
_PROGRESS_WIDTH = 30


def declare_scope(parser: Parser) -> None:
    """Declare the options that say what to check, with which rules and how."""
    add = parser.option
    parser.argument(
        "paths",
        nargs="*",
        metavar=parser.say("路径", "PATH"),
        zh="文件或文件夹（.md .markdown .html .htm）；- 为标准输入",
        en="files and folders (.md .markdown .html .htm); - is standard input",
    )
    add(
        "--select",
        metavar="RULE",
        action="append",
        zh="只用这些规则：规则名或其前缀，逗号分隔，可重复",
        en="only these rules: ids or prefixes, comma-separated, repeatable",
    )
    add("--ignore", metavar="RULE", action="append", zh="不用这些规则", en="without these rules")
    add(
        "--kind",
        metavar="KIND",
        zh="报告种类：auto（默认，依标题判断）、final-accounts、budget、annual-report 等",
        en="auto (default, by the title), final-accounts, budget, annual-report …",
    )
    add(
        "-j",
        "--jobs",
        metavar="N",
        type=parser.count,
        zh="并行进程数（默认：文件多时为处理器个数）",
        en="processes (default: one a core where there are many files)",
    )
    add(
        "--config",
        metavar="FILE",
        zh="配置文件（默认自文件所在文件夹向上查找）",
        en="configuration file (default: searched upwards from each file)",
    )


def options(parser: Parser) -> None:
    """Declare the options."""
    add = parser.option
    declare_scope(parser)
    add(
        "--output-format",
        metavar="FORMAT",
        default="text",
        zh=f"输出格式：{'、'.join(reporters())}（默认 text），或插件提供的格式",
        en=f"{', '.join(reporters())} (default: text), or a plugin's format",
    )
    add(
        "-o",
        "--output",
        metavar="FILE",
        zh="写入文件而不是标准输出；html 格式写入这个文件夹",
        en="write to a file instead of standard output; of html the folder to write to",
    )
    add("--fix", action="store_true", zh="改正有把握的问题，写回文件", en="mend what is certain, in the files")
    add(
        "--unsafe",
        action="store_true",
        zh="与 --fix 或 --diff 同用：很可能正确的修复也采用",
        en="with --fix or --diff: the likely fixes, too",
    )
    add(
        "--diff",
        action="store_true",
        zh="只显示修复会改动什么，不写文件；有改动时退出状态为 1",
        en="show what fixes would change and write nothing; status 1 if anything",
    )
    add(
        "--fail-on",
        metavar="error|warning|info|never",
        type=parser.choice("error", "warning", "info", "never"),
        zh="哪一级以上的问题使退出状态为 1（默认 warning，或依配置）",
        en="lowest severity that makes the exit status 1 (default: warning, or as configured)",
    )
    add(
        "--no-cache",
        action="store_true",
        zh="不使用缓存：内容、设置和程序都没有变的文件也重新检查",
        en="use no cache: check files again though neither content nor settings nor program changed",
    )
    add(
        "--stdin-filename",
        metavar="NAME",
        zh="标准输入的文件名：据以判断格式、查找配置",
        en="name of standard input: tells its format and configuration",
    )
    add(
        "--baseline",
        metavar="FILE",
        zh="不报告基线文件中已知的问题（文件由 govlint baseline 生成）",
        en="without the findings that a file of govlint baseline knows",
    )
    add(
        "--diff-base",
        metavar="REV",
        zh="只报告自 git 提交 REV 以来的改动所涉及的问题",
        en="only what the changes since the git commit REV touch or bring about",
    )
    add(
        "--force-exclude",
        action="store_true",
        zh="exclude 所列的文件，直接写出文件名的也不检查（供 pre-commit 等使用）",
        en="exclude holds for files that are named, too (for pre-commit and the like)",
    )
    add("--show-files", action="store_true", zh="只列出要检查的文件", en="list the files to check and stop")
    add("--quiet", action="store_true", zh="只输出问题，不输出汇总和进度", en="findings only: no summary, no progress")
    add(
        "--statistics",
        action="store_true",
        zh="末尾列出各规则的问题数",
        en="count the findings of each rule at the end",
    )


def run(arguments: Namespace) -> int:
    """Check and report. The status is the worst of all reports'."""
    gc.set_threshold(*_COLLECT)
    paths = _paths(arguments)
    plugins = Plugins.installed()
    reporter = _reporter(arguments, plugins)
    configuration = Configuration.later(plugins, choices(arguments))
    if arguments.show_files:
        return _show_files(paths, arguments, configuration)
    sieve: Callable[[Iterable[Report]], Iterable[Report]] = iter
    if arguments.baseline is not None or arguments.diff_base is not None:
        from govlint.commands.sieves import sieves

        sieve = sieves(arguments, plugins, configuration, standard_input=_STDIN in paths)
    progress = None
    if sys.stderr.isatty() and not arguments.quiet:
        progress = _Progress(sys.stderr, "checking" if arguments.lang == "en" else "正在检查")
    statuses = [0]
    changed = arguments.fix or arguments.baseline is not None or arguments.diff_base is not None
    form = None
    if not (changed or arguments.diff or arguments.unsafe) and arguments.output in (None, "-"):
        form = reporter.form(output_style(arguments, sys.stdout))
    prepare = functools.partial(reporter.prepare, lang=arguments.lang) if reporter.prepares else None
    folder = Path(arguments.output) if reporter.output == "folder" and arguments.output else None
    reports = _reports(paths, arguments, plugins, configuration, progress, None if changed else prepare, folder, form)
    try:
        with _output(arguments, reporter) as out:
            style = replace(
                output_style(arguments, out),
                quiet=arguments.quiet,
                statistics=arguments.statistics,
                rules=_Rules(plugins),
            )
            if arguments.fix or arguments.diff or arguments.unsafe:
                from govlint.commands.fixing import Fixing

                fixing = Fixing.of(arguments, plugins, configuration, standard_input=_STDIN in paths)
                if arguments.diff:
                    return fixing.show(_noted(reports, [], progress), cast(TextIO, out))
                reports = fixing.write(reports)
                if _STDIN in paths and out is sys.stdout:
                    out = sys.stderr
            reports = sieve(reports)
            if prepare is not None:
                reports = (prepare(report, plugins) for report in reports)
            reporter.render(_noted(reports, statuses, progress), out, style)
    finally:
        if progress is not None:
            progress.clear()
    return max(statuses)


def _show_files(paths: list[str], arguments: Namespace, configuration: Configuration) -> int:
    """Print the files that would be checked; status 2 where one can't be, or a folder holds none."""
    status = 0
    files = (path for path in paths if path != _STDIN)
    for found in find_files(files, configuration, force_exclude=arguments.force_exclude):
        if isinstance(found, str):
            print(shown_path(found))
        else:
            status = 2
            for diagnostic in found.diagnostics:
                said = diagnostic.english if arguments.lang == "en" else diagnostic.message
                complain(f"{shown_path(found.path)}: {said}")
    return status


def _paths(arguments: Namespace) -> list[str]:
    paths: list[str] = arguments.paths
    if paths[:1] == ["check"] and not Path("check").exists():
        paths = paths[1:]  # options stood before the command
    if not paths:
        raise ConfigError(
            "没有给出要检查的文件或文件夹，例如：govlint 报告.md",
            "no file or folder to check, as in: govlint report.md",
        )
    if arguments.stdin_filename is not None and _STDIN not in paths:
        raise ConfigError(
            "--stdin-filename 只与 -（标准输入）一起使用", "--stdin-filename goes with - (standard input) only"
        )
    if not Path(paths[0]).exists():
        near, english = did_you_mean(paths[0], [command.name for command in COMMANDS])
        if near:
            complain(f"no file {paths[0]}{english}" if arguments.lang == "en" else f"没有文件 {paths[0]}{near}")
    return paths


def _reporter(arguments: Namespace, plugins: Plugins) -> Reporter:
    name: str = arguments.output_format
    if name in (formats := reporters()):
        return formats[name]
    further, failures = plugins.collect("govlint_reporters", Reporter)
    for failure in failures:
        complain(f"{failure.plugin}: {failure.error}")
    if name not in (formats := reporters(further)):
        near, english = did_you_mean(name, formats)
        raise ConfigError(
            f"没有输出格式 {name}，可选：{'、'.join(sorted(formats))}{near}",
            f"no format {name}: it is one of {', '.join(sorted(formats))}{english}",
        )
    return formats[name]


def choices(arguments: Namespace) -> Choices:
    """What the options of :func:`declare_scope` choose."""
    return Choices(
        select=None if arguments.select is None else _names(arguments.select),
        ignore=_names(arguments.ignore or ()),
        kind=arguments.kind,
        fail_on=getattr(arguments, "fail_on", None),
        config=None if arguments.config is None else Path(arguments.config),
    )


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for names in given for name in names.split(",") if name.strip())


@contextlib.contextmanager
def _output(arguments: Namespace, reporter: Reporter) -> Iterator[TextIO | BinaryIO | Path]:
    """What to write to. Raises :class:`ConfigError` where a format can't be written there."""
    name = reporter.id
    if reporter.output != "text" and arguments.diff:
        raise ConfigError(f"--diff 不能与 {name} 格式同用", f"--diff does not go with the format {name}")
    if arguments.output in (None, "-"):
        if reporter.output == "folder":
            raise ConfigError(f"{name} 格式写入文件夹：请用 -o 文件夹", f"{name} is written to a folder: use -o DIR")
        if reporter.output == "text":
            yield sys.stdout
        elif sys.stdout.isatty():
            raise ConfigError(
                f"{name} 格式不能显示在终端上：请用 -o 文件", f"{name} is not for a terminal: use -o FILE"
            )
        else:
            yield sys.stdout.buffer
        return
    target = Path(arguments.output)
    if reporter.output == "folder":
        yield _folder(target, arguments.paths)
        return
    if any(target.exists() and Path(path).exists() and target.samefile(path) for path in arguments.paths):
        raise ConfigError(f"{target} 是要检查的文件，不能写入", f"{target} is to be checked: it can't be the output")
    try:
        file: TextIO | BinaryIO
        if reporter.output == "binary":
            file = target.open("wb")
        else:
            file = target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法写入 {target}：{why}", f"{target} cannot be written: {why}") from error
    with file:
        yield file


def _folder(target: Path, paths: Iterable[str]) -> Path:
    """The folder to write to, made if it is not there."""
    if target.is_dir() and any(Path(path).is_dir() and target.samefile(path) for path in paths):
        raise ConfigError(f"{target} 是要检查的文件夹，不能写入", f"{target} is to be checked: it can't be the output")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ConfigError(f"{target} 是文件，不是文件夹", f"{target} is a file, not a folder") from error
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法建立文件夹 {target}：{why}", f"{target} cannot be made: {why}") from error
    return target


def _reports(
    paths: list[str],
    arguments: Namespace,
    plugins: Plugins,
    configuration: Configuration,
    progress: _Progress | None,
    prepare: Prepare | None,
    folder: Path | None,
    form: Form | None,
) -> Iterable[Report]:
    """The reports, made as they are asked for; files are searched for and configuration is read at once.

    The ``folder`` that is written to is not searched.
    """
    files = [path for path in paths if path != _STDIN]
    note = progress.note if progress else None
    reports = check_paths(
        files,
        plugins,
        configuration,
        jobs=arguments.jobs,
        force_exclude=arguments.force_exclude,
        progress=note,
        prepare=prepare,
        leave_out=folder,
        cache=None if arguments.no_cache else _cache(),
        form=form,
    )
    if _STDIN not in paths:
        return reports
    name = arguments.stdin_filename or "<stdin>"
    settings = configuration.settings(name)
    return chain((check_bytes(sys.stdin.buffer.read(), name, plugins, settings) for _ in range(1)), reports)


def _cache() -> Cache | None:
    """Imported here, because it loads a library of checksums that a run without cache does without."""
    from govlint.cache import Cache

    return Cache.installed()


def _noted(reports: Iterable[Report], statuses: list[int], progress: _Progress | None) -> Iterator[Report]:
    """The reports as they come, their statuses noted; the progress line is out of the way while one is written."""
    for report in reports:
        empty = any(diagnostic.rule == NO_FILES.id for diagnostic in report.diagnostics)
        statuses.append(2 if empty else report.status)
        if progress is None:
            yield report
        else:
            with progress.away():
                yield report


class _Rules(Mapping[str, Rule]):
    """All rules by id, asked for when a format looks at them."""

    def __init__(self, plugins: Plugins) -> None:
        self._rules = functools.cache(lambda: {rule.id: rule for rule in installed_rules(plugins)})

    def __getitem__(self, id_: str) -> Rule:
        return self._rules()[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules())

    def __len__(self) -> int:
        return len(self._rules())


class _Progress:
    """A line on the terminal that says how far a run is, once it takes long."""

    def __init__(self, terminal: TextIO, label: str) -> None:
        self._terminal = terminal
        self._label = label
        self._line = ""
        self._shown = False
        self._next = time.monotonic() + _PROGRESS_AFTER

    def note(self, done: int, total: int) -> None:
        """Take note of how many files of how many are done."""
        filled = _PROGRESS_WIDTH * done // max(total, 1)
        self._line = f"{self._label} {'━' * filled}{'─' * (_PROGRESS_WIDTH - filled)} {done}/{total}"
        if (now := time.monotonic()) >= self._next:
            self._next = now + _PROGRESS_EVERY
            self._draw()

    @contextlib.contextmanager
    def away(self) -> Iterator[None]:
        """Clear the line for as long as something else is written."""
        shown = self._shown
        self.clear()
        yield
        if shown:
            self._draw()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()
            self._shown = False

    def _draw(self) -> None:
        self._terminal.write(f"\r\x1b[K{self._line}")
        self._terminal.flush()
        self._shown = True
