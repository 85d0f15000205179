"""The page of every installed rule: its form, and that its examples are found as marked."""

import pytest

from govlint.docs import PageError
from govlint.engine import installed_plugins
from govlint.hooks import Plugins
from govlint.own import INVALID_SUPPRESSION, UNUSED_SUPPRESSION
from govlint.rule import Rule, Severity
from govlint.testing import PageExample, check_example, check_page, lint, page_examples
from tests.fakes import fixed, rules_plugin

RULES = installed_plugins().rules()


def examples_of(rule: Rule) -> list[PageExample]:
    """The examples of a page; none where the page can't be read, which the test of its form tells."""
    try:
        return page_examples([rule])
    except PageError:
        return []


def test_all_plugins_load():
    assert installed_plugins().failures == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_has_all_it_needs(rule: Rule):
    check_page(rule)


@pytest.mark.parametrize("example", [example for rule in RULES for example in examples_of(rule)], ids=str)
def test_an_example_is_found_as_marked(example: PageExample):
    check_example(example)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_shows_a_fix_where_the_rule_gives_one(rule: Rule):
    bad = [each.example for each in examples_of(rule) if not each.good]
    reports = [lint(each.text, rule, path=each.path, kind=each.kind, options={rule.id: each.options}) for each in bad]
    fixes = [each.fix for report in reports for each in report.diagnostics if each.fix is not None]
    assert bool(fixes) == any(each.fixed is not None for each in bad)


@pytest.mark.parametrize("example", page_examples([UNUSED_SUPPRESSION, INVALID_SUPPRESSION]), ids=str)
def test_examples_of_suppressions(example: PageExample):
    mixed_language = Rule("text/mixed-language", fixed(), Severity.WARNING)
    check_example(example, Plugins([rules_plugin(mixed_language)]))
