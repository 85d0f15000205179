"""Output formats: one module a format, each with ``render(reports, out, style)``.

``render`` takes the reports as they come, writes to ``out`` and returns nothing. A plugin's format is the same: a
:class:`Reporter` that names a module, handed over by the hook ``govlint_reporters``.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, TextIO

from msgspec import Struct, field

if TYPE_CHECKING:
    from govlint.engine import Form, Report
    from govlint.hooks import Plugins
    from govlint.rule import Rule

Language = Literal["zh", "en"]


class Bilingual(Protocol):
    """Anything that says something in Chinese (``message``) and English (``english``)."""

    @property
    def message(self) -> str:
        """In Chinese."""

    @property
    def english(self) -> str:
        """In English."""


class Style(Struct, frozen=True):
    """How the output is to look; a format heeds what means something to it.

    ``lang`` is the language of messages; ``color`` allows escape sequences; ``excerpt`` asks for the source lines
    under a finding; ``width`` is the terminal's, in cells; ``quiet`` leaves out the summary, ``statistics`` adds a
    count for each rule to it. ``rules`` are all rules by id, for formats that describe them.
    """

    lang: Language = "zh"
    color: bool = False
    excerpt: bool = False
    width: int = 80
    quiet: bool = False
    statistics: bool = False
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def say(self, what: Bilingual) -> str:
        """What it says, in the language asked for."""
        return what.english if self.lang == "en" else what.message


Render = Callable[["Iterable[Report]", Any, Style], None]
Prepare = Callable[["Report", "Plugins", Language], "Report"]


class Reporter(Struct, frozen=True):
    """An output format: its name on the command line, what it is for (Chinese, English), and its module.

    The module is imported when the format is used. ``output`` is what its ``render`` writes to: a text stream, a binary
    stream, or a folder, given as a path. A format that ``prepares`` has a function ``prepare(report, plugins, lang)`` in
    its module, which sets ``Report.prepared`` in the process where the document is and gives a report that has it back
    as it is. Of a format that is ``kept`` the module has ``rendering(report, lang)``, and its ``render`` takes reports that
    are :class:`govlint.engine.Rendered`: from the cache comes what it writes about each report, unless on a terminal.
    """

    id: str
    message: str
    english: str
    module: str
    output: Literal["text", "binary", "folder"] = "text"
    prepares: bool = False
    kept: bool = False

    def render(self, reports: Iterable[Report], out: TextIO | BinaryIO | Path, style: Style) -> None:
        """Write the reports in this format."""
        render: Render = importlib.import_module(self.module).render
        render(reports, out, style)

    def prepare(self, report: Report, plugins: Plugins, lang: Language) -> Report:
        """The report with what this format makes of its document."""
        if not self.prepares:
            return report
        prepare: Prepare = importlib.import_module(self.module).prepare
        return prepare(report, plugins, lang)

    def form(self, style: Style) -> Form | None:
        """How this format renders a report alone, where it does."""
        if not self.kept or style.color or style.excerpt:
            return None
        from govlint.engine import Form

        rendering = importlib.import_module(self.module).rendering
        return Form(f"{self.id} {style.lang}", functools.partial(rendering, lang=style.lang))


BUILT_IN = (
    Reporter(
        "text",
        "一条一行，终端上附原文",
        "a line each, on a terminal with the source",
        "govlint.reporters.text",
        kept=True,
    ),
    Reporter("json", "JSON，第 1 版", "JSON, version 1", "govlint.reporters.json"),
    Reporter("sarif", "SARIF 2.1.0", "SARIF 2.1.0", "govlint.reporters.sarif"),
    Reporter("github", "GitHub Actions 的注释", "annotations of GitHub Actions", "govlint.reporters.github"),
    Reporter("gitlab", "GitLab 的代码质量报告", "GitLab's code quality report", "govlint.reporters.gitlab"),
    Reporter(
        "rdjson", "reviewdog 的格式，附修改建议", "reviewdog's format, with suggestions", "govlint.reporters.rdjson"
    ),
    Reporter("checkstyle", "Checkstyle 的 XML", "Checkstyle's XML", "govlint.reporters.checkstyle"),
    Reporter("junit", "JUnit 的 XML", "JUnit's XML", "govlint.reporters.junit"),
    Reporter(
        "html",
        "网页：总表和每份报告一页，写入文件夹",
        "pages to read: an index and a page a report, in a folder",
        "govlint.reporters.html",
        output="folder",
        prepares=True,
    ),
    Reporter("csv", "表格（CSV），一行一个问题", "a table (CSV), a finding a row", "govlint.reporters.csv"),
    Reporter("xlsx", "Excel 工作簿", "an Excel workbook", "govlint.reporters.xlsx", output="binary"),
)


def reporters(further: Iterable[Reporter] = ()) -> Mapping[str, Reporter]:
    """All formats by id: our own and, behind them, those of plugins, which can't replace ours."""
    return {reporter.id: reporter for reporter in (*further, *BUILT_IN)}


def shown_path(path: str) -> str:
    """``path`` as it is printed: relative to the current folder where it lies below it, in UTF-8 whatever the locale."""
    folder = os.getcwd().rstrip(os.sep) + os.sep  # noqa: PTH109 - of every file
    shown = path.removeprefix(folder) if path.startswith(folder) else path.removeprefix(f".{os.sep}")
    return shown if shown.isprintable() else os.fsencode(shown).decode("utf-8", "surrogateescape")
