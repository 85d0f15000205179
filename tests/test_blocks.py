"""Blocks of Markdown: what is read without markdown-it is what markdown-it reads."""

from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from govlint.parsers import blocks
from govlint.parsers.blocks import Found, any_blocks, plain_blocks

ROOT = Path(__file__).resolve().parent.parent

USUAL = (
    "", "# 第一部分 概况", "## 一、部门职责 ##", "### a #b", "#", "# #", "#\t题", "####### 七", "##题", "支出增长，", "　　缩进。", "  两格",
    "    四格", "1. 一般公共服务", "2. 教育", "3) 其他", "1. 2024年", "1.5 亿元", "12345678901. 长", "1.     五格", "1.\t格", "1.", "- 甲",
    "* 乙", "+ 3 +", "- 1 -", "-", "-5%", "- - -", "---", "***", "===", "=5", "___", "_a_", "*斜*文", "**粗**", "2. **粗**：文", "> 引",
    "```", "~~~", "~a~", "<b>粗</b>", "<div>", "| a | b |", "|---|---|", "---|---", "\t格", "a\tb", "1. 2. 二", "- # 题", "1. > 引",
    "1. ---", "- 甲  ", "[a]: b", "\\",
)  # fmt: skip
LINES = st.one_of(st.sampled_from(USUAL), st.text("#-+*.12) \t>一<`~=_|x\\", max_size=7))


@given(st.lists(LINES.map(lambda line: line if line.strip() else ""), max_size=9))
@example(["- 甲", "乙", "- 丙", "", "丁", "# 题"])
@example(["1. 甲", "    乙", "2. 丙", "# 题", "", "  丁"])
def test_plain_blocks_are_those_of_commonmark(lines: list[str]) -> None:
    plain = plain_blocks(lines)
    assert plain is None or plain == list(any_blocks(lines))


@pytest.mark.parametrize("line", ["> 引", "```", "<div>", "\t格", "---", "1. 2. 二", "-", "##题"])
def test_what_is_not_plain_is_left_to_markdown_it(line: str) -> None:
    assert plain_blocks(["# 题", "", line]) is None


def test_plain_blocks() -> None:
    assert plain_blocks(["# 题 #", "甲", "  乙", "", "1. 丙", "丁"]) == [
        Found("heading", 0, 1, "题", mark="#", level=1),
        Found("paragraph", 1, 3, "甲\n  乙"),
        Found("item", 4, 5, depth=1, mark="1."),
        Found("paragraph", 4, 6, "丙\n丁", depth=1, inside=True),
        Found("end of item", 4, 5, depth=1),
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.md")), ids=lambda path: path.name)
def test_reports_are_read_without_markdown_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import govlint

    whole = govlint.parse(path).blocks
    monkeypatch.delattr(blocks, "any_blocks")
    assert govlint.parse(path).blocks == whole
