"""What govlint says of the examples: golden files, the planted defects, the same in every notation and encoding."""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import govlint
from govlint.reporters import Style, text as text_format
from tests.conftest import ROOT
from tests.generator.examples import DEFECTS

EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*-20??*.*"))
NOTATIONS = ("", "-pipe")


def check(name: str) -> govlint.Report:
    return govlint.check(f"examples/{name}")


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", EXAMPLES)
def test_output_is_as_it_was(name: str, golden: Callable[[str, str], None]) -> None:
    out = io.StringIO()
    text_format.render([check(name)], out, Style())
    golden(f"{name}.txt", out.getvalue())


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("clean")])
def test_clean_reports_have_nothing_above_info(name: str) -> None:
    report = check(name)
    assert not report.failed
    assert [found.message for found in report.diagnostics if found.severity != "info"] == []


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("faulty")])
def test_every_planted_defect_is_found_and_nothing_else(name: str) -> None:
    report = check(name)
    loud = [found for found in report.diagnostics if found.severity != "info"]
    packs = Counter(found.rule.partition("/")[0] for found in loud)
    planted = Counter(defect.family for defect in DEFECTS)
    assert packs.pop("final-accounts") == 1, "the section that is missing, whose number the structure pack misses too"
    assert packs == planted


def in_words(report: govlint.Report) -> Counter[tuple[str, str, str, str]]:
    """The findings without their places: rule, severity, message, and the words that are marked."""
    assert report.source is not None
    return Counter(
        (found.rule, found.severity, found.message, report.source.text[found.span.start : found.span.end].strip())
        for found in report.diagnostics
    )


@pytest.mark.parametrize("state", ["clean", "faulty"])
def test_pipe_tables_and_tabs_give_the_same_findings(state: str) -> None:
    tabs, pipes = (in_words(check(f"{state}-final-accounts-2023{notation}.md")) for notation in NOTATIONS)
    assert tabs == pipes


@pytest.mark.parametrize("state", ["clean", "faulty"])
def test_html_gives_the_findings_of_markdown(state: str) -> None:
    markdown = in_words(check(f"{state}-final-accounts-2023.md"))
    html = in_words(check(f"{state}-final-accounts-2023.html"))
    assert markdown == html


def positions(report: govlint.Report) -> list[tuple[str, str, govlint.Position, govlint.Position]]:
    """The findings with line and column."""
    return [(found.rule, found.message, *report.positions(found.span)) for found in report.diagnostics]


@pytest.mark.parametrize("name", ["faulty-final-accounts-2023.md", "faulty-final-accounts-2023.html"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_findings_at_the_same_places(name: str, encoding: str, tmp_path: Path) -> None:
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    copy = tmp_path / name
    copy.write_bytes(text.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding))
    ours, theirs = (positions(govlint.check(path)) for path in (f"examples/{name}", copy))
    assert ours == theirs


@pytest.mark.parametrize("name", ["faulty-final-accounts-2023.md", "faulty-final-accounts-2023.html"])
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(name: str, line_end: str, tmp_path: Path) -> None:
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    copy = tmp_path / name
    copy.write_bytes(text.replace("\n", line_end).encode())
    ours, theirs = (positions(govlint.check(path)) for path in (f"examples/{name}", copy))
    assert ours == theirs
