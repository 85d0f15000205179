"""``generate``: a report as text, with everything that is known of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

from tests.generator.annual import Disclosure, annual_draft, make_disclosure
from tests.generator.layouts import DRAFTERS, LAYOUTS
from tests.generator.model import Department, make_department
from tests.generator.render import Landmark, PrintedNumber, render


@dataclass(frozen=True)
class GeneratedReport:
    """A consistent report. ``suffix`` is ``.md`` or ``.html``; ``model`` is what its numbers derive from.

    ``numbers`` are in the order of the text: amounts, percentages, counts, cells, and the direction words, units, names
    that a mutation may change.
    """

    text: str
    suffix: str
    layout: str
    seed: int
    tails: bool
    scale: int
    tidy: bool
    model: Department | Disclosure
    numbers: tuple[PrintedNumber, ...]
    landmarks: tuple[Landmark, ...]

    @property
    def body(self) -> str:
        """The body's name."""
        return self.model.name

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.model.year

    @cached_property
    def by_key(self) -> dict[str, tuple[PrintedNumber, ...]]:
        """The printed numbers by the quantity that they state."""
        found: dict[str, list[PrintedNumber]] = {}
        for number in self.numbers:
            found.setdefault(number.key, []).append(number)
        return {key: tuple(numbers) for key, numbers in found.items()}


def generate(seed: int, layout: str, *, tails: bool = True, scale: int = 1, tidy: bool = False) -> GeneratedReport:
    """The report number ``seed`` in ``layout`` (a name of ``LAYOUTS``).

    Reports of one house and seed have the same content in every notation. ``tails=False`` chooses amounts that add up
    as printed; ``scale`` multiplies the number of subjects (and with it rows and paragraphs); ``tidy`` leaves out what
    converters do to text: lost heading marks, stray spaces, shifted headers, broken tables.
    """
    chosen = LAYOUTS[layout]
    rng = Random(f"{seed}/{chosen.house}/{tails}/{scale}")
    wording = Random(f"{seed}/{chosen.house}/wording")
    model: Department | Disclosure
    if chosen.kind == "annual":
        old = chosen.house == "annual-2020"
        model = make_disclosure(rng, year=rng.choice((2019, 2020) if old else (2021, 2022, 2023, 2024)), old=old)
        draft = annual_draft(model, wording, chosen.notation, tidy=tidy)
    else:
        years = (2022, 2023, 2024) if chosen.kind == "final" else (2023, 2024, 2025)
        model = make_department(rng, year=rng.choice(years), tails=tails, scale=scale, kind=chosen.kind)
        draft = DRAFTERS[chosen.house](model, wording, chosen.notation, tidy=tidy)
    written = render(draft.blocks, draft.look, Random(f"{seed}/{layout}"))
    suffix = ".html" if chosen.notation.startswith("html") else ".md"
    return GeneratedReport(
        written.text, suffix, layout, seed, tails, scale, tidy, model, written.numbers, written.landmarks
    )
