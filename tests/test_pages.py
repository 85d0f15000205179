"""The pages to read: what stands on them and where, and which files are written. No browser is needed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings, strategies as st
from lxml.html import HtmlElement

from govlint.batch import check_paths
from govlint.config import Choices, Configuration
from govlint.document import Document, Table, Text
from govlint.engine import Report, check, check_source, installed_plugins
from govlint.hooks import Plugins
from govlint.ledger import Entry, Evidence
from govlint.parsers import parse
from govlint.reporters import Style, html as pages, reporters
from govlint.reporters.html.marks import Extent, Mark, marked, place
from govlint.reporters.html.names import Names
from govlint.rule import Finding, Fix, Related, Rule, Severity
from govlint.source import Source, Span
from tests.fakes import fixed, plugin, plugins, rules_plugin

TEXT = """# 2023年度临江市文化馆部门决算

收入合计 **1,200.50** 万元，其中 and 事业收入 1,000.00 万元。

| 项目 | 金额 |
|---|---|
| 财政拨款收入 | 1,200.50 |
| 其他收入 |  |

1. 第一项
   - 其中一项
"""


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def finding(span: Span, severity: Severity = Severity.WARNING, **rest: object) -> Finding:
    return Finding(span, "这里有误", "wrong here", severity, **rest)  # type: ignore[arg-type]


def rule(*findings: Finding, name: str = "fake/rule") -> Rule:
    return Rule(name, fixed(*findings), Severity.ERROR)


def page(text: str, *findings: Finding, path: str = "报告.md", known: Plugins | None = None) -> HtmlElement:
    known = plugins(rule(*findings)) if known is None else known
    report = check_source(Source(path, text), known, Configuration.of(known, Choices()).settings(path))
    return lxml.html.document_fromstring(pages.prepare(report, known, "zh").prepared.html)


def shown(element: HtmlElement) -> str:
    """The text of an element without the numbers of findings."""
    for number in element.xpath(".//sup"):
        number.drop_tree() if number.text is None else number.getparent().remove(_keep_tail(number))
    return str(element.text_content())


def _keep_tail(element: HtmlElement) -> HtmlElement:
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            element.getparent().text = (element.getparent().text or "") + element.tail
        element.tail = None
    return element


def marks_of(tree: HtmlElement, id_: str) -> str:
    """The characters that a mark covers."""
    return "".join(
        element.text_content()
        for element in tree.xpath("//*[@class='block']//*[@data-i][not(self::sup)]")
        if id_ in element.get("data-i").split()
    )


# -- marks in texts


def test_a_finding_is_marked_on_its_characters_and_stands_beside_its_block():
    tree = page(TEXT, finding(at("and")))
    (mark,) = tree.xpath("//a[@class='f']")
    assert mark.text == "and"
    assert mark.get("data-s") == "warning"
    (note,) = tree.xpath("//article[@class='note']")
    assert mark.get("href") == f"#{note.get('id')}"
    assert note.xpath("ancestor::div[contains(@class, 'row')]") == mark.xpath("ancestor::div[contains(@class, 'row')]")
    assert "这里有误" in note.text_content()
    assert "第3行第25列" in note.text_content()


def test_a_mark_over_markup_covers_what_is_read_of_it():
    assert marks_of(page(TEXT, finding(at("合计 **1,200.50** 万"))), "f1") == "合计 1,200.50 万"


def test_a_mark_over_entities_in_html_covers_the_characters():
    text = "<p>甲&nbsp;<b>乙&amp;丙</b>丁</p>"
    assert marks_of(page(text, finding(at("乙&amp;", text)), path="a.html"), "f1") == "乙&"


def test_overlapping_findings_share_an_element_that_looks_like_the_gravest():
    tree = page(TEXT, finding(at("其中 and"), Severity.INFO), finding(at("and 事业"), Severity.ERROR))
    found = [(mark.text_content(), mark.get("data-i"), mark.get("data-s")) for mark in tree.xpath("//a[@class='f']")]
    assert found == [("其中 ", "f1", "info"), ("and", "f1 f2", "error"), (" 事业", "f2", "error")]


def test_a_finding_on_an_empty_cell_is_marked_in_it():
    at_cell = at("|  |").start + 2
    tree = page(TEXT, finding(Span(at_cell, at_cell)))
    (mark,) = tree.xpath("//td/a[contains(@class, 'point')]")
    assert mark.xpath("string(../preceding-sibling::td[1])") == "其他收入"


def test_an_empty_span_is_marked_between_two_characters():
    tree = page(TEXT, finding(Span(at("and").start, at("and").start)))
    (mark,) = tree.xpath("//a[contains(@class, 'point')]")
    before = mark.xpath("preceding::text()[normalize-space()]")
    assert before[-1].endswith("其中 ")
    assert marks_of(tree, "f1") == ""


def test_a_finding_about_a_whole_table_marks_its_block():
    rows = "\n".join(f"| {number} | 行 |" for number in range(200))
    text = f"前文。\n\n| 项目 | 金额 |\n|---|---|\n{rows}\n\n后文。\n"
    tree = page(text, finding(Span(text.index("|"), text.rindex("|") + 1)))
    (row,) = tree.xpath("//div[contains(@class, 'row')][@data-i]")
    assert row.get("data-s") == "warning"
    assert row.xpath(".//table")
    assert row.xpath(".//article[@class='note']")


def test_a_finding_about_the_whole_file_stands_at_the_top():
    tree = page(TEXT, finding(Span(0, len(TEXT))), finding(Span(0, 0)))
    assert len(tree.xpath("//section[@class='loose']//article")) == 2
    assert len(tree.xpath("//article[@class='note']")) == 2


@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_an_empty_file_has_a_page(path: str):
    assert page("", finding(Span(0, 0)), path=path).xpath("//article[@class='note']")


def test_related_places_are_linked_to_where_they_are():
    same = tuple(Related(at(words), "另一处", "another") for words in ("第一项", "其中一项"))
    tree = page(TEXT, finding(at("and"), related=(Related(at("1,200.50 |"), "表中", "in the table"), *same)))
    places = tree.xpath("//ul[@class='evidence']/li")
    assert [place.text_content().split() for place in places] == [["表中", "第7行"], ["另一处", "第10行", "第11行"]]
    for link in tree.xpath("//a[@data-p]"):
        target = link.get("href").removeprefix("#")
        assert len(tree.xpath(f"//*[@id='{target}']")) == 1
        assert marks_of(tree, target)


def test_a_fix_says_what_becomes_of_what():
    (fix,) = page(TEXT, finding(at("and"), fix=Fix.replace(at(" and "), "和"))).xpath("//p[@class='fix']")
    assert [fix.findtext("del"), fix.findtext("ins")] == [" and ", "和"]


def ledger(document: Document) -> list[Entry]:
    place = Related(at("1,200.50 |"), "表中“财政拨款收入” 1,200.50", "in the table")
    return [
        Entry(at("**1,200.50** 万元"), "1,200.50 万元", "收入合计", "verified", (Evidence("1,200.50 = 1,200.50", (place,)),)),
        Entry(at("1,000.00 万元"), "1,000.00 万元", "事业收入", "unchecked", (), "没有可核对的数", "nothing"),
    ]  # fmt: skip


def test_numbers_have_the_colour_of_their_status_and_a_row_with_the_evidence():
    known = Plugins([rules_plugin(rule(finding(at("1,000.00")))), plugin("ledger", govlint_ledger=ledger)])
    tree = page(TEXT, known=known)
    (verified,) = tree.xpath("//div[@class='block']//a[@class='n verified']")
    assert verified.text_content() == "1,200.50 万元"
    assert [mark.text_content() for mark in tree.xpath("//div[@class='block']//a[contains(@class, 'unchecked')]")] == [
        "1,000.00",
        " 万元",
    ]
    (row,) = tree.xpath("//tr[@data-n='n1']")
    assert verified.get("href") == f"#{row.get('id')}"
    assert "1,200.50 = 1,200.50" in row.text_content()
    assert row.xpath(".//td[@class='proof']//a[@data-p]")
    assert "没有可核对的数" in tree.xpath("string(//tr[@data-n='n2'])")


# -- the report on the page


def test_the_blocks_are_shown_as_they_were_read():
    tree = page(TEXT)
    assert tree.xpath("string(//main//h2)") == "2023年度临江市文化馆部门决算"
    assert [[cell.text_content() for cell in row] for row in tree.xpath("//main//tr")] == [
        ["项目", "金额"],
        ["财政拨款收入", "1,200.50"],
        ["其他收入", ""],
    ]
    assert [item.text_content() for item in tree.xpath("//p[contains(@class, 'item')]")] == ["1. 第一项", "其中一项"]


def test_cells_keep_their_extent_within_the_table():
    text = "<table><tr><td rowspan=9 colspan=70000>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    tree = page(text, path="a.html")
    (wide,) = tree.xpath("//main//td[.='甲']")
    assert wide.get("rowspan") == "2"
    assert int(wide.get("colspan")) <= 70_000


HOSTILE = (
    "<p>甲<script>alert(1)</script></p><p onclick='x()'>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
    "<img src='http://example.com/a.png' alt='\"><script>alert(3)</script>'><style>p{display:none}</style>"
    "<a href='javascript:alert(4)'>乙</a><table background='http://example.com/'><tr><td>{{ 7 * 7 }}</td></tr></table>"
)


def test_nothing_of_a_file_is_run_or_fetched():
    tree = page(HOSTILE, finding(Span(3, 4)), path="a.html")
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //embed | //link[not(@href='data:,')]")
    assert not tree.xpath("//@*[starts-with(name(), 'on')] | //@style | //@src | //@background")
    assert all(str(target).startswith(("#", "index.html", "data:,")) for target in tree.xpath("//@href"))
    assert "{{ 7 * 7 }}" in tree.text_content()
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert "default-src 'none'" in policy


def test_what_messages_say_is_text():
    bad = Finding(at("and"), "<b>粗</b>", "<b>", related=(Related(at("第一项"), "<i>斜</i>", "<i>"),))
    tree = page(TEXT, bad)
    assert not tree.xpath("//article//i | //p[@class='message']//b")
    assert "<b>粗</b>" in tree.xpath("string(//p[@class='message'])")


@pytest.mark.parametrize("name", ["faulty-final-accounts-2023.md", "faulty-final-accounts-2023.html"])
def test_every_finding_of_an_example_is_on_its_page_in_its_place(examples: Path, name: str):
    report = check(examples / name)
    assert report.document is not None
    tree = lxml.html.document_fromstring(pages.prepare(report, installed_plugins(), "zh").prepared.html)
    assert len(tree.xpath("//article[@class='note']")) == len(report.diagnostics) > 10
    for number, diagnostic in enumerate(report.diagnostics, start=1):
        covered = "".join(marks_of(tree, f"f{number}").split())
        source = "".join(report.source.text[diagnostic.span.start : diagnostic.span.end].split())  # type: ignore[union-attr]
        assert covered == source or "<" in source or "*" in source or "|" in source
    assert len(tree.xpath("//a[@class='n verified']")) > 20
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in tree.xpath("//a/@href") if target.startswith("#")} <= set(ids)


def test_the_text_of_the_blocks_is_whole_whatever_is_marked(examples: Path):
    report = check(examples / "faulty-final-accounts-2023.md")
    tree = lxml.html.document_fromstring(pages.prepare(report, installed_plugins(), "zh").prepared.html)
    blocks = [shown(block).strip() for block in tree.xpath("//div[@class='block']")]
    assert report.document is not None
    for block, text in zip(report.document.blocks, blocks, strict=True):
        if not isinstance(block, Table):
            assert text == block.text.text.strip()


words = st.text("甲乙 <&*", min_size=1, max_size=30)


@settings(deadline=None)
@given(words, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_marks_never_change_a_text(text: str, ranges: Sequence[tuple[int, int]]):
    extents = []
    for number, (first, second) in enumerate(ranges, start=1):
        begin, end = sorted((min(first, len(text)), min(second, len(text))))
        extents.append(Extent(begin, end, Mark(f"f{number}", Span(begin, end), "error"), True, True))
    tree = lxml.html.fragment_fromstring(f"<p>.{marked(Text.plain(text, 0), extents)}</p>")
    assert tree.text_content() == f".{text}"
    for extent in extents:
        elements = [element for element in tree.iter() if extent.mark.id in (element.get("data-i") or "").split()]
        assert elements
        assert "".join(element.text_content() for element in elements) == text[extent.begin : extent.end]


@settings(max_examples=settings.default.max_examples // 2, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_span_has_a_place(first: int, second: int):
    start, stop = sorted((first, second))
    document = parse(Source("a.md", TEXT))
    placed = place(document, [Mark("f1", Span(start, stop), "error")])
    whole = stop == 0 or (start == 0 and stop >= len(TEXT.rstrip()))
    assert ("f1" not in placed.homes) == whole


# -- the folder


def write(folder: Path, *paths: Path, lang: str = "zh", jobs: int = 1) -> None:
    known = installed_plugins()
    style = Style(lang=lang, rules={each.id: each for each in known.rules()})  # type: ignore[arg-type]
    folder.mkdir(exist_ok=True)
    html = reporters()["html"]
    reports = check_paths(
        paths,
        known,
        Configuration.of(known, Choices()),
        jobs=jobs,
        prepare=lambda report, known: html.prepare(report, known, style.lang),
    )
    html.render(reports, folder, style)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    examples = Path(__file__).resolve().parent.parent / "examples"
    folder = tmp_path_factory.mktemp("pages")
    write(folder, examples / "faulty-final-accounts-2023.md", examples / "clean-annual-report-2024.html")
    return folder


def test_a_folder_holds_an_index_and_a_page_a_report(written: Path):
    index = lxml.html.document_fromstring((written / "index.html").read_text(encoding="utf-8"))
    links = index.xpath("//table[@class='reports']//a/@href")
    assert sorted([*links, "index.html"]) == sorted(path.name for path in written.iterdir())
    rows = index.xpath("//table[@class='reports']/tbody/tr")
    assert [row.xpath("string(td/small)").rpartition("/")[2] for row in rows] == [
        "faulty-final-accounts-2023.md",
        "clean-annual-report-2024.html",
    ]
    counts = [int(row.xpath("string(td[@data-key='error']/@data-value)")) for row in rows]
    assert counts[0] > 10
    assert counts[1] == 0
    assert int(index.xpath("string(//span[@class='total'][@data-s='error']/b)")) == sum(counts)
    assert rows[0].xpath("string(.//span[@class='share'])").count("/") == 1


def test_the_pages_are_the_same_with_several_processes(written: Path, tmp_path: Path, examples: Path):
    names = ("faulty-final-accounts-2023.md", "clean-annual-report-2024.html")
    write(tmp_path / "out", *(examples / name for name in names), jobs=2)
    for path in written.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_english_pages_are_english(tmp_path: Path, examples: Path):
    write(tmp_path / "out", examples / "faulty-final-accounts-2023.md", lang="en")
    for path in (tmp_path / "out").iterdir():
        tree = lxml.html.document_fromstring(path.read_text(encoding="utf-8"))
        assert tree.get("lang") == "en"
        assert "findings" in tree.xpath("string(//title)")
        assert not any("问题" in str(label) for label in tree.xpath("//@aria-label | //label//text()"))


def govlint(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govlint", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )


def test_the_command_writes_pages_and_leaves_them_alone_the_next_time(tmp_path: Path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    first = govlint(".", "--output-format", "html", "-o", "out/pages", cwd=tmp_path)
    assert (first.stdout, first.stderr) == ("", "")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out" / "pages").iterdir()}
    assert set(before) == {"index.html", "a.md.html"}
    govlint(".", "--output-format", "html", "-o", "out/pages", cwd=tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out" / "pages").iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "-o"),
        (("-o", "a.md"), "是文件，不是文件夹"),
        (("-o", "."), "要检查的文件夹"),
        (("-o", "out", "--diff"), "--diff"),
    ],
)
def test_what_can_not_be_written_to_is_refused_before_anything_is_done(
    tmp_path: Path, arguments: tuple[str, ...], said: str
):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    done = govlint(".", "--output-format", "html", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_files_of_others_are_not_written_over(tmp_path: Path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.md.html").write_text("<p>别人的</p>", encoding="utf-8")
    govlint("a.md", "--output-format", "html", "-o", "out", cwd=tmp_path)
    assert (out / "a.md.html").read_text(encoding="utf-8") == "<p>别人的</p>"
    assert (out / "a.md-2.html").exists()
    (out / "index.html").write_text("<p>别人的</p>", encoding="utf-8")
    done = govlint("a.md", "--output-format", "html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "index.html" in done.stderr
    assert (out / "index.html").read_text(encoding="utf-8") == "<p>别人的</p>"


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path):
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.md.html").symlink_to(tmp_path / "outside.html")
    govlint("a.md", "--output-format", "html", "-o", "out", cwd=tmp_path)
    assert not (tmp_path / "outside.html").exists()


def test_the_page_of_a_file_that_can_not_be_read_says_so(tmp_path: Path):
    (tmp_path / "a.md").write_bytes(b"\x00\x01")
    done = govlint("a.md", "no.md", "--output-format", "html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    for name in ("a.md.html", "no.md.html"):
        tree = lxml.html.document_fromstring((tmp_path / "out" / name).read_text(encoding="utf-8"))
        assert tree.xpath("//header//p[@role='alert']")
        assert tree.xpath("//article[@class='note'][@data-rule='govlint/unreadable-file']")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "没有检查完" in index


def test_a_page_shows_what_is_left_after_a_baseline_and_a_fix(tmp_path: Path):
    (tmp_path / "a.md").write_text("# 甲\n\n截止2020年12月31日，共有车辆1辆，全部用于公务。\n", encoding="utf-8")
    govlint("a.md", "--output-format", "html", "-o", "before", cwd=tmp_path)
    govlint("a.md", "--fix", "--output-format", "html", "-o", "after", cwd=tmp_path)
    rules = [
        lxml.html.document_fromstring((tmp_path / folder / "a.md.html").read_text(encoding="utf-8")).xpath(
            "//article[@class='note']/@data-rule"
        )
        for folder in ("before", "after")
    ]
    assert "text/time-word" in rules[0]
    assert "text/time-word" not in rules[1]


def test_a_page_that_can_not_be_made_is_a_finding(monkeypatch: pytest.MonkeyPatch):
    from govlint.reporters.html import pages as inner

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division")

    known = plugins(rule(finding(at("and"))))
    report = check_source(Source("a.md", TEXT), known, Configuration.of(known, Choices()).settings("a.md"))
    monkeypatch.setattr(inner, "place", broken)
    prepared = pages.prepare(report, known, "zh")
    assert prepared.failed
    assert [each.rule for each in prepared.diagnostics] == ["govlint/check-failed", "fake/rule"]
    assert "ZeroDivisionError" in prepared.prepared.html


names = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    [
        "../../etc/a.md",
        "/a.md",
        "CON",
        "index",
        "a/b.md",
        "a-b.md",
        "A/B.md",
        "x" * 400,
        "云" * 300,
        "\udcff.md",
        "..",
        "",
    ]
)


@settings(max_examples=settings.default.max_examples // 2, deadline=None)
@given(st.lists(names, max_size=12))
def test_names_are_safe_and_differ(paths: list[str]):
    given_names = Names(lambda name: False)
    found = [given_names.give(path) for path in paths]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert name.endswith(".html")
        assert os.sep not in name
        assert not name.startswith((".", "-"))
        assert name.casefold() != "index.html"
        assert len(name.encode("utf-8")) < 200


def test_a_page_costs_little(examples: Path):
    report = check(examples / "faulty-final-accounts-2023.md")
    known = installed_plugins()
    pages.prepare(report, known, "zh")
    start = time.perf_counter()
    pages.prepare(report, known, "zh")
    assert time.perf_counter() - start < 1  # measured 0.04; machines differ and are busy


def test_a_report_is_prepared_once():
    report = Report("a.md", Source("a.md", TEXT))
    first = pages.prepare(report, plugins(), "zh")
    assert pages.prepare(first, plugins(), "zh") is first
