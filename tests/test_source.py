"""Bytes to text and places in it."""

import codecs
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, strategies as st

from govlint.source import Position, Source, SourceError, Span, Units

CHINESE = "云川市青禾区大数据中心2024年度部门决算，收入合计2,554.43万元。\r\n其中：财政拨款收入“100%”。\n"
LONG = CHINESE * 40


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (LONG.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + LONG.encode(), "utf-8", True),
        (LONG.encode("gb18030"), "gb18030", False),
        (LONG.encode("gbk"), "gb18030", False),
        (CHINESE.encode("gbk"), "gb18030", False),
        (codecs.BOM_UTF16_LE + LONG.encode("utf-16-le"), "utf-16", True),
        (codecs.BOM_UTF16_BE + LONG.encode("utf-16-be"), "utf-16", True),
    ],
)
def test_every_encoding_gives_the_text_and_its_own_bytes_back(data: bytes, encoding: str, bom: bool) -> None:
    source = Source.from_bytes(data, "a.md")
    assert source.text in (LONG, CHINESE)
    assert (source.encoding, source.bom) == (encoding, bom)
    assert source.encode() == data


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_utf8_round_trip(text: str) -> None:
    data = text.encode()
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        return
    assert Source.from_bytes(data, "a.md").encode() == data


def test_encode_takes_other_text() -> None:
    source = Source.from_bytes(codecs.BOM_UTF16_BE + "甲".encode("utf-16-be"), "a.md")
    assert source.encode("乙") == codecs.BOM_UTF16_BE + "乙".encode("utf-16-be")


def test_the_empty_file_is_an_empty_text() -> None:
    source = Source.from_bytes(b"", "a.md")
    assert (source.text, source.line_count) == ("", 1)


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="gb2312">',
        "<META http-equiv=Content-Type content='text/html; charset=GBK'>",
        '<?xml version="1.0" encoding="GB18030"?>',
    ],
)
def test_a_declared_charset_is_believed(head: str) -> None:
    data = (head + "<p>決算報告：歲入歲出預算總額</p>").encode("gb18030")
    assert "決算報告" in Source.from_bytes(data, "a.html").text


def test_a_few_characters_are_enough_for_gbk() -> None:
    for word in ("决算", "单位：万元", "“三公”经费", "①㎡", "2024 年 10 月"):
        assert Source.from_bytes(word.encode("gbk"), "a.md").text == word


def refused(data: bytes, path: str = "a.md") -> SourceError:
    with pytest.raises(SourceError) as error:
        Source.from_bytes(data, path)
    assert str(error.value)
    assert error.value.english
    return error.value


def test_a_bad_byte_is_named() -> None:
    data = LONG.encode()
    error = refused(data[:300] + b"\xff" + data[300:])
    assert error.byte_offset == 300
    assert "300" in str(error)
    assert "UTF-8" in str(error)


def test_a_bad_byte_in_gbk_is_named() -> None:
    data = LONG.encode("gbk")
    at = data.index("财政".encode("gbk"))
    assert refused(data[:at] + b"\xff\xff" + data[at:]).byte_offset == at


def test_a_bad_byte_in_utf16_is_named() -> None:
    data = codecs.BOM_UTF16_LE + "决算".encode("utf-16-le")
    assert refused(data + b"\x00\xd8").byte_offset == len(data)


def test_a_cut_off_utf8_file_is_no_gbk() -> None:
    assert refused(LONG.encode()[:-5]).byte_offset is not None


def test_a_charset_that_the_bytes_contradict_is_refused() -> None:
    error = refused('<meta charset="utf-8"><p>决算</p>'.encode("gbk"))
    assert "utf-8" in str(error)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("臺北市政府教育局單位預算說明，歲入歲出預算總額較上年度增加，主要係因人事費用調整所致。", "big5"),
        ("預算", "big5"),
        ("これは日本語のテキストです。東京都の予算について説明します。", "shift_jis"),
        ("これは日本語のテキストです。東京都の予算について説明します。", "euc_jp"),
        (
            "한국 정부의 예산 보고서입니다. 서울특별시 교육청 세출 예산에 관한 설명을 다음과 같이 제출합니다. " * 4,
            "euc_kr",
        ),
        ("Le rapport a été présenté à l'assemblée générale de l'année dernière", "latin-1"),
        ("Отчёт о расходах бюджета за прошлый год", "cp1251"),
    ],
)
def test_other_encodings_do_not_become_nonsense(text: str, encoding: str) -> None:
    error = refused(text.encode(encoding))
    assert error.byte_offset is not None
    assert "UTF-8" in str(error)


@pytest.mark.parametrize("data", [b"GIF89a\x00\x01", b"%PDF-1.7\n\xe4", b"PK\x03\x04\x14", b"\xd0\xcf\x11\xe0\xa1"])
def test_binary_files_are_refused(data: bytes) -> None:
    assert "二进制" in str(refused(data))


def test_nul_in_utf16_is_binary() -> None:
    refused(codecs.BOM_UTF16_LE + b"\x00\x00a\x00")


def test_what_is_not_there_or_too_large(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(SourceError):
            Source.read(path)
    (tmp_path / "a.md").write_bytes(b"a" * 11)
    with pytest.raises(SourceError):
        Source.read(tmp_path / "a.md", max_bytes=10)
    assert Source.read(tmp_path / "a.md", max_bytes=11).text == "a" * 11


def test_lines_and_columns() -> None:
    source = Source("a.md", "甲乙\r\n\r丙\n丁")
    assert source.line_count == 4
    assert [tuple(source.line_span(line)) for line in (1, 2, 3, 4)] == [(0, 2), (4, 4), (5, 6), (7, 8)]
    assert source.position(1) == Position(1, 2)
    assert source.position(5) == Position(3, 1)
    assert source.offset(Position(3, 99)) == 6
    with pytest.raises(ValueError, match="no line"):
        source.offset(Position(5, 1))


@given(st.text("甲a\r\n𠮷", max_size=30))
def test_places_convert_both_ways(text: str) -> None:
    source = Source("a.md", text)
    for offset in range(len(text) + 1):
        position = source.position(offset)
        line = source.line_span(position.line)
        if offset <= line.end:
            assert source.offset(position) == offset
            for units in get_args(Units):
                column = source.column_in(offset, units)
                assert source.offset_in(position.line - 1, column, units) == offset


@pytest.mark.parametrize(("units", "column"), [("utf-8", 8), ("utf-16", 4), ("utf-32", 3)])
def test_columns_in_code_units(units: Units, column: int) -> None:
    source = Source("a.md", "第一行\r\na支𠮷出é。\n")
    offset = source.text.index("出")
    assert source.column_in(offset, units) == column
    assert source.offset_in(1, column, units) == offset
    assert source.offset_in(1, 100, units) == source.text.index("\n", 6)
    assert source.offset_in(9, 0, units) == len(source.text)


def test_a_column_inside_a_character_is_before_it() -> None:
    source = Source("a.md", "𠮷支出")
    assert source.offset_in(0, 1, "utf-16") == 0
    assert source.offset_in(0, 2, "utf-8") == 0
    assert source.offset_in(0, 6, "utf-8") == 1


def test_spans() -> None:
    assert Span(2, 3) in Span(2, 4)
    assert Span(1, 3) not in Span(2, 4)
    assert Span(1, 3).overlaps(Span(2, 4))
    assert not Span(1, 2).overlaps(Span(2, 4))
    assert Span(1, 2).to(Span(5, 6)) == Span(1, 6)
