"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_reports() -> Path:
    """Real reports beside the repository; tests that use them skip where they are absent."""
    folder = ROOT.parent / "shared" / "reports"
    if not folder.is_dir():
        pytest.skip("no real reports beside the repository")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The reports of invented departments in examples/."""
    return ROOT / "examples"
