"""形近的字符

Characters that look right and are others: letters in numbers, Cyrillic in Latin words, radicals, invisible ones.

## 说明
看上去对、实际上是另一个字符，会使检索、复制和计算出错，多由文字识别或转换造成：

- 数字中的字母：“2O20年”“l0万元”；
- 拉丁字母词中混入的西里尔字母、希腊字母；
- 康熙部首、部首补充和兼容汉字：“⼆”“⾏”；
- 私用区字符，在别的机器上显示为空白或方框；
- 零宽字符、软连字符、方向控制符等看不见的字符（只作提示）。

同一类合并为一条。

## 依据
GB 18030、GB/T 13000 的编码字符；GB/T 15835 的阿拉伯数字。

## 反例
```markdown
⟦2O23⟧年度支出l2.5O万元。
```

```markdown
一般公共预算⟦⾏⟧政运⾏支出，⼆级科目。
```
改为
```markdown
一般公共预算行政运行支出，二级科目。
```

```markdown
完成⟦G\u0420S⟧定位终端安装，年末结余⟦\u200b⟧减少。⟦\ue123⟧
```

## 正例
```markdown
2020年购置H2O检测仪、I5处理器电脑10台、10l容器5个，执行ISO9001标准，房间号3O1。
```

```markdown
外事交流资料使用Добро пожаловать等欢迎语，α、β、μ、Ω为计量符号。
```

```markdown
第Ⅱ类，①办公用房，面积30㎡，〇二三号，二〇二三年。
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from msgspec import Struct

from govlint import Document, Finding, Severity, Span, rule
from govlint_text._findings import together
from govlint_text._texts import places

_DIGITS = r"(?<![A-Za-z0-9.,_-])[0-9OolI]{1,12}(?:[.,][0-9OolI]{1,6}){0,4}(?=\s?(?:年|月|日|[百千]?[万亿]|元|[%％]|个百分点|辆|人次|批次|人(?!民)))"
_CYRILLIC = dict(zip("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_TO_LATIN = str.maketrans({**_CYRILLIC, **_GREEK})
_OTHER_ALPHABETS = r"\u0370-\u03ff\u0400-\u04ff"
_LATIN_WORD = rf"[A-Za-z0-9{_OTHER_ALPHABETS}]+"
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳", "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"
)
_IDEOGRAPHS = r"\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U0010fffd"
_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ODD = f"[{_OTHER_ALPHABETS}{_IDEOGRAPHS}{_PRIVATE}{_INVISIBLE}]"


class _Kind(Struct, frozen=True):
    """A kind of lookalike: what to say of it, how grave it is, and where a text has it, with what should stand there."""

    message: str
    english: str
    severity: Severity
    safe: bool
    find: Callable[[str], Iterator[tuple[int, int, str | None]]]


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind once, with all its places."""
    found: dict[_Kind, list[tuple[Span, str, str | None]]] = {}
    texts = places(document)
    odd = texts.having(_ODD)
    for kind in (_LETTERS_IN_NUMBERS, *_KINDS):
        for place in texts.having("[OolI]") if kind is _LETTERS_IN_NUMBERS else odd:
            for begin, end, put in kind.find(place.words):
                found.setdefault(kind, []).append((place.span(begin, end), place.words[begin:end], put))
    for kind, matches in found.items():
        _, written, put = matches[0]
        shown = (
            written if written.isprintable() and not re.match(f"[{_PRIVATE}]", written) else _names(written),
            put or "",
        )
        puts = [put for _, _, put in matches if put is not None]
        yield together(
            [span for span, _, _ in matches],
            kind.message.format(*shown),
            kind.english.format(*shown),
            severity=kind.severity,
            put=puts if len(puts) == len(matches) else None,
            safe=kind.safe,
        )


def _names(characters: str) -> str:
    return "、".join(f"U+{ord(character):04X}" for character in dict.fromkeys(characters))


def _letters_in_numbers(raw: str) -> Iterator[tuple[int, int, str | None]]:
    for match in re.finditer(_DIGITS, raw):
        number = match[0]
        letters = sum(letter in "OolI" for letter in number)
        if letters and len(number) - letters >= 1 and number[0] != "I" and any(digit.isdigit() for digit in number):
            yield *match.span(), None


def _other_alphabets(raw: str) -> Iterator[tuple[int, int, str | None]]:
    for match in re.finditer(_LATIN_WORD, raw):
        word = match[0]
        latin = word.translate(_TO_LATIN)
        if re.search(f"[{_OTHER_ALPHABETS}]", word) and latin.isascii() and re.search(r"[A-Za-z0-9]", word):
            yield *match.span(), latin


def _ideographs(raw: str) -> Iterator[tuple[int, int, str | None]]:
    for match in re.finditer(f"[{_IDEOGRAPHS}]+", raw):
        put = unicodedata.normalize("NFKC", match[0]).translate(_RADICALS)
        if put != match[0]:
            yield *match.span(), put


def _private(raw: str) -> Iterator[tuple[int, int, str | None]]:
    for match in re.finditer(f"[{_PRIVATE}]+", raw):
        yield *match.span(), None


def _invisible(raw: str) -> Iterator[tuple[int, int, str | None]]:
    for match in re.finditer(f"[{_INVISIBLE}]+", raw):
        yield *match.span(), ""


_LETTERS_IN_NUMBERS = _Kind(
    "数字“{}”中有字母",
    "the number “{}” has letters in it",
    Severity.ERROR,
    False,
    _letters_in_numbers,
)
_KINDS = (
    _Kind(
        "“{}”中有形近的西里尔字母或希腊字母，应为“{}”",
        "“{}” has Cyrillic or Greek letters that look alike: it should be “{}”",
        Severity.WARNING,
        False,
        _other_alphabets,
    ),
    _Kind(
        "“{}”是部首或兼容字符，不是通用汉字，应为“{}”",
        "“{}” is a radical or compatibility character: it should be “{}”",
        Severity.WARNING,
        True,
        _ideographs,
    ),
    _Kind(
        "私用区字符（{}），他人可能看不到",
        "private-use characters ({}) that others may not see",
        Severity.WARNING,
        False,
        _private,
    ),
    _Kind(
        "看不见的字符（{}）",
        "invisible characters ({})",
        Severity.INFO,
        True,
        _invisible,
    ),
)
