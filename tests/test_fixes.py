"""Fixes: made, verified, refused, and written back. The thorough run is ``GOVLINT_THOROUGH=1 pytest tests/test_fixes.py``."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from govlint.cli import main
from govlint.config import Choices, Configuration, Settings
from govlint.document import Document, Table
from govlint.engine import Report, check_source, installed_plugins
from govlint.fixes import Fixed, amounts, fix_source, write_fixed
from govlint.hooks import Plugins
from govlint.own import FIX_REFUSED
from govlint.rule import Check, Edit, Finding, Fix, Rule, Severity
from govlint.source import Source, Span
from govlint.writing import NotWrittenError, remove_left_over
from tests import THOROUGH
from tests.fakes import Install, plugins as plugins_of
from tests.generator import LAYOUTS, generate

SEEDS = 1000 if THOROUGH else 50


@cache
def text_settings() -> Settings:
    return Configuration.of(installed_plugins(), Choices(select=("text",))).settings("x.md")


def check_text(source: Source) -> Report:
    """Check with the rules of the text pack."""
    return check_source(source, installed_plugins(), text_settings())


# --- what fixes keep


def replaces(word: str, put: str | Callable[[Span], Fix], *, safe: bool = True) -> Check:
    """A check that reports each place of a word in any block and has it replaced."""

    def check(document: Document) -> Iterator[Finding]:
        for block in document.blocks:
            texts = (cell.text for cell in block.cells()) if isinstance(block, Table) else (block.text,)
            for text in texts:
                for match in re.finditer(re.escape(word), text.text):
                    span = text.span(*match.span())
                    fix = Fix.replace(span, put, safe=safe) if isinstance(put, str) else put(span)
                    yield Finding(span, f"不应有{word}", f"there is {word}", fix=fix)

    return check


def fixing(*checks: Check) -> tuple[Plugins, Callable[[Source], Report]]:
    rules = [Rule(f"text/rule-{number}", check, Severity.WARNING) for number, check in enumerate(checks)]
    plugins = plugins_of(*rules)
    settings = Configuration.of(plugins).settings("x.md")
    return plugins, lambda source: check_source(source, plugins, settings)


def fix(text: str, *checks: Check, path: str = "x.md", unsafe: bool = False) -> Fixed:
    return fix_source(Source(path, text), fixing(*checks)[1], unsafe=unsafe)


def test_safe_fixes_are_made_and_likely_ones_only_when_asked() -> None:
    checks = replaces("甲", "一"), replaces("乙", "二", safe=False)
    assert fix("甲乙丙。\n", *checks).text == "一乙丙。\n"
    assert fix("甲乙丙。\n", *checks, unsafe=True).text == "一二丙。\n"


def test_the_report_is_that_of_the_fixed_text() -> None:
    fixed = fix("甲乙丙。\n", replaces("甲", ""), replaces("乙", "二", safe=False))
    assert fixed.count == 1
    assert [diagnostic.span for diagnostic in fixed.report.diagnostics] == [Span(0, 1)]


def test_of_overlapping_fixes_the_first_is_made_and_the_rest_in_the_next_round() -> None:
    fixed = fix("甲乙丙。\n", replaces("甲乙", "乙"), replaces("乙丙", "丁"))
    assert (fixed.text, fixed.count) == ("丁。\n", 2)


def test_tags_and_entities_outside_the_span_stay_byte_for_byte() -> None:
    html = "<p class='a'>甲&nbsp;<B>乙</B>&#20013;&ldquo;甲&rdquo;<!-- 甲 --></P><IMG alt=甲>\n"
    assert fix(html, replaces("乙", "二"), path="x.html").text == html.replace("乙", "二")


def test_an_entity_that_is_reported_is_replaced_whole() -> None:
    assert fix("<p>一&ldquo;二</p>", replaces("“", "《"), path="x.html").text == "<p>一《二</p>"


@pytest.mark.parametrize(
    ("path", "before", "put", "after"),
    [
        ("x.html", "<p>一甲二</p>", "<b>&amp;", "<p>一&lt;b>&amp;amp;二</p>"),
        ("x.md", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "一|二", "| 一\\|二 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"),
        ("x.md", "一甲二\n", "<b>", "一&lt;b>二\n"),
    ],
)
def test_what_would_be_markup_is_escaped(path: str, before: str, put: str, after: str) -> None:
    fixed = fix(before, replaces("甲", put), path=path)
    assert fixed.text == after
    assert not fixed.report.failed


def test_a_fix_over_markup_is_left_out() -> None:
    for path, text in (("x.md", "一**甲乙**丙乙丁\n"), ("x.html", "<p>一甲<b>乙</b>丁</p>")):
        fixed = fix(text, replaces("甲乙", "二"), replaces("一甲乙", "三"), path=path)
        assert "三" not in fixed.text
        assert not fixed.report.failed


def test_line_ends_and_byte_order_mark_stay() -> None:
    source = Source.from_bytes("甲。\r\n\r\n乙甲。\n\r\n".encode("utf-8-sig"), "x.md")
    fixed = fix_source(source, fixing(replaces("甲", "一"))[1])
    assert fixed.source.encode(fixed.text) == "一。\r\n\r\n乙一。\n\r\n".encode("utf-8-sig")


# --- what is refused


def _beyond(span: Span) -> Fix:
    return Fix((Edit(Span(span.start, span.end + 1), "一"),), safe=True)


@pytest.mark.parametrize(
    ("text", "checks", "why"),
    [
        ("收入12.50万元。\n", [replaces("12.50", "12.60")], "会改变数字"),
        ("收入12.50万元。\n", [replaces("万元", "元")], "会改变数字"),
        ("收入甲万元。\n", [replaces("甲", "3")], "会改变数字"),
        ("甲乙丙。\n", [replaces("甲", _beyond)], "改动了报告范围以外的文字"),
        ("甲\n\n乙。\n", [replaces("甲", "# ")], "改后的文字会被当作标记"),
        ("乙甲丙*。\n", [replaces("甲", "*")], "会改变报告范围以外的文字"),
    ],
)
def test_a_fix_that_does_harm_is_refused_and_said_to_blame(text: str, checks: list[Check], why: str) -> None:
    harmless = replaces("。", "！")
    fixed = fix(text, *checks, harmless)
    refused = fixed.report.diagnostics[0]
    assert (fixed.text, fixed.count, fixed.report.status) == (text, 0, 2)
    assert refused.rule == FIX_REFUSED.id
    assert why in refused.message
    assert "text/rule-0" in refused.message


@pytest.mark.parametrize(
    "checks",
    [
        (replaces("甲", "丁"), replaces("丁", "戊", safe=False)),
        (replaces("甲", "甲甲"),),
        (replaces("甲", "丁"), replaces("丁", "甲")),
    ],
)
def test_a_fix_that_gives_rise_to_a_finding_is_left_out(checks: tuple[Check, ...]) -> None:
    fixed = fix("甲乙。丙。\n", *checks, replaces("。", "！"))
    assert (fixed.text, fixed.count, fixed.report.failed) == ("甲乙！丙！\n", 2, False)
    assert [left.rule for left in fixed.left_out] == ["text/rule-0"]


def test_fixes_that_never_end_are_refused() -> None:
    def counts_up(document: Document) -> Iterator[Finding]:
        word = next(iter(document.blocks)).text  # type: ignore[union-attr]
        yield Finding(word.whole, "还差一些", "not enough", fix=Fix.replace(word.whole, word.text + "甲", safe=True))

    fixed = fix("甲\n", counts_up)
    assert (fixed.text, fixed.report.status) == ("甲\n", 2)
    assert "5 轮后仍有可修复的问题" in fixed.report.diagnostics[0].message


def test_a_tables_grid_must_stay() -> None:
    table = "甲\t乙\n1\t2\n3\t4\n"
    fixed = fix(table, replaces("甲", "一\t二"))
    assert fixed.text == table
    assert "表格" in fixed.report.diagnostics[0].message or "范围以外" in fixed.report.diagnostics[0].message


def test_amounts_are_values_with_their_unit() -> None:
    def of(text: str) -> list[tuple[str, str]]:
        document = check_text(Source("x.md", text)).document
        assert document is not None
        return [(str(value), unit) for value, unit in amounts(document)]

    assert of("收入1,234.50万元，增长５．０％，二0二三年，27行。") == [("1234.50", "万元"), ("5.0", "")]
    assert of("收入12.00万\n\n元。") == [("12.00", "万元")]


# --- writing


def write(path: Path, text: str = "甲。\n") -> Fixed:
    path.write_bytes(text.encode())
    return fix_source(Source.read(path), fixing(replaces("甲", "一"))[1])


def test_the_file_is_replaced_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    path.chmod(0o640)
    write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "一。\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_gb18030_stays_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "2023年度云川市文化馆部门决算，收入支出情况说明，甲。\n" * 5
    path.write_bytes(text.encode("gb18030"))
    write_fixed(fix_source(Source.read(path), fixing(replaces("甲", "㐀"))[1]))
    assert path.read_bytes() == text.replace("甲", "㐀").encode("gb18030")


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    path.write_text("乙。\n", encoding="utf-8")
    with pytest.raises(NotWrittenError, match="又有改动"):
        write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "乙。\n"


def test_a_file_that_is_changed_while_it_is_written_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    monkeypatch.setattr(os, "fsync", lambda handle: path.write_text("丙丁。\n", encoding="utf-8"))
    with pytest.raises(NotWrittenError, match="又有改动"):
        write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "丙丁。\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_failing_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)

    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotWrittenError, match="No space left"):
        write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "甲。\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    path.chmod(0o444)
    with pytest.raises(NotWrittenError, match="只读"):
        write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "甲。\n"


def test_what_a_killed_process_left_goes_but_nothing_else(tmp_path: Path) -> None:
    for name in (".a.md.0123abc_.govlint", ".a.md.backup.tmp", ".b.md.govlint", "a.md.0123abc_.govlint", "a.md"):
        (tmp_path / name).write_text("甲", encoding="utf-8")
    just_made = tmp_path / ".b.md.0123abc_.govlint"
    just_made.touch()
    remove_left_over(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        *(".a.md.backup.tmp", ".b.md.govlint", "a.md.0123abc_.govlint", "a.md"),
        just_made.name,
    }
    long_ago = just_made.stat().st_mtime - 3600
    os.utime(just_made, (long_ago, long_ago))
    remove_left_over(tmp_path)
    assert not just_made.exists()
    remove_left_over(tmp_path / "nowhere")


def test_what_another_process_is_writing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        fsync(handle)
        remove_left_over(tmp_path)

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_fixed(fixed)
    assert path.read_text(encoding="utf-8") == "一。\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    fixed = write(path)
    path.chmod(0o640)
    os.chown(path, 12345, 54321)
    write_fixed(fixed)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 54321, 0o640)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_the_target_of_a_link_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "b.md", tmp_path / "a.md"
    target.write_text("甲。\n", encoding="utf-8")
    link.symlink_to(target)
    write_fixed(fix_source(Source.read(link), fixing(replaces("甲", "一"))[1]))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "一。\n"


# --- the command line


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install, capfdbinary: pytest.CaptureFixture[bytes]):
    plugins, _ = fixing(replaces("甲", "一"), replaces("乙", "二", safe=False))
    monkeypatch.chdir(tmp_path)
    install(lambda: plugins)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return run


def test_fix_writes_and_reports_what_is_left(run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("甲乙。\r\n".encode())
    status, out, err = run("--fix", "a.md")
    assert path.read_bytes() == "一乙。\r\n".encode()
    assert (status, err) == (1, "govlint: 已修复 1 处，涉及 1 个文件\n")
    assert out.startswith("a.md:1:2: warning text/rule-1 不应有乙\n")
    assert run("--fix", "--unsafe", "a.md", "--lang", "en")[0::2] == (0, "govlint: 1 fixed in 1 file\n")
    assert path.read_bytes() == "一二。\r\n".encode()


def test_diff_shows_and_writes_nothing(run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("甲乙。\n", encoding="utf-8")
    status, out, _ = run("--diff", "a.md")
    assert (status, out) == (1, "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n-甲乙。\n+一乙。\n \n")
    assert path.read_text(encoding="utf-8") == "甲乙。\n"
    path.write_text("丙。\n", encoding="utf-8")
    assert run("--diff", "a.md")[:2] == (0, "")


def test_standard_input_is_written_fixed_to_standard_output(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").write_bytes("甲。\r\n".encode("utf-8-sig"))
    with (tmp_path / "in").open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        status, out, _ = run("--fix", "-")
    assert (status, out) == (0, "\ufeff一。\r\n")


def test_a_refused_fix_is_status_2(run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("甲。\n", encoding="utf-8")
    path.chmod(0o444)
    status, out, _ = run("--fix", "a.md")
    assert status == 2
    assert "a.md:1:1: error govlint/fix-refused 没有修复：文件是只读的，没有写入\n" in out


@pytest.mark.parametrize("arguments", [("--unsafe", "a.md"), ("--fix", "--diff", "a.md"), ("--fix", "-", "a.md")])
def test_options_that_do_not_go_together(run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.md").write_text("甲。\n", encoding="utf-8")
    assert run(*arguments)[0] == 2
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "甲。\n"


# --- properties of the rules' fixes

_SENTENCES = (
    "2023年度收、支总计1,200.00万元,与2022年度相比各增加10.00万元，，增长5%。。",
    "其中：基本支出100.00万元，；项目支出20.00万元（不含车辆)，因公出国(境)费0.00万元",
    "依据《关于印发《云川市文化馆管理办法》的通知》（云文[2021]第05号）开展“三公“经费检查.",
    "二0二三年度完成5～10%的任务，占.50%，共计１２场；",
    "截止2023年12月31日，共有车辆2辆,其中:其他用车1辆，",
    "系统地址为http://www.example.gov.cn/a,b;c，`a,,b`代码，A3*4与a_b_c，3>2，A&B。",
    "培训1,234人次、、演出12场，群众满意率达到99.94%",
    "加强预算管理管理，青禾讲坛--走进社区，举办讲座、展览…，购置图书、设备……等用品，支付水费、电费、等费用。",
    "2023年2023年印刷费、以及邮电费、和会议费减少-1.50万元，增长百分之5，约50余人参加，于2023.5.1开馆，每场100-200人，二、三个社区。",
    "工作任务：1）组织演出；2）培训骨干。（一）、完成“一网通办”、“全覆盖”任务，。",
)
_CELLS = (
    "一、收入(类）",
    "1,200.00",
    "12.50",
    "",
    "因公出国（境)费",
    "合计,小计",
    "其中：项目,，",
    "2010301",
    "90.00%",
    "-",
)
_ENDS = ("\n", "\r\n")


def _document(random: Random) -> tuple[str, str]:
    """A small report with slips: its file name and text."""
    html = random.random() < 0.5
    end = random.choice(_ENDS)
    parts = ["<h1>2023年度云川市文化馆部门决算</h1>" if html else "# 2023年度云川市文化馆部门决算"]
    for number in range(random.randint(1, 5)):
        title = f"{'一二三四五'[number]}、情况说明"
        parts.append(f"<h2>{title}</h2>" if html else f"## {title}")
        parts += [_paragraph(random, html) for _ in range(random.randint(1, 3))]
        if random.random() < 0.6:
            parts.append(_table(random, html, end))
    return ("x.html" if html else "x.md"), (end * 2).join(parts) + end


def _paragraph(random: Random, html: bool) -> str:
    text = "".join(random.choice(_SENTENCES) for _ in range(random.randint(1, 3)))
    if html:
        text = text.replace("&", "&amp;").replace("3>2", "3&gt;2")
        at = random.randrange(len(text))
        mark = random.choice(("<b>{}</b>", "<span style='a:b'>{}</span>", "&nbsp;{}", "{}<br>", "{}<!-- 甲，，乙 -->"))
        if "&" not in text[max(0, at - 6) : at + 6]:
            text = text[:at] + mark.format(text[at : at + 3]) + text[at + 3 :]
        return f"<p>{text}</p>"
    at = random.randrange(len(text))
    return text[:at] + random.choice(("", "**", "\\*", "\n")) + text[at:]


def _table(random: Random, html: bool, end: str) -> str:
    width = random.randint(2, 4)
    rows = [[random.choice(_CELLS) for _ in range(width)] for _ in range(random.randint(2, 4))]
    notation = "html" if html else random.choice(("html", "pipe", "tabs"))
    if notation == "html":
        body = end.join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table>{end}{body}{end}</table>"
    if notation == "tabs":
        return end.join("\t".join(row) for row in rows)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return end.join([lines[0], "|---" * width + "|", *lines[1:]])


_TAG = re.compile(r"<[/!]?[A-Za-z!-][^>]*>")


def _shape(document: Document) -> list[object]:
    return [
        (table.notation, table.width, [(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells()])
        for table in document.tables()
    ]


def harmless(source: Source, unsafe: bool) -> Fixed:
    """Fix with the text pack and check what every fix promises."""
    before = check_text(source)
    fixed = fix_source(source, check_text, unsafe=unsafe)
    assert not fixed.report.failed, fixed.report.diagnostics[0].message
    after = fixed.report
    assert before.document is not None
    assert after.document is not None
    assert amounts(before.document) == amounts(after.document)
    assert _shape(before.document) == _shape(after.document)
    assert _TAG.findall(source.text) == _TAG.findall(fixed.text)
    again = fix_source(replace(source, text=fixed.text), check_text, unsafe=unsafe)
    assert (again.text, again.count) == (fixed.text, 0)
    return fixed


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_of_generated_documents_are_harmless(unsafe: bool) -> None:
    count = 0
    for seed in range(SEEDS):
        name, text = _document(Random(seed))
        try:
            count += harmless(Source(name, text), unsafe).count
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}\n{text}") from error
    assert count > SEEDS


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_fixes_of_generated_reports_are_harmless(layout: str) -> None:
    for seed in range(5 if THOROUGH else 1):
        report = generate(seed, layout)
        text = re.sub(r"(?<=[一-鿿])，(?=其中)", ",", report.text).replace("。其中", "，，其中")
        harmless(Source(f"x{report.suffix}", text), unsafe=True)


def test_fixes_of_examples_are_harmless(examples: Path) -> None:
    for path in sorted(examples.glob("*.*")):
        if path.suffix in (".md", ".html") and path.name != "README.md":
            harmless(Source.read(path), unsafe=True)


def test_fixes_of_real_reports_are_harmless(shared_reports: Path) -> None:
    for path in sorted(shared_reports.glob("*.*")):
        if path.suffix in (".md", ".html") and path.name != "README.md":
            harmless(Source.read(path), unsafe=True)


def test_a_document_without_slips_is_not_touched() -> None:
    fixed = fix_source(
        Source("x.md", "# 2023年度云川市文化馆部门决算\n\n收入合计1,200.00万元。\n"), check_text, unsafe=True
    )
    assert (fixed.count, fixed.report.diagnostics) == (0, ())
