"""The examples of the rule pages are the tests of the rules."""

import govlint_yunchuan
import pytest
from govlint_yunchuan.names import former_names

from govlint.testing import PageExample, check_example, lint, page_examples

RULES = list(govlint_yunchuan.govlint_rules())


@pytest.mark.parametrize("example", page_examples(RULES), ids=str)
def test_page(example: PageExample) -> None:
    check_example(example)


def test_an_allowed_name_passes() -> None:
    text = "# 2023年度云川市青禾区档案馆部门决算\n\n青禾县档案馆旧址开放参观。\n"
    (rule,) = RULES
    assert len(lint(text, rule).diagnostics) == 1
    assert not lint(text, rule, options={rule.id: {"allow": ["青禾县"]}}).diagnostics


def test_names_change_once() -> None:
    assert len({name.former for name in former_names()}) == len(former_names())
