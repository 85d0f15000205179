"""The reports in ``examples/``: clean ones as generated, faulty ones with the defects listed here planted in them.

``python -m tests.generator examples`` writes them, with the table of defects in ``examples/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.generator.reports import GeneratedReport, generate

FOLDER = Path(__file__).resolve().parents[2] / "examples"

FINAL_SEED = 8084
FINAL_LAYOUTS = {
    "final-accounts-2023.md": "hubei-tabs",
    "final-accounts-2023-pipe.md": "hubei-pipe",
    "final-accounts-2023.html": "hubei-html",
}
OTHER_CLEAN = {
    "clean-budget-2024.html": ("shanghai-budget-html", 27),
    "clean-annual-report-2024.html": ("annual-html", 4),
}


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong that is planted in the faulty reports.

    ``at`` says where: the key of a printed number; words of the text; a heading (its whole section goes); an entry of
    the contents (it goes). ``nth`` tells its appearances apart, from 0. ``old`` there becomes ``new``.
    """

    family: Literal["numbers", "terms", "text", "structure"]
    kind: Literal["number", "words", "section", "contents"]
    at: str
    old: str
    new: str
    what: str
    english: str
    nth: int = 0


DEFECTS = (
    Defect("structure", "contents", "第五部分 名词解释", "", "", "目录缺少第五部分", "the contents lack the last part"),
    Defect(
        "numbers",
        "number",
        "T2/221/income",
        "53.53",
        "35.53",
        "表2 住房保障支出的两位数字颠倒，与所属款、财政拨款收入均不符",
        "two digits of a subtotal transposed",
    ),
    Defect(
        "numbers",
        "words",
        "59行=（33",
        "59行",
        "57行",
        "表4 公式注所指的行不是本年支出合计所在行",
        "a formula note names the wrong row",
    ),
    Defect(
        "structure",
        "words",
        "部门：云川市青禾区数据服务中心",
        "青禾区",
        "松石区",
        "表5 的部门名称是另一个区的单位",
        "the name of another district's body above a table",
        nth=4,
    ),
    Defect(
        "numbers",
        "number",
        "T5/20805/basic",
        "112.89",
        "112.98",
        "表5 一格既不等于各项之和，也不等于本行小计",
        "a cell agrees neither with its parts nor with its row",
    ),
    Defect(
        "structure",
        "words",
        "2023年度一般公共预算财政拨款基本支出决算明细表",
        "2023",
        "2022",
        "表6 标题的年份错误",
        "the wrong year in a caption",
    ),
    Defect("numbers", "number", "T3/all/basic/share", "62.18", "62.81", "基本支出占比计算错误", "a wrong share"),
    Defect(
        "numbers",
        "number",
        "T4/total/income",
        "1,275.56",
        "1,257.56",
        "财政拨款收、支总计与表4 不符",
        "an amount in prose that is not the table's",
        nth=1,
    ),
    Defect(
        "numbers",
        "number",
        "T5/all/spending/verb",
        "增加",
        "减少",
        "“减少”与后文“增长”及金额矛盾",
        "a change in the wrong direction",
    ),
    Defect(
        "numbers",
        "number",
        "T5/2080505/spending/rate",
        "88.18",
        "88.81",
        "完成年初预算的比例计算错误",
        "a wrong rate of completion",
    ),
    Defect(
        "numbers",
        "words",
        "公务用车运行维护支出5.88万元",
        "5.88万元",
        "5.88",
        "金额后缺少单位“万元”",
        "a missing unit",
    ),
    Defect(
        "structure",
        "section",
        "十、机关运行经费支出情况说明",
        "",
        "",
        "缺少机关运行经费支出情况说明，序号由九跳到十一",
        "a section that the law asks for is missing",
    ),
    Defect(
        "text",
        "words",
        "截至2023年12月31日",
        "截至",
        "截止",
        "“截止”后面不能带时间，应为“截至”",
        "截止 where 截至 is meant",
    ),
    Defect("numbers", "number", "vehicles", "6", "7", "车辆总数与各类车辆之和不符", "a total that is not the sum"),
    Defect("text", "words", "其他用车1辆；单价", "；", "，；", "标点叠用“，；”", "doubled punctuation"),
    Defect("text", "words", "完成安全加固", "安全", "安全全", "重复字“安全全加固”", "a character set twice"),
    Defect(
        "text",
        "words",
        "以后年度预算和完善管理",
        "和",
        " and ",
        "中文句子中夹用英文 and",
        "a Latin word in a Chinese sentence",
    ),
    Defect(
        "terms",
        "words",
        "（款）事业运行（项）：",
        "事业运行",
        "机关运行",
        "名词解释中的科目不存在，应为“事业运行”",
        "a subject that does not exist",
    ),
    Defect(
        "terms",
        "words",
        "卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）：",
        "卫生健康支出",
        "医疗卫生与计划生育支出",
        "使用了 2019 年以前的类级科目名称",
        "the name that a subject had before 2019",
    ),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect with the range of the faulty text where it stands (empty where something is missing)."""

    defect: Defect
    start: int
    end: int


def _place(report: GeneratedReport, defect: Defect) -> tuple[int, int]:
    """The range of the clean text that the defect changes."""
    if defect.kind == "number":
        number = report.by_key[defect.at][defect.nth]
        start, end = number.start, number.end
    elif defect.kind == "words":
        found = -1
        for _ in range(defect.nth + 1):
            found = report.text.index(defect.at, found + 1)
        start = found + defect.at.index(defect.old)
        end = start + len(defect.old)
    else:
        kinds = ("contents",) if defect.kind == "contents" else ("heading", "caption")
        marks = [mark for mark in report.landmarks if mark.kind in kinds]
        index = next(i for i, mark in enumerate(marks) if mark.text == defect.at)
        start = marks[index].start
        end = marks[index].end if defect.kind == "contents" else marks[index + 1].start
        return start, end
    if report.text[start:end] != defect.old:
        raise ValueError(f"{defect.at}: {report.text[start:end]!r} is not {defect.old!r}")
    return start, end


def faulty(report: GeneratedReport) -> tuple[str, tuple[Planted, ...]]:
    """The report with all defects planted, and where they stand in it."""
    pieces: list[str] = []
    planted: list[Planted] = []
    at = length = 0
    for (start, end), defect in sorted((_place(report, defect), n) for n, defect in enumerate(DEFECTS)):
        pieces += [report.text[at:start], DEFECTS[defect].new]
        length += start - at
        planted.append(Planted(DEFECTS[defect], length, length + len(DEFECTS[defect].new)))
        length += len(DEFECTS[defect].new)
        at = end
    return "".join([*pieces, report.text[at:]]), tuple(planted)


def final_accounts() -> Iterator[tuple[str, GeneratedReport]]:
    """The three notations of the one department's final accounts, by the end of their file names."""
    for name, layout in FINAL_LAYOUTS.items():
        yield name, generate(FINAL_SEED, layout, tidy=True)


README = """# Example reports

Reports of departments that do not exist, made by `python -m tests.generator examples`; don't edit them by hand.

| file | what |
|---|---|
| `clean-final-accounts-2023.md` | final accounts (部门决算) with nine tables as tab-separated text, as converters of PDF write them |
| `clean-final-accounts-2023-pipe.md` | the same report with pipe tables |
| `clean-final-accounts-2023.html` | the same report with HTML tables, colspan and rowspan |
| `faulty-final-accounts-2023.md`, `-pipe.md`, `.html` | the same with the defects below |
| `clean-budget-2024.html` | a budget (部门预算): tables in 元, prose in 万元 |
| `clean-annual-report-2024.html` | an annual report on government information disclosure (政府信息公开工作年度报告) |
| `plugin/` | a rule pack to start from |

## The defects of the faulty reports

The three columns on the right are the lines of the `.md`, `-pipe.md` and `.html` files; where something is missing, the line that
now stands in its place.

| | family | 缺陷 | defect | .md | -pipe.md | .html |
|---|---|---|---|---|---|---|
"""


def files() -> dict[str, str]:
    """Every file of the folder that is made here, by name."""
    made: dict[str, str] = {}
    lines: dict[str, list[int]] = {}
    order: tuple[Planted, ...] = ()
    for name, report in final_accounts():
        text, order = faulty(report)
        made[f"clean-{name}"] = report.text
        made[f"faulty-{name}"] = text
        for one in order:
            lines.setdefault(one.defect.at, []).append(text.count("\n", 0, one.start) + 1)
    for name, (layout, seed) in OTHER_CLEAN.items():
        made[name] = generate(seed, layout, tidy=True).text
    rows = []
    for number, one in enumerate(order, 1):
        defect = one.defect
        where = " | ".join(map(str, lines[defect.at]))
        rows.append(f"| {number} | {defect.family} | {defect.what} | {defect.english} | {where} |\n")
    made["README.md"] = README + "".join(rows)
    return made


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of files that are not what would be written now."""
    return [
        name
        for name, text in files().items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def write(folder: Path = FOLDER) -> list[str]:
    """Writes the files; the names of those that changed."""
    changed = stale(folder)
    made = files()
    for name in changed:
        (folder / name).write_text(made[name], encoding="utf-8", newline="\n")
    return changed
