"""Sums of the prose (分项与合计): parts that must make up the whole, as far as it is known that they are all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govlint_numbers._amounts import Amounts, is_project, names
from govlint_numbers._claims import Item, Ratio
from govlint_numbers._figures import Figure, Wording, constant
from govlint_numbers._prose import (
    ALL_SHARES,
    CHANGE_AMOUNT,
    CHANGES_SUM,
    COUNTS,
    ELSEWHERE,
    PARTS,
    PARTS_SUM,
    Fault,
    Prose,
    opposite,
)
from govlint_numbers._relations import HUNDRED, Origin, Relation, judge
from govlint_numbers._subjects import BUDGETS, OFFICIAL, Measure, Subject, read_words


class _Group(NamedTuple):
    parent: Item
    children: list[Item]


def sums(prose: Prose, amounts: Amounts) -> None:
    """The relations of parts and wholes: lists in a sentence, changes of parts, the total of projects (evidence only)."""
    for group in _groups(amounts):
        _sums(prose, amounts, group)
    _sums_by_name(prose, amounts)
    _totals_of_projects(prose, amounts)


def _groups(amounts: Amounts) -> Iterator[_Group]:
    groups: dict[tuple[int, int], _Group] = {}
    for item in amounts.items:
        if item.parent is not None and item.group:
            groups.setdefault((id(item.parent), item.group), _Group(item.parent, [])).children.append(item)
    yield from groups.values()


def _sums(prose: Prose, amounts: Amounts, group: _Group) -> None:
    parent, children = group
    if any(child.counts for child in children):
        _sum_of_counts(prose, parent, [child for child in children if child.counts])
    children = [child for child in children if child.amounts or child.shares]
    complete = _is_partition(parent, children)
    if complete:
        children = [child for child in children if _belongs(parent, child)]
    if len(children) < 2:
        return
    whole = amounts.amount(parent) if parent.amounts else None
    totals: list[tuple[Measure, Figure, Relation]] = []
    measures: tuple[Measure, ...] = ("current", "initial", "adjusted", "full", "budget")
    for measure in measures:
        target = parent.amounts.get(measure)
        if target is None and measure == "current" and not parent.amounts and not parent.counts:
            target = amounts.amount(parent)
        terms = tuple([child.amounts[measure] for child in children if measure in child.amounts])
        if target is None or len(terms) < len(children):
            continue
        relation = Relation("sum", target, terms, Origin(PARTS, PARTS_SUM))
        totals.append((measure, target, relation))
    shares = [share for child in children for share in child.shares[:1] if _of_parent(share, parent)]
    partition = None
    if len(shares) == len(children) and whole is not None:
        everything = constant(HUNDRED, shares[0].figure.unit, Wording("100%", "100%"))
        terms = tuple([share.figure for share in shares])
        partition = Relation("partition", everything, terms, Origin(PARTS, ALL_SHARES))
    fits = [relation for _, _, relation in totals if not judge(relation).violated and _says_something(relation)]
    adds_up = partition is not None and not judge(partition).violated
    if complete or fits or adds_up:
        for _, _, relation in totals:
            prose.relations.append(relation)
        if partition is not None and (adds_up or fits or complete) and not _zero_whole(whole):
            prose.relations.append(partition)


def _zero_whole(whole: Figure | None) -> bool:
    return whole is None or not whole.value


def _sum_of_counts(prose: Prose, parent: Item, children: Sequence[Item]) -> None:
    if not parent.counts:
        return
    target = parent.counts[0]
    same = [child for child in children if child.counts[0].unit == target.unit]
    names = [child.subject.core for child in same]
    if any(name.startswith("在职") for name in names):
        same = [child for child, name in zip(same, names, strict=True) if re.search(r"在职|离休|退休", name)]
        names = [child.subject.core for child in same]
    for words in _COUNTED_PARTS:
        chosen = [child for child, name in zip(same, names, strict=True) if any(word in name for word in words)]
        if len({next(w for w in words if w in child.subject.core) for child in chosen}) >= 2 and len(chosen) >= 2:
            if "行政" in words:
                chosen = [child for child in same if child in chosen or re.search(_OTHER_POSTS, child.subject.core)]
            chosen = _first_that_make(target, chosen)
            prose.add("sum", COUNTS, target, [child.counts[0] for child in chosen], PARTS_SUM)
            return
    if len(same) >= 2 and any("其他用车" in name for name in names):
        chosen = [child for child in same if "用车" in child.subject.core or "车" in child.subject.core]
        prose.add("sum", COUNTS, target, [child.counts[0] for child in chosen], PARTS_SUM)


def _sums_by_name(prose: Prose, amounts: Amounts) -> None:
    """基本支出, the changes of “三公”经费 and of the funds, wherever their parts stand in a section."""
    _basic_sums(prose, amounts)
    by_section: dict[tuple[int, ...], dict[Subject, Item]] = {}
    for item in amounts.items:
        if item.changes and item.changes[0].base == "previous":
            by_section.setdefault(item.path, {}).setdefault(_plain_subject(item), item)
    for here in by_section.values():
        for head, parts in _CHANGES:
            _sum_of_changes(prose, here, head, parts)
        _balanced_changes(prose, amounts, here)


def _basic_sums(prose: Prose, amounts: Amounts) -> None:
    """基本支出 is 人员经费 and 公用经费, also where each has its own sentence or paragraph below it."""
    by_section: dict[tuple[int, ...], dict[str, list[Item]]] = {}
    for item in amounts.items:
        if item.subject.core in _BASIC and "current" in item.amounts and not item.subject.chain:
            by_section.setdefault(item.path, {}).setdefault(item.subject.core, []).append(item)
    for here in by_section.values():
        if len(here) < len(_BASIC) or any(len(items) > 1 for items in here.values()):
            continue
        whole, *parts = (here[core][0] for core in _BASIC)
        if all(part.parent is whole for part in parts) or any(
            part.scope not in (whole.scope, part.section) for part in parts
        ):
            continue
        terms = [part.amounts["current"] for part in parts]
        prose.add("sum", PARTS, whole.amounts["current"], terms, PARTS_SUM, sure=False)


def _balanced_changes(prose: Prose, amounts: Amounts, here: Mapping[Subject, Item]) -> None:
    """In a budget 财政拨款 is spent as it comes in, this year and last: income and expenditure change alike."""
    income, spending = here.get(Subject("fiscal", "收入")), here.get(Subject("fiscal", "支出"))
    if not amounts.index.budget or income is None or spending is None:
        return
    one, other = income.changes[0], spending.changes[0]
    stated = amounts.amount(income), amounts.amount(spending)
    if one.delta is None or other.delta is None or stated[0] is None or stated[1] is None:
        return
    if stated[0].value != stated[1].value:
        return
    prose.add("same", CHANGE_AMOUNT, other.delta, [one.delta], ELSEWHERE, sure=False)
    if one.sign and other.sign and one.sign != other.sign:
        word, same = other.verb or other.trend, one.verb or one.trend
        if word is not None and same is not None:
            prose.faults.append(Fault("again", word, (same,), opposite(word.printed)))


def _sum_of_changes(prose: Prose, here: Mapping[Subject, Item], head: Subject, parts: Sequence[Subject]) -> None:
    total = here.get(head)
    found = [here.get(part) for part in parts]
    if total is None or total.changes[0].residue or total.changes[0].at_odds or any(item is None for item in found):
        return
    terms: list[Figure] = []
    signs: list[int] = []
    for item in found:
        assert item is not None
        change = item.changes[0]
        if change.residue or change.at_odds or (change.delta is None and not change.flat):
            return
        if change.delta is not None:
            terms.append(change.delta)
            signs.append(change.sign or 1)
    change = total.changes[0]
    if change.delta is None or not terms:
        return
    sign = change.sign or 1
    prose.add("sum", CHANGE_AMOUNT, change.delta, terms, CHANGES_SUM, signs=[other * sign for other in signs])


def _totals_of_projects(prose: Prose, amounts: Amounts) -> None:
    """The total of the projects that a section lists one by one: evidence only, never a finding."""
    projects: dict[int, list[Item]] = {}
    for item in amounts.items:
        if item.amounts and is_project(item) and len(item.path) >= 2:
            projects.setdefault(item.path[1], []).append(item)
    several = {part: listed for part, listed in projects.items() if len(listed) > 1}
    for item in amounts.items if several else ():
        if item.amounts and len(item.path) >= 2 and not is_project(item) and item.path[1] in several:
            for figure in item.amounts.values():
                _total_of_projects(prose, amounts, figure, several[item.path[1]])


def _total_of_projects(prose: Prose, amounts: Amounts, figure: Figure, projects: Sequence[Item]) -> None:
    if id(figure) in prose.cells or not figure.value:
        return
    basic = amounts.cells(Subject("general", "基本支出"), "current").figures[:1]
    measures: tuple[tuple[Measure, ...], ...] = (("current",), BUDGETS)
    for chosen in measures:
        terms = [next((item.amounts[m] for m in chosen if m in item.amounts), None) for item in projects]
        projected = [term for term in terms if term is not None]
        if len(projected) < len(projects):
            continue
        for more in ((), basic):
            relation = Relation("sum", figure, (*more, *projected), Origin(PARTS, PARTS_SUM))
            if not judge(relation).violated:
                prose.evidence.append(relation)
                return


def _first_that_make(whole: Figure, parts: list[Item]) -> list[Item]:
    """The first parts that make up the whole, where another list follows them (在职在编实有行政人员 …); else all."""
    total = parts[0].counts[0].value
    for number, part in enumerate(parts[1:], start=2):
        total += part.counts[0].value
        if total == whole.value:
            return parts[:number]
    return parts


def _of_parent(share: Ratio, parent: Item) -> bool:
    if not share.whole:
        return True
    return names(parent, read_words(share.whole, "").subject)


_BASIC = ("基本支出", "人员经费", "公用经费")
_OTHER_POSTS = r"^(?:参公|参照公务员|机关工勤|工勤|后勤服务)"
"""What a list may tell apart from 行政 and 事业."""
_COUNTED_PARTS = (("在职", "离休", "退休"), ("行政", "事业"), ("离休", "退休"))

_PARTITIONS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("支出", (frozenset({"基本支出"}), frozenset({"项目支出"}))),
    ("基本支出", (frozenset({"人员经费"}), frozenset({"公用经费"}))),
    ("三公经费", (frozenset({"因公出国（境）费"}), frozenset({"公务用车购置及运行费"}), frozenset({"公务接待费"}))),
    ("公务用车购置及运行费", (frozenset({"公务用车购置费"}), frozenset({"公务用车运行费"}))),
    (
        "公务接待费",
        (
            frozenset({"国内公务接待支出", "国内公务接待费", "国内接待费"}),
            frozenset({"外宾接待支出", "外宾接待费", "国（境）外公务接待支出", "国（境）外接待费"}),
        ),
    ),
)


def _is_partition(parent: Item, children: Sequence[Item]) -> bool:
    """Whether the items listed are known to be all there is of the whole."""
    cores = [child.subject.core for child in children]
    if "采购" in parent.subject.core:
        return len(cores) == 3 and all(sum(word in core for core in cores) == 1 for word in ("货物", "工程", "服务"))
    for whole, parts in _PARTITIONS:
        if parent.subject.core == whole and all(any(core in part for core in cores) for part in parts):
            return True
    return False


_ALSO_SPENDING = ("经营支出", "上缴上级支出", "对附属单位补助支出")


def _belongs(parent: Item, child: Item) -> bool:
    """Whether an item is one of the known parts of the whole."""
    core = child.subject.core
    if "采购" in parent.subject.core:
        return any(word in core for word in ("货物", "工程", "服务"))
    known = any(whole == parent.subject.core and any(core in part for part in parts) for whole, parts in _PARTITIONS)
    return known or (parent.subject.core == "支出" and core in _ALSO_SPENDING)


def _says_something(relation: Relation) -> bool:
    return bool(relation.target.value) and any(figure.value for figure in relation.terms)


def _plain_subject(item: Item) -> Subject:
    subject = item.subject
    if subject.core in OFFICIAL:
        return Subject("official", subject.core)
    return subject


_CHANGES: tuple[tuple[Subject, tuple[Subject, ...]], ...] = (
    (
        Subject("official", "三公经费"),
        tuple(Subject("official", core) for core in ("因公出国（境）费", "公务用车购置及运行费", "公务接待费")),
    ),
    (
        Subject("official", "公务用车购置及运行费"),
        tuple(Subject("official", core) for core in ("公务用车购置费", "公务用车运行费")),
    ),
    (
        Subject("fiscal", "支出"),
        (Subject("general", "支出"), Subject("fund", "支出"), Subject("capital", "支出")),
    ),
)
