"""重复的字词

A character or word stands twice in a row.

## 说明
打字或修改时把一个字、一个词重复了，例如“安全全检查”“的的”“进行进行”。判断以词为准：两个相同的字各属于前后两个词的
（“通过过程”“税收收入”“市市级”）、本来叠用的（“人人”“渐渐”“高高兴兴”）、量词后接名词的（“3项项目”）不报告；
只有去掉一个字之后前后都成词、不去掉则有一个字落单的才报告。不认识的人名、地名不判断。
需要保留的叠用写法可以写进 `govlint.toml` 的 `words`。

## 依据
《党政机关公文处理工作条例》第十九条：表述准确、文字精炼。

## 反例
```markdown
组织开展安⟦全全⟧检查12次，对重点点位逐一复查。

该项工作⟦的的⟧开展情况已⟦进行进行⟧公示。
```
改为
```markdown
组织开展安全检查12次，对重点点位逐一复查。

该项工作的开展情况已进行公示。
```

```markdown
本年支出⟦增加增加⟧12.00万元，主要用于保障⟦和和⟧改善民生。
```

```markdown
| 项目 | 内容 |
|---|---|
| 机房 | 完⟦成成⟧机房改造，清除障碍，更新新设备20台，支出⟦万元万元⟧ |
```

## 正例
```markdown
通过过程管理和税收收入分析，全市市级部门开展展览3次，其中中央补助项目项数不变。
```

```markdown
群众高高兴兴，人人参与，天天巡查；工作渐渐走上正轨，完成迁移等等一系列任务，一一落实。
```

```markdown
为为民服务提供保障，对对外合作事项逐项审核，这一目的的实现有赖于有有关部门支持，在在建项目上加强监管。
```

```markdown
青禾区区级部门，2023年年末，3项项目，文化馆馆藏，收支支出，业务用房房屋维修，费用用于培训，财政政策，社会会议。
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import language, places
from govlint_text._vocabulary import LONGEST, field_words, general_frequency

_TWICE = re.compile(r"([㐀-鿿])\1")
_WORD_TWICE = re.compile(r"(?=([㐀-鿿]{2,20})\1)")
_CHINESE = re.compile(r"[㐀-鿿]+")
_DEGREE = "一很极最太好挺更"
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿]+")
_REAL = 20
"""A doubled word of the general dictionary counts as one from this frequency on: below are accidents."""


class _Lists(NamedTuple):
    doubled: frozenset[str]
    words: frozenset[str]
    never: frozenset[str]
    heads: frozenset[str]
    doubled_words: frozenset[str]
    compounds: dict[str, tuple[str, ...]]


@cache
def _lists() -> _Lists:
    data = tomllib.loads(files(__package__).joinpath("repetitions.toml").read_text(encoding="utf-8"))
    doubled, words, never, heads = (
        frozenset("".join(data[name].split())) for name in ("doubled", "words", "never", "heads")
    )
    compounds = {first: tuple(rest.split()) for first, rest in data["compounds"].items()}
    return _Lists(doubled, words, never, heads, frozenset(data["doubled_words"].split()), compounds)


_IsWord = Callable[[str], bool]


@rule(severity=Severity.ERROR)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report what stands twice in a row, each once with all its places; what is in ``allow`` passes."""
    found: dict[str, list[Span]] = {}
    for place in places(document):
        raw = place.raw
        if place.role in ("title", "meta", "contents"):
            continue
        if not _TWICE.search(raw) and not _WORD_TWICE.search(raw):
            continue
        raw = language(raw)
        for begin, end in _repetitions(raw, field_words(document)):
            written = raw[begin:end]
            if written not in allow:
                found.setdefault(written, []).append(place.text.span(begin, end))
    for written, spans in found.items():
        once = written[: len(written) // 2]
        yield together(
            spans,
            f"“{written}”重复，多了一个“{once}”",
            f"“{written}”: one “{once}” is too many",
            put=once,
        )


def _repetitions(raw: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _WORD_TWICE.finditer(raw):
        begin, end = match.start(), match.start() + 2 * len(match[1])
        if (not spans or begin >= spans[-1][1]) and _is_word_repeated(raw, begin, end, known):
            spans.append((begin, end))
    yield from spans
    for match in _TWICE.finditer(raw):
        at = match.start()
        if not any(begin <= at < end for begin, end in spans) and _is_character_repeated(raw, at, known):
            yield match.span()


def _is_word_repeated(raw: str, begin: int, end: int, known: frozenset[str]) -> bool:
    """Whether the text ``[begin, end)``, something twice, is a word or phrase written twice by mistake."""
    written = raw[begin:end]
    half = len(written) // 2
    once = written[:half]
    lists = _lists()
    if once in lists.doubled_words or once[0] in _DEGREE or _NUMERAL.fullmatch(once) or len(set(once)) == 1:
        return False
    if half == 2 and once not in known and general_frequency(once) < _REAL:
        return False
    # X|AB, AB|Y: both, or the second alone in the general dictionary, belong to words that reach beyond.
    middle = end - half
    longer_left = {raw[at:middle] for at in range(max(middle - LONGEST - 2, 0), begin)}
    longer_right = {raw[middle:at] for at in range(end + 1, min(middle + LONGEST + 2, len(raw)) + 1)}
    if not longer_left.isdisjoint(known) and not longer_right.isdisjoint(known):
        return False
    return not any(map(general_frequency, (written, *longer_right)))


def _is_character_repeated(raw: str, at: int, known: frozenset[str]) -> bool:
    """Whether one of the two equal characters at ``at`` is too many."""
    lists = _lists()
    character = raw[at]
    if raw[at : at + 3] == character * 3 or raw[at - 1 : at] == "一" or _is_pair(raw, at - 2) or _is_pair(raw, at + 2):
        return False
    if character in lists.heads or raw.startswith(lists.compounds.get(character, ()), at + 2):
        return False
    run = _run(raw, at)
    field = _Neighbours(*run, known.__contains__)
    never = character in lists.never
    if field.covered() or (field.left() and field.right()):
        return False
    if character in lists.words and character != "于" and (field.left() or field.right()):
        return False
    if not field.suspicious(never):
        return False
    pair = character * 2
    general = _Neighbours(*run, lambda word: word in known or general_frequency(word) > 0)
    means = character in lists.doubled or pair in known or general_frequency(pair) >= _REAL
    if means and not (field.squeezed(lists.words) and general.squeezed(lists.words)):
        return False
    frequent = _Neighbours(*run, lambda word: word in known or general_frequency(word) >= _REAL)
    return not frequent.covered() and not (general.left() and general.right()) and general.suspicious(never)


def _is_pair(raw: str, at: int) -> bool:
    """Whether two equal Chinese characters stand at ``at``, which makes a pair beside them one of AABB (山山岭岭)."""
    return at >= 0 and _TWICE.match(raw, at) is not None


def _run(raw: str, at: int) -> tuple[str, int]:
    """The Chinese characters around a place, at most a few words, and the place in them."""
    begin = at
    while begin > max(at - 2 * LONGEST, 0) and _CHINESE.match(raw[begin - 1]):
        begin -= 1
    match = _CHINESE.match(raw, at, at + 2 + 2 * LONGEST)
    return raw[begin : match.end() if match else at + 2], at - begin


class _Neighbours(NamedTuple):
    """The words around two equal characters at ``at`` of a run of Chinese characters."""

    run: str
    at: int
    is_word: _IsWord

    def covered(self) -> bool:
        """Whether a longer word holds both characters."""
        return any(
            self.is_word(self.run[begin:end])
            for begin in range(max(self.at - LONGEST + 2, 0), self.at + 1)
            for end in range(self.at + 2, min(begin + LONGEST, len(self.run)) + 1)
            if end - begin > 2
        )

    def left(self) -> bool:
        """Whether a word ends with the first character."""
        return self._ends(self.at + 1)

    def right(self) -> bool:
        """Whether a word begins with the second character."""
        return self._begins(self.at + 1)

    def squeezed(self, words: frozenset[str]) -> bool:
        """Whether the first character ends a word that leaves no word before the two."""
        return self.left() and self.at > 0 and self.run[self.at - 1] not in words and not self._ends(self.at)

    def suspicious(self, never: bool) -> bool:
        """Whether one character is left over between words: what would be said without it is words on both sides."""
        before = self.at == 0 or self._ends(self.at)
        after = self.at + 2 == len(self.run) or self._begins(self.at + 2)
        if self.left():
            return after and not self.right()
        if self.right():
            return before
        return never and before and after

    def _ends(self, end: int) -> bool:
        return any(self.is_word(self.run[begin:end]) for begin in range(max(end - LONGEST, 0), end - 1))

    def _begins(self, begin: int) -> bool:
        return any(
            self.is_word(self.run[begin:end]) for end in range(begin + 2, min(begin + LONGEST, len(self.run)) + 1)
        )
