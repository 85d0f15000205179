"""The blocks of Markdown, as markdown-it finds them: which lines are a heading, a paragraph, an item of a list.

Most of a report is paragraphs, and the rest short lines that come again and again. So markdown-it is given a text in
parts that mean the same on their own: a line without indentation after an empty one belongs to nothing before it, save
in fenced code and in some HTML. Parts that can be nothing but a paragraph need no asking, short ones are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from govlint.facts.memo import kept_for_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MAX_NESTING: Final = 100

_GAP: Final = re.compile(r"(?<!\n)(\n{2,})(?=[^ \t\n])")
_MARKED: Final = re.compile(r"\n(?:[ \t#>*+_=~`<-]|[0-9]{1,9}[.)])")
"""The beginning of a line that may be something else than a paragraph's, or belong to what is around it."""

_GO_ON: Final = ("<", "```", "~~~")
"""What begins a block that may go on after an empty line."""


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


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.disable(["code", "reference"])
    return parser


def find_blocks(lines: Sequence[str]) -> Iterator[Found]:
    """The blocks of Markdown in their order; indented code is text, and so is the address of a link."""
    text = "\n".join(["" if line.isspace() else line for line in lines])
    trimmed = text.lstrip("\n")
    begin = len(text) - len(trimmed)
    parts = [*_GAP.split(trimmed), ""]
    for index in range(0, len(parts), 2):
        part, gap = parts[index].rstrip("\n"), parts[index + 1]
        height = part.count("\n") + 1
        if not part:
            return
        if not _MARKED.search("\n" + part):
            yield Found("paragraph", begin, begin + height, part.strip())
        elif any(sign in part for sign in _GO_ON):
            yield from _moved(_read("".join(parts[index:])), begin)
            return
        else:
            yield from _moved(_read_again(part), begin)
        begin += height - 1 + len(gap)


def _moved(blocks: Sequence[Found], lines: int) -> Iterator[Found]:
    for block in blocks:
        yield replace(block, begin=block.begin + lines, end=block.end + lines)


def _read(text: str) -> tuple[Found, ...]:
    return tuple(_blocks(_parser().parse(text)))


_read_again = kept_for_lines(_read)


def _blocks(tokens: Sequence[Token]) -> Iterator[Found]:
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
