"""发文字号写法

A document number has wrong brackets, a short year, 第, or a zero before its number.

## 说明
发文字号写作“云政发〔2023〕5号”：年份用六角括号，写全四位；序号前不加“第”，不补0。括号和“第”、虚位 `--unsafe` 可以改正。
“令第711号”“（2023）云01民初5号”（案号用圆括号）、“公告2023年第5号”是另外的形式，不报告。

## 依据
GB/T 9704—2012《党政机关公文格式》7.2.5。

## 反例
```markdown
依据《云川市文化馆管理办法》（云政发⟦[2021]05号⟧）、云财⟦（2022）12号⟧文件执行。
```
改为
```markdown
依据《云川市文化馆管理办法》（云政发〔2021〕5号）、云财〔2022〕12号文件执行。
```

```markdown
根据云财预⟦〔2022〕第12号⟧和云财预⟦〔21〕3号⟧文件。
```
改为
```markdown
根据云财预〔2022〕12号和云财预〔21〕3号文件。
```

## 正例
```markdown
依据云政发〔2021〕5号、国务院令第711号、财政部公告2023年第5号执行。
```

```markdown
依据（2023）云01民初5号判决书、[2021]年度报告、图书（2021）5号书架。
```

```markdown
详见附件[1]第2号、表（2023）5号。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Fix, Severity, rule
from govlint_text._running import all_running

_NUMBER = (
    r"(?<=[发字函办文财预综规教建库社资行农评监税审党委组人编府政通采])"
    r"([〔\[［【（(])\s?((?:19|20)?\d{2})\s?([〕\]］】）)])\s?(第\s?)?(\d{1,5})\s?号"
)


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report document numbers that do not have the form of one."""
    for passage, match in all_running(document).matches(_NUMBER, r"[〕\]］】）)]\s?(?:第\s?)?\d{1,5}\s?号"):
        opened, year, closed, word, number = match.groups()
        wrong = []
        if (opened, closed) != ("〔", "〕"):
            wrong.append(f"年份应用六角括号“〔{year}〕”")
        if len(year) == 2:
            wrong.append("年份应写全四位")
        if word:
            wrong.append("序号前不加“第”")
        if number[0] == "0":
            wrong.append("序号不补0")
        if not wrong:
            continue
        span = passage.span(*match.span())
        right = f"〔{year}〕{number.lstrip('0')}号"
        only_number = (opened, closed) == ("〔", "〕") and len(year) == 4
        yield Finding(
            span,
            f"发文字号“{match[0]}”：{'，'.join(wrong)}",
            f"a document number has the form “{right}”",
            Severity.INFO if only_number else None,
            fix=Fix.replace(span, right) if right != match[0] else None,
        )
