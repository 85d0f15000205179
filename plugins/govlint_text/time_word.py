"""“截止”“截至”混用

To end at a time (截止) takes no time as its object; before a time it is 截至.

## 说明
“截止”是到期停止的意思，不带时间宾语：“申请于5月31日截止”“截止时间”。后面接时间，表示到这一时间为止，用“截至”：
“截至2023年12月31日”。“截止到”“截止至”加时间也可以改为“截至”。

日期前面是报名、申请一类有期限的事情，或者日期后面句子就结束的（“8月1日开始，截止8月31日。”），是到期停止的意思，不报告；
“截至时间”“截至日期”应为“截止时间”“截止日期”。

## 依据
《现代汉语词典》“截止”“截至”条。

## 反例
```markdown
⟦截止⟧2023年12月31日，云川市文化馆共有车辆2辆。

年末保有量2辆，⟦截止⟧ 2023 年末，开支财政拨款的车辆2辆。
```
改为
```markdown
截至2023年12月31日，云川市文化馆共有车辆2辆。

年末保有量2辆，截至 2023 年末，开支财政拨款的车辆2辆。
```

```markdown
⟦截止⟧目前，项目已全部完工。

⟦截止到⟧2023年底，三个项目已全部验收。
```

```markdown
意见征集的⟦截至⟧时间为2023年5月31日。
```

## 正例
```markdown
截至2023年12月31日，云川市文化馆共有车辆2辆。
```

```markdown
意见征集的截止时间为5月31日，截止日期前反馈意见12条。
```

```markdown
展览8月1日开始，截止8月31日。申报截止2023年6月30日，逾期不再受理。
```

```markdown
报名工作于2023年6月30日截止，2024年1月公布结果。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._texts import places

_DATE = (
    r"(?:(?:19|20)\d{2}\s?年(?:度|底|末|初)?(?:\s?\d{1,2}\s?月(?:份|底|末|初)?(?:\s?\d{1,2}\s?[日号])?)?"
    r"|\d{1,2}\s?月(?:份|底|末|初)?(?:\s?\d{1,2}\s?[日号])?"
    r"|[一二][〇零○oO0][〇零○oO0一二][〇零○oO0一二三四五六七八九]\s?年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?)"
)
_TIME = r"(?:目前|当前|今年|本年|上年|去年|年底|年末|现在|日前|本?报告期|本月|上月|月底|月末|当年|今日|今天)"
_ENDS = rf"截止([到至]?)\s?(?:(?P<date>{_DATE})|(?P<time>{_TIME}))(?P<stop>\s?(?:[。；;）)!！]|$))?"
_UNTIL = r"截至(?=(?:时间|日期|期限)(?!点))"
_DEADLINE = (
    r"(?:报名|申报|申请|投标|征集|提交|受理|缴费|缴纳|登记|填报|报送|上报|采集|反馈|公示|招聘|预约|认购|领取|办理|补贴|活动|有效"
    r"|期|期限|期间|日期|时间|参保|投票|意见|招标|开放|展出|服务|已|将|并|便|即|不|未)$"
)


@rule(severity=Severity.ERROR)
def check(document: Document) -> Iterator[Finding]:
    """Report 截止 before a time, and 截至 before the nouns that go with 截止."""
    for place, match in places(document).matches(_ENDS, ("截止",)):
        if match["stop"] is not None or re.search(_DEADLINE, place.raw[: match.start()].rstrip()[-4:]):
            continue
        span = place.text.span(match.start(), match.end(1))
        word = f"截止{match[1]}"
        yield Finding(
            span,
            f"“{word}”后面接时间，应为“截至”",
            f"before a time it is “截至”, not “{word}”",
            Severity.INFO if match[1] else None if match["date"] else Severity.WARNING,
            fix=Fix.replace(span, "截至", safe=not match[1] and match["date"] is not None),
        )
    for place, match in places(document).matches(_UNTIL, ("截至",)):
        span = place.text.span(*match.span())
        yield Finding(
            span,
            "“截至”后面不接“时间”“日期”，应为“截止”",
            "before 时间 or 日期 it is “截止”, not “截至”",
            Severity.WARNING,
            fix=Fix.replace(span, "截止"),
        )
