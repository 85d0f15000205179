"""Fixtures shared by all tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from govlint.engine import installed_plugins
from govlint.hooks import Plugins
from tests import THOROUGH
from tests.fakes import Install

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "thorough", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
if THOROUGH:
    settings.load_profile("thorough")


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


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin without kept reports, and leave the user's alone: rules made up in tests are not told apart."""
    monkeypatch.setenv("GOVLINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "caches" / uuid4().hex))


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Let no plugins be installed for a test but those that a function gives; nothing of them is left behind."""

    def install(make: Callable[[], Plugins]) -> None:
        monkeypatch.setattr(Plugins, "installed", classmethod(lambda cls: make()))
        installed_plugins.cache_clear()

    yield install
    installed_plugins.cache_clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option that writes golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden/; ``pytest --update-golden`` writes it."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == text

    return compare
