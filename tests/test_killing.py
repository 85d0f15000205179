"""Runs that are killed leave whole files and a cache in order; ``GOVLINT_THOROUGH=1`` or ``python -m tests.killing`` kills 200."""

import os
from pathlib import Path

import pytest

from tests import THOROUGH
from tests.killing import KILLS, SCENARIOS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")

COUNT = KILLS if THOROUGH else 5


@pytest.mark.parametrize("scenario", list(SCENARIOS))
def test_a_killed_run_breaks_nothing(scenario: str, tmp_path: Path):
    seen = SCENARIOS[scenario](tmp_path, COUNT, 0)
    assert seen["any moment"] + seen["a call that writes"] == COUNT
