"""The corpus of the fuzzer, and every input that once broke a promise: ``regressions/NNN-TARGET-what``."""

import time
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

HERE = Path(__file__).parent / "fuzz"
CORPUS = sorted((path.parent.name, path) for path in HERE.glob("corpus/*/*"))
FOUND = sorted((path.name.split("-")[1], path) for path in HERE.glob("regressions/*"))
BOUND = 10.0
"""Seconds; what the fuzzer calls a hang."""


@pytest.mark.parametrize(("target", "path"), [*CORPUS, *FOUND], ids=lambda value: getattr(value, "name", value))
def test_what_was_fuzzed_keeps_its_promises(target: str, path: Path):
    before = time.process_time()
    TARGETS[target](path.read_bytes())
    assert time.process_time() - before < BOUND


def test_every_target_has_a_corpus():
    assert {target for target, _ in CORPUS} == set(TARGETS)
