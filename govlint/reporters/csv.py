"""CSV (逗号分隔的表格) with a finding a row, as spreadsheet programs open it: UTF-8 with a mark, lines end in CRLF."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from govlint.engine import Report
from govlint.reporters import Style
from govlint.reporters.listing import COLUMNS, listed

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?[\d,.]+%?")


def render(reports: Iterable[Report], out: TextIO, style: Style) -> None:
    """Write the heads, then the findings as they come."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(style.say(column) for column in COLUMNS)
    for report in reports:
        writer.writerows([_harmless(value) for value in row] for row in listed(report, style))


def _harmless(value: str | int) -> str | int:
    """A text that a spreadsheet program would compute begins with an apostrophe, which shows it as it is."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
