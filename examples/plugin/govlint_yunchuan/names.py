"""The dictionary of names that bodies and places of 云川市 had before."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class FormerName(NamedTuple):
    """A name until a year, and the one that took its place in it."""

    former: str
    present: str
    since: int


@cache
def former_names() -> tuple[FormerName, ...]:
    """All entries of ``former_names.toml``."""
    data = tomllib.loads(files(__package__).joinpath("former_names.toml").read_text(encoding="utf-8"))
    return tuple(FormerName(**entry) for entry in data["names"])
