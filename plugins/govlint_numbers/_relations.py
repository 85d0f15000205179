"""Relations (关系) between figures, and how they are judged.

A relation says that figures belong together: a sum, the same fact printed twice, a share, a growth. :func:`judge`
decides by interval arithmetic whether the printed figures can stand for numbers for which it holds exactly; no
tolerance is made up. :func:`acceptable` turns the question round: which values of one of the figures would it accept?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import repeat
from operator import mul
from typing import Literal, NamedTuple

from msgspec import Struct

from govlint import Interval, Text
from govlint_numbers import _intervals as calc
from govlint_numbers._figures import ONE, ZERO, Figure, Wording, value_of

RelationKind = Literal[
    "sum", "same", "part", "share", "completion", "growth", "growth-by-change", "change", "direction", "partition"
]
"""What a relation asserts of its target and terms (a, b, …):

``sum``               Σ ±term = target (+ Σ ±beside), with ``signs`` and ``beside_signs``
``same``              a is the same fact as the target
``part``              a ≤ target
``share``             a ÷ b = target %
``completion``        a ÷ b = target %
``growth``            (a ÷ b − 1) · 100 = sign · target %: a current, b previous
``growth-by-change``  b ÷ (a − sign·b) · 100 = target %: a current, b the change without sign
``change``            a − b = sign · target: a current, b previous
``direction``         sign of a − b is ``sign``; the target is the word that says so
``partition``         Σ shares = target, the constant 100
"""

VerdictKind = Literal["agrees", "tolerable", "last-digit", "tail", "wrong", "direction", "zero-base", "unit"]
"""一致, 可容, 末位差, 尾差, 错误, 方向错, 零基数, 单位错."""

VIOLATED: frozenset[VerdictKind] = frozenset({"wrong", "direction", "zero-base", "unit"})

HUNDRED = Decimal(100)


class Origin(Struct, frozen=True):
    """Why a relation is demanded.

    ``rule`` names the rule that reports its violation; ``words`` says where it comes from (``表注“27行=（1+2+3）行”``,
    ``各栏之和``); ``text`` is the text that states it, if the report itself does; ``family`` joins the relations of one
    pattern (one note over all rows). ``sure`` is false where the pattern was only guessed or the binding is doubtful.
    """

    rule: str
    words: Wording
    text: Text | None = None
    family: str = ""
    sure: bool = True


class Relation(Struct, frozen=True, eq=False, gc=False):
    """Figures that belong together; see :data:`RelationKind`.

    ``signs`` are those of the terms of a sum, ``beside_signs`` those of what is added to its target; none where all are
    plus.
    """

    kind: RelationKind
    target: Figure
    terms: tuple[Figure, ...]
    origin: Origin
    sign: int = 1
    signs: tuple[int, ...] = ()
    beside: tuple[Figure, ...] = ()
    beside_signs: tuple[int, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """The target first, then the others."""
        return (self.target, *self.beside, *self.terms)

    def signed_terms(self) -> Iterator[tuple[int, Figure]]:
        """The terms with their signs."""
        return zip(self.signs or repeat(1), self.terms, strict=False)

    def signed_beside(self) -> Iterator[tuple[int, Figure]]:
        """What is added to the target, with its signs."""
        return zip(self.beside_signs or repeat(1), self.beside, strict=False)

    def signed(self) -> list[tuple[int, Figure]]:
        """The figures with their signs in the difference of computed and stated."""
        beside = [(-sign, figure) for sign, figure in self.signed_beside()]
        return [(-1, self.target), *beside, *self.signed_terms()]

    @property
    def grouped(self) -> bool:
        """Whether any of the figures separates thousands."""
        return any(figure.number is not None and figure.number.grouped for figure in self.figures())

    @property
    def printed(self) -> bool:
        """Whether any of the figures is printed at all."""
        return any(figure.number is not None and figure.kind != "constant" for figure in self.figures())


class Verdict(Struct, frozen=True, gc=False):
    """What judging came to.

    ``difference`` is computed minus stated, ``tolerance`` the most that rounding can explain, both in the target's
    base unit (points for percentages); ``computed`` is what the other figures make of the target. Where nothing differs
    they are left out.
    """

    kind: VerdictKind
    computed: Decimal | None = None
    difference: Decimal = ZERO
    tolerance: Decimal = ZERO

    @property
    def violated(self) -> bool:
        """Whether the figures cannot all be right."""
        return self.kind in VIOLATED


class Judged(NamedTuple):
    """A relation with its verdict."""

    relation: Relation
    verdict: Verdict


AGREES = Verdict("agrees")


# --- Judging --------------------------------------------------------------------------------------------------------


def judge(relation: Relation) -> Verdict:
    """Whether the printed figures can stand for numbers that fulfil the relation."""
    return _JUDGES[relation.kind](relation)


def _judge_sum(relation: Relation) -> Verdict:
    stated = relation.target.value
    computed = _total(relation.signs, relation.terms)
    if relation.beside:
        computed -= _total(relation.beside_signs, relation.beside)
    if computed == stated:
        return AGREES
    difference, tolerance = computed - stated, tolerance_of_sum(relation)
    if abs(difference) > tolerance:
        return Verdict("wrong", computed, difference, tolerance)
    return Verdict("tolerable" if _rounds_to(relation, difference) else "tail", computed, difference, tolerance)


def _total(signs: Iterable[int], figures: Iterable[Figure]) -> Decimal:
    """The sum of figures, with signs where there are any."""
    values = map(value_of, figures)
    return sum(map(mul, signs, values) if signs else values, ZERO)


def tolerance_of_sum(relation: Relation) -> Decimal:
    """The most that rounding can explain; where nothing is printed, or 0, nothing was rounded."""
    return sum([figure.half for figure in filter(value_of, relation.figures())], ZERO)


def _rounds_to(relation: Relation, difference: Decimal) -> bool:
    """Whether a total in 元 is, rounded to the 万元 of its items, what they add up to."""
    items = list(filter(value_of, relation.terms))
    if not items or any(item.unit == relation.target.unit for item in items):
        return False
    return abs(difference) <= min(item.half for item in items)


def _judge_same(relation: Relation) -> Verdict:
    target, other = relation.target, relation.terms[0]
    difference = other.value - target.value
    if not difference:
        return AGREES
    if target.number is None or other.number is None:
        return Verdict("wrong", other.value, difference)
    tolerance = target.half + other.half
    alike = target.half == other.half
    if abs(difference) <= tolerance:
        # Two roundings to different places are fine where they meet; equally printed figures must be equal.
        return Verdict("last-digit" if alike else "tolerable", other.value, difference, tolerance)
    if abs(difference) <= max(target.step, other.step) and not _whole(target, other):
        return Verdict("last-digit", other.value, difference, tolerance)
    return Verdict("unit" if _other_unit(target, other) else "wrong", other.value, difference, tolerance)


def _whole(*figures: Figure) -> bool:
    return not any(figure.half for figure in figures)


def _other_unit(target: Figure, other: Figure) -> bool:
    if not target.value or not other.value:
        return False
    for factor in (Decimal(10_000), HUNDRED):
        for small, large in ((target, other), (other, target)):
            if abs(small.value * factor - large.value) <= small.half * factor + large.half:
                return True
    return False


def _judge_part(relation: Relation) -> Verdict:
    whole, part = relation.target, relation.terms[0]
    if part.value <= whole.value:
        return AGREES
    excess, tolerance = part.value - whole.value, part.half + whole.half
    return Verdict("tail" if excess <= tolerance else "wrong", part.value, excess, tolerance)


def _judge_change(relation: Relation) -> Verdict:
    current, previous = relation.terms[0], relation.terms[1]
    stated = relation.target.value * relation.sign
    computed = current.value - previous.value
    tolerance = relation.target.half + current.half + previous.half
    difference = computed - stated
    if not difference:
        return AGREES
    if abs(difference) <= tolerance:
        return Verdict("tail", computed, difference, tolerance)
    if stated and abs(computed + stated) <= tolerance:
        return Verdict("direction", computed, difference, tolerance)
    return Verdict("wrong", computed, difference, tolerance)


def _judge_direction(relation: Relation) -> Verdict:
    current, previous = relation.terms[0], relation.terms[1]
    difference = current.value - previous.value
    tolerance = current.half + previous.half
    if abs(difference) <= tolerance or (difference > 0) - (difference < 0) == relation.sign:
        return AGREES
    return Verdict("direction", difference, difference, tolerance)


def _judge_percentage(relation: Relation) -> Verdict:
    target = relation.target
    point, possible = _percentage(relation)
    if point is None or possible is None:
        return Verdict("zero-base") if _base_is_zero(relation) else AGREES
    difference = point - target.value
    width = possible.high - possible.low
    if _rounded(point, target) == target.value:
        return AGREES
    stated = target.interval
    if possible.meets(stated):
        return Verdict("tolerable", point, difference, target.half + width / 2)
    if target.number is not None and possible.meets(Interval(target.value, target.value + target.step)):
        return Verdict("last-digit", point, difference, target.half)
    if target.value and relation.kind in ("growth", "growth-by-change"):
        mirrored = Interval(-possible.high, -possible.low)
        if mirrored.meets(stated):
            return Verdict("direction", point, difference, target.half)
    for factor in (HUNDRED, Decimal(10_000), ONE / HUNDRED, ONE / 10_000):
        if point and Interval(possible.low * factor, possible.high * factor).meets(stated):
            return Verdict("unit", point, difference, target.half)
    return Verdict("wrong", point, difference, target.half)


def _rounded(value: Decimal, like: Figure) -> Decimal:
    return value.quantize(like.step or ONE, ROUND_HALF_UP)


def _percentage(relation: Relation) -> tuple[Decimal | None, Interval | None]:
    """The percentage that the terms make, as a point and as an interval, with the sign of the target's word."""
    a, b = relation.terms[0], relation.terms[1]
    if relation.kind in ("share", "completion"):
        possible = calc.percentage(a.interval, b.interval)
        return (a.value / b.value * HUNDRED, possible) if possible and b.value else (None, None)
    if relation.kind == "growth":
        possible = calc.growth(a.interval, b.interval)
        point = (a.value - b.value) / b.value * HUNDRED if b.value else None
    else:
        change = b.interval if relation.sign > 0 else Interval(-b.interval.high, -b.interval.low)
        signed = b.value * relation.sign
        base = a.value - signed
        possible = calc.growth_by_change(a.interval, change)
        point = signed / base * HUNDRED if base > 0 else None
    if point is None or relation.sign > 0:
        return point, possible
    return -point, Interval(-possible.high, -possible.low) if possible is not None else None


def _base_is_zero(relation: Relation) -> bool:
    """Whether the base of a percentage is (or may well be) zero while a percentage other than 0 is stated."""
    if not relation.target.value:
        return False
    a, b = relation.terms[0], relation.terms[1]
    if relation.kind == "growth-by-change":
        return relation.sign > 0 and a.value > 0 and a.value - b.value <= min(a.half, b.half)
    return not b.value and bool(a.value)


_JUDGES: Mapping[RelationKind, Callable[[Relation], Verdict]] = {
    "sum": _judge_sum,
    "partition": _judge_sum,
    "same": _judge_same,
    "part": _judge_part,
    "change": _judge_change,
    "direction": _judge_direction,
    "share": _judge_percentage,
    "completion": _judge_percentage,
    "growth": _judge_percentage,
    "growth-by-change": _judge_percentage,
}


# --- The question turned round --------------------------------------------------------------------------------------


def windows(relation: Relation) -> Iterator[tuple[Figure, Interval | None]]:
    """For each figure the values for which the relation would hold, the others being right; ``None`` if not bounded.

    For the word of a direction there is no such value: it would have to change. Linear in the number of figures.
    """
    match relation.kind:
        case "sum" | "partition":
            yield from _windows_of_sum(relation)
        case "same":
            target, other = relation.target, relation.terms[0]
            for figure, against in ((target, other), (other, target)):
                half = figure.half or against.half
                yield figure, calc.around(against.value, ZERO if half == against.half else half + against.half)
        case "part":
            whole, part = relation.target, relation.terms[0]
            slack = part.half + whole.half
            yield whole, Interval(part.value - slack, calc.NEVER)
            yield part, Interval(-calc.NEVER, whole.value + slack)
        case "change" | "direction":
            for figure in relation.figures():
                yield figure, _window_in_change(relation, figure)
        case _:
            for figure in relation.figures():
                yield figure, _window_in_percentage(relation, figure)


def _windows_of_sum(relation: Relation) -> Iterator[tuple[Figure, Interval | None]]:
    signed = relation.signed()
    residual = tolerance = ZERO
    least: Decimal | None = None
    for sign, figure in signed:
        if figure.value:
            residual += figure.value if sign > 0 else -figure.value
            tolerance += figure.half
            if figure.half and (least is None or figure.half < least):
                least = figure.half
    for sign, figure in signed:
        if figure.kind != "constant":
            slack = tolerance if figure.value else tolerance + (figure.half or least or ZERO)
            yield figure, calc.around(figure.value - residual * sign, slack)


def _window_in_change(relation: Relation, figure: Figure) -> Interval | None:
    current, previous = relation.terms[0], relation.terms[1]
    target = relation.target
    slack = current.half + previous.half
    if relation.kind == "direction":
        if figure is target:
            return None
        fixed = previous.value if figure is current else current.value
        upward = relation.sign if figure is current else -relation.sign
        if not upward:
            return calc.around(fixed, slack)
        return Interval(fixed - slack, calc.NEVER) if upward > 0 else Interval(-calc.NEVER, fixed + slack)
    slack += target.half
    if figure is target:
        return calc.around((current.value - previous.value) * relation.sign, slack)
    change = target.value * relation.sign
    return calc.around(previous.value + change if figure is current else current.value - change, slack)


def _window_in_percentage(relation: Relation, figure: Figure) -> Interval | None:
    target, (a, b) = relation.target, relation.terms
    if figure is target:
        _, possible = _percentage(relation)
        return calc.widened(possible, target.half) if possible else None
    stated = target.interval
    if relation.kind in ("share", "completion"):
        if figure is a:
            return calc.widened(calc.part_for(stated, b.interval), a.half)
        whole = calc.whole_for(a.interval, stated)
        return calc.widened(whole, b.half) if whole else None
    signed = stated if relation.sign > 0 else Interval(-stated.high, -stated.low)
    if relation.kind == "growth":
        found = (
            calc.current_for_growth(signed, b.interval) if figure is a else calc.previous_for_growth(signed, a.interval)
        )
    elif figure is a:
        change = b.interval if relation.sign > 0 else Interval(-b.interval.high, -b.interval.low)
        found = calc.current_for_change(signed, change)
    else:
        found = calc.change_for_growth(signed, a.interval)
        if found and relation.sign < 0:
            found = Interval(-found.high, -found.low)
    return calc.widened(found, figure.half) if found else None


# --- The arithmetic, written out ------------------------------------------------------------------------------------

_SHOWN_TERMS = 8


def arithmetic(relation: Relation, verdict: Verdict) -> str:
    """The calculation as it would be done by hand: ``2,554.43 ÷ 2,556.03 = 99.94%``. The same in both languages."""
    target = relation.target
    match relation.kind:
        case "sum" | "partition":
            left = _summands(relation.signed_terms())
            if relation.beside:
                return _both_sides(relation, left, verdict)
            like = target if target.unit == relation.terms[0].unit else relation.terms[0]
            total = _plain(verdict.computed if verdict.computed is not None else target.value, like, relation)
            if like is not target and like.unit is not None:
                total += f" {like.unit.name}"
            if only_term(relation) is None:
                return f"{left} = {total}"
            return f"{left} {'≠' if verdict.difference else '='} {_with_unit(target, like)}"
        case "same" | "part":
            sign = "=" if relation.kind == "same" else "≤"
            if verdict.violated or (verdict.difference and verdict.kind != "tolerable"):
                sign = "≠" if relation.kind == "same" else ">"
            other = relation.terms[0]
            if relation.kind == "same" and other.unit != target.unit:
                return f"{_with_unit(other)} {sign} {_with_unit(target)}"
            return f"{other.printed or '空白'} {sign} {target.printed or '空白'}"
        case "change" | "direction":
            a, b = relation.terms[0], relation.terms[1]
            return f"{_with_unit(a, b)} − {_with_unit(b, a)} = {_plain(a.value - b.value, a, relation)}"
        case _:
            return _division(relation, verdict)


def only_term(relation: Relation) -> Figure | None:
    """The one figure that a sum adds up, where no other is printed; ``None`` of any other relation."""
    if relation.kind != "sum" or relation.beside:
        return None
    printed = [(sign, figure) for sign, figure in relation.signed_terms() if figure.number is not None]
    return printed[0][1] if len(printed) == 1 and printed[0][0] > 0 else None


def _both_sides(relation: Relation, left: str, verdict: Verdict) -> str:
    """``21 + 0 = 20 + 1``, or with ``≠`` between the two sums: ``21 + 0 = 21 ≠ 20 = 20 + 0``."""
    target = relation.target
    stated = f"{target.printed or '0'} {_summands(relation.signed_beside(), leading=False)}"
    if not verdict.difference:
        return f"{stated} = {left}"
    both = target.value + _total(relation.beside_signs, relation.beside), _total(relation.signs, relation.terms)
    sums = [_plain(total, target, relation) for total in both]
    return f"{stated} = {sums[0]} ≠ {sums[1]} = {left}"


def difference_of(relation: Relation, verdict: Verdict) -> str:
    """The difference without sign, in the target's unit: ``0.01``."""
    return _plain(abs(verdict.difference), relation.target, relation)


def _division(relation: Relation, verdict: Verdict) -> str:
    a, b = relation.terms[0], relation.terms[1]
    point, _ = _percentage(relation)
    if point is None:
        result = "基数为 0，无意义"
    else:
        decimals = relation.target.number.decimals if relation.target.number else 2
        if verdict.violated or verdict.kind == "last-digit":
            decimals = max(decimals, 2)
        result = f"{point.quantize(ONE.scaleb(-decimals), ROUND_HALF_UP)}%"
    if relation.kind in ("share", "completion"):
        return f"{_with_unit(a, b)} ÷ {_with_unit(b, a)} = {result}"
    if relation.kind == "growth":
        minuend = (
            f"({_with_unit(a, b)} − {_with_unit(b, a)})"
            if relation.sign > 0
            else f"({_with_unit(b, a)} − {_with_unit(a, b)})"
        )
        return f"{minuend} ÷ {_with_unit(b, a)} = {result}"
    operator = "−" if relation.sign > 0 else "+"
    return f"{_with_unit(b, a)} ÷ ({_with_unit(a, b)} {operator} {_with_unit(b, a)}) = {result}"


def _with_unit(figure: Figure, beside: Figure | None = None) -> str:
    if figure.unit is None or (beside is not None and beside.unit == figure.unit):
        return figure.printed or "0"
    return f"{figure.printed or '0'} {figure.unit.name}"


def _summands(signed: Iterable[tuple[int, Figure]], *, leading: bool = True) -> str:
    """The terms as they are added up: printed zeros only where there are few terms, blank ones never."""
    terms = list(signed)
    printed = [(sign, figure) for sign, figure in terms if figure.number is not None]
    shown = printed if len(printed) <= _SHOWN_TERMS else [(sign, figure) for sign, figure in printed if figure.value]
    parts: list[str] = []
    for sign, figure in shown or terms[:1]:
        operator = "− " if sign < 0 else "+ " if parts or not leading else ""
        parts.append(f"{operator}{figure.printed or '0'}")
    if len(parts) > _SHOWN_TERMS + 1:
        parts[_SHOWN_TERMS - 1 : -1] = ["+ …"]
    return " ".join(parts)


def _plain(value: Decimal, like: Figure, relation: Relation) -> str:
    """A sum in the unit of a figure, with as many decimals as it has or needs, thousands separated as in the relation."""
    scaled = value / like.unit.factor if like.unit else value
    decimals = max(like.number.decimals if like.number else 0, -int(scaled.normalize().as_tuple().exponent))
    return f"{scaled:{',' if relation.grouped else ''}.{min(decimals, 6)}f}"
