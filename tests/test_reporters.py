"""Text and JSON output, the same diagnostics in each."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from govlint.engine import Diagnostic, Report
from govlint.hooks import Summary
from govlint.reporters import Reporter, Style, json as json_format, reporters, shown_path, text as text_format
from govlint.rule import Edit, Fix, Related, Severity
from govlint.source import Source, Span

TEXT = "# 临江市文化馆\n\n馆内 and 馆外，；共 1,200.50 万元。\n\t行政运行\t2,554.43\t完\n"
SOURCE = Source("报告.md", TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


FOREIGN = Diagnostic(
    "text/mixed-language",
    Severity.ERROR,
    "报告.md",
    at("and"),
    "中文句子里的外文“and”",
    "a foreign word: and",
    related=(Related(at("行政运行"), "表中的写法", "as the table has it"),),
    fix=Fix((Edit(at(" and "), "和"),), safe=True),
)
DOUBLED = Diagnostic("text/punctuation", Severity.WARNING, "报告.md", at("，；"), "标点重复", "doubled mark")
TAIL = Diagnostic("numbers/rounding", Severity.INFO, "报告.md", at("2,554.43"), "尾差 0.01", "off by 0.01")
REPORT = Report(
    "报告.md", SOURCE, (FOREIGN, DOUBLED, TAIL), (Summary("数字 2：相符 1，未核 1", "2 numbers: 1 verified"),)
)
MISSING = Report(
    "另一份.md",
    None,
    (Diagnostic("govlint/unreadable-file", Severity.ERROR, "另一份.md", Span(0, 0), "文件不存在", "no such file"),),
    failed=True,
)


def text(*reports: Report, **style: object) -> str:
    out = io.StringIO()
    text_format.render(reports, out, Style(**style))  # type: ignore[arg-type]
    return out.getvalue()


def as_json(*reports: Report, **style: object) -> str:
    out = io.StringIO()
    json_format.render(reports, out, Style(**style))  # type: ignore[arg-type]
    return out.getvalue()


# --- Text


def test_text_is_a_line_a_finding_and_a_summary() -> None:
    assert text(REPORT, MISSING) == (
        "报告.md:3:4: error text/mixed-language 中文句子里的外文“and”\n"
        "  报告.md:4:2: 表中的写法\n"
        "报告.md:3:10: warning text/punctuation 标点重复\n"
        "报告.md:4:7: info numbers/rounding 尾差 0.01\n"
        "报告.md: 数字 2：相符 1，未核 1\n"
        "另一份.md:1:1: error govlint/unreadable-file 文件不存在\n"
        "文件       错误  警告  提示  govlint  numbers  text\n"
        "报告.md       1     1     1        ·        1     2\n"
        "另一份.md     1     ·     ·        1        ·     ·\n"
        "合计          2     1     1        1        1     2\n"
        "1 个文件：错误 2，警告 1，提示 1\n"
    )


def test_the_overview_has_the_gravest_files_first_and_sums_up_the_rest() -> None:
    grave = [Report(f"{n:02}.md", SOURCE, (FOREIGN,) * (n // 2) + (TAIL,)) for n in range(25)]
    lines = text(*grave, Report("好.md", SOURCE), Report("也好.md", SOURCE)).splitlines()
    table = lines[lines.index(next(line for line in lines if line.startswith("文件 "))) :]
    assert [line.split()[0] for line in table[1:5]] == ["24.md", "22.md", "23.md", "20.md"]
    assert table[21:24] == [
        "另外 5 个文件           4     ·     5        5     4",
        "没有问题的 2 个文件     ·     ·     ·        ·     ·",
        "合计                  144     ·    25       25   144",
    ]
    assert table[24:] == ["27 个文件：错误 144，警告 0，提示 25"]
    assert text(*grave, quiet=True).count("合计") == 0


def test_the_overview_cuts_paths_on_a_terminal_only() -> None:
    long = Report("部门决算/二〇二三年度/临江市文化馆部门决算公开报告.md", SOURCE, (DOUBLED,))
    assert f"\n{long.path}     ·     1     ·        ·     1\n" in text(long, REPORT)
    cut = text(long, REPORT, excerpt=True, width=60)
    assert re.search(r"\n…\w+公开报告\.md +· +1 +· +· +1\n", cut)
    table = cut[cut.index("\n文件 ") :]
    assert max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) for line in table.splitlines()) <= 60


def test_text_in_english() -> None:
    assert text(REPORT, lang="en") == (
        "报告.md:3:4: error text/mixed-language a foreign word: and\n"
        "  报告.md:4:2: as the table has it\n"
        "报告.md:3:10: warning text/punctuation doubled mark\n"
        "报告.md:4:7: info numbers/rounding off by 0.01\n"
        "报告.md: 2 numbers: 1 verified\n"
        "1 file: 1 error, 1 warning, 1 info\n"
    )


def test_nothing_found_is_said() -> None:
    clean = Report("报告.md", SOURCE)
    assert text(clean) == "1 个文件：没有发现问题\n"
    assert text(clean, clean, lang="en") == "2 files: nothing found\n"


def test_quiet_leaves_the_findings() -> None:
    lines = text(REPORT, quiet=True).splitlines()
    assert len(lines) == 4
    assert all("报告.md:" in line for line in lines)


def test_statistics_count_by_rule_most_frequent_first() -> None:
    twice = Report("报告.md", SOURCE, (FOREIGN, DOUBLED, DOUBLED))
    assert text(twice, statistics=True).splitlines()[-3:] == [
        "     2  text/punctuation",
        "     1  text/mixed-language",
        "1 个文件：错误 1，警告 2，提示 0",
    ]


def places(count: int) -> Report:
    source = Source("报告.md", "和" * 40)
    related = tuple(Related(Span(at, at + 1), "另一处", "here too") for at in range(1, count + 1))
    return Report(
        "报告.md", source, (Diagnostic("a/b", Severity.INFO, "报告.md", Span(0, 1), "多处", "many", related),)
    )


def test_places_of_which_the_same_is_said_share_a_line() -> None:
    assert text(places(3)).splitlines()[1:-1] == ["  报告.md:1:2: 另一处（又 1:3 1:4）"]
    assert text(places(3), lang="en").splitlines()[1:-1] == ["  报告.md:1:2: here too (also 1:3 1:4)"]


def test_of_many_places_the_first_are_shown_and_all_are_counted() -> None:
    assert text(places(20)).splitlines()[1:-1] == [
        "  报告.md:1:2: 另一处（又 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 等，共 20 处）"
    ]


def test_matchers_see_one_line_a_finding() -> None:
    matcher = re.compile(r"^(\S.*?):(\d+):(\d+): (error|warning|info) (\S+) (.*)$", re.MULTILINE)
    found = matcher.findall(text(REPORT, MISSING, excerpt=True))
    assert [(path, line, rule) for path, line, _, _, rule, _ in found] == [
        ("报告.md", "3", "text/mixed-language"),
        ("报告.md", "3", "text/punctuation"),
        ("报告.md", "4", "numbers/rounding"),
        ("另一份.md", "1", "govlint/unreadable-file"),
    ]


def test_traceback_is_shown_indented_and_once() -> None:
    crash = Diagnostic(
        "govlint/rule-crashed", Severity.ERROR, "a.md", Span(0, 0), "出错", "crashed", detail="Traceback\n  boom"
    )
    lines = text(Report("a.md", SOURCE, (crash,)), Report("b.md", SOURCE, (crash,)), excerpt=True).splitlines()
    assert lines[:4] == [
        "a.md:1:1: error govlint/rule-crashed 出错",
        "    Traceback",
        "      boom",
        "b.md:1:1: error govlint/rule-crashed 出错",
    ]


def test_a_report_on_plugins_has_no_path_of_its_own() -> None:
    failed = Diagnostic("govlint/plugin-failed", Severity.ERROR, "", Span(0, 0), "插件出错", "failed")
    assert text(Report("", None, (failed,), failed=True)).startswith(
        "govlint:1:1: error govlint/plugin-failed 插件出错\n"
    )


def test_terminal_is_not_told_what_to_do_by_a_file() -> None:
    hostile = "红\x1b[31m色\x07\u202e反\n"
    source = Source("\x1b]0;标题\x07.md", hostile)
    diagnostic = Diagnostic("text/x", Severity.ERROR, source.path, Span(1, 2), f"含有 {hostile}", "x")
    shown = text(Report(source.path, source, (diagnostic,)), excerpt=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)
    assert "红␛[31m色␇�反" in shown


# --- The excerpt

WIDE = frozenset("WF")


def cells(text: str) -> int:
    """How many cells a terminal gives to ``text``: an oracle of its own, from the character database alone."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in WIDE else 1
        for character in text
    )


def marked(lines: list[str]) -> list[str]:
    """What stands over the marks, found by cells; ``lines`` are pairs of a source line and its marks."""
    found = []
    for shown, marks in zip(lines[::2], lines[1::2], strict=True):
        begin, end = cells(marks[: marks.index("^")]), cells(marks)
        at_cell, over = 0, ""
        for character in shown:
            if begin <= at_cell < end:
                over += character
            at_cell += cells(character)
        found.append(over)
    return found


def excerpt(text: str, span: Span, width: int = 80) -> list[str]:
    return list(text_format.excerpt(Source("x.md", text), span, Style(width=width)))


def test_the_excerpt_of_a_finding() -> None:
    assert text(Report("报告.md", SOURCE, (FOREIGN, TAIL)), excerpt=True) == (
        "报告.md:3:4: error text/mixed-language 中文句子里的外文“and”\n"
        "3 │ 馆内 and 馆外，；共 1,200.50 万元。\n"
        "  │      ^^^\n"
        "  报告.md:4:2: 表中的写法\n"
        "报告.md:4:7: info numbers/rounding 尾差 0.01\n"
        "4 │     行政运行    2,554.43    完\n"
        "  │                 ^^^^^^^^\n"
        "1 个文件：错误 1，警告 0，提示 1\n"
    )


@pytest.mark.parametrize("words", ["行政运行", "2,554.43", "完", "馆外，；共", "#"])
def test_marks_stand_under_full_width_characters_and_after_tabs(words: str) -> None:
    assert marked(excerpt(TEXT, at(words))) == [words]


@pytest.mark.parametrize("width", [14, 20, 21, 40, 41, 80, 200])
@pytest.mark.parametrize("place", [0, 1, 57, 120, 238, 239])
def test_a_long_line_is_cut_on_both_sides(width: int, place: int) -> None:
    line = "".join(chr(0x4E00 + index) for index in range(240))
    lines = excerpt(line, Span(place, place + 1), width)
    assert marked(lines) == [line[place]]
    assert all(cells(shown) <= width for shown in lines)
    part = lines[0].removeprefix("1 │ ")
    assert part.strip("…") in line
    assert part.startswith("…") != line.startswith(part.strip("…"))
    assert part.endswith("…") != line.endswith(part.strip("…"))
    assert cells(lines[0]) >= width - 3


def test_a_long_span_is_cut_at_its_end() -> None:
    lines = excerpt("前" + "长" * 100 + "后", Span(1, 101), 40)
    assert set(marked(lines)[0]) <= {"长", "…"}
    assert all(cells(shown) <= 40 for shown in lines)


def test_an_empty_span_has_one_mark() -> None:
    assert excerpt("缺句号\n", Span(3, 3)) == ["1 │ 缺句号", "  │       ^"]
    assert excerpt("", Span(0, 0)) == ["1 │ ", "  │ ^"]


def test_a_mark_behind_a_line_that_fills_the_width_has_room() -> None:
    assert all(cells(shown) <= 14 for shown in excerpt("aaaaaa。。", Span(8, 8), 14))


def test_few_lines_are_shown_whole_many_by_their_ends() -> None:
    assert marked(excerpt("一二\n三四\n五六\n", Span(1, 8))) == ["二", "三四", "五六"]
    lines = excerpt("\n".join(f"第{number}行" for number in "一二三四五六七八九十"), Span(0, 39))
    assert [line.strip() for line in lines] == [" 1 │ 第一行".strip(), "│ ^^^^^^", "⋮", "10 │ 第十行", "│ ^^^^^^"]


def test_what_can_not_be_seen_is_marked() -> None:
    assert excerpt("零\u200b宽", Span(1, 2)) == ["1 │ 零�宽", "  │   ^"]


def test_colour_is_in_the_text_and_under_it() -> None:
    shown = text(Report("报告.md", SOURCE, (FOREIGN,)), excerpt=True, color=True)
    plain = text(Report("报告.md", SOURCE, (FOREIGN,)), excerpt=True)
    assert "\x1b[1;31mand\x1b[0m" in shown
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == plain


@given(st.text(st.sampled_from("ab，。汉字１ \t…“é"), max_size=60), st.data())
def test_marks_stand_under_the_span_whatever_the_line(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    width = data.draw(st.integers(14, 90))
    lines = excerpt(line, Span(start, end), width)
    assert all(cells(shown) <= width for shown in lines)
    words = re.sub(r"\s+", "", line[start:end])
    over = re.sub(r"\s+", "", marked(lines)[0])
    if over.endswith("…") and not words.endswith("…"):
        over = over[:-1]
    assert words.startswith(over) if start < end else len(lines[1].strip("│ ")) == 1


# --- JSON


def test_json_is_the_contract() -> None:
    assert json.loads(as_json(REPORT, MISSING)) == {
        "version": 1,
        "diagnostics": [
            {
                "rule": "govlint/unreadable-file",
                "severity": "error",
                "path": "另一份.md",
                "start": {"line": 1, "column": 1},
                "end": {"line": 1, "column": 1},
                "message": "文件不存在",
                "related": [],
                "fix": None,
            },
            {
                "rule": "text/mixed-language",
                "severity": "error",
                "path": "报告.md",
                "start": {"line": 3, "column": 4},
                "end": {"line": 3, "column": 7},
                "message": "中文句子里的外文“and”",
                "related": [
                    {
                        "path": "报告.md",
                        "start": {"line": 4, "column": 2},
                        "end": {"line": 4, "column": 6},
                        "message": "表中的写法",
                    }
                ],
                "fix": {
                    "safe": True,
                    "edits": [{"start": {"line": 3, "column": 3}, "end": {"line": 3, "column": 8}, "text": "和"}],
                },
            },
            {
                "rule": "text/punctuation",
                "severity": "warning",
                "path": "报告.md",
                "start": {"line": 3, "column": 10},
                "end": {"line": 3, "column": 12},
                "message": "标点重复",
                "related": [],
                "fix": None,
            },
            {
                "rule": "numbers/rounding",
                "severity": "info",
                "path": "报告.md",
                "start": {"line": 4, "column": 7},
                "end": {"line": 4, "column": 15},
                "message": "尾差 0.01",
                "related": [],
                "fix": None,
            },
        ],
        "summary": {"files": 1, "error": 2, "warning": 1, "info": 1},
    }


def test_json_of_nothing() -> None:
    assert json.loads(as_json()) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"files": 0, "error": 0, "warning": 0, "info": 0},
    }


def test_json_is_readable_and_ends_with_a_line_end() -> None:
    written = as_json(REPORT)
    assert "中文句子" in written
    assert written.endswith("}\n")


def test_json_speaks_english() -> None:
    first = json.loads(as_json(REPORT, lang="en"))["diagnostics"][0]
    assert (first["message"], first["related"][0]["message"]) == ("a foreign word: and", "as the table has it")


def test_json_is_the_same_in_whatever_order_the_reports_come() -> None:
    reports = [Report(name, SOURCE, (DOUBLED,)) for name in ("b/a.md", "b.md", "a.md")]
    written = {as_json(*order) for order in permutations(reports)}
    assert len(written) == 1
    assert [found["path"] for found in json.loads(written.pop())["diagnostics"]] == ["a.md", "b.md", "b/a.md"]


def test_json_keeps_the_traceback_of_a_crash() -> None:
    crash = Diagnostic(
        "govlint/rule-crashed", Severity.ERROR, "a.md", Span(0, 0), "出错", "crashed", detail="Traceback"
    )
    assert json.loads(as_json(Report("a.md", SOURCE, (crash,))))["diagnostics"][0]["detail"] == "Traceback"


def test_columns_count_code_points() -> None:
    source = Source("x.md", "𠮷𠮷错\r\n")
    diagnostic = Diagnostic("text/x", Severity.ERROR, "x.md", Span(2, 3), "错", "wrong")
    found = json.loads(as_json(Report("x.md", source, (diagnostic,))))["diagnostics"][0]
    assert (found["start"], found["end"]) == ({"line": 1, "column": 3}, {"line": 1, "column": 4})


# --- Formats


def test_a_plugins_format_is_found_and_can_not_replace_ours() -> None:
    mine = Reporter("table", "表格", "a table", "somewhere.table")
    false = Reporter("json", "另一种", "another", "somewhere.json")
    found = reporters([mine, false])
    assert found["table"] is mine
    assert found["json"].module == "govlint.reporters.json"


def test_paths_are_shown_relative_to_the_folder_one_is_in(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert shown_path(str(tmp_path / "决算" / "a.md")).replace("\\", "/") == "决算/a.md"
    assert shown_path("./a.md") == "a.md"
    assert shown_path("../a.md") == "../a.md"
    assert shown_path(str(tmp_path) + "-2/a.md") == str(tmp_path) + "-2/a.md"
