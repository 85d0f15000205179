"""The engine's own findings: what could not be checked, and suppressions that do nothing.

Each has an id and a page like any rule. :data:`OWN_RULES` is the only list of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc

from govlint.document import Document
from govlint.rule import Finding, Rule, Severity

PACK = "govlint"


def _raised_by_the_engine(document: Document) -> Iterable[Finding]:
    """The check of a rule whose findings the engine makes itself."""
    return ()


def _own(name: str, severity: Severity, page: str) -> Rule:
    return Rule(f"{PACK}/{name}", _raised_by_the_engine, severity, page=cleandoc(page))


RULE_CRASHED = _own(
    "rule-crashed",
    Severity.ERROR,
    """\
    规则出错

    A rule raised an exception, or reported a place outside the document: its findings are incomplete.

    ## 说明
    某条规则在检查本文件时发生程序错误，或者报告了文件以外的位置。该规则已报出的问题仍然保留，其余规则照常检查，
    但本文件不能视为已全部检查，退出状态为 2。

    ## 处理
    文字输出在该行下方附有完整的错误记录，请连同能重现问题的片段一并反馈给规则的作者。
    在修复之前，可以用 `--ignore` 暂时关闭该规则。
    """,
)

PLUGIN_FAILED = _own(
    "plugin-failed",
    Severity.ERROR,
    """\
    插件出错

    A plugin could not be loaded, or one of its hooks failed: what it would have added is missing.

    ## 说明
    某个插件无法导入，或者它的某个接口函数出错、返回了不合要求的内容。其他插件不受影响，
    但该插件的规则、词语或报告种类可能没有起作用，退出状态为 2。

    ## 处理
    重新安装或升级该插件；不再使用的，请卸载。
    """,
)

UNREADABLE_FILE = _own(
    "unreadable-file",
    Severity.ERROR,
    """\
    文件无法读取

    The file or folder could not be read as text, so nothing in it was checked.

    ## 说明
    文件不存在、没有读取权限、超过大小上限、是二进制文件，或者文字编码无法识别；文件夹无法打开。
    其他文件照常检查，退出状态为 2。

    ## 处理
    核对路径与权限；Word、PDF 请先转换为 Markdown 或 HTML；编码有误的请另存为 UTF-8；
    过大的请拆分，或者在 `govlint.toml` 中调大 `max-file-size`。
    """,
)

NOT_PARSED = _own(
    "not-parsed",
    Severity.ERROR,
    """\
    文件未能完整解析

    The parser could not read the whole document: what follows the place named was not checked.

    ## 说明
    标记嵌套过深、结构损坏等原因使解析中断，标出的位置之后的内容没有检查，不能视为通过，退出状态为 2。
    表格展开后过于庞大时（合并单元格的跨度过大，或者数千行中有一行极宽），只有该表没有检查。

    ## 处理
    修正标出位置的标记（例如未闭合、层层嵌套的标签），或者重新转换该文件。
    """,
)

CHECK_FAILED = _own(
    "check-failed",
    Severity.ERROR,
    """\
    检查中断

    The check of a file broke off: an error in the program, or the process that checked it died.

    ## 说明
    检查某个文件时 govlint 自身出错，或者检查该文件的进程被终止（例如内存不足）。其他文件照常检查，
    但本文件没有检查完，退出状态为 2。

    ## 处理
    单独检查该文件；仍然出错的，请连同输出中的错误记录反馈给 govlint 的维护者。
    """,
)

FIX_REFUSED = _own(
    "fix-refused",
    Severity.ERROR,
    """\
    没有修复

    A file was not fixed: a fix would have done harm, or the file could not be written. It is as it was.

    ## 说明
    写入之前，govlint 重新解析并检查修复后的文字：数字有改变、表格的行列或其他单元格有改变、报告范围以外的文字有改变、
    反复修复仍有可修复的问题的，整个文件都不写入；会引出新问题的那一处不修复。检查之后被别的程序改动的文件、只读的文件也不写入。
    退出状态为 2。

    ## 处理
    手工修改所指的一处，或者用 `--ignore` 暂时关闭该规则后再修复；规则的修复有误的，请反馈给规则的作者。
    """,
)

EMPTY_FILE = _own(
    "empty-file",
    Severity.WARNING,
    """\
    没有可检查的内容

    The file holds no text, table or heading at all: there was nothing to check.

    ## 说明
    文件是空的，或者除空白、注释外没有任何文字。通常是转换失败或者误存了空文件。

    ## 处理
    重新导出报告；确实不需要的文件请删除，或者在 `govlint.toml` 的 `exclude` 中列出。
    """,
)

NO_FILES = _own(
    "no-files",
    Severity.WARNING,
    """\
    没有找到报告

    The folder holds no Markdown or HTML file that is not excluded: nothing was checked.

    ## 说明
    在给出的文件夹中没有找到 .md、.markdown、.html、.htm 文件（隐藏的文件与文件夹、node_modules、
    README、CHANGELOG、CONTRIBUTING、LICENSE 等说明文件夹本身的文件与 `exclude` 中列出的除外），因此什么也没有检查。

    ## 处理
    核对路径；文件使用其他后缀的，请直接写出文件名；报告就叫 README 的，在 `exclude` 中写 `"!README.md"`。
    """,
)

UNUSED_SUPPRESSION = _own(
    "unused-suppression",
    Severity.WARNING,
    """\
    多余的屏蔽注释

    A suppression comment that suppresses nothing: the finding it was written for is gone.

    ## 说明
    注释所屏蔽的规则在它的范围内没有发现任何问题。问题已经改正的，注释应当一并删除，以免将来掩盖新的问题。
    没有运行的规则（未选用，或者不适用于本种报告）不在此列。

    ## 反例
    ```markdown
    ⟦<!-- govlint-disable-next-line text/mixed-language 附件另行公开 -->⟧

    本年度收入总计 100.00 万元。
    ```

    ## 正例
    没有屏蔽注释：

    ```markdown
    本年度收入总计 100.00 万元。
    ```

    普通注释不是屏蔽注释：

    ```markdown
    <!-- 以下由财务科填写 -->

    本年度收入总计 100.00 万元。
    ```

    其他工具的注释：

    ```markdown
    <!-- markdownlint-disable MD013 -->

    本年度收入总计 100.00 万元。
    ```
    """,
)

INVALID_SUPPRESSION = _own(
    "invalid-suppression",
    Severity.WARNING,
    """\
    屏蔽注释有误

    A suppression comment names no rule, an unknown rule or an unknown directive, or gives no reason.

    ## 说明
    屏蔽注释写作 `<!-- govlint-disable-next-line 规则 理由 -->`，作用于下一段或下一张表；
    `<!-- govlint-disable 规则 理由 -->` 与 `<!-- govlint-enable 规则 -->` 之间的内容，
    或者（`govlint-disable-file`）全文，也可以屏蔽。多条规则以逗号分开；只写规则包名表示包内全部规则。
    指令或规则名写错的注释不起作用，提示为 warning；没有写理由的注释仍起作用，提示为 info。

    ## 反例
    规则名写错：

    ```markdown
    ⟦<!-- govlint-disable-next-line text/mixed-langauge 附件另行公开 -->⟧

    本年度收入总计 100.00 万元。
    ```

    没有写明规则：

    ```markdown
    ⟦<!-- govlint-disable-file -->⟧

    本年度收入总计 100.00 万元。
    ```

    ## 正例
    普通注释：

    ```markdown
    <!-- 以下由财务科填写 -->

    本年度收入总计 100.00 万元。
    ```

    提到 govlint 的普通注释：

    ```markdown
    <!-- govlint 已检查，附件另行公开 -->

    本年度收入总计 100.00 万元。
    ```

    代码块中的注释只是示例：

    ````markdown
    ```html
    <!-- govlint-disable-next-line 规则 理由 -->
    ```
    ````
    """,
)

OWN_RULES: tuple[Rule, ...] = (
    RULE_CRASHED,
    PLUGIN_FAILED,
    UNREADABLE_FILE,
    NOT_PARSED,
    CHECK_FAILED,
    FIX_REFUSED,
    EMPTY_FILE,
    NO_FILES,
    UNUSED_SUPPRESSION,
    INVALID_SUPPRESSION,
)
"""All of them."""

FAILURES: frozenset[str] = frozenset(
    rule.id for rule in (RULE_CRASHED, PLUGIN_FAILED, UNREADABLE_FILE, NOT_PARSED, CHECK_FAILED, FIX_REFUSED)
)
"""Those that say that something could not be checked: they can't be switched off and make the exit status 2."""
