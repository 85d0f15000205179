"""``govlint init``: a configuration file to start from, in which everything is explained and nothing is set but the kind asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from govlint.commands import Parser, known_kind
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError
from govlint.reporters import Language

USAGE = "[选项]", "[options]"


class Key(Struct, frozen=True):
    """A key of the configuration: what it is for (Chinese, English), and an example."""

    message: str
    english: str
    example: str


_FILE = "govlint.toml"
_INTRODUCTION = (
    "govlint 的配置，作用于本文件夹及其以下的全部报告。\n去掉行首的 # 即生效；没有写的都用默认值。",
    "Configuration of govlint for all reports in this folder and below.\nRemove the # to set a key; what is not set has its default.",
)
KEYS: tuple[Key, ...] = (
    Key(
        "只用哪些规则：规则包或规则，见 govlint rules",
        "Only these rules: packs or rules, see govlint rules",
        'select = ["numbers", "terms", "text", "structure"]',
    ),
    Key("不用哪些规则", "Without these rules", 'ignore = ["text/mixed-language"]'),
    Key(
        "不检查的文件和文件夹，写法同 .gitignore；README 等本来不检查，要检查写 !README.md",
        "Files and folders that are not checked, written as in .gitignore; a README is not, unless !README.md is here",
        'exclude = ["归档/", "*-草稿.md"]',
    ),
    Key(
        "报告种类：auto（默认，依标题判断）、final-accounts、budget、annual-report",
        "Kind of report: auto (default, by the title), final-accounts, budget, annual-report",
        'kind = "auto"',
    ),
    Key(
        "哪一级以上的问题使退出状态为 1：error、warning（默认）、info、never",
        "Lowest severity that makes the exit status 1: error, warning (default), info, never",
        'fail-on = "warning"',
    ),
    Key("超过这一字节数的文件不检查", "Larger files, in bytes, are not checked", "max-file-size = 10000000"),
    Key("本单位的专有词语，分词时保持完整", "Words of your own that are kept whole", 'words = ["青禾云"]'),
    Key(
        "一条规则的严重程度（error、warning、info、off）和选项，选项见 govlint explain 规则",
        "A rule's severity (error, warning, info, off) and options, see govlint explain RULE",
        '[rules."text/mixed-language"]\nseverity = "info"',
    ),
    Key(
        "对一部分文件另作规定",
        "What holds for some files only",
        '[[overrides]]\npaths = ["预算/**"]\nkind = "budget"\nignore = ["text/mixed-language"]',
    ),
)


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.option(
        "--kind",
        metavar="KIND",
        zh="设定报告种类：final-accounts、budget、annual-report",
        en="set the kind of report: final-accounts, budget, annual-report",
    )


def run(arguments: Namespace) -> int:
    """Write the file, unless there is one."""
    path = Path(_FILE)
    kind = known_kind(arguments.kind, Plugins.installed()) if arguments.kind else None
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template(arguments.lang, kind))
    except FileExistsError:
        raise ConfigError(f"{path} 已经存在，未作改动", f"{path} exists already and was left alone") from None
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"无法写入 {path}：{why}", f"{path} cannot be written: {why}") from error
    print(f"{path} written" if arguments.lang == "en" else f"已写入 {path}")
    return 0


def template(lang: Language, kind: str | None = None) -> str:
    """The file: every key with what it is for, all of them commented out but the kind of report where one is given."""
    return "\n".join(_lines(lang, kind)) + "\n"


def _lines(lang: Language, kind: str | None) -> Iterator[str]:
    english = lang == "en"
    yield from (f"# {line}" for line in _INTRODUCTION[english].splitlines())
    for key in KEYS:
        yield ""
        yield f"# {key.english if english else key.message}"
        if kind is not None and key.example.startswith("kind = "):
            yield f'kind = "{kind}"'
        else:
            yield from (f"# {line}" for line in key.example.splitlines())
