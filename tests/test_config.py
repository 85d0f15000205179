import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings as settings_of_hypothesis, strategies as st

from govlint.config import Choices, ConfigError, Configuration, RuleSettings, Settings
from govlint.document import ReportKind
from govlint.own import FAILURES, OWN_RULES
from govlint.rule import Rule, Severity
from govlint.source import DEFAULT_MAX_BYTES


def check(
    document,
    *,
    allow: Sequence[str] = (),
    max_length: int = 3,
    share: Decimal = Decimal("0.5"),
    mode: Literal["strict", "loose"] = "strict",
):
    return ()


WORD = Rule("text/word", check, Severity.WARNING)
OTHER = Rule("text/other", check, Severity.INFO)
NUMBER = Rule("numbers/number", check, Severity.ERROR)
HIDDEN = Rule("text/hidden", check, Severity.INFO, enabled=False)
RULES = (WORD, OTHER, NUMBER, HIDDEN)
KINDS = (ReportKind("budget", "预算", ()), ReportKind("final-accounts", "决算", ()))


def configuration(**choices) -> Configuration:
    return Configuration(RULES, KINDS, Choices(**choices))


def on(settings: Settings) -> list[str]:
    return [rule for rule in settings.rules if not rule.startswith("govlint/")]


@pytest.fixture
def write(tmp_path: Path):
    """Write a file below a folder that is above all configuration; gives its path."""

    def write(text: str, name: str = "govlint.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def settings(write, text: str, path: str = "报告.md", **choices) -> Settings:
    return configuration(**choices).settings(write(text).parent / path)


def error(write, text: str, name: str = "govlint.toml") -> ConfigError:
    path = write(text, name)
    with pytest.raises(ConfigError) as caught:
        configuration().settings(path.parent / "报告.md")
    assert caught.value.path == str(path)
    return caught.value


# -- what holds


def test_without_any_file_all_rules_that_are_on_by_default_run(tmp_path: Path):
    found = configuration().settings(tmp_path / "报告.md")
    assert on(found) == ["text/word", "text/other", "numbers/number"]
    assert {rule.id for rule in OWN_RULES} < set(found.rules)
    assert (found.kind, found.fail_on, found.max_file_size, found.words) == (
        None,
        Severity.WARNING,
        DEFAULT_MAX_BYTES,
        (),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('select = ["numbers"]', ["numbers/number"]),
        ('select = ["numbers/"]', ["numbers/number"]),
        ('select = ["text"]', ["text/word", "text/other"]),
        ('select = ["text/hidden"]', ["text/hidden"]),
        ('select = ["text", "text/hidden"]', ["text/word", "text/other", "text/hidden"]),
        ('ignore = ["text"]', ["numbers/number"]),
        ('ignore = ["text/word"]', ["text/other", "numbers/number"]),
        ('select = ["text"]\nignore = ["text/word"]', ["text/other"]),
        ('select = ["text/word"]\nignore = ["text"]', ["text/word"]),
        ('select = ["text/word"]\nignore = ["text/word"]', []),
        ("select = []", []),
        ('[rules."text/word"]\nseverity = "off"', ["text/other", "numbers/number"]),
        ('[rules."text/hidden"]\nseverity = "info"', ["text/word", "text/other", "numbers/number", "text/hidden"]),
        ('select = ["text"]\n[rules."text/hidden"]\nseverity = "info"', ["text/word", "text/other", "text/hidden"]),
        ('ignore = ["text"]\n[rules."text/word"]\nseverity = "error"', ["numbers/number"]),
        ('select = ["numbers"]\n[rules."text/hidden"]\nseverity = "info"', ["numbers/number"]),
        (
            'ignore = ["text/hidden"]\n[rules."text/hidden"]\nseverity = "info"',
            ["text/word", "text/other", "numbers/number"],
        ),
    ],
)
def test_select_and_ignore_and_severity(write, text, expected):
    assert sorted(on(settings(write, text))) == sorted(expected)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"select": ("text",)}, ["text/other"]),
        ({"select": ("text/word",)}, ["text/word"]),
        ({"ignore": ("numbers",)}, ["text/other"]),
        ({"select": ("numbers",), "ignore": ("numbers/number",)}, []),
    ],
)
def test_choices_go_before_the_file(write, choices, expected):
    assert on(settings(write, 'ignore = ["text/word"]', **choices)) == expected


def test_a_selected_rule_is_on_although_its_severity_was_off(write):
    text = '[rules."text/word"]\nseverity = "off"'
    assert on(settings(write, text, select=("text/word",))) == ["text/word"]
    assert on(settings(write, text, select=("text",))) == ["text/other"]


def test_options_and_severity_of_a_rule(write):
    text = """
        [rules."text/word"]
        severity = "error"
        allow = ["甲", "乙"]
        max-length = 7
        share = 0.125
        mode = "loose"
    """
    assert settings(write, text).rules["text/word"] == RuleSettings(
        Severity.ERROR, {"allow": ["甲", "乙"], "max_length": 7, "share": Decimal("0.125"), "mode": "loose"}
    )


def test_the_other_keys(write):
    text = 'kind = "budget"\nfail-on = "error"\nmax-file-size = 100\nwords = ["数据中心"]\n'
    found = settings(write, text)
    assert (found.kind, found.fail_on, found.max_file_size, found.words) == (
        "budget",
        Severity.ERROR,
        100,
        ("数据中心",),
    )
    chosen = settings(write, text, kind="final-accounts", fail_on="never")
    assert (chosen.kind, chosen.fail_on) == ("final-accounts", None)
    assert settings(write, text, kind="auto").kind is None


def test_overrides_hold_for_the_paths_they_name(write):
    text = """
        ignore = ["text/other"]
        [rules."text/word"]
        allow = ["甲"]
        max-length = 5

        [[overrides]]
        paths = ["预算/", "*.budget.md"]
        kind = "budget"
        ignore = ["numbers"]
        [overrides.rules."text/word"]
        severity = "info"
        max-length = 9

        [[overrides]]
        paths = ["*.budget.md"]
        select = ["numbers", "text/other"]
    """
    plain = settings(write, text)
    assert (on(plain), plain.kind) == (["text/word", "numbers/number"], None)
    budget = settings(write, text, "预算/a.md")
    assert (on(budget), budget.kind) == (["text/word"], "budget")
    assert budget.rules["text/word"] == RuleSettings(Severity.INFO, {"allow": ["甲"], "max_length": 9})
    both = settings(write, text, "x/y.budget.md")
    assert on(both) == ["text/other", "numbers/number"]


def test_an_override_may_switch_a_rule_on_or_leave_it_off(write):
    text = """
        [rules."text/word"]
        severity = "off"
        [[overrides]]
        paths = ["a/"]
        rules."text/word".severity = "info"
        [[overrides]]
        paths = ["b/"]
        rules."text/word".max-length = 9
    """
    assert "text/word" not in on(settings(write, text))
    assert settings(write, text, "a/a.md").rules["text/word"].severity is Severity.INFO
    assert "text/word" not in on(settings(write, text, "b/a.md"))


def test_the_same_settings_are_the_same_object(write):
    found = configuration()
    folder = write('[[overrides]]\npaths = ["x/"]\nkind = "budget"').parent
    assert found.settings(folder / "a.md") is found.settings(folder / "y" / "b.md")
    assert found.settings(folder / "x" / "a.md") is not found.settings(folder / "a.md")


def test_exclude_works_as_gitignore_does(write):
    found = configuration()
    folder = write('exclude = ["drafts/", "*.tmp.md", "!keep.tmp.md", "/top.md"]').parent
    excluded = ["drafts/a.md", "x/drafts/a.md", "a.tmp.md", "x/b.tmp.md", "top.md"]
    kept = ["keep.tmp.md", "x/top.md", "drafts.md", "a.md"]
    assert [path for path in (*excluded, *kept) if found.excludes(folder / path)] == excluded
    assert found.excludes(folder / "drafts", folder=True)
    assert not found.excludes(folder / "drafts")


def test_files_about_the_folder_are_excluded_unless_they_are_had_back(write):
    found = configuration()
    folder = write("").parent
    about = ["README.md", "x/readme.zh-CN.md", "README_EN.html", "CHANGELOG.md", "contributing.md", "LICENSE.md"]
    kept = ["README决算.md", "年报README.md", "license/a.md", "a.md"]
    assert [path for path in (*about, *kept) if found.excludes(folder / path)] == about
    assert not found.excludes(folder / "README.d", folder=True)
    write('exclude = ["/a.md", "!README.md"]', "y/govlint.toml")
    assert [path for path in (*about, *kept) if found.excludes(folder / "y" / path)] == [*about[1:], "a.md"]


# -- which file


def test_the_nearest_file_wins_and_files_do_not_add_up(write):
    top = write('ignore = ["text"]').parent
    write('ignore = ["numbers"]', "a/govlint.toml")
    write("", "a/b/govlint.toml")
    found = configuration()
    assert on(found.settings(top / "x" / "y" / "报告.md")) == ["numbers/number"]
    assert on(found.settings(top / "a" / "报告.md")) == ["text/word", "text/other"]
    assert on(found.settings(top / "a" / "b" / "c" / "报告.md")) == ["text/word", "text/other", "numbers/number"]
    assert found.file_for(top / "a" / "c" / "报告.md") == top / "a" / "govlint.toml"


def test_pyproject_counts_where_it_has_a_table_for_us(write):
    top = write('ignore = ["text"]').parent
    write('[tool.other]\nname = "govlint"', "a/pyproject.toml")
    write('[tool.govlint]\nignore = ["numbers"]', "b/pyproject.toml")
    write('[tool.govlint]\nignore = ["numbers"]', "c/pyproject.toml")
    write('ignore = ["text/word"]', "c/govlint.toml")
    found = configuration()
    assert on(found.settings(top / "a" / "报告.md")) == ["numbers/number"]
    assert on(found.settings(top / "b" / "报告.md")) == ["text/word", "text/other"]
    assert on(found.settings(top / "c" / "报告.md")) == ["text/other", "numbers/number"]


def test_a_given_file_is_read_instead(write, tmp_path: Path):
    write('ignore = ["text"]')
    given = write('ignore = ["numbers"]\nexclude = ["drafts/"]', "ci/rules.toml")
    found = configuration(config=given)
    assert on(found.settings(tmp_path / "报告.md")) == ["text/word", "text/other"]
    assert found.excludes(tmp_path / "drafts" / "a.md")
    assert found.excludes(given.parent / "drafts" / "a.md")


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [("none.toml", None, "无法读取"), ("pyproject.toml", "[tool.other]", "没有 [tool.govlint]")],
)
def test_a_given_file_has_to_be_there(write, tmp_path: Path, name, text, part):
    if text is not None:
        write(text, name)
    with pytest.raises(ConfigError) as caught:
        configuration(config=tmp_path / name)
    assert part in str(caught.value)
    assert caught.value.path == str(tmp_path / name)


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path):
    (tmp_path / "govlint.toml").write_bytes('\ufeffignore = ["text"]\r\nfail-on = "error"\r\n'.encode())
    assert on(configuration().settings(tmp_path / "报告.md")) == ["numbers/number"]


# -- mistakes


@pytest.mark.parametrize(
    ("text", "line", "message", "english"),
    [
        ('ignore = []\nselct = ["text"]', 2, "没有 selct 这个配置项，是否应为 select？", "did you mean select?"),
        ('select = ["text/wrod"]', 1, "没有名为 text/wrod 的规则，是否应为 text/word？", "did you mean text/word?"),
        ('select = [\n  "text",\n  "nmubers",\n]', 3, "没有名为 nmubers 的规则，是否应为 numbers", "no such rule"),
        ('# x\nfail-on = "warn"', 2, "fail-on 不能是 warn，可选：error、warning、info、never", "it is one of error"),
        ('kind = "bugdet"', 1, "没有名为 bugdet 的报告种类，是否应为 budget？", "did you mean budget?"),
        ('select = "text"', 1, "select 应为列表，得到的是文字", "expected `array | null`, got `str`"),
        ("\nignore = [3]", 2, "ignore 应为文字，得到的是整数", "got `int`"),
        ("max-file-size = 0", 1, "max-file-size 应为不小于 1 的整数", ">= 1"),
        ('max-file-size = "20MB"', 1, "max-file-size 应为整数，得到的是文字", "got `str`"),
        ('[rules]\n"text/word" = 3', 2, "rules.text/word 应为表", "expected `object`"),
        ('[rules."text/wrod"]\nallow = []', 1, "没有名为 text/wrod 的规则，是否应为 text/word？", "no such rule"),
        ('[rules."text/word"]\n\nalow = []', 3, "没有 alow 这个选项，是否应为 allow？", "did you mean allow?"),
        ('[rules."text/word"]\nallow = "甲"', 2, "text/word 的 allow 应为列表，得到的是文字", "allow of text/word"),
        ('[rules."text/word"]\nallow = [1]', 2, "text/word 的 allow 应为文字", "got `int`"),
        ('[rules."text/word"]\nmax-length = true', 2, "max-length 应为整数，得到的是true 或 false", "got `bool`"),
        ('[rules."text/word"]\nmode = "lose"', 2, "mode 不能是 lose，可选：strict、loose", "one of strict, loose"),
        ('[rules."text/word"]\nseverity = "warn"', 2, "severity 不能是 warn，可选：error", "one of error"),
        ('rules."text/word".mode = "lose"', 1, "mode 不能是 lose", "can't be lose"),
        ('[[overrides]]\nkind = "budget"', 1, "overrides 缺少 paths", "lacks paths"),
        ('[[overrides]]\npaths = ["a"]\n[[overrides]]\npath = ["b"]', 4, "没有 path 这个配置项，是否应为 paths？", ""),
        (
            '[[overrides]]\npaths = ["a"]\n[[overrides]]\npaths = ["b"]\n[overrides.rules."text/word"]\nallow = 1',
            6,
            "text/word 的 allow 应为列表",
            "",
        ),
        ('[[overrides]]\npaths = ["a"]\nselect = ["tetx"]', 3, "没有名为 tetx 的规则，是否应为 text", ""),
        ('ignore = ["govlint/rule-crashed"]', 1, "govlint/rule-crashed 不能关闭", "can't be switched off"),
        ('[rules."govlint/not-parsed"]\nseverity = "off"', 2, "govlint/not-parsed 不能关闭", ""),
        ('exclude = ["!"]', 1, "通配符 ! 有误", "wrong glob"),
        ("ignore = [\n", 1, "不是有效的 TOML", "not valid TOML"),
        ('ignore = ["a"]\nx y', 2, "不是有效的 TOML", "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_likely_word(write, text, line, message, english):
    caught = error(write, text)
    assert message in str(caught)
    assert english in caught.english
    assert caught.line == line


def test_lines_are_right_in_pyproject(write):
    caught = error(write, '[project]\nname = "x"\nselct = 1\n\n[tool.govlint]\nselct = ["text"]\n', "pyproject.toml")
    assert caught.line == 6


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path):
    (tmp_path / "govlint.toml").write_bytes('words = ["决算"]'.encode("gb18030"))
    with pytest.raises(ConfigError, match="UTF-8"):
        configuration().settings(tmp_path / "报告.md")


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"select": ("text/wrod",)}, "没有名为 text/wrod 的规则，是否应为 text/word？"),
        ({"ignore": ("txt",)}, "没有名为 txt 的规则，是否应为 text？"),
        ({"kind": "bugdet"}, "没有名为 bugdet 的报告种类，是否应为 budget？"),
        ({"ignore": ("govlint/unreadable-file",)}, "不能关闭"),
    ],
)
def test_wrong_choices_are_told_without_a_file(choices, message):
    with pytest.raises(ConfigError) as caught:
        configuration(**choices)
    assert message in str(caught.value)
    assert caught.value.path is None


def test_unknown_names_are_no_mistake_where_a_plugin_is_missing(write):
    text = 'select = ["text", "lost"]\nkind = "lost"\n[rules."lost/rule"]\nlimit = 3\n'
    path = write(text).parent / "报告.md"
    found = Configuration(RULES, KINDS, complete=False).settings(path)
    assert on(found) == ["text/word", "text/other"]


_VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["text", "text/word", "numbers/", "off", "error", "budget", "lost/rule", "*.md", "!", ""]),
        st.integers(-1, 3),
        st.booleans(),
        st.just(1.5),
        st.dates(),
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["paths", "select", "rules", "text/word", "severity", "allow", "max-length", "x.y", "[a]"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=6,
)
_KEYS = ["select", "ignore", "exclude", "kind", "fail-on", "max-file-size", "words", "rules", "overrides", "wrong"]


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


@settings_of_hypothesis(max_examples=3 * settings_of_hypothesis.default.max_examples, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=3))
def test_any_configuration_is_either_used_or_told_in_full(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("any") / "govlint.toml"
    path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in table.items()), encoding="utf-8")
    try:
        found = configuration(config=path).settings(path.parent / "报告.md")
    except ConfigError as caught:
        assert caught.path == str(path)
        assert caught.line is not None
        assert str(caught)
        assert caught.english
    else:
        assert set(found.rules) >= FAILURES


# -- the engine's own rules


def test_the_engine_s_own_rules_need_not_be_selected_but_can_be_ignored(write):
    own = {rule.id for rule in OWN_RULES}
    assert own <= set(settings(write, 'select = ["text"]').rules)
    without = settings(write, 'ignore = ["govlint/empty-file"]\n[rules."govlint/no-files"]\nseverity = "info"')
    assert own - set(without.rules) == {"govlint/empty-file"}
    assert without.rules["govlint/no-files"].severity is Severity.INFO
    assert own & set(settings(write, 'ignore = ["govlint"]').rules) == FAILURES
