"""Tests, the generator of invented reports, and benchmarks."""

import os

THOROUGH = bool(os.environ.get("GOVLINT_THOROUGH"))
"""Whether to try a hundred times as much as in everyday runs: more examples, more kills, longer texts."""
