"""The explanations of budgets (预算编制说明), as Shanghai and as Jiangsu write them."""

from __future__ import annotations

from decimal import Decimal

from tests.generator import subjects
from tests.generator.marks import Part, Parts
from tests.generator.model import FISCAL, ZERO, Line, Spent, Sums
from tests.generator.outline import Item, Para, Topic, topic
from tests.generator.voice import (
    FORGIVING,
    HALF,
    LAST,
    UNCHECKED,
    Voice,
    listed,
    official_items,
    percent,
    wan,
)

SUMMED = Decimal("0.03")
"""The slack of a number that only a sum bears on."""
CARS = "公务用车购置及运行费"


def _versus(voice: Voice, name: str, key: str, current: Decimal, previous: Decimal, slack: Decimal) -> Parts:
    """比上年预算增加… or 持平."""
    if not wan(current - previous):
        return voice.say(f"{name}_flat")
    verb = voice.verb(key, current, previous, determined=False, slack=slack)
    return voice.say(name, verb=verb, delta=voice.delta(key, current, previous, determined=False, slack=slack))


def _budgets(voice: Voice) -> dict[str, tuple[Decimal, Decimal]]:
    """This and last year's budget, of 财政拨款 and of each fund."""
    department = voice.department
    books: dict[str, Sums] = {"fiscal": department.fiscal}
    books |= {source: department.by_source[source] for source in FISCAL}
    return {key: (book[""]["spending"], book[""]["budget"]) for key, book in books.items()}


def overview(voice: Voice) -> tuple[Para, ...]:
    """Shanghai: income and expenditure in total, and the items of 财政拨款 follow."""
    department = voice.department
    budgets = _budgets(voice)
    versus = {
        f"{key}_versus": _versus(voice, "versus", f"B5/{key}", current, previous, SUMMED)
        for key, (current, previous) in budgets.items()
    }
    keys = {
        "fiscal": "B2/all/fiscal",
        "general": "B5/all/spending",
        "fund": "B6/all/spending",
        "capital": "B7/all/spending",
    }
    amounts = {key: voice.amount(budgets[key][0], table, stated=True) for key, table in keys.items()}
    income = {
        source: voice.amount(book[""]["income"], f"B2/all/{source}", stated=True)
        for source, book in (("service", department.by_source["service"]), ("other", department.by_source["other"]))
    }
    current, previous = budgets["fiscal"]
    paragraphs = [
        voice.say(
            "income",
            income=voice.amount(department.all[""]["income"], "B2/all/income", stated=True),
            business=voice.amount(ZERO, "B2/all/business", stated=True),
            fiscal=amounts["fiscal"],
            fiscal_versus=versus["fiscal_versus"],
            **income,
        ),
        voice.say(
            "spending",
            spending=voice.amount(department.all[""]["spending"], "B3/all/spending", stated=True),
            **amounts,
            **versus,
        ),
    ]
    if wan(current - previous):
        paragraphs.append(
            voice.say(
                "spending_reason",
                verb=voice.verb("B5/fiscal/reason", current, previous),
                reason=voice.reason(current, previous),
            )
        )
    paragraphs.append(voice.say("items_lead"))
    return tuple(Para(parts) for parts in paragraphs)


def items(voice: Voice) -> tuple[Item, ...]:
    """Shanghai: each 项 against what was spent last year."""
    return tuple(Item(_item(voice, line)) for line in voice.department.lines if line.source in FISCAL)


def _item(voice: Voice, line: Line) -> Parts:
    table = {"general": "B5", "fund": "B6", "capital": "B7"}[line.source]
    key = f"{table}/{line.code}/spending"
    current, previous = line.spending, line.previous
    values: dict[str, Part | Parts] = {
        "path": voice.path(line.code),
        "amount": voice.amount(current, key, stated=True),
        "use": voice.use(line.code),
    }
    if not previous:
        return voice.say("item_new", previous=voice.amount(ZERO, f"{key}/previous", slack=UNCHECKED), **values)
    growth = abs(percent(current - previous, previous))
    slack = (LAST + HALF) / 100 * previous * previous / current / 10000 + LAST
    return voice.say(
        "item",
        previous=voice.amount(previous, f"{key}/previous", slack=slack),
        verb=voice.verb(key, current, previous),
        rate=voice.percentage(
            growth, "growth", f"{key}/growth", voice.ratio_slack(current, previous, 100), determined=False
        ),
        reason=voice.reason(current, previous),
        **values,
    )


def official(voice: Voice, title: str) -> Topic:
    """Shanghai: “三公”经费."""
    expenses = voice.department.official

    def versus(key: str, spent: Spent) -> Parts:
        return _versus(voice, "versus", f"B9/{key}", spent.actual, spent.previous, SUMMED)

    blocks = []
    for key, name, spent in official_items(expenses, cars=CARS):
        values: dict[str, Parts | str] = {
            "name": name,
            "amount": voice.amount(spent.actual, f"B9/{key}/budget", stated=True),
            "versus": versus(key, spent),
        }
        if key == "cars":
            for part, detail in (("purchase", expenses.purchase), ("running", expenses.running)):
                values[part] = voice.amount(detail.actual, f"B9/{part}/budget", stated=True)
                values[f"{part}_versus"] = versus(part, detail)
            blocks.append(Item(voice.say("official_cars", **values)))
        elif wan(spent.actual - spent.previous):
            reason = voice.official_reason(spent.actual, spent.previous)
            blocks.append(Item(voice.say("official_item", reason=reason, **values)))
        else:
            blocks.append(Item(voice.say("official_item_flat", **values)))
    total = voice.amount(expenses.total.actual, "B9/total/budget", stated=True)
    lead = Para(voice.say("official", total=total, versus=versus("total", expenses.total)))
    return topic(title, lead, *blocks)


def operation(voice: Voice, title: str) -> Topic:
    """Shanghai: 机关运行经费."""
    amount = voice.department.operation[0]
    if not amount:
        return topic(title, Para(voice.say("operation_none")))
    return topic(title, Para(voice.say("operation", amount=voice.amount(amount, "B9/operation/budget", stated=True))))


def procurement(voice: Voice, title: str, name: str = "procurement") -> Topic:
    """政府采购."""
    bought = voice.department.procurement
    amounts = {
        key: voice.amount(value, f"procurement/{key}", slack=SUMMED)
        for key, value in (
            ("total", bought.total),
            ("goods", bought.goods),
            ("works", bought.works),
            ("services", bought.services),
        )
    }
    small = {
        key: voice.amount(value, f"procurement/{key}", slack=UNCHECKED)
        for key, value in (("small", bought.small), ("micro", bought.micro))
    }
    return topic(title, Para(voice.say(name, **amounts, **small)))


def performance(voice: Voice, title: str, name: str = "performance") -> Topic:
    """绩效目标."""
    department = voice.department
    amount = department.general[""]["project"]
    sentence = voice.say(
        name,
        count=voice.count(len(department.projects), "个", "performance/count"),
        amount=voice.amount(amount, "B5/all/project", stated=True, determined=False),
        share=voice.share("performance", amount, amount),
    )
    return topic(title, Para(sentence))


def jiangsu_overall(voice: Voice, title: str) -> Topic:
    """收支预算总体情况."""
    total, previous = voice.department.all[""]["spending"], voice.department.all[""]["budget"]
    key = "B1/total/income"
    amount = voice.amount(total, key, stated=True)
    reason = voice.reason(total, previous)
    return topic(title, Para(voice.compared("js_total", key, total, previous, total=amount, reason=reason)))


def jiangsu_income(voice: Voice, title: str) -> Topic:
    """收入预算情况."""
    department = voice.department
    total = department.all[""]["income"]
    kinds = (
        ("fiscal", "财政拨款收入", department.fiscal),
        ("service", "事业收入", department.by_source["service"]),
        ("other", "其他收入", department.by_source["other"]),
    )
    parts = (
        voice.say(
            "js_income_item",
            name=name,
            amount=voice.amount(book[""]["income"], f"B2/all/{key}", stated=True),
            share=voice.share(f"B2/all/{key}", book[""]["income"], total),
        )
        for key, name, book in kinds
        if book[""]["income"]
    )
    amount = voice.amount(total, "B2/all/income", stated=True)
    return topic(title, Para(voice.say("js_income", income=amount, list=listed(parts))))


def jiangsu_spending(voice: Voice, title: str) -> Topic:
    """支出预算情况."""
    book = voice.department.all[""]
    amounts = {key: voice.amount(book[key], f"B3/all/{key}", stated=True) for key in ("spending", "basic", "project")}
    shares = {f"{key}_share": voice.share(f"B3/all/{key}", book[key], book["spending"]) for key in ("basic", "project")}
    return topic(title, Para(voice.say("js_spending", **amounts, **shares)))


def jiangsu_fiscal(voice: Voice, title: str) -> Topic:
    """财政拨款收支预算总体情况."""
    total, previous = voice.department.fiscal[""]["spending"], voice.department.fiscal[""]["budget"]
    key = "B4/total/income"
    amount = voice.amount(total, key, stated=True)
    reason = voice.reason(total, previous)
    return topic(title, Para(voice.compared("js_fiscal", key, total, previous, total=amount, reason=reason)))


def jiangsu_general(voice: Voice, title: str) -> Topic:
    """一般公共预算支出预算情况, item by item."""
    department = voice.department
    book = department.general[""]
    key = "B5/all/spending"
    lead = voice.compared(
        "js_general",
        key,
        book["spending"],
        book["budget"],
        amount=voice.amount(book["spending"], key, stated=True),
        reason=voice.reason(book["spending"], book["budget"]),
    )
    lines = (line for line in department.lines if line.source == "general")
    return topic(title, Para(lead), *(Item(_jiangsu_item(voice, line)) for line in lines))


def _jiangsu_item(voice: Voice, line: Line) -> Parts:
    key = f"B5/{line.code}/spending"
    return voice.compared(
        "js_item",
        key,
        line.spending,
        line.budget,
        path=voice.path(line.code),
        amount=voice.amount(line.spending, key, stated=True),
        reason=voice.reason(line.spending, line.budget),
    )


def jiangsu_basic(voice: Voice, title: str) -> Topic:
    """一般公共预算基本支出预算情况."""
    department = voice.department

    def names(personnel: bool) -> str:
        codes = (code for code in subjects.ECONOMIC if len(code) == 5 and code in department.economic)
        return "、".join(subjects.ECONOMIC[c] for c in codes if (c[:3] in subjects.PERSONNEL) == personnel)

    sentence = voice.say(
        "js_basic",
        basic=voice.amount(department.general[""]["basic"], "B8/all/spending", stated=True),
        personnel=voice.amount(department.personnel, "B8/all/personnel", stated=True),
        running=voice.amount(department.running, "B8/all/running", stated=True),
        people=names(True),
        things=names(False),
    )
    return topic(title, Para(sentence))


def jiangsu_official(voice: Voice, title: str) -> Topic:
    """“三公”经费、会议费、培训费."""
    department = voice.department
    expenses = department.official

    def versus(key: str, spent: Spent, slack: Decimal) -> Parts:
        return _versus(voice, "js_versus", f"B9/{key}", spent.actual, spent.previous, slack)

    lead = voice.say(
        "js_official",
        total=voice.amount(expenses.total.actual, "B9/total/budget", stated=True),
        versus=versus("total", expenses.total, SUMMED),
        **{
            key: voice.amount(spent.actual, f"B9/{key}/budget", stated=True)
            for key, _, spent in official_items(expenses)
        },
    )
    kinds = (
        *official_items(expenses, cars=CARS),
        ("meetings", "会议费", department.meetings),
        ("training", "培训费", department.training),
    )
    blocks = []
    for key, name, spent in kinds:
        amount = voice.amount(spent.actual, f"B9/{key}/budget", stated=True)
        if not wan(spent.actual - spent.previous):
            blocks.append(Item(voice.say("js_official_item_flat", name=name, amount=amount)))
            continue
        change = versus(key, spent, UNCHECKED if key in ("meetings", "training") else SUMMED)
        reason = voice.official_reason(spent.actual, spent.previous)
        blocks.append(Item(voice.say("js_official_item", name=name, amount=amount, versus=change, reason=reason)))
    return topic(title, Para(lead), *blocks)


def _jiangsu_fund(voice: Voice, title: str, source: str, name: str, table: str) -> Topic:
    book = voice.department.by_source[source][""]  # type: ignore[index]
    if not book["spending"]:
        return topic(title, Para(voice.say(f"{name}_none")))
    key = f"{table}/all/spending"
    amount = voice.amount(book["spending"], key, stated=True)
    reason = voice.reason(book["spending"], book["budget"])
    return topic(title, Para(voice.compared(name, key, book["spending"], book["budget"], amount=amount, reason=reason)))


def jiangsu_fund(voice: Voice, title: str) -> Topic:
    """政府性基金预算支出预算情况."""
    return _jiangsu_fund(voice, title, "fund", "js_fund", "B6")


def jiangsu_capital(voice: Voice, title: str) -> Topic:
    """国有资本经营预算支出预算情况."""
    return _jiangsu_fund(voice, title, "capital", "js_capital", "B7")


def jiangsu_operation(voice: Voice, title: str) -> Topic:
    """机关运行经费."""
    amount, previous = voice.department.operation
    if not amount:
        return topic(title, Para(voice.say("js_operation_none")))
    slack = (LAST + HALF) / 100 * (previous * previous / abs(amount - previous)) / 10000 + LAST
    shown = voice.amount(amount, "operation", slack=max(slack, FORGIVING))
    reason = voice.operation_reason(amount, previous)
    return topic(
        title, Para(voice.compared("js_operation", "operation", amount, previous, amount=shown, reason=reason))
    )
