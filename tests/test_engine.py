import gc
import pickle
from pathlib import Path

import pytest
from msgspec.structs import replace

import govlint
from govlint.config import Configuration, RuleSettings, Settings
from govlint.document import Document, Paragraph, ReportKind, Text, Trouble
from govlint.engine import StoppedError, check_bytes, check_document, check_file, check_source
from govlint.hooks import Plugins, Summary
from govlint.rule import Edit, Finding, Fix, Related, Rule, Severity
from govlint.source import Source, Span
from tests.fakes import NUMBER, OTHER, WORD, crash, finds, fixed, plugin, plugins, rules_plugin

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def run(text: str, *rules: Rule, path: str = "报告.md", **chosen):
    known = plugins(*rules)
    settings = Configuration.of(known).settings(path)
    for rule, severity in chosen.items():
        settings = Settings({**settings.rules, f"text/{rule}": RuleSettings(severity)})
    return check_source(Source(path, text), known, settings)


def said(report):
    return [(diagnostic.rule, report.source.text[slice(*diagnostic.span)]) for diagnostic in report.diagnostics]


def test_a_finding_becomes_a_diagnostic_with_rule_severity_and_path():
    (diagnostic,) = run("这里有甲字。\n", WORD).diagnostics
    assert diagnostic.rule == "text/word"
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.path == "报告.md"
    assert diagnostic.span == Span(3, 4)
    assert (diagnostic.message, diagnostic.english) == ("不应有 甲", "there is 甲")


def test_diagnostics_are_in_the_order_of_place_and_rule():
    report = run("乙甲丙甲\n", WORD, OTHER, NUMBER)
    assert said(report) == [("text/other", "乙"), ("text/word", "甲"), ("numbers/number", "丙"), ("text/word", "甲")]


def test_the_status_follows_the_lowest_severity_that_fails():
    info = Rule("text/word", finds("甲"), Severity.INFO)
    assert run("甲\n", info).status == 0
    assert run("甲\n", WORD).status == 1
    assert run("乙\n", WORD).status == 0
    known = plugins(WORD)
    rules = {"text/word": RuleSettings()}
    source = Source("a.md", "甲\n")
    assert check_source(source, known, Settings(rules, fail_on=None)).status == 0
    assert check_source(source, known, Settings(rules, fail_on=Severity.ERROR)).status == 0
    assert check_source(source, known, Settings(rules, fail_on=Severity.INFO)).status == 1


def test_only_rules_that_are_on_run():
    report = check_source(Source("a.md", "甲乙\n"), plugins(WORD, OTHER), Settings({"text/other": RuleSettings()}))
    assert said(report) == [("text/other", "乙")]


def test_options_reach_the_rule():
    def check(document, *, limit: int = 1):
        yield Finding(Span(0, limit), "文", "text")

    rule = Rule("text/limit", check, Severity.INFO)
    report = check_source(
        Source("a.md", "甲乙\n"), plugins(rule), Settings({rule.id: RuleSettings(None, {"limit": 2})})
    )
    assert said(report) == [("text/limit", "甲乙")]


@pytest.mark.parametrize(
    ("own", "configured", "expected"),
    [
        (None, None, "warning"),
        ("info", None, "info"),
        ("error", None, "error"),
        (None, "error", "error"),
        (None, "info", "info"),
        ("info", "error", "info"),
        ("error", "warning", "warning"),
        ("warning", "info", "info"),
    ],
)
def test_a_configured_severity_stands_for_the_rule_s_and_caps_that_of_findings(own, configured, expected):
    rule = Rule("text/word", finds("甲", own and Severity(own)), Severity.WARNING)
    report = run("甲\n", rule, word=configured and Severity(configured))
    assert [diagnostic.severity for diagnostic in report.diagnostics] == [expected]


def test_a_rule_limited_to_kinds_runs_on_these_only():
    kinds = [ReportKind("budget", "预算", ("预算",)), ReportKind("final-accounts", "决算", ("决算",))]
    rule = Rule("text/word", finds("甲"), Severity.WARNING, kinds=frozenset({"budget"}))
    known = Plugins([rules_plugin(rule), plugin("kinds", govlint_kinds=lambda: kinds)])
    source = Source("a.md", "甲\n")
    on = {"text/word": RuleSettings()}
    assert said(check_source(source, known, Settings(on, kind="budget"))) == [("text/word", "甲")]
    assert said(check_source(source, known, Settings(on, kind="final-accounts"))) == []
    titled = "# 云川市青禾区大数据中心 2024 年部门预算\n\n甲\n"
    assert said(check_source(Source("a.md", titled), known, Settings(on))) == [("text/word", "甲")]
    assert said(check_source(Source("a.md", titled.replace("预算", "决算")), known, Settings(on))) == []


# -- what goes wrong


def test_a_crashing_rule_is_a_diagnostic_and_the_others_run():
    report = run("甲\n", Rule("text/crash", crash, Severity.WARNING), WORD)
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/rule-crashed", "text/crash", "text/word"]
    crashed = report.diagnostics[0]
    assert crashed.severity is Severity.ERROR
    assert "text/crash" in crashed.message
    assert "ZeroDivisionError: division by zero" in crashed.message
    assert "second line" not in crashed.message
    assert "second line" in crashed.detail
    assert "Traceback" in crashed.detail
    assert report.status == 2


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Span(0, 99), "文", "text"),
        Finding(Span(-1, 1), "文", "text"),
        Finding(Span(1, 0), "文", "text"),
        Finding(Span(0, 1), "文", "text", related=(Related(Span(5, 99), "文", "text"),)),
        Finding(Span(0, 1), "文", "text", fix=Fix((Edit(Span(1, 99), ""),))),
        "no finding",
        None,
    ],
)
def test_what_lies_outside_the_document_or_is_no_finding_is_a_crash_of_its_rule(finding):
    report = run("甲\n", Rule("text/wrong", fixed(finding), Severity.WARNING), WORD)
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/rule-crashed", "text/word"]
    assert "text/wrong" in report.diagnostics[0].message
    assert report.failed


@pytest.mark.parametrize("error", [SystemExit(0), RecursionError(), MemoryError()])
def test_nothing_a_rule_raises_ends_the_run(error):
    def check(document):
        raise error

    report = run("甲\n", Rule("text/raises", check, Severity.WARNING), WORD)
    assert report.failed
    assert ("text/word", "甲") in said(report)


def test_an_interrupt_does_end_it():
    def check(document):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("甲\n", Rule("text/raises", check, Severity.WARNING))


def test_a_check_that_nobody_wants_any_more_is_stopped_before_the_next_rule():
    ran: list[str] = []

    def noting(name: str) -> Rule:
        return Rule(f"text/{name}", lambda document: ran.append(name) or (), Severity.INFO)

    known = plugins(*map(noting, "abc"))
    settings = Configuration.of(known).settings("a.md")
    with pytest.raises(StoppedError):
        check_source(Source("a.md", "甲\n"), known, settings, lambda: ran == ["a", "b"])
    assert ran == ["a", "b"]
    assert check_source(Source("a.md", "甲\n"), known, settings, lambda: False).status == 0


def test_what_the_parser_could_not_read_is_told_and_fails():
    source = Source("a.html", "甲乙丙")
    document = Document(
        source,
        "html",
        (Paragraph(Span(0, 1), Text.plain("甲", 0)),),
        troubles=(Trouble(Span(1, 3), "其后内容被截断", "the rest is cut off"),),
    )
    report = check_document(document, plugins(WORD), Configuration.of(plugins(WORD)).settings("a.html"))
    assert said(report) == [("text/word", "甲"), ("govlint/not-parsed", "乙丙")]
    assert report.status == 2


def test_a_parser_that_raises_is_told():
    def govlint_parse(source):
        raise ValueError("broken")

    known = Plugins([plugin("p", govlint_parse=govlint_parse), rules_plugin(WORD, name="r")])
    report = check_source(Source("a.md", "甲\n"), known, Configuration.of(known).settings("a.md"))
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/plugin-failed", "text/word"]
    assert report.status == 2


def test_an_error_in_the_engine_is_a_diagnostic(monkeypatch):
    def broken(*arguments):
        raise LookupError("lost")

    monkeypatch.setattr("govlint.parsers.parse", broken)
    report = run("甲\n", WORD)
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/check-failed"]
    assert "LookupError: lost" in report.diagnostics[0].message
    assert report.status == 2


@pytest.mark.parametrize(
    ("data", "part"),
    [(b"a\0b", "二进制"), (b"<meta charset=big5>\xff\xff\xff", "解码"), (b"x" * 101, "超过 100 字节")],
)
def test_bytes_that_are_no_text_are_told(data, part):
    report = check_bytes(data, "a.md", plugins(), Settings({}, max_file_size=100))
    (diagnostic,) = report.diagnostics
    assert diagnostic.rule == "govlint/unreadable-file"
    assert part in diagnostic.message
    assert report.status == 2
    assert report.source is None
    assert report.positions(diagnostic.span) == ((1, 1), (1, 1))


def test_a_missing_file_is_told(tmp_path: Path):
    report = check_file(str(tmp_path / "none.md"), plugins(), Settings({}))
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/unreadable-file"]
    assert "不存在" in report.diagnostics[0].message


def test_a_file_larger_than_allowed_is_not_read(tmp_path: Path):
    file = tmp_path / "large.md"
    file.write_bytes(b"\n" * 101)
    report = check_file(str(file), plugins(), Settings({}, max_file_size=100))
    assert "max-file-size" in report.diagnostics[0].message


@pytest.mark.parametrize("text", ["", "\n \n", "<!-- 说明 -->\n", "\ufeff"])
def test_a_file_without_text_is_told(text):
    report = check_bytes(text.encode(), "a.md", plugins(), Configuration(()).settings("a.md"))
    assert [(diagnostic.rule, diagnostic.severity) for diagnostic in report.diagnostics] == [
        ("govlint/empty-file", Severity.WARNING)
    ]
    assert report.status == 1


def test_a_file_with_a_table_alone_is_not_empty():
    assert run("<table><tr><td>甲</td></tr></table>\n", path="a.html").diagnostics == ()


# -- reports


def test_a_summary_of_a_plugin_is_part_of_the_report():
    def govlint_summary(document, ran):
        yield Summary(f"规则 {len(ran)}", f"{len(ran)} rules")

    known = Plugins([plugin("s", govlint_summary=govlint_summary), rules_plugin(WORD, name="r")])
    report = check_source(Source("a.md", "甲\n"), known, Configuration.of(known).settings("a.md"))
    assert report.summary == (Summary("规则 1", "1 rules"),)


def test_a_failing_summary_is_told_in_the_report_of_its_file():
    known = Plugins([plugin("s", govlint_summary=lambda document: [3])])
    report = check_source(Source("a.md", "甲\n"), known, Configuration.of(known).settings("a.md"))
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/plugin-failed"]
    assert report.failed
    assert not known.failures


def test_a_report_is_pickled_without_its_document():
    report = run("甲\n", WORD)
    assert report.document is not None
    again = pickle.loads(pickle.dumps(report))
    assert again == replace(report, document=None)


def test_positions_count_lines_and_columns_from_one():
    report = run("乙\r\n\r\n乙甲\r\n", WORD)
    assert report.positions(report.diagnostics[0].span) == ((3, 2), (3, 3))


# -- the functions for other programs


def test_check_takes_a_path(tmp_path: Path):
    file = tmp_path / "报告.md"
    file.write_text("# 云川市青禾区大数据中心 2024 年度部门决算\n", encoding="utf-8")
    report = govlint.check(file)
    assert report.path == str(file)
    assert report.document is not None
    assert govlint.check(str(file)).diagnostics == report.diagnostics


def test_check_takes_text():
    assert govlint.check("# 标题\n\n正文。\n").document.format == "markdown"
    assert govlint.check(text="<p>正文。</p>").document.format == "html"
    report = govlint.check("名称.md", text="正文。")
    assert (report.path, report.source.text) == ("名称.md", "正文。")


def test_check_of_what_is_neither_file_nor_text_is_a_diagnostic():
    assert govlint.check("没有这个文件.md").status == 2
    with pytest.raises(TypeError):
        govlint.check()


def test_check_refuses_a_wrong_rule():
    with pytest.raises(govlint.ConfigError, match="没有名为 no/such 的规则"):
        govlint.check(text="正文。", select=["no/such"])


def test_parse_gives_the_document():
    document = govlint.parse("# 标题\n\n正文。\n")
    assert [type(block).__name__ for block in document.blocks] == ["Heading", "Paragraph"]
    with pytest.raises(govlint.SourceError):
        govlint.parse("没有这个文件.md")


LXML_PARSER = 30
"""How many objects at most are in the cycle in which lxml's parser is; what it read is not."""


@pytest.mark.parametrize("name", ["faulty-final-accounts-2023.md", "faulty-final-accounts-2023.html"])
def test_a_checked_report_is_freed_without_the_garbage_collector(name: str):
    known = Plugins.installed()
    settings = Configuration.of(known).settings(name)
    source = Source.read(EXAMPLES / name)
    check_source(source, known, settings)
    gc.collect()
    gc.disable()
    try:
        check_source(source, known, settings)
        assert gc.collect() < LXML_PARSER
    finally:
        gc.enable()
