"""Consistent reports of invented departments, in the layouts and wordings of several regions, and seeded mutations.

``generate(seed, layout)`` makes a report whose every printed number derives from one model of a department's year;
``mutate(report, kind, seed)`` breaks one thing in it and says what and where.
"""

from tests.generator.layouts import LAYOUTS
from tests.generator.mutate import KINDS, NUMBERS, TEXTS, Mutant, NothingToMutateError, mutants, mutate
from tests.generator.render import Landmark, PrintedNumber
from tests.generator.reports import GeneratedReport, generate

__all__ = [
    "KINDS",
    "LAYOUTS",
    "NUMBERS",
    "TEXTS",
    "GeneratedReport",
    "Landmark",
    "Mutant",
    "NothingToMutateError",
    "PrintedNumber",
    "generate",
    "mutants",
    "mutate",
]
