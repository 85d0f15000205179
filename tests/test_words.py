"""Words with their places, by a tokenizer whose dictionary is the field's."""

import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

from govlint.document import Document, Knowledge
from govlint.facts.prose import sentences
from govlint.facts.words import Word, words
from govlint.parsers import parse
from govlint.source import Source


def read(text: str, *vocabulary: str) -> Document:
    return parse(Source("报告.md", text), Knowledge(words=lambda: vocabulary))


def cut(text: str, *vocabulary: str) -> list[str]:
    return [word.text for sentence in words(read(text, *vocabulary)) for word in sentence]


def test_words_of_the_dictionary_stay_whole() -> None:
    sentence = "机关运行经费支出与年初预算数持平。"
    assert cut(sentence, "机关运行经费", "年初预算数") == ["机关运行经费", "支出", "与", "年初预算数", "持平", "。"]
    assert "机关运行经费" not in cut(sentence)


def test_words_may_hold_brackets_and_quotes() -> None:
    assert "因公出国（境）费" in cut("其中因公出国（境）费增加。", "因公出国（境）费")


def test_a_frequency_decides_between_words_that_overlap() -> None:
    assert cut("研究生命起源。", "研究生 900000", "生命 10", "命 10", "起源") == ["研究生", "命", "起源", "。"]
    assert cut("研究生命起源。", "研究生 10", "生命 900000", "研究 900000", "起源") == ["研究", "生命", "起源", "。"]


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("收入 2,556.03 万元", ["2,556.03"]),
        ("占 99.94%，接入IPv6网络", ["99.94%", "IPv6"]),
        ("思想 and 精神", ["and"]),
        ("推动5G应用，占2.5mg", ["5G", "2.5", "mg"]),
        ("办公室e-mail服务", ["e-mail"]),
    ],
)
def test_numbers_and_latin_words_are_whole(text: str, atoms: list[str]) -> None:
    found = cut(text)
    assert [word for word in found if word in atoms] == atoms
    assert "".join(found) == "".join(text.split())


def test_places_are_those_of_the_sentence() -> None:
    document = read("𠮷田路 3 号。青禾区&amp;白石区合计 12.5 万元；持平。", "白石区")
    for sentence, found in zip(sentences(document), words(document), strict=True):
        assert all(sentence.text.text[word.begin : word.end] == word.text for word in found)
    assert Word("白石区", 4, 7) in words(document)[1]


@settings(max_examples=settings.default.max_examples // 2)
@given(st.text("收入支出预算的在一2.,% aZ（）“”𠮷\u3000", max_size=40))
def test_words_cover_the_sentence(text: str) -> None:
    document = read(text.replace("\n", ""), "收入", "支出预算", "预算（在）")
    for sentence, found in zip(sentences(document), words(document), strict=True):
        assert "".join(word.text for word in found) == "".join(sentence.text.text.split())
        assert all(sentence.text.text[word.begin : word.end] == word.text for word in found)


def test_the_dictionary_is_asked_only_when_words_are_and_jieba_loads_none() -> None:
    program = """
import sys
from govlint.document import Knowledge
from govlint.facts.prose import sentences
from govlint.facts.words import words
from govlint.parsers import parse
from govlint.source import Source
asked = []
document = parse(Source("报告.md", "机关运行经费支出减少。"), Knowledge(words=lambda: asked.append(1) or ("机关运行经费",)))
sentences(document)
assert not asked and "jieba" not in sys.modules
words(document)
import jieba
assert asked and not jieba.dt.initialized and "pkg_resources" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
