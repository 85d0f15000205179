"""顿号用法

An enumeration comma (顿号) stands before 等, 以及, 和 or 及.

## 说明
- 并列的最后一项与“等”之间不用顿号（“水费、电费、等”），为 warning，`--unsafe` 时删去；
- “以及”前用逗号，“和”“及”前不用标点（“水费、电费、以及邮电费”“水费、电费、和邮电费”），为 info，`--unsafe` 时改正。

每一种全篇合为一条。“等”“和”“及”属于另一个词的（“等级”“和平”“及时”），不报告。引号、书名号之间用不用顿号，
标准只说“通常不用”，法律文本一概使用，也不报告。

## 依据
GB/T 15834—2011《标点符号用法》附录A.4、附录B.1.2。

## 反例
```markdown
支付水费、电费⟦、等⟧费用，印刷费⟦、以及⟧邮电费，培训费、和会议费，差旅费、及其他费用。
```
改为
```markdown
支付水费、电费等费用，印刷费，以及邮电费，培训费和会议费，差旅费及其他费用。
```

## 正例
```markdown
支付水费、电费等费用，办理预约、等待、等级评定、等额选举，完成甲、及时公开，开展研讨、和平主题展览、及格线测算。
```

```markdown
执行《青禾区档案管理办法》、《青禾区公务接待管理办法》，增强“四个意识”、坚定“四个自信”。
```

```markdown
项目涉及青禾、和田、及川三地，按一、二、三等三个等次评定。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._running import HAN
from govlint_text._texts import PROSE, search


class _Kind(Struct, frozen=True):
    """A use of the mark: words that it has, its pattern, message and severity."""

    near: tuple[str, ...]
    pattern: str
    message: str
    english: str
    severity: Severity


_OTHER_WORDS = (
    r"谐|平(?![台安均时衡])|睦|解(?![决释读])|美(?![丽化术])|顺(?![利畅])|善(?!于)|气(?![象候体])|田(?![间园])|县(?![级委政域城直])"
    r"|静县|硕县|龙市|政县|林格尔|布克|服(?!务)|声(?![音明])|缓|悦|约"
)
"""What makes another word of 和: 和谐, 和平, 和田."""

_KINDS = (
    _Kind(
        ("、等",),
        r"、等(?=[。，；：）\s]|方面|多|各|费|支出|工作|活动|内容|项目|事项|单位|部门|措施|形式|方式|问题|情况|$)",
        "并列的最后一项与“等”之间不用顿号",
        "no enumeration comma before 等",
        Severity.WARNING,
    ),
    _Kind(
        ("、以及", "、和", "、及"),
        rf"(?<=[{HAN}）”》])、(?:以及(?!时|格)|和(?=[{HAN}“《])(?!{_OTHER_WORDS})|及(?=其他|相关|有关))",
        "“以及”前用逗号，“和”“及”前不用顿号",
        "no enumeration comma before 以及, 和, 及",
        Severity.INFO,
    ),
)


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind of wrong use in one finding."""
    for kind in _KINDS:
        found = list(search(document, kind.pattern, PROSE, kind.near))
        if found:
            yield together(
                [place.text.span(*match.span()) for place, match in found],
                kind.message,
                kind.english,
                severity=kind.severity,
                put=[_put(match[0]) for _, match in found],
            )


def _put(written: str) -> str:
    return written.replace("、", "，" if written == "、以及" else "")
