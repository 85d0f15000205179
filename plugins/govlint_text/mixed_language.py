"""中文句子中夹有外文

A foreign word stands in a Chinese sentence that is no known name, acronym or unit.

## 说明
中文句子中夹有不是名称、缩写或单位的外文单词，例如“思想 and 精神”，或者输入法留下的拼音。
虚词（and、of、the 等）单独夹在中文之间的为错误，常用英文单词和拼音为警告，其他不认识的小写单词只作提示。

下列情况不报告：已知的名称、缩写、单位和型号；全部大写的缩写和大小写混排的名称；罗马数字、单个字母；
括号、引号、书名号中的外文，以及在别处用引号或括号说明过的代号；网址、邮箱、文件名；整句外文和中外文对照的表头。
不认识的名称可以写进 `govlint.toml` 的 `words` 或选项 `allow`。

## 依据
《中华人民共和国国家通用语言文字法》第十一条；《党政机关公文处理工作条例》第十九条。

## 反例
```markdown
深入贯彻各项决策部署 ⟦and⟧ 会议精神，加强组织领导。
```
改为
```markdown
深入贯彻各项决策部署和会议精神，加强组织领导。
```

```markdown
全年安排⟦budget⟧资金120.00万元，用于购置⟦shebei⟧等支出。
```

```markdown
| 项目 | 内容 |
|---|---|
| 平台 | 完成数据共享⟦of the system⟧建设，执行《数据开放⟦and⟧共享办法》 |
```

## 正例
```markdown
完成IPv6、5G和Wi-Fi升级，PM2.5年均浓度下降，新购A4纸20箱、X光机1台。
```

```markdown
“AK项目”支出20.00万元；AK项目已验收，物联网（Internet of Things）平台上线，执行ISO9001标准。
```

```markdown
邮箱xxgk@example.gov.cn，网址www.example.gov.cn/budget/index.html，附件见report.pdf。
```

```markdown
| 合计 Total | 收入 Income |
|---|---|
| B座 | Ⅱ类 |
```

```markdown
The centre was founded in 1998 and serves the whole city.
```
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from govlint_dictionaries import casing, is_latin_name
from msgspec import Struct

from govlint import Document, Finding, Fix, Severity, Text, rule
from govlint_text._texts import has_chinese, is_chinese, places

_LETTER = re.compile(r"[A-Za-z]")
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9.'’+#&_/\\-]*[A-Za-z0-9+#])?"
_RUN = re.compile(rf"(?<![A-Za-z0-9\\/._<&]){_WORD}(?:[ \t]{{1,3}}{_WORD})*")
_ENCLOSED = re.compile(
    r"“[^“”]{1,80}”|‘[^‘’]{1,80}’|《[^《》]{1,80}》|（[^（）]{1,120}）|\([^()]{1,120}\)|【[^【】]{1,80}】|「[^「」]{1,80}」"
)
_SYLLABLE = (
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))"
)
_PINYIN = rf"(?:{_SYLLABLE}){{1,8}}"
_SENTENCE = re.compile(r"[，。；：]")
_PUT = {"and": "和", "or": "或", "of": "的"}
_SHOUTED = frozenset({"AND", "OF", "THE", "FOR", "WITH", "FROM"})
_NUMBER_BEFORE = re.compile(r"\d\s?$")


class _English(Struct, frozen=True):
    function: frozenset[str]
    common: frozenset[str]


@cache
def _english() -> _English:
    data = tomllib.loads(files(__package__).joinpath("english.toml").read_text(encoding="utf-8"))
    return _English(frozenset(data["function"].split()), frozenset(data["common"].split()))


class _Word(Struct, frozen=True):
    """A foreign word or phrase at ``[begin, end)`` of a text. ``in_prose``: in other texts than prose it is none."""

    begin: int
    end: int
    kind: str
    in_prose: bool


class _Foreign(Struct, frozen=True):
    """A foreign word and the text that it stands in."""

    text: Text
    word: _Word

    @property
    def written(self) -> str:
        return self.text.text[self.word.begin : self.word.end]


@rule(severity=Severity.WARNING)
def check(document: Document, *, allow: Sequence[str] = ()) -> Iterator[Finding]:
    """Report foreign words in Chinese sentences; those in ``allow`` and in the user's words pass."""
    found: list[_Foreign] = []
    defined: set[str] = set()
    for place, (words, enclosed) in places(document).by_words().read(_in_text, "[A-Za-z]"):
        prose = place.role in ("prose", "note")
        found += (_Foreign(place.text, word) for word in words if prose or not word.in_prose)
        defined |= enclosed
    if not found:
        return
    known = {*allow, *defined, *_own_words(document.knowledge.words)}
    often = Counter(foreign.written for foreign in found)
    told: set[str] = set()
    for foreign in found:
        written = foreign.written
        kind = foreign.word.kind
        if kind != "function" and (written in known or (kind == "unknown" and often[written] > 2)):
            continue
        if kind == "unknown" and written in told:
            continue
        told.add(written)
        if written not in allow:
            yield _finding(foreign)


@lru_cache(maxsize=8)
def _own_words(words: Callable[[], Iterable[str]]) -> frozenset[str]:
    """The words in Latin letters among the tokenizer's; the same for all documents of a run."""
    return frozenset(entry.partition(" ")[0] for entry in words() if entry[0].isascii())


def _in_text(raw: str) -> tuple[list[_Word], set[str]] | None:
    """The foreign words of a text, and those in quotes and brackets."""
    runs = [run for run in _RUN.finditer(raw) if _LETTER.search(run[0])] if has_chinese(raw) else []
    if not runs or sum(map(is_chinese, raw)) < 2 * sum(len(run[0].split()) for run in runs):
        return None
    words: list[_Word] = []
    defined: set[str] = set()
    enclosed = [match.span() for match in _ENCLOSED.finditer(raw)]
    for run in runs:
        begin, end = run.span()
        before, after = raw[:begin].rstrip()[-1:], raw[end:].lstrip()[:1]
        beside = is_chinese(before), is_chinese(after)
        inside = next((span for span in enclosed if span[0] < begin and end < span[1]), None)
        if inside is not None and not (all(beside) and run[0] in _english().function):
            if inside[1] - inside[0] < 30:
                defined.update((run[0], *run[0].split()))
            continue
        if not any(beside) or raw[begin - 1 : begin] in ("/", "\\", ".") or raw[end : end + 1] in ("/", "\\", "=", "("):
            continue
        in_prose = not (before and after)
        if in_prose and not _SENTENCE.search(raw):
            continue
        counted = _NUMBER_BEFORE.search(raw[:begin][-2:]) is not None
        words += (_Word(*word, in_prose) for word in _in_run(run[0], begin, all(beside), counted))
    return (words, defined) if words or defined else None


def _in_run(run: str, begin: int, between: bool, counted: bool) -> Iterator[tuple[int, int, str]]:
    """The foreign words of a run that begins at ``begin``: begin, end, kind."""
    words = [(match[0], match.start()) for match in re.finditer(r"\S+", run)]
    if len(words) == 1:
        kind = _kind(run, between)
        if kind and not (kind == "unknown" and counted):
            yield begin, begin + len(run), kind
        return
    kinds = [_kind(word, True) for word, _ in words]
    if not any(kinds):
        return
    names = [word for (word, _), kind in zip(words, kinds, strict=True) if not kind]
    titles = [word for word in names if word[:1].isupper() and not word.isupper()]
    lone = [(word, at) for (word, at), kind in zip(words, kinds, strict=True) if kind == "function"]
    ends = {kinds[0], kinds[-1]}
    if (
        len(titles) > 1
        and not ends & {"function", "common", "pinyin"}
        and all(kind in ("", "function") for kind in kinds)
    ):
        return
    if names and len(lone) == 1 and len(names) == len(words) - 1:
        word, at = lone[0]
        yield begin + at, begin + at + len(word), "function"
    elif set(kinds) & {"function", "common"}:
        yield begin, begin + len(run), "phrase"
    elif not names:
        yield begin, begin + len(run), "unknown"


def _kind(word: str, between: bool) -> str:
    """What is wrong with a word: ``function``, ``common``, ``pinyin``, ``unknown``, or nothing."""
    if len(word) == 1 or any(letter.isdigit() for letter in word):
        return ""
    if word in _SHOUTED:
        return "function" if between else ""
    if not (word.islower() or word.istitle()) or is_latin_name(word) or word in casing():
        return ""
    lower = word.lower()
    if set(lower) == {"x"}:
        return ""
    if lower in _english().function:
        return "function" if between else "common" if word.islower() else ""
    if lower in _english().common:
        return "common"
    if word.istitle() or not lower.isalpha():
        return ""
    return "pinyin" if len(word) > 2 and re.fullmatch(_PINYIN, word) else "unknown"


_TOLD = {
    "function": ("中文句子中夹有英文“{}”", "the English word “{}” stands in a Chinese sentence", Severity.ERROR),
    "common": ("中文句子中夹有英文单词“{}”", "the English word “{}” stands in a Chinese sentence", Severity.WARNING),
    "phrase": ("中文句子中夹有英文“{}”", "the English phrase “{}” stands in a Chinese sentence", Severity.WARNING),
    "pinyin": ("“{}”像是输入法留下的拼音", "“{}” looks like pinyin that an input method left", Severity.WARNING),
    "unknown": (
        "“{}”不是已知的名称、缩写或单位，请核对",
        "“{}” is no known name, acronym or unit",
        Severity.INFO,
    ),
}


def _finding(foreign: _Foreign) -> Finding:
    word = foreign.word
    message, english, severity = _TOLD[word.kind]
    span = foreign.text.span(word.begin, word.end)
    put, fix = _PUT.get(foreign.written.lower()), None
    if put is not None:
        raw = foreign.text.text
        begin = len(raw[: word.begin].rstrip(" "))
        end = len(raw) - len(raw[word.end :].lstrip(" "))
        fix = Fix.replace(foreign.text.span(begin, end), put)
    return Finding(span, message.format(foreign.written), english.format(foreign.written), severity, fix=fix)
