"""目录与正文标题不一致

The table of contents and the headings of the text differ: an entry or a heading is missing, renamed, out of order or numbered otherwise.

## 说明

目录和正文的标题逐级对照，报告五种情形：

- 正文有标题而目录没有（同级标题大多列入目录时才报告；目录只列到上级标题的，不要求列出下级标题）；
- 目录有而正文没有；
- 同一标题两处文字不同（如目录为“……情况说明”，正文为“……情况”）；仅差“的”“情况”的为提示；
- 同级标题的先后次序不同；
- 同一标题两处序号不同，目录的序号跳号。

页码、前导符、空白、标题中的单位名称和年度不参与比较。正文标题丢失序号或标题格式、表格标题写在表格内、表格另作附件的，不报告。
正文缺号已能说明原因的，由 `structure/numbering` 报告，此处不重复。

## 依据

政府信息公开的准确性要求：《中华人民共和国政府信息公开条例》；目录应当与正文一致是公文和报告编排的通行要求。

## 反例

正文的最后一部分没有列入目录：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

第一部分 概况

第二部分 2023年度部门决算情况说明

# 第一部分 概况

云川市青禾区文化馆负责群众文化活动。

# 第二部分 2023年度部门决算情况说明

本年度收入12.00万元。

# ⟦第三部分 名词解释⟧

财政拨款收入：指本级财政部门当年拨付的资金。
```

目录中的一项在正文中找不到；另一项改了名称：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

第一部分 概况

一、主要职责

二、机构设置

⟦三、人员构成⟧

第二部分 2023年度部门决算情况说明

一、收入决算情况说明

二、支出决算情况说明

# 第一部分 概况

## 一、主要职责

云川市青禾区文化馆负责群众文化活动。

## 二、机构设置

本馆内设三个部室。

# 第二部分 2023年度部门决算情况说明

## 一、收入决算情况说明

本年度收入12.00万元。

## ⟦二、支出决算情况⟧

本年度支出12.00万元。
```

次序不同：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

第一部分 概况

第二部分 决算表

第三部分 决算情况说明

第四部分 名词解释

# 第一部分 概况

云川市青禾区文化馆负责群众文化活动。

# 第三部分 决算情况说明

本年度收入12.00万元。

# 第四部分 名词解释

财政拨款收入：指本级财政部门当年拨付的资金。

# ⟦第二部分 决算表⟧

决算表见附件。
```

序号不同：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

一、单位概况

二、收支说明

三、名词解释

# 一、单位概况

云川市青禾区文化馆负责群众文化活动。

# 二、收支说明

本年度收入12.00万元。

# ⟦四、⟧名词解释

财政拨款收入：指本级财政部门当年拨付的资金。
```

## 正例

目录只列到部分，带页码；正文的下级标题不必列入：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

第一部分 概况……………1

第二部分 决算情况说明……………3

# 第一部分 云川市青禾区文化馆概况

## 一、主要职责

云川市青禾区文化馆负责群众文化活动。

## 二、机构设置

本馆内设三个部室。

# 第二部分 2023年度部门决算情况说明

本年度收入12.00万元。
```

正文标题丢失了标题格式和序号：

```markdown
# 云川市青禾区2024年部门预算

目录

一、部门主要职能

二、部门机构设置

三、名词解释

云川市青禾区文化馆主要职能

云川市青禾区文化馆负责群众文化活动。

云川市青禾区文化馆机构设置

本馆内设三个部室。

名词解释

基本支出：指为保障机构正常运转发生的支出。
```

决算表另作附件：

```markdown
# 2023年度云川市青禾区文化馆部门决算

目录

第一部分 概况

第二部分 决算表

一、收入决算表

二、支出决算表

第三部分 名词解释

# 第一部分 概况

云川市青禾区文化馆负责群众文化活动。

# 第二部分 决算表

决算表详见附件。

# 第三部分 名词解释

基本支出：指为保障机构正常运转发生的支出。
```
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from govlint import ContentsEntry, Document, Finding, Related, Severity, Text, rule
from govlint_structure._contents import Comparison, Listed, comparison, stands_elsewhere
from govlint_structure._headings import Placed, number_span
from govlint_structure._series import Break, breaks, numbers_between

_MINOR = re.compile(r"[的与和及]|情况|、")
_UNCOUNTED = re.compile(r"名[词称](?:性)?解释$")


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report entries without heading, headings without entry, and pairs that differ in name, order or number."""
    found = comparison(document)
    if not found.entries or not (found.same or found.renamed):
        return
    broken = breaks(document)
    yield from _missing(document, found, broken)
    unlisted = list(_unlisted(found))
    yield from unlisted
    yield from _skipped(found, unlisted)
    yield from _renamed(found)
    yield from _order(found)
    yield from _numbers(found, broken)


def _shown(text: Text) -> str:
    return " ".join(text.text.split())


# --- Entries without heading ----------------------------------------------------------------------------------------


def _missing(document: Document, found: Comparison, broken: Sequence[Break]) -> Iterator[Finding]:
    present = {
        parent
        for index, listed in enumerate(found.entries)
        if found.heading_of(index) is not None
        for parent in _above(found.entries, index)
    }
    explained = _explained(found, broken)
    tables = any(found.headings[at].heading.role == "caption" for at in found.same.values())
    missing = [
        index
        for index, listed in enumerate(found.entries)
        if found.heading_of(index) is None
        and (index not in present or _lacks_its_part(found, index))
        and (tables or not listed.core.endswith("表"))
        and index not in explained
    ]
    if not missing:
        return
    elsewhere = stands_elsewhere(document, [found.entries[index].core for index in missing])
    missing = [index for index in missing if found.entries[index].core not in elsewhere]
    sure = 2 * len(missing) < len(found.entries)
    for run in _runs(missing):
        first = found.entries[run[0]].entry.line
        others = [found.entries[index].entry.line for index in run[1:]]
        more = f"等{len(run)}项" if others else ""
        yield Finding(
            first.whole,
            f"目录中的“{_shown(first)}”{more}在正文中没有",
            f"“{_shown(first)}” is in the contents but not in the text{f' ({len(run)} entries)' if others else ''}",
            None if sure else Severity.INFO,
            tuple(Related(line.whole, "正文中也没有", "not in the text either") for line in others),
        )


def _lacks_its_part(found: Comparison, index: int) -> bool:
    """Whether an entry is the only 第X部分 of at least three that has no heading."""
    if found.entries[index].entry.kind != "part":
        return False
    parts = [at for at, listed in enumerate(found.entries) if listed.entry.kind == "part"]
    return len(parts) >= 3 and [at for at in parts if found.heading_of(at) is None] == [index]


def _above(entries: Sequence[Listed], index: int) -> Iterator[int]:
    while (index := entries[index].parent) >= 0:
        yield index


def _runs(indices: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _explained(found: Comparison, broken: Sequence[Break]) -> set[int]:
    """The entries whose number the text skips, which is reported there."""
    entry_of = {at: index for index, at in (*found.same.items(), *found.renamed.items())}
    explained: set[int] = set()
    for each in broken:
        if each.before is None or each.before.heading < 0:
            after = entry_of.get(each.at.heading)
            between = range(found.entries[after].parent + 1, after) if after is not None else range(0)
        else:
            before = entry_of.get(each.before.heading)
            end = entry_of.get(each.at.heading, len(found.entries))
            between = range(before + 1, end) if before is not None else range(0)
        for index in between:
            entry = found.entries[index].entry
            if entry.kind == each.at.kind and entry.value is not None and entry.value in numbers_between(each):
                explained.add(index)
    return explained


# --- Headings without entry -----------------------------------------------------------------------------------------


def _unlisted(found: Comparison) -> Iterator[Finding]:
    entry_of = {at: entry for entry, at in (*found.same.items(), *found.renamed.items())}
    first_block = found.entries[0].entry.block
    siblings: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, place in enumerate(found.headings):
        siblings[place.parent, place.heading.role].append(index)
    for (_, role), group in siblings.items():
        there = [index for index in group if index in entry_of]
        if not there or 2 * len(there) < len(group) - 1 or (role == "caption" and len(there) < 2):
            continue
        few = len(group) - len(there) <= _FEW and len(there) >= 2 * _FEW
        without = [
            (index, severity)
            for index in group
            if index not in entry_of and found.headings[index].heading.block > first_block
            for severity in [_gravity(found, index, there, entry_of, few=few)]
            if severity is not None
        ]
        without = _without_repeats(found, without, there)
        for severity in (Severity.WARNING, Severity.INFO):
            if indices := [index for index, how in without if how is severity]:
                yield _without_entry(found, indices, entry_of, severity)


def _without_repeats(
    found: Comparison, without: list[tuple[int, Severity]], there: Sequence[int]
) -> list[tuple[int, Severity]]:
    """Leave out headings that count from one again: a list, or what stands under a heading that was lost."""
    numbers = {(found.headings[at].heading.kind, found.headings[at].heading.value) for at in there}

    def again(index: int) -> bool:
        heading = found.headings[index].heading
        return heading.value is not None and (heading.kind, heading.value) in numbers

    marked = [index for index, _ in without if again(index) and found.headings[index].heading.marked]
    sole = len(marked) == 1
    return [(index, how) for index, how in without if not again(index) or (sole and index == marked[0])]


_FEW = 2
"""So few captions without entry, among twice as many with one, are an oversight."""


def _gravity(
    found: Comparison,
    index: int,
    there: Sequence[int],
    entry_of: Mapping[int, int],
    *,
    few: bool,
) -> Severity | None:
    """How grave it is that a heading has no entry; ``None`` where it is not of the kind that its neighbours are of."""
    place = found.headings[index]
    heading = place.heading
    if heading.form != "line" or heading.kind in ("annex", "table"):
        return None
    if _UNCOUNTED.search(place.core) or (heading.kind == "none" and _fills_gap(found, index, there, entry_of)):
        return Severity.WARNING
    if heading.role == "caption":
        return Severity.WARNING if few else Severity.INFO
    if heading.kind == "none":
        return Severity.INFO if heading.marked else None
    if heading.kind not in {found.headings[at].heading.kind for at in there}:
        return None
    return Severity.WARNING


def _fills_gap(found: Comparison, index: int, there: Sequence[int], entry_of: Mapping[int, int]) -> bool:
    """Whether the contents leave out a number between the neighbours of a heading that are in them (``there``)."""
    at = bisect_left(there, index)
    if at in (0, len(there)):
        return False
    before, after = entry_of[there[at - 1]], entry_of[there[at]]
    one, other = found.entries[before].entry, found.entries[after].entry
    if one.kind != other.kind or one.value is None or other.value is None:
        return False
    counted = {each.entry.value for each in found.entries[before : after + 1] if each.entry.kind == one.kind}
    return any(value not in counted for value in range(one.value + 1, other.value))


def _without_entry(
    found: Comparison, indices: Sequence[int], entry_of: Mapping[int, int], severity: Severity
) -> Finding:
    first, *others = (found.headings[index].heading.line for index in indices)
    before = next((entry_of[at] for at in range(indices[0] - 1, -1, -1) if at in entry_of), None)
    related = tuple(Related(line.whole, "目录中也没有", "not in the contents either") for line in others)
    if before is not None:
        above = found.entries[before].entry.line
        message, english = f"目录中应列在“{_shown(above)}”之后", f"in the contents it belongs after “{_shown(above)}”"
        related = (Related(above.whole, message, english), *related)
    more = f"等{len(indices)}个标题" if others else ""
    return Finding(
        first.whole,
        f"目录中没有“{_shown(first)}”{more}",
        f"“{_shown(first)}” is not in the contents{f' ({len(indices)} headings)' if others else ''}",
        severity,
        related,
    )


def _skipped(found: Comparison, unlisted: Sequence[Finding]) -> Iterator[Finding]:
    """Numbers that the contents themselves leave out, where no heading was found that would have them."""
    told = {related.span for finding in unlisted for related in finding.related}
    last: dict[int, int] = {}
    for index, listed in enumerate(found.entries):
        entry = listed.entry
        before = last.get(listed.parent)
        last[listed.parent] = index
        if before is None or entry.value is None or found.entries[before].entry.kind != entry.kind:
            continue
        one = found.entries[before].entry
        if entry.value != (one.value or 0) + 2 or any(
            each.line.whole in told for each in _between(found, before, index)
        ):
            continue
        at = found.heading_of(index)
        if at is not None and found.headings[at].heading.value == entry.value:
            continue
        yield Finding(
            entry.line.whole,
            f"目录的序号由“{one.number}”跳到“{entry.number}”",
            f"the contents go from “{one.number}” to “{entry.number}”",
            None,
            (Related(one.line.whole, "前一项", "the entry before"),),
        )


def _between(found: Comparison, before: int, index: int) -> Iterator[ContentsEntry]:
    return (listed.entry for listed in found.entries[before:index])


# --- Pairs that differ ----------------------------------------------------------------------------------------------


def _renamed(found: Comparison) -> Iterator[Finding]:
    groups: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for index, at in found.renamed.items():
        groups[_difference(found.entries[index].core, found.headings[at].core)].append((index, at))
    for group in groups.values():
        index, at = group[0]
        entry, heading = found.entries[index].entry, found.headings[at].heading
        more = f"（另有{len(group) - 1}个标题有同样的差异）" if len(group) > 1 else ""
        minor = _MINOR.sub("", found.entries[index].core) == _MINOR.sub("", found.headings[at].core)
        yield Finding(
            heading.line.whole,
            f"标题“{_shown(heading.line)}”与目录中的“{_shown(entry.line)}”不一致{more}",
            f"the heading “{_shown(heading.line)}” is “{_shown(entry.line)}” in the contents",
            Severity.INFO if minor else None,
            tuple(_evidence(found, group)),
        )


def _evidence(found: Comparison, group: Sequence[tuple[int, int]]) -> Iterator[Related]:
    for number, (index, at) in enumerate(group):
        if number:
            line = found.headings[at].heading.line
            yield Related(line.whole, "同样与目录不一致", "differs from the contents in the same way")
        yield Related(found.entries[index].entry.line.whole, "目录中的标题", "the title in the contents")


def _difference(one: str, other: str) -> tuple[str, ...]:
    """What makes a pair: the end that one of the titles lacks, otherwise both titles."""
    if one.startswith(other):
        return ("-", one[len(other) :])
    return ("+", other[len(one) :]) if other.startswith(one) else (one, other)


def _order(found: Comparison) -> Iterator[Finding]:
    groups: dict[int, list[int]] = defaultdict(list)
    for index in found.same:
        groups[found.entries[index].parent].append(index)
    for indices in groups.values():
        kept = _longest_rise([found.same[index] for index in indices])
        moved = [index for index in indices if found.same[index] not in kept]
        if not moved:
            continue
        first = found.headings[found.same[moved[0]]].heading.line
        entry = found.entries[moved[0]].entry.line
        more = f"等{len(moved)}个标题" if len(moved) > 1 else ""
        yield Finding(
            first.whole,
            f"“{_shown(first)}”{more}在正文中的次序与目录不同",
            f"“{_shown(first)}” does not stand where the contents have it",
            None,
            (
                Related(entry.whole, "目录中的次序", "its place in the contents"),
                *(
                    Related(
                        found.headings[found.same[index]].heading.line.whole,
                        "次序也与目录不同",
                        "out of order too",
                    )
                    for index in moved[1:]
                ),
            ),
        )


def _longest_rise(values: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for value in values:
        at = bisect_left(ends, value)
        before[value] = tails[at - 1] if at else None
        if at == len(ends):
            ends.append(value)
            tails.append(value)
        else:
            ends[at] = tails[at] = value
    kept: set[int] = set()
    value_or_none = tails[-1] if tails else None
    while value_or_none is not None:
        kept.add(value_or_none)
        value_or_none = before[value_or_none]
    return kept


def _numbers(found: Comparison, broken: Sequence[Break]) -> Iterator[Finding]:
    misnumbered = {each.at.heading for each in broken if each.way in ("repeat", "misnumbered", "back")}
    pairs = sorted((*found.same.items(), *found.renamed.items()))
    shifts: dict[tuple[int, int], list[tuple[Listed, Placed]]] = defaultdict(list)
    for index, at in pairs:
        listed, place = found.entries[index], found.headings[at]
        entry, heading = listed.entry, place.heading
        if entry.kind != heading.kind or entry.value is None or heading.value is None or at in misnumbered:
            continue
        if entry.value != heading.value:
            shifts[listed.parent, heading.value - entry.value].append((listed, place))
    for group in shifts.values():
        listed, place = group[0]
        more = f"等{len(group)}个标题" if len(group) > 1 else ""
        yield Finding(
            number_span(place.heading).whole,
            f"“{_shown(place.heading.line)}”{more}的序号与目录不同，目录中为“{listed.entry.number}”",
            f"“{_shown(place.heading.line)}” has the number “{listed.entry.number}” in the contents",
            None,
            (
                Related(listed.entry.line.whole, "目录中的序号", "its number in the contents"),
                *(
                    Related(
                        number_span(other.heading).whole,
                        f"目录中为“{entry.entry.number}”",
                        f"“{entry.entry.number}” in the contents",
                    )
                    for entry, other in group[1:]
                ),
            ),
        )
