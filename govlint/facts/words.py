"""Words (词) of the sentences, with their places.

The tokenizer is jieba's, with a dictionary of our field made in memory: its own dictionary takes over a second to
load and leaves a cache in the shared temporary folder. Nothing here is loaded before a rule asks for words.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from govlint.document import Document
from govlint.facts.memo import fact
from govlint.facts.prose import sentences

if TYPE_CHECKING:
    from jieba import Tokenizer


class Word(Struct, frozen=True):
    """A word of a sentence: ``text`` is ``sentence.text.text[begin:end]``."""

    text: str
    begin: int
    end: int


_ATOM = re.compile(
    r"[0-9]+[A-Za-z][A-Za-z0-9]*|[0-9][0-9,，]*(?:\.[0-9]+)?[%‰％]?|[A-Za-zＡ-Ｚａ-ｚ](?:[A-Za-z0-9_.+#&-]*[A-Za-z0-9_+#])?|\s+"
)
_CHINESE = re.compile(r"[㐀-鿿〇]")
_FREQUENCY = 500
"""How often a word counts as seen that comes without a frequency: enough to be kept whole in any sentence."""

_GENERAL = """
一个 一些 一定 一致 上级 上年 不得 不断 不同 不足 专项 严格 中心 主要 举办 义务 事业 事项 产生 人员 人民 人次 今年 介绍 从事
他们 代表 任务 以及 以上 以下 以前 以后 以来 企业 会议 会同 传达 使用 依据 依法 保障 保证 保持 信息 修订 做好 健全 全区 全市 全年
全面 公众 公告 公开 共计 关于 其中 其他 具体 内容 减少 分别 分析 分类 切实 列入 利用 制定 制度 办公 办法 办理 加强 努力 单位 原因
参与 参加 反映 发展 发布 取得 受理 变动 各项 合计 合理 同比 名称 向上 告知 咨询 响应 围绕 国家 图书 地方 地区 坚持 基本 基础 增加
增长 处理 备案 大力 完善 完成 定期 实施 实现 实际 审核 审批 宣传 对于 小于 属于 工作 工程 已经 平台 年度 应当 建立 建设 开展 开支
强化 当年 形成 情况 意见 截至 执行 批准 承担 技术 报告 拟订 持平 持续 指导 按照 按规定 提供 提升 提高 措施 推动 推进 支出 支持 收入
改革 改进 政府 政策 教育 数据 文件 方式 方案 方面 日常 时间 是否 服务 期间 本级 本年 本年度 机关 机制 机构 材料 来源 标准 核算 根据
检查 次数 比例 民众 没有 法律 法规 活动 测算 深入 深化 清理 渠道 满意 滚动 激励 特定 状况 现有 申请 电话 监督 目标 相关 相比 督促
研究 社会 科学 秩序 积极 程序 稳定 突出 符合 管理 精神 系统 纳入 组织 细化 经费 经济 结构 结果 统筹 统计 维护 编制 网站 职工 职能
职责 联系 行政 行为 衔接 要求 规划 规定 规范 解决 解释 计划 认真 说明 负责 责任 财政 质量 贯彻 费用 资料 资金 资源 超过 路线 运行
还有 进一步 进行 通知 通过 速度 采购 采取 部门 配合 配置 重点 重要 金额 针对 问题 降低 除了 集中 需要 项目 预算 领导 领域 高效
"""
"""Words of any report, for the case that no plugin brings a general list."""


@fact
def words(document: Document) -> tuple[tuple[Word, ...], ...]:
    """The words of each of the document's sentences, in their order; white space is no word.

    The dictionary is ``document.knowledge.words()``: each entry is a word, or a word and its frequency with a space
    between them. Numbers and Latin words are one word each.
    """
    tokenizer = _tokenizer(tuple(document.knowledge.words()))
    return tuple(tuple(_cut(tokenizer, sentence.text.text)) for sentence in sentences(document))


@lru_cache(maxsize=2)
def _tokenizer(entries: tuple[str, ...]) -> Tokenizer:
    """A tokenizer with these words; the same one for the same words."""
    tokenizer = _jieba_tokenizer()
    tokenizer.FREQ, tokenizer.total = _frequencies((*_GENERAL.split(), *entries))
    tokenizer.initialized = True
    return tokenizer


def _jieba_tokenizer() -> Tokenizer:
    """A tokenizer without a dictionary.

    jieba imports ``pkg_resources``, where there is one, which takes four times as long as all the rest of it and
    warns that it is obsolete; without it jieba opens its files itself.
    """
    hidden = "pkg_resources" not in sys.modules
    if hidden:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from jieba import Tokenizer
    finally:
        if hidden:
            del sys.modules["pkg_resources"]
    return Tokenizer()


def _frequencies(entries: Iterable[str]) -> tuple[dict[str, int], int]:
    """jieba's prefix dictionary: each word's frequency, 0 for what only begins a word; and their sum."""
    frequencies: dict[str, int] = {}
    for entry in entries:
        word, _, frequency = entry.rpartition(" ")
        if not word or not frequency.isdigit():
            word, frequency = entry, ""
        frequencies[word] = max(int(frequency or _FREQUENCY), frequencies.get(word, 0), 1)
    total = sum(frequencies.values())
    for word in tuple(frequencies):
        for end in range(len(word) - 1, 0, -1):
            beginning = word[:end]
            if beginning in frequencies:
                break
            frequencies[beginning] = 0
    return frequencies, total


def _cut(tokenizer: Tokenizer, text: str) -> Iterator[Word]:
    at = 0
    for atom in _ATOM.finditer(text):
        yield from _cut_chinese(tokenizer, text, at, atom.start())
        at = atom.end()
        if not atom[0].isspace():
            yield Word(atom[0], atom.start(), at)
    yield from _cut_chinese(tokenizer, text, at, len(text))


def _cut_chinese(tokenizer: Tokenizer, text: str, begin: int, end: int) -> Iterator[Word]:
    """The most probable words; characters that no word of the dictionary covers are grouped by jieba's model."""
    if begin >= end:
        return
    part = text[begin:end]
    route: dict[int, tuple[float, int]] = {}
    tokenizer.calc(part, tokenizer.get_DAG(part), route)
    at = single = 0
    while at < len(part):
        stop = route[at][1] + 1
        if stop - at > 1 or not _CHINESE.match(part[at]):
            yield from _cut_unknown(part, single, at, begin)
            yield Word(part[at:stop], begin + at, begin + stop)
            single = stop
        at = stop
    yield from _cut_unknown(part, single, at, begin)


def _cut_unknown(part: str, begin: int, end: int, offset: int) -> Iterator[Word]:
    if end - begin == 1:
        yield Word(part[begin:end], offset + begin, offset + end)
    elif end > begin:
        from jieba import finalseg

        at = offset + begin
        for word in finalseg.cut(part[begin:end]):
            yield Word(word, at, at + len(word))
            at += len(word)
