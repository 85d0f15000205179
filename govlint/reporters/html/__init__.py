"""Pages to read: one for each report, with every finding in its place, and an index over all of them.

A page shows the report as it was understood, built anew from its blocks, so that nothing that a file contains is ever
run or fetched. Pages need no network and no other file. :func:`prepare` makes the page where the document is, in the
process that checked it; :func:`render` writes pages and index into a folder and nothing outside of it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from govlint.engine import Report, check_failed
from govlint.hooks import describe
from govlint.reporters import Style, shown_path

if TYPE_CHECKING:
    from govlint.hooks import Plugins
    from govlint.reporters import Language

INDEX = "index.html"
_OURS = b'<meta name="generator" content="govlint"'
_READ = 1_000


def prepare(report: Report, plugins: Plugins, lang: Language) -> Report:
    """The report with its page. A page that can't be made is a finding in its stead."""
    if report.prepared is not None or not report.path:
        return report
    from govlint.reporters.html.pages import make_page

    try:
        return replace(report, prepared=make_page(report, plugins, lang))
    except Exception as error:
        import traceback

        failed = check_failed(
            report.path,
            f"页面无法生成（{describe(error)}），请反馈给 govlint 的维护者",
            f"the page could not be made ({describe(error)}); please report it",
            source=report.source,
            detail="".join(traceback.format_exception(error)),
        )
        report = replace(report, failed=True, diagnostics=(*failed.diagnostics, *report.diagnostics), document=None)
        return replace(report, prepared=make_page(report, plugins, lang, bare=True))


def render(reports: Iterable[Report], folder: Path, style: Style) -> None:
    """Write a page a report as they come, then the index.

    Pages of an earlier run are written over, other files never: a page gets another name. Raises ``OSError`` where
    something can't be written, ``FileExistsError`` for an index that is not ours.
    """
    from govlint.reporters.html.names import Names
    from govlint.reporters.html.pages import IndexRow, make_index

    names = Names(lambda name: _belongs_to_others(folder / name))
    rows: list[IndexRow] = []
    if _belongs_to_others(folder / INDEX):
        english = style.lang == "en"
        why = f"{INDEX} is there and not ours" if english else f"文件夹中已有不是 govlint 写的 {INDEX}"
        raise FileExistsError(errno.EEXIST, why, str(folder / INDEX))
    for report in reports:
        name = ""
        if report.prepared is not None:
            name = names.give(shown_path(report.path))
            _write(folder / name, report.prepared.html)
        rows.append(IndexRow.of(report, name, style))
    _write(folder / INDEX, make_index(rows, style))


def _belongs_to_others(path: Path) -> bool:
    """Whether something is there that is no page of ours."""
    try:
        with path.open("rb") as file:
            return _OURS not in file.read(_READ)
    except FileNotFoundError:
        return path.is_symlink()
    except OSError:
        return True


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link of that name is replaced, not followed."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    try:
        with new.open("x", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        os.replace(new, path)  # noqa: PTH105 - over what is there, on Windows too
    except BaseException:
        new.unlink(missing_ok=True)
        raise
