"""模板残留

Something of the template was left in: placeholders, choices not made, instructions, empty reasons.

## 说明
报告套用模板填写后，模板的占位符、说明文字或未选择的选项没有清理。每一类残留合并为一条，其余位置列为相关位置：

- 占位符：“XX局”“×××万元”“20XX年”“。。。”“{单位}”“（待填）”；
- 未选择的选项：“增加（减少）12.00万元”；数额为零的（“增加（减少）0万元”）只作提示；
- 填写说明：“（如持平作持平表述）”“列明公务接待2批次”“作下述说明：”“各单位应根据实际情况增减”；
- 没有填写的内容：“主要原因是。”“支出为万元”“增长%”“占基本支出%”“    年  月  日”；
- “支出收入”加金额，多半是模板改写时漏删了两个字。

文字处理软件的域代码由 `text/garbled-text` 检查。

## 依据
《党政机关公文处理工作条例》第十九条；部门决算、预算公开的内容应当完整、真实。

## 反例
```markdown
⟦XX⟧局2023年度支出总计XXX万元，比上年⟦增加（减少）⟧20.00万元。
```

```markdown
支出增加12.00万元，⟦主要原因是。⟧比上年⟦增长（下降）⟧0.00%。
```

```markdown
国内公务接待支出0.39万元，⟦列明⟧公务接待2批次、26人次。⟦（如持平作持平表述）⟧
```

```markdown
⟦{单位名称}⟧2023年度支出⟦为万元⟧，其中项目支出5.00万元，占总支出%，政府性基金预算⟦支出收入⟧5.00万元。
```

```markdown
| 序号 | 单位名称 |
|---|---|
| 1 | 云川市青禾区⟦××⟧中心 |
| 2 | ⟦。。。⟧ |
| 3 | ⟦（待补充）⟧ |
```

```markdown
⟦以下为常见名词⟧，各单位可结合本单位情况进行解释和增减。
```

```markdown
⟦部门应根据实际情况进行解释和增减⟧。
```

```markdown
⟦对本部门（单位）及所属单位构成进行详细说明⟧。如：从单位构成看，本部门包括3家单位。
```

## 正例
```markdown
机房面积50×80米，通过X光机安检，联系电话139****1234，采购XXL号工装20套，得分占比以%计，占总支出 25%。
```

```markdown
| 项目 | 增加（减少） |
|---|---|
| 专用设备 | 12.00 |
```

```markdown
各项经费在预算中列明，并按《政府收支分类科目》填写。金额单位为万元，增加12.00万元，主要原因是：
1.人员增加。
2.项目增加。
```

```markdown kind=annual-report
各部门应根据实际情况调整预算，增减事项按程序报批；各单位可结合工作需要增减岗位。

答复政府信息公开申请80件（含上年结转8件，另有7件申请按照《条例》顺延到下年度答复），会议对本单位工作情况进行说明，共3次。

申请人可登录平台，（请按要求填写申请表）提交申请；办理时限长是投诉的主要原因。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from govlint import Document, Finding, Near, Severity, rule
from govlint_text._findings import together
from govlint_text._texts import Place, places


class _Kind(Struct, frozen=True, eq=False):
    """A kind of leftover: what to say of it, how grave it is, where it is looked for, and what it looks like.

    ``near``: a pattern of a part of what it looks like, or words of which one stands in it.
    """

    message: str
    english: str
    severity: Severity
    everywhere: bool
    near: Near
    pattern: str


_UP = "增加|增长|上升|提高|提升|上涨|高于|大于|多于|超过"
_DOWN = "减少|下降|降低|低于|小于|少于|下浮|节约"
_CHOICE = rf"(?:(?:{_UP})\s?(?:[（(/／]\s?或?(?:{_DOWN})\s?[）)]?)|(?:{_DOWN})\s?(?:[（(/／]\s?或?(?:{_UP})\s?[）)]?))"
_SLASHED = r"[加长升高涨于多过少降低小浮约][ \t]?[（(/／]\s?或?[增上提高大多超减下降低小少节]"
_ZERO = r"0(?:\.0{1,4})?(?![\d.])"
_X = "XxＸｘ×╳"
_UNIT = r"年|月|日|万|元|[%％]|个|辆|台|人|批|次|分|项|家|件"
_BEHIND_PLACEHOLDER = rf"{_UNIT}|[（(）)，。；：、,.“”《》]|$|市|区|县|镇|乡|街道|局|委|办|部|厅|院|中心|单位|公司|学校|研究所|机构|名称|情况|工作|收入|支出|经费|制度|类|款"
_END = r"[。；;]"

_KINDS = (
    _Kind(
        "占位符“{}”没有填写",
        "the placeholder “{}” was not filled in",
        Severity.ERROR,
        True,
        tuple(f"{_X}_＿"),
        (
            rf"(?<![A-Za-z0-9*])(?:20)?[{_X}]{{2,40}}(?=\s?(?:{_BEHIND_PLACEHOLDER}))"
            rf"|(?<![A-Za-z0-9.])[XＸ×](?=\s?(?:年|月|日|万元|[%％]|辆|人次|批次))|20[_＿]{{2,4}}(?=年)|[_＿]{{2,40}}(?=\s?(?:{_UNIT}))"
        ),
    ),
    _Kind(
        "“{}”像是没有填写的占位符",
        "“{}” looks like a placeholder that was not filled in",
        Severity.WARNING,
        True,
        tuple(_X),
        rf"(?<![A-Za-z0-9*])(?:20)?[{_X}]{{2,40}}(?!\s?(?:{_BEHIND_PLACEHOLDER})|[A-Za-z0-9*{_X}])",
    ),
    _Kind(
        "“{}”是模板中的占位符",
        "“{}” is a placeholder of a template",
        Severity.ERROR,
        True,
        tuple("{｛【[<〈＜"),
        (
            r"\$?\{{1,2}\s?(?=[^{}]{0,28}[A-Za-z\u4e00-\u9fff]{2})[\w\u4e00-\u9fff.（）-]{1,30}\s?\}{1,2}|｛[^｛｝]{1,30}｝"
            r"|[【\[<〈＜]\s?(?:(?:本?单位|本?部门|机构|公司|项目)(?:全称|名称|简称)|年份|金额|数额)\s?[】\]>〉＞]"
        ),
    ),
    _Kind(
        "“{}”是模板中省略的内容",
        "“{}” stands for what a template leaves out",
        Severity.WARNING,
        True,
        ("。。。",),
        r"^。{3,20}$",
    ),
    _Kind(
        "“{}”的内容没有填写",
        "“{}” is still to be filled in",
        Severity.WARNING,
        True,
        ("待", "暂缺"),
        r"[（(【\[]\s?(?:此处)?(?:待|暂缺)(?:填写?|补充?|定|核实?|完善|确认|更新|提供)?(?:数据|内容)?\s?[）)】\]]",
    ),
    _Kind(
        "“{}”没有选择其一",
        "“{}”: neither was chosen",
        Severity.ERROR,
        False,
        _SLASHED,
        rf"{_CHOICE}(?=\s?(?:了|[到至]|[数额率]为?|幅度?为?)?\s?(?!{_ZERO})[\d{_X}])",
    ),
    _Kind(
        "“{}”没有选择其一；数额为零的，可写“与上年持平”",
        "“{}”: neither was chosen; where it is zero, say that nothing changed",
        Severity.INFO,
        False,
        _SLASHED,
        rf"{_CHOICE}(?=\s?(?:了|[到至]|[数额率]为?|幅度?为?)?\s?{_ZERO})",
    ),
    _Kind(
        "“{}”没有选择其一",
        "“{}”: neither was chosen",
        Severity.WARNING,
        False,
        _SLASHED,
        rf"{_CHOICE}(?=(?:年初)?(?:预算|决算|上年)数?的?(?:主要)?原因)",
    ),
    _Kind(
        "“{}”是模板中的填写说明，应删去",
        "“{}” is an instruction of the template",
        Severity.WARNING,
        False,
        (
            *("列明", "写明", "简述", "下述说明", "以下说明", "如下说明", "按上述格式", "说明变动原因", "填写"),
            *("以下为常见", "增减", "详细说明。", "进行说明。"),
        ),
        (
            r"对本(?:部门|单位)(?:（[^（）]{1,4}）)?[^，。；]{2,30}进行(?:详细)?说明(?=。)|以下为常见(?:的)?(?:专业性?)?名词(?:解释)?(?=[，。；：])|各?(?:部门|单位)[应可需须](?:根据|结合)[^，。；]{2,24}增减(?=[，。；])|"
            r"(?<![^，,。；;：:\s])(?:列明|写明|简述)(?=[^，。；：]{0,20}?(?:数量|批次|人次|情况|原因|金额|\d))|作(?:下述|以下|如下)说明(?=[：:])"
            r"|按上述格式依次说明|(?:不用|不必|无需|无须)说明变动原因|(?<![^。；\s])由[^，。；]{2,40}填写(?=。)"
        ),
    ),
    _Kind(
        "“{}”没有写出内容",
        "“{}”: nothing follows",
        Severity.ERROR,
        False,
        rf"[是为于括：:]\s?[：:]?\s?{_END}",
        rf"(?:主要)?原因(?:[是为]\s?[：:]?|[：:])\s?{_END}|主要(?:用于|由于)[：:]?\s?{_END}|主要[是为][：:]?\s?{_END}|内容包括[：:]?\s?{_END}",
    ),
    _Kind(
        "“{}”中没有填写数字",
        "“{}” lacks its number",
        Severity.ERROR,
        False,
        r"[为加少计长降的]\s{0,3}[万%％]|占[^，。；、\d%％XxＸ×]{1,17}[%％]",
        (
            r"(?:(?<![位均额以])为|(?<=[入出费，,])(?:增加|减少|共计))\s{0,3}万元(?=[，。；、,;）)]|$)|(?:增长|下降|(?<=预算)的|(?<=决算)的|(?<=总额)的|(?<=合计)的|占[^，。；、\d%％XxＸ×]{1,16}[^，。；、\d%％XxＸ×\s比])\s{0,3}[%％](?=[，。；、,;）)]|$)"
        ),
    ),
    _Kind(
        "日期没有填写",
        "the date was not filled in",
        Severity.WARNING,
        False,
        r"年\s{0,20}月\s{0,20}日",
        r"(?:^|(?<=\n))(?:20\d{0,2})?\s{0,20}年\s{0,20}月\s{0,20}日(?=\n|$)",
    ),
    _Kind(
        "“{}”连用，多半应为“支出”",
        "“{}”: probably “支出” is meant",
        Severity.WARNING,
        False,
        ("支出收入",),
        r"支出收入(?=\s?(?:为|合计|总计)?\s?\d)",
    ),
    _Kind(
        "“{}”是制作文件时的提示文字",
        "“{}” is a prompt of the word processor",
        Severity.ERROR,
        True,
        ("击", "按", "L"),
        r"(?:单击|点击|点按|单击或点击)(?:或点击|或点按)?此处(?:输入|添加|编辑)[^\W\d_A-Za-z]{0,8}|(?i:Lorem ipsum)",
    ),
    _Kind(
        "“{}”：发布的报告不应是模板",
        "“{}”: what is published should be no template",
        Severity.WARNING,
        False,
        ("模板", "范本", "样本", "样式", "样表", "填写说明", "填报说明", "填表说明"),
        r"(?:公开|参考|报告)(?:模板|范本|样本|样式|样表)(?=[）)]?$)|^(?:填写|填报|填表)说明(?=[：:]?$)",
    ),
)
_IN_CELLS = re.compile(r"[A-Za-zＸｘ×╳✕{｛【\[<〈＜_＿误击按]|。。|[（(].{0,40}[）)]|.{20}")
_BRACKETS = r"[（(【\[]([^（）()【】\[\]]{2,160})[）)】\]]"
_INSTRUCTION = (
    r"(?:请|需|应|须|由|按|此处|据实|根据|可|逐项|选择)[^，。；]{0,24}填[写列报]|(?<![申邀提聘报])请(?:根据|按|列出?|注明|说明|补充|删除|选择|自行)|自行(?:添加|增减)"
    r"|本部分(?:内容)?(?:为“|为：|可?删除|可?不填)|[如若]无[^。；]{0,20}(?:删除|请|填[写列0零]|作[^。；]{0,6}表述|(?:需|应|须)(?:说明|注明))|[可应]删除|可增减"
    r"|作[^，。；]{1,6}表述|二选一|[任择]一?选一?填|不列举|[需应](?:列明|写明|简述)"
)
_OF_INSTRUCTIONS = (
    *(
        "填写",
        "填列",
        "填报",
        "请根据",
        "请按",
        "请列",
        "请注明",
        "请说明",
        "请补充",
        "请选择",
        "自行",
        "删除",
        "增减",
        "本部分",
    ),
    *("不填", "如无", "若无", "表述", "选一", "选填", "不列举", "列明", "写明", "简述", "名称）", "名称)"),
)
_NAME_OF = r"[（(](?:制度|单位|部门|项目|机构)名称[）)]"
_APPLICATION = r"申请[人表]|登录"
_OF_BRACKETS = _Kind(
    "“{}”是模板中的填写说明，应删去",
    "“{}” is an instruction of the template",
    Severity.WARNING,
    True,
    _OF_INSTRUCTIONS,
    _BRACKETS,
)


@rule(severity=Severity.WARNING)
def check(document: Document) -> Iterator[Finding]:
    """Report each kind of leftover once, with all its places."""
    texts = places(document).by_words()
    for kind in (*_KINDS, _OF_BRACKETS):
        found = [
            (place, *match.span())
            for place, match in texts.matches(kind.pattern, kind.near)
            if _is_left(kind, place, match)
        ]
        if found:
            yield _finding(kind, found)


def _finding(kind: _Kind, found: list[tuple[Place, int, int]]) -> Finding:
    place, begin, end = found[0]
    written = place.raw[begin:end] if end - begin <= 30 else f"{place.raw[begin : begin + 29]}…"
    spans = [place.span(begin, end) for place, begin, end in found]
    return together(spans, kind.message.format(written), kind.english.format(written), severity=kind.severity)


def _is_left(kind: _Kind, place: Place, match: re.Match[str]) -> bool:
    if place.role == "cell" and not ((kind.everywhere or len(place.raw) > 20) and _IN_CELLS.search(place.raw)):
        return False
    return kind is not _OF_BRACKETS or _instructs(match)


def _instructs(match: re.Match[str]) -> bool:
    """Whether brackets tell whoever fills in the template what to do."""
    if re.fullmatch(_NAME_OF, match[0]):
        return True
    return re.search(_INSTRUCTION, match[1]) is not None and not re.search(_APPLICATION, match[1])
