"""The explanations (情况说明) of final accounts, section by section, and the other parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from tests.generator import subjects
from tests.generator.final_tables import INCOMES, income_of
from tests.generator.grids import Grid, row
from tests.generator.marks import Mark, Part, Parts, fill
from tests.generator.model import FISCAL, ZERO, Line, Spent
from tests.generator.outline import Item, Para, Table, Topic, topic
from tests.generator.voice import FORGIVING, HALF, LAST, UNCHECKED, Voice, listed, official_items, wan
from tests.generator.wording import GLOSSARY


def duties(voice: Voice, title: str) -> Topic:
    """主要职责."""
    lead = Para(voice.say("duties_lead"))
    items = (Item(fill(duty, level=voice.department.place.level)) for duty in voice.department.profile.duties)
    return topic(title, lead, *items)


def composition(voice: Voice, title: str) -> Topic:
    """机构设置 or 决算单位构成."""
    count, offices = voice.offices()
    return topic(title, Para(voice.say("units", count=count, offices=offices)))


def staff(voice: Voice, title: str) -> Topic:
    """人员构成."""
    people = voice.department.staff
    return topic(
        title,
        Para(
            voice.say(
                "staff",
                total=voice.count(people.administrative + people.institution, "人", "staff", checked=True),
                administrative=voice.count(people.administrative, "人", "staff/administrative", checked=True),
                institution=voice.count(people.institution, "人", "staff/institution", checked=True),
                retired=voice.count(people.retired, "人", "staff/retired"),
            )
        ),
    )


def overall(voice: Voice, title: str) -> Topic:
    """收入支出决算总体情况."""
    everything = voice.department.all[""]
    total = everything["income"] + everything["used"] + everything["opening"]
    previous = everything["previous_income"]
    return topic(
        title,
        Para(
            voice.compared(
                "overall",
                "T1/total/income",
                total,
                previous,
                total=voice.amount(total, "T1/total/income", stated=True),
                reason=voice.reason(total, previous),
            )
        ),
    )


def income(voice: Voice, title: str) -> Topic:
    """收入决算情况."""
    department = voice.department
    everything = department.all[""]
    total = everything["income"]
    kinds = [("fiscal", "财政拨款收入", department.fiscal[""]["income"])]
    kinds += [(source, name, income_of(department, source)) for source, name in INCOMES if source not in FISCAL]
    items = (
        voice.say(
            "income_item",
            name=name,
            amount=voice.amount(value, f"T2/all/{key}", stated=True),
            share=voice.share(f"T2/all/{key}", value, total),
        )
        for key, name, value in kinds
        if value
    )
    return topic(
        title,
        Para(
            voice.compared(
                "income",
                "T2/all/income",
                total,
                everything["previous_income"],
                income=voice.amount(total, "T2/all/income", stated=True),
                list=listed(items),
                reason=voice.reason(total, everything["previous_income"]),
                used=voice.amount(everything["used"], "T1/used/income", stated=True),
                opening=voice.amount(everything["opening"], "T1/opening/income", stated=True),
            )
        ),
    )


def spending(voice: Voice, title: str) -> Topic:
    """支出决算情况."""
    everything = voice.department.all[""]
    total = everything["spending"]
    kinds = (("basic", "基本支出"), ("project", "项目支出"), ("operating", "经营支出"))
    items = (
        voice.say(
            "spending_item",
            name=name,
            amount=voice.amount(everything[key], f"T3/all/{key}", stated=True),
            share=voice.share(f"T3/all/{key}", everything[key], total),
        )
        for key, name in kinds
        if everything[key]
    )
    return topic(
        title,
        Para(
            voice.compared(
                "spending",
                "T3/all/spending",
                total,
                everything["previous"],
                spending=voice.amount(total, "T3/all/spending", stated=True),
                list=listed(items),
                reason=voice.reason(total, everything["previous"]),
                allocated=voice.amount(everything["allocated"], "T1/allocated/spending", stated=True),
            )
        ),
    )


def carried(voice: Voice, title: str) -> Topic:
    """结转结余情况."""
    closing, previous = voice.department.all[""]["closing"], voice.department.all[""]["opening"]
    return topic(
        title,
        Para(
            voice.compared(
                "carried",
                "T1/closing/spending",
                closing,
                previous,
                closing=voice.amount(closing, "T1/closing/spending", stated=True),
                reason="部分项目尚未完成" if closing > previous else "结转项目在本年度完成支付",
            )
        ),
    )


def fiscal_overall(voice: Voice, title: str) -> Topic:
    """财政拨款收入支出决算总体情况."""
    fiscal = voice.department.fiscal[""]
    total, previous = fiscal["income"] + fiscal["opening"], fiscal["previous_income"]
    key = "T4/total/income"
    return topic(
        title,
        Para(
            voice.compared(
                "fiscal_overall",
                key,
                total,
                previous,
                total=voice.amount(total, key, stated=True),
                reason=voice.reason(total, previous),
            )
        ),
    )


def general(voice: Voice, title: str) -> Topic:
    """一般公共预算财政拨款支出决算情况: in total, by 类, by 项."""
    what = "一般公共预算财政拨款支出决算"
    subtopics = (_general_overall, _structure, _detail)
    names = (f"{what}总体情况", f"{what}结构情况", f"{what}具体情况")
    topics = tuple(make(voice, name) for make, name in zip(subtopics, names, strict=True))
    return topic(title, topics=topics)


def _general_overall(voice: Voice, title: str) -> Topic:
    book = voice.department.general[""]
    key = "T5/all/spending"
    return topic(
        title,
        Para(
            voice.compared(
                "general_overall",
                key,
                book["spending"],
                book["previous"],
                amount=voice.amount(book["spending"], key, stated=True),
                share=voice.share(key, book["spending"], voice.department.all[""]["spending"]),
                reason=voice.reason(book["spending"], book["previous"]),
            )
        ),
    )


def _structure(voice: Voice, title: str) -> Topic:
    book = voice.department.general
    total = book[""]["spending"]
    items = (
        voice.say(
            "structure_item",
            name=subjects.name_of(code),
            amount=voice.amount(book[code]["spending"], f"T5/{code}/spending", stated=True),
            share=voice.share(f"T5/{code}/spending", book[code]["spending"], total),
        )
        for code in sorted(book)
        if len(code) == 3
    )
    amount = voice.amount(total, "T5/all/spending", stated=True)
    return topic(title, Para(voice.say("structure", amount=amount, list=listed(items))))


def _budget(voice: Voice, key: str, budget: Decimal, actual: Decimal, count: int) -> Parts:
    """年初预算, which only its rate and the sum of all bear on."""
    by_sum = HALF * (count + 2)
    by_rate = (LAST + HALF) * budget / 10000 / max(actual / budget * 100, LAST) + LAST if budget and actual else by_sum
    return voice.amount(budget, f"{key}/budget", determined=True, slack=max(min(by_sum, by_rate), FORGIVING))


def _item(voice: Voice, line: Line, count: int) -> Parts:
    key = f"T5/{line.code}/spending"
    budget, actual = line.budget, line.spending
    values: dict[str, Parts | str | Mark] = {
        "path": voice.path(line.code),
        "budget": _budget(voice, key, budget, actual, count),
        "actual": voice.amount(actual, key, stated=True),
        "use": voice.use(line.code),
    }
    if budget:
        values["rate"] = voice.rate(key, actual, budget)
    if wan(budget) == wan(actual):
        return voice.say("item_equal", **values)
    values["side"] = voice.side(key, actual, budget)
    if not budget:
        return voice.say("item_unbudgeted", **values)
    return voice.say("item", reason=voice.budget_reason(line), **values)


def _detail(voice: Voice, title: str) -> Topic:
    department = voice.department
    book = department.general[""]
    lines = [line for line in department.lines if line.source == "general"]
    key = "T5/all/spending"
    if voice.has("detail_project"):
        projects = listed(
            voice.say(
                "detail_project",
                name=project.undertaking.name,
                amount=voice.amount(project.actual, f"T5/{project.code}/project", stated=True, determined=False),
                effect=project.undertaking.effects[0],
            )
            for project in department.projects
        )
    else:
        projects = ()
    lead = voice.say(
        "detail",
        budget=_budget(voice, key, book["budget"], book["spending"], len(lines)),
        actual=voice.amount(book["spending"], key, stated=True),
        rate=voice.rate(key, book["spending"], book["budget"]),
        basic=voice.amount(book["basic"], "T5/all/basic", stated=True),
        project=voice.amount(book["project"], "T5/all/project", stated=True),
        projects=projects,
    )
    return topic(title, Para(lead), *(Item(_item(voice, line, len(lines))) for line in lines))


def basic(voice: Voice, title: str) -> Topic:
    """一般公共预算财政拨款基本支出决算情况."""
    department = voice.department

    def names(personnel: bool) -> str:
        codes = (code for code in subjects.ECONOMIC if len(code) == 5 and code in department.economic)
        return "、".join(subjects.ECONOMIC[c] for c in codes if (c[:3] in subjects.PERSONNEL) == personnel)

    return topic(
        title,
        Para(
            voice.say(
                "basic",
                basic=voice.amount(department.general[""]["basic"], "T5/all/basic", stated=True),
                personnel=voice.amount(department.personnel, "T6/personnel/first", stated=True),
                running=voice.amount(department.running, "T6/running/last", stated=True),
                people=names(True),
                things=names(False),
            )
        ),
    )


def official(voice: Voice, title: str) -> Topic:
    """“三公”经费支出决算情况."""
    expenses = voice.department.official
    total = expenses.total
    if not total.budget:
        return topic(title, Para(voice.say("official_none")))
    overall_topic = topic(
        "“三公”经费财政拨款支出决算总体情况",
        Para(
            voice.say(
                "official",
                budget=voice.amount(total.budget, "T7/total/budget", stated=True),
                actual=voice.amount(total.actual, "T7/total/actual", stated=True),
                rate=voice.rate("T7/total", total.actual, total.budget),
                side=voice.side("T7/total", total.actual, total.budget),
                reason=voice.official_reason(total.actual, total.budget),
                list=listed(_official_item(voice, *item) for item in official_items(expenses)),
            )
        ),
        Para(
            voice.compared(
                "official_year",
                "T7/total/actual",
                total.actual,
                total.previous,
                determined=True,
                list=listed(_official_year(voice, *item) for item in official_items(expenses)),
            )
        ),
    )
    items = [
        Item(
            voice.say(
                "abroad",
                amount=voice.amount(expenses.abroad.actual, "T7/abroad/actual", stated=True),
                groups=voice.count(expenses.groups, "个", "official/groups"),
                travellers=voice.count(expenses.travellers, "人次", "official/travellers"),
            )
        ),
        Item(
            voice.say(
                "cars",
                amount=voice.amount(expenses.cars.actual, "T7/cars/actual", stated=True),
                purchase=voice.amount(expenses.purchase.actual, "T7/purchase/actual", stated=True),
                running=voice.amount(expenses.running.actual, "T7/running/actual", stated=True),
                bought=voice.count(expenses.bought, "辆", "official/bought"),
                kept=voice.count(expenses.kept, "辆", "official/kept"),
            )
        ),
        Item(
            voice.say(
                "reception",
                amount=voice.amount(expenses.reception.actual, "T7/reception/actual", stated=True),
                batches=voice.count(expenses.receptions, "批次", "official/receptions"),
                guests=voice.count(expenses.guests, "人次", "official/guests"),
                foreign=voice.amount(ZERO, "official/foreign", slack=UNCHECKED),
            )
        ),
    ]
    lead: tuple[Para, ...] = ()
    if total.actual:
        structure = (
            voice.say(
                "official_structure_item",
                name=name,
                amount=voice.amount(spent.actual, f"T7/{key}/actual", stated=True),
                share=voice.share(f"T7/{key}/actual", spent.actual, total.actual),
            )
            for key, name, spent in official_items(expenses)
        )
        amount = voice.amount(total.actual, "T7/total/actual", stated=True)
        lead = (Para(voice.say("official_structure", actual=amount, list=listed(structure))),)
    return topic(title, topics=(overall_topic, topic("“三公”经费财政拨款支出决算具体情况", *lead, *items)))


def _official_item(voice: Voice, key: str, name: str, spent: Spent) -> Parts:
    budget, actual = spent.budget, spent.actual
    values: dict[str, Parts | str | Mark] = {
        "name": name,
        "actual": voice.amount(actual, f"T7/{key}/actual", stated=True),
        "budget": voice.amount(budget, f"T7/{key}/budget", stated=True),
    }
    if budget:
        return voice.say("official_item", rate=voice.rate(f"T7/{key}", actual, budget), **values)
    return voice.say("official_item_unbudgeted", **values)


def _official_year(voice: Voice, key: str, name: str, spent: Spent) -> Parts:
    actual, previous = spent.actual, spent.previous
    reason = voice.official_reason(actual, previous)
    return voice.compared(
        "official_year_item", f"T7/{key}/actual", actual, previous, determined=True, name=name, reason=reason
    )


def _other_items(voice: Voice, source: str, table: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            voice.say(
                "other_item",
                path=voice.path(line.code),
                budget=voice.amount(line.budget, f"{table}/{line.code}/budget", slack=UNCHECKED),
                actual=voice.amount(line.spending, f"{table}/{line.code}/spending", stated=True),
                use=voice.use(line.code),
            )
        )
        for line in voice.department.lines
        if line.source == source
    )


def fund(voice: Voice, title: str) -> Topic:
    """政府性基金预算财政拨款收入支出决算情况."""
    book = voice.department.by_source["fund"][""]
    if not book["spending"]:
        return topic(title, Para(voice.say("fund_none")))
    amounts = {
        field: voice.amount(book[field], f"T8/all/{field}", stated=True)
        for field in ("opening", "income", "spending", "closing")
    }
    return topic(title, Para(voice.say("fund", **amounts)), *_other_items(voice, "fund", "T8"))


def capital(voice: Voice, title: str) -> Topic:
    """国有资本经营预算财政拨款支出决算情况."""
    book = voice.department.by_source["capital"][""]
    if not book["spending"]:
        return topic(title, Para(voice.say("capital_none")))
    amounts = {
        "spending": voice.amount(book["spending"], "T9/all/spending", stated=True),
        "income": voice.amount(book["income"], "T4/capital/income", stated=True),
    }
    return topic(title, Para(voice.say("capital", **amounts)), *_other_items(voice, "capital", "T9"))


def operation(voice: Voice, title: str) -> Topic:
    """机关运行经费支出情况."""
    amount, previous = voice.department.operation
    if not amount:
        return topic(title, Para(voice.say("operation_none")))
    slack = (LAST + HALF) / 100 * (previous * previous / abs(amount - previous)) / 10000 + LAST
    return topic(
        title,
        Para(
            voice.compared(
                "operation",
                "operation",
                amount,
                previous,
                amount=voice.amount(amount, "operation", slack=slack),
                reason=voice.operation_reason(amount, previous),
            )
        ),
    )


def procurement(voice: Voice, title: str) -> Topic:
    """政府采购支出情况."""
    bought = voice.department.procurement
    shares = "授予中小企业" in "".join(voice.sentences["procurement"])

    def of_total(value: Decimal, key: str) -> Parts:
        slack = (LAST + HALF) / 100 * bought.total / 10000 + LAST if shares else UNCHECKED
        return voice.amount(value, key, slack=slack)

    return topic(
        title,
        Para(
            voice.say(
                "procurement",
                total=voice.amount(bought.total, "procurement/total", determined=shares, slack=Decimal("0.03")),
                goods=voice.amount(bought.goods, "procurement/goods", slack=Decimal("0.03")),
                works=voice.amount(bought.works, "procurement/works", slack=Decimal("0.03")),
                services=voice.amount(bought.services, "procurement/services", slack=Decimal("0.03")),
                small=of_total(bought.small, "procurement/small"),
                micro=of_total(bought.micro, "procurement/micro"),
                small_share=voice.share("procurement/small", bought.small, bought.total, determined=False),
                micro_share=voice.share("procurement/micro", bought.micro, bought.total, determined=False),
            )
        ),
    )


def assets(voice: Voice, title: str) -> Topic:
    """国有资产占用情况."""
    department = voice.department
    return topic(
        title,
        Para(
            voice.say(
                "assets",
                total=voice.count(sum(department.vehicles), "辆", "vehicles", checked=True),
                list=voice.vehicles(),
                equipment=voice.count(department.equipment, "台（套）", "equipment"),
            )
        ),
    )


def performance(voice: Voice, title: str) -> Topic:
    """预算绩效情况, with a paragraph on each project."""
    department = voice.department
    projects = department.projects
    amount = sum((project.actual for project in projects), ZERO)
    planned = sum((project.budget for project in projects), ZERO)
    excellent = voice.rng.randint(1, len(projects))
    values: dict[str, Part | Parts] = {
        "count": voice.count(len(projects), "个", "performance/count"),
        "amount": voice.amount(amount, "T5/all/project", stated=True, determined=False),
        "planned": voice.amount(planned, "performance/planned", slack=UNCHECKED),
        "share": voice.share("performance", amount, department.general[""]["project"]),
        "score": str(voice.rng.randint(900, 980) / Decimal(10)),
        "excellent": voice.count(excellent, "个", "performance/excellent"),
        "good": voice.count(len(projects) - excellent, "个", "performance/good"),
        "passed": voice.count(0, "个", "performance/passed"),
        "failed": voice.count(0, "个", "performance/failed"),
    }
    lead = Para(voice.say("performance", **values))
    if "编报绩效目标" in "".join(voice.sentences["performance"]):
        return topic(title, lead)
    items = []
    for project in projects:
        key = f"project/{project.code}"
        slack = (LAST + HALF) * project.budget / 10000 / (project.actual / project.budget * 100) + LAST
        items.append(
            Item(
                voice.say(
                    "project",
                    name=project.undertaking.name,
                    budget=voice.amount(project.budget, f"{key}/budget", slack=slack),
                    actual=voice.amount(project.actual, f"{key}/actual", slack=slack),
                    rate=voice.rate(key, project.actual, project.budget, determined=False),
                    first=project.undertaking.effects[0],
                    second=project.undertaking.effects[1],
                    problem=project.undertaking.problem,
                    remedy=project.undertaking.remedy,
                )
            )
        )
    return topic(
        title,
        topics=(
            topic("预算绩效管理工作开展情况", lead),
            topic("项目绩效自评结果", *items),
            topic("绩效自评结果应用情况", Para(voice.say("results"))),
        ),
    )


def tasks(voice: Voice, title: str) -> Topic:
    """重点工作完成情况: a topic on each, and a table that is not of numbers."""
    chosen = voice.department.profile.tasks
    topics = [
        topic(f"{name}工作", Para(voice.say("task", name=name, effect=effect)), listed=False) for name, effect in chosen
    ]
    rows = [row("序号", "重要事项", "工作内容及目标", "完成情况")]
    rows += [row(str(n), name, effect, "完成") for n, (name, effect) in enumerate(chosen, 1)]
    table = Table(Grid(tuple(rows), 1, 4), "tasks")
    topics[-1] = replace(topics[-1], blocks=(*topics[-1].blocks, table))
    return topic(title, topics=tuple(topics))


def glossary(voice: Voice, title: str, *, running: str = "运行维护费") -> Topic:
    """名词解释: the terms, and the 项 that the report uses."""
    department = voice.department
    items = [
        Item(((f"{term}：" + text + "。").format(level=department.place.level, running=running),))
        for term, text in GLOSSARY
    ]
    codes = sorted({line.code for line in department.lines})
    explained = (
        (*voice.path(code), f"：{subjects.EXPLANATIONS.get(code, f'反映用于{subjects.name_of(code)}方面的支出')}。")
        for code in codes
    )
    items += [Item(parts) for parts in explained]
    return topic(title, *items)


def contact(voice: Voice, title: str) -> Topic:
    """决算公开联系方式."""
    return topic(title, Para(voice.say("contact", phone=f"{voice.rng.randint(10000000, 99999999)}")))


Section = Callable[[Voice, str], Topic]
SECTIONS: Mapping[str, Section] = {
    "overall": overall,
    "income": income,
    "spending": spending,
    "carried": carried,
    "fiscal": fiscal_overall,
    "general": general,
    "basic": basic,
    "official": official,
    "fund": fund,
    "capital": capital,
    "operation": operation,
    "procurement": procurement,
    "assets": assets,
    "performance": performance,
}


def sections(voice: Voice, titles: tuple[tuple[str, str], ...]) -> tuple[Topic, ...]:
    """The sections named, each under its title."""
    return tuple(SECTIONS[name](voice, title) for name, title in titles)
