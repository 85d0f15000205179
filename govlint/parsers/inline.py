"""Clean text with its map back to the source: white space, line breaks, entities, and Markdown's inline marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct, field

from govlint.document import Comment, Image, Piece, Text
from govlint.source import Span

ENTITY: Final = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
"""What may be an HTML entity; :func:`decode_entity` says whether it is."""

_RUN: Final = re.compile(rf"[ \t\n\r\f]+|{ENTITY.pattern}|[^ \t\n\r\f&]+|&")
UNEVEN: Final = re.compile(r"[&\t\n\r\f]|  ")
"""Where a run of HTML text may differ from what is read: what has none is read by :func:`read_unmarked`."""

_STRENGTH: Final = {"space": 0, "soft": 1, "hard": 2}
_AMBIGUOUS: Final = frozenset("“”‘’…—·‖′″℃№")

_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes"
    " noscript ol optgroup option p pre search section summary table tbody td template tfoot th thead tr ul"
)
_INLINE_NAMES: Final = (
    "a abbr acronym area audio b base basefont bdi bdo big br button canvas cite code data datalist del dfn em embed"
    " font i iframe img input ins kbd label link map mark meta meter nobr object output param picture progress q rp rt"
    " ruby s samp script select slot small source span strike strong style sub sup textarea time title track tt u var"
    " video wbr"
)

BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split())
"""Elements that end a line of text."""

BOLD_TAGS: Final = frozenset({"b", "strong"})

_INLINE_TAGS: Final = frozenset(_INLINE_NAMES.split())


def is_wide(character: str) -> bool:
    """Whether it is set at full width in Chinese: a line that ends or begins with it is joined without a space."""
    return character >= "\u2e80" or "\u2460" <= character <= "\u24ff" or character in _AMBIGUOUS


@lru_cache(maxsize=1024)
def decode_entity(entity: str, *, strict: bool = False) -> tuple[str, int] | None:
    """The characters of an entity, and how much of it they stand for; ``None`` where it is plain text.

    ``entity`` is a match of :data:`ENTITY`. ``strict`` wants the semicolon, as Markdown does.
    """
    from html import unescape
    from html.entities import html5

    if strict and not entity.endswith(";"):
        return None
    if entity.startswith("&#"):
        return unescape(entity), len(entity)
    name = entity[1:]
    if name in html5:
        return html5[name], len(entity)
    if not strict:
        for end in range(len(name) - 1, 1, -1):
            if name[:end] in html5:
                return html5[name[:end]], end + 1
    return None


class Clean(Struct):
    """Builds a :class:`Text` from left to right.

    White space at either end is left out; what of the white space between two parts remains is decided when the
    second part comes. ``bold`` is set by the caller while the parts are bold.
    """

    source: str
    bold: bool = False
    _parts: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _at: int = 0
    _fixed: bool = False
    _pending: tuple[int, int, Literal["space", "soft", "hard"]] | None = None
    _any_bold: bool = False
    _any_light: bool = False

    def __bool__(self) -> bool:
        return self._at > 0

    @property
    def all_bold(self) -> bool:
        """Whether there is text and all of it was added while ``bold`` was set."""
        return self._any_bold and not self._any_light

    def plain(self, start: int, stop: int) -> None:
        """The source's own characters."""
        if start >= stop:
            return
        if self._pending:
            self._settle(self.source[start])
        self._append(self.source[start:stop], start, stop, plain=True)

    def unit(self, text: str, start: int, stop: int) -> None:
        """Characters that stand for a range of the source as a whole."""
        if not text:
            return
        if self._pending:
            self._settle(text[0])
        self._append(text, start, stop, plain=False)

    def space(self, start: int, stop: int, *, soft: bool) -> None:
        """White space: one space in the text. ``soft``: a line break, which is nothing beside a full-width character."""
        self._wait(start, stop, "soft" if soft else "space")

    def line_break(self, start: int, stop: int) -> None:
        """A line break that the reader sees."""
        self._wait(start, stop, "hard")

    def html_run(self, start: int, stop: int) -> None:
        """A run of HTML text: white space collapses, entities are decoded."""
        if " " not in (self.source[start], self.source[stop - 1]) and not UNEVEN.search(self.source, start, stop):
            self.plain(start, stop)
            return
        for match in _RUN.finditer(self.source, start, stop):
            begin, end = match.span()
            part = match.group()
            if part[0] == "&" and end - begin > 1:
                decoded = decode_entity(part)
                if decoded is None:
                    self.plain(begin, end)
                else:
                    self.unit(decoded[0], begin, begin + decoded[1])
                    self.plain(begin + decoded[1], end)
            elif part[0] in " \t\n\r\f":
                self.space(begin, end, soft="\n" in part or "\r" in part)
            else:
                self.plain(begin, end)

    def verbatim(self, start: int, stop: int) -> None:
        """Text whose white space stays as it is; entities are decoded."""
        at = start
        for match in ENTITY.finditer(self.source, start, stop):
            decoded = decode_entity(match.group())
            if decoded is not None:
                self.plain(at, match.start())
                at = match.start() + decoded[1]
                self.unit(decoded[0], match.start(), at)
        self.plain(at, stop)

    def text(self) -> Text:
        """What was built, stripped."""
        parts = self._parts
        if not parts:
            return Text.empty()
        return Text.mapped(parts[0] if len(parts) == 1 else "".join(parts), self._pieces).strip()

    def _wait(self, start: int, stop: int, kind: Literal["space", "soft", "hard"]) -> None:
        """Of several in a row the strongest counts, and of equal ones the first."""
        if self._at and (self._pending is None or _STRENGTH[kind] > _STRENGTH[self._pending[2]]):
            self._pending = (start, stop, kind)

    def _settle(self, following: str) -> None:
        if self._pending is None:
            return
        start, stop, kind = self._pending
        self._pending = None
        if kind == "hard":
            self._append("\n", start, stop, plain=False)
        elif kind == "space" or not (is_wide(self._parts[-1][-1]) or is_wide(following)):
            self._append(" ", start, stop, plain=self.source[start:stop] == " ")

    def _append(self, text: str, start: int, stop: int, *, plain: bool) -> None:
        end = self._at + len(text)
        pieces = self._pieces
        if plain and pieces and not self._fixed and pieces[-1].stop == start:
            last = pieces[-1]
            pieces[-1] = Piece(last.begin, end, last.start, stop)
        else:
            pieces.append(Piece(self._at, end, start, stop))
        self._fixed = not plain
        self._parts.append(text)
        self._at = end
        if text.isspace():
            return
        if self.bold:
            self._any_bold = True
        else:
            self._any_light = True


def read_html_run(source: str, start: int, stop: int) -> Text:
    """The clean text of a run of HTML text that stands alone."""
    if not UNEVEN.search(source, start, stop):
        return read_unmarked(source, start, stop)
    clean = Clean(source)
    clean.html_run(start, stop)
    return clean.text()


class Inline(Struct, frozen=True):
    """A run of Markdown text as understood: the clean text, whether all of it is bold, pictures and comments in it."""

    text: Text
    bold: bool
    images: tuple[Image, ...] = ()
    comments: tuple[Comment, ...] = ()


_MARK: Final = re.compile(r"[\\`*_<&!\[\]]")
_SPECIAL: Final = re.compile(r"[\\`*_<&!\[\]\n]")
_BREAK: Final = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t\u00a0\u3000]*")
_BACKTICKS: Final = re.compile(r"`+")
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[A-Za-z0-9.-]+)>")
_TAG: Final = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*)?)/?>""")
_TARGET: Final = re.compile(
    r"""\(\s*(?:<([^<>\n]*)>|([^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*))(?:\s+(?:"[^"]*+"|'[^']*+'))?\s*\)"""
)
_ALT: Final = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_OPENING: Final = frozenset("“‘（《〈【「『〔([{<\"'")
_WIDE_SPACE: Final = frozenset(" \t\n\u3000\u00a0")


class _Item(Struct):
    """A part of a run: kind is text, unit, soft, hard, mark (emphasis), bold (a tag), open (bracket)."""

    kind: str
    start: int
    stop: int
    text: str = ""
    can_open: bool = False
    can_close: bool = False
    matched: bool = False


def has_marks(source: str, start: int, end: int) -> bool:
    """Whether anything in a range of lines may be a mark; a line without any is read by :func:`read_unmarked`."""
    return _MARK.search(source, start, end) is not None


def read_unmarked(source: str, start: int, end: int) -> Text:
    """The clean text of a range without marks: what stands there, stripped."""
    raw = source[start:end]
    text = raw.strip()
    if not text:
        return Text.empty()
    return Text(text, start if len(text) == len(raw) else start + raw.find(text))


def read_inline(source: str, lines: Sequence[Span]) -> Inline:
    """The clean text of lines of Markdown, given without what stands before and after them (indentation, ``>``)."""
    if len(lines) == 1:
        start, end = lines[0].start, lines[0].end
        if not has_marks(source, start, end):
            return Inline(read_unmarked(source, start, end), False)
    return _Scanner(source, lines).read()


class _Scanner:
    """Reads the inline marks of one paragraph, heading or cell in one pass, then pairs the emphasis marks."""

    def __init__(self, source: str, lines: Sequence[Span]) -> None:
        self._source = source
        self._content = "\n".join(source[line.start : line.end] for line in lines)
        self._begins: list[int] = []
        self._starts = [line.start for line in lines]
        at = 0
        for line in lines:
            self._begins.append(at)
            at += line.end - line.start + 1
        self._items: list[_Item] = []
        self._brackets: list[int] = []
        self._images: list[Image] = []
        self._comments: list[Comment] = []
        self._ticks: dict[int, list[int]] | None = None
        self._last_comment_end = self._content.rfind("-->")

    def _place(self, at: int) -> int:
        line = bisect_right(self._begins, at) - 1
        return self._starts[line] + at - self._begins[line]

    def _add(self, kind: str, begin: int, end: int, text: str = "") -> None:
        if end > begin:
            self._items.append(_Item(kind, self._place(begin), self._place(end - 1) + 1, text))

    def _add_lines(self, begin: int, end: int) -> None:
        """Text as it is, its line ends soft."""
        while (newline := self._content.find("\n", begin, end)) >= 0:
            self._add("text", begin, newline)
            self._add_break("soft", self._place(newline), newline)
            begin = newline + 1
        self._add("text", begin, end)

    def _add_break(self, kind: str, start: int, newline: int) -> None:
        """A line break with the white space around it, without the marks (``>``) that may begin the next line."""
        match = _BREAK.match(self._source, self._place(newline))
        self._items.append(_Item(kind, start, match.end() if match else self._place(newline)))

    def read(self) -> Inline:
        """The whole run."""
        content, at = self._content, 0
        while match := _SPECIAL.search(content, at):
            here = match.start()
            character = match.group()
            if character == "\n":
                at = self._line_end(at, here)
                continue
            self._add("text", at, here)
            at = self._special(character, here)
        self._add("text", at, len(content))
        _pair(self._items)
        text, bold = _build(self._source, self._items)
        return Inline(text, bold, tuple(self._images), tuple(self._comments))

    def _line_end(self, at: int, here: int) -> int:
        chunk = self._content[at:here]
        kept = at + len(chunk.rstrip(" \t"))
        self._add("text", at, kept)
        kind = "hard" if chunk.endswith("  ") else "soft"
        self._add_break(kind, self._place(kept), here)
        return here + 1

    def _special(self, character: str, here: int) -> int:
        """Read what begins with a special character; returns where to go on."""
        content = self._content
        following = content[here + 1 : here + 2]
        if character == "\\":
            if following and following in _ESCAPABLE:
                self._add("unit", here, here + 2, following)
                return here + 2
            if following == "\n":
                self._add_break("hard", self._place(here), here + 1)
                return here + 2
        elif character == "`":
            return self._code(here)
        elif character in "*_":
            return self._emphasis(character, here)
        elif character == "&":
            entity = ENTITY.match(content, here)
            decoded = decode_entity(entity.group(), strict=True) if entity else None
            if decoded is not None:
                self._add("unit", here, here + decoded[1], decoded[0])
                return here + decoded[1]
        elif character == "<":
            return self._angle(here)
        elif character == "!":
            if following == "[":
                self._brackets.append(len(self._items))
                self._add("open", here, here + 2, "![")
                return here + 2
        elif character == "[":
            self._brackets.append(len(self._items))
            self._add("open", here, here + 1, "[")
            return here + 1
        elif character == "]":
            return self._bracket(here)
        self._add("text", here, here + 1)
        return here + 1

    def _code(self, here: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in _BACKTICKS.finditer(self._content):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        run = _BACKTICKS.match(self._content, here)
        assert run is not None
        length = run.end() - here
        places = self._ticks.get(length, [])
        after = bisect_right(places, here)
        if after == len(places):
            self._add("text", here, run.end())
            return run.end()
        self._add_lines(run.end(), places[after])
        return places[after] + length

    def _angle(self, here: int) -> int:
        content = self._content
        if content.startswith("<!--", here):
            end = content.find("-->", here + 4) if here < self._last_comment_end else -1
            if end >= 0:
                span = Span(self._place(here), self._place(end + 2) + 1)
                self._comments.append(Comment(span, content[here + 4 : end].strip()))
                return end + 3
        elif link := _AUTOLINK.match(content, here):
            self._add("text", link.start(1), link.end(1))
            return link.end()
        elif tag := _TAG.match(content, here):
            name = tag.group(2).lower()
            if name in BOLD_TAGS:
                self._items.append(_Item("bold", 0, 0, tag.group(1) or "<"))
                return tag.end()
            if name == "br" or name in BLOCK_TAGS:
                self._add("hard", here, tag.end())
                return tag.end()
            if name == "img":
                alt = _ALT.search(content, here, tag.end())
                clean = Clean(self._source)
                if alt and alt.lastindex and alt.group(alt.lastindex):
                    begin, end = alt.span(alt.lastindex)
                    clean.html_run(self._place(begin), self._place(end - 1) + 1)
                self._images.append(Image(Span(self._place(here), self._place(tag.end() - 1) + 1), clean.text()))
                return tag.end()
            if name in _INLINE_TAGS:
                return tag.end()
        self._add("text", here, here + 1)
        return here + 1

    def _bracket(self, here: int) -> int:
        target = _TARGET.match(self._content, here + 1) if self._brackets else None
        opener = self._brackets.pop() if self._brackets else -1
        if target is None or not _is_address(target.group(1) or target.group(2) or ""):
            self._add("text", here, here + 1)
            return here + 1
        bracket = self._items[opener]
        if bracket.text == "![":
            inner = self._items[opener + 1 :]
            del self._items[opener:]
            _pair(inner)
            text, _ = _build(self._source, inner)
            self._images.append(Image(Span(bracket.start, self._place(target.end() - 1) + 1), text))
        else:
            bracket.matched = True
        return target.end()

    def _emphasis(self, character: str, here: int) -> int:
        content = self._content
        end = here + 1
        while content[end : end + 1] == character:
            end += 1
        length = end - here
        before = content[here - 1] if here else " "
        after = content[end] if end < len(content) else " "
        if length > 4 or (character == "_" and length > 2) or (length == 4 and before.isalnum() and before.isascii()):
            self._add("text", here, end)
            return end
        at = here
        while at < end:
            width = 2 if end - at >= 2 else 1
            can_open, can_close = _flanks(character, width, before, after)
            self._items.append(
                _Item("mark", self._place(at), self._place(at) + width, character * width, can_open, can_close)
            )
            at += width
        return end


def _is_address(target: str) -> bool:
    """Whether what stands in a link's brackets is one: ``[2020](一)`` is text."""
    return not target or target.isascii() or any(character in target for character in "./#:")


def _flanks(character: str, width: int, before: str, after: str) -> tuple[bool, bool]:
    """Whether an emphasis mark between two characters can open and can close.

    CommonMark's rule, with two changes for Chinese text: ``**`` may stand between a letter and an opening quotation
    mark, or a closing one and a letter, where no space is set; a ``*`` beside a digit is a sign of multiplication.
    """
    space_before, space_after = before in _WIDE_SPACE, after in _WIDE_SPACE
    sign_before = not space_before and not before.isalnum()
    sign_after = not space_after and not after.isalnum()
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if character == "_":
        return left and (not right or sign_before), right and (not left or sign_after)
    if width == 2:
        return left or (not space_after and after in _OPENING), right or (not space_before and before not in _OPENING)
    number_before = (before.isascii() and before.isalnum()) or before in ")）%"
    number_after = (after.isascii() and after.isalnum()) or after in "(（"
    return left and not number_before, right and not number_after


def _pair(items: list[_Item]) -> None:
    """Match each closing mark with the nearest opening one before it."""
    opened: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.kind != "mark" or item.matched:
            continue
        other = opened.get(item.text)
        if item.can_close and other is not None and items[other].stop < item.start:
            items[other].matched = item.matched = True
            items[other].can_close = False
            item.can_open = False
            del opened[item.text]
        elif item.can_open:
            opened[item.text] = index


def _build(source: str, items: list[_Item]) -> tuple[Text, bool]:
    clean = Clean(source)
    strong = tags = 0
    for item in items:
        kind = item.kind
        if kind == "text" or (kind in ("mark", "open") and not item.matched):
            clean.bold = strong > 0 or tags > 0
            clean.plain(item.start, item.stop)
        elif kind == "unit":
            clean.bold = strong > 0 or tags > 0
            clean.unit(item.text, item.start, item.stop)
        elif kind == "soft":
            clean.space(item.start, item.stop, soft=True)
        elif kind == "hard":
            clean.line_break(item.start, item.stop)
        elif kind == "bold":
            tags = tags + 1 if item.text == "<" else max(tags - 1, 0)
        elif kind == "mark" and len(item.text) == 2:
            strong += 1 if item.can_open else -1
    return clean.text(), clean.all_bold
