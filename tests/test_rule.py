import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest

from govlint.rule import Option, Rule, Severity, rule, rules_in

RULE_MODULE = '''"""标题

A sentence.
"""
from govlint.rule import Finding, Severity, rule
from govlint.source import Span

@rule(severity=Severity.INFO, kinds=["budget"])
def check(document, *, max_length: int = 3):
    yield Finding(Span(0, 1), "文", "text")
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that makes a package of modules and gives its name."""

    def make(**modules: str) -> str:
        name = "govlint_made_up"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").write_text("", encoding="utf-8")
        for module, code in modules.items():
            (folder / f"{module}.py").write_text(code, encoding="utf-8")
        return name

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for name in [name for name in sys.modules if name.startswith("govlint_made_up")]:
        del sys.modules[name]


def test_rules_are_named_after_pack_and_module(package):
    rules = rules_in(package(second_rule=RULE_MODULE, first=RULE_MODULE, _helper="x = 1", data="x = 1"))
    assert [found.id for found in rules] == ["made-up/first", "made-up/second-rule"]
    assert rules[0].severity is Severity.INFO
    assert rules[0].kinds == {"budget"}
    assert rules[0].pack == "made-up"
    assert rules[0].docstring == "标题\n\nA sentence."


def test_the_pack_may_be_named(package):
    assert [found.id for found in rules_in(package(first=RULE_MODULE), "mine")] == ["mine/first"]


def test_two_rules_in_a_module_are_refused(package):
    with pytest.raises(ValueError, match="has 2 rules"):
        rules_in(
            package(first=RULE_MODULE + "\n\n@rule(severity=Severity.INFO)\ndef other(document):\n    return ()\n")
        )


def test_an_imported_rule_is_not_the_importing_module_s(package):
    name = package(first=RULE_MODULE, second="from govlint_made_up.first import check")
    assert [found.id for found in rules_in(name)] == ["made-up/first"]


@rule(severity=Severity.WARNING)
def check_with_options(
    document: Any,
    positional: int = 1,
    *,
    allow_list: Sequence[str] = ("甲",),
    mode: Literal["a", "b"] = "a",
    limit=5,
):
    return ()


def test_options_are_the_keyword_only_parameters():
    options = Rule("text/x", check_with_options, Severity.WARNING).options
    assert list(options) == ["allow-list", "mode", "limit"]
    assert options["allow-list"] == Option("allow-list", "collections.abc.Sequence[str]", ("甲",), Sequence[str])
    assert options["mode"].type == Literal["a", "b"]
    assert options["limit"] == Option("limit", "", 5, Any)


def test_annotations_that_are_strings_are_read(package):
    code = (
        '"""标题"""\nfrom __future__ import annotations\nfrom typing import TYPE_CHECKING\n'
        "from govlint.rule import Severity, rule\nif TYPE_CHECKING:\n    from collections.abc import Sequence\n"
        "    from nowhere import Strange\n"
        "@rule(severity=Severity.INFO)\n"
        "def check(document: Strange, *, words: Sequence[str] = (), strange: Strange | None = None):\n    return ()\n"
    )
    (found,) = rules_in(package(first=code))
    assert found.options["words"] == Option("words", "Sequence[str]", (), Sequence[str])
    assert found.options["strange"].type is Any


def test_a_page_keeps_its_tabs():
    page = Rule("text/x", check_with_options, Severity.WARNING, page="\n标题\n\n甲\t1\n\t2\n").docstring
    assert page == "标题\n\n甲\t1\n\t2"


def test_severities_are_ranked():
    assert [severity.rank for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)] == [0, 1, 2]
