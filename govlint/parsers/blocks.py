"""The blocks of Markdown: which lines are a heading, a paragraph, an item of a list.

markdown-it finds them. Most reports, though, are made of numbered headings, paragraphs and items on one line, and for
these few lines tell all: they are read without markdown-it, whose import takes as long as the whole of reading. Where
anything else may stand in a document, or where it takes more than a line's first characters to tell, it is left to
markdown-it as a whole; a test holds both ways to the same blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

_MAX_NESTING: Final = 100

_HEADING: Final = re.compile(r"(#{1,6})(?:[ \t]+(.*))?")
_ITEM: Final = re.compile(r"([0-9]{1,9}[.)]|[-+*]) {1,4}(?=[^ \t])")
_NOT_PLAIN: Final = re.compile(
    r"[\t>#<]|```|~~~"
    r"|(?:[0-9]{1,9}[.)]|[-+*])(?:[ \t]|$)"  # a list's item
    r"|[-*_=][-*_= \t]*$"  # a rule, or the line under a heading
)
"""How a line begins, spaces aside, that may be anything but the text of a paragraph."""


class Found(Struct, frozen=True, gc=False):
    """A block with the lines that it stands on, or the beginning or the end of a list's item with its first line.

    ``content`` are its lines without what belongs to the blocks around it. ``depth`` counts the lists around it.
    ``mark`` is that of an item (``1.``, ``-``), of a heading (``##``, or the ``=`` or ``-`` below it) or of a fence;
    ``level`` is a heading's; ``inside`` says that the block is part of another.
    """

    kind: Literal["item", "end of item", "paragraph", "heading", "fence", "html", "rule"]
    begin: int
    end: int
    content: str = ""
    depth: int = 0
    mark: str = ""
    level: int = 0
    inside: bool = False


def find_blocks(lines: Sequence[str]) -> Sequence[Found]:
    """The blocks of Markdown in their order."""
    lines = [line if line and not line.isspace() else "" for line in lines]
    plain = plain_blocks(lines)
    return list(any_blocks(lines)) if plain is None else plain


def plain_blocks(lines: Sequence[str]) -> list[Found] | None:
    """The blocks of Markdown that has nothing but headings, paragraphs and items; ``None`` for any other."""
    found: list[Found] = []
    in_list = False
    number = 0
    while number < len(lines):
        line = lines[number]
        begin, number = number, number + 1
        if not line:
            continue
        if line[0] == " " and in_list:
            return None
        if heading := _HEADING.fullmatch(line):
            found.append(_heading(begin, heading))
            in_list = False
            continue
        item = _ITEM.match(line)
        content = line[item.end() :] if item else line.lstrip(" ")
        if _NOT_PLAIN.match(content):
            return None
        while number < len(lines) and (following := lines[number]):
            if following[0] == "#" or (item and _ITEM.match(following)):
                break
            if _NOT_PLAIN.match(following.lstrip(" ")):
                return None
            number += 1
        offset = item.end() if item else 0
        content = "\n".join([content, *[_indented_less(each, offset) for each in lines[begin + 1 : number]]]).strip()
        in_list = item is not None
        if item:
            found.append(Found("item", begin, begin + 1, depth=1, mark=item[1]))
        found.append(Found("paragraph", begin, number, content, depth=int(in_list), inside=in_list))
        if item:
            found.append(Found("end of item", begin, begin + 1, depth=1))
    return found


def _indented_less(line: str, most: int) -> str:
    return line[min(most, len(line) - len(line.lstrip(" "))) :]


def _heading(line: int, match: re.Match[str]) -> Found:
    """A heading, without the marks that may close it."""
    content = (match[2] or "").rstrip(" \t")
    opened = content.rstrip("#")
    if not opened or opened[-1] in " \t":
        content = opened
    return Found("heading", line, line + 1, content.strip(), mark=match[1], level=len(match[1]))


def any_blocks(lines: Sequence[str]) -> Iterator[Found]:
    """The blocks of any Markdown, as markdown-it sees them; indented code is text, and so is the address of a link."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.disable(["code", "reference"])
    tokens = parser.parse("\n".join(lines))
    depth = 0
    items: list[int] = []
    for index, token in enumerate(tokens):
        begin, end = token.map or (0, 0)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                items.append(begin)
                yield Found("item", begin, begin + 1, depth=depth, mark=token.info + token.markup)
            case "list_item_close":
                begin = items.pop()
                yield Found("end of item", begin, begin + 1, depth=depth)
            case "paragraph_open":
                yield Found("paragraph", begin, end, tokens[index + 1].content, depth, inside=token.level > 0)
            case "heading_open":
                level = int(token.tag[1:])
                content = tokens[index + 1].content
                yield Found("heading", begin, end, content, depth, token.markup, level, token.level > 0)
            case "fence":
                yield Found("fence", begin, end, token.content, depth, token.markup, inside=token.level > 0)
            case "html_block":
                yield Found("html", begin, end, token.content, depth, inside=token.level > 0)
            case "hr":
                yield Found("rule", begin, end, depth=depth, inside=token.level > 0)
