"""Benchmarks: ``python -m tests.benchmarks`` for speed, ``python -m tests.benchmarks.mutations`` for what is found."""
