"""Findings of the prose that no wrong number causes: words at odds, rates on a base of zero, missing units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint import Edit, Finding, Fix, Related, Severity
from govlint_numbers._claims import MissingUnit
from govlint_numbers._figures import Figure, Wording
from govlint_numbers._findings import MOST_RELATED, Reported, related_to
from govlint_numbers._prose import DIRECTION, MISSING_UNIT, OVERSPENT, ZERO_BASE, Fault, Prose
from govlint_numbers._relations import Judged, arithmetic, judge


def told_by_words(prose: Prose, zero_base: Sequence[Judged]) -> Iterator[Reported]:
    """The findings of faults, of rates without a base, and of missing units."""
    for fault in prose.faults:
        yield of_fault(fault)
    if zero_base:
        yield Reported(ZERO_BASE, of_zero_base(zero_base))
    for missing in prose.missing:
        yield Reported(MISSING_UNIT, of_missing_unit(missing))


def of_fault(fault: Fault) -> Reported:
    """The finding of a fault."""
    figure = fault.figure
    assert figure.span is not None
    related = tuple(_related(other) for other in fault.others if other.span is not None)
    if fault.kind == "over":
        budget = fault.others[0]
        return Reported(
            OVERSPENT,
            Finding(
                figure.span if fault.place is None else fault.place.whole,
                f"执行数 {figure.printed}{figure.suffix}大于全年预算数 {budget.printed}{budget.suffix}，全年预算数应为调整后的预算，超出须有说明",
                f"{figure.printed}{figure.suffix} spent, more than the budget of the whole year, {budget.printed}{budget.suffix}",
                Severity.WARNING,
                related[:MOST_RELATED],
            ),
        )
    chinese, english = _words_of(fault)
    if fault.relation is not None:
        calculation = arithmetic(fault.relation, judge(fault.relation))
        chinese += f"：{calculation}"
        english += f": {calculation}"
        related = (*related, *(related_to(term) for term in fault.relation.terms if term.span))
    if fault.should:
        chinese += f"，应为“{fault.should}”"
        english += f", should be “{fault.should}”"
    severity = Severity.ERROR if fault.kind in ("odds", "against") else Severity.WARNING
    return Reported(DIRECTION, Finding(figure.span, chinese, english, severity, related[:MOST_RELATED]))


def _words_of(fault: Fault) -> Wording:
    word = fault.figure.printed
    others = "”“".join(dict.fromkeys(f"{other.printed}{other.suffix}" for other in fault.others))
    if fault.kind == "against":
        return Wording(f"“{word}”与所列数不符", f"“{word}” does not agree with the numbers")
    if fault.kind == "again":
        return Wording(f"“{word}”与上文“{others}”矛盾", f"“{word}” contradicts “{others}” above")
    return Wording(f"“{word}”与同句的“{others}”矛盾", f"“{word}” contradicts “{others}” in the same sentence")


def _related(figure: Figure) -> Related:
    assert figure.span is not None
    words = figure.describe() if figure.number is not None else Wording(f"“{figure.printed}”", f"“{figure.printed}”")
    return Related(figure.span, words.chinese, words.english)


def of_zero_base(found: Sequence[Judged]) -> Finding:
    """One finding for all rates whose base is zero."""
    relation = found[0].relation
    target = relation.target
    assert target.span is not None
    rate = f"{target.printed}%"
    chinese = f"基数为 0，{rate} 无意义：{_base_of(found[0])}，只能写增减额"
    english = f"the base is 0, so there is no rate of {rate}"
    if len(found) > 1:
        chinese += f"；同类共 {len(found)} 处"
        english += f"; {len(found)} such rates"
    related = [related_to(one.relation.target) for one in found[1:]]
    bases = [related_to(term) for term in relation.terms if term.span is not None]
    return Finding(target.span, chinese, english, Severity.WARNING, tuple((*bases, *related)[:MOST_RELATED]))


def _base_of(one: Judged) -> str:
    a, b = one.relation.terms
    if one.relation.kind == "growth-by-change":
        return f"{a.printed} − {b.printed} = 0"
    return f"{b.describe().chinese}"


def of_missing_unit(missing: MissingUnit) -> Finding:
    """A number that lacks its unit or percent sign."""
    figure = missing.figure
    assert figure.span is not None
    printed = figure.printed
    sign = "百分号" if missing.unit == "%" else f"单位“{missing.unit}”"
    english = "its percent sign" if missing.unit == "%" else f"its unit, {missing.unit}"
    end = figure.span.end
    span = type(figure.span)(end, end)
    return Finding(
        figure.span,
        f"“{printed}”缺少{sign}，应为“{printed}{missing.unit}”",
        f"{printed} lacks {english}",
        None,
        (),
        Fix((Edit(span, missing.unit),)),
    )
