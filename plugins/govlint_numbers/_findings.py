"""Causes, tails and wrong notes put into words: the findings that the rules hand on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from govlint import Edit, Finding, Fix, Formula, Related, Severity, Span, Statement
from govlint_numbers._causes import Cause, Moved
from govlint_numbers._figures import CellPlace, Figure, Wording, name_of
from govlint_numbers._notes import NoteFault
from govlint_numbers._relations import Judged, Relation, Verdict, arithmetic, difference_of, only_term
from govlint_numbers._two_ways import TwoWays

MOST_RELATED = 12

FORMULA_NOTE = "formula-note"
TABLE_SUM = "table-sum"
TABLE_IDENTITY = "table-identity"
ROUNDING_TAIL = "rounding-tail"

_TARGET = r"[0-9０-９]{1,3}\s*[行栏列]"


class Reported(NamedTuple):
    """A finding with the name of the rule that reports it."""

    rule: str
    finding: Finding


# --- Wrong figures ----------------------------------------------------------------------------------------------------


def of_cause(cause: Cause) -> Reported:
    """The finding of a cause, at the figure that is wrong or where one of several is."""
    rule = rule_of(cause.broken, cause.figure)
    words = _WORDS[cause.kind](cause)
    span = _span(cause.figure)
    return Reported(rule, Finding(span, words.chinese, words.english, severity_of(cause), _evidence(cause)))


def rule_of(broken: Sequence[Judged], figure: Figure) -> str:
    """The rule that reports a cause at a figure.

    Relations inside one table or sentence come before those between them; a cell is reported by a rule for tables if
    any of the relations is one of theirs.
    """
    rules = [relation.origin.rule for relation, _ in broken]
    if figure.kind == "cell" and TABLE_SUM not in rules and TABLE_IDENTITY in rules:
        return TABLE_IDENTITY
    return next((rule for rule in rules if rule != TABLE_IDENTITY), rules[0])


def severity_of(cause: Cause) -> Severity:
    """Error where figures certainly contradict each other and none of them is only absent."""
    doubtful = not any(relation.origin.sure for relation, _ in cause.broken)
    absent = cause.kind in ("figure", "exchange") and cause.figure.number is None
    return Severity.WARNING if doubtful or absent else Severity.ERROR


def _span(figure: Figure) -> Span:
    assert figure.span is not None  # constants are never to blame
    return figure.span


def _of_figure(cause: Cause) -> Wording:
    chinese, english = _disagreement(cause)
    figure = cause.figure
    should = figure.prints(cause.value, grouped=_grouped(cause)) if cause.value is not None else ""
    if should and should != figure.printed:
        should = _in_other_unit(figure, cause.value) or f"{should}{figure.suffix}"
        chinese += f"，应为 {should}"
        english += f", should be {should}"
    if cause.slip is not None:
        chinese += f"（{cause.slip.words.chinese}）"
        english += f" ({cause.slip.words.english})"
    more = len(cause.broken) - 1
    if more:
        chinese += f"；另有 {more} 处关系同样不成立"
        english += f"; {more} more {'relation fails' if more == 1 else 'relations fail'} with it"
    return Wording(chinese, english)


def _in_other_unit(figure: Figure, value: Decimal | None) -> str:
    """``2294.89 万元`` for a number of the text with the right digits and the wrong unit."""
    if value is None or figure.kind != "prose" or figure.unit is None or not figure.value:
        return ""
    for unit, factor in (("元", 1), ("万元", 10_000), ("亿元", 100_000_000)):
        in_unit = value / factor
        if (
            figure.number is not None
            and unit != figure.unit.name
            and abs(in_unit - figure.number.value) <= figure.number.half
        ):
            return f"{figure.printed} {unit}"
    return ""


def _grouped(cause: Cause) -> bool:
    return any(relation.grouped for relation, _ in cause.broken)


def _disagreement(cause: Cause) -> Wording:
    """What the figure does not agree with, and the calculation that shows it."""
    relation, verdict = cause.broken[0]
    figure, target = cause.figure, relation.target
    here = figure.describe()
    if relation.kind in ("same", "part"):
        other = (relation.terms[0] if figure is target else target).describe()
        if relation.kind == "same":
            return Wording(f"{_and(here)}与{_and(other)}不一致", f"{here.english} differs from {other.english}")
        more, exceeds = ("小于", "is less than") if figure is target else ("大于", "exceeds")
        return Wording(f"{_and(here)}{more}{other.chinese}", f"{here.english} {exceeds} {other.english}")
    if relation.kind == "direction":
        return _wrong_word(relation, verdict)
    calculation = _calculation(cause)
    if relation.kind == "partition":
        return Wording(
            f"{_and(here)}所在的一组占比合计应为 100%：{calculation.chinese}",
            f"the shares that {here.english} is one of should make 100%: {calculation.english}",
        )
    chinese = f"{_and(here)}与{relation.origin.words.chinese}不符：{calculation.chinese}"
    english = f"{here.english} does not agree with {relation.origin.words.english}: {calculation.english}"
    if figure is target or relation.kind != "sum" or relation.beside:
        return Wording(chinese, english)
    place, stated = target.place.describe(), target.printed
    return Wording(
        f"{chinese}，而{place.chinese}为 {stated or '空白'}",
        f"{english}, but {place.english} says {stated or 'nothing'}",
    )


def _calculation(cause: Cause) -> Wording:
    """The calculation in figures, or in words where there is nothing to calculate: a sum of one item."""
    relation, verdict = cause.broken[0]
    only = only_term(relation)
    if only is None:
        written = arithmetic(relation, verdict)
        return Wording(written, written)
    if cause.figure is only:
        return Wording("相加的只有这一项", "it is the only item")
    return Wording(f"相加的只有 {only.printed} 一项", f"{only.printed} is the only item")


def _and(words: Wording) -> str:
    """The Chinese words, with a space behind a number, as they go on."""
    return words.chinese + " " * words.chinese[-1:].isascii()


def _wrong_word(relation: Relation, verdict: Verdict) -> Wording:
    word = relation.target.printed
    current, previous = (figure.describe() for figure in relation.terms)
    calculation = arithmetic(relation, verdict)
    return Wording(
        f"文中称“{word}”，而{current.chinese}、{previous.chinese}：{calculation}",
        f"the text says “{word}”, but {current.english}, {previous.english}: {calculation}",
    )


def _of_exchange(cause: Cause) -> Wording:
    one, two = cause.figure, cause.other
    assert two is not None
    calculation = arithmetic(*cause.broken[0])
    if one.number is None or two.number is None:
        return Wording(
            f"{two.place.describe().chinese}的 {two.printed or one.printed} 与{one.place.describe().chinese}似乎错位：{calculation}",
            f"{two.place.describe().english} and {one.place.describe().english} seem to be shifted: {calculation}",
        )
    return Wording(
        f"{_and(one.describe())}与{_and(two.describe())}似乎互换了位置：{calculation}",
        f"{one.describe().english} and {two.describe().english} seem to have changed places: {calculation}",
    )


def _of_shift(cause: Cause) -> Wording:
    first, last = cause.run[0].figure, cause.run[-1].figure
    calculation = arithmetic(*cause.broken[0])
    count = len(cause.broken)
    places = [figure.place for figure in (first, last) if isinstance(figure.place, CellPlace)]
    line = Wording("栏", "column") if len({place.row.index for place in places}) == 1 else Wording("行", "row")
    return Wording(
        f"{_and(first.describe())}至{_and(last.describe())}似乎错了{line.chinese}：{calculation}；还原后 {count} 处关系全部成立",
        f"the values from {first.describe().english} to {last.describe().english} seem to have slipped by a {line.english}: "
        f"{calculation}; put back, all {count} relations hold",
    )


def _of_missing_row(cause: Cause) -> Wording:
    relation = cause.broken[0].relation
    place = relation.target.place.describe()
    differences = [difference_of(broken, found) for broken, found in cause.broken]
    return Wording(
        f"{place.chinese}等 {len(differences)} 栏大于{relation.origin.words.chinese}，分别相差 {'、'.join(differences)}，可能漏列一行",
        f"{place.english} and {len(differences) - 1} more exceed {relation.origin.words.english} by "
        f"{', '.join(differences)}: a row may be missing",
    )


def _of_open(cause: Cause) -> Wording:
    relation, verdict = cause.broken[0]
    chinese, english = _disagreement(cause)
    if relation.kind in ("sum", "same", "part", "change", "partition"):
        by = difference_of(relation, verdict)
        chinese += f"，相差 {by}"
        english += f", a difference of {by}"
    return Wording(f"{chinese}；其中必有一个数有误", f"{english}; one of the figures is wrong")


_WORDS = {
    "figure": _of_figure,
    "exchange": _of_exchange,
    "shift": _of_shift,
    "row": _of_missing_row,
    "open": _of_open,
}


def _evidence(cause: Cause) -> tuple[Related, ...]:
    """The other figures of the relations, those that are printed first met."""
    own = {id(cause.figure)}
    figures = [cause.other] if cause.other is not None else []
    for relation, _ in cause.broken:
        figures.extend(relation.figures())
    related = [_belongs(moved, grouped=_grouped(cause)) for moved in cause.run]
    for figure in figures:
        if id(figure) in own or figure.span is None or (figure.number is None and figure is not cause.other):
            continue
        own.add(id(figure))
        if figure.value or figure is cause.other:
            related.append(related_to(figure))
    texts = {id(relation.origin.text): relation.origin for relation, _ in cause.broken if relation.origin.text}
    notes = [Related(origin.text.whole, *origin.words) for origin in texts.values() if origin.text]
    return (*related[: MOST_RELATED - len(notes[:2])], *notes[:2])


def _belongs(moved: Moved, *, grouped: bool) -> Related:
    words, should = moved.figure.describe(), moved.figure.prints(moved.value, grouped=grouped)
    return Related(_span(moved.figure), f"{words.chinese}，应为 {should}", f"{words.english}, should be {should}")


def related_to(figure: Figure) -> Related:
    """A figure as evidence."""
    return Related(_span(figure), *figure.describe())


# --- Many places between tables ---------------------------------------------------------------------------------------


def of_tables(
    group: Sequence[tuple[Cause, Finding]], table: Statement | None, others: Sequence[Statement], *, text: bool
) -> Finding:
    """One finding for causes that all lie between one table and others, or the text.

    ``table`` is the one that all of them have in common, ``None`` where there are two tables only.
    """
    cause, finding = min(group, key=lambda entry: (not _is_total(entry[0].figure), entry[1].span))
    figure = cause.figure if table is None else _in_table(cause, table) or cause.figure
    names = [name_of(other) for other in others] + [Wording("文字说明", "the text")] * text
    chinese, english = "、".join(name.chinese for name in names), " and ".join(name.english for name in names)
    if table is None:
        chinese, english = f"{chinese}之间", f"{english} disagree"
    else:
        chinese, english = f"{name_of(table).chinese}与{chinese}", f"{name_of(table).english} disagrees with {english}"
    count = len(group)
    rest = [Related(other.span, other.message, other.english) for _, other in group if other is not finding]
    return Finding(
        _span(figure),
        f"{chinese}共有 {count} 处不一致，可能同出一因：{finding.message}",
        f"{english} in {count} places, perhaps for one reason: {finding.english}",
        finding.severity,
        (*finding.related, *rest)[:MOST_RELATED],
    )


def of_disorder(group: Sequence[tuple[Cause, Reported]]) -> Finding:
    """One finding for a table in which so much fails to add up that it was misread or is all wrong."""
    first = min((reported.finding for _, reported in group), key=lambda finding: finding.span)
    place = group[0][0].figure.place
    assert isinstance(place, CellPlace)
    table, count = name_of(place.statement), sum(len(cause.broken) for cause, _ in group)
    return Finding(
        first.span,
        f"{table.chinese}有 {count} 处合计关系不成立，可能整表错行错栏，或转换时走样：{first.message}",
        f"{table.english}: {count} sums fail, perhaps rows or columns are shifted throughout: {first.english}",
        Severity.WARNING,
        tuple(
            Related(one.finding.span, one.finding.message, one.finding.english)
            for _, one in group
            if one.finding is not first
        )[:MOST_RELATED],
    )


def _in_table(cause: Cause, table: Statement) -> Figure | None:
    """The cause's first figure in a table."""
    figures = (figure for relation, _ in cause.broken for figure in relation.figures())
    return next((f for f in figures if isinstance(f.place, CellPlace) and f.place.statement is table), None)


def _is_total(figure: Figure) -> bool:
    return isinstance(figure.place, CellPlace) and figure.place.row.role == "total"


# --- One amount printed in two ways -----------------------------------------------------------------------------------


def of_two_ways(ways: TwoWays) -> Finding:
    """One amount that is printed in two ways, one unit of the last digit apart."""
    wrong, right = (sorted(figures, key=_rank) for figures in (ways.wrong, ways.right))
    head, other = wrong[0], right[0]
    chinese = f"同一数额两处不一致：{head.describe().chinese}，{other.describe().chinese}"
    english = f"one amount is printed in two ways: {head.describe().english}, {other.describe().english}"
    if ways.settled:
        chinese += f"；按 {other.printed} 计，有关合计正好相符"
        english += f"; with {other.printed} the sums add up to the digit"
    cells = head.kind == other.kind == "cell"
    return Finding(
        _span(head),
        chinese,
        english,
        Severity.WARNING if ways.settled and cells else Severity.INFO,
        tuple(related_to(figure) for figure in (*right, *wrong[1:])[:MOST_RELATED]),
    )


def _rank(figure: Figure) -> tuple[bool, Span]:
    """Cells before prose, then in the document's order."""
    return figure.kind != "cell", _span(figure)


# --- Rounding tails ---------------------------------------------------------------------------------------------------


def of_tails(tails: Sequence[Judged]) -> Finding:
    """The rounding tails of a table or sentence, told once at the largest."""
    relation, verdict = max(tails, key=lambda judged: abs(judged.verdict.difference))
    target = relation.target
    count = len(tails)
    place = target.describe()
    by = difference_of(relation, verdict)
    large = "，偏大" if _beyond_three_sigma(relation, verdict) else ""
    chinese = f"{_and(place)}与{relation.origin.words.chinese}相差 {by}，在四舍五入允许的范围内{large}：{arithmetic(relation, verdict)}"
    english = (
        f"{place.english} differs from {relation.origin.words.english} by {by}, which rounding can explain"
        f"{', though large' if large else ''}: {arithmetic(relation, verdict)}"
    )
    if count > 1:
        chinese += f"；同类尾差共 {count} 处"
        english += f"; {count} such tails"
    others = [other.target for other, _ in tails if other.target is not target and other.target.span is not None]
    return Finding(
        _span(target), chinese, english, Severity.INFO, tuple(related_to(figure) for figure in others[:MOST_RELATED])
    )


def _beyond_three_sigma(relation: Relation, verdict: Verdict) -> bool:
    """Whether a sum of many rounded figures is further off than chance makes likely: 3·u·√((n+1)/12)."""
    halves = [figure.half for figure in relation.figures() if figure.value]
    if len(halves) < 6:
        return False
    step = 2 * max(halves)
    return verdict.difference**2 > 9 * step**2 * Decimal(len(halves)) / 12


# --- Notes ------------------------------------------------------------------------------------------------------------


def of_note(fault: NoteFault) -> Finding:
    """A formula note that is wrong itself."""
    formula = fault.formula
    printed = "".join(formula.text.text.split())
    word = Wording("行", "row") if formula.axis == "row" else Wording("栏", "column")
    number = formula.target
    target = formula.target_text.whole
    if fault.kind == "other-row":
        what = f"第{number}行是“{fault.target_label}”" if fault.target_label else f"第{number}行没有项目"
        what_english = f"row {number} is “{fault.target_label}”" if fault.target_label else f"row {number} has no label"
        related = () if fault.figure is None else (related_to(fault.figure),)
        return Finding(
            _with_word(formula),
            f"公式“{printed}”的行次有误：{what}，合计“{fault.instead_label}”在第{fault.instead}行",
            f"the formula “{printed}” names the wrong row: {what_english}, the total “{fault.instead_label}” is row {fault.instead}",
            Severity.ERROR,
            related,
            Fix((Edit(target, str(fault.instead)),)),
        )
    if fault.kind == "contains-itself":
        return Finding(
            _with_word(formula),
            f"公式“{printed}”把第{number}{word.chinese}自己算作一项",
            f"the formula “{printed}” counts {word.english} {number} as one of its own terms",
            Severity.ERROR,
        )
    related = () if fault.figure is None else (related_to(fault.figure),)
    return Finding(
        formula.text.whole,
        f"公式“{printed}”与本表不符，逐{word.chinese}验算均不成立，可能是其他年度的表注",
        f"the formula “{printed}” does not fit this table, it fails throughout: perhaps the note of another year's form",
        Severity.WARNING,
        related,
    )


def _with_word(formula: Formula) -> Span:
    """The target's number with the 行 or 栏 behind it."""
    printed = re.search(_TARGET, formula.text.text)
    return formula.text.span(*printed.span()) if printed else formula.target_text.whole
