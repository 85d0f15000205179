"""Tests, the generator of invented reports, and benchmarks."""
