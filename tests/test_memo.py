"""What is kept of texts: once read it is not read again; long texts are not kept, and never more than a bound."""

import pytest

from govlint.facts.memo import _Kept


@pytest.fixture
def asked() -> list[str]:
    """The texts that the function was asked for."""
    return []


@pytest.fixture
def kept(asked: list[str]) -> _Kept[str]:
    def read(text: str) -> str:
        asked.append(text)
        return text.upper()

    return _Kept(read, longest=4, most=2)


def test_a_text_is_read_once(kept: _Kept[str], asked: list[str]) -> None:
    assert [kept["a"], kept["a"], kept["b"]] == ["A", "A", "B"]
    assert asked == ["a", "b"]


def test_a_long_text_is_not_kept(kept: _Kept[str], asked: list[str]) -> None:
    assert [kept["abcde"], kept["abcde"]] == ["ABCDE", "ABCDE"]
    assert asked == ["abcde", "abcde"]
    assert not kept


def test_it_begins_anew_when_full(kept: _Kept[str]) -> None:
    for text in "abcde":
        assert kept[text] == text.upper()
        assert len(kept) <= 2
    assert dict(kept) == {"e": "E"}
