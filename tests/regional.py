"""Short reports in the forms of several regions, as lists of pieces that can be left out one by one.

Titles and wordings are written here, not read from the forms, so that the forms are tested against something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

DIGITS = "一二三四五六七八九十"


def chinese(number: int) -> str:
    """A number below 20 in Chinese characters."""
    return DIGITS[number - 1] if number <= 10 else "十" + DIGITS[number - 11]


@dataclass(frozen=True)
class Part:
    """A heading with its text: ``statements`` are pieces of its paragraphs by key, ``tables`` the captions under it, ``grid`` a table without caption."""

    title: str
    statements: Mapping[str, str] | None = None
    parts: tuple[Part, ...] = ()
    tables: tuple[str, ...] = ()
    grid: str = ""
    required: bool = True


@dataclass(frozen=True)
class Regional:
    """A report: the form that it is in, its kind and title, how its levels are numbered, its parts."""

    region: str
    kind: str
    title: str
    levels: tuple[str, ...]
    parts: tuple[Part, ...]
    unnumbered: int = 0

    def text(self, without: str = "") -> str:
        """The report in Markdown without the part, section, table or statement of that name."""
        return (
            "\n\n".join(block for block in (f"# {self.title}", *self._blocks(self.parts, 0, without)) if block) + "\n"
        )

    def _blocks(self, parts: Sequence[Part], depth: int, without: str) -> Iterator[str]:
        index = 0
        for part in parts:
            if part.title == without:
                continue
            index += 1
            number = "" if depth < self.unnumbered else self.levels[depth].format(n=index, c=chinese(index))
            yield "#" * (depth + 2) + f" {number}{part.title}"
            said = part.statements or {}
            left = "".join(words for key, words in said.items() if f"{part.title}/{key}" != without)
            yield left or ("有关情况经核对公布。" if said else "")
            yield part.grid if f"{part.title}/表" != without else ""
            for caption in part.tables:
                if caption != without:
                    yield f"{'#' * (depth + 3)} {caption}"
                    yield "单位：万元\n\n| 科目编码 | 科目名称 | 合计 |\n| --- | --- | --- |\n| 207 | 文化支出 | 12.30 |"
            yield from self._blocks(part.parts, depth + 1, without)

    def pieces(self) -> list[str]:
        """The names of all that can be left out: parts, tables, statements (those whose key has no ``?``)."""
        found: list[str] = []

        def enter(parts: Sequence[Part]) -> None:
            for part in parts:
                if part.required:
                    found.append(part.title)
                found.extend(part.tables)
                if part.grid:
                    found.append(f"{part.title}/表")
                found.extend(f"{part.title}/{key}" for key in part.statements or {} if not key.endswith("?"))
                enter(part.parts)

        enter(self.parts)
        return found


PARTS = ("第{c}部分 ", "{c}、", "（{c}）", "{n}.")
FLAT = ("{c}、", "（{c}）", "{n}.", "（{n}）")

TOTAL = {
    "total": "2023年度收、支总计512.30万元。",
    "change": "与2022年度相比，收、支总计各增加12.30万元，增长2.46%，",
    "reason": "主要原因是业务量增加。",
}
TOTAL_ALIKE = {
    "total": "本单位2023年收入总计512.30万元、支出总计512.30万元。",
    "change": "收、支同比各增长2.46%，",
    "reason": "主要是新增了馆藏数字化工作。",
}
INCOME = {"lead?": "2023年度各项收入合计512.30万元，", "kinds": "其中财政拨款收入500.00万元，占97.60%。"}
SPENDING = {
    "lead?": "2023年度各项支出合计512.30万元。",
    "basic": "基本支出400.00万元，占78.08%；",
    "projects": "项目支出112.30万元，占21.92%。",
}
FISCAL = {
    "total": "2023年度财政拨款收、支总计500.00万元。",
    "change": "与2022年度相比，各增加10.00万元，",
    "reason?": "主要原因是人员增加。",
}
GENERAL = {
    "amount?": "2023年度一般公共预算财政拨款支出500.00万元，占本年支出合计的97.60%。",
    "shares?": "主要用于文化旅游体育与传媒支出（类）500.00万元，占100.00%。",
    "budget": "年初预算为520.00万元，",
    "actual?": "支出决算为500.00万元，决算数小于预算数的主要原因是厉行节约。",
}
BASIC = {
    "lead?": "2023年度一般公共预算财政拨款基本支出400.00万元。",
    "staff": "人员经费360.00万元，包括基本工资；",
    "running": "公用经费40.00万元，包括办公费。",
}
OFFICIAL = {
    "lead?": "2023年度“三公”经费预算为12.00万元，支出决算为10.00万元，完成预算的83.33%，比上年减少0.50万元，主要原因是厉行节约。",
    "travel?": "因公出国（境）费支出3.00万元，",
    "groups": "全年安排因公出国（境）团组1个，",
    "travellers": "累计2人次。",
    "cars?": "公务用车购置及运行维护费支出6.00万元。",
    "bought": "公务用车购置支出3.00万元，购置公务用车1辆。",
    "kept": "公务用车运行维护支出3.00万元，年末公务用车保有量2辆。",
    "guests?": "公务接待费支出1.00万元，",
    "receptions": "国内公务接待10批次",
    "people": "、80人次。",
}
OFFICIAL_ALIKE = {
    "lead?": "2023年，“三公”经费财政拨款支出预算12万元，支出决算10万元，较上年下降4.76%。",
    "travel?": "（一）因公出国（境）经费支出3万元。",
    "groups": "组织出国团组1次，",
    "travellers": "出国2人。",
    "bought": "（二）公务用车购置费3万元，更新车辆1辆。",
    "kept": "公务用车运行费3万元，单位公务用车保有2辆。",
    "receptions": "（三）公务接待费1万元，共接待10批次，",
    "people": "接待80人次。",
}
FUND = {"none": "本单位2023年度没有政府性基金预算财政拨款收入和支出。"}
CAPITAL = {"none": "本单位2023年度没有国有资本经营预算财政拨款支出。"}
OPERATION = {
    "amount": "2023年度机关运行经费支出40.00万元，",
    "change": "比2022年度减少1.20万元，下降2.91%，",
    "reason?": "主要原因是节约用电。",
}
PROCUREMENT = {
    "total": "2023年度政府采购支出总额60.00万元，其中：",
    "goods": "政府采购货物支出20.00万元、",
    "works": "政府采购工程支出10.00万元、",
    "services": "政府采购服务支出30.00万元。",
    "small": "授予中小企业合同金额50.00万元，占83.33%，其中：授予小微企业合同金额40.00万元。",
}
PROCUREMENT_SHANGHAI = {
    "total": "2023年度政府采购金额（以合同签订为准）为60.00万元，其中：",
    "goods": "货物采购金额20.00万元、",
    "works": "工程采购金额10.00万元、",
    "services": "服务采购金额30.00万元。",
    "small": "面向中小企业预留政府采购项目预算金额50.00万元。",
}
ASSETS = {
    "vehicles": "截至2023年12月31日，本单位共有车辆2辆，",
    "use": "其中：应急保障用车1辆、其他用车1辆；",
    "equipment": "单价100万元（含）以上设备（不含车辆）0台（套）。",
}
PERFORMANCE = {
    "projects": "本单位对2023年度项目支出开展绩效自评，涉及项目3个，资金112.30万元，",
    "share": "占项目支出总额的100.00%。",
}
PERFORMANCE_PLAIN = {"projects": "本单位对2023年度项目支出开展绩效自评，涉及项目3个，资金112.30万元。"}
GLOSSARY = {
    "basic?": "基本支出：指为保障机构运转发生的支出。",
    "official": "“三公”经费：指因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "operation": "机关运行经费：指日常公用经费支出。",
}
DUTIES = {"lead?": "组织群众文化活动，办好青禾讲坛。"}
UNITS = {"lead?": "本单位设三个部室。"}
TASKS = {"lead?": "建成开放社区书屋12处。"}

NINE = (
    "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表", "财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)  # fmt: skip


def named(**titles: str) -> tuple[str, ...]:
    """The nine tables, some of them by another name (``t7="…"``)."""
    return tuple(titles.get(f"t{index}", name) for index, name in enumerate(NINE, 1))


def explanations(alike: bool = False) -> list[Part]:
    """The sections on the tables, from 收入支出决算总体情况 to 国有资本经营预算."""
    return [
        Part("收入支出决算总体情况说明", TOTAL_ALIKE if alike else TOTAL),
        Part("收入决算情况说明", INCOME),
        Part("支出决算情况说明", SPENDING),
        Part("财政拨款收入支出决算总体情况说明", FISCAL),
        Part("一般公共预算财政拨款支出决算情况说明", GENERAL),
        Part("一般公共预算财政拨款基本支出决算情况说明", BASIC),
        Part("财政拨款“三公”经费支出决算情况说明", OFFICIAL_ALIKE if alike else OFFICIAL),
        Part("政府性基金预算财政拨款收入支出决算情况说明", FUND),
        Part("国有资本经营预算财政拨款支出决算情况说明", CAPITAL),
    ]


def overview(title: str, duties: str, units: str) -> Part:
    """The part on the department."""
    return Part(title, None, (Part(duties, DUTIES), Part(units, UNITS)))


def final(region: str, place: str, parts: Sequence[Part], levels: tuple[str, ...] = PARTS) -> Regional:
    """Final accounts of 2023."""
    return Regional(region, "final-accounts", f"2023年度{place}青禾区文化馆部门决算", levels, tuple(parts))


OTHERS = [
    Part("机关运行经费支出情况说明", OPERATION),
    Part("政府采购支出情况说明", PROCUREMENT),
    Part("国有资产占用情况说明", ASSETS),
    Part("预算绩效情况说明", PERFORMANCE),
]

FINAL = (
    final("", "云川市", [
        overview("部门概况", "主要职责", "机构设置及决算单位构成"),
        Part("2023年度部门决算表", tables=NINE),
        Part("2023年度部门决算情况说明", None, (*explanations(), *OTHERS)),
        Part("名词解释", GLOSSARY),
    ]),
    final("湖北", "武汉市", [
        overview("武汉市青禾区文化馆概况", "部门主要职能", "部门决算单位构成"),
        Part("2023年度部门决算表", tables=named(t7="一般公共预算财政拨款“三公”经费支出决算表")),
        Part("2023年度部门决算情况说明", None, (*explanations(), *OTHERS)),
        Part("2023年重点工作完成情况", TASKS),
        Part("名词解释", GLOSSARY),
    ]),
    final("上海", "上海市", [
        overview("概况", "主要职能", "部门决算单位构成"),
        Part("2023年度部门决算表", tables=named(t9="国有资本经营预算财政拨款收入支出决算表")),
        Part("2023年度部门决算情况说明", None, (
            *explanations(),
            Part("预算绩效管理情况", PERFORMANCE_PLAIN),
            Part("其他重要事项的情况说明", None, (
                Part("机关运行经费支出情况", OPERATION),
                Part("政府采购支出情况", PROCUREMENT_SHANGHAI),
                Part("国有资产占有使用情况说明", ASSETS),
            ), required=False),
        )),
        Part("名词解释", GLOSSARY),
    ]),
    final("江苏", "江苏省云川市", [
        overview("部门概况", "部门主要职能", "部门机构设置及决算单位构成情况"),
        Part("2023年度部门决算表", tables=named(t7="财政拨款“三公”经费、会议费和培训费支出决算表")),
        Part("2023年度部门决算情况说明", None, (
            *explanations(alike=True), *OTHERS[:3], Part("预算绩效评价工作开展情况", PERFORMANCE_PLAIN)
        )),
        Part("名词解释", GLOSSARY),
    ]),
    final("广东", "广东省云川市", [
        overview("部门概况", "部门主要职责", "机构设置"),
        Part("2023年度部门决算表", tables=NINE),
        Part("2023年度部门决算情况说明", None, (
            *explanations(), Part("其他重要事项的情况说明", None, tuple(OTHERS), required=False)
        )),
        Part("名词解释", GLOSSARY),
    ]),
    final("四川", "四川省云川市", [
        overview("单位概况", "主要职责", "机构设置"),
        Part("2023年度单位决算情况说明", None, (
            *explanations(alike=True),
            Part("其他重要事项的情况说明", None, tuple(OTHERS[:3]), required=False),
            Part("预算绩效管理情况", PERFORMANCE),
        )),
        Part("名词解释", GLOSSARY),
        Part("附表", tables=(
            "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "财政拨款支出决算明细表",
            "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出决算明细表",
            "一般公共预算财政拨款基本支出决算明细表", "一般公共预算财政拨款项目支出决算表",
            "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表",
            "财政拨款“三公”经费支出决算表",
        ), required=False),
    ]),
    final("重庆", "重庆市", [
        overview("部门基本情况", "职能职责。", "机构设置。"),
        Part("部门决算情况说明", None, (
            Part("收入支出决算总体情况说明", None, (
                Part("总体情况。", TOTAL), Part("收入情况。", INCOME), Part("支出情况。", SPENDING)
            )),
            *explanations()[3:6], *explanations()[7:],
        )),
        Part("“三公”经费情况说明", OFFICIAL_ALIKE),
        Part("其他需要说明的事项", None, tuple(OTHERS[:3]), required=False),
        Part("预算绩效管理情况说明", PERFORMANCE),
        Part("专业名词解释", GLOSSARY),
        Part("决算公开联系方式及信息反馈渠道", {"lead?": "本单位决算公开反馈电话：0100-1234567。"}),
        Part("部门决算公开表", tables=NINE, required=False),
    ], FLAT),
    final("云南", "云南省云川市", [
        overview("部门概况", "主要职能", "部门基本情况"),
        Part("2023年度部门决算表", tables=(
            *NINE[:6], "一般公共预算财政拨款项目支出决算表", *NINE[7:], "一般公共预算财政拨款“三公”经费情况表",
            "财政拨款“三公”经费、行政参公单位机关运行经费情况表", "国有资产使用情况表", "项目支出绩效自评表",
        )),
        Part("2023年度部门决算情况说明", None, (
            Part("收入决算情况说明", INCOME), Part("支出决算情况说明", SPENDING),

            Part("一般公共预算财政拨款支出决算情况说明", GENERAL),

            Part("财政拨款“三公”经费支出决算情况说明", OFFICIAL),
        )),
        Part("其他重要事项及相关口径情况说明", None, (
            Part("机关运行经费支出情况", OPERATION), Part("国有资产占用情况", ASSETS),
            Part("政府采购支出情况", PROCUREMENT), Part("部门绩效自评情况", PERFORMANCE_PLAIN),
        )),
        Part("名词解释", GLOSSARY),
    ]),
    final("北京", "北京市", [
        Part("2023年度部门决算报表", tables=(
            *NINE[:6], "政府性基金预算财政拨款收入支出决算表", "政府性基金预算财政拨款基本支出决算表", NINE[8],
            "财政拨款“三公”经费支出决算表", "政府采购情况表", "政府购买服务决算公开情况表",
        )),
        Part("2023年度部门决算说明", None, tuple(explanations())),
        Part("2023年度其他重要事项的情况说明", None, tuple(OTHERS[:3])),
        Part("2023年度部门绩效评价情况", PERFORMANCE_PLAIN),
    ]),
    final("安徽", "安徽省云川市", [
        overview("部门概况", "部门主要职责", "机构设置"),
        Part("2023年度部门决算表", tables=(*NINE[:6], *NINE[7:])),
        Part("2023年度部门决算情况说明", None, (*explanations()[:6], *explanations()[7:], *OTHERS)),
        Part("名词解释", GLOSSARY),
    ]),
    final("浙江", "浙江省云川市", [
        overview("概况", "部门职责", "机构设置"),
        Part("2023年度部门决算公开表", tables=NINE),
        Part("2023年度部门决算情况说明", None, (*explanations(alike=True), *OTHERS)),
        Part("名词解释", GLOSSARY),
    ], FLAT),
)  # fmt: skip

# --- Budgets --------------------------------------------------------------------------------------------------------

MONEY = {
    "amount": "2024年收支总预算532.80万元，",
    "change": "比2023年预算增加12.00万元，",
    "reason?": "主要原因是人员增加。",
}
B_INCOME = {"lead?": "2024年收入预算合计532.80万元，", "kinds": "其中：一般公共预算收入500.00万元，占93.84%。"}
B_SPENDING = {
    "lead?": "2024年支出预算合计532.80万元。",
    "basic": "基本支出400.00万元；",
    "projects": "项目支出132.80万元。",
}
B_FISCAL = {"amount": "2024年财政拨款收、支总预算500.00万元，与上年相比增加10.00万元。"}
B_GENERAL = {"amount": "2024年一般公共预算财政拨款支出预算500.00万元。"}
B_BASIC = {
    "lead?": "2024年一般公共预算基本支出400.00万元。",
    "staff": "人员经费360.00万元；",
    "running": "公用经费40.00万元。",
}
B_OFFICIAL = {
    "total": "2024年“三公”经费预算5.00万元，",
    "change": "比2023年预算减少0.20万元。",
    "travel": "因公出国（境）费0万元；",
    "cars": "公务用车购置及运行费4.00万元；",
    "receptions": "公务接待费1.00万元。",
}
B_FUND = {"none": "本部门没有安排政府性基金预算支出。"}
B_OPERATION = {"amount": "2024年机关运行经费预算40.00万元。"}
B_PROCUREMENT = {
    "total": "2024年政府采购预算60.00万元，其中：",
    "goods": "货物20.00万元、",
    "works": "工程10.00万元、",
    "services": "服务30.00万元。",
}
B_ASSETS = {"vehicles": "截至2023年8月31日，共有车辆2辆；", "equipment": "单价100万元（含）以上设备0台（套）。"}
B_PERFORMANCE = {"targets": "编报绩效目标的项目3个，涉及预算资金132.80万元。"}
B_GLOSSARY = {
    "basic?": "基本支出预算：指为保障机构运转编制的支出计划。",
    **{key: words for key, words in GLOSSARY.items() if key != "basic?"},
}
B_NINE = (
    "部门收支总表", "部门收入总表", "部门支出总表", "财政拨款收支总表", "一般公共预算支出表", "一般公共预算基本支出表",
    "一般公共预算“三公”经费支出表", "政府性基金预算支出表", "国有资本经营预算支出表",
)  # fmt: skip
B_OTHERS = (
    Part("“三公”经费预算情况说明", B_OFFICIAL),
    Part("机关运行经费预算", B_OPERATION),
    Part("政府采购预算情况", B_PROCUREMENT),
    Part("绩效目标设置情况", B_PERFORMANCE),
    Part("国有资产占有使用情况", B_ASSETS),
)

BUDGETS = (
    Regional("", "budget", "2024年云川市青禾区文化馆部门预算", PARTS, (
        overview("部门概况", "主要职能", "机构设置"),
        Part("2024年部门预算表", tables=B_NINE),
        Part("2024年部门预算情况说明", MONEY),
        Part("其他重要事项的情况说明", None, B_OTHERS),
        Part("名词解释", B_GLOSSARY),
    )),
    Regional("上海", "budget", "上海市青禾区文化馆2024年部门预算", FLAT, (
        Part("部门主要职能", DUTIES),
        Part("部门机构设置", UNITS),
        Part("名词解释", B_GLOSSARY),
        Part("2024年部门预算编制说明", MONEY),
        Part("2024年部门预算表", tables=(
            "2024年部门财务收支预算总表", "2024年部门收入预算总表", "2024年部门支出预算总表",
            "2024年部门财政拨款收支预算总表", "2024年部门一般公共预算支出功能分类预算表",
            "2024年部门政府性基金预算支出功能分类预算表", "2024年部门国有资本经营预算支出功能分类预算表",
            "2024年部门一般公共预算基本支出部门预算经济分类预算表", "2024年部门“三公”经费和机关运行经费预算表",
        )),
        Part("其他相关情况说明", None, B_OTHERS),
    )),
    Regional("江苏", "budget", "2024年度江苏省云川市文化馆部门预算公开", PARTS, (
        overview("部门概况", "主要职能", "部门机构设置及预算单位构成情况"),
        Part("2024年度部门预算表", tables=B_NINE),
        Part("2024年度部门预算情况说明", None, (
            Part("收支预算总体情况说明", MONEY),
            Part("收入预算情况说明", B_INCOME),
            Part("支出预算情况说明", B_SPENDING),
            Part("财政拨款收支预算总体情况说明", B_FISCAL),
            Part("一般公共预算支出预算情况说明", B_GENERAL),
            Part("一般公共预算基本支出预算情况说明", B_BASIC),
            Part("一般公共预算“三公”经费、会议费、培训费支出预算情况说明", B_OFFICIAL),
            Part("政府性基金预算支出预算情况说明", B_FUND),
            Part("一般公共预算机关运行经费支出预算情况说明", B_OPERATION),
            Part("政府采购支出预算情况说明", B_PROCUREMENT),
            Part("国有资产占用情况", B_ASSETS),
            Part("预算绩效目标设置情况说明", B_PERFORMANCE),
        )),
        Part("名词解释", B_GLOSSARY),
    )),
)  # fmt: skip

G1 = "| 信息内容 | 本年处理决定数量 |\n| --- | --- |\n| 行政许可 | 0 |\n| 行政处罚 | 0 |\n| 行政强制 | 0 |"
G2 = "| 申请人情况 | 自然人 | 科研机构 | 法律服务机构 | 总计 |\n| --- | --- | --- | --- | --- |\n| 一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 5 |"
G3 = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n| --- | --- | --- | --- | --- |\n| 0 | 0 | 0 | 0 | 0 |"

ANNUAL = (
    Regional("", "annual-report", "云川市青禾区文化馆2024年政府信息公开工作年度报告", FLAT, (
        Part("总体情况", None, (
            Part("主动公开", {"lead?": "2024年发布信息36条。"}),
            Part("依申请公开", {"count": "2024年办理答复5件。"}),
            Part("政府信息管理", {"lead?": "做好发布前的核对。"}),
            Part("政府信息公开平台建设", {"lead?": "改版了发布页面。"}),
            Part("监督保障", {"lead?": "每季度检查一次。"}),
        )),
        Part("主动公开政府信息情况", grid=G1),
        Part("收到和处理政府信息公开申请情况", grid=G2),
        Part("政府信息公开行政复议、行政诉讼情况", grid=G3),
        Part("存在的主要问题及改进情况", {"problems": "存在解读形式单一的问题。", "improvements": "今后将丰富形式。"}),
        Part("其他需要报告的事项", {"fees": "2024年未收取信息处理费。"}),
    )),
)  # fmt: skip

REPORTS = (*FINAL, *BUDGETS, *ANNUAL)
