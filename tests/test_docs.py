import sys
from pathlib import Path
from types import ModuleType

import pytest

from govlint.docs import PageError, page, readmes, render, stale_readmes
from govlint.fixes import apply_fixes
from govlint.own import OWN_RULES
from govlint.rule import Edit, Fix, Rule, Severity
from govlint.source import Span
from govlint.testing import PageExample, check_example, check_page, lint, marked, page_examples
from tests.fakes import finds, plugins

PAGE = """\
不用甲字

The character is not used,
anywhere.

## 说明
说明一句。

## 依据
《某规定》第一条。

## 反例
```markdown
这里有⟦甲⟧，那里也有⟦甲⟧。
```

改为：

```markdown
这里有乙，那里也有乙。
```

表中：

````html kind=budget limit=3 names=["a","b"]
<p>⟦甲⟧</p>
```
````

## 正例
```markdown
乙
\t1
```

```text
不是例子
```
"""


def check(document, *, limit: int = 2, names: tuple[str, ...] = (), sign: str | None = None, on: bool = True):
    for finding in finds("甲")(document):
        yield type(finding)(finding.span, finding.message, finding.english, fix=Fix((Edit(finding.span, "乙"),)))


RULE = Rule("text/word", check, Severity.WARNING, frozenset({"budget"}), enabled=False, page=PAGE)
ANY = Rule("text/word", check, Severity.WARNING, page=PAGE)


def test_a_page_is_read():
    read = page(RULE)
    assert (read.title, read.english) == ("不用甲字", "The character is not used, anywhere.")
    assert [heading for heading, _ in read.sections] == ["说明", "依据", "反例", "正例"]
    assert read.sections[0] == ("说明", "说明一句。")
    assert read.fixable
    first, second = read.bad
    assert first.marked == "这里有⟦甲⟧，那里也有⟦甲⟧。\n"
    assert first.text == "这里有甲，那里也有甲。\n"
    assert first.fixed == "这里有乙，那里也有乙。\n"
    assert (first.path, first.kind, first.options) == ("example.md", None, {})
    assert (second.path, second.kind) == ("example.html", "budget")
    assert second.options == {"limit": 3, "names": ["a", "b"]}
    assert second.marked == "<p>⟦甲⟧</p>\n```\n"
    assert second.fixed is None
    (good,) = read.good
    assert good.text == "乙\n\t1\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("不用甲字\n", "不用甲字\n又一行\n"), "begins with a line of Chinese"),
        (("The character is not used,\nanywhere.\n\n", ""), "begins with a line of Chinese"),
        (("那里也有乙。\n```\n\n表中", "那里也有乙。\n\n表中"), "not closed"),
        (("这里有⟦甲⟧，那里也有⟦甲⟧", "没有记号"), "has no ⟦⟧"),
        (("乙\n\t1", "⟦甲⟧"), "正例 has ⟦⟧"),
        (("## 反例\n", "## 反例\n改为\n"), "no example before it"),
        (("limit=3", "limit=x"), "is not key=value"),
        (("limit=3", "limit"), "is not key=value"),
    ],
)
def test_a_page_of_another_form_is_refused(change, message):
    with pytest.raises(PageError, match=message) as caught:
        page(Rule("text/word", check, Severity.INFO, page=PAGE.replace(*change)))
    assert str(caught.value).startswith("text/word: ")


def test_a_rendered_page_has_what_is_derived():
    text = render(RULE)
    assert text.startswith("# text/word：不用甲字\n\n*The character is not used, anywhere.*\n\n")
    assert "严重程度：warning；适用于：budget；默认关闭；可自动修复" in text
    assert "## 依据\n\n《某规定》第一条。" in text
    options = text[text.index("## 选项") :]
    assert "| `limit` | `int` | `2` |" in options
    assert "| `names` | `tuple[str, ...]` | `[]` |" in options
    assert "| `sign` | `str \\| None` | `无` |" in options
    assert "| `on` | `bool` | `true` |" in options


def test_a_page_without_the_form_is_rendered_as_it_stands():
    assert render(Rule("text/x", check, Severity.INFO, page="只有标题")) == "# text/x\n\n只有标题\n"


def test_the_engine_s_own_rules_have_pages():
    for rule in OWN_RULES:
        read = page(rule)
        headings = dict(read.sections)
        assert headings["说明"]
        assert headings.get("处理") or (read.bad and len(read.good) >= 3), rule.id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("不用甲字", "Title"), "no Chinese title"),
        (("The character", "这个字 the character"), "no English sentence"),
        (("## 依据\n", "## 来源\n"), "not 说明, 依据, 反例, 正例"),
        (("《某规定》第一条。\n", ""), "依据 is empty"),
        (("", ""), "at least three good"),
    ],
)
def test_what_a_page_lacks_is_told(change, message):
    with pytest.raises(AssertionError, match=message):
        check_page(Rule("text/word", check, Severity.INFO, page=PAGE.replace(*change)))


def test_a_complete_page_passes():
    check_page(Rule("text/word", check, Severity.INFO, page=PAGE + "```markdown\n丁\n```\n\n```html\n<p>丁</p>\n```\n"))


# -- examples


def test_examples_are_checked():
    for example in page_examples([ANY]):
        if example.example.format == "markdown":
            check_example(example, plugins())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("这里有⟦甲⟧", "这里有⟦甲，⟧"), "expected:"),
        (("那里也有⟦甲⟧", "那里也有甲"), "expected:"),
        (("这里有乙", "这里有丙"), "expected after all fixes"),
        (("乙\n\t1", "甲"), "expected:"),
    ],
)
def test_an_example_that_is_wrong_fails(change, message):
    examples = page_examples([Rule("text/word", check, Severity.INFO, page=PAGE.replace(*change))])
    with pytest.raises(AssertionError, match=message):
        for example in examples:
            check_example(example, plugins())


def test_examples_are_named_for_test_ids():
    assert [str(example) for example in page_examples([ANY])] == [
        "text/word-bad-1",
        "text/word-bad-2",
        "text/word-good-1",
    ]


def test_examples_may_set_options_of_the_rule():
    def limited(document, *, limit: int = 0):
        return list(finds("甲")(document))[:limit]

    text = "甲甲\n"
    example = page(
        Rule("t/x", limited, Severity.INFO, page=PAGE.replace("```markdown\n这里", "```markdown limit=1\n这里"))
    ).bad[0]
    rule = Rule("text/limited", limited, Severity.INFO)
    assert len(lint(text, rule, plugins=plugins()).diagnostics) == 0
    assert len(lint(text, rule, options={rule.id: {"limit": 2}}, plugins=plugins()).diagnostics) == 2
    with pytest.raises(AssertionError, match="expected:"):
        check_example(PageExample(rule, example, False, 1), plugins())


def test_lint_raises_where_a_rule_crashes():
    def broken(document):
        raise LookupError("lost")

    with pytest.raises(AssertionError, match="LookupError: lost"):
        lint("甲\n", Rule("text/broken", broken, Severity.INFO), plugins=plugins())


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "一二三四"),
        ([(0, 1), (2, 4)], "⟦一⟧二⟦三四⟧"),
        ([(0, 1), (1, 2)], "⟦一⟧⟦二⟧三四"),
        ([(1, 1), (4, 4)], "一⟦⟧二三四⟦⟧"),
        ([(0, 4), (1, 2)], "⟦一⟦二⟧三四⟧"),
        ([(0, 4), (0, 2), (2, 4)], "⟦⟦一二⟧⟦三四⟧⟧"),
        ([(0, 2), (2, 2), (2, 3)], "⟦一二⟧⟦⟦⟧三⟧四"),
        ([(1, 3), (1, 3)], "一⟦二三⟧四"),
    ],
)
def test_marks_stand_round_spans(spans, expected):
    assert marked("一二三四", [Span(*span) for span in spans]) == expected


# -- fixes


@pytest.mark.parametrize(
    ("fixes", "expected", "made"),
    [
        ([], "一二三四", 0),
        ([[(0, 1, "甲")], [(2, 3, "")]], "甲二四", 2),
        ([[(2, 3, "")], [(0, 1, "甲")]], "甲二四", 2),
        ([[(0, 2, "甲")], [(1, 3, "乙")]], "甲三四", 1),
        ([[(0, 1, "甲")], [(0, 1, "甲")]], "甲二三四", 1),
        ([[(0, 1, "甲"), (3, 4, "乙")], [(2, 4, "丙")]], "甲二三乙", 1),
        ([[(4, 4, "。")], [(0, 0, "“")]], "“一二三四。", 2),
        ([[(2, 2, "，")], [(2, 2, "、")]], "一二、三四", 1),
        ([[(0, 2, "甲")], [(2, 4, "乙")]], "甲乙", 2),
        ([[(2, 4, "乙"), (0, 1, "甲")]], "甲二乙", 1),
    ],
)
def test_fixes_are_made_whole_and_without_overlap(fixes, expected, made):
    given = [Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits)) for edits in fixes]
    text, applied = apply_fixes("一二三四", given)
    assert (text, len(applied)) == (expected, made)


# -- README.md of a pack


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package below ``tmp_path`` whose module ``made_up_pack.rule`` is where the check says it stands."""
    folder = tmp_path / "plugins" / "made_up_pack"
    folder.mkdir(parents=True)
    package, module = ModuleType("made_up_pack", "虚构的规则包。\n\n第二段。"), ModuleType("made_up_pack.rule")
    package.__path__ = [str(folder)]
    module.__package__ = "made_up_pack"
    monkeypatch.setitem(sys.modules, "made_up_pack", package)
    monkeypatch.setitem(sys.modules, "made_up_pack.rule", module)
    monkeypatch.setattr(check, "__module__", "made_up_pack.rule")
    return folder


def test_a_readme_has_a_table_and_the_pages(pack: Path):
    ((path, text),) = readmes([RULE], pack.parent).items()
    assert path == pack / "README.md"
    assert "# text\n\n虚构的规则包。\n\n第二段。\n\n| 规则 |" in text
    assert "| [text/word](#textword) | warning，默认关闭 | 可 | 不用甲字 |" in text
    assert "\n## text/word\n" in text
    assert "\n### 说明\n" in text
    assert text.count("\n# ") == 1


def test_headings_in_examples_stay_as_they_are(pack: Path):
    rule = Rule("text/word", check, Severity.INFO, page=PAGE.replace("乙\n\t1", "## 乙"))
    (text,) = readmes([rule], pack.parent).values()
    assert "```markdown\n## 乙\n```" in text


def test_packs_elsewhere_have_no_readme_here(pack: Path):
    assert readmes([RULE], pack / "elsewhere") == {}
    assert readmes(OWN_RULES, pack.parent) == {}


def test_stale_readmes_are_named_with_what_they_should_hold(pack: Path):
    stale = stale_readmes([RULE], pack.parent)
    assert list(stale) == [pack / "README.md"]
    (pack / "README.md").write_text(stale[pack / "README.md"], encoding="utf-8")
    assert stale_readmes([RULE], pack.parent) == {}
    (pack / "README.md").write_text("von Hand\n", encoding="utf-8")
    assert stale_readmes([RULE], pack.parent) == stale
