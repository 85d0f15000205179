"""Searching all texts of a report for patterns, each text once."""

import re

import pytest
from hypothesis import given, strategies as st

import govlint
from govlint import SearchableTexts, passages_read, passages_with
from govlint.facts import searches

texts = st.lists(st.text("决算。，12 \n", max_size=8), max_size=12)


@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from([r"决", r"\d\s?决", r"(?=(决算)\1)", r"[。，](?<!。)"]))
def test_patterns_match_in_each_text_as_they_do_in_it_alone(documents: list[list[str]], pattern: str) -> None:
    for each in documents:
        found = SearchableTexts(each).matches(pattern)
        assert {text: [match.span() for match in matches] for text, matches in found.items()} == {
            text: spans for text in each if (spans := [match.span() for match in re.finditer(pattern, text)])
        }


@given(texts)
def test_a_near_pattern_spares_texts_only(each: list[str]) -> None:
    searchable = SearchableTexts(each)
    for pattern, near in ((r"^\d+$", r"^\d"), (r"决算$", ("决算",)), (r"\A[12]+\s?决", ("决", "算"))):
        found = searchable.matches(pattern, near)
        assert found.keys() == {text for text in each if re.search(pattern, text)}


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "_current", searches._Kept())


@pytest.mark.usefixtures("nothing_kept")
def test_an_equal_text_is_read_once():
    read: list[str] = []

    def count(text: str) -> int:
        read.append(text)
        return text.count("元")

    assert SearchableTexts(["1元", "无", "2元3元"]).read(count, ("元",)) == {"1元": 1, "2元3元": 2}
    assert SearchableTexts(["2元3元", "1元", "4元"]).read(count, ("元",)) == {"1元": 1, "2元3元": 2, "4元": 1}
    assert read == ["1元", "2元3元", "4元"]


@pytest.mark.usefixtures("nothing_kept")
def test_what_fails_is_read_again():
    def fail_once(text: str) -> str:
        if not failures:
            failures.append(text)
            raise ZeroDivisionError
        return text

    failures: list[str] = []
    searchable = SearchableTexts(["甲", "乙"])
    with pytest.raises(ZeroDivisionError):
        searchable.read(fail_once, "[甲乙]")
    assert searchable.read(fail_once, "[甲乙]") == {"甲": "甲", "乙": "乙"}


@pytest.mark.usefixtures("nothing_kept")
def test_entries_of_a_dictionary_stand_in_one_text_each_as_between_sentences():
    def find(text: str) -> list[tuple[str, int, int]]:
        return [(match[0], *match.span()) for match in re.finditer(r"决算(?=。)|(?<=\n)预|末。\n首", text)]

    searchable = SearchableTexts(["决算", "决算表", "预决算", "末", "首"])
    assert searchable.entries(find) == {"决算": [("决算", 0, 2)], "预决算": [("预", 0, 1), ("决算", 1, 3)]}


@pytest.mark.usefixtures("nothing_kept")
def test_texts_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searches, "_MOST", 100)
    before = SearchableTexts(["甲" * 101])
    kept = searches._current
    assert SearchableTexts(["乙"]).matches("乙").keys() == {"乙"}
    assert searches._current is not kept
    assert before.matches("甲$", "甲").keys() == {"甲" * 101}


@pytest.mark.usefixtures("nothing_kept")
def test_searches_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searches, "_MOST_SEARCHES", 3)
    texts = SearchableTexts(["甲1", "乙2"])
    for number in range(8):
        assert texts.matches(f"[甲乙]{number}").keys() == {
            text for text in ("甲1", "乙2") if text.endswith(str(number))
        }
    assert len(searches._current._found) <= 3


def test_passages_with_something_come_in_order():
    document = govlint.parse(text="# 决算\n\n收入1元。\n\n支出无。\n\n收入1元，支出2元。\n")
    assert [(at, passage.text.text, len(found)) for at, passage, found in passages_with(document, r"\d元")] == [
        (1, "收入1元。", 1),
        (3, "收入1元，支出2元。", 2),
    ]
    assert [(at, size) for at, _, size in passages_read(document, len, ("支出",))] == [(2, 4), (3, 10)]
