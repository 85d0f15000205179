"""The blocks of Markdown, as markdown-it finds them: which lines are a heading, a paragraph, an item of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MAX_NESTING: Final = 100


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
    tokens = _parser().parse("\n".join([line if line and not line.isspace() else "" for line in lines]))
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
