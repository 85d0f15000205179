"""Puts a report of each region together: parts, order of tables, captions, contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from tests.generator import budget_prose, final_prose
from tests.generator.budget_tables import budget_tables
from tests.generator.final_tables import final_tables
from tests.generator.grids import Cell, Form, Grid, Statement, cell, chinese
from tests.generator.marks import Mark, Parts
from tests.generator.model import Department
from tests.generator.outline import (
    FLAT,
    FLAT_STOPPED,
    PARTS,
    PARTS_COMMA,
    PARTS_STOPPED,
    SHANGHAI_BUDGET,
    Block,
    Numbering,
    Para,
    Table,
    Topic,
    contents,
    laid_out,
    topic,
)
from tests.generator.render import Look, Notation
from tests.generator.voice import Voice


@dataclass(frozen=True, slots=True)
class Layout:
    """A house in a notation."""

    house: str
    kind: Literal["final", "budget", "annual"]
    notation: Notation


LAYOUTS: Mapping[str, Layout] = {
    "hubei-tabs": Layout("hubei", "final", "tabs"),
    "hubei-pipe": Layout("hubei", "final", "pipe"),
    "hubei-html": Layout("hubei", "final", "html"),
    "shanghai-html": Layout("shanghai", "final", "html-flat"),
    "model-html": Layout("model", "final", "html"),
    "zhejiang-pipe": Layout("zhejiang", "final", "pipe"),
    "chongqing-html": Layout("chongqing", "final", "html"),
    "shanghai-budget-html": Layout("shanghai-budget", "budget", "html-flat"),
    "jiangsu-budget-html": Layout("jiangsu-budget", "budget", "html"),
    "jiangsu-budget-pipe": Layout("jiangsu-budget", "budget", "pipe"),
    "annual-html": Layout("annual", "annual", "html"),
    "annual-pipe": Layout("annual", "annual", "pipe"),
    "annual-flat-html": Layout("annual", "annual", "html-flat"),
    "annual-2020-html": Layout("annual-2020", "annual", "html"),
}
"""Every layout by name. ``annual-2020``: the form of the reports of 2019 and 2020."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is written: its blocks, and how they are to look."""

    blocks: tuple[Block, ...]
    look: Look


def body_mark(department: Department) -> Mark:
    """The body's name where no other may stand."""
    return Mark(department.name, "body", "body")


def year_mark(department: Department) -> Mark:
    """The report's year where no other may stand."""
    return Mark(str(department.year), "year", "year")


def _drafted(
    front: tuple[Block, ...], topics: tuple[Topic, ...], numbering: Numbering, look: Look, *, listed: str = "目录"
) -> Draft:
    head: tuple[Block, ...] = front
    if listed:
        entries = (Para(parts, "contents") for parts in contents(topics, numbering))
        head = (*front, Para((listed,), "contents-title"), *entries)
    return Draft((*head, *laid_out(topics, numbering)), look)


Meta = Literal["lines", "row", "caption-row", "one-line"]
TableMaker = Callable[[Statement, int], Topic]


def _captioned(
    department: Department,
    voice: Voice,
    *,
    listed: str = "{name}",
    shown: str | None = None,
    dated: bool = False,
    above: str = "",
    body: str = "部门：",
    unit: str = "单位：万元",
    meta: Meta = "lines",
) -> TableMaker:
    """Makes the topic of a table: caption, ``部门：…``, ``单位：…``, grid, notes.

    ``dated``: the year stands before the caption ``shown``. ``meta`` says where body and unit stand: on lines of their own, in the grid's first row, in its first rows with the
    caption above, or together on one line.
    """

    def make(statement: Statement, index: int) -> Topic:
        names = {"name": statement.name, "n": str(index), "c": chinese(index)}
        caption: Parts | None = None
        if shown is not None:
            caption = (year_mark(department), shown.format(**names)) if dated else (shown.format(**names),)
        who: Parts = (body, body_mark(department))
        grid = statement.grid
        blocks: list[Block] = [Para((above.format(n=f"{index:02}"),), "number")] if above else []
        if meta == "lines":
            blocks += [Para(who, "body")] * bool(body)
            blocks.append(Para((unit,), "unit"))
        elif meta == "one-line":
            blocks.append(Para((*who, " ", unit), "body"))
        else:
            grid = _with_meta(grid, who, unit, statement.name if meta == "caption-row" else "")
        blocks.append(Table(grid, statement.id))
        blocks += [Para(note, "note") for note in statement.notes]
        if statement.empty:
            sentence = {"T8": "empty_fund", "T9": "empty_capital", "B6": "empty_fund", "B7": "empty_capital"}[
                statement.id
            ]
            blocks.append(Para(voice.say(sentence), "note"))
        title = (listed.format(**names),)
        return Topic(title, tuple(blocks), shown=caption)

    return make


def _with_meta(grid: Grid, who: Parts, unit: str, caption: str) -> Grid:
    left = grid.width // 2
    rows: list[tuple[Cell, ...]] = [(cell((caption,), colspan=grid.width),)] if caption else []
    rows.append((cell(who, colspan=left), cell(unit, colspan=grid.width - left)))
    return replace(grid, rows=(*rows, *grid.rows), header=grid.header + len(rows))


def _hubei(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("hubei", department, rng, grouped=rng.random() < 0.5 or tidy)
    shifted = rng.random() < 0.5 and notation == "tabs" and not tidy
    form = Form(
        lines=True,
        code_cells=3,
        lanes=3,
        grouped=True,
        shifted=shifted,
        bold=rng.random() < 0.3 and not tidy,
        spread=rng.random() < 0.3 and not tidy,
    )
    statements = final_tables(department, form, official="一般公共预算财政拨款“三公”经费支出决算表")
    table = _captioned(department, voice, listed="{name}（表{n}）", shown="年度{name}（表{n}）", dated=True)
    name, year = department.name, department.year
    titles = (
        ("overall", "收入支出决算总体情况说明"),
        ("income", "收入决算情况说明"),
        ("spending", "支出决算情况说明"),
        ("fiscal", "财政拨款收入支出决算总体情况说明"),
        ("general", "一般公共预算财政拨款支出决算情况说明"),
        ("basic", "一般公共预算财政拨款基本支出决算情况说明"),
        ("official", "一般公共预算财政拨款“三公”经费支出决算情况说明"),
        ("fund", "政府性基金预算财政拨款收入支出决算情况说明"),
        ("capital", "国有资本经营预算财政拨款支出决算情况说明"),
        ("operation", "机关运行经费支出情况说明"),
        ("procurement", "政府采购支出情况说明"),
        ("assets", "国有资产占用情况说明"),
        ("performance", "预算绩效情况说明"),
    )
    topics = (
        topic(
            f"{name}概况",
            topics=(
                final_prose.duties(voice, "部门主要职责"),
                final_prose.composition(voice, "部门决算单位构成"),
                final_prose.staff(voice, "部门人员构成"),
            ),
        ),
        topic(
            f"{name}{year}年度部门决算表",
            topics=tuple(table(statement, n) for n, statement in enumerate(statements.values(), 1)),
        ),
        topic(f"{name}{year}年度部门决算情况说明", topics=final_prose.sections(voice, titles)),
        final_prose.tasks(voice, f"{year}年重点工作完成情况"),
        final_prose.glossary(voice, "名词解释"),
    )
    front = (
        Para((year_mark(department), "年度", body_mark(department), "部门决算"), "title"),
        Para((f"{year + 1}年{rng.randint(8, 9)}月{rng.randint(10, 28)}日",), "date"),
    )
    ragged = rng.random() < 0.4 and notation != "html" and not tidy
    look = Look(notation, "marks", ragged, spaced=rng.random() < 0.3 and not tidy)
    return _drafted(front, topics, PARTS_STOPPED, look)


def _shanghai(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("shanghai", department, rng, grouped=False)
    form = Form(
        grouped=rng.random() < 0.5,
        official="pairs",
        capital="income",
        zero=rng.choice(("", "0.00")),
        total=rng.choice(("first", "last")),
    )
    statements = final_tables(department, form, official="财政拨款“三公”经费支出决算表")
    body = rng.choice(("", "编制部门："))
    table = _captioned(department, voice, shown="{name}", body=body)
    name, year = department.name, department.year
    titles = (
        ("overall", "收入支出决算总体情况说明"),
        ("income", "收入决算情况说明"),
        ("spending", "支出决算情况说明"),
        ("fiscal", "财政拨款收入支出决算总体情况说明"),
        ("general", "一般公共预算财政拨款支出决算情况说明"),
        ("basic", "一般公共预算财政拨款基本支出决算情况说明"),
        ("official", "财政拨款“三公”经费支出决算情况说明"),
        ("fund", "政府性基金预算财政拨款收入支出决算情况说明"),
        ("capital", "国有资本经营预算财政拨款收入支出决算情况说明"),
        ("performance", "预算绩效管理情况"),
    )
    others = (
        ("operation", "机关运行经费支出情况"),
        ("procurement", "政府采购支出情况"),
        ("assets", "国有资产占有使用情况"),
    )
    topics = (
        topic(
            f"{name}概况",
            topics=(final_prose.duties(voice, "主要职能"), final_prose.composition(voice, "部门决算单位构成")),
        ),
        topic(
            f"{name}{year}年度部门决算表",
            topics=tuple(table(statement, n) for n, statement in enumerate(statements.values(), 1)),
        ),
        topic(
            f"{name}{year}年度部门决算情况说明",
            topics=(
                *final_prose.sections(voice, titles),
                topic("其他重要事项说明", topics=final_prose.sections(voice, others)),
            ),
        ),
        final_prose.glossary(voice, "名词解释"),
    )
    front = (
        Para((body_mark(department),), "title"),
        Para((year_mark(department), "年度部门决算"), "title"),
    )
    look = Look(
        notation,
        "plain",
        spaced=rng.random() < 0.5 and not tidy,
        page=0 if tidy else rng.choice((0, 24)),
        repeat=rng.random() < 0.5,
        cuts=rng.random() < 0.4 and not tidy,
    )
    return _drafted(front, topics, PARTS_COMMA, look, listed="目 录")


MODEL_SECTIONS = (
    ("overall", "收入支出决算总体情况说明"),
    ("income", "收入决算情况说明"),
    ("spending", "支出决算情况说明"),
    ("fiscal", "财政拨款收入支出决算总体情况说明"),
    ("general", "一般公共预算财政拨款支出决算情况说明"),
    ("basic", "一般公共预算财政拨款基本支出决算情况说明"),
    ("fund", "政府性基金预算财政拨款收入支出决算情况说明"),
    ("capital", "国有资本经营预算财政拨款支出决算情况说明"),
    ("official", "财政拨款“三公”经费支出决算情况说明"),
    ("operation", "机关运行经费支出情况说明"),
    ("procurement", "政府采购支出情况说明"),
    ("assets", "国有资产占用情况说明"),
    ("performance", "预算绩效情况说明"),
)
"""The explanations in the order of the ministry's model: “三公”经费 after the funds."""
MODEL_ORDER = ("T1", "T2", "T3", "T4", "T5", "T6", "T8", "T9", "T7")


def _model(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("model", department, rng, grouped=rng.random() < 0.7)
    form = Form(grouped=True, code_cells=1, bold=rng.random() < 0.5, zero=rng.choice(("", "", "0.00")))
    statements = final_tables(department, form, official="财政拨款“三公”经费支出决算表")
    meta: Meta = "lines" if tidy else rng.choice(("lines", "row", "caption-row"))
    table = _captioned(department, voice, shown="{name}", above="公开{n}表", meta=meta, unit="金额单位：万元")
    year = department.year
    topics = (
        topic(
            "部门概况",
            topics=(final_prose.duties(voice, "主要职责"), final_prose.composition(voice, "机构设置及决算单位构成")),
        ),
        topic(
            f"{year}年度部门决算表",
            topics=tuple(table(statements[key], n) for n, key in enumerate(MODEL_ORDER, 1)),
        ),
        topic(f"{year}年度部门决算情况说明", topics=final_prose.sections(voice, MODEL_SECTIONS)),
        final_prose.glossary(voice, "名词解释"),
    )
    front = (Para((year_mark(department), "年度", body_mark(department), "部门决算"), "title"),)
    look = Look(notation, rng.choice(("marks", "bold")), header_cells=rng.random() < 0.5)
    return _drafted(front, topics, PARTS, look)


def _zhejiang(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("zhejiang", department, rng, grouped=False)
    form = Form(grouped=rng.random() < 0.5, zero=rng.choice(("", "0.00")), total="first")
    statements = final_tables(department, form, official="财政拨款“三公”经费支出决算表")
    table = _captioned(department, voice, meta="one-line", body="单位名称：", unit="金额单位：万元")
    year = department.year
    topics = (
        topic(
            "概况",
            topics=(final_prose.duties(voice, "部门职责"), final_prose.composition(voice, "机构设置")),
        ),
        topic(
            f"{year}年度部门决算公开表",
            topics=tuple(table(statements[key], n) for n, key in enumerate(MODEL_ORDER, 1)),
        ),
        topic(f"{year}年度部门决算情况说明", topics=final_prose.sections(voice, MODEL_SECTIONS)),
        final_prose.glossary(voice, "名词解释"),
    )
    front = (Para((body_mark(department), year_mark(department), "年度部门决算"), "title"),)
    return _drafted(front, topics, FLAT, Look(notation, ragged=rng.random() < 0.3 and not tidy))


def _chongqing(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("chongqing", department, rng, grouped=rng.random() < 0.3)
    form = Form(grouped=True, zero=rng.choice(("", "0.00")), lines=False)
    statements = final_tables(department, form, official="财政拨款“三公”经费支出决算表")
    table = _captioned(
        department,
        voice,
        shown="{name}",
        above="公开{n}表",
        body="公开部门：",
        meta="lines" if tidy else rng.choice(("lines", "row")),
    )
    whole = (("overall", "总体情况"), ("income", "收入情况"), ("spending", "支出情况"), ("carried", "结转结余情况"))
    fiscal = (
        ("fiscal", "财政拨款收入支出决算总体情况说明"),
        ("general", "一般公共预算财政拨款支出决算情况说明"),
        ("basic", "一般公共预算财政拨款基本支出决算情况说明"),
        ("fund", "政府性基金预算财政拨款收入支出决算情况说明"),
        ("capital", "国有资本经营预算财政拨款支出决算情况说明"),
    )
    others = (
        ("operation", "机关运行经费支出情况说明"),
        ("procurement", "政府采购支出情况说明"),
        ("assets", "国有资产占用情况说明"),
    )
    topics = (
        topic(
            "部门基本情况",
            topics=(final_prose.duties(voice, "职能职责"), final_prose.composition(voice, "机构设置")),
        ),
        topic(
            "部门决算情况说明",
            topics=(
                topic("收入支出决算总体情况说明", topics=final_prose.sections(voice, whole)),
                *final_prose.sections(voice, fiscal),
            ),
        ),
        final_prose.official(voice, "“三公”经费情况说明"),
        topic("其他需要说明的事项", topics=final_prose.sections(voice, others)),
        final_prose.performance(voice, "预算绩效管理情况说明"),
        final_prose.glossary(voice, "专业名词解释"),
        final_prose.contact(voice, "决算公开联系方式及信息反馈渠道"),
        topic("部门决算公开表", topics=tuple(table(statements[key], n) for n, key in enumerate(MODEL_ORDER, 1))),
    )
    front = (
        Para((body_mark(department),), "title"),
        Para((year_mark(department), "年度部门决算情况说明"), "title"),
    )
    return _drafted(front, topics, FLAT_STOPPED, Look(notation, "bold"), listed="")


def _shanghai_budget(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice(
        "shanghai-budget", department, rng, grouped=rng.random() < 0.3, trimmed=rng.random() < 0.4 and not tidy
    )
    form = Form(yuan=True, split=True, total="last", grouped=True, zero=rng.choice(("", "0")))
    statements = budget_tables(department, form)
    table = {
        unit: _captioned(department, voice, shown="{name}", body="编制部门：", unit=f"单位：{unit}", meta="one-line")
        for unit in ("元", "万元")
    }
    name, year = department.name, department.year
    others = (
        budget_prose.official(voice, f"{year}年“三公”经费预算情况说明"),
        budget_prose.operation(voice, "机关运行经费预算"),
        budget_prose.procurement(voice, "政府采购预算情况"),
        budget_prose.performance(voice, "绩效目标设置情况"),
        final_prose.assets(voice, "国有资产占有使用情况"),
    )
    topics = (
        replace(final_prose.duties(voice, "部门主要职能"), shown=(f"{name}主要职能",)),
        replace(final_prose.composition(voice, "部门机构设置"), shown=(f"{name}机构设置",)),
        replace(final_prose.glossary(voice, "名词解释", running="运行费"), shown=("名词解释",)),
        Topic(
            ("部门预算编制说明",),
            (*budget_prose.overview(voice), *budget_prose.items(voice)),
            shown=(f"{year}年部门预算编制说明",),
        ),
        topic(
            "部门预算表",
            topics=tuple(
                table["万元" if key == "B9" else "元"](statement, n)
                for n, (key, statement) in enumerate(statements.items(), 1)
            ),
        ),
        Topic(
            ("其他相关情况说明",),
            topics=tuple(
                replace(one, listed=False, shown=(f"{chinese(n)}、", *one.title)) for n, one in enumerate(others, 1)
            ),
            shown=("其他相关情况说明",),
        ),
    )
    front = (
        Para((f"{department.place.city}{department.place.district}", year_mark(department), "年部门预算"), "title"),
        Para(("预算主管部门：", body_mark(department)), "title"),
    )
    look = Look(notation, "plain", page=rng.choice((0, 20)) if not tidy else 0, repeat=rng.random() < 0.5)
    return _drafted(front, topics, SHANGHAI_BUDGET, look, listed="目 录")


def _jiangsu_budget(department: Department, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    voice = Voice("jiangsu-budget", department, rng, grouped=rng.random() < 0.5)
    form = Form(grouped=True, total=rng.choice(("first", "last")), split=rng.random() < 0.4, bold=rng.random() < 0.3)
    statements = budget_tables(department, form)
    order = ("B1", "B2", "B3", "B4", "B5", "B8", "B9", "B6", "B7")
    meta: Meta = "lines" if tidy or notation != "html" else rng.choice(("lines", "row"))
    table = _captioned(department, voice, shown="{name}", above="公开{n}表", meta=meta)
    year = department.year
    sections: tuple[tuple[Callable[[Voice, str], Topic], str], ...] = (
        (budget_prose.jiangsu_overall, "收支预算总体情况说明"),
        (budget_prose.jiangsu_income, "收入预算情况说明"),
        (budget_prose.jiangsu_spending, "支出预算情况说明"),
        (budget_prose.jiangsu_fiscal, "财政拨款收支预算总体情况说明"),
        (budget_prose.jiangsu_general, "一般公共预算支出预算情况说明"),
        (budget_prose.jiangsu_basic, "一般公共预算基本支出预算情况说明"),
        (budget_prose.jiangsu_official, "一般公共预算“三公”经费、会议费、培训费支出预算情况说明"),
        (budget_prose.jiangsu_fund, "政府性基金预算支出预算情况说明"),
        (budget_prose.jiangsu_capital, "国有资本经营预算支出预算情况说明"),
        (budget_prose.jiangsu_operation, "一般公共预算机关运行经费支出预算情况说明"),
        (lambda v, title: budget_prose.procurement(v, title, "js_procurement"), "政府采购支出预算情况说明"),
        (final_prose.assets, "国有资产占用情况说明"),
        (lambda v, title: budget_prose.performance(v, title, "js_performance"), "预算绩效目标设置情况说明"),
    )
    topics = (
        topic(
            "部门概况",
            topics=(
                final_prose.duties(voice, "主要职能"),
                final_prose.composition(voice, "部门机构设置及预算单位构成情况"),
            ),
        ),
        topic(f"{year}年度部门预算表", topics=tuple(table(statements[key], n) for n, key in enumerate(order, 1))),
        topic(f"{year}年度部门预算情况说明", topics=tuple(make(voice, title) for make, title in sections)),
        final_prose.glossary(voice, "名词解释", running="运行费"),
    )
    front = (Para((year_mark(department), "年度", body_mark(department), "部门预算公开"), "title"),)
    look = Look(notation, rng.choice(("marks", "plain")) if notation == "html" else "marks")
    return _drafted(front, topics, PARTS, look)


Drafter = Callable[..., Draft]
DRAFTERS: Mapping[str, Drafter] = {
    "hubei": _hubei,
    "shanghai": _shanghai,
    "model": _model,
    "zhejiang": _zhejiang,
    "chongqing": _chongqing,
    "shanghai-budget": _shanghai_budget,
    "jiangsu-budget": _jiangsu_budget,
}
