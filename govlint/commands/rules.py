"""``govlint rules``: all rules, those of plugins and the engine's own."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from govlint.commands import Parser, complain, installed_rules, known_kind, use_color
from govlint.docs import Page, page
from govlint.hooks import Plugins
from govlint.rule import Rule

USAGE = "[选项]", "[options]"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.option(
        "--kind", metavar="KIND", zh="只列出适用于这种报告的规则", en="only rules that apply to this kind of report"
    )
    parser.option(
        "--output-format",
        metavar="text|json",
        type=parser.choice("text", "json"),
        default="text",
        zh="输出格式",
        en="how to print",
    )


def run(arguments: Namespace) -> int:
    """Print the rules."""
    plugins = Plugins.installed()
    kind = known_kind(arguments.kind, plugins)
    rules = [
        (rule, _page(rule)) for rule in installed_rules(plugins) if kind is None or not rule.kinds or kind in rule.kinds
    ]
    if arguments.output_format == "json":
        described = [_described(rule, page) for rule, page in rules]
        print(json.dumps({"version": 1, "rules": described}, ensure_ascii=False, indent=1))
    else:
        print(_table(rules, arguments))
    for failure in plugins.failures:
        complain(f"{failure.plugin}: {failure.error}")
    return 2 if plugins.failures else 0


def _page(rule: Rule) -> Page | None:
    try:
        return page(rule)
    except ValueError as error:
        complain(f"{rule.id}: {error}")
        return None


def _table(rules: Iterable[tuple[Rule, Page | None]], arguments: Namespace) -> str:
    """A line a rule; the title comes last because its width in cells is not its length."""
    english = arguments.lang == "en"
    bold, reset = ("\x1b[1m", "\x1b[0m") if use_color(arguments.color, sys.stdout) else ("", "")
    rows = [
        (
            rule.id,
            rule.severity.value,
            ("fix" if page and page.fixable else "-") + ("" if rule.enabled else " off"),
            (page.english if english else page.title) if page else "",
        )
        for rule, page in rules
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return "\n".join(
        f"{bold}{id_:<{widths[0]}}{reset}  {severity:<{widths[1]}}  {marks:<{widths[2]}}  {title}"
        for id_, severity, marks, title in rows
    )


def _described(rule: Rule, page: Page | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "enabled": rule.enabled,
        "fixable": bool(page and page.fixable),
        "kinds": sorted(rule.kinds),
        "title": page.title if page else "",
        "english": page.english if page else "",
        "options": [
            {"name": option.name, "type": option.annotation, "default": _plain(option.default)}
            for option in rule.options.values()
        ],
    }


def _plain(value: object) -> object:
    """A default as JSON has it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else str(value)
