"""What was understood of a document: for a person as text, for programs as JSON.

:func:`understood` makes one structure of plain dicts and lists; both outputs print that and know no document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from msgspec import Struct

from govlint.document import Cell, Document, Section, Text
from govlint.facts.identity import body, period, report_kind, title
from govlint.facts.outline import outline
from govlint.facts.prose import sentences
from govlint.facts.quantities import Quantity, quantities
from govlint.facts.statements import Column, Lane, Row, Statement, Value, statements
from govlint.number import Number, Unit
from govlint.reporters import Style, shown_path
from govlint.reporters.text import visible
from govlint.source import Span

Data = dict[str, Any]

# --- The structure


def understood(document: Document, *, tokens: bool = False) -> Data:
    """All that is known of the document; ``tokens`` adds the words of each sentence.

    A place is ``start`` and ``end``, each with ``line`` and ``column`` from 1, the column in code points, the end
    exclusive. Numbers are strings with their printed decimals; sizes of units are in the base unit (元, %, 1).
    """
    kind, its_title, its_body, its_period = (
        report_kind(document),
        title(document),
        body(document),
        period(document),
    )
    names = {known.id: known.name for known in document.knowledge.kinds}
    return {
        "version": 1,
        "path": shown_path(document.path),
        "format": document.format,
        "encoding": document.source.encoding,
        "lines": document.source.line_count,
        "kind": kind and {"id": kind, "name": names.get(kind, kind)},
        "title": its_title and _words(document, its_title),
        "body": its_body and {"name": its_body.name, **_words(document, its_body.text)},
        "year": its_period and {"year": its_period.year, **_words(document, its_period.text)},
        "troubles": [{"message": trouble.message, **_place(document, trouble.span)} for trouble in document.troubles],
        "outline": [_section(document, section) for section in outline(document)],
        "tables": [_statement(document, statement) for statement in statements(document)],
        "sentences": list(_sentences(document, tokens)),
    }


def _place(document: Document, span: Span) -> Data:
    position = document.source.position
    return {"start": position(span.start)._asdict(), "end": position(span.end)._asdict()}


def _words(document: Document, text: Text) -> Data:
    return {"text": text.text, **(_place(document, text.whole) if text else {"start": None, "end": None})}


def _section(document: Document, section: Section) -> Data:
    return {
        "number": section.number,
        "title": section.title.text,
        "level": section.level,
        "marked": section.marked,
        "caption": section.caption,
        **_place(document, section.title.whole if section.title else document.blocks[section.block].span),
        "children": [_section(document, child) for child in section.children],
    }


def _statement(document: Document, statement: Statement) -> Data:
    tables = statement.tables
    grids = {id(cell): line for table in tables for line in table.grid() for cell in line if cell is not None}
    return {
        "number": statement.number,
        "caption": statement.caption,
        "year": statement.year,
        "unit": _unit(statement.unit),
        "numeric": statement.numeric,
        "bodies": [_words(document, text) for text in statement.bodies],
        "notes": [_words(document, note.text) for note in statement.notes],
        **_place(document, tables[0].span.to(tables[-1].span)),
        "grids": len(tables),
        "lanes": [
            {
                "title": lane.title,
                "columns": [_column(column) for column in lane.columns],
                "rows": [_row(document, row, lane, grids) for row in lane.rows],
            }
            for lane in statement.lanes
        ],
    }


def _column(column: Column) -> Data:
    return {
        "index": column.index,
        "role": column.role,
        "header": list(column.header),
        "number": column.number,
        "unit": _unit(column.unit),
    }


def _row(document: Document, row: Row, lane: Lane, grids: dict[int, list[Cell | None]]) -> Data:
    anchor = row.label_cell or row.code_cell or next((value.cell for value in row.values), None)
    line = grids.get(id(anchor), [])
    remarks = {
        column.index: cell.text.text
        for column in lane.columns
        if column.role == "text" and column.index < len(line) and (cell := line[column.index]) is not None
    }
    return {
        "label": row.label,
        "path": list(row.path),
        "ordinal": row.ordinal,
        "code": row.code,
        "line": row.line,
        "role": row.role,
        **(_place(document, anchor.span) if anchor else {"start": None, "end": None}),
        "values": [_value(document, value) for value in row.values],
        "remarks": [{"column": index, "text": text} for index, text in remarks.items()],
    }


def _value(document: Document, value: Value) -> Data:
    return {
        "column": value.column.index,
        "text": value.cell.text.text,
        "state": value.state,
        "number": _number(value.number),
        "unit": _unit(value.unit),
        **_place(document, value.cell.span),
    }


def _number(number: Number | None) -> str | None:
    return None if number is None else f"{number.value:.{number.decimals}f}"


def _unit(unit: Unit | None) -> Data | None:
    return None if unit is None else {"name": unit.name, "kind": unit.kind, "factor": f"{unit.factor:f}"}


def _sentences(document: Document, tokens: bool) -> Iterator[Data]:
    by_sentence: dict[int, list[Quantity]] = {}
    for quantity in quantities(document):
        by_sentence.setdefault(quantity.sentence, []).append(quantity)
    words = _tokens(document) if tokens else ()
    for index, sentence in enumerate(sentences(document)):
        found = {
            **_words(document, sentence.text),
            "quantities": [_quantity(document, quantity) for quantity in by_sentence.get(index, ())],
        }
        yield {**found, "words": words[index]} if tokens else found


def _tokens(document: Document) -> list[list[Data]]:
    from govlint.facts.words import words  # jieba

    return [
        [
            {"text": word.text, **_place(document, sentence.text.span(word.begin, word.end))}
            for word in words_of_sentence
        ]
        for sentence, words_of_sentence in zip(sentences(document), words(document), strict=True)
    ]


def _quantity(document: Document, quantity: Quantity) -> Data:
    return {
        **_words(document, quantity.text),
        "kind": quantity.kind,
        "counts": quantity.counts,
        "number": _number(quantity.number),
        "unit": _unit(quantity.unit),
        "hedge": quantity.hedge,
    }


# --- The outputs


def as_json(data: Data, out: TextIO) -> None:
    """Write the structure as JSON."""
    out.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def as_text(data: Data, out: TextIO, style: Style) -> None:
    """Write the structure for a person to read; on a terminal (``style.excerpt``) the tables are drawn."""
    names = {name: words[style.lang == "en"] for name, words in _NAMES.items()}
    _write(out, _head(data, names))
    _write(out, ("", names["outline"], *(line for section in data["outline"] for line in _outline(section, "  "))))
    for index, table in enumerate(data["tables"], 1):
        _write(out, ("", *_table_head(table, index, names)))
        for lane in table["lanes"]:
            grid = _grid(lane, table["unit"], names)
            _write(out, [f"  {lane['title']}"] if lane["title"] else [])
            if style.excerpt:
                _draw(grid, out, style)
            else:
                _write(out, _aligned(grid))
        _write(out, (f"  {note['text']}" for note in table["notes"]))
    _write(
        out, ("", names["numbers"], *(line for sentence in data["sentences"] for line in _sentence(sentence, names)))
    )


_NAMES = {
    "kind": ("种类", "kind"),
    "title": ("标题", "title"),
    "body": ("单位", "body"),
    "year": ("年度", "year"),
    "unknown": ("未识别", "not recognized"),
    "trouble": ("未能解析", "not parsed"),
    "outline": ("结构", "Outline"),
    "table": ("表格", "Table"),
    "unit": ("单位：", "unit: "),
    "not numeric": ("非数字表", "not of numbers"),
    "continued": ("由 {} 个表格相接", "joined from {} tables"),
    "line": ("行次", "line"),
    "code": ("编码", "code"),
    "label": ("项目", "item"),
    "column": ("栏次", "column"),
    "numbers": ("文中数字", "Numbers in the text"),
    "amount": ("金额", "amount"),
    "percent": ("百分比", "percentage"),
    "count": ("计数", "count"),
    "time": ("时长", "time"),
    "measure": ("度量", "measure"),
    "plain": ("无单位", "plain number"),
    "unreadable": ("无法识读", "unreadable"),
    "date": ("日期", "date"),
    "ordinal": ("序号", "ordinal"),
    "document": ("文号", "document number"),
    "contact": ("联系方式", "contact"),
    "name": ("名称", "name"),
}
"""What things are called in the text output."""


def _write(out: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        out.write(visible(line).rstrip() + "\n")


def _at(found: Data) -> str:
    start = found["start"]
    return f"{start['line']}:{start['column']}" if start else ""


def _head(data: Data, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{data['path']}  {data['format']}  {data['encoding']}"
    kind, year = data["kind"], data["year"]
    yield f"{names['kind']}  {kind['name'] + '  ' + kind['id'] if kind else names['unknown']}"
    for key, shown in (
        ("title", data["title"] and data["title"]["text"]),
        ("body", data["body"] and data["body"]["name"]),
        ("year", year and str(year["year"])),
    ):
        yield f"{names[key]}  {' '.join(shown.split()) + '  ' + _at(data[key]) if shown else names['unknown']}"
    for trouble in data["troubles"]:
        yield f"{names['trouble']}  {_at(trouble)}  {trouble['message']}"


def _outline(section: Data, indent: str) -> Iterator[str]:
    space = " " * section["number"][-1:].isalnum()
    yield f"{indent}{section['number']}{space}{section['title']}  {_at(section)}"
    for child in section["children"]:
        yield from _outline(child, indent + "  ")


def _table_head(table: Data, index: int, names: Mapping[str, str]) -> Iterator[str]:
    number = table["number"]
    parts = [
        f"{names['table']} {index}",
        f"表{number}" if number is not None else "",
        table["caption"],
        str(table["year"] or ""),
        names["unit"] + table["unit"]["name"] if table["unit"] else "",
        "" if table["numeric"] else names["not numeric"],
        names["continued"].format(table["grids"]) if table["grids"] > 1 else "",
        f"{_at(table)}–{table['end']['line']}:{table['end']['column']}",
    ]
    yield "  ".join(part for part in parts if part)
    for said in table["bodies"]:
        yield f"  {said['text']}"


def _sentence(sentence: Data, names: Mapping[str, str]) -> Iterator[str]:
    """A sentence with what its numbers are; without ``--tokens`` only where a number counts something."""
    words = sentence.get("words")
    if words is None and not any(found["counts"] or found["kind"] == "unreadable" for found in sentence["quantities"]):
        return
    yield f"  {_at(sentence)}  {sentence['text']}"
    for found in sentence["quantities"]:
        number, unit = found["number"], found["unit"]
        value = f" = {number} {unit['name'] if unit else ''}" if number is not None else ""
        yield f"      {_at(found)}  {found['text']}  {names[found['kind']]}{value}"
    if words is not None:
        yield "      " + "  ".join(f"{word['text']} {_at(word)}" for word in words)


# --- Tables


class _Grid(Struct, frozen=True):
    """A lane as rows of strings: a row for each level of the header, then the body; ``right`` are columns of numbers."""

    header: list[list[str]]
    body: list[list[str]]
    right: list[bool]


def _grid(lane: Data, unit: Data | None, names: Mapping[str, str]) -> _Grid:
    """The lane as a grid: line, code and label of each row, then its values and remarks by column.

    ``unit`` is the table's: a column's is shown where it is another.
    """
    rows, columns = lane["rows"], [column for column in lane["columns"] if column["role"] in ("value", "text")]
    said = [key for key, of in (("line", "line"), ("code", "code"), ("label", "path")) if any(row[of] for row in rows)]
    paths = [_short(column, lane["title"], unit) for column in columns]
    depth = max((len(path) for path in paths), default=1)
    header = [["" for _ in said] + [_level(paths, at, level) for at in range(len(paths))] for level in range(depth)]
    header[-1][: len(said)] = [names[key] for key in said]
    if any(column["number"] is not None for column in columns):
        numbers = ["" if column["number"] is None else str(column["number"]) for column in columns]
        header.append([names["column"] if at == len(said) - 1 else "" for at in range(len(said))] + numbers)
    body = []
    above: list[str] = []
    for row in rows:
        texts = {value["column"]: value["text"] for value in (*row["remarks"], *row["values"])}
        before = {
            "line": "" if row["line"] is None else str(row["line"]),
            "code": row["code"] or "",
            "label": "  " * _depth(row) + _label(row["path"], above),
        }
        above = row["path"]
        body.append([before[key] for key in said] + [texts.get(column["index"], "") for column in columns])
    header, body = _one_line(header), _one_line(body)
    return _Grid(header, body, [key == "line" for key in said] + [column["role"] == "value" for column in columns])


def _one_line(rows: list[list[str]]) -> list[list[str]]:
    """The texts without line breaks; indentation stays."""
    return [[visible(re.sub(r"\s*[\n\r\t]\s*", " ", text)) for text in row] for row in rows]


def _depth(row: Data) -> int:
    """How far to indent a row: by the level of its code (类, 款, 项), or because it is a part."""
    return (len(row["code"]) - 3) // 2 if row["code"] else int(row["role"] == "part")


def _label(path: Sequence[str], above: Sequence[str]) -> str:
    """The labels of a row from the outermost, those that the row above has, too, left out."""
    same = 0
    while same < min(len(path), len(above)) - 1 and path[same] == above[same]:
        same += 1
    return "  " * same + " / ".join(path[same:])


def _short(column: Data, title: str, unit: Data | None) -> list[str]:
    """The header path without the lane's title, which stands above the lane; behind it a unit other than ``unit``."""
    *above, last = (column["header"][1:] if column["header"][:1] == [title] else column["header"]) or [""]
    own = column["unit"] if column["unit"] != unit else None
    return [*above, f"{last}（{own['name']}）" if own else last]


def _level(paths: Sequence[Sequence[str]], at: int, level: int) -> str:
    """What stands at a level of the header over a column: nothing where the column to the left says it already."""
    path = paths[at]
    if level >= len(path) or (at and paths[at - 1][: level + 1] == path[: level + 1] and level < len(path) - 1):
        return ""
    return path[level]


def _aligned(grid: _Grid) -> Iterator[str]:
    """The grid in columns as wide as their widest text, in cells."""
    from rich.cells import cell_len

    widths = _widths((*grid.header, *grid.body))
    for index, row in enumerate((*grid.header, *grid.body)):
        padded = (
            " " * (width - cell_len(text)) + text if right else text + " " * (width - cell_len(text))
            for text, width, right in zip(row, widths, grid.right, strict=True)
        )
        yield "  " + " │ ".join(padded)
        if index == len(grid.header) - 1:
            yield "  " + "─┼─".join("─" * width for width in widths)


def _draw(grid: _Grid, out: TextIO, style: Style) -> None:
    """The grid with borders, folded into the width of the terminal: first the headers of numbers, then the labels."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Line

    natural, narrow = _widths((*grid.header, *grid.body)), _widths(grid.body)
    fits = sum(natural) + 3 * len(natural) + 1 <= style.width
    table = Table()
    for column, right in enumerate(grid.right):
        table.add_column(
            Line("\n".join(row[column] for row in grid.header)),
            justify="right" if right else "left",
            overflow="fold",
            max_width=max(narrow[column], 6) if narrow and right and not fits else None,
        )
    for row in grid.body:
        table.add_row(*map(Line, row))
    Console(file=out, width=style.width, no_color=not style.color, highlight=False).print(table)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len

    return [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
