"""云川市的规则包：一条规则和一份词典，供编写插件时参考。"""

from collections.abc import Iterable

from govlint import Rule, hookimpl, rules_in
from govlint_yunchuan.names import former_names


@hookimpl
def govlint_rules() -> Iterable[Rule]:
    """The rules in this package, one from each module that has one."""
    return rules_in(__name__)


@hookimpl
def govlint_words() -> Iterable[str]:
    """The names that the tokenizer keeps whole."""
    for name in former_names():
        yield name.former
        yield name.present
