"""Annual reports on government information disclosure (政府信息公开工作年度报告), from one model of counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.generator.bodies import PLACES, Place
from tests.generator.grids import Cell, Grid, Row, cell, row
from tests.generator.layouts import Draft
from tests.generator.marks import Mark, Part, Parts, Role, fill
from tests.generator.outline import FLAT, Para, Table, Topic, laid_out, topic
from tests.generator.render import Look, Notation
from tests.generator.voice import UNCHECKED

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")

RESULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
"""The form since the reports of 2021; before, 其他处理 was one row."""

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结")
REVIEWS = ("行政复议", "未经复议直接起诉", "复议后起诉")

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A body's year of disclosure. Every tuple of :class:`Counts` over applicants has one count for each of them.

    ``results`` has the counts of every row of the form in its order, ``issued`` rows of 主动公开 by label.
    """

    place: Place
    name: str
    year: int
    old: bool
    received: Counts
    carried: Counts
    results: tuple[Counts, ...]
    pending: Counts
    reviews: tuple[Counts, Counts, Counts]
    documents: Mapping[str, Counts]
    decisions: Mapping[str, int]
    fees: Decimal
    published: int


def make_disclosure(rng: Random, *, year: int, old: bool) -> Disclosure:
    """A year in which first plus second equals third plus fourth (第一项加第二项之和，等于第三项加第四项之和)."""
    place = rng.choice(PLACES)
    busy = rng.choice((3, 20, 160))
    rows = sum(len(details) or 1 for _, details in _results(old))

    def some(chance: int, most: int) -> int:
        return rng.randint(1, most) if rng.randrange(100) < chance else 0

    results = []
    for index in range(rows):
        chance = 90 if index == 0 else 35
        person = some(chance, busy if index == 0 else max(busy // 6, 2))
        results.append((person, *(some(18, max(busy // 20, 1)) for _ in APPLICANTS[1:])))
    done = tuple(map(sum, zip(*results, strict=True)))
    carried = tuple(some(40, max(total // 5, 1)) if total else 0 for total in done)
    pending = tuple(some(40, max(busy // 12, 1)) for _ in done)
    received = tuple(d + p - c for d, p, c in zip(done, pending, carried, strict=True))
    made, ended, valid = rng.randint(1, 12), rng.randint(0, 6), rng.randint(20, 90)
    return Disclosure(
        place=place,
        name=f"{place.city}{place.district}人民政府",
        year=year,
        old=old,
        received=received,
        carried=carried,
        results=tuple(results),
        pending=pending,
        reviews=tuple(tuple(some(50, max(busy // 10, 2)) for _ in OUTCOMES) for _ in REVIEWS),  # type: ignore[arg-type]
        documents={"规章": (0, 0, 0), "行政规范性文件": (made, ended, valid)},
        decisions={
            "行政许可": rng.randint(100, 9000),
            "行政处罚": rng.randint(50, 4000),
            "行政强制": rng.randint(0, 300),
        },
        fees=Decimal(rng.randint(10000, 900000)) / 100,
        published=rng.randint(400, 6000),
    )


def _results(old: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (*RESULTS[:-1], ("（六）其他处理", ())) if old else RESULTS


def _number(text: str, role: Role, key: str, *, determined: bool = True, checked: bool = True) -> Mark:
    value = Decimal(text)
    return Mark(text, role, key, True, determined, Decimal(0) if checked else UNCHECKED, value)


def _count_cell(count: int, role: Role, key: str, *, determined: bool = True, checked: bool = True) -> Cell:
    return cell(_number(str(count), role, key, determined=determined, checked=checked))


def published_table(disclosure: Disclosure) -> Table:
    """主动公开政府信息情况: forms for 第二十条 in one grid. No number in it bears on another of the year."""
    rows: list[Row] = []

    def block(title: str, heads: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> None:
        rows.append((cell(f"第二十条第（{title}）项", colspan=4),))
        width = 4 // len(heads)
        rows.append(
            tuple(cell(head, colspan=width if n else 4 - width * (len(heads) - 1)) for n, head in enumerate(heads))
        )
        for label, values in lines:
            cells = [cell(label, colspan=4 - width * (len(heads) - 1))]
            for column, value in enumerate(values):
                mark = _number(value, "leaf", f"G1/{label}/{column}", determined=False, checked=False)
                cells.append(cell(mark, colspan=width))
            rows.append(tuple(cells))

    documents = [(label, [str(n) for n in counts]) for label, counts in disclosure.documents.items()]
    decisions = {label: str(number) for label, number in disclosure.decisions.items()}
    if disclosure.old:
        block("一", ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"), documents)
        heads = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
        block(
            "五", heads, [("行政许可", ["96", "0", decisions["行政许可"]]), ("其他对外管理服务事项", ["12", "0", "35"])]
        )
        block("六", heads, [(label, ["64", "0", decisions[label]]) for label in ("行政处罚", "行政强制")])
        block("八", ("信息内容", "上一年项目数量", "本年增/减"), [("行政事业性收费", ["8", "0"])])
        block(
            "九",
            ("信息内容", "采购项目数量", "采购总金额（单位：万元）"),
            [("政府集中采购", ["42", f"{disclosure.fees}"])],
        )
    else:
        block("一", ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), documents)
        head = ("信息内容", "本年处理决定数量")
        block("五", head, [("行政许可", [decisions["行政许可"]])])
        block("六", head, [(label, [decisions[label]]) for label in ("行政处罚", "行政强制")])
        block("八", ("信息内容", "本年收费金额（单位：万元）"), [("行政事业性收费", [f"{disclosure.fees}"])])
    return Table(Grid(tuple(rows), 1, 4), "G1")


def requests_table(disclosure: Disclosure) -> Table:
    """收到和处理政府信息公开申请情况."""
    columns = ("person", "company", "science", "welfare", "law", "other")

    def counted(key: str, counts: Counts, role: Role) -> Row:
        cells = [_count_cell(count, role, f"G2/{key}/{column}") for column, count in zip(columns, counts, strict=True)]
        total: Role = "total" if role == "total" else "subtotal"
        return (*cells, _count_cell(sum(counts), total, f"G2/{key}/all"))

    rows: list[Row] = [
        (
            cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rowspan=3, colspan=3),
            cell("申请人情况", colspan=7),
        ),
        (cell("自然人", rowspan=2), cell("法人或其他组织", colspan=5), cell("总计", rowspan=2)),
        row(*APPLICANTS[1:]),
        (cell("一、本年新收政府信息公开申请数量", colspan=3), *counted("received", disclosure.received, "leaf")),
        (cell("二、上年结转政府信息公开申请数量", colspan=3), *counted("carried", disclosure.carried, "leaf")),
    ]
    results = iter(enumerate(disclosure.results, 1))
    height = len(disclosure.results) + 1
    first = True
    for group, details in _results(disclosure.old):
        for position, detail in enumerate(details or ("",)):
            index, counts = next(results)
            cells: list[Cell] = [cell("三、本年度办理结果", rowspan=height)] if first else []
            first = False
            if not details:
                cells.append(cell(group, colspan=2))
            else:
                cells += [cell(group, rowspan=len(details))] if position == 0 else []
                cells.append(cell(detail))
            rows.append((*cells, *counted(f"result.{index}", counts, "leaf")))
    done = tuple(map(sum, zip(*disclosure.results, strict=True)))
    rows.append((cell("（七）总计", colspan=2), *counted("done", done, "total")))
    rows.append((cell("四、结转下年度继续办理", colspan=3), *counted("pending", disclosure.pending, "leaf")))
    return Table(Grid(tuple(rows), 3, 10), "G2")


def reviews_table(disclosure: Disclosure) -> Table:
    """政府信息公开行政复议、行政诉讼情况."""
    heads = (*OUTCOMES, "总计")
    rows: list[Row] = [
        (cell("行政复议", colspan=5), cell("行政诉讼", colspan=10)),
        (
            *(cell(head, rowspan=2) for head in heads),
            cell("未经复议直接起诉", colspan=5),
            cell("复议后起诉", colspan=5),
        ),
        row(*heads * 2),
    ]
    values: list[Cell] = []
    for name, counts in zip(("review", "direct", "after"), disclosure.reviews, strict=True):
        values += [
            _count_cell(count, "leaf", f"G3/{name}/{index}", determined=False) for index, count in enumerate(counts)
        ]
        values.append(_count_cell(sum(counts), "total", f"G3/{name}/all"))
    rows.append(tuple(values))
    return Table(Grid(tuple(rows), 3, 15), "G3")


SENTENCES = {
    "preamble": (
        "本报告根据《中华人民共和国政府信息公开条例》编制，由{body}办公室汇总形成。报告所列数据的统计期限自{year}年1月1日起至"
        "{year}年12月31日止。对本报告如有疑问，请与{body}办公室联系（地址：{place}政务服务大厅；邮编：000000；电话：0000-00000000）。"
    ),
    "general": "{year}年，{body}认真贯彻落实政府信息公开条例，坚持以公开为常态、不公开为例外，各项工作稳步推进。",
    "published": "{year}年，通过政府网站主动公开政府信息{published}，及时更新信息公开目录。",
    "requests": (
        "{year}年，共收到政府信息公开申请{received}，上年结转{carried}；本年度办结{done}，其中：予以公开{open}、"
        "部分公开{partly}；结转下年度继续办理{pending}，均在法定期限内答复。"
    ),
    "reviews": "{year}年，因政府信息公开引发行政复议{review}、行政诉讼{suits}。",
    "management": "严格执行信息发布审核制度，坚持先审查、后公开，定期清理失效文件。",
    "platform": "优化政府网站信息公开专栏，规范政务新媒体运行维护，提升信息检索便利度。",
    "supervision": "将政务公开纳入年度考核，组织业务培训，未发生责任追究情形。",
    "problems": "主要问题：一是政策解读形式还不够丰富；二是部分基层单位信息更新不够及时。",
    "measures": "改进措施：一是增加图表和视频解读；二是按季度开展检查，督促整改到位。",
    "other": "按照信息处理费管理的有关规定，{year}年未收取信息处理费。无其他需要报告的事项。",
}


def annual_draft(disclosure: Disclosure, rng: Random, notation: Notation, *, tidy: bool) -> Draft:
    """The report with its six sections."""
    year = str(disclosure.year)

    def say(name: str, **values: Part | Parts) -> Parts:
        place = f"{disclosure.place.city}{disclosure.place.district}"
        return fill(SENTENCES[name], **({"year": year, "body": disclosure.name, "place": place} | values))

    def pieces(number: int, key: str, unit: str = "件", *, checked: bool = True) -> Parts:
        slack = Decimal(0) if checked else UNCHECKED
        return (Mark(str(number), "count", key, checked, checked, slack, Decimal(number)), unit)

    total = {
        "received": sum(disclosure.received),
        "carried": sum(disclosure.carried),
        "done": sum(map(sum, disclosure.results)),
        "pending": sum(disclosure.pending),
    }
    requests = say(
        "requests",
        open=pieces(sum(disclosure.results[0]), "G2/result.1/all"),
        partly=pieces(sum(disclosure.results[1]), "G2/result.2/all"),
        **{key: pieces(number, f"G2/{key}/all") for key, number in total.items()},
    )
    review, direct, after = (sum(counts) for counts in disclosure.reviews)
    reviews = say("reviews", review=pieces(review, "G3/review/all"), suits=pieces(direct + after, "G3/suits"))
    published = say("published", published=pieces(disclosure.published, "published", "条", checked=False))
    overall = topic(
        "总体情况",
        Para(say("general")),
        topics=(
            topic("主动公开", Para(published)),
            topic("依申请公开", Para(requests), Para(reviews)),
            topic("政府信息管理", Para(say("management"))),
            topic("政府信息公开平台建设", Para(say("platform"))),
            topic("监督保障", Para(say("supervision"))),
        ),
    )
    topics: tuple[Topic, ...] = (
        overall,
        topic("主动公开政府信息情况", published_table(disclosure)),
        topic("收到和处理政府信息公开申请情况", requests_table(disclosure)),
        topic("政府信息公开行政复议、行政诉讼情况", reviews_table(disclosure)),
        topic("存在的主要问题及改进情况", Para(say("problems")), Para(say("measures"))),
        topic("其他需要报告的事项", Para(say("other"))),
    )
    body, when = Mark(disclosure.name, "body", "body"), Mark(year, "year", "year")
    one_line = rng.random() < 0.5 or tidy
    front: tuple[Para, ...] = (
        (Para((body, when, "年政府信息公开工作年度报告"), "title"),)
        if one_line
        else (Para((body,), "title"), Para((when, "年政府信息公开工作年度报告"), "title"))
    )
    headings = "marks" if notation == "pipe" or tidy else rng.choice(("marks", "bold", "plain"))
    look = Look(notation, headings, spaced=rng.random() < 0.3 and not tidy)  # type: ignore[arg-type]
    return Draft((*front, Para(say("preamble")), *laid_out(topics, FLAT)), look)
