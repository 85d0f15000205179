"""``govlint explain``: the page of a rule."""

from __future__ import annotations

import sys
from argparse import Namespace

from govlint.commands import Parser, installed_rules, use_color
from govlint.docs import render
from govlint.hooks import Plugins
from govlint.mistakes import ConfigError, did_you_mean
from govlint.rule import Rule

USAGE = "规则", "RULE"


def options(parser: Parser) -> None:
    """Declare the options."""
    parser.argument(
        "rule",
        metavar=parser.say("规则", "RULE"),
        zh="规则名，如 text/mixed-language；包名可以省略",
        en="a rule's id, such as text/mixed-language; the pack may be left out",
    )


def run(arguments: Namespace) -> int:
    """Print the page, set for the terminal if there is one."""
    page = render(_named(arguments.rule))
    if use_color(arguments.color, sys.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console(force_terminal=True).print(Markdown(page))
    else:
        print(page.rstrip())
    return 0


def _named(name: str) -> Rule:
    rules = {rule.id: rule for rule in installed_rules(Plugins.installed())}
    found = [rule for rule in rules.values() if name in (rule.id, rule.id.partition("/")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        ids = [rule.id for rule in found]
        raise ConfigError(
            f"名为 {name} 的规则不止一条：{'、'.join(ids)}", f"more than one rule is called {name}: {', '.join(ids)}"
        )
    near, english = did_you_mean(name, rules)
    if not near:
        near, english = did_you_mean(name, [rule.partition("/")[2] for rule in rules])
    raise ConfigError(
        f"没有规则 {name}{near or '；全部规则见 govlint rules'}",
        f"no rule {name}{english or '; govlint rules lists all'}",
    )
