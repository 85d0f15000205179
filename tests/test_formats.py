"""The output formats, the same diagnostics in each: golden files, and what readers that are not ours make of them."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from govlint.cli import main
from govlint.docs import page
from govlint.engine import Diagnostic, Report
from govlint.hooks import Summary
from govlint.own import OWN_RULES
from govlint.reporters import Style, reporters
from govlint.rule import Edit, Fix, Related, Rule, Severity
from govlint.source import Source, Span
from tests.fakes import WORD, Install, finds, plugins
from tests.test_docs import PAGE

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("text", "json", "sarif", "github", "gitlab", "rdjson", "checkstyle", "junit")

TEXT = "# 临江市文化馆\r\n\r\n馆𠮷内 and 馆外，；共 1,200.50 万元。\r\n行政运行\t2,554.43\t“完”\r\n"
PATH = "报告 1,2%/决算&<a>.md"
SOURCE = Source(PATH, TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


REPORT = Report(
    PATH,
    SOURCE,
    (
        Diagnostic(
            "text/mixed-language",
            Severity.ERROR,
            PATH,
            at("and"),
            "中文句子里的外文“and”：100%, <b>&\n应为“和”",
            'a foreign word "and": 100%, <b>&\nit should be 和',
            related=(
                Related(at("行政运行"), "表中的写法", "as the table has it"),
                Related(at("“完”"), "又一处", "one more"),
            ),
            fix=Fix((Edit(at(" and "), "和"), Edit(at("，；"), "，")), safe=True),
        ),
        Diagnostic(
            "text/punctuation",
            Severity.WARNING,
            PATH,
            at("，；"),
            "标点重复",
            "doubled mark",
            fix=Fix((Edit(at("，；"), "，"),)),
        ),
        Diagnostic("text/punctuation", Severity.WARNING, PATH, at("馆外，；共"), "标点重复", "doubled mark"),
        Diagnostic(
            "numbers/rounding",
            Severity.INFO,
            PATH,
            Span(at("万元。").start, at("行政").end),
            "尾差 0.01",
            "off by 0.01",
            fix=Fix((Edit(at("万元"), "元"), Edit(at("行政"), "运行"))),
        ),
    ),
    (Summary("数字 2：相符 1，未核 1", "2 numbers: 1 verified"),),
)
CLEAN = Report("无误.md", Source("无误.md", "好。\n"))
CRASHED = Report(
    "出错.md",
    Source("出错.md", "好。\n"),
    (
        Diagnostic(
            "govlint/rule-crashed",
            Severity.ERROR,
            "出错.md",
            Span(0, 0),
            "规则出错",
            "a rule crashed",
            detail='Traceback\n  File "x.py", line 1\nValueError: \x1b]\x00boom\n',
        ),
    ),
    failed=True,
)
MISSING = Report(
    "另一份.md",
    None,
    (Diagnostic("govlint/unreadable-file", Severity.ERROR, "另一份.md", Span(0, 0), "文件不存在", "no such file"),),
    failed=True,
)
PLUGIN = Report(
    "",
    None,
    (Diagnostic("govlint/plugin-failed", Severity.ERROR, "", Span(0, 0), "插件出错", "a plugin failed"),),
    failed=True,
)
REPORTS = (REPORT, CLEAN, CRASHED, MISSING, PLUGIN)
RULES = {
    rule.id: rule
    for rule in (
        *OWN_RULES,
        Rule("text/mixed-language", finds("and"), Severity.ERROR, frozenset({"budget", "text"}), page=PAGE),
        Rule("text/punctuation", finds("，；"), Severity.WARNING, enabled=False, page="没有写成的页"),
    )
}


def written(name: str, *reports: Report, **style: Any) -> str:
    out = io.StringIO()
    reporters()[name].render(iter(reports), out, Style(rules=RULES, **style))
    return out.getvalue()


def loaded(name: str, *reports: Report, **style: Any) -> Any:
    return json.loads(written(name, *(reports or REPORTS), **style))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_is_as_it_was(name: str, lang: str, golden: Callable[[str, str], None]) -> None:
    text = written(name, *REPORTS, lang=lang).replace(f'"version": "{version("govlint")}"', '"version": "0"')
    golden(f"{name}.{lang}", text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_nothing_ends_its_lines(name: str) -> None:
    assert written(name) == "" or written(name).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_speaks_the_language_asked_for(name: str) -> None:
    assert "doubled mark" in written(name, REPORT, lang="en")
    assert "标点重复" not in written(name, REPORT, lang="en")


# --- The command line


CONTENTS = {"好": 0, "甲": 1}


@pytest.mark.parametrize("name", FORMATS)
def test_the_status_is_the_same_in_every_format(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    install(lambda: plugins(WORD))
    for content, status in CONTENTS.items():
        Path(f"{content}.md").write_text(f"{content}。\n", encoding="utf-8")
        assert main([f"{content}.md", "--output-format", name]) == status
        assert main([f"{content}.md", "--output-format", name, "--fail-on", "error"]) == 0
        assert main([f"{content}.md", "没有.md", "--output-format", name]) == 2
    assert main(["甲.md", "--output-format", name, "-o", "没有/out"]) == 2
    _, err = capfd.readouterr()
    assert err.startswith("govlint: 无法写入 没有/out：")
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["sarif", "junit"])
@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_is_no_error(name: str, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").touch()
    process = subprocess.Popen(
        [sys.executable, "-m", "govlint", ".", "-j1", "--output-format", name],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() not in (0, 2)  # 1 where PYTHONUNBUFFERED hides a write that was cut short


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [(), ("-o", "/dev/full")])
def test_a_full_disk_is_told(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "govlint", "a.md", "--output-format", "sarif", *arguments]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("govlint: 无法写出结果：")
    assert len(done.stderr.splitlines()) == 1


# --- SARIF


def test_sarif_fits_the_schema() -> None:
    pydantic_sarif = pytest.importorskip("pydantic_sarif.model")
    for reports in (REPORTS, (), (CLEAN,)):
        log = json.loads(written("sarif", *reports))
        pydantic_sarif.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(log)
        broken = {**log, "runs": [{**log["runs"][0], "colunmKind": ""}]}
        with pytest.raises(ValueError):
            pydantic_sarif.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(broken)


def test_sarif_is_read_by_sarif_tools(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader")
    (tmp_path / "log.sarif").write_text(written("sarif", *REPORTS), encoding="utf-8")
    log = loader.load_sarif_file(str(tmp_path / "log.sarif"))
    assert log.get_distinct_tool_names() == ["govlint"]
    records = log.get_records()
    assert Counter(record["Severity"] for record in records) == {"error": 4, "warning": 2, "note": 1}
    found = {(record["Location"], record["Line"], record["Code"]) for record in records}
    assert ("%E6%8A%A5%E5%91%8A%201%2C2%25/%E5%86%B3%E7%AE%97%26%3Ca%3E.md", 3, "text/punctuation") in found


def test_sarif_places_are_utf16_and_their_text_is_there() -> None:
    (run,) = loaded("sarif")["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    lines = [line.encode("utf-16-le") for line in TEXT.split("\r\n")]
    snippets = 0
    for result in run["results"]:
        for location in result.get("locations", ()):
            region = location["physicalLocation"].get("region", {})
            if "snippet" in region and region["startLine"] == region["endLine"]:
                begin, end = (2 * (region[name] - 1) for name in ("startColumn", "endColumn"))
                assert lines[region["startLine"] - 1][begin:end].decode("utf-16-le") == region["snippet"]["text"]
                snippets += 1
    assert snippets == 3


def test_sarif_describes_the_rules_that_found_something() -> None:
    rules = {rule["id"]: rule for rule in loaded("sarif")["runs"][0]["tool"]["driver"]["rules"]}
    assert set(rules) == {diagnostic.rule for report in REPORTS for diagnostic in report.diagnostics}
    described = rules["text/mixed-language"]
    assert described["shortDescription"] == {"text": "不用甲字"}
    assert described["help"]["text"] == "说明一句。"
    assert "## 依据" in described["help"]["markdown"]
    assert described["properties"]["tags"] == ["budget", "text"]
    assert described["defaultConfiguration"] == {"level": "error", "enabled": True}
    assert "help" not in rules["text/punctuation"]
    assert rules["numbers/rounding"] == {"id": "numbers/rounding"}


def test_sarif_has_evidence_and_fixes() -> None:
    first, second, *_ = loaded("sarif")["runs"][0]["results"]
    assert [related["message"]["text"] for related in first["relatedLocations"]] == ["表中的写法", "又一处"]
    (change,) = first["fixes"][0]["artifactChanges"]
    assert [edit["insertedContent"]["text"] for edit in change["replacements"]] == ["和", "，"]
    assert (first["fixes"][0]["description"], second["fixes"][0]["description"]) == (
        {"text": "有把握的修复"},
        {"text": "很可能正确的修复"},
    )


def test_sarif_says_whether_everything_was_checked() -> None:
    def successful(*reports: Report) -> bool:
        return bool(loaded("sarif", *reports)["runs"][0]["invocations"][0]["executionSuccessful"])

    assert successful(REPORT, CLEAN)
    assert not successful(REPORT, MISSING)


def test_fingerprints_are_different_and_survive_moved_lines() -> None:
    def prints(text: str) -> list[str]:
        source = Source(PATH, text)
        starts = [match.start() for match in re.finditer("甲", text)]
        found = tuple(Diagnostic("t/a", Severity.INFO, PATH, Span(start, start + 1), "", "") for start in starts)
        results = loaded("sarif", Report(PATH, source, found))["runs"][0]["results"]
        fingerprints = [result["partialFingerprints"]["govlint/v1"] for result in results]
        assert fingerprints == [issue["fingerprint"] for issue in loaded("gitlab", Report(PATH, source, found))]
        return fingerprints

    before = prints("一甲。\n二甲。\n一甲。\n")
    assert len(set(before)) == 3
    assert prints("新的一行。\n\n一甲。\r\n 二 甲。\n一甲。\n") == before
    after = prints("一甲。\n三甲。\n一甲。\n")
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


# --- GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""

    def decode(value: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(code, character)
        return value

    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        found.append((match[1], {name: decode(value) for name, _, value in pairs}, decode(match[3])))
    return found


def test_github_commands_survive_the_way() -> None:
    found = commands(written("github", *REPORTS))
    assert [name for name, _, _ in found] == ["error", "warning", "warning", "notice", "error", "error", "error"]
    _, properties, message = found[0]
    assert properties == {
        "title": "govlint (text/mixed-language)",
        "file": PATH,
        "line": "3",
        "endLine": "3",
        "col": "5",
        "endColumn": "8",
    }
    assert message == (
        f"{PATH}:3:5: text/mixed-language 中文句子里的外文“and”：100%, <b>&\n应为“和”\n"
        f"  {PATH}:4:1: 表中的写法\n  {PATH}:4:15: 又一处"
    )
    assert "col" not in found[3][1]
    assert "line" not in found[5][1]
    assert "file" not in found[6][1]


# --- GitLab

GITLAB_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "positions"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "positions": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": {
                            "type": "object",
                            "required": ["line"],
                            "properties": {
                                "line": {"type": "integer", "minimum": 1},
                                "column": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation of the report asks for."""


def test_gitlab_has_what_gitlab_asks_for() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(loaded("gitlab"), GITLAB_SCHEMA)
    assert json.loads(written("gitlab")) == []
    fingerprints = [issue["fingerprint"] for issue in loaded("gitlab", REPORT, MISSING, CRASHED)]
    assert len(set(fingerprints)) == len(fingerprints) == 6


# --- rdjson


def test_rdjson_columns_are_bytes() -> None:
    lines = TEXT.encode().split(b"\r\n")
    first, second, third, last, *_ = loaded("rdjson")["diagnostics"]

    def text(where: dict[str, Any]) -> str:
        start, end = where["start"], where["end"]
        assert start["line"] == end["line"]
        return lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode()

    assert text(first["location"]["range"]) == "and"
    assert [text(related["location"]["range"]) for related in first["related_locations"]] == ["行政运行", "“完”"]
    (suggestion,) = first["suggestions"]
    assert (text(suggestion["range"]), suggestion["text"]) == (" and 馆外，；", "和馆外，")
    assert [suggestion["text"] for suggestion in second["suggestions"]] == ["，"]
    assert "suggestions" not in third
    assert "suggestions" not in last  # edits in different lines are no single replacement


VALIDATOR = ROOT / "tests" / "consumers" / "node_modules" / ".bin" / "rdformat-validator"


@pytest.mark.skipif(
    not VALIDATOR.exists() or shutil.which("node") is None, reason="npm --prefix tests/consumers install"
)
def test_rdjson_is_valid_for_its_validator(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(written("rdjson", *REPORTS), encoding="utf-8")
    broken = written("rdjson", *REPORTS).replace('"severity": "WARNING"', '"severity": "GRAVE"')
    (tmp_path / "b.json").write_text(broken, encoding="utf-8")
    runs = [
        subprocess.run([VALIDATOR, "--strict", tmp_path / name], capture_output=True) for name in ("a.json", "b.json")
    ]
    assert runs[0].returncode == 0, runs[0].stdout.decode() + runs[0].stderr.decode()
    assert runs[1].returncode != 0


SARIF_SCHEMA = ROOT.joinpath(
    *("tests", "consumers", "node_modules", "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json")
)


@pytest.mark.skipif(not SARIF_SCHEMA.exists(), reason="npm --prefix tests/consumers install")
def test_sarif_fits_the_published_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    for reports in (REPORTS, (), (CLEAN,)):
        jsonschema.validate(json.loads(written("sarif", *reports)), schema)


# --- Checkstyle and JUnit


def test_checkstyle_is_read_by_diff_quality(tmp_path: Path) -> None:
    reporter = pytest.importorskip("diff_cover.violationsreporters.java_violations_reporter")
    found = reporter.CheckstyleXmlDriver().parse_reports([written("checkstyle", *REPORTS)])
    assert [(violation.line, violation.message) for violation in found[PATH]] == [
        (3, "error: 中文句子里的外文“and”：100%, <b>&\n应为“和”"),
        (3, "warning: 标点重复"),
        (3, "warning: 标点重复"),
        (3, "info: 尾差 0.01"),
    ]
    assert [violation.line for violation in found["另一份.md"]] == [1]


def test_junit_is_read_by_junitparser() -> None:
    junitparser = pytest.importorskip("junitparser")
    suites = junitparser.JUnitXml.fromstring(written("junit", *REPORTS).encode())
    counts = {suite.name: (suite.tests, suite.failures, suite.errors, len(list(suite))) for suite in suites}
    assert counts == {
        PATH: (4, 3, 0, 4),
        "无误.md": (1, 0, 0, 1),
        "出错.md": (1, 0, 1, 1),
        "另一份.md": (1, 0, 1, 1),
        "govlint": (1, 0, 1, 1),
    }
    first, *_, last = next(iter(suites))
    assert first.name == "text/mixed-language 3:5"
    (failure,) = first.result
    assert isinstance(failure, junitparser.Failure)
    assert failure.message == "中文句子里的外文“and”：100%, <b>&\n应为“和”"
    assert "3 │ 馆𠮷内 and 馆外" in failure.text
    assert last.is_passed
    assert "尾差 0.01" in last.system_out


def test_a_finding_fails_in_junit_where_it_makes_the_status_1() -> None:
    for fail_on, failures in ((Severity.ERROR, 1), (Severity.WARNING, 3), (Severity.INFO, 4), (None, 0)):
        report = Report(PATH, SOURCE, REPORT.diagnostics, fail_on=fail_on)
        assert f'failures="{failures}"' in written("junit", report)
        assert report.status == int(failures > 0)


@pytest.mark.parametrize("name", ["checkstyle", "junit"])
def test_xml_holds_whatever_a_file_or_a_crash_says(name: str) -> None:
    import xml.etree.ElementTree as ElementTree

    text = "".join(map(chr, [*range(0x20), 0x7F, 0xFFFE, 0xFFFF, 0x10FFFF])) + "]]>&amp;'\"<!--"
    source = Source("a\x01.md", text + "\n")
    diagnostic = Diagnostic("text/x", Severity.ERROR, source.path, Span(0, 5), text, text, detail=text)
    root = ElementTree.fromstring(written(name, Report(source.path, source, (diagnostic,))).encode("utf-8"))
    message = next(element.get("message") for element in root.iter() if element.get("message"))
    assert message is not None
    assert message.endswith("]]>&amp;'\"<!--")
    assert "\t\n" in message


def test_the_page_used_here_has_the_form() -> None:
    assert page(RULES["text/mixed-language"]).title == "不用甲字"
