"""重复的字词

A character or word stands twice in a row.

## 说明
打字或修改时把一个字、一个词、一个数重复了，例如“安全全检查”“的的”“进行进行”“2023年2023年”。判断以词为准：

- 两个相同的字各属于前后两个词的（“通过过程”“税收收入”“市市级”）、本来叠用的（“人人”“渐渐”“高高兴兴”）、量词后接名词的（“3项项目”）
  不报告；只有去掉一个字之后前后都成词、不去掉则有一个字落单的才报告。
- 两个相同的词，后一个和下文合成新词语的（“本部门部门预算”“教育支出支出10.00万元”“规范规范性文件”“有关规定规定的程序”），
  本来叠用的（“研究研究”“一项一项”），不报告；前后都和别的词连成词语、说不准的为 warning，其余为 error。

不认识的人名、地名不判断。重复的数字不自动删去。需要保留的叠用写法可以写进 `govlint.toml` 的 `words`。

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
本年支出⟦增加增加⟧12.00万元，主要用于保障⟦和和⟧改善民生；增加的原因主要⟦是是⟧接待来访增多。
```

```markdown
青禾区完善⟦预算预算⟧管理，办理建议12件，建成⟦信息公开信息公开⟧平台，工作⟦机制机制⟧运行顺畅。
```
改为
```markdown
青禾区完善预算管理，办理建议12件，建成信息公开平台，工作机制运行顺畅。
```

```markdown
⟦2023年2023年⟧度支出⟦12.00万元12.00万元⟧。
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

```markdown
教育支出支出10.00万元，各部门部门预算和所属单位单位决算均已公开；按照有关规定规定的程序制定规范规范性文件的措施。
```

```markdown
由集体经济组织组织开展，服务服务业企业，支持中小企业创业创新，一项一项核对，研究研究再定，属于集体的土地的土地承包经营权。
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._doubled_words import REAL, doubled, repetitions
from govlint_text._findings import together
from govlint_text._texts import Place, has_chinese, is_chinese, places
from govlint_text._vocabulary import LONGEST, field_words, general_frequency

_TWICE = r"([^\x00-\x7f])\1"
_WORDS_TWICE = r"(?=([^\x00-\x7f，。、；：（）“”《》]{2,20})\1)"
"""Perhaps with a rare mark among the characters: the range of the Chinese ones alone takes long to compile."""
_WORD_TWICE = r"([㐀-鿿]{2,20})\1"
_PHRASE_TWICE = r"([\d“《（(])(?<![\d.,].)(?=([㐀-鿿\d.,%％“”（）()《》]{2,23})\1\2)"
"""What begins with a digit or an opening mark: a year, an amount, a phrase with a bracket."""
_PERHAPS_PHRASE_TWICE = r"([\d“《（(])(?<![\d.,].)(?=([^\s，。；：]{2,23})\1\2)"
"""Is found where that is, and is compiled in a tenth of the time."""
_DIGIT = re.compile(r"\d")
_INNER = str.maketrans("“”", "‘’")
_LABEL = r"[㐀-鿿]{0,8}[：:]"
_GLUED = ("title", "meta")
"""Roles of lines to which a converter may have glued the next one: 部门预算|预算主管部门：."""
_ROLES_OF_PHRASES = ("prose", "heading", "note")
_NO_ROLES_OF_CHARACTERS = ("title", "meta", "contents")


class _Lists(Struct, frozen=True):
    doubled: frozenset[str]
    words: frozenset[str]
    never: frozenset[str]
    heads: frozenset[str]
    compounds: dict[str, tuple[str, ...]]


@cache
def _lists() -> _Lists:
    data = repetitions()
    doubled, words, never, heads = (
        frozenset("".join(data[name].split())) for name in ("doubled", "words", "never", "heads")
    )
    compounds = {first: tuple(rest.split()) for first, rest in data["compounds"].items()}
    return _Lists(doubled, words, never, heads, compounds)


_IsWord = Callable[[str], bool]


@rule(severity=Severity.ERROR)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report what stands twice in a row, each once with all its places; what is in ``allow`` passes."""
    found: dict[tuple[str, Severity], list[Span]] = {}
    for place, begin, end, severity in _repetitions(document):
        written = place.raw[begin:end]
        if written not in allow:
            found.setdefault((written, severity), []).append(place.text.span(begin, end))
    for (written, severity), spans in found.items():
        once = written[: len(written) // 2]
        shown, one = (words.translate(_INNER) for words in (written, once))
        yield together(
            spans,
            f"“{shown}”重复，多了一个“{one}”",
            f"“{shown}”: one “{one}” is too many",
            severity=severity,
            put=None if _DIGIT.search(once) else once,
        )


def _repetitions(document: Document) -> Iterator[tuple[Place, int, int, Severity]]:
    """What stands twice in a row: words and phrases, then the characters outside them."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for place, begin, end in _words_twice(document):
        spans = taken.setdefault(id(place.text), [(0, 0)])
        raw = place.words
        if begin < spans[-1][1] or any(begin < at < end for at in place.joints) or raw[begin] != place.raw[begin]:
            continue
        if place.role in _GLUED and has_chinese(raw[begin - 1 : begin]) and re.match(_LABEL, raw[end:]):
            continue
        severity = doubled(document, raw, begin, end)
        if severity is not None:
            spans.append((begin, end))
            yield place, begin, end, severity
    for place, match in places(document).matches(_TWICE):
        at = match.start()
        if not is_chinese(match[1]) or place.role in _NO_ROLES_OF_CHARACTERS or at + 1 in place.joints:
            continue
        raw = place.words
        if raw[at] != place.raw[at] or any(begin <= at < end for begin, end in taken.get(id(place.text), ())):
            continue
        if _is_character_repeated(raw, at, field_words(document)):
            yield place, *match.span(), Severity.ERROR


def _words_twice(document: Document) -> list[tuple[Place, int, int]]:
    """What of two or more characters stands twice in a row, in order; of those that begin together the longest first."""
    texts = places(document)
    found: list[tuple[Place, int, int]] = []
    for place, match in texts.matches(_WORDS_TWICE):
        begin, words = match.start(), match[1]
        if all(map(is_chinese, words)):
            found.append((place, begin, begin + 2 * len(words)))
        elif all(map(is_chinese, words[:4])) and (shorter := re.match(_WORD_TWICE, match.string[begin:])):
            found.append((place, begin, begin + shorter.end()))
    found += [
        (place, match.start(), 2 * match.end(2) - match.start())
        for place, match in texts.matches(_PHRASE_TWICE, _PERHAPS_PHRASE_TWICE)
        if place.role in _ROLES_OF_PHRASES
    ]
    return sorted(found, key=lambda one: (one[0].text.whole.start, one[1], -one[2]))


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
    if character in lists.words and character != "于" and (field.right() or (character != "是" and field.left())):
        return False
    if not field.suspicious(never):
        return False
    pair = character * 2
    general = _Neighbours(*run, lambda word: word in known or general_frequency(word) > 0)
    means = character in lists.doubled or pair in known or general_frequency(pair) >= REAL
    if means and not (field.squeezed(lists.words) and general.squeezed(lists.words)):
        return False
    frequent = _Neighbours(*run, lambda word: word in known or general_frequency(word) >= REAL)
    return not frequent.covered() and not (general.left() and general.right()) and general.suspicious(never)


def _is_pair(raw: str, at: int) -> bool:
    """Whether two equal Chinese characters stand at ``at``, which makes a pair beside them one of AABB (山山岭岭)."""
    return at >= 0 and is_chinese(raw[at : at + 1]) and raw[at : at + 1] == raw[at + 1 : at + 2]


def _run(raw: str, at: int) -> tuple[str, int]:
    """The Chinese characters around a place, at most a few words, and the place in them."""
    begin = end = at
    while begin > max(at - 2 * LONGEST, 0) and is_chinese(raw[begin - 1]):
        begin -= 1
    while end < min(at + 2 + 2 * LONGEST, len(raw)) and is_chinese(raw[end]):
        end += 1
    return raw[begin:end], at - begin


class _Neighbours(Struct, frozen=True):
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
