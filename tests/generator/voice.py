"""Says things in the words of one house, marking every number, direction word and unit."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from decimal import Decimal
from random import Random

from tests.generator import bodies, subjects
from tests.generator.marks import Mark, Part, Parts, Role, fill, joined, printed, rounded
from tests.generator.model import VEHICLES, ZERO, Department, Line, Official, Spent
from tests.generator.wording import COMMON, HOUSES

HALF = Decimal("0.005")
LAST = Decimal("0.01")
FORGIVING = Decimal("0.015")
"""A change of an amount by more than one unit of its last digit."""
UNCHECKED = Decimal("Infinity")
"""The slack of a number that nothing else in the report bears on."""


def wan(value: Decimal) -> Decimal:
    """万元 as printed."""
    return rounded(value / 10000, 2)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in %, unrounded."""
    return part / whole * 100


class Voice:
    """Fills the sentences of a house about a department; one variant of each sentence a report."""

    def __init__(
        self, house: str, department: Department, rng: Random, *, grouped: bool, trimmed: bool = False
    ) -> None:
        self.department = department
        self.rng = rng
        self.grouped = grouped
        self.trimmed = trimmed
        self.sentences = ChainMap(dict(HOUSES[house]), dict(COMMON))
        self.chosen: dict[str, str] = {}
        self.words = {"up": ("增加", rng.choice(("增长", "增长", "上升"))), "down": ("减少", "下降")}

    def say(self, name: str, /, **values: Part | Parts) -> Parts:
        """The sentence ``name``."""
        template = self.chosen.get(name)
        if template is None:
            template = self.chosen[name] = self.rng.choice(self.sentences[name])
        department = self.department
        about: dict[str, Part | Parts] = {
            "year": str(department.year),
            "last": str(department.last),
            "body": department.name,
            "short": department.profile.short,
            "level": department.place.level,
        }
        return fill(template, **(about | values))

    def has(self, name: str) -> bool:
        """Whether the house has a sentence ``name``."""
        return name in self.sentences

    def digits(self, value: Decimal) -> str:
        """An amount in 万元 as the house prints it; ``trimmed``: without zeros after the last decimal that says anything."""
        text = printed(value / 10000, grouped=self.grouped)
        return text.rstrip("0").rstrip(".") if self.trimmed else text

    def half(self, value: Decimal) -> Decimal:
        """Half a unit of the last digit that is printed of an amount."""
        return Decimal(5).scaleb(-len(self.digits(value).partition(".")[2]) - 1)

    def _limits(self, value: Decimal) -> tuple[Decimal, Decimal]:
        """What the printed 万元 may stand for; a printed 0 is nothing."""
        shown, half = wan(value), self.half(value)
        return (shown - half, shown + half) if shown else (ZERO, ZERO)

    def ratio_slack(self, part: Decimal, whole: Decimal, shift: int = 0) -> Decimal:
        """How far a printed ``part`` ÷ ``whole`` (− ``shift``) may be off that of the printed operands, and one digit more."""
        shown = rounded(percent(part, whole) - shift, 2)
        (low, high), (below, above) = self._limits(part), self._limits(whole)
        ends = (percent(low, above) - shift, percent(high, below) - shift)
        return max(abs(shown - end) for end in ends) + LAST

    def growth_slack(self, current: Decimal, previous: Decimal) -> Decimal:
        """The same for a growth that is recomputed from the current amount and the change."""
        delta = current - previous
        shown = rounded(percent(delta, previous), 2)
        sign = 1 if delta > 0 else -1
        ends = (
            percent(sign * change, now - sign * change)
            for now in self._limits(current)
            for change in self._limits(abs(delta))
        )
        return max(abs(shown - end) for end in ends) + LAST

    def amount(
        self,
        value: Decimal,
        key: str,
        *,
        stated: bool = False,
        determined: bool | None = None,
        slack: Decimal = FORGIVING,
        role: Role = "amount",
    ) -> Parts:
        """``2556.03万元``."""
        sure = stated if determined is None else determined
        slack = max(slack, 3 * self.half(value)) if wan(value) else slack
        number = Mark(self.digits(value), role, key, stated, sure, slack, value)
        return (number, Mark("万元", "unit", key, stated, sure))

    def percentage(self, value: Decimal, role: Role, key: str, slack: Decimal, *, determined: bool) -> Parts:
        """``20.85%``."""
        number = Mark(printed(value), role, key, False, determined, slack, value)
        return (number, Mark("%", "percent", key, False, determined))

    def share(self, key: str, part: Decimal, whole: Decimal, *, determined: bool = True) -> Parts:
        """What % ``part`` is of ``whole``."""
        return self.percentage(
            percent(part, whole), "share", f"{key}/share", self.ratio_slack(part, whole), determined=determined
        )

    def rate(self, key: str, actual: Decimal, budget: Decimal, *, determined: bool = True) -> Parts:
        """What % of ``budget`` was spent."""
        slack = self.ratio_slack(actual, budget)
        return self.percentage(percent(actual, budget), "rate", f"{key}/rate", slack, determined=determined)

    def verb(
        self, key: str, current: Decimal, previous: Decimal, *, determined: bool = True, slack: Decimal = ZERO
    ) -> Mark:
        """增加 or 减少."""
        word = self.words["up" if current > previous else "down"][0]
        return Mark(word, "direction", f"{key}/verb", False, determined, slack)

    def delta(self, key: str, current: Decimal, previous: Decimal, *, determined: bool, slack: Decimal) -> Parts:
        """By how much it changed."""
        value = abs(current - previous)
        return self.amount(value, f"{key}/change", role="change", determined=determined, slack=slack)

    def change(self, key: str, current: Decimal, previous: Decimal, *, determined: bool = False) -> Parts:
        """``减少304.04万元，下降10.63%``."""
        difference = current - previous
        # the rate (±0.005, and one digit) that a change implies: d(rate)/d(change) = current / previous²
        slack = (LAST + HALF) / 100 * (previous * previous / current) / 10000 + LAST if current else LAST
        trend = self.words["up" if difference > 0 else "down"][1]
        return self.say(
            "change",
            verb=self.verb(key, current, previous),
            delta=self.delta(key, current, previous, determined=determined, slack=slack),
            trend=Mark(trend, "direction", f"{key}/trend", determined=True),
            rate=self.percentage(
                abs(percent(difference, previous)),
                "growth",
                f"{key}/growth",
                self.growth_slack(current, previous),
                determined=determined,
            ),
        )

    def compared(
        self,
        name: str,
        key: str,
        current: Decimal,
        previous: Decimal,
        /,
        *,
        determined: bool = False,
        **values: Part | Parts,
    ) -> Parts:
        """The sentence ``name`` with the change, or ``name_flat`` without any, or ``name_new`` where the base is 0."""
        if not wan(current - previous):
            return (
                self.say(f"{name}_flat", **values)
                if self.has(f"{name}_flat")
                else self.say(name, change="持平", **values)
            )
        if not previous:
            verb = self.verb(key, current, previous, determined=False, slack=UNCHECKED)
            delta = self.delta(key, current, previous, determined=determined, slack=FORGIVING)
            return self.say(f"{name}_new", delta=delta, verb=verb, **values)
        return self.say(name, change=self.change(key, current, previous, determined=determined), **values)

    def side(self, key: str, actual: Decimal, budget: Decimal) -> Mark:
        """大于 or 小于."""
        return Mark("大于" if actual > budget else "小于", "direction", f"{key}/side", determined=True)

    def reason(self, current: Decimal, previous: Decimal) -> str:
        """Why it went up or down."""
        return self.rng.choice(bodies.REASONS_UP if current > previous else bodies.REASONS_DOWN)

    def budget_reason(self, line: Line) -> str:
        """Why more or less than the budget was spent on a 项."""
        over = line.spending > line.budget
        if line.basic:
            return self.rng.choice(bodies.REASONS_OVER if over else bodies.REASONS_UNDER)
        return self.rng.choice(bodies.REASONS_OVER_PROJECT if over else bodies.REASONS_UNDER_PROJECT)

    def official_reason(self, current: Decimal, previous: Decimal) -> str:
        """The same for 三公."""
        return self.rng.choice(bodies.REASONS_OFFICIAL_UP if current > previous else bodies.REASONS_OFFICIAL_DOWN)

    def operation_reason(self, current: Decimal, previous: Decimal) -> str:
        """The same for 机关运行经费."""
        return self.rng.choice(bodies.REASONS_OPERATION_UP if current > previous else bodies.REASONS_OPERATION_DOWN)

    def count(self, number: int, unit: str, key: str, *, checked: bool = False) -> Parts:
        """``3辆``."""
        slack = ZERO if checked else UNCHECKED
        return (Mark(str(number), "count", key, False, False, slack, Decimal(number)), unit)

    def path(self, code: str) -> Parts:
        """``X（类）Y（款）Z（项）``."""
        parent, group = subjects.name_of(code[:3]), subjects.name_of(code[:5])
        return (f"{parent}（类）{group}（款）", Mark(subjects.name_of(code), "subject", code), "（项）")

    def use(self, code: str) -> str:
        """What the money of a 项 is for."""
        return subjects.USES.get(code, f"{subjects.name_of(code)}方面的工作")

    def vehicles(self) -> Parts:
        """The cars by category."""
        return joined(
            (
                (name, *self.count(number, "辆", f"vehicles/{index}", checked=True))
                for index, (name, number) in enumerate(zip(VEHICLES, self.department.vehicles, strict=True))
            ),
            "、",
        )

    def offices(self) -> tuple[str, str]:
        """How many offices, and their names."""
        names = self.department.profile.offices
        return str(len(names)), "、".join(names)


def listed(items: Iterable[Parts]) -> Parts:
    """Items between ；."""
    return joined(items, "；")


def official_items(official: Official, *, cars: str = "公务用车购置及运行维护费") -> tuple[tuple[str, str, Spent], ...]:
    """Key, name and amounts of the three kinds."""
    return (
        ("abroad", "因公出国（境）费", official.abroad),
        ("cars", cars, official.cars),
        ("reception", "公务接待费", official.reception),
    )
