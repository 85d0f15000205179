"""正文写的科目不存在

A subject of expenditure named in prose that neither the tables nor the official subjects of the year have.

## 说明

正文和名词解释按“……支出（类）……（款）……（项）”写支出功能分类科目。规则逐级核对：本报告的表里有这个科目，或者当年的
《政府收支分类科目》有，就是对的；都没有，或者款不在前面的类之下、项不在前面的款之下，就报告，并给出最可能的科目。
只有以前或以后年度才用的名称，说明自哪一年起改称什么；改称前后一年的名称不报告。转换工具断开的段落先接起来再读。

“XX支出（类）”之类的空白不归本规则管；类的名称带不带“支出”不计较，款和项的名称比表中多出“支出”的报告为警告。

## 依据

《政府收支分类科目》（财政部逐年印发）；《预算法》第十四条、第三十二条。

## 反例

```markdown
2023年度部门决算情况说明

（一）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）⟦机关运行⟧（项）。支出决算为120.50万元。
```

```markdown
2023年度部门决算情况说明

1. 住房保障支出（类）⟦住房保障支出⟧（款）住房公积金（项）：反映单位为职工缴纳的住房公积金。
```

```markdown
2022年度部门决算情况说明

3. ⟦医疗卫生与计划生育支出⟧（类）行政事业单位医疗（款）行政单位医疗（项）：反映行政单位的基本医疗保险缴费。
```
改为
```markdown
2022年度部门决算情况说明

3. 卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）：反映行政单位的基本医疗保险缴费。
```

```markdown
2023年度部门决算情况说明

2. 卫生健康支出（类）⟦住房改革支出⟧（款）住房公积金（项）。支出决算为15.00万元。
```

## 正例

```markdown
2023年度部门决算情况说明

主要用于以下方面：一般公共服务(类)支出302.10万元，占90.12%；社会保障和就业（类）支出55.23万元，占9.88%。
```

```markdown
2019年度部门决算情况说明

1. 医疗卫生与计划生育支出（类）行政事业单位医疗（款）行政单位医疗（项）。支出决算为3.20万元。
```

```markdown
2023年度部门决算情况说明

1. 一般公共服务支出（类）政府办公厅（室）及相关机构事务

（款）行政运行（项）：反映行政单位的基本支出。
```

```markdown
2023年度部门决算情况说明

XX支出（类）XX（款）XX（项）。年初预算为XX万元。本单位功能分类科目（项）共3个，检修设备5台（项）。
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govlint_dictionaries.subjects import Level, Subject, comparable, functional_subjects, nearness
from msgspec import Struct

from govlint import Document, Finding, Fix, Related, Severity, Text, fact, passages, rule
from govlint_terms._chains import Chain, Link, chains
from govlint_terms._glossary import glossary
from govlint_terms._subjects import (
    LEVEL_OF,
    TableSubject,
    is_economic,
    key_of,
    nearest_official,
    official,
    official_names,
    subject_names,
    table_subjects,
    year_of,
)

_LONGEST = 40
_LEVEL_ENGLISH = {"类": "class", "款": "section", "项": "item"}


class _Fault(Struct, frozen=True):
    """What is wrong with a link: the words for it, how grave, and the name that is likely meant."""

    message: str
    english: str
    severity: Severity
    put: str | None
    places: tuple[Text, ...] = ()


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report each wrong name once, with the other places where it stands."""
    found: dict[tuple[Level, str, str], tuple[_Fault | None, list[Text]]] = {}
    for chain in chains(document):
        for at, link in enumerate(chain.links):
            if at < chain.inherited:
                continue
            above = chain.links[at - 1] if at else None
            place = link.level, comparable(link.name), above.name if above else ""
            if place not in found:
                found[place] = _fault(document, chain, link, above), []
            found[place][1].append(link.text)
    for fault, places in found.values():
        if fault is None:
            continue
        yield Finding(
            places[0].whole,
            fault.message,
            fault.english,
            fault.severity,
            (
                *(Related(text.whole, "同样写法", "The same again") for text in places[1:]),
                *(Related(text.whole, "表中的科目", "The subject in the table") for text in fault.places),
            ),
            Fix.replace(places[0].whole, fault.put) if fault.put else None,
        )


def _fault(document: Document, chain: Chain, link: Link, above: Link | None) -> _Fault | None:
    year = year_of(document)
    entries = official(link.level, link.name)
    if above is not None and above.codes and entries and not link.codes:
        if key_of(link.name) == "其他":
            return None
        rows = _rows(document, link.level)
        repeated = key_of(link.name) == key_of(above.name)
        if repeated or (
            not any(key_of(row.label) == key_of(link.name) for row in rows)
            and any(row.code.startswith(above.codes) for row in rows)
        ):
            return _unknown(document, chain, link, above, year)
        return _misplaced(document, chain, link, above, entries)
    if link.level != "类" and (fault := _longer(document, link, entries)):
        return fault
    if key_of(link.name) in subject_names(document)[link.level]:
        return None
    if entries:
        fitting = [entry for entry in entries if not link.codes or entry.code in link.codes]
        return None if any(entry.accepts(year, 1) for entry in fitting) else _outdated(document, link, fitting, year)
    economic = is_economic(link.name) and not (above and above.codes)
    if not link.whole or economic or _is_end_of_name(document, chain, link):
        return None
    return _unknown(document, chain, link, above, year)


def _misplaced(document: Document, chain: Chain, link: Link, above: Link, entries: Sequence[Subject]) -> _Fault | None:
    """The fault of a name that exists, but not below the name before it."""
    if any(entry.accepts(year_of(document), 2) and entry.confidence == "low" for entry in entries):
        return None
    subjects = functional_subjects()
    homes = {entry.parent[: len(above.codes[0])] for entry in entries if entry.accepts(year_of(document), 1)}
    if not homes:
        return None
    names = [home.name for code in sorted(homes) if (home := subjects.holding(code, year_of(document)))]
    rows = [row for row in _rows(document, link.level) if key_of(row.label) == key_of(link.name)]
    if any(row.code.startswith(above.codes) for row in rows):
        return None
    likely = _likely(document, chain, link, above, 0.5) if len(names) != 1 else None
    belongs = f"，属“{names[0]}（{above.level}）”" if len(names) == 1 else f"，应为“{likely.name}”" if likely else ""
    return _Fault(
        f"“{link.name}（{link.level}）”不在“{above.name}（{above.level}）”之下{belongs}",
        f"“{link.name}” is no {_LEVEL_ENGLISH[link.level]} below “{above.name}”"
        + (f"; it belongs to “{names[0]}”" if len(names) == 1 else ""),
        Severity.ERROR if len(names) == 1 else Severity.WARNING,
        None,
        _places(rows),
    )


def _longer(document: Document, link: Link, entries: Sequence[Subject]) -> _Fault | None:
    """The fault of a 款 or 项 with a 支出 at its end that the tables print without."""
    name = comparable(link.name)
    if not name.endswith("支出") or any(comparable(entry.name) == name for entry in entries):
        return None
    labels = [(comparable(row.label), row) for row in _rows(document, link.level)]
    rows = [row for label, row in labels if label == name[: -len("支出")]]
    if not rows or any(label == name for label, _ in labels):
        return None
    return _Fault(
        f"“{link.name}（{link.level}）”在表中为“{rows[0].label}”",
        f"“{link.name}” is called “{rows[0].label}” in the tables",
        Severity.WARNING,
        rows[0].label,
        _places(rows),
    )


def _outdated(document: Document, link: Link, entries: Sequence[Subject], year: int | None) -> _Fault | None:
    """The fault of a name of other years."""
    sure = [entry for entry in entries if entry.confidence != "low"]
    if not sure or year is None:
        return None
    entry = min(sure, key=lambda each: min(abs(year - (each.valid_to or year)), abs((each.valid_from or year) - year)))
    now = functional_subjects().holding(entry.code, year)
    rows = [row for row in _rows(document, link.level) if row.code == entry.code]
    put = rows[0].label if rows else now.name if now else None
    if entry.valid_to is not None and entry.valid_to < year:
        since = entry.valid_to + 1
        told = f"自{since}年起" + (f"改称“{put}”" if put else "不再使用")
        english = f"since {since} " + (f"called “{put}”" if put else "no longer in use")
        far = year - entry.valid_to >= 2
    else:
        told = f"自{entry.valid_from}年起才使用" + (f"，{year}年为“{put}”" if put else "")
        english = f"in use only since {entry.valid_from}" + (f", in {year} “{put}”" if put else "")
        far = False
    return _Fault(
        f"“{link.name}（{link.level}）”不是{year}年的科目名称：{told}",
        f"“{link.name}” is no subject's name in {year}: {english}",
        Severity.ERROR if far and entry.confidence == "high" else Severity.WARNING,
        put,
        _places(rows),
    )


def _unknown(document: Document, chain: Chain, link: Link, above: Link | None, year: int | None) -> _Fault | None:
    """The fault of a name that no list has."""
    if above is not None and not above.codes and key_of(above.name) not in subject_names(document)[above.level]:
        parents: tuple[str, ...] = ()
    else:
        parents = above.codes if above else ()
    likely = _likely(document, chain, link, above, 0.5 if parents else 0.7)
    if likely is None and not parents:
        return None
    siblings = [row for row in _rows(document, link.level) if parents and row.code.startswith(parents)]
    sure = (
        bool(siblings) or (link.level == "类" and likely is not None) or (bool(parents) and _all_known(parents, year))
    )
    where = f"“{above.name}”（{above.level}）下" if above and parents else ""
    verb, english = ("应为", "it should be") if likely and likely.near else ("可能是", "perhaps it is")
    should = f"，{verb}“{likely.name}”" if likely else ""
    rows = [row for row in siblings if likely is not None and row.code == likely.code]
    return _Fault(
        f"{where}没有“{link.name}（{link.level}）”这一科目{should}",
        f"There is no {_LEVEL_ENGLISH[link.level]} “{link.name}”"
        + (f" below “{above.name}”" if above and parents else "")
        + (f", {english} “{likely.name}”" if likely else ""),
        _severity(link, sure),
        likely.name if likely and likely.near else None,
        _places(rows),
    )


def _severity(link: Link, sure: bool) -> Severity:
    if key_of(link.name) == "其他":
        return Severity.INFO
    return Severity.ERROR if sure else Severity.WARNING


class _Likely(Struct, frozen=True):
    """The subject that is likely meant; ``near``: its name is like the one printed, else only its place is."""

    code: str
    name: str
    near: bool = True


def _likely(document: Document, chain: Chain, link: Link, above: Link | None, at_least: float) -> _Likely | None:
    """The subject likely meant: of the tables' rows at this place that this part does not name, else of the list's."""
    if len(link.name) > _LONGEST:
        return None
    parents = above.codes if above else ()
    named = _named(document).get((_in_glossary(document, chain), link.level), frozenset())
    rows = {
        row.code: row
        for row in _rows(document, link.level)
        if (not parents or row.code.startswith(parents)) and row.code not in named
    }
    key = comparable(link.name)
    near = [(nearness(key, comparable(row.label)), row) for row in rows.values()]
    score, best = max(near, key=lambda each: each[0], default=(0.0, None))
    if best is not None and score >= at_least:
        return _Likely(best.code, best.label)
    if parents and len(rows) == 1 and best is not None:
        return _Likely(best.code, best.label, near=False)
    entry = nearest_official(link.level, link.name, parents, year_of(document), at_least + 0.1)
    return _Likely(entry.code, entry.name) if entry else None


@fact
def _named(document: Document) -> Mapping[tuple[bool, Level], frozenset[str]]:
    """The codes that chains name, those of the glossary apart, by level."""
    found: dict[tuple[bool, Level], set[str]] = {}
    for chain in chains(document):
        for link in chain.own:
            found.setdefault((_in_glossary(document, chain), link.level), set()).update(link.codes)
    return {place: frozenset(codes) for place, codes in found.items()}


def _in_glossary(document: Document, chain: Chain) -> bool:
    found = glossary(document)
    return found is not None and chain.passage in found.passages


def _all_known(parents: Iterable[str], year: int | None) -> bool:
    """Whether all names below these codes are known for sure."""
    below = [entry for code in parents for entry in functional_subjects().children(code, year)]
    return bool(below) and all(entry.confidence == "high" for entry in below)


def _is_end_of_name(document: Document, chain: Chain, link: Link) -> bool:
    """Whether it is the end of a name that a break of the passage cut in two."""
    passage = passages(document)[chain.passage].text
    if not passage or link.text.whole.start > passage.whole.start:
        return False
    key = key_of(link.name)
    return any(name.endswith(key) for name in official_names()[link.level])


def _rows(document: Document, level: Level) -> Sequence[TableSubject]:
    return _rows_by_level(document).get(level, ())


@fact
def _rows_by_level(document: Document) -> Mapping[Level, Sequence[TableSubject]]:
    found: dict[Level, list[TableSubject]] = {}
    seen: set[tuple[str, str]] = set()
    for row in table_subjects(document):
        if row.system == "functional" and (row.code, row.label) not in seen:
            seen.add((row.code, row.label))
            found.setdefault(LEVEL_OF[len(row.code)], []).append(row)
    return found


def _places(rows: Sequence[TableSubject]) -> tuple[Text, ...]:
    cells = [row.row.label_cell for row in rows[:1]]
    return tuple(cell.text for cell in cells if cell is not None and cell.text)
