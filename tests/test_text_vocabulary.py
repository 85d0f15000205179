"""The general dictionary is searched by its order, which is the tokenizer's to keep."""

import importlib.resources

import pytest
from govlint_text._vocabulary import general_frequency


@pytest.fixture(scope="module")
def words() -> dict[str, int]:
    lines = (importlib.resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(frequency) for word, frequency, *_ in map(str.split, lines)}


def test_every_chinese_word_of_the_tokenizer_is_found(words: dict[str, int]):
    firsts = {word[0] for word in words if word[0] >= "一"}
    assert len(firsts) > 10_000
    asked = [word for word in words if word[0] in firsts and "一" <= word[-1] <= "鿿"]
    assert {word for word in asked if general_frequency(word) != words[word]} == set()


@pytest.mark.parametrize("word", ["的的的的", "龥龥", "A股份", "\U00020000", "龢龢"])
def test_what_is_no_word_has_no_frequency(word: str):
    assert general_frequency(word) == 0
