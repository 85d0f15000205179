"""Topics (所指): what a text speaks of as its sentences, lists and brackets go on.

A clause that names nothing speaks of the current item. What is spoken of lasts to the end of the paragraph; numbered
paragraphs are items of the list that the paragraph before them opens, and nothing outlasts a heading.
"""

from __future__ import annotations

from itertools import islice

from msgspec import Struct

from govlint import Passage, Section
from govlint_numbers._claims import Clause, Item
from govlint_numbers._clauses import LOOK_BACK, SENTENCE_ENDS
from govlint_numbers._subjects import Named, Scope, Subject, scope_of_heading


class Level(Struct, frozen=True):
    """A numbered list that is being read: the kind of its numbers, what it is a list of, its group."""

    kind: str
    head: Item
    group: int


class Topics:
    """What is spoken of, from paragraph to paragraph. ``items`` are all items so far, in order."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.lists = 0
        self.levels: list[Level] = []
        self.before: Item | None = None
        self.section: Scope = "all"
        self.sections: tuple[Section, ...] = ()
        self.path: tuple[int, ...] = ()

    # -- headings, paragraphs, sentences, brackets

    def enter(self, passage: Passage) -> None:
        """Come to a paragraph or heading; below another heading nothing that was spoken of before is meant."""
        if passage.sections is self.sections:
            return
        self.sections = passage.sections
        path = tuple([section.block for section in passage.sections])
        if path != self.path:
            self.path = path
            self.levels = []
            self.before = None
            self.section = _scope_of_section(passage)

    def begin(self, index: int, kind: str) -> None:
        """Begin a paragraph: ``index`` among all, ``kind`` of its number (``none`` without)."""
        self.index = index
        self.current: Item | None = None
        self.head: Item | None = None
        self.parent: Item | None = None
        self.outer: list[tuple[Item | None, int]] = []
        self.list = 0
        self.first: Item | None = None
        self.open_brackets: list[tuple[Item | None, Item | None, int, int]] = []
        self._enter_list(kind)

    def end(self) -> None:
        """End a paragraph."""
        if self.first is not None:
            self.before = self.first

    def _enter_list(self, kind: str) -> None:
        """Whether the paragraph is an item of a list, and of what: lists below each other differ in their numbers."""
        self.pending = False
        if kind == "none":
            self.levels = []
            return
        while self.levels and self.levels[-1].kind != kind and any(level.kind == kind for level in self.levels):
            self.levels.pop()
        if not self.levels or self.levels[-1].kind != kind:
            if self.before is None:
                return
            self.lists += 1
            self.levels.append(Level(kind, self.before, self.lists))
        self.parent, self.list, self.pending = self.levels[-1].head, self.levels[-1].group, True

    def boundary(self, mark: str) -> None:
        """Pass a mark between clauses."""
        if mark in SENTENCE_ENDS:
            self._close_list()
        elif mark == "；":
            if self.outer:
                self.parent, self.list = self.outer.pop()
        elif mark == "（":
            self.open_brackets.append((self.current, self.parent, self.list, len(self.outer)))
            if self.current is not None:
                self.lists += 1
                self.parent, self.list = self.current, self.lists

    def close_bracket(self) -> None:
        """Go on with what was spoken of before the bracket."""
        if self.open_brackets:
            self.current, self.parent, self.list, depth = self.open_brackets.pop()
            del self.outer[depth:]

    def _close_list(self) -> None:
        self.outer.clear()
        if not self.pending:
            self.parent, self.list = None, 0

    def open_list(self) -> None:
        """What follows is a list of what the current item, or the head of the paragraph, consists of."""
        if self.current is None:
            return
        if self.parent is not None:
            self.outer.append((self.parent, self.list))
            self.parent = self.current
        else:
            self.parent = self.current if self.current.parent is None else self.head or self.current
        self.lists += 1
        self.list = self.lists

    # -- items

    def latest(self, subject: Subject) -> Item | None:
        """The latest item of the paragraph with a subject."""
        for item in islice(reversed(self.items), LOOK_BACK):
            if item.passage != self.index:
                return None
            if _alike(item.subject, subject):
                return item
        return None

    def changed_before(self, subject: Subject) -> Item | None:
        """The item of the section, in an earlier paragraph, that is said to have changed; 收入支出 may be either."""
        cores = ("收入", "支出") if subject.core == "收入支出" else (subject.core,)
        for item in islice(reversed(self.items), LOOK_BACK):
            if item.path != self.path:
                return None
            if item.changes and item.subject.core in cores and item.subject.scope == (subject.scope or item.scope):
                return item
        return None

    def item_for(self, named: Named, words: str) -> Item | None:
        """The item that words speak of: the current one where they name nothing."""
        if not named.subject.named:
            return self.current
        if self.current is not None and _alike(self.current.subject, named.subject):
            return self.current
        found = self.latest(named.subject)
        if found is not None and found.parent is self.parent:
            self.current = found
            return found
        return self.new_item(named.subject, words)

    def new_item(self, subject: Subject, words: str, name: Clause | None = None) -> Item:
        """Begin an item with the words that name it; ``name`` is the clause where that is its name alone."""
        if subject.scope is None:
            inherited = self.parent.scope if self.parent is not None else self._running_scope()
            subject = Subject(inherited, subject.core, subject.chain)
        item = Item(
            subject, words[-24:], self.index, self.parent, self.list, name=name, section=self.section, path=self.path
        )
        self.items.append(item)
        self.current = item
        if item.parent is None or self.head is None:
            self.head = item
        if self.first is None:
            self.first = item
        if self.pending:  # what follows in the paragraph is no further item of the list
            self.pending = False
            self.parent, self.list = None, 0
        return item

    def _running_scope(self) -> Scope:
        if self.head is not None and self.head.passage == self.index and self.section in ("all", "fund", "capital"):
            return self.head.scope
        return self.section


def _scope_of_section(passage: Passage) -> Scope:
    """The fund that the headings above a paragraph speak of, the innermost first."""
    fiscal = False
    for section in reversed(passage.sections):
        scope = scope_of_heading(section.title.text)
        if scope == "fiscal" or (fiscal and scope not in ("general", "fund", "capital")):
            fiscal = True  # 财政拨款 under the heading of a fund is that fund's
        elif scope is not None:
            return scope
    return "fiscal" if fiscal else "all"


def _alike(one: Subject, other: Subject) -> bool:
    """Whether two subjects of a paragraph are the same; a scope that is not named is the other's."""
    if one.chain or other.chain:
        return one.chain == other.chain
    if one.core != other.core:
        return False
    return one.scope == other.scope or other.scope is None or one.scope is None
