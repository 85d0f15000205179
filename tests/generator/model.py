"""One department's year (一个部门的一年): amounts in 元 at the bottom, from which every printed number is derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Literal

from tests.generator import subjects
from tests.generator.bodies import PLACES, PROFILES, Place, Profile, Undertaking
from tests.generator.marks import rounded

Source = Literal["general", "fund", "capital", "superior", "service", "business", "other"]
FISCAL: tuple[Source, ...] = ("general", "fund", "capital")
SOURCES: tuple[Source, ...] = (*FISCAL, "superior", "service", "business", "other")

ZERO = Decimal(0)
FIELDS = (
    "opening",
    "income",
    "used",
    "basic",
    "project",
    "operating",
    "spending",
    "allocated",
    "closing",
    "budget",
    "previous",
    "previous_income",
)

Sums = Mapping[str, Mapping[str, Decimal]]
"""Sums by code (项, 款, 类, and ``""`` for all) and field."""


@dataclass(frozen=True, slots=True)
class Line:
    """Money of one source spent on one 项.

    ``opening`` + ``income`` + ``used`` = ``spending`` + ``allocated`` + ``closing`` (年初结转和结余, 本年收入,
    使用非财政拨款结余, 本年支出, 结余分配, 年末结转和结余). ``budget`` is 年初预算, ``previous`` last year's spending.
    In a budget ``spending`` is this year's budget, ``previous`` last year's execution and ``budget`` last year's budget.
    """

    code: str
    source: Source
    basic: Decimal = ZERO
    project: Decimal = ZERO
    operating: Decimal = ZERO
    opening: Decimal = ZERO
    closing: Decimal = ZERO
    used: Decimal = ZERO
    allocated: Decimal = ZERO
    budget: Decimal = ZERO
    previous: Decimal = ZERO

    @property
    def spending(self) -> Decimal:
        """本年支出."""
        return self.basic + self.project + self.operating

    @property
    def income(self) -> Decimal:
        """本年收入."""
        return self.spending + self.allocated + self.closing - self.opening - self.used

    @property
    def previous_income(self) -> Decimal:
        """Last year's income; last year began without anything carried over."""
        return self.previous + self.opening


@dataclass(frozen=True, slots=True)
class Spent:
    """One of the 三公 expenses: this year's budget, what was spent, and what was spent (or budgeted) last year."""

    budget: Decimal = ZERO
    actual: Decimal = ZERO
    previous: Decimal = ZERO

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.budget + other.budget, self.actual + other.actual, self.previous + other.previous)


@dataclass(frozen=True, slots=True)
class Official:
    """“三公”经费 with the counts that must be stated."""

    abroad: Spent
    purchase: Spent
    running: Spent
    reception: Spent
    groups: int
    travellers: int
    bought: int
    kept: int
    receptions: int
    guests: int

    @property
    def cars(self) -> Spent:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def total(self) -> Spent:
        """All three."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its full-year budget and what was spent."""

    undertaking: Undertaking
    code: str
    budget: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Procurement:
    """政府采购: by kind, and what went to small firms."""

    goods: Decimal
    works: Decimal
    services: Decimal
    small: Decimal
    micro: Decimal

    @property
    def total(self) -> Decimal:
        """货物 + 工程 + 服务."""
        return self.goods + self.works + self.services


@dataclass(frozen=True, slots=True)
class Staff:
    """People in post and retired."""

    administrative: int
    institution: int
    retired: int


@dataclass(frozen=True)
class Department:
    """A body's year. ``operation`` is 机关运行经费 with last year's, nothing for an institution."""

    place: Place
    profile: Profile
    year: int
    lines: tuple[Line, ...]
    economic: Mapping[str, Decimal]
    official: Official
    projects: tuple[Project, ...]
    procurement: Procurement
    staff: Staff
    vehicles: tuple[int, ...]
    equipment: int
    operation: tuple[Decimal, Decimal]
    meetings: Spent
    training: Spent

    @property
    def name(self) -> str:
        """The body's full name."""
        return f"{self.place.city}{self.place.district}{self.profile.name}"

    @property
    def last(self) -> int:
        """The year before."""
        return self.year - 1

    @cached_property
    def all(self) -> Sums:
        """Sums over all sources."""
        return sums(self.lines)

    @cached_property
    def fiscal(self) -> Sums:
        """Sums over 财政拨款."""
        return sums(line for line in self.lines if line.source in FISCAL)

    @cached_property
    def by_source(self) -> Mapping[Source, Sums]:
        """Sums for each source."""
        return {source: sums(line for line in self.lines if line.source == source) for source in SOURCES}

    @property
    def general(self) -> Sums:
        """Sums of 一般公共预算财政拨款."""
        return self.by_source["general"]

    @property
    def personnel(self) -> Decimal:
        """人员经费 of the basic expenditure of 一般公共预算."""
        return economic_sum(self.economic, "301") + economic_sum(self.economic, "303")

    @property
    def running(self) -> Decimal:
        """公用经费 of the same."""
        return self.general[""]["basic"] - self.personnel

    def scaled(self, factor: Decimal) -> Department:
        """Every amount times ``factor``: the year of another, consistent department."""

        def times(line: Line) -> Line:
            amounts = ("basic", "project", "operating", "opening", "closing", "used", "allocated", "budget", "previous")
            return replace(line, **{name: getattr(line, name) * factor for name in amounts})

        return replace(
            self,
            lines=tuple(times(line) for line in self.lines),
            economic={code: amount * factor for code, amount in self.economic.items()},
        )


def sums(lines: Iterable[Line]) -> Sums:
    """Totals by field for every 项 of ``lines``, its 款, its 类, and all."""
    result: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(FIELDS, ZERO))
    for line in lines:
        amounts = [(field, getattr(line, field)) for field in FIELDS]
        for code in (line.code, line.code[:5], line.code[:3], ""):
            entry = result[code]
            for field, amount in amounts:
                entry[field] += amount
    return result


def economic_sum(economic: Mapping[str, Decimal], prefix: str) -> Decimal:
    """The sum of the 款 of one 类."""
    return sum((amount for code, amount in economic.items() if code.startswith(prefix)), ZERO)


VEHICLES = (
    "副部（省）级及以上领导用车",
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)


class _Purse:
    """Random amounts on a grid: whole 分 (or 元), or whole 100 元 where no rounding may show."""

    def __init__(self, rng: Random, step: Decimal) -> None:
        self.rng = rng
        self.step = step

    def between(self, low: int, high: int) -> Decimal:
        """An amount from ``low`` to ``high`` 万元."""
        return self.rng.randint(int(low * 10000 / self.step), int(high * 10000 / self.step)) * self.step

    def part(self, amount: Decimal, low: int, high: int) -> Decimal:
        """From ``low`` to ``high`` per mille of ``amount``, on the grid."""
        steps = amount * self.rng.randint(low, high) / 1000 / self.step
        return rounded(steps, 0) * self.step

    def near(self, amount: Decimal, spread: int = 150) -> Decimal:
        """An amount 2% to ``spread`` per mille above or below."""
        away = self.rng.randint(20, spread) * self.rng.choice((-1, 1))
        return self.part(amount, 1000 + away, 1000 + away)

    def divided(self, amount: Decimal, weights: list[int]) -> list[Decimal]:
        """``amount`` in parts of about these weights that add up to it; the last takes the rest."""
        whole = sum(weights)
        parts = [rounded(amount * weight / whole / self.step, 0) * self.step for weight in weights[:-1]]
        return [*parts, amount - sum(parts, ZERO)]

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent


def make_department(
    rng: Random, *, year: int, tails: bool, scale: int = 1, kind: Literal["final", "budget"] = "final"
) -> Department:
    """A department's year. Budgets are in whole 元; ``scale`` multiplies the number of subjects."""
    step = Decimal(100) if not tails else Decimal("0.01") if kind == "final" else Decimal(1)
    purse = _Purse(rng, step)
    profile = rng.choice(PROFILES)
    place = rng.choice(PLACES)
    lines = _general_lines(purse, profile, scale)
    lines += _other_lines(purse, profile, carried=kind == "final")
    if kind == "final":
        lines = [_with_carried(purse, line) for line in lines]
    lines.sort(key=lambda line: (line.code, SOURCES.index(line.source)))
    economic = _economic(purse, profile, [line for line in lines if line.source == "general"])
    official = _official(purse, economic)
    running = sum((amount for code, amount in economic.items() if code[:3] not in subjects.PERSONNEL), ZERO)
    administrative = profile.kind == "administrative"
    vehicles = _vehicles(purse, official.kept)
    people = rng.randint(12, 68)
    return Department(
        place=place,
        profile=profile,
        year=year,
        lines=tuple(lines),
        economic=economic,
        official=official,
        projects=_projects(purse, profile, lines),
        procurement=_procurement(purse, sum((line.project for line in lines), ZERO)),
        staff=Staff(
            people if administrative else 0, rng.randint(0, 9) if administrative else people, rng.randint(1, 30)
        ),
        vehicles=vehicles,
        equipment=rng.choice((0, 0, 1, 2)),
        operation=(running, purse.near(running)) if administrative else (ZERO, ZERO),
        meetings=_spent(purse, economic.get("30215", ZERO)),
        training=_spent(purse, economic.get("30216", ZERO)),
    )


def _general_lines(purse: _Purse, profile: Profile, scale: int) -> list[Line]:
    institution = profile.kind == "institution"
    running = purse.between(260, 980)
    basic = {
        profile.running: running,
        "2080502" if institution else "2080501": purse.part(running, 20, 90),
        "2080505": purse.part(running, 80, 130),
        "2101102" if institution else "2101101": purse.part(running, 40, 70),
        "2210201": purse.part(running, 70, 110),
    }
    if purse.chance(70):
        basic["2080506"] = purse.part(running, 40, 65)
    if purse.chance(60):
        basic["2210203"] = purse.part(running, 20, 60)
    project = {code: purse.between(18, 640) for code, _ in profile.work}
    if purse.chance(40):
        project["2050803"] = purse.between(2, 15)
    if purse.chance(30):
        project[profile.running] = purse.between(5, 60)
    have = basic.keys() | project.keys()
    for code in subjects.items((scale - 1) * len(have)):
        if code not in have:
            project[code] = purse.between(5, 300)
    return [
        _planned(purse, Line(code, "general", basic.get(code, ZERO), project.get(code, ZERO)))
        for code in sorted(basic.keys() | project.keys())
    ]


def _other_lines(purse: _Purse, profile: Profile, *, carried: bool) -> list[Line]:
    lines = []
    if purse.chance(35):
        lines.append(Line("2120803", "fund", project=purse.between(60, 420)))
    elif purse.chance(25):
        lines.append(Line("2296002", "fund", project=purse.between(8, 60)))
    if purse.chance(20):
        lines.append(Line("2230105", "capital", project=purse.between(1, 30)))
    if carried and purse.chance(30):
        lines.append(Line(profile.work[-1][0], "superior", project=purse.between(5, 80)))
    if profile.kind == "institution" and purse.chance(50):
        lines.append(Line(profile.running, "service", basic=purse.between(10, 120)))
        if carried and purse.chance(40):
            lines.append(Line("2299999", "business", operating=purse.between(4, 40)))
    if purse.chance(50):
        lines.append(Line("2299999", "other", project=purse.between(1, 25)))
    return [_planned(purse, line) for line in lines]


def _planned(purse: _Purse, line: Line) -> Line:
    """With the budget it had and what was spent on it last year."""
    if purse.chance(25):
        budget = line.spending
    elif line.project and not line.basic and purse.chance(8):
        budget = ZERO
    else:
        budget = purse.near(line.spending)
    previous = ZERO if not line.basic and purse.chance(8) else purse.near(line.spending, 220)
    return replace(line, budget=budget, previous=previous)


def _with_carried(purse: _Purse, line: Line) -> Line:
    """With something carried over from last year and into the next, for some."""
    if line.source in ("service", "business", "other"):
        used = purse.part(line.spending, 20, 90) if line.source == "service" and purse.chance(40) else ZERO
        allocated = purse.part(line.spending, 30, 120) if line.source == "business" and purse.chance(60) else ZERO
        opening = purse.part(line.spending, 20, 300) if purse.chance(50) else ZERO
        closing = purse.part(line.spending, 20, 400) if purse.chance(50) else ZERO
        return replace(line, used=used, allocated=allocated, opening=opening, closing=closing)
    if not line.basic and purse.chance(25):
        return replace(
            line,
            opening=purse.part(line.spending, 10, 120),
            closing=purse.part(line.spending, 10, 120) if purse.chance(50) else ZERO,
        )
    return line


def _economic(purse: _Purse, profile: Profile, lines: list[Line]) -> dict[str, Decimal]:
    basic = {line.code: line.basic for line in lines}
    amounts = {
        "30108": basic["2080505"],
        "30113": basic["2210201"],
        "30110": basic.get("2101101", ZERO) + basic.get("2101102", ZERO),
        "30302": basic.get("2080501", ZERO) + basic.get("2080502", ZERO),
        "30109": basic.get("2080506", ZERO),
    }
    rest = sum(basic.values(), ZERO) - sum(amounts.values(), ZERO)
    weights = {"30101": 200, "30102": 160, "30112": 6, "30199": 40}
    weights["30103" if profile.kind == "administrative" else "30107"] = 180
    always = {"30201": 30, "30207": 6, "30211": 8, "30228": 16, "30229": 20, "30299": 24}
    sometimes = {
        "30202": 4,
        "30205": 2,
        "30206": 9,
        "30209": 30,
        "30213": 9,
        "30214": 6,
        "30215": 2,
        "30216": 4,
        "30217": 2,
        "30226": 8,
        "30227": 14,
        "30231": 7,
        "30239": 18,
        "31002": 5,
    }
    weights |= always | {code: weight for code, weight in sometimes.items() if purse.chance(70)}
    varied = {code: weight * purse.rng.randint(70, 130) for code, weight in weights.items()}
    amounts |= dict(zip(varied, purse.divided(rest, list(varied.values())), strict=True))
    return {code: amounts[code] for code in sorted(amounts) if amounts[code]}


def _spent(purse: _Purse, actual: Decimal) -> Spent:
    if not actual:
        return Spent()
    budget = purse.part(actual, 1020, 1900)
    previous = actual if purse.chance(15) else purse.near(actual, 400)
    return Spent(budget, actual, previous)


def _official(purse: _Purse, economic: Mapping[str, Decimal]) -> Official:
    rng = purse.rng
    running = economic.get("30231", ZERO)
    if running and purse.chance(30):
        running += purse.between(1, 3)
    reception = economic.get("30217", ZERO)
    abroad = purse.between(3, 9) if purse.chance(12) else ZERO
    purchase = purse.between(14, 26) if running and purse.chance(20) else ZERO
    return Official(
        abroad=_spent(purse, abroad) if abroad else Spent(),
        purchase=_spent(purse, purchase) if purchase else Spent(),
        running=_spent(purse, running),
        reception=_spent(purse, reception)
        if reception
        else Spent(budget=purse.between(1, 3) if purse.chance(30) else ZERO),
        groups=rng.randint(1, 2) if abroad else 0,
        travellers=rng.randint(2, 5) if abroad else 0,
        bought=1 if purchase else 0,
        kept=rng.randint(1, 6) if running else 0,
        receptions=(batches := rng.randint(2, 18)) if reception else 0,
        guests=batches * rng.randint(4, 9) if reception else 0,
    )


def _projects(purse: _Purse, profile: Profile, lines: list[Line]) -> tuple[Project, ...]:
    known = dict(profile.work)
    projects = []
    for line in lines:
        if line.source != "general" or not line.project:
            continue
        name = subjects.name_of(line.code)
        undertaking = known.get(line.code) or Undertaking(
            "干部业务培训" if line.code == "2050803" else f"{name}专项",
            ("年度任务按计划完成", "资金使用规范有效"),
            "绩效指标设置不够细化",
            "进一步细化绩效指标",
        )
        budget = line.project if purse.chance(40) else purse.part(line.project, 1003, 1120)
        projects.append(Project(undertaking, line.code, budget, line.project))
    return tuple(projects)


def _procurement(purse: _Purse, available: Decimal) -> Procurement:
    services = purse.part(available, 80, 260)
    goods = purse.part(available, 20, 120)
    works = purse.part(available, 20, 150) if purse.chance(40) else ZERO
    small = purse.part(services + goods + works, 420, 930)
    return Procurement(goods, works, services, small, purse.part(small, 300, 900))


def _vehicles(purse: _Purse, kept: int) -> tuple[int, ...]:
    counts = [0] * len(VEHICLES)
    for _ in range(kept):
        counts[purse.rng.choice((2, 3, 4, 5, 7))] += 1
    return tuple(counts)
