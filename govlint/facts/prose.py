"""Running text: passages joined over the breaks that a converter left, and their sentences (句)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from govlint.document import Document, Piece, Section, Table, Text
from govlint.facts.cells import cell_texts
from govlint.facts.layout import Layout, Line, layout
from govlint.facts.lines import Role
from govlint.facts.memo import fact, kept_for_paragraphs
from govlint.facts.ordinals import read_ordinal
from govlint.facts.outline import outline
from govlint.facts.titles import plain


class Joint(Struct, frozen=True, gc=False):
    """A place where a sentence was broken over two blocks (断段): ``at`` in the passage's text, between two blocks.

    ``sure`` says that the break can't be meant: the first part can't end so, or the second can't begin so.
    """

    at: int
    before: int
    after: int
    sure: bool


class Passage(Struct, frozen=True, gc=False):
    """A run of text: a paragraph with its parts joined again, a heading, a note, a table cell with sentences.

    ``role`` is the line's role (``prose`` for paragraphs), or ``cell``. ``sections`` are the headings above, from
    the highest. ``blocks`` are the indices of the blocks it was read from.
    """

    text: Text
    blocks: tuple[int, ...]
    role: Role | Literal["cell"]
    sections: tuple[Section, ...] = ()
    joints: tuple[Joint, ...] = ()


class Sentence(Struct, frozen=True, gc=False):
    """A sentence with its end mark: ``begin`` and ``end`` are its place in the text of passage ``passage``."""

    text: Text
    passage: int
    begin: int
    end: int


_FINISHED = "。！？；：!?;:”"
_STOPS = frozenset("。！？")
_CLOSING_BRACKETS = "）)》」』】"
_ENDS = tuple(mark for mark in _FINISHED if mark not in "：:")
_FULL_LINE = 18
_CANNOT_END = re.compile(
    r"(?:[，、,（(“‘《〈的和与及为对从将以由按占较比达约共至在于把被]|完成|增长|下降|增加|减少|安排|\d[.,]|[零〇一二三四五六七八九十百千万亿]+\s*是?)$"
    r"|(?:[（(][类款]?[）)])$"
)
_CANNOT_BEGIN = re.compile(r"\s*(?:[，。、；：！？）》”’〉%％,;)]|[万亿]?元(?!旦|宵)|(?:[（(][款项][）)])|[的了])")
_NUMBER_SPLIT = (
    re.compile(r"\d\s*$"),
    re.compile(r"\s*(?:[.,]\d|万|亿|元|%|％|个百分点|年|月|日|辆|人|个|批次|人次|台)"),
)
_PART_OF_SUBJECT = re.compile(r"[（(](?:类[）)][^（()）]{1,30}|款[）)][^（()）]{1,30}|项[）)]\s*[：:])$")
_HALF_BRACKETED = re.compile(r"\s*\d{1,2}[)）]")
"""The number of a list's item with only one bracket: ``1）``."""
_BRACKETED_END = re.compile(r"[。！？；][（(][^（）()]{1,40}[）)]$")
_PAGE_NUMBER = re.compile(r"[-—–─－]*\d{1,3}[-—–─－]*$")
_LETTERS = re.compile(r"[A-Za-z]")
_NOTE_START = re.compile(r"(?:注|说明|备注|附注|注释)\d{0,2}[:.、]|\d+[行栏]")


@fact
def passages(document: Document) -> tuple[Passage, ...]:
    """All text in the document's order; paragraphs that a converter cut are whole again.

    A paragraph is joined to the next where it stops inside a sentence and the next begins neither like a heading
    nor like an item of a list; page numbers and stray marks between them are passed over.
    """
    return tuple(_joined(document, layout(document), _paths(document)))


def _paths(document: Document) -> list[tuple[Section, ...]]:
    """For each block the sections it stands in, from the highest."""
    paths: list[tuple[Section, ...]] = [()] * len(document.blocks)
    _enter(outline(document), (), paths)
    return paths


def _enter(sections: Sequence[Section], above: tuple[Section, ...], paths: list[tuple[Section, ...]]) -> None:
    for section in sections:
        path = (*above, section)
        for block in section.blocks:
            paths[block] = path
        _enter(section.children, path, paths)


def _joined(document: Document, found: Layout, paths: Sequence[tuple[Section, ...]]) -> Iterator[Passage]:
    tails = {heading.block for heading in found.headings if heading.form == "tail"}
    printed = cell_texts(document)
    open_part: _Open | None = None
    below_text = False
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if open_part is not None:
                yield open_part.passage(paths)
                open_part = None
            below_text = False
            for words in _cells(block, printed[index]):
                yield Passage(words, (index,), "cell", paths[index])
            continue
        lines = found.lines_of(index)
        if len(lines) == 1 and index not in tails:
            pieces = [(lines[0].text, lines[0].role)] if lines[0].text.text else []
        else:
            pieces = list(_pieces(found, index))
        for text, role in pieces:
            if below_text and role == "other" and _passed_over(text):
                if open_part is not None and text.text[-1] in "。！？；" and open_part.broken():
                    open_part.add(text, index)
                continue
            if open_part is not None:
                if open_part.takes(text, role):
                    open_part.add(text, index)
                    continue
                yield open_part.passage(paths)
                open_part = None
            if role in ("prose", "note") and not text.text.endswith(_ENDS):
                open_part = _Open(text, index, role)
            else:
                yield Passage(text, (index,), role, paths[index])
            below_text = True
    if open_part is not None:
        yield open_part.passage(paths)


def _passed_over(text: Text) -> bool:
    """Whether it is a page number or a stray mark, which a sentence may go on behind."""
    words = plain(text.text)
    return len(words) <= 1 or _PAGE_NUMBER.fullmatch(words) is not None


def _pieces(found: Layout, block: int) -> Iterator[tuple[Text, Role]]:
    """The block's text by roles: lines of one role together, a heading glued to the end apart."""
    lines = found.lines_of(block)
    tails = {heading.line.whole.start: heading.line for heading in found.headings_of(block) if heading.form == "tail"}
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and lines[stop].role == lines[at].role == "prose":
            stop += 1
        text = lines[at].text if stop == at + 1 else _between(lines[at:stop])
        tail = next((line for start, line in tails.items() if text.pieces and start in range(*text.whole)), None)
        if tail is not None:
            yield text.slice(0, len(text) - len(tail)).strip(), lines[at].role
            yield tail, "heading"
        elif text:
            yield text, lines[at].role
        at = stop


def _between(lines: Sequence[Line]) -> Text:
    return Text.join((line.text for line in lines), "\n")


def _last_sentence(text: str) -> str:
    return text[max(text.rfind(mark) for mark in "。！？；") + 1 :][-_LONGEST_PAIR:]


def _open_pair(sentence: str) -> bool:
    """Whether a sentence opens a bracket or quote that it doesn't close, or names a subject (类, 款, 项) in part."""
    return (
        sum(map(sentence.count, "（(")) > sum(map(sentence.count, "）)"))
        or any(sentence.count(opened) > sentence.count(closed) for opened, closed in ("《》", "“”"))
        or _PART_OF_SUBJECT.search(sentence) is not None
    )


class _Open:
    """A passage that may still go on in the next block."""

    def __init__(self, text: Text, block: int, role: Role | Literal["cell"]) -> None:
        self.parts = [text]
        self.blocks = [block]
        self.role = role
        self.joints: list[Joint] = []
        self.length = len(text)
        self.tail = text.text

    @property
    def last(self) -> str:
        """The sentence that it ends with."""
        return _last_sentence(self.tail)

    def broken(self) -> bool:
        """Whether it stops inside a sentence."""
        text = self.parts[-1].text.rstrip()
        if self.role not in ("prose", "note", "cell") or not text:
            return False
        if text[-1] in _FINISHED:
            return text[-1] in "：:" and _open_pair(self.last)
        return _BRACKETED_END.search(text[-50:]) is None and text.rstrip(_CLOSING_BRACKETS)[-1:] not in _STOPS

    def takes(self, text: Text, role: Role | Literal["cell"]) -> bool:
        """Whether a further text goes on with it."""
        if role != self.role or not self.broken():
            return False
        if self.role == "note" and _NOTE_START.match(plain(text.text[:20])):
            return False
        if read_ordinal(text.text).kind != "none" or _HALF_BRACKETED.match(text.text):
            return False
        return self.sure(text) or len(self.parts[-1]) >= _FULL_LINE

    def sure(self, text: Text) -> bool:
        """Whether the break before the further text can't be meant."""
        before, after = self.parts[-1].text.rstrip(), text.text
        return (
            _open_pair(self.last)
            or _CANNOT_END.search(before[-12:]) is not None
            or _CANNOT_BEGIN.match(after) is not None
            or (_NUMBER_SPLIT[0].search(before[-3:]) is not None and _NUMBER_SPLIT[1].match(after) is not None)
        )

    def add(self, text: Text, block: int) -> None:
        """Take the further text."""
        self.joints.append(Joint(self.length, self.blocks[-1], block, self.sure(text)))
        last = self.parts[-1]
        if _LETTERS.match(last.text[-1:]) and _LETTERS.match(text.text[:1]):
            self.parts.append(Text(" ", (Piece(0, 1, last.whole.end, max(text.whole.start, last.whole.end)),)))
            self.length += 1
        self.parts.append(text)
        self.blocks.append(block)
        self.length += len(text)
        self.tail = self.last + text.text

    def passage(self, paths: Sequence[tuple[Section, ...]]) -> Passage:
        """The passage as it is now; ``paths`` are the sections by block."""
        path = paths[self.blocks[0]]
        if len(self.parts) == 1:
            return Passage(self.parts[0], (self.blocks[0],), self.role, path)
        return Passage(Text.join(self.parts), tuple(dict.fromkeys(self.blocks)), self.role, path, tuple(self.joints))


def _cells(table: Table, printed: Sequence[Sequence[str]]) -> Iterator[Text]:
    """The cells with sentences in them; ``printed`` are the texts of the cells."""
    if not _says_sentence("".join(map("".join, printed))):
        return
    for row, line in zip(table.rows, printed, strict=True):
        for cell, text in zip(row, line, strict=True):
            if len(text) >= 10 and _says_sentence(text) and any(map(_is_chinese, text)):
                yield cell.text


def _says_sentence(text: str) -> bool:
    return "，" in text or "。" in text or "；" in text


def _is_chinese(character: str) -> bool:
    return "㐀" <= character <= "鿿"


# --- Sentences ------------------------------------------------------------------------------------------------------

_MARK = re.compile(r"[。！？；!?;\n“”（）()《》]")
_CLOSING = {"”": "“", "）": "（", ")": "(", "》": "《"}
_AFTER_END = re.compile(r"[”’）)》]*")


@fact
def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of all passages, in order; headings, captions and the like are one sentence each.

    A sentence ends at 。！？； and at a line break, not inside a pair of brackets, quotes or 《》; a mark that lacks
    its partner is no bracket. Its end mark belongs to it, white space around it doesn't.
    """
    found: list[Sentence] = []
    for index, passage in enumerate(passages(document)):
        text = passage.text
        whole = (0, len(text.text))
        for place in split_sentences(text.text):
            found.append(Sentence(text if place == whole else text.slice(*place), index, *place))
    return tuple(found)


@kept_for_paragraphs
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The places ``(begin, end)`` of the sentences in a text, without white space at their ends."""
    marks = list(_MARK.finditer(text))
    paired = "）" in text or "”" in text or "》" in text or ")" in text
    inside = _inside(text, marks) if paired else [False] * len(marks)
    bounds: list[tuple[int, int]] = []
    begin = 0
    for number, match in enumerate(marks):
        mark, end = match[0], match.end()
        if end <= begin or mark not in "。！？；!?;\n" or (inside[number] and mark != "\n"):
            continue
        if mark in "!?;" and _WORD.match(text, end):
            continue
        if mark != "\n" and (after := _AFTER_END.match(text, end)):
            end = after.end()
        bounds.append((begin, end))
        begin = end
    bounds.append((begin, len(text)))
    found = []
    for begin, end in bounds:
        right = text[begin:end].rstrip()
        if right:
            stop = begin + len(right)
            found.append((stop - len(right.lstrip()), stop))
    return tuple(found)


_WORD = re.compile(r"[A-Za-z0-9=&/]")


def _inside(text: str, marks: Sequence[re.Match[str]]) -> list[bool]:
    """For each mark whether it stands inside a pair; only marks with a partner in the same line make a pair."""
    partner: dict[int, int] = {}
    open_marks: dict[str, list[int]] = {}
    for number, match in enumerate(marks):
        mark = match[0]
        if mark == "\n":
            open_marks.clear()
        elif mark in _CLOSING:
            opened = open_marks.get(_CLOSING[mark])
            if opened:
                partner[opened.pop()] = number
        elif mark in "“（(《":
            open_marks.setdefault(mark, []).append(number)
    if not partner:
        return [False] * len(marks)
    inside: list[bool] = []
    until = -1
    for number, match in enumerate(marks):
        inside.append(number < until)
        close = partner.get(number, -1)
        if close > until and marks[close].start() - match.start() <= _LONGEST_PAIR:
            until = close
        if number + 1 == until and match[0] in "。！？" and text.startswith("”", match.end()):
            inside[-1] = False
    return inside


_LONGEST_PAIR = 200
