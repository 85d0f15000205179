"""经济分类列举与表不符

The items that prose lists for staff or running costs are not those with an amount in the table.

## 说明

“人员经费……主要包括：基本工资、津贴补贴……”“公用经费……主要包括：办公费、印刷费……”逐项与一般公共预算财政拨款基本支出表核对。
列举了表中没有金额的科目（多为照抄模板、没有删减），合为一条警告，逐项关联；表中有金额而没有列举的，合为一条提示，
列举以“等”结尾的除外。带不带“支出”不计较；不是经济分类科目的说法不核对；没有这张表的不报告。

## 依据

《支出经济分类科目改革方案》（财政部，2018年起施行）；《地方预决算公开操作规程》（财预〔2016〕143号）。

## 反例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

一般公共预算财政拨款基本支出决算表

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 301 | 工资福利支出 | 60.00 |
| 30101 | 基本工资 | 30.00 |
| 30102 | 津贴补贴 | 30.00 |
| 30103 | 奖金 | |
| 302 | 商品和服务支出 | 5.00 |
| 30201 | 办公费 | 5.00 |

一般公共预算财政拨款基本支出65.00万元，其中：人员经费60.00万元，主要包括：基本工资、津贴补贴、⟦奖金⟧；公用经费5.00万元，主要包括：办公费、咨询费。
```

## 正例

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

一般公共预算财政拨款基本支出决算表

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 301 | 工资福利支出 | 60.00 |
| 30101 | 基本工资 | 30.00 |
| 30102 | 津贴补贴 | 20.00 |
| 30113 | 住房公积金 | 10.00 |
| 302 | 商品和服务支出 | 5.00 |
| 30201 | 办公费 | 4.00 |
| 30213 | 维修（护）费 | 1.00 |

一般公共预算财政拨款基本支出65.00万元，其中：人员经费60.00万元，主要包括：基本工资、津贴补贴支出等；公用经费5.00万元，主要包括：办公费、维修(护)费、网络租用。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

人员经费60.00万元，主要包括：基本工资、津贴补贴、奖金、绩效工资、离休费。公用经费5.00万元，主要包括：办公费、咨询费。
```

```markdown
# 云川市青禾区数据服务中心2023年度部门决算

一般公共预算财政拨款基本支出决算表

| 科目编码 | 科目名称 | 决算数 |
|---|---|---|
| 301 | 工资福利支出 | 60.00 |
| 30101 | 基本工资 | 30.00 |
| 30102 | 津贴补贴 | 30.00 |
| 30103 | 奖金 | 0.00 |

（十）机关运行经费：指为保障行政单位运行使用的资金，包括办公及印刷费、邮电费、差旅费、会议费、福利费。
人员经费60.00万元，主要包括：基本工资30.00万元、津贴补贴30.00万元。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from govlint_dictionaries.subjects import economic_subjects, nearness
from msgspec import Struct

from govlint import Document, Finding, Related, Severity, Text, kept_for_paragraphs, passages, rule
from govlint_terms._glossary import glossary
from govlint_terms._subjects import TableSubject, key_of, table_subjects, year_of

_LIST = re.compile(
    r"(人员(?:经费|支出)|公用(?:经费|支出))[^。；;：:、]{0,40}?(?:主要)?(?:包括|用于)\s?(?:以下(?:方面|内容))?\s?[：:]?\s?"
)
_BETWEEN = re.compile(r"[、，（()）]")
_END = re.compile(r"[。；;\n]")
_AMOUNT = r"\s*[\d,.]+\s*(?:万元|元|亿元)\s*$"
_OPEN_END = re.compile(r"\s*等(?:等|支出|费用|方面|项)?[^、]{0,6}$")
_STAFF = ("301", "303")
_MOST_RELATED = 40
_MOST_NAMED = 8
_NEAR = 0.85
_LONGEST = 30


class _Item(Struct, frozen=True):
    """An item of a list: its place, the subject it names by key, whether that has an amount."""

    text: Text
    key: str
    funded: bool


class _Listed(Struct, frozen=True):
    """A list: whether it is of staff costs, whether it ends in 等, its items that are subjects."""

    staff: bool
    open: bool
    whole: Text
    items: tuple[_Item, ...]


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report the items named without an amount in one finding, those with an amount not named in another."""
    rows = [row for row in table_subjects(document) if row.system == "economic" and row.code[0] == "3"]
    if not rows:
        return
    amounts: dict[str, bool] = {}
    for row in rows:
        key = key_of(row.label)
        amounts[key] = amounts.get(key, False) or row.has_amount()
    if not any(amounts.values()):
        return
    lists = [listed for listed in _lists(document, amounts) if _is_about_table(listed)]
    idle = [item.text for listed in lists for item in listed.items if not item.funded]
    if idle:
        yield _idle(idle, sum(len(listed.items) for listed in lists))
    yield from _left_out(rows, lists)


def _idle(idle: list[Text], total: int) -> Finding:
    names = "、".join(text.text for text in idle[:_MOST_NAMED]) + ("等" if len(idle) > _MOST_NAMED else "")
    return Finding(
        idle[0].whole,
        f"列举的{total}项中有{len(idle)}项在基本支出表中没有金额：{names}",
        f"{len(idle)} of the {total} items listed have no amount in the table of basic expenditure: {names}",
        None,
        tuple(Related(text.whole, "表中没有金额", "No amount in the table") for text in idle[1:_MOST_RELATED]),
    )


def _left_out(rows: list[TableSubject], lists: list[_Listed]) -> Iterator[Finding]:
    for staff in (True, False):
        of_kind = [listed for listed in lists if listed.staff == staff]
        if not of_kind or any(listed.open for listed in of_kind):
            continue
        named = {item.key for listed in of_kind for item in listed.items}
        missing = {
            row.code: row
            for row in rows
            if len(row.code) == 5
            and (row.code[:3] in _STAFF) == staff
            and row.has_amount()
            and key_of(row.label) not in named
        }
        if missing:
            names = "、".join(row.label for row in missing.values())
            yield Finding(
                of_kind[0].whole.whole,
                f"基本支出表中有金额的{names}没有列举",
                f"Not listed although there is an amount in the table of basic expenditure: {names}",
                Severity.INFO,
                tuple(
                    Related(cell.text.whole, "没有列举的科目", "Not listed")
                    for row in missing.values()
                    if (cell := row.row.label_cell) is not None and cell.text
                ),
            )


def _is_about_table(listed: _Listed) -> bool:
    """Whether a list is of the table's subjects: most of it has an amount, or several items do."""
    funded = sum(item.funded for item in listed.items)
    return funded >= 2 or (funded >= 1 and funded * 2 >= len(listed.items))


def _lists(document: Document, amounts: dict[str, bool]) -> Iterator[_Listed]:
    found = glossary(document)
    official = _official(year_of(document))
    for index, passage in enumerate(passages(document)):
        if passage.role != "prose" or (found is not None and index in found.passages):
            continue
        raw = passage.text.text
        for match in _LIST.finditer(raw):
            end = _END.search(raw, match.end())
            stop = end.start() if end else len(raw)
            texts = list(_split(passage.text, match.end(), stop))
            if len(texts) < 2:
                continue
            last = texts[-1].text
            items = [item for text in texts if (item := _item(text, amounts, official)) is not None]
            yield _Listed(
                match[1].startswith("人员"),
                _OPEN_END.search(last) is not None,
                passage.text.slice(match.start(1), match.end(1)),
                tuple(items),
            )


@lru_cache(maxsize=64)
def _official(year: int | None) -> frozenset[str]:
    """The names of economic subjects that a report of a year may print, as compared."""
    return frozenset(key_of(entry.name) for entry in economic_subjects() if entry.accepts(year, 1))


def _split(text: Text, begin: int, end: int) -> Iterator[Text]:
    """The items between 、, not those inside brackets."""
    raw = text.text
    depth, start = 0, begin
    for match in _BETWEEN.finditer(raw, begin, end):
        if match[0] in "（()）":
            depth += 1 if match[0] in "（(" else -1
        elif depth <= 0:
            yield text.slice(start, match.start()).strip()
            start = match.end()
    yield text.slice(start, end).strip()


def _item(text: Text, amounts: dict[str, bool], official: frozenset[str]) -> _Item | None:
    name = _name(text.text)
    key = key_of(name)
    if len(key) < 2:
        return None
    place = text.slice(text.text.find(name), text.text.find(name) + len(name))
    if key in amounts:
        return _Item(place, key, amounts[key])
    if 6 <= len(key) <= _LONGEST:
        near = max(amounts, key=lambda other: nearness(key, other))
        if nearness(key, near) >= _NEAR:
            return _Item(place, near, amounts[near])
    return _Item(place, key, False) if key in official else None


@kept_for_paragraphs
def _name(item: str) -> str:
    """An item without its amount and what joins it to the others."""
    name = _OPEN_END.sub("", item)
    name = re.sub(_AMOUNT, "", name)
    return re.sub(r"^[和及与]", "", name)
