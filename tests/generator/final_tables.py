"""The nine tables of final accounts (决算表)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.generator import subjects
from tests.generator.grids import (
    EMPTY,
    Columns,
    Form,
    Grid,
    Head,
    Row,
    Sheet,
    Statement,
    cell,
    chinese,
    of,
    row,
    sides,
    subject_table,
)
from tests.generator.marks import Role
from tests.generator.model import FISCAL, ZERO, Department, Official, Spent, Sums, economic_sum

INCOMES = (
    ("general", "一般公共预算财政拨款收入"),
    ("fund", "政府性基金预算财政拨款收入"),
    ("capital", "国有资本经营预算财政拨款收入"),
    ("superior", "上级补助收入"),
    ("service", "事业收入"),
    ("business", "经营收入"),
    ("subordinate", "附属单位上缴收入"),
    ("other", "其他收入"),
)


def income_of(department: Department, source: str) -> Decimal:
    """本年收入 of one kind; nothing for kinds that the model has not."""
    book = department.by_source.get(source)  # type: ignore[call-overload]
    return book[""]["income"] if book else ZERO


def total_table(department: Department, form: Form) -> Statement:
    """表1 收入支出决算总表."""
    sheet = Sheet("T1", form)
    everything = department.all[""]
    left: list[Row] = []
    for index, (source, label) in enumerate(INCOMES, 1):
        amount = sheet.number(source, "income", income_of(department, source), "leaf")
        left.append((cell(f"{chinese(index)}、{label}"), amount))
    right: list[Row] = []
    for index, (code, label) in enumerate(subjects.CLASSES, 1):
        value = department.all[code]["spending"] if code in department.all else ZERO
        right.append((cell(f"{chinese(index)}、{label}"), sheet.number(code, "spending", value, "subtotal")))
    size = len(subjects.CLASSES)
    left += [(EMPTY, EMPTY)] * (size - len(left))
    total = everything["income"] + everything["used"] + everything["opening"]

    def side(column: str, pairs: Sequence[tuple[str, str, Decimal, Role]]) -> list[Row]:
        return [
            (cell(label, bold=form.bold and role == "total"), sheet.number(key, column, value, role))
            for label, key, value, role in pairs
        ]

    left += side(
        "income",
        [
            ("本年收入合计", "all", everything["income"], "total"),
            ("使用非财政拨款结余", "used", everything["used"], "leaf"),
            ("年初结转和结余", "opening", everything["opening"], "leaf"),
            ("总计", "total", total, "total"),
        ],
    )
    right += side(
        "spending",
        [
            ("本年支出合计", "all", everything["spending"], "total"),
            ("结余分配", "allocated", everything["allocated"], "leaf"),
            ("年末结转和结余", "closing", everything["closing"], "leaf"),
            ("总计", "total", total, "total"),
        ],
    )
    if form.lines:
        numbered = size + 4
        left = [(one[0], cell(str(n)), one[1]) for n, one in enumerate(left, 1)]
        right = [(one[0], cell(str(n)), one[1]) for n, one in enumerate(right, numbered + 1)]
        header = [
            (cell("收入", colspan=3), cell("支出", colspan=3)),
            row("项目", "行次", "决算数", "项目", "行次", "决算数"),
            row("栏次", "", "1", "栏次", "", "2"),
        ]
        last = 2 * numbered
        notes = [
            "注：本表反映部门本年度的总收支和年末结转结余情况。",
            f"{size + 1}行=（1+2+3+4+5+6+7+8）行；{numbered}行=（{size + 1}+{size + 2}+{size + 3}）行；"
            f"{last - 3}行=（{numbered + 1}+{numbered + 2}+…+{last - 4}）行；{last}行=（{last - 3}+{last - 2}+{last - 1}）行。",
        ]
    else:
        header = [(cell("收入", colspan=2), cell("支出", colspan=2)), row("项目", "决算数", "项目", "决算数")]
        notes = ["注：本表反映部门本年度的总收支和年末结转结余情况。"]
    width = 6 if form.lines else 4
    rows = (*header, *sides(left, right, width // 2, width // 2))
    return Statement("T1", "收入支出决算总表", Grid(rows, len(header), width), tuple((note,) for note in notes))


def income_table(department: Department, form: Form) -> Statement:
    """表2 收入决算表."""
    columns: list[tuple[str, Callable[[str], Decimal]]] = [
        ("income", of(department.all, "income")),
        ("fiscal", of(department.fiscal, "income")),
    ]
    for source in ("superior", "service", "business", "subordinate", "other"):
        book = department.by_source.get(source)  # type: ignore[call-overload]
        columns.append((source, of(book, "income") if book is not None else lambda _: ZERO))
    heads = ["本年收入合计", "财政拨款收入", *(label for source, label in INCOMES if source not in FISCAL)]
    notes = ["注：本表反映部门本年度取得的各项收入情况。"]
    if form.lines:
        notes.append("1栏各行=（2+3+4+5+6+7）栏各行。")
    return subject_table("T2", "收入决算表", form, department.all, heads, columns, notes)


def spending_table(department: Department, form: Form) -> Statement:
    """表3 支出决算表."""
    columns: Columns = (
        ("spending", of(department.all, "spending")),
        ("basic", of(department.all, "basic")),
        ("project", of(department.all, "project")),
        ("upward", lambda _: ZERO),
        ("operating", of(department.all, "operating")),
        ("downward", lambda _: ZERO),
    )
    heads = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    notes = ["注：本表反映部门本年度各项支出情况。"]
    if form.lines:
        notes.append("1栏各行=（2+3+4+5+6）栏各行。")
    return subject_table("T3", "支出决算表", form, department.all, heads, columns, notes)


FUNDS = (
    ("general", "一般公共预算财政拨款"),
    ("fund", "政府性基金预算财政拨款"),
    ("capital", "国有资本经营预算财政拨款"),
)


def fiscal_table(department: Department, form: Form) -> Statement:
    """表4 财政拨款收入支出决算总表."""
    sheet = Sheet("T4", form)
    fiscal = department.fiscal[""]
    size = len(subjects.CLASSES)

    def over_funds(key: str, role: Role, value: Callable[[Sums], Decimal]) -> Row:
        cells = [("all", value(department.fiscal))]
        cells += [(source, value(department.by_source[source])) for source in FISCAL]
        return sheet.numbers(key, role, cells)

    def of_class(code: str) -> Callable[[Sums], Decimal]:
        return lambda book: book[code]["spending"] if code in book else ZERO

    def opening(source: str) -> Decimal:
        return department.by_source[source][""]["opening"]  # type: ignore[index]

    left: list[Row] = [
        (cell(f"{chinese(n)}、{label}"), sheet.number(s, "income", income_of(department, s), "leaf"))
        for n, (s, label) in enumerate(FUNDS, 1)
    ]
    left += [(EMPTY, EMPTY)] * (size - len(left))
    left += [
        (cell("本年收入合计"), sheet.number("all", "income", fiscal["income"], "total")),
        (cell("年初财政拨款结转和结余"), sheet.number("opening", "income", fiscal["opening"], "subtotal")),
        *(
            (
                cell(label if form.lines else f"{chinese(n)}、{label}"),
                sheet.number(f"opening.{s}", "income", opening(s), "leaf"),
            )
            for n, (s, label) in enumerate(FUNDS, 1)
        ),
        (cell("总计"), sheet.number("total", "income", fiscal["income"] + fiscal["opening"], "total")),
    ]
    blank = (EMPTY,) * 4
    right: list[Row] = [
        (
            cell(f"{chinese(n)}、{label}"),
            *over_funds(code, "subtotal", of_class(code)),
        )
        for n, (code, label) in enumerate(subjects.CLASSES, 1)
    ]
    right += [
        (cell("本年支出合计"), *over_funds("all", "total", lambda book: book[""]["spending"])),
        (cell("年末财政拨款结转和结余"), *over_funds("closing", "subtotal", lambda book: book[""]["closing"])),
        *[(EMPTY, *blank)] * 3,
        (
            cell("总计"),
            *over_funds("total", "total", lambda book: book[""]["spending"] + book[""]["closing"]),
        ),
    ]
    kinds = [label for _, label in FUNDS]
    notes = ["注：本表反映部门本年度财政拨款的总收支和年末结转结余情况。"]
    if form.lines:
        numbered = size + 6
        left = [(one[0], cell(str(n)), one[1]) for n, one in enumerate(left, 1)]
        right = [(one[0], cell(str(n)), *one[1:]) for n, one in enumerate(right, numbered + 1)]
        header = [
            (cell("收入", colspan=3), cell("支出", colspan=6)),
            row("项目", "行次", "金额", "项目", "行次", "合计", *kinds),
            row("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
        ]
        spent = numbered + size + 1
        notes.append(
            f"{size + 1}行=（1+2+3）行；{size + 2}行=（{size + 3}+{size + 4}+{size + 5}）行；"
            f"{numbered}行=（{size + 1}+{size + 2}）行；"
            f"{spent}行=（{numbered + 1}+{numbered + 2}+…+{spent - 1}）行；{2 * numbered}行=（{spent}+{spent + 1}）行；"
            "2栏各行=（3+4+5）栏各行。"
        )
        rows = (*header, *sides(left, right, 3, 6))
        return Statement("T4", "财政拨款收入支出决算总表", Grid(rows, len(header), 9), tuple((note,) for note in notes))
    header = [
        (cell("收入", colspan=2), cell("支出", colspan=5)),
        row("项目", "决算数", "项目", "合计", *kinds),
    ]
    rows = (*header, *sides(left, right, 2, 5))
    return Statement("T4", "财政拨款收入支出决算总表", Grid(rows, len(header), 7), ((notes[0],),))


def general_table(department: Department, form: Form) -> Statement:
    """表5 一般公共预算财政拨款支出决算表."""
    book = department.general
    columns = tuple((name, of(book, name)) for name in ("spending", "basic", "project"))
    notes = ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"]
    if form.lines:
        notes.append("1栏各行=（2+3）栏各行。")
    heads: list[Head] = [("本年支出", ("小计", "基本支出", "项目支出"))]
    return subject_table("T5", "一般公共预算财政拨款支出决算表", form, book, heads, columns, notes)


def basic_table(department: Department, form: Form) -> Statement:
    """表6 一般公共预算财政拨款基本支出决算明细表."""
    sheet = Sheet("T6", form)
    economic = department.economic

    def listed(groups: Sequence[str], lane: str) -> list[Row]:
        rows: list[Row] = []
        for group in groups:
            members = [code for code in subjects.ECONOMIC if code.startswith(group)]
            used = sum(code in economic for code in members)
            for code in members:
                if len(code) == 3:
                    amount = sheet.number(code, lane, economic_sum(economic, code), "subtotal", related=used)
                else:
                    amount = sheet.number(code, lane, economic.get(code, ZERO), "leaf", related=used, sure=used == 1)
                rows.append((*row(code, subjects.ECONOMIC[code]), amount))
        return rows

    groups: tuple[tuple[str, ...], ...] = (("301", "303"), ("302",), ("307", "310", "312", "399"))
    if form.lanes == 2:
        groups = (groups[0], ("302", "310"))
    rows = listed(groups[0], "first")
    for index, group in enumerate(groups[1:], 1):
        rows = sides(rows, listed(group, "last" if index == form.lanes - 1 else "middle"), 3 * index, 3)
    personnel = sheet.number("personnel", "first", department.personnel, "total")
    running = sheet.number("running", "last", department.running, "total")
    rows.append(
        (
            cell("人员经费合计", colspan=2, bold=form.bold),
            personnel,
            cell("公用经费合计", colspan=3 * form.lanes - 4, bold=form.bold),
            running,
        )
    )
    head = ("科目编码", "科目名称", "决算数")
    header = [
        (cell("人员经费", colspan=3), cell("公用经费", colspan=3 * (form.lanes - 1))),
        row(*head * form.lanes),
    ]
    name = "一般公共预算财政拨款基本支出决算明细表" if form.lines else "一般公共预算财政拨款基本支出决算表"
    note = "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"
    return Statement("T6", name, Grid((*header, *rows), len(header), 3 * form.lanes), ((note,),))


OFFICIAL_COLUMNS: tuple[tuple[str, Callable[[Official], Spent], Role], ...] = (
    ("total", lambda official: official.total, "total"),
    ("abroad", lambda official: official.abroad, "leaf"),
    ("cars", lambda official: official.cars, "subtotal"),
    ("purchase", lambda official: official.purchase, "leaf"),
    ("running", lambda official: official.running, "leaf"),
    ("reception", lambda official: official.reception, "leaf"),
)


def official_table(department: Department, form: Form, *, name: str) -> Statement:
    """The table of 三公 expenses, budget and actual."""
    sheet = Sheet("T7", form)
    official = department.official
    both = {
        (column, kind): sheet.number(
            column, kind, getattr(of(official), kind), role, related=3, sure=role != "leaf" or bool(of(official).actual)
        )
        for column, of, role in OFFICIAL_COLUMNS
        for kind in ("budget", "actual")
    }
    names = [column for column, _, _ in OFFICIAL_COLUMNS]
    note = "注：本表反映部门本年度“三公”经费支出预决算情况。"
    if form.official == "pairs":
        header = [
            (
                cell("合计", rowspan=2, colspan=2),
                cell("因公出国（境）费", rowspan=2, colspan=2),
                cell("公务用车购置及运行维护费", colspan=6),
                cell("公务接待费", rowspan=2, colspan=2),
            ),
            (
                cell("小计", colspan=2),
                cell("公务用车购置费", colspan=2),
                cell("公务用车运行维护费", colspan=2),
            ),
            row(*["预算数", "决算数"] * 6),
        ]
        values = tuple(both[name_, kind] for name_ in names for kind in ("budget", "actual"))
        return Statement("T7", name, Grid((*header, values), 3, 12), ((note,),))
    half_top = (
        cell("合计", rowspan=2),
        cell("因公出国（境）费", rowspan=2),
        cell("公务用车购置及运行维护费", colspan=3),
        cell("公务接待费", rowspan=2),
    )
    half_low = row("小计", "公务用车购置费", "公务用车运行维护费")
    header = [(cell("预算数", colspan=6), cell("决算数", colspan=6)), half_top * 2, half_low * 2]
    values = tuple(both[name_, kind] for kind in ("budget", "actual") for name_ in names)
    notes = [note]
    if form.lines:
        header.append(row(*(str(n) for n in range(1, 13))))
        notes[0] = (
            "注：本表反映部门本年度“三公”经费支出预决算情况。其中，预算数为“三公”经费年初预算数，"
            "决算数包括当年财政拨款和以前年度结转资金安排的实际支出。"
        )
        notes.append("1栏=（2+3+6）栏；3栏=（4+5）栏；7栏=（8+9+12）栏；9栏=（10+11）栏。")
    grid = Grid((*header, values), len(header), 12)
    return Statement("T7", name, grid, tuple((text,) for text in notes))


def _carried_table(id_: str, name: str, source: str, department: Department, form: Form, what: str) -> Statement:
    book = department.by_source[source]  # type: ignore[index]
    columns = tuple(
        (field, of(book, field)) for field in ("opening", "income", "spending", "basic", "project", "closing")
    )
    heads: list[Head] = [
        "年初结转和结余",
        "本年收入",
        ("本年支出", ("小计", "基本支出", "项目支出")),
        "年末结转和结余",
    ]
    notes = [f"注：本表反映部门本年度{what}收入、支出及结转和结余情况。"]
    if form.lines:
        notes.append("6栏各行=（1+2-3）栏各行；3栏各行=（4+5）栏各行。")
    return subject_table(id_, name, form, book, heads, columns, notes)


def fund_table(department: Department, form: Form) -> Statement:
    """表8 政府性基金预算财政拨款收入支出决算表."""
    what = "政府性基金预算财政拨款"
    return _carried_table("T8", f"{what}收入支出决算表", "fund", department, form, what)


def capital_table(department: Department, form: Form) -> Statement:
    """表9 国有资本经营预算财政拨款支出决算表."""
    what = "国有资本经营预算财政拨款"
    if form.capital == "income":
        return _carried_table("T9", f"{what}收入支出决算表", "capital", department, form, what)
    book = department.by_source["capital"]
    columns = tuple((name, of(book, name)) for name in ("spending", "basic", "project"))
    notes = [f"注：本表反映部门本年度{what}支出情况。"]
    if form.lines:
        notes.append("1栏各行=（2+3）栏各行。")
    heads: list[Head] = [("本年支出", ("合计", "基本支出", "项目支出"))]
    return subject_table("T9", f"{what}支出决算表", form, book, heads, columns, notes)


def final_tables(department: Department, form: Form, *, official: str) -> dict[str, Statement]:
    """The nine tables of final accounts by their number in the model; ``official`` is the name of the 三公 table."""
    tables = (
        total_table(department, form),
        income_table(department, form),
        spending_table(department, form),
        fiscal_table(department, form),
        general_table(department, form),
        basic_table(department, form),
        official_table(department, form, name=official),
        fund_table(department, form),
        capital_table(department, form),
    )
    return {table.id: table for table in tables}
