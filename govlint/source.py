"""Bytes to text, and places in that text.

A :class:`Span` is a pair of code-point offsets into ``Source.text``; line and column exist only where something is
printed. This is the only module that converts between the two, and the only one that counts in UTF-16 or in bytes.
"""

from __future__ import annotations

import codecs
import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, repeat
from operator import add, sub
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

Encoding = Literal["utf-8", "utf-16", "gb18030"]
Units = Literal["utf-8", "utf-16", "utf-32"]
"""Encodings in whose code units editors count columns; utf-32 counts code points."""

DEFAULT_MAX_BYTES = 10_000_000
"""Files larger than this are refused: the largest report known has under one megabyte."""

_DECLARED_CHARSET = rb"""(?i)(?:<meta\b[^>]{0,200}?\bcharset|<\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w-]+)"""
_GB_NAMES = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936"})
_LINE_END = re.compile(r"\r\n|\n|\r")
_BEYOND_ASCII = r"[^\x00-\x7f]+"
_BINARY_FORMATS = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "Word/Excel (zip)"), (b"\xd0\xcf\x11\xe0", "Word/Excel"))

_SIGNS = "[\u00a0-\u00bf\u00d7\u00f7\u2000-\u2bff\u3200-\u33ff\U00010000-\U0010ffff]"
_SAMPLE = 20_000
_FREQUENT = frozenset("的一年度和为位部支出收入算单公共财政预决表情况人其中万元行说明项目类款与无、，。；：（）“”《》")
"""Characters of which a Chinese text of some length has many."""


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A range ``[start, end)`` of code points of a source's text. Unpacks into its two offsets."""

    start: int
    end: int

    def __iter__(self) -> Iterator[int]:
        return iter((self.start, self.end))

    def __contains__(self, other: object) -> bool:
        """Whether ``other``, a span, lies inside this one."""
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def to(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Position(NamedTuple):
    """A place as people and editors count it: line and column from 1, the column in code points."""

    line: int
    column: int


class SourceError(Exception):
    """A file that can't be read as text. ``str()`` is a message in Chinese that says what to do about it.

    ``english`` is the same message in English; ``byte_offset`` is set where a byte is to blame.
    """

    def __init__(self, path: str, message: str, english: str, *, byte_offset: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.english = english
        self.byte_offset = byte_offset


class Source(Struct, frozen=True, dict=True):
    """A decoded file: its text without byte order mark, line ends as they stand in the file.

    ``bom``, ``encoding`` and, for UTF-16, ``big_endian`` are kept so that :meth:`encode` gives back the very bytes.
    """

    path: str
    text: str
    encoding: Encoding = "utf-8"
    bom: bool = False
    big_endian: bool = False

    @classmethod
    def read(cls, path: str | Path, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Source:
        """The file at ``path``. Raises :class:`SourceError` where it is missing, too large, or not text."""
        return cls.from_bytes(read_bytes(path, max_bytes), str(path), max_bytes=max_bytes)

    @classmethod
    def from_bytes(cls, data: bytes, path: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Source:
        """Decode ``data``: a byte order mark decides, then UTF-8, then the declared charset, then GB18030.

        Raises :class:`SourceError` for more than ``max_bytes``, for bytes that are no text, and for text that GB18030
        can decode but that is then no Chinese anybody would write: it is in another encoding.
        """
        if len(data) > max_bytes:
            raise SourceError(
                path,
                f"文件超过 {max_bytes:,} 字节，未检查；请拆分文件，或在配置中调大 max-file-size",
                f"larger than {max_bytes:,} bytes, not checked: split the file, or raise max-file-size in the configuration",
            )
        for mark, codec in (
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
        ):
            if data.startswith(mark):
                text = _decode(data, codec, path, skip=len(mark))
                _refuse_binary(text.find("\0"), data, path)
                if codec == "utf-8":
                    return cls(path, text, "utf-8", bom=True)
                return cls(path, text, "utf-16", bom=True, big_endian=codec == "utf-16-be")
        _refuse_binary(data.find(0), data, path)
        try:
            return cls(path, data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            start = error.start
        declared = re.search(_DECLARED_CHARSET, data[:4096])
        name = declared.group(1).decode("ascii").lower() if declared else ""
        if name and name not in _GB_NAMES:
            raise _undecodable(path, name, start)
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            codec, offset = max(("utf-8", start), ("gb18030", error.start), key=lambda known: known[1])
            raise _undecodable(path, codec, offset) from None
        if not _is_plausible(text, 0.4 if name else 0.7):
            if not data[:start].isascii():
                raise _undecodable(path, "utf-8", start)
            raise SourceError(
                path,
                f"从第 {start} 字节起既不是 UTF-8，也不像是 GB18030 编码的中文（可能是 Big5 等其他编码）；请将文件另存为 UTF-8",
                f"from byte {start} on neither UTF-8 nor, by the look of it, Chinese in GB18030 (Big5?): save the file as UTF-8",
                byte_offset=start,
            )
        return cls(path, text, "gb18030")

    def encode(self, text: str | None = None) -> bytes:
        """The bytes of ``text`` (default: this source's own) in this source's encoding, with its byte order mark."""
        text = self.text if text is None else text
        if self.encoding == "utf-16":
            if self.big_endian:
                return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
            return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode(self.encoding)

    @cached_property
    def _line_starts(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        lengths = map(len, self.text.split("\n")[:-1])
        return list(accumulate(map(add, lengths, repeat(1)), initial=0))

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def place(self, offset: int) -> str:
        """Line and column of an offset as they are written: ``3:14``."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        return f"{line}:{offset - starts[line - 1] + 1}"

    def offset(self, position: Position) -> int:
        """The offset of a line and column; a column beyond the line's end is its end. Raises ``ValueError`` for a line that is not there."""
        if not 1 <= position.line <= len(self._line_starts):
            raise ValueError(f"no line {position.line} in {self.path}")
        line = self.line_span(position.line)
        return min(line.start + max(position.column - 1, 0), line.end)

    def line_span(self, line: int) -> Span:
        """The span of a line, counted from 1, without its line end."""
        start = self._line_starts[line - 1]
        if line == len(self._line_starts):
            return Span(start, len(self.text))
        end = self._line_starts[line] - 1
        if end > start and self.text[end - 1 : end + 1] == "\r\n":
            end -= 1
        return Span(start, end)

    def line_spans(self) -> list[Span]:
        """The spans of all lines in order, as :meth:`line_span` gives them."""
        if "\r" in self.text:
            return [self.line_span(line) for line in range(1, self.line_count + 1)]
        starts = self._line_starts
        return list(map(Span, starts, [*map(sub, starts[1:], repeat(1)), len(self.text)]))

    @property
    def line_count(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._line_starts)

    def column_in(self, offset: int, units: Units) -> int:
        """The column of an offset from 0 in the code units of an encoding, as the language server protocol counts."""
        start = self._line_starts[bisect_right(self._line_starts, offset) - 1]
        before = self.text[start:offset]
        return len(before) if units == "utf-32" or before.isascii() else sum(_width(each, units) for each in before)

    def offset_in(self, line: int, column: int, units: Units) -> int:
        """The offset of a line from 0 and a column from 0 in the code units of an encoding.

        A column inside a character is the place before it, one beyond the line's end is its end; a line beyond the
        text's end is the end of the text.
        """
        if line >= len(self._line_starts):
            return len(self.text)
        span = self.line_span(line + 1)
        passed = 0
        for offset in range(span.start, span.end):
            passed += _width(self.text[offset], units)
            if passed > column:
                return offset
        return span.end

    def utf16_column(self, offset: int) -> int:
        """The column of an offset from 0 in UTF-16 code units, as SARIF counts."""
        return self.column_in(offset, "utf-16")


def _width(character: str, units: Units) -> int:
    """How many code units a character takes."""
    if units == "utf-16":
        return 2 if character > "\uffff" else 1
    if units == "utf-32":
        return 1
    return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")


def read_bytes(path: str | Path, max_bytes: int = DEFAULT_MAX_BYTES) -> bytes:
    """The content of the file at ``path``, of a larger one ``max_bytes`` and one. Raises :class:`SourceError`."""
    name = str(path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - of every file
            expected = min(os.fstat(file.fileno()).st_size, max_bytes)
            data = file.read(expected + 1)
            return data if len(data) <= expected else data + file.read(max_bytes - expected)
    except FileNotFoundError:
        raise SourceError(name, "文件不存在，请核对路径", "no such file: check the path") from None
    except IsADirectoryError:
        raise SourceError(name, "这是文件夹，不是文件", "this is a folder, not a file") from None
    except OSError as error:
        raise SourceError(name, f"无法读取文件：{error.strerror}", f"cannot be read: {error.strerror}") from error


def _refuse_binary(zero: int, data: bytes, path: str) -> None:
    """Raise :class:`SourceError` if there is a NUL (at ``zero``), or a known format's signature."""
    known = next((name for signature, name in _BINARY_FORMATS if data.startswith(signature)), "")
    if zero < 0 and not known:
        return
    where, english = (
        (f"第 {zero} 字节是空字节", f"byte {zero} is NUL") if zero >= 0 else (f"文件是 {known}", f"it is {known}")
    )
    raise SourceError(
        path,
        f"{where}：这是二进制文件，不是文本；请先转换为 Markdown 或 HTML",
        f"{english}: a binary file, not text; convert it to Markdown or HTML first",
        byte_offset=max(zero, 0),
    )


def _is_plausible(text: str, share: float) -> bool:
    """Whether text decoded as GB18030 reads as Chinese: enough common characters, and in a longer text frequent ones.

    GB18030 decodes nearly anything; other encodings come out as rare characters and symbols.
    """
    sample = ""
    for match in re.finditer(_BEYOND_ASCII, text):
        sample += match.group()
        if len(sample) >= _SAMPLE:
            break
    leads = sample.encode("gb2312", "ignore")[::2]
    common = sum(0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7 for lead in leads)
    if common < share * (len(sample) - len(re.findall(_SIGNS, sample))):
        return False
    frequent = sum(character in _FREQUENT for character in sample)
    return len(sample) < 100 or frequent >= 0.05 * len(sample)


def _decode(data: bytes, codec: str, path: str, *, skip: int = 0) -> str:
    try:
        return data[skip:].decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(path, codec, error.start + skip) from None


def _undecodable(path: str, codec: str, byte_offset: int) -> SourceError:
    return SourceError(
        path,
        f"第 {byte_offset} 字节无法按 {codec} 解码；请将文件另存为 UTF-8",
        f"byte {byte_offset} cannot be decoded as {codec}: save the file as UTF-8",
        byte_offset=byte_offset,
    )
