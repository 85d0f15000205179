"""What annual reports on information disclosure say in words of the numbers in their fixed forms (政府信息公开年报)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from govlint import RecognizedTable
from govlint_numbers._claims import Claim, Item
from govlint_numbers._figures import Figure
from govlint_numbers._prose import TABLES
from govlint_numbers._relations import Origin, Relation
from govlint_numbers._subjects import compact
from govlint_numbers._tables import LaneFigures, Sheet

_APPLICATIONS = (
    (re.compile(r"^(?:(?!部门|办公室|政府办|本机关)[^，。]){0,16}?(?:收到|受理|新收|接收|收到和受理)(?:的)?(?:各类)?(?:(?:政府)?信息公开申请|依申请公开(?:申请)?)(?:总数|数量)?(?:共|总?计|为)*$"), "本年新收"),
    (re.compile(r"上年度?(?:结转|转入)(?:的)?(?:政府信息公开)?(?:申请)?(?:数量)?(?:共|计|为|到本年)*$"), "上年结转"),
    (re.compile(r"^(?:本年度?)?(?:共|已|全年)*(?:办结|答复|办理完毕)(?:(?:政府)?信息公开申请)?(?:共|计|为)*$"), "总计"),
    (re.compile(r"^(?:其中)?予以公开$"), "予以公开"),
    (re.compile(r"^(?:其中)?部分公开$"), "部分公开"),
    (re.compile(r"^(?:另有)?结转(?:至|到)?(?:下年度?|次年|下一年度?)(?:继续)?(?:办理|答复|处理)?(?:的)?(?:申请)?$"), "结转下年度"),
)  # fmt: skip
_CLAUSE_END = re.compile(r"[，。；：（）、]")
_CARRIED_ON = re.compile(r"^(?:顺延|结转|延续)(?:至|到)?(?:下年|次年|下一年)")
_TO_NEXT = re.compile(r"^(?:至|到)(?:下年|次年|下一年|\d{4}年度?(?:继续)?办理)")
_PROCEEDINGS = (
    (re.compile(r"行政复议(?:案件)?(?:共|总?计|为)*$"), "行政复议"),
    (re.compile(r"(?:行政诉讼|提起诉讼)(?:案件)?(?:共|总?计|为)*$"), "行政诉讼"),
)
_OUTCOMES = re.compile(r"^(?:其中)?(?:被)?(结果维持|结果纠正|其他结果|尚未审结)$")


def annual_relations(
    claims: tuple[Claim, ...], tables: tuple[RecognizedTable, ...], sheets: Mapping[int, Sheet], rule: str
) -> Iterator[Relation]:
    """The counts of the text against the forms on applications and on proceedings; nothing where there are none."""
    forms = {
        table.form.id: sheets[table.statement.index]
        for table in tables
        if table.kind == "annual-report" and table.statement.index in sheets
    }
    applications, proceedings = forms.get("G2"), forms.get("G3")
    of: dict[int, str] = {}
    for claim in claims:
        if (
            claim.role != "count"
            or claim.item is None
            or claim.figure.unit is None
            or claim.figure.unit.name not in ("件", "条")
        ):
            continue
        words = compact(claim.words)
        cells: list[Figure] = []
        if applications is not None:
            cells = _application(applications, words, _CLAUSE_END.split(compact(claim.after), 1)[0])
        if not cells and proceedings is not None:
            cells = _proceeding(proceedings, words, claim.item, of)
        if not cells:
            continue
        origin = Origin(rule, TABLES, sure=False)
        kind = "same" if len(cells) == 1 else "sum"
        yield Relation(kind, claim.figure, tuple(cells), origin)  # type: ignore[arg-type]


def _application(sheet: Sheet, words: str, after: str) -> list[Figure]:
    for pattern, name in _APPLICATIONS:
        if pattern.search(words):
            return _row(sheet, name)
    if _CARRIED_ON.match(after) and words in ("", "另有", "其中", "有"):
        return _row(sheet, "结转下年度")
    if words == "结转" and _TO_NEXT.match(after):
        return _row(sheet, "结转下年度")
    return []


def _row(sheet: Sheet, name: str) -> list[Figure]:
    found = []
    for lane in sheet.lanes:
        place = next(
            (n for n, column in enumerate(lane.columns) if column.header and column.header[-1] == "总计"), None
        )
        if place is None:
            continue
        for row in lane.rows:
            label = compact(row.row.label)
            path = [compact(part) for part in row.row.path]
            fits = (
                name in label
                if name != "总计"
                else label == "总计" and any("办理结果" in part or "总计" in part for part in path)
            )
            figure = row.figures[place]
            if fits and figure is not None:
                found.append(figure)
    return found if len(found) == 1 else []


def _proceeding(sheet: Sheet, words: str, item: Item, of: dict[int, str]) -> list[Figure]:
    outcome = _OUTCOMES.match(words)
    if outcome is not None:
        name = of.get(id(item.parent)) if item.parent is not None else None
        return _columns(sheet, name, outcome.group(1)) if name else []
    for pattern, name in _PROCEEDINGS:
        if pattern.search(words):
            of[id(item)] = name
            return _columns(sheet, name, "总计")
    return []


def _columns(sheet: Sheet, proceeding: str, outcome: str) -> list[Figure]:
    """The figures of an outcome in the columns of a kind of proceedings: both ways of suing where it is 行政诉讼."""
    found: list[Figure] = []
    for lane in sheet.lanes:
        if len(lane.rows) != 1:
            continue
        found.extend(_in_lane(lane, proceeding, outcome))
    return found


def _in_lane(lane: LaneFigures, proceeding: str, outcome: str) -> Iterator[Figure]:
    for column, figure in zip(lane.columns, lane.rows[0].figures, strict=True):
        path = "／".join((lane.lane.title, *column.header))
        if figure is not None and proceeding in path and column.header and column.header[-1] == outcome:
            yield figure
