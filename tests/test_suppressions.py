import pytest

from govlint.config import Configuration, RuleSettings, Settings
from govlint.engine import check_source
from govlint.rule import Finding, Related, Rule, Severity
from govlint.source import Source, Span
from tests.fakes import NUMBER, OTHER, WORD, crash, plugins

RULES = (WORD, OTHER, NUMBER)


def found(text: str, path: str = "a.md", *, rules=RULES, settings: Settings | None = None) -> list[tuple[str, int]]:
    """Rule and line of each diagnostic."""
    known = plugins(*rules)
    report = check_source(Source(path, text), known, settings or Configuration.of(known).settings(path))
    return [(diagnostic.rule, report.positions(diagnostic.span)[0].line) for diagnostic in report.diagnostics]


def messages(text: str) -> list[tuple[str, str, str]]:
    known = plugins(*RULES)
    report = check_source(Source("a.md", text), known, Configuration.of(known).settings("a.md"))
    return [(diagnostic.rule, diagnostic.severity, diagnostic.message) for diagnostic in report.diagnostics]


# -- where they hold


def test_next_line_holds_for_the_next_block_and_no_further():
    text = "<!-- govlint-disable-next-line text/word 引文 -->\n\n甲一\n甲二\n\n甲三\n"
    assert found(text) == [("text/word", 6)]


def test_only_the_named_rules_are_switched_off():
    comment = "<!-- govlint-disable-next-line {} 引文 -->\n\n甲乙丙\n"
    assert found(comment.format("text/word")) == [("text/other", 3), ("numbers/number", 3)]
    assert found(comment.format("text/word, numbers/number")) == [("text/other", 3)]
    assert found(comment.format("text/word，text/other、numbers/number")) == []
    assert found(comment.format("text")) == [("numbers/number", 3)]


@pytest.mark.parametrize("blank", ["", "\n", "\n\n\n"])
def test_blank_lines_behind_the_comment_do_not_matter(blank):
    assert found(f"甲\n\n<!-- govlint-disable-next-line text/word 引文 -->\n{blank}甲\n") == [("text/word", 1)]


def test_a_comment_above_a_table_holds_for_the_table():
    def everything(document):
        return [Finding(cell.span, "格", "cell") for table in document.tables() for cell in table.cells() if cell.text]

    rule = Rule("numbers/cell", everything, Severity.ERROR)
    table = "| 项目 | 金额 |\n|---|---|\n| 收入 | 1.00 |\n"
    comment = "<!-- govlint-disable-next-line numbers/cell 原表如此 -->\n"
    assert found(f"{comment}\n{table}\n正文\n\n{table}", rules=(rule,)) == [
        ("numbers/cell", line) for line in (9, 9, 11, 11)
    ]
    html = "<table><tr><td>收入</td><td>1.00</td></tr>\n<tr><td>支出</td><td>1.00</td></tr></table>\n"
    told = found(f"{comment}{html}{html}", "a.html", rules=(rule,))
    assert told == [("numbers/cell", line) for line in (4, 4, 5, 5)]


def test_a_comment_inside_a_block_holds_for_the_next_line():
    text = "第一行甲\n第二行 <!-- govlint-disable-next-line text/word 引文 --> 甲\n第三行甲\n第四行甲\n"
    assert found(text) == [("text/word", 1), ("text/word", 2), ("text/word", 4)]


def test_a_pair_holds_between_its_comments():
    text = (
        "甲\n\n<!-- govlint-disable text/word 引文 -->\n\n甲\n\n甲乙\n\n<!-- govlint-enable text/word -->\n\n甲\n\n"
        "<!-- govlint-disable text/word 引文 -->\n\n甲\n"
    )
    assert found(text) == [("text/word", 1), ("text/other", 7), ("text/word", 11)]


def test_enable_without_a_rule_ends_all():
    text = (
        "<!-- govlint-disable text/word 引文 -->\n<!-- govlint-disable text/other 引文 -->\n\n甲乙\n\n"
        "<!-- govlint-enable -->\n\n甲乙\n"
    )
    assert found(text) == [("text/word", 8), ("text/other", 8)]


def test_a_file_comment_holds_everywhere():
    assert found("甲\n\n甲乙\n\n<!-- govlint-disable-file text/word 历史文件 -->\n") == [("text/other", 3)]


def test_html_comments_work_in_html():
    text = "<p>甲</p><!-- govlint-disable-next-line text/word 引文 --><p>甲</p>\n<p>甲</p>"
    assert found(text, "a.html") == [("text/word", 1), ("text/word", 2)]


def test_evidence_in_the_place_does_not_count():
    finding = Finding(Span(0, 1), "首字", "first", related=(Related(Span(2, 3), "依据", "evidence"),))
    rule = Rule("text/first", lambda document: [finding], Severity.WARNING)
    text = "丁\n\n<!-- govlint-disable-file text/first 理由 -->"
    assert found(text, rules=(rule,)) == []
    text = "丁丁丁\n\n<!-- govlint-disable-next-line text/first 理由 -->\n\n丁"
    assert ("text/first", 1) in found(text, rules=(rule,))


def test_a_finding_at_the_very_end_of_a_block_is_in_it():
    def at_end(document):
        return [Finding(Span(block.span.end, block.span.end), "缺句号", "no full stop") for block in document.blocks]

    rule = Rule("text/end", at_end, Severity.WARNING)
    text = "<!-- govlint-disable-next-line text/end 标题 -->\n\n第一段\n\n第二段\n"
    assert found(text, rules=(rule,)) == [("text/end", 5)]


# -- unused ones


@pytest.mark.parametrize(
    "text",
    [
        "<!-- govlint-disable-next-line text/word 引文 -->\n\n丁\n\n甲\n",
        "<!-- govlint-disable text/word 引文 -->\n\n丁\n\n<!-- govlint-enable text/word -->\n\n甲\n",
        "甲\n\n<!-- govlint-disable-next-line text/word 引文 -->\n",
    ],
)
def test_one_that_suppresses_nothing_is_a_finding(text):
    assert {rule for rule, _ in found(text)} == {"text/word", "govlint/unused-suppression"}


def test_one_of_two_rules_of_a_comment_may_be_unused():
    told = messages("<!-- govlint-disable-next-line text/word, text/other 引文 -->\n\n甲\n")
    assert told == [
        ("govlint/unused-suppression", "warning", "屏蔽注释没有作用：text/other 在其范围内没有发现问题，请删除")
    ]


def test_the_narrowest_is_the_one_that_is_used():
    text = "<!-- govlint-disable-file text/word 引文 -->\n\n<!-- govlint-disable-next-line text/word 引文 -->\n\n甲\n"
    assert found(text) == [("govlint/unused-suppression", 1)]


def test_a_second_comment_for_the_same_place_is_unused():
    text = "<!-- govlint-disable text/word 一 -->\n\n<!-- govlint-disable text/word 二 -->\n\n甲\n"
    assert found(text) == [("govlint/unused-suppression", 3)]


def test_rules_that_do_not_run_leave_no_suppression_unused():
    text = "<!-- govlint-disable-file {} 引文 -->\n\n丁\n"
    only_other = Settings({"text/other": RuleSettings(), "govlint/unused-suppression": RuleSettings()})
    assert found(text.format("text/word"), settings=only_other) == []
    assert found(text.format("text"), settings=only_other) == []
    assert found(text.format("text/other"), settings=only_other) == [("govlint/unused-suppression", 1)]
    crashing = Rule("text/crash", crash, Severity.WARNING)
    assert "govlint/unused-suppression" not in dict(found(text.format("text/crash"), rules=(crashing,)))
    budget = Rule("text/budget", lambda document: (), Severity.WARNING, kinds=frozenset({"budget"}))
    assert found(text.format("text/budget"), rules=(budget,)) == []


# -- wrong ones


@pytest.mark.parametrize(
    ("comment", "severity", "message"),
    [
        ("govlint-disable-next-line text/word", "info", "没有写明理由"),
        ("govlint-disable-next-line text/wrod 引文", "warning", "没有名为 text/wrod 的规则，是否应为 text/word？"),
        ("govlint-disable-next-line", "warning", "没有写明规则"),
        ("govlint-disable-next-line 引文", "warning", "没有写明规则"),
        ("govlint-disable-nextline text/word 引文", "warning", "是否应为 govlint-disable-next-line？"),
        ("govlint-enable text/word", "warning", "没有与之对应的 govlint-disable"),
        ("govlint-enable", "warning", "没有与之对应的 govlint-disable"),
        ("govlint-disable-file govlint/empty-file 引文", "warning", "没有名为 govlint/empty-file 的规则"),
    ],
)
def test_a_wrong_comment_is_a_finding(comment, severity, message):
    told = [line for line in messages(f"<!-- {comment} -->\n\n甲\n") if line[0] != "text/word"]
    assert [(rule, level) for rule, level, _ in told] == [("govlint/invalid-suppression", severity)]
    assert message in told[0][2]


def test_one_without_a_reason_holds_nevertheless():
    assert "text/word" not in dict(found("<!-- govlint-disable-next-line text/word -->\n\n甲\n"))


def test_an_unknown_rule_beside_a_known_one_does_not_spoil_it():
    text = "<!-- govlint-disable-next-line text/word, text/nothing 引文 -->\n\n甲\n"
    assert found(text) == [("govlint/invalid-suppression", 1)]


@pytest.mark.parametrize("comment", ["govlint 已检查", "markdownlint-disable MD013", "说明：govlint-disable text/word"])
def test_other_comments_are_left_alone(comment):
    assert found(f"<!-- {comment} -->\n\n甲\n") == [("text/word", 3)]


def test_comments_in_code_are_no_comments():
    assert found("```html\n<!-- govlint-disable-file text/word 引文 -->\n```\n\n甲\n") == [("text/word", 5)]


def test_many_comments_and_findings_take_no_longer_than_each_alone():
    text = "<!-- govlint-disable-next-line text/word 引文 -->\n\n甲\n\n" * 3000
    assert found(text) == []
