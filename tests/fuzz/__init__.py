"""Coverage-guided fuzzing: ``python -m tests.fuzz TARGET``, see :mod:`tests.fuzz.targets`."""
