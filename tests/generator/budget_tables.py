"""The nine tables of a budget (预算表), as Shanghai and as Jiangsu print them."""

from __future__ import annotations

from decimal import Decimal

from tests.generator import subjects
from tests.generator.grids import EMPTY, Form, Grid, Row, Sheet, Statement, cell, chinese, of, row, sides, subject_table
from tests.generator.marks import Role
from tests.generator.model import FISCAL, ZERO, Department, Spent, economic_sum

ALLOCATED = ("一般公共预算资金", "政府性基金", "国有资本经营预算")


def _classes(department: Department) -> list[tuple[str, str]]:
    return [(code, subjects.name_of(code)) for code in sorted(department.all) if len(code) == 3]


def total_table(department: Department, form: Form, name: str) -> Statement:
    """收支总表."""
    sheet = Sheet("B1", form)
    book = department.by_source
    total = department.all[""]["spending"]

    def income(label: str, key: str, value: Decimal, role: Role) -> Row:
        return (cell(label), sheet.number(key, "income", value, role))

    left = [income("一、财政拨款收入", "fiscal", department.fiscal[""]["income"], "subtotal")]
    left += [
        income(f"{n}.{label}", source, book[source][""]["income"], "leaf")
        for n, (source, label) in enumerate(zip(FISCAL, ALLOCATED, strict=True), 1)
    ]
    left += [
        income("二、事业收入", "service", book["service"][""]["income"], "leaf"),
        income("三、事业单位经营收入", "business", ZERO, "leaf"),
        income("四、其他收入", "other", book["other"][""]["income"], "leaf"),
    ]
    right = [
        (
            cell(f"{chinese(n)}、{label}"),
            sheet.number(code, "spending", department.all[code]["spending"], "subtotal"),
        )
        for n, (code, label) in enumerate(_classes(department), 1)
    ]
    rows = sides(left, right, 2, 2)
    rows.append((EMPTY,) * 4)
    rows.append(
        (
            cell("收入总计", bold=form.bold),
            sheet.number("total", "income", total, "total"),
            cell("支出总计", bold=form.bold),
            sheet.number("total", "spending", total, "total"),
        )
    )
    header = [(cell("本年收入", colspan=2), cell("本年支出", colspan=2)), row("项目", "预算数", "项目", "预算数")]
    return Statement("B1", name, Grid((*header, *rows), 2, 4))


def income_table(department: Department, form: Form, name: str) -> Statement:
    """收入总表."""
    book = department.by_source
    columns = (
        ("income", of(department.all, "income")),
        ("fiscal", of(department.fiscal, "income")),
        ("service", of(book["service"], "income")),
        ("business", of(book["business"], "income")),
        ("other", of(book["other"], "income")),
    )
    heads = [("收入预算", ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入"))]
    return subject_table("B2", name, form, department.all, heads, columns, (), subject="功能分类科目名称")


def _spending(id_: str, name: str, form: Form, department: Department, source: str | None, head: str) -> Statement:
    book = department.by_source[source] if source else department.all  # type: ignore[index]
    columns = tuple((field, of(book, field)) for field in ("spending", "basic", "project"))
    heads = [(head, ("合计", "基本支出", "项目支出"))]
    return subject_table(id_, name, form, book, heads, columns, (), subject="功能分类科目名称")


def fiscal_table(department: Department, form: Form, name: str) -> Statement:
    """财政拨款收支总表."""
    sheet = Sheet("B4", form)
    book = department.by_source
    total = department.fiscal[""]["spending"]
    left = [
        (cell(f"{chinese(n)}、{label}"), sheet.number(source, "income", book[source][""]["income"], "leaf"))
        for n, (source, label) in enumerate(zip(FISCAL, ALLOCATED, strict=True), 1)
    ]

    def over_funds(key: str, code: str, role: Role) -> Row:
        values = [("all", department.fiscal[code]["spending"])]
        values += [(source, book[source][code]["spending"] if code in book[source] else ZERO) for source in FISCAL]
        return sheet.numbers(key, role, values)

    codes = [code for code in sorted(department.fiscal) if len(code) == 3]
    right = [
        (cell(f"{chinese(n)}、{subjects.name_of(code)}"), *over_funds(code, code, "subtotal"))
        for n, code in enumerate(codes, 1)
    ]
    rows = sides(left, right, 2, 5)
    rows.append((EMPTY,) * 7)
    rows.append(
        (
            cell("收入总计", bold=form.bold),
            sheet.number("total", "income", total, "total"),
            cell("支出总计", bold=form.bold),
            *over_funds("total", "", "total"),
        )
    )
    header = [
        (cell("财政拨款收入", colspan=2), cell("财政拨款支出", colspan=5)),
        row("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    ]
    return Statement("B4", name, Grid((*header, *rows), 2, 7))


def basic_table(department: Department, form: Form, name: str) -> Statement:
    """一般公共预算基本支出表, by economic subject."""
    sheet = Sheet("B8", form)
    economic = department.economic
    rows: list[Row] = []
    groups = sorted({code[:3] for code in economic})
    for code in sorted({*economic, *groups}):
        amount = economic_sum(economic, code)
        related = sum(other.startswith(code[:3]) for other in economic)
        role: Role = "leaf" if len(code) == 5 else "subtotal"
        personnel = code[:3] in subjects.PERSONNEL
        codes = row(code[:3], code[3:]) if form.split else row(code)
        label = cell(subjects.ECONOMIC[code])
        columns = (
            ("spending", amount),
            ("personnel", amount if personnel else ZERO),
            ("running", ZERO if personnel else amount),
        )
        rows.append((*codes, label, *sheet.numbers(code, role, columns, related=related)))
    totals = (
        ("spending", department.general[""]["basic"]),
        ("personnel", department.personnel),
        ("running", department.running),
    )
    code_width = 2 if form.split else 1
    rows.append((cell("合计", colspan=code_width + 1, bold=form.bold), *sheet.numbers("all", "total", totals)))
    header = [
        (cell("项目", colspan=code_width + 1), cell("一般公共预算基本支出", colspan=3)),
        (cell("经济分类科目编码", colspan=code_width), *row("经济分类科目名称", "合计", "人员经费", "公用经费")),
    ]
    if form.split:
        header.append(row("类", "款", "", "", "", ""))
    return Statement("B8", name, Grid((*header, *rows), len(header), code_width + 4))


def official_table(department: Department, form: Form, name: str) -> Statement:
    """“三公”经费 with 机关运行经费 (Shanghai) or with 会议费 and 培训费 (Jiangsu); always in 万元."""
    wan = Form(zero="0.00", grouped=form.grouped)
    sheet = Sheet("B9", wan)
    official = department.official
    if form.yuan:
        items: tuple[tuple[str, Spent | Decimal], ...] = (
            ("total", official.total),
            ("abroad", official.abroad),
            ("reception", official.reception),
            ("cars", official.cars),
            ("purchase", official.purchase),
            ("running", official.running),
            ("operation", department.operation[0]),
        )
        header = [
            (cell(f"{department.year}年“三公”经费预算数", colspan=6), cell("机关运行经费预算数", rowspan=3)),
            (
                cell("合计", rowspan=2),
                cell("因公出国（境）费", rowspan=2),
                cell("公务接待费", rowspan=2),
                cell("公务用车购置及运行费", colspan=3),
            ),
            row("小计", "购置费", "运行费"),
        ]
    else:
        items = (
            ("total", official.total),
            ("abroad", official.abroad),
            ("cars", official.cars),
            ("purchase", official.purchase),
            ("running", official.running),
            ("reception", official.reception),
            ("meetings", department.meetings),
            ("training", department.training),
        )
        header = [
            (
                cell("“三公”经费", colspan=6),
                cell("会议费", rowspan=3),
                cell("培训费", rowspan=3),
            ),
            (
                cell("合计", rowspan=2),
                cell("因公出国（境）费", rowspan=2),
                cell("公务用车购置及运行费", colspan=3),
                cell("公务接待费", rowspan=2),
            ),
            row("小计", "公务用车购置费", "公务用车运行费"),
        ]
    roles: dict[str, Role] = {"total": "total", "cars": "subtotal"}
    values = tuple(
        sheet.number(
            key,
            "budget",
            item.actual if isinstance(item, Spent) else item,
            roles.get(key, "leaf"),
            related=3,
            sure=key not in ("operation", "meetings", "training"),
        )
        for key, item in items
    )
    return Statement("B9", name, Grid((*header, values), 3, len(values)))


NAMES_SHANGHAI = (
    "{year}年部门财务收支预算总表",
    "{year}年部门收入预算总表",
    "{year}年部门支出预算总表",
    "{year}年部门财政拨款收支预算总表",
    "{year}年部门一般公共预算支出功能分类预算表",
    "{year}年部门政府性基金预算支出功能分类预算表",
    "{year}年部门国有资本经营预算支出功能分类预算表",
    "{year}年部门一般公共预算基本支出部门预算经济分类预算表",
    "{year}年部门“三公”经费和机关运行经费预算表",
)
NAMES_JIANGSU = (
    "收支总表",
    "收入总表",
    "支出总表",
    "财政拨款收支总表",
    "一般公共预算支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出表",
    "一般公共预算基本支出表",
    "一般公共预算“三公”经费、会议费、培训费支出表",
)


def budget_tables(department: Department, form: Form) -> dict[str, Statement]:
    """The nine tables by their number in the model: ``B1`` to ``B9``."""
    names = [name.format(year=department.year) for name in (NAMES_SHANGHAI if form.yuan else NAMES_JIANGSU)]
    tables = (
        total_table(department, form, names[0]),
        income_table(department, form, names[1]),
        _spending("B3", names[2], form, department, None, "支出预算"),
        fiscal_table(department, form, names[3]),
        _spending("B5", names[4], form, department, "general", "一般公共预算支出"),
        _spending("B6", names[5], form, department, "fund", "政府性基金预算支出"),
        _spending("B7", names[6], form, department, "capital", "国有资本经营预算支出"),
        basic_table(department, form, names[7]),
        official_table(department, form, names[8]),
    )
    return {table.id: table for table in tables}
