"""What every parsed document promises, over generated documents, examples and real reports."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from lxml import etree

from govlint.document import Table
from govlint.parsers import parse
from govlint.source import Source
from tests.documents import (
    Sample,
    Tile,
    broken_promises,
    clean_grid,
    grids,
    han,
    html_samples,
    html_table,
    line_ends,
    markdown_samples,
    pipe_table,
    ragged_pages,
    read_blocks,
    rows_of,
    tab_table,
    tag_soups,
    tiled_table,
    tilings,
    visible,
    wild_texts,
    with_line_ends,
)

EXAMPLES = sorted(
    path
    for path in (Path(__file__).parent.parent / "examples").rglob("*")
    if path.suffix in (".md", ".markdown", ".html", ".htm")
)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Reader(HTMLParser):
    """Collects the text of a page, by another parser than ours."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text += data


def seen_by_others(source: Source, html: bool) -> str:
    text = source.text if html else re.sub(r"^(`{3,}).*?^\1", "", source.text, flags=re.MULTILINE | re.DOTALL)
    reader = Reader()
    reader.feed(text)
    reader.close()
    return han(reader.text)


def check(path: Path) -> None:
    document = parse(Source.read(path))
    assert broken_promises(document) == []
    assert document.troubles == ()
    assert visible(document) == seen_by_others(document.source, document.format == "html")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_keep_the_promises(path: Path) -> None:
    check(path)


def test_real_reports_keep_the_promises(shared_reports: Path) -> None:
    for path in sorted(shared_reports.iterdir()):
        if path.suffix in (".md", ".html") and path.name != "README.md":
            check(path)


@relaxed
@given(html_samples(), line_ends)
def test_html_is_read_as_it_is_seen(sample: Sample, end: str) -> None:
    document = parse(Source("a.html", with_line_ends(sample.source, end)))
    assert read_blocks(document) == sample.blocks
    assert broken_promises(document) == []
    assert document.troubles == ()


@relaxed
@given(markdown_samples(), line_ends)
def test_markdown_is_read_as_it_is_seen(sample: Sample, end: str) -> None:
    document = parse(Source("a.md", with_line_ends(sample.source, end)))
    assert read_blocks(document) == sample.blocks
    assert broken_promises(document) == []
    assert document.troubles == ()


@relaxed
@given(st.one_of(html_samples(), markdown_samples()), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_offsets_do_not_depend_on_the_encoding(sample: Sample, encoding: str) -> None:
    name = "a.html" if sample.source.startswith("<!DOCTYPE") else "a.md"
    source = Source.from_bytes(sample.source.encode(encoding), name)
    assert source.text == sample.source
    assert parse(source).blocks == parse(Source(name, sample.source)).blocks


@relaxed
@given(tag_soups)
def test_no_text_is_lost_in_tag_soup(sample: Sample) -> None:
    document = parse(Source("a.html", sample.source))
    assert broken_promises(document) == []
    assert visible(document) == han(sample.source)
    assert document.troubles == ()


@settings(relaxed, max_examples=3 * relaxed.max_examples)
@given(ragged_pages)
def test_ragged_html_shows_what_lxml_finds_in_it(text: str) -> None:
    document = parse(Source("a.html", text))
    assert broken_promises(document) == []
    root = etree.HTML(f"<html><body>{text}")
    found = root.xpath("//text()[not(parent::script) and not(parent::style) and not(parent::title)]")
    assert visible(document) == "".join(han(part) for part in found) or document.troubles


@settings(relaxed, max_examples=3 * relaxed.max_examples)
@given(wild_texts, st.sampled_from(["a.md", "a.html"]))
def test_any_text_can_be_read(text: str, name: str) -> None:
    document = parse(Source(name, text))
    assert broken_promises(document) == []
    if name == "a.md" and "<" not in text and "](" not in text:
        assert visible(document) == han(text)


@relaxed
@given(tilings())
def test_spanning_cells_stand_where_they_are_seen(tiling: tuple[int, int, tuple[Tile, ...]]) -> None:
    height, width, tiles = tiling
    (table,) = parse(Source("a.html", tiled_table(tiling))).tables()
    assert (len(table.rows), table.width) == (height, width)
    assert [Tile(c.row, c.column, c.rowspan, c.colspan, c.text.text) for c in table.cells()] == list(tiles)


@relaxed
@given(grids())
def test_a_table_is_the_same_in_every_notation(grid: tuple[tuple[str, ...], ...]) -> None:
    written = {"tabs": tab_table(grid), "pipe": pipe_table(grid), "html": html_table(grid)}
    for notation, text in written.items():
        document = parse(Source("a.md", f"单位：万元\n\n{text}\n\n注：本表反映情况。\n"))
        (table,) = document.tables()
        assert table.notation == notation
        assert rows_of(document) == [clean_grid(grid)]
        before, _, after = document.blocks
        assert not isinstance(before, Table) and not isinstance(after, Table)
        assert (before.text.text, after.text.text) == ("单位：万元", "注：本表反映情况。")
