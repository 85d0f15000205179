"""``govlint new``: a report to be filled in, with every part, section, table and statement that its form asks for."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from govlint.commands import Parser, complain, known_kind
from govlint.facts.completeness import Library, library_of
from govlint.forms import Form, OutlineEntry
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError, did_you_mean

USAGE = "种类 --year 年度 [选项]", "KIND --year YEAR [options]"

_SECTION = re.compile(r"^# ([A-Za-z][\w.-]*)[ \t]*$", re.MULTILINE)
_YEARS = range(2015, 2100)
_DIGITS = "一二三四五六七八九十"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "kind",
        metavar=parser.say("种类", "KIND"),
        zh="报告种类：final-accounts、budget、annual-report",
        en="kind of report: final-accounts, budget, annual-report",
    )
    parser.option(
        "--year",
        metavar="YEAR",
        type=parser.count,
        required=True,
        zh="报告年度",
        en="the year that the report is of",
    )
    parser.option(
        "--body",
        metavar="NAME",
        default="XX单位",
        zh="单位名称（默认 XX单位）",
        en="the body's name (default: to be filled in)",
    )
    parser.option(
        "--region",
        metavar="REGION",
        default="",
        zh="用哪一省市的格式，如 湖北（默认全国格式）",
        en="use the form of a region, by its Chinese name (default: the national one)",
    )
    parser.option(
        "-o", "--output", metavar="FILE", zh="写入文件（默认输出到屏幕）", en="write to a file (default: print)"
    )


def run(arguments: Namespace) -> int:
    """Print the report, or write it to a file that does not exist yet."""
    plugins = Plugins.installed()
    kind = known_kind(arguments.kind, plugins)
    if arguments.year not in _YEARS:
        raise ConfigError(
            f"年度应为四位数，而不是 {arguments.year}", f"the year is a number such as 2024, not {arguments.year}"
        )
    library = library_of(plugins.data("govlint_forms"), kind or "")
    form = _form(library, arguments.kind, arguments.region)
    text = skeleton(form, library, texts(plugins, form.kind), arguments.year, arguments.body)
    for failure in plugins.failures:
        complain(f"{failure.plugin}: {failure.error}")
    if arguments.output is None:
        sys.stdout.write(text)
        return 0
    path = Path(arguments.output)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{path} 已经存在，未作改动", f"{path} exists already and was left alone") from None
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法写入 {path}：{why}", f"{path} cannot be written: {why}") from error
    print(f"{path} written" if arguments.lang == "en" else f"已写入 {path}")
    return 0


def _form(library: Library, kind: str, region: str) -> Form:
    regions = {form.region: form for form in library.forms}
    if not regions:
        raise ConfigError(f"报告种类 {kind} 没有格式数据", f"no form is known for reports of kind {kind}")
    if region not in regions:
        near, english = did_you_mean(region, regions)
        names = "、".join(name for name in regions if name) or "无"
        raise ConfigError(
            f"没有 {region} 的格式，可选：{names}{near}", f"no form of {region}: there are those of {names}{english}"
        )
    return regions[region]


def texts(plugins: Plugins, kind: str) -> Mapping[str, str]:
    """What a new report has under each heading, and its tables, by the ids of the form; the first plugin counts."""
    found: dict[str, str] = {}
    for file in plugins.data(f"govlint_skeleton/{kind}"):
        parts = _SECTION.split(file.read_text(encoding="utf-8"))
        for id_, text in zip(parts[1::2], parts[2::2], strict=True):
            found.setdefault(id_, text.strip())
    return found


def skeleton(form: Form, library: Library, written: Mapping[str, str], year: int, body: str) -> str:
    """The report in Markdown: title, contents, and everything of the form; XX stands where something is to be filled in."""
    headings = list(_numbered(form.outline, form.numbering, library, year))
    blocks = [written.get("title", f"# {{年}}年度{{单位}}{form.name}"), written.get("front", ""), "目录"]
    blocks += [f"{number}{title}" for number, title, depth, _ in headings if depth < 2]
    for number, title, depth, entry in headings:
        blocks += ["#" * (depth + 2) + f" {number}{title}", written.get(entry.topic, "")]
        shown = [id_ for id_ in entry.tables if library.tables[id_].in_force(year)]
        for id_ in shown:
            if len(shown) > 1:
                blocks.append("#" * (depth + 3) + f" {form.table_names.get(id_, library.tables[id_].name)}")
            blocks.append(written.get(id_, ""))
    text = "\n\n".join(block for block in blocks if block) + "\n"
    for name, value in (("年", str(year)), ("上年", str(year - 1)), ("单位", body)):
        text = text.replace("{" + name + "}", value)
    return text


def _numbered(
    entries: Iterable[OutlineEntry], numbering: Sequence[str], library: Library, year: int, depth: int = 0
) -> Iterator[tuple[str, str, int, OutlineEntry]]:
    """The required entries in order, each with its number, title and depth."""
    asked = [entry for entry in entries if entry.required and library.topics[entry.topic].in_force(year)]
    for index, entry in enumerate(asked, 1):
        number = numbering[min(depth, len(numbering) - 1)].format(n=index, c=_chinese(index))
        yield number, entry.title or library.topics[entry.topic].name, depth, entry
        yield from _numbered(entry.entries, numbering, library, year, depth + 1)


def _chinese(number: int) -> str:
    """A number below 100 in Chinese characters."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return head + (_DIGITS[ones - 1] if ones else "")
