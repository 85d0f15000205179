"""概数写法

An approximate number says twice that it is one, or has an enumeration comma inside.

## 说明
- “约”“近”“超过”与“余”“多”“左右”“上下”不并用：“约50余人”应为“约50人”或“50余人”，“近20人左右”也是如此；
- 相邻的两个数字连用表示概数时不加顿号：“三四个项目”，不写“三、四个项目”，`--unsafe` 时删去顿号。

都是 info，每一种全篇合为一条。缩略的序数（“第一、二季度”“三、四年级”“五、六楼”）要用顿号，不报告；“节约50余万元”“附近20多户”“预约30余人次”
中的“约”“近”是别的词。

## 依据
GB/T 15835—2011《出版物上数字用法》4.2.2、5.2.1；GB/T 15834—2011《标点符号用法》4.5.3.4。

## 反例
```markdown
培训骨干⟦约50余⟧人，观众近3000多人次，用时大约20天左右。
```

```markdown
活动涉及⟦三、四⟧个社区，每次约二三十人。
```
改为
```markdown
活动涉及三四个社区，每次约二三十人。
```

```markdown
服务读者⟦近20人左右⟧。
```

## 正例
```markdown
培训骨干约50人，观众3000多人次，用时20天左右，涉及三四个社区。
```

```markdown
节约50余万元，附近20多户受益，预约30余人次，特约10多名专家，最近10余年，约谈5人左右，近10余年来。
```

```markdown
第一、二季度，三、四年级，五、六楼，一、二、三等奖，二、三名，超过3年的项目2个左右。
```

```markdown
三、四个项目的绩效情况

二、三年规划的执行情况
```
"""

from __future__ import annotations

from collections.abc import Iterator

from govlint import Document, Finding, Severity, rule
from govlint_text._findings import together
from govlint_text._texts import PROSE, search

_ABOUT = r"(?:约(?<![公节条签预契特制合邀婉失履依违誓相简隐]约)|近(?<![附临最邻靠毗接远亲相逼切]近)|超过)"
_NUMBER = r"\s?\d[\d,.]*\s?[万亿]?\s?"
_TWICE = rf"{_ABOUT}{_NUMBER}(?:[多余](?!\s?[年月天])|[元人个天年名户次家件项台辆场条份亩]?(?:次|米|公里|小时|分钟)?(?:左右|上下(?!级)))"
_NEXT_TO_EACH_OTHER = ("一、二", "二、三", "三、四", "四、五", "五、六", "六、七", "七、八", "八、九")
_LISTED = (
    r"(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)(?<=[一-鿿，。；：].、.)(?<![第初周年月级期一二三四五六七八九十、].、.)"
    r"(?=个(?!方面|部分|季度|阶段|批次)|天|位|岁|十[个天人年]|百[个人]|千[个人]|家|次|户)"
)


@rule(severity=Severity.INFO)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind in one finding."""
    twice = list(search(document, _TWICE, PROSE, r"[约近过]\s?\d"))
    if twice:
        yield together(
            [place.text.span(*match.span()) for place, match in twice],
            f"“{twice[0][1][0]}”：两个表示概数的词重复，应去其一",
            f"“{twice[0][1][0]}”: two words for about, one is enough",
        )
    listed = list(search(document, _LISTED, PROSE, _NEXT_TO_EACH_OTHER))
    if listed:
        yield together(
            [place.text.span(*match.span()) for place, match in listed],
            f"“{listed[0][1][0]}”：相邻数字连用表示概数，中间不用顿号",
            f"“{listed[0][1][0]}”: no enumeration comma inside an approximate number",
            put=[match[0].replace("、", "") for _, match in listed],
        )
